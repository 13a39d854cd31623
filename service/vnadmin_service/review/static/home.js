// Where files are dropped: they go the way of chosen ones; what is too large together is not sent at all.
const form = document.getElementById("upload");
const input = document.getElementById("file");
const problem = document.getElementById("upload-problem");

function tooLarge() {
  const files = [...input.files];
  if (files.length) document.getElementById("chosen").textContent = files.map((file) => file.name).join(", ");
  problem.hidden = files.reduce((sum, file) => sum + file.size, 0) <= Number(form.dataset.max);
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
  if (!input.multiple && event.dataTransfer.files.length > 1) return;
  input.files = event.dataTransfer.files;
  if (!tooLarge()) form.requestSubmit();
});
input.addEventListener("change", tooLarge);
form.addEventListener("submit", (event) => {
  if (tooLarge()) { event.preventDefault(); return; }
  form.classList.add("busy");
});
