// Links a value in the fields with its places in the document, both ways: hover, focus, arrow keys.
const view = document.getElementById("view");
const fields = document.getElementById("fields");
let lit = [];
let held = null; // a pointer that stays lit while it is edited

export const pointersOf = (node) => JSON.parse(node.dataset.p);
const shown = (node) => node.checkVisibility() && node.getClientRects().length > 0; // a closed <details> hides by the former
const all = () => document.querySelectorAll("[data-p]");

export function places(pointer) {
  const within = (p) => p === pointer || p.startsWith(pointer + "/");
  return [...all()].filter((node) => pointersOf(node).some(within));
}

export function light(pointer) {
  lit.forEach((node) => node.classList.remove("on"));
  lit = pointer ? places(pointer) : held ? places(held) : [];
  lit.forEach((node) => node.classList.add("on"));
}

export function hold(pointer) {
  held = pointer;
  light(null);
}

export function bringUp(pointer, pane) {
  const node = places(pointer).find((n) => pane.contains(n) && shown(n));
  if (!node) return;
  const outer = pane.getBoundingClientRect();
  const inner = node.getBoundingClientRect();
  if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 60 || inner.left < outer.left || inner.right > outer.right) {
    node.scrollIntoView({ block: "center", inline: "nearest" });
  }
}

// Words lie over the boxes so that they can be selected: what is meant is the smallest box below.
export function target(event) {
  const node = event.target;
  if (!(node instanceof Element)) return null;
  if (node.closest("[data-p]")) return node.closest("[data-p]");
  if (!node.closest("svg") || event.clientX === undefined) return null;
  return document.elementsFromPoint(event.clientX, event.clientY).find((n) => n.matches("rect[data-p]")) || null;
}

const other = (node) => (view.contains(node) ? fields : view);

// Of the many places in the document one can be reached by Tab, the others from there by arrow keys.
export function oneStop() {
  for (const pane of view.querySelectorAll(".pane")) {
    const off = ["header", "tasks", "citations"].filter((layer) => view.classList.contains(`no-${layer}`));
    const marks = [...pane.querySelectorAll("[data-p]")].filter((node) => !off.some((layer) => node.classList.contains(`l-${layer}`)));
    pane.querySelectorAll("[data-p][tabindex='0']").forEach((node) => { node.tabIndex = -1; });
    marks.forEach((node, index) => { node.tabIndex = index ? -1 : 0; });
  }
}

function step(node, by) {
  const pane = fields.contains(node) ? fields : node.closest(".pane");
  const selector = pane === fields ? "button.leaf, button.add, button.link, summary" : "[data-p]";
  const stops = [...pane.querySelectorAll(selector)].filter(shown);
  const next = stops[stops.indexOf(node) + by];
  if (!next) return;
  if (pane !== fields) { node.tabIndex = -1; next.tabIndex = 0; }
  next.focus();
}

// A press on a place that can have the focus would not begin a selection, so a pressed one cannot, until it is let go.
let pressed = null;
document.addEventListener("pointerdown", (event) => {
  pressed = event.target instanceof Element ? event.target.closest("#view [tabindex][data-p]") : null;
  pressed?.removeAttribute("tabindex");
}, true);
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => {
    if (pressed) {
      pressed.closest(".pane").querySelectorAll("[tabindex='0']").forEach((node) => { node.tabIndex = -1; });
      pressed.tabIndex = 0;
    }
    pressed = null;
  }, true);
}

let hovered = null;
document.addEventListener("mousemove", (event) => {
  const node = target(event);
  if (node === hovered) return;
  hovered = node;
  light(node ? pointersOf(node)[0] : null);
});
document.addEventListener("focusin", (event) => {
  const node = event.target.closest("[data-p]");
  if (!node) return;
  const pointer = pointersOf(node)[0];
  light(pointer);
  bringUp(pointer, other(node));
});
document.addEventListener("focusout", (event) => {
  if (event.target.closest("[data-p]")) light(null);
});
document.addEventListener("keydown", (event) => {
  const node = event.target;
  if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!node.matches("[data-p], #fields button, #fields summary")) return;
  event.preventDefault();
  step(node, event.key === "ArrowDown" ? 1 : -1);
});
