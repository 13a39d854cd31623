// The page of a document: edit a value in place, set one from a selection, undo, and go on to the next doubtful one.
import { bringUp, hold, light, oneStop, places, pointersOf, target } from "./light.js";
import { selectedRange } from "./selection.js";

const main = document.querySelector("main");
const here = main.dataset.here;
const view = document.getElementById("view");
const fields = document.getElementById("fields");
const said = document.getElementById("said");
const pick = document.getElementById("pick");
let editor = null;

// ---- talking to the server

async function send(url, body) {
  try {
    const response = await fetch(url, body ? { method: "POST", body } : {});
    if (response.status === 404) { location.reload(); return null; }
    if (response.status === 422) throw new Error((await response.json()).message);
    if (!response.ok) throw new Error(main.dataset.unreachable);
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch (error) {
    const message = error instanceof TypeError ? main.dataset.unreachable : error.message;
    const place = editor && editor.querySelector("#edit-error");
    said.textContent = message;
    if (place) { place.hidden = false; place.textContent = message; }
    return null;
  }
}

async function change(url, body) {
  const answer = await send(url, body);
  if (!answer) return;
  closeEditor(false);
  pick.hidden = true;
  getSelection().removeAllRanges();
  const top = [view.scrollTop, fields.scrollTop];
  for (const part of answer.querySelectorAll("[data-swap]")) {
    document.getElementById(part.id)?.replaceWith(document.adoptNode(part));
  }
  [view.scrollTop, fields.scrollTop] = top;
  if (laid?.dataset.done) { delete laid.dataset.done; if (!laid.hidden) layOut(); }
  setLayers();
  const changes = answer.getElementById("changes");
  said.textContent = changes.dataset.said;
  if (changes.dataset.focus) go(changes.dataset.focus);
}

// ---- going to a value

function go(pointer) {
  let found = null;
  for (let p = pointer; p && !found; p = p.slice(0, p.lastIndexOf("/"))) {
    found = places(p).find((node) => fields.contains(node)) || fields.querySelector(`[data-field="${CSS.escape(p)}"] button`);
  }
  if (!found) return;
  found.closest("details:not([open])")?.setAttribute("open", "");
  found.focus();
  bringUp(pointer, fields);
  bringUp(pointer, view);
}

function nextDoubt(by) {
  const doubts = [...fields.querySelectorAll("button.leaf.g-guess, button.leaf.g-likely")]
    .filter((node) => !view.classList.contains(`no-${layerOf(node.dataset.edit)}`));
  if (!doubts.length) { said.textContent = main.dataset.noDoubt; return; }
  const after = (node) => document.activeElement.compareDocumentPosition(node);
  const next = by > 0
    ? doubts.find((node) => fields.contains(document.activeElement) && after(node) & Node.DOCUMENT_POSITION_FOLLOWING)
    : doubts.reverse().find((node) => fields.contains(document.activeElement) && after(node) & Node.DOCUMENT_POSITION_PRECEDING);
  (next || doubts[0]).focus();
}

// ---- layers: which values are marked in the document, counted and gone to

const switches = [...view.querySelectorAll("input[data-layer]")];
const LAYERS = "vnadmin-layers"; // those that are off, kept in this browser

const layerOf = (pointer) => (pointer.includes("/legal_references") ? "citations" : /^\/(directives|assignments)/.test(pointer) ? "tasks" : "header");

function setLayers() {
  for (const { dataset: { layer }, checked } of switches) view.classList.toggle(`no-${layer}`, !checked);
  const count = document.querySelector("#doubt .count");
  count.textContent = switches.reduce((sum, one) => sum + (one.checked ? Number(count.dataset[one.dataset.layer]) : 0), 0);
  oneStop();
}

function recallLayers() {
  let off = null;
  try { off = JSON.parse(localStorage.getItem(LAYERS)); } catch { /* not kept here */ }
  if (Array.isArray(off)) for (const one of switches) one.checked = !off.includes(one.dataset.layer);
  setLayers();
}

for (const one of switches) {
  one.addEventListener("change", () => {
    setLayers();
    try { localStorage.setItem(LAYERS, JSON.stringify(switches.filter((s) => !s.checked).map((s) => s.dataset.layer))); } catch { /* not kept here */ }
  });
}

// ---- editing

async function edit(pointer, button) {
  const answer = await send(`${here}/edit?pointer=${encodeURIComponent(pointer)}`);
  const form = answer && answer.querySelector("form.editor");
  if (!form) return;
  closeEditor(false);
  editor = document.adoptNode(form);
  editor.opener = pointer;
  (button.closest(".line") || button.closest("details") || button).after(editor);
  hold(pointer);
  bringUp(pointer, view);
  const input = editor.querySelector("[name=value]");
  input.focus();
  input.select?.();
  editor.scrollIntoView({ block: "nearest" });
}

function closeEditor(back) {
  if (!editor) return;
  const pointer = editor.opener;
  editor.remove();
  editor = null;
  hold(null);
  if (back) fields.querySelector(`[data-edit="${CSS.escape(pointer)}"]`)?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.edit) { edit(button.dataset.edit, button); return; }
  if (button?.dataset.go) { go(button.dataset.go); return; }
  if (button?.hasAttribute("data-cancel")) { closeEditor(true); return; }
  if (button?.id === "doubt") { nextDoubt(1); return; }
  if (button?.dataset.show) { show(button.dataset.show); return; }
  if (button?.id === "zoom") { zoom(); return; }
  const place = view.contains(event.target) && getSelection().isCollapsed && target(event);
  if (place) open(place);
});

function open(place) {
  const pointer = pointersOf(place)[0];
  const button = places(pointer).find((node) => fields.contains(node) && node.dataset.edit);
  if (button) edit(button.dataset.edit, button);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.action.startsWith(location.origin + here) || form.action.endsWith("/close")) return;
  event.preventDefault();
  change(form.action, new FormData(form, event.submitter));
});

document.addEventListener("click", (event) => {  // a menu closes where something else is clicked
  document.querySelectorAll("details.menu[open]").forEach((d) => { if (!d.contains(event.target)) d.removeAttribute("open"); });
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (event.key === "Escape") {
    if (editor) closeEditor(true);
    else { pick.hidden = true; document.querySelectorAll("details.menu[open]").forEach((d) => d.removeAttribute("open")); }
  } else if (event.key === "Enter" && event.target.matches("textarea") && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    editor?.requestSubmit(editor.querySelector(".main"));
  } else if ((event.key === "Enter" || event.key === " ") && event.target.matches("#view [data-p]")) {
    event.preventDefault();
    open(event.target);
  } else if (event.key === "F8") {
    event.preventDefault();
    nextDoubt(event.shiftKey ? -1 : 1);
  } else if (command && !typing && (key === "z" || key === "y")) {
    event.preventDefault();
    document.getElementById(key === "y" || event.shiftKey ? "redo" : "undo")?.click();
  }
});

// ---- selecting in the document

function selectionMade() {
  const range = selectedRange();
  if (editor) {
    if (range) fill(range);
    return;
  }
  pick.hidden = !range;
  if (!range) return;
  pick.elements.start.value = range.start;
  pick.elements.end.value = range.end;
  document.getElementById("picked").textContent = range.text.length > 60 ? range.text.slice(0, 59) + "…" : range.text;
}

function fill(range) {
  const input = editor.querySelector("[name=value]");
  if (input.matches("select")) return;
  input.value = range.text;
  editor.elements.start.value = range.start;
  editor.elements.end.value = range.end;
}

let waiting = 0;
document.addEventListener("selectionchange", () => {
  if (pick.contains(document.activeElement) && getSelection().isCollapsed) return;
  clearTimeout(waiting);
  waiting = setTimeout(selectionMade, 120);
});

// ---- pages or text

function show(name) {
  for (const button of view.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === name));
    document.getElementById(button.dataset.show).hidden = button.dataset.show !== name;
  }
  if (laid && !laid.hidden) layOut();
  if (editor) bringUp(editor.opener, view);
}

// A document without pages of its own: they are laid out when somebody looks at them.
const laid = view.querySelector("[data-laid]");

async function layOut() {
  if (laid.dataset.done) return;
  laid.dataset.done = "yes";
  const answer = await send(laid.dataset.laid);
  if (!answer) {
    delete laid.dataset.done;
    laid.querySelector("[role=status]")?.replaceChildren(said.textContent);
    return;
  }
  const top = view.scrollTop;
  laid.replaceChildren(document.adoptNode(answer.body.firstElementChild));
  view.scrollTop = top;
  awaitPictures();
  oneStop();
}

// A page whose picture is on its way says so; its boxes wait for what they lie on.
function awaitPictures() {
  for (const picture of view.querySelectorAll(".page img")) {
    if (picture.complete) continue;
    const page = picture.closest(".page");
    page.classList.add("waiting");
    for (const end of ["load", "error"]) picture.addEventListener(end, () => page.classList.remove("waiting"), { once: true });
  }
}

function zoom() {
  const levels = ["", "zoom-2", "zoom-3"];
  const at = levels.findIndex((level) => level && view.classList.contains(level));
  levels.forEach((level) => level && view.classList.remove(level));
  const next = levels[(Math.max(at, 0) + 1) % levels.length];
  if (next) view.classList.add(next);
}

const observer = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target: svg } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(svg);
    fetch(svg.dataset.words)
      .then((response) => (response.ok ? response.text() : ""))
      .then((text) => {
        const words = text && new DOMParser().parseFromString(text, "image/svg+xml").querySelector("g.words");
        if (words) svg.querySelector("g.words").replaceWith(document.adoptNode(words));
      });
  }
}, { root: view, rootMargin: "100%" });
view.querySelectorAll("svg[data-words]").forEach((svg) => observer.observe(svg));

awaitPictures();
if (laid && !laid.hidden) layOut();
recallLayers();
light(null);
main.dataset.ready = "yes";
