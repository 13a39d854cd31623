"""What the HTML reader knows about tags: which hold blocks, which are left out, and what a style attribute says."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

# Never text: code, controls, pictures.
DROPPED = frozenset({
    "script", "style", "head", "title", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "video",
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


class Declaration(NamedTuple):
    """What one `style` attribute says; None where it says nothing."""

    bold: bool | None = None
    italic: bool | None = None
    centred: bool | None = None
    upper: bool | None = None
    size: float | None = None
    font: str | None = None
    preformatted: bool | None = None
    hidden: bool = False


def is_furniture(tag: str, names: str, role: str) -> bool:
    """Whether an element is the site's, not the document's."""
    if tag in SITE or role in ("navigation", "banner", "contentinfo", "search", "complementary"):
        return True
    return bool(names) and tag not in ("html", "body", "main", "article") and _FURNITURE.search(names) is not None


NOTHING = Declaration()


@lru_cache(maxsize=512)
def read_style(style: str) -> Declaration:
    """What a `style` attribute says; a page repeats the same few."""
    bold = italic = centred = upper = size = font = preformatted = None
    hidden = False
    for name, value in _DECLARATION.findall(style):
        name, value = name.lower(), value.strip()
        low = value.lower()
        if name == "font-weight":
            bold = low.startswith(("bold", "6", "7", "8", "9"))
        elif name == "font-style":
            italic = low.startswith(("italic", "oblique"))
        elif name == "text-align":
            centred = low.startswith("center")
        elif name == "text-transform":
            upper = low.startswith("uppercase")
        elif name == "font-size":
            size = _size(low)
        elif name == "font-family":
            font = value.split(",")[0].strip("\"' ")
        elif name == "white-space":
            preformatted = low.startswith("pre")
        elif (name == "display" and low.startswith("none")) or (name == "mso-hide" and low.startswith("all")):
            hidden = True
    return Declaration(bold, italic, centred, upper, size, font, preformatted, hidden)


_MEDIA = regex.compile(r"@media[^{}]{0,200}+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_RULE = regex.compile(r"([^{}@;]{1,400}+)\{([^{}]{1,2000}+)\}")
_SELECTOR = regex.compile(r"\s*+([a-z][a-z0-9]*+)?+(?:\.([\w-]++))?+\s*+", regex.IGNORECASE)
_MOST_RULES = 400


def read_sheet(sheet: str) -> dict[tuple[str, str], Declaration]:
    """The rules of a page's own style sheet for (tag, class), either of them empty; other selectors are passed over.

    Word and LibreOffice set font, weight and alignment of paragraphs this way: `p.western { font-family: ".VnTime" }`.
    """
    found: dict[tuple[str, str], Declaration] = {}
    for selectors, body in _RULE.findall(_MEDIA.sub("", sheet))[:_MOST_RULES]:
        said = read_style(body)
        if said != NOTHING:
            for selector in selectors.split(","):
                match = _SELECTOR.fullmatch(selector)
                if match and (match[1] or match[2]):
                    found[(match[1] or "").lower(), match[2] or ""] = said
    return found


def with_style(look: Look, said: Declaration) -> Look:
    """The look under a `style` attribute."""
    return Look(
        look.bold if said.bold is None else said.bold,
        look.italic if said.italic is None else said.italic,
        look.upper if said.upper is None else said.upper,
        look.size if said.size is None else said.size,
        look.font if said.font is None else said.font,
        look.centred if said.centred is None else said.centred,
        look.preformatted if said.preformatted is None else said.preformatted,
    )


def _size(value: str) -> float | None:
    match = _SIZE.match(value)
    if not match:
        return None
    return round(float(match[1]) * (0.75 if match[2] == "px" else 1), 1)
