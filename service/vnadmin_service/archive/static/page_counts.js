// Counts the pages of a print of each document whose box is empty, one after the other; a person looks and saves.
const button = document.getElementById("count");
if (button) button.hidden = false;
button?.addEventListener("click", async () => {
  button.disabled = true;
  const rows = [...document.querySelectorAll("[data-sha256]")].filter((row) => !row.querySelector("[name=value]").value);
  for (const [at, row] of rows.entries()) {
    document.getElementById("counted").textContent = button.dataset.busy.replace("{n}", `${at + 1}/${rows.length}`);
    const told = row.querySelector(".told");
    try {
      const answer = await fetch(`/archive/documents/${row.dataset.sha256}/printed`);
      const pages = answer.ok ? (await answer.json()).pages : null;
      told.textContent = pages ? button.dataset.told.replace("{n}", pages) : button.dataset.none;
      if (pages) row.querySelector("[name=value]").value = pages;
    } catch { told.textContent = button.dataset.none; }
  }
  document.getElementById("counted").textContent = "";
  button.disabled = false;
});
