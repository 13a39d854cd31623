// On a narrow page the facets would stand before the results: they are closed until they are asked for.
if (matchMedia("(max-width: 52rem)").matches) document.querySelector("details.facets")?.removeAttribute("open");

// The box for the name of a kept search is ready to be typed in.
const name = document.getElementById("save-name");
name?.closest("details").addEventListener("toggle", (event) => { if (event.target.open) name.select(); });

// A long list of values can be narrowed by a few letters, with their marks or without.
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
for (const rest of document.querySelectorAll("details.rest[data-find]")) {
  const items = [...rest.querySelectorAll("li")];
  if (items.length < 12) continue;
  const box = Object.assign(document.createElement("input"), { type: "search", placeholder: rest.dataset.find, ariaLabel: rest.dataset.find });
  rest.querySelector("summary").after(box);
  box.addEventListener("input", () => {
    const wanted = plain(box.value).split(/\s+/);
    for (const item of items) item.hidden = !wanted.every((word) => plain(item.textContent).includes(word));
  });
}
