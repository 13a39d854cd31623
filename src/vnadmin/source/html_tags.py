"""What the HTML reader knows about tags: which hold blocks, which are left out, and what a style attribute says."""

from __future__ import annotations

from typing import NamedTuple

import regex

# Never text: code, controls, pictures.
DROPPED = frozenset({
    "script", "style", "head", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "video",
    "audio", "select", "option", "button", "input", "textarea", "map", "datalist", "dialog", "progress", "meter",
})  # fmt: skip
# A site's own furniture by its element (HTML 5).
SITE = frozenset({"nav", "aside", "footer", "menu"})
# Elements that begin a line of their own.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul", "caption",
})  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
# class or id of navigation, comments, advertising, tool bars around a document on a portal
_FURNITURE = regex.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|site-?header|top-?bar|toolbar|banner|advert\w*|ads?|comments?"
    r"|share|social|related|search|login|cookie|popup|modal|pagination|rating|tags?|print-?button)(?:$|[\s_-])",
    regex.IGNORECASE,
)
_DECLARATION = regex.compile(r"([a-z-]{2,40})\s{0,9}:\s{0,9}([^;]{1,300})", regex.IGNORECASE)
_SIZE = regex.compile(r"(\d{1,3}(?:\.\d{1,3})?)\s?(pt|px)")


class Look(NamedTuple):
    """How inline text is set at some point of the page."""

    bold: bool = False
    italic: bool = False
    upper: bool = False
    size: float | None = None
    font: str | None = None
    centred: bool | None = None
    preformatted: bool = False


class Declared(NamedTuple):
    """What a `style` attribute changes."""

    look: Look
    hidden: bool = False


def is_furniture(tag: str, names: str, role: str) -> bool:
    """Whether an element is the site's, not the document's."""
    if tag in SITE or role in ("navigation", "banner", "contentinfo", "search", "complementary"):
        return True
    return bool(names) and tag not in ("html", "body", "main", "article") and _FURNITURE.search(names) is not None


def with_style(look: Look, style: str) -> Declared:
    """The look after a `style` attribute; unknown properties say nothing."""
    hidden = False
    for name, value in _DECLARATION.findall(style):
        name, value = name.lower(), value.strip().lower()
        if name == "font-weight":
            look = look._replace(bold=value.startswith(("bold", "6", "7", "8", "9")))
        elif name == "font-style":
            look = look._replace(italic=value.startswith(("italic", "oblique")))
        elif name == "text-align":
            look = look._replace(centred=value.startswith("center"))
        elif name == "text-transform":
            look = look._replace(upper=value.startswith("uppercase"))
        elif name == "font-size":
            look = look._replace(size=_size(value, look.size))
        elif name in ("font-family", "font"):
            look = look._replace(font=value.split(",")[0].strip("\"' ") if name == "font-family" else look.font)
        elif name == "white-space":
            look = look._replace(preformatted=value.startswith("pre"))
        elif (name == "display" and value.startswith("none")) or (name == "mso-hide" and value.startswith("all")):
            hidden = True
    return Declared(look, hidden)


def _size(value: str, outer: float | None) -> float | None:
    match = _SIZE.match(value)
    if not match:
        return outer
    return round(float(match[1]) * (0.75 if match[2] == "px" else 1), 1)
