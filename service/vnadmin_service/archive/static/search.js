// On a narrow page the facets would stand before the results: they are closed until they are asked for.
if (matchMedia("(max-width: 52rem)").matches) document.querySelector("details.facets")?.removeAttribute("open");
