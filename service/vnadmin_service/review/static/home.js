// The first page: a dropped file goes the way of a chosen one; one that is too large is not sent at all.
const form = document.getElementById("upload");
const input = document.getElementById("file");
const problem = document.getElementById("upload-problem");

function tooLarge() {
  const file = input.files[0];
  if (file) document.getElementById("chosen").textContent = file.name;
  problem.hidden = !file || file.size <= Number(form.dataset.max);
  problem.textContent = problem.hidden ? "" : form.dataset.tooLarge;
  return !problem.hidden;
}

for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
}
for (const name of ["dragleave", "drop"]) {
  document.addEventListener(name, (event) => { event.preventDefault(); form.classList.remove("over"); });
}
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  if (!tooLarge()) form.requestSubmit();
});
input.addEventListener("change", tooLarge);
form.addEventListener("submit", (event) => {
  if (tooLarge()) { event.preventDefault(); return; }
  form.classList.add("busy");
});
