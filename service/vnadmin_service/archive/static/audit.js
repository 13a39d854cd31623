// A document that is reviewed blind: pages or text, zoom, and what is selected goes into the box that was typed in last.
const view = document.getElementById("view");
const form = document.querySelector("#fields form");
const take = document.getElementById("take");
const laid = view.querySelector("[data-laid]");
const boxes = [...form.querySelectorAll("input[id], textarea[id]")];
let last = boxes.find((box) => box.getAttribute("aria-invalid")) ?? boxes[0];

function show(name) {
  for (const button of view.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === name));
    document.getElementById(button.dataset.show).hidden = button.dataset.show !== name;
  }
}

function zoom() {
  const levels = ["", "zoom-2", "zoom-3"];
  const at = levels.findIndex((level) => level && view.classList.contains(level));
  levels.forEach((level) => level && view.classList.remove(level));
  const next = levels[(Math.max(at, 0) + 1) % levels.length];
  if (next) view.classList.add(next);
}

// A page whose picture is on its way says so.
function awaitPictures() {
  for (const picture of view.querySelectorAll(".page img")) {
    if (picture.complete) continue;
    const page = picture.closest(".page");
    page.classList.add("waiting");
    for (const end of ["load", "error"]) picture.addEventListener(end, () => page.classList.remove("waiting"), { once: true });
  }
}

async function layOut() {
  try {
    const answer = await fetch(laid.dataset.laid);
    if (!answer.ok) throw new Error();
    const body = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    laid.replaceChildren(...[...body.children].map((node) => document.adoptNode(node)));
    awaitPictures();
  } catch {
    if (document.querySelector("[data-show=text]")) show("text");
    laid.querySelector("[role=status]")?.replaceChildren(document.querySelector("main").dataset.unreachable);
  }
}

const selected = () => {
  const selection = getSelection();
  const inside = selection.rangeCount && view.contains(selection.getRangeAt(0).commonAncestorContainer);
  return inside ? selection.toString().replace(/\s+/g, " ").trim() : "";
};

function offer() {
  const text = selected();
  take.hidden = !text;
  const button = take.firstElementChild;
  const name = form.querySelector(`label[for="${last.id}"]`).firstChild.textContent.trim();
  if (text) button.textContent = button.dataset.words.replace("{n}", name);
}

view.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.show) show(button.dataset.show);
  else if (button?.id === "zoom") zoom();
  else if (button && take.contains(button)) {
    const text = selected();
    last.value = last.matches("textarea") && last.value.trim() && last.id !== "f-subject" ? `${last.value.trimEnd()}\n${text}` : text;
    getSelection().removeAllRanges();
    last.focus();
  }
});
form.addEventListener("focusin", (event) => { if (boxes.includes(event.target)) last = event.target; });
let waiting = 0;
document.addEventListener("selectionchange", () => { clearTimeout(waiting); waiting = setTimeout(offer, 120); });
if (matchMedia("(max-width: 52rem)").matches) view.classList.add("zoom-2"); // what is printed can be read
awaitPictures();
if (laid) layOut();
last.focus({ preventScroll: last === boxes[0] });
if (last !== boxes[0]) last.closest(".box-of").scrollIntoView({ block: "center" });
document.querySelector("main").dataset.ready = "yes";
