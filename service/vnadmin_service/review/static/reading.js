// While a document is being read: asks how far it is, and opens it when it is done.
const main = document.getElementById("reading");
const bar = main.querySelector("progress");
const told = document.getElementById("so-far");

async function ask() {
  try {
    const state = await (await fetch(main.dataset.state)).json();
    if (state.status !== "reading") { location.reload(); return; }
    const parts = [];
    if (state.total) {
      bar.max = state.total;
      bar.value = state.done;
      parts.push(main.dataset.page.replace("{n}", `${state.done}/${state.total}`));
    }
    parts.push(main.dataset.seconds.replace("{n}", state.seconds));
    told.textContent = parts.join(" · ");
  } catch {
    // the server may be restarting; the next round tells
  }
  setTimeout(ask, 1000);
}
ask();
