// What is selected in the document, as offsets into its text: characters, not UTF-16 units.
const view = document.getElementById("view");
const length = (text) => [...text].length;

function offset(piece, node, units) {
  const start = Number(piece.dataset.s);
  return node.nodeType === Node.TEXT_NODE && piece.contains(node) ? start + length(node.data.slice(0, units)) : null;
}

export function selectedRange() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!view.contains(range.commonAncestorContainer)) return null;
  const pane = [...view.querySelectorAll(".pane")].find((p) => !p.hidden);
  const pieces = [...pane.querySelectorAll("[data-s]")].filter((piece) => range.intersectsNode(piece));
  if (!pieces.length) return null;
  const last = pieces[pieces.length - 1];
  const start = offset(pieces[0], range.startContainer, range.startOffset) ?? Number(pieces[0].dataset.s);
  const end = offset(last, range.endContainer, range.endOffset) ?? Number(last.dataset.s) + length(last.textContent);
  const text = selection.toString().replace(/\s+/g, " ").trim();
  return end > start && text ? { start, end, text } : null;
}
