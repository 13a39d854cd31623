// The page of a catalogued document: lights the value that the address or the queue is about, and the queue's keys.
import { bringUp, hold, places } from "/review/static/light.js";

const main = document.querySelector("main");
const asked = document.getElementById("asked");
const fields = document.getElementById("fields");
const view = document.getElementById("view");

function point(pointer) {
  for (let p = pointer; p; p = p.slice(0, p.lastIndexOf("/"))) {
    if (!places(p).length) continue;
    hold(p);
    places(p).find((node) => fields.contains(node))?.closest("details:not([open])")?.setAttribute("open", "");
    bringUp(p, fields);
    bringUp(p, view);
    return;
  }
  const empty = pointer && fields.querySelector(`[data-field="/${CSS.escape(pointer.split("/")[1])}"]`);
  if (empty) empty.scrollIntoView({ block: "center" });
}

if (asked && matchMedia("(max-width: 52rem)").matches) view.classList.add("zoom-2"); // what is asked about can be read
if (main.dataset.go) point(main.dataset.go);
for (const picture of view.querySelectorAll(".page img")) { // a picture that comes late moves what is below it
  picture.addEventListener("load", () => { if (main.dataset.go) point(main.dataset.go); }, { once: true });
}

// Keys work only while the focus is in the queue's own part, and not while something is typed there.
const KEYS = { m: "machine", s: "skip", p: "previous" };
// A doubled Enter answers once: what has just come up was not read yet. A held key repeats for longer.
const READ = 500; // ms
const shown = performance.now();
asked?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.id !== "right" && (event.repeat || performance.now() - shown < READ)) event.preventDefault();
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const right = document.getElementById("right");
  if (event.target === right) {
    if (event.key === "Escape") document.getElementById("accept").focus();
    return;
  }
  const key = event.key.toLowerCase();
  if (key === "e" && right) {
    event.preventDefault();
    right.focus();
    right.select?.();
  } else if (KEYS[key]) {
    event.preventDefault();
    document.getElementById(KEYS[key])?.click();
  }
});
document.addEventListener("keydown", (event) => { // Esc in the page goes back to the queue
  if (event.key === "Escape" && asked && !asked.contains(event.target) && !document.querySelector("form.editor")) {
    document.getElementById("accept").focus();
  }
});
