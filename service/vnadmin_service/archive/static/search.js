// On a narrow page the facets would stand before the results: they are closed until they are asked for.
if (matchMedia("(max-width: 52rem)").matches) document.querySelector("details.facets")?.removeAttribute("open");

// The box for the name of a kept search is ready to be typed in.
const name = document.getElementById("save-name");
name?.closest("details").addEventListener("toggle", (event) => { if (event.target.open) name.select(); });
