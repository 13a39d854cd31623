// The text of a mail is copied with one press; without the clipboard it is selected, to be copied by hand.
document.getElementById("copy")?.addEventListener("click", async (event) => {
  const text = document.getElementById("mail");
  text.select();
  try { await navigator.clipboard.writeText(text.value); event.target.textContent = event.target.dataset.done; } catch { text.focus(); }
});
