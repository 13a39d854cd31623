// The questions of a group: one tick for all of them, and Enter in a box does what stands beside the box.
const boxes = [...document.querySelectorAll("[name=item]")];
const all = document.getElementById("all");

function tell() {
  const ticked = boxes.filter((box) => box.checked).length;
  all.checked = ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
  for (const button of document.querySelectorAll("button[name=answer]")) button.disabled = !ticked;
}

all.hidden = false;
all.addEventListener("change", () => {
  for (const box of boxes) box.checked = all.checked;
  tell();
});
for (const box of boxes) box.addEventListener("change", tell);
for (const box of document.querySelectorAll("#value, #find, #by")) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    box.closest("p").querySelector("button").click();
  });
}
tell(); // the browser may bring back ticks when one goes back to the page
document.querySelector("main").dataset.ready = "true";
