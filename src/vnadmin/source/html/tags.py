"""What the HTML reader knows about tags: which hold blocks, which are left out, and what a style attribute says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

import regex

from vnadmin.source.html.colours import ground_of, ink_of
from vnadmin.source.html.sight import NOTHING as UNSAID
from vnadmin.source.html.sight import Sight, font_size, is_unseen, plain_css, read_sight
from vnadmin.source.sight import SMALLEST, UNKNOWN, Colour, known
from vnadmin.text.pattern import pattern

# Never text: code, controls, pictures.
DROPPED = frozenset({
    "script", "style", "head", "title", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "video",
    "noembed", "mphantom", "noframes", "annotation", "annotation-xml", "audio", "select", "option", "button", "input", "textarea", "map", "datalist", "dialog", "progress", "meter",
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
STRUCK = frozenset({"s", "strike", "del"})
ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
# class or id of navigation, comments, advertising, tool bars around a document on a portal
_FURNITURE = pattern(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|site-?header|top-?bar|toolbar|banner|advert\w*|ads?|comments?"
    r"|share|social|related|search|login|cookie|popup|modal|pagination|rating|tags?|print-?button|logo|brand(?:ing)?|slogan|hotline|marquee)(?:$|[\s_-])",
    regex.IGNORECASE,
)
_DECLARATION = pattern(r"([a-z-]{2,40})\s{0,9}:\s{0,9}([^;]{1,300})", regex.IGNORECASE)
_FACE = pattern(r"\d[\w.%]{0,9}(?:/[\w.%]{1,9})?\s{1,9}[\"']?([^,\"']{1,60})")  # "bold 12pt/14pt Wingdings, serif"
_SIZE = pattern(r"(\d{1,3}(?:\.\d{1,3})?)\s?(pt|px)")


# Parts of a table grow with what they hold (CSS 2.1, 17.5.2 and 17.5.3): a small size hides nothing, but where it is cut off.
OF_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
_SIZES = frozenset(
    f"{least}{side}" for least in ("", "min-", "max-") for side in ("height", "width", "block-size", "inline-size")
)


class Look(NamedTuple):
    """How inline text is set at some point of the page."""

    bold: bool = False
    italic: bool = False
    upper: bool = False
    size: float | None = None
    font: str | None = None
    centred: bool | None = None
    preformatted: bool = False
    ink: Colour | None = None
    ground: Colour | None = None
    invisible: bool = False
    unseen: bool = False  # by any of the three above, or by its size
    odd: bool = False  # in a way that is not known to be seen


class Declaration(NamedTuple):
    """What one `style` attribute says; None where it says nothing."""

    bold: bool | None = None
    italic: bool | None = None
    centred: bool | None = None
    upper: bool | None = None
    size: float | None = None
    font: str | None = None
    preformatted: bool | None = None
    sight: Sight = UNSAID
    odd: bool = False
    tight: bool = False  # a size of next to nothing


def is_furniture(tag: str, names: str, role: str) -> bool:
    """Whether an element is the site's, not the document's."""
    if tag in SITE or role in ("navigation", "banner", "contentinfo", "search", "complementary"):
        return True
    return bool(names) and tag not in ("html", "body", "main", "article") and _FURNITURE.search(names) is not None


NOTHING = Declaration()


def attributed(tag: str, get: Callable[[str], str | None]) -> Declaration:
    """What attributes of an element say of colours, as pages did before style sheets."""
    ground = get("bgcolor")
    said = get("color") if tag == "font" else get("text") if tag == "body" else None
    if not ground and not said:
        return NOTHING
    return NOTHING._replace(sight=Sight(ink=ink_of(said or ""), ground=ground_of(ground)))


@lru_cache(maxsize=512)
def read_style(style: str) -> Declaration:
    """What a `style` attribute says; a page repeats the same few."""
    bold = italic = centred = upper = size = font = preformatted = None
    all_said: dict[str, str] = {}
    for name, value in _DECLARATION.findall(plain_css(style)):
        name, value = name.lower(), value.strip()
        low = all_said[name] = value.lower()
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
        elif name == "font" and (written := _FACE.search(value)):
            font = written[1]
        elif name == "white-space":
            preformatted = low.startswith("pre")
    dot = font_size(all_said)
    return Declaration(
        bold,
        italic,
        centred,
        upper,
        size if dot is None else dot,
        font,
        preformatted,
        read_sight(all_said),
        *_odd_or_tight(all_said),
    )


def _odd_or_tight(said: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether CSS, by names and values in lower case, has a property that is not known to leave text as it is seen, or a size so small."""
    table, tight = known("css"), False
    for name, value in said.items():
        if name.startswith(("--", "mso-", "so-")):
            continue
        entry = table.get(name) or table.get(_bare(name))
        if entry is not None and entry.holds(value):
            continue
        if name not in _SIZES:
            return True, tight
        tight = True
    return False, tight


def _bare(name: str) -> str:
    """A property without the prefix of a browser."""
    return name.split("-", 2)[2] if name.startswith(("-webkit-", "-moz-", "-ms-", "-o-")) else name


def with_style(look: Look, said: Declaration) -> Look:
    """The look under a `style` attribute."""
    bold, italic, upper, old_size, font, centred, preformatted, ink, ground, invisible, unseen, odd = look
    size = old_size if said.size is None else said.size
    sight = said.sight
    if sight is not UNSAID or size is not old_size:
        ground = sight.ground or ground
        if sight.ink != UNKNOWN or ink is None:  # "color: foo" is no colour and changes nothing
            ink = sight.ink or ink
        invisible = invisible if sight.invisible is None else sight.invisible
        unseen = invisible or (size is not None and size < SMALLEST) or is_unseen(ink, ground)
    return Look(
        bold if said.bold is None else said.bold,
        italic if said.italic is None else said.italic,
        upper if said.upper is None else said.upper,
        size,
        font if said.font is None else said.font,
        centred if said.centred is None else said.centred,
        preformatted if said.preformatted is None else said.preformatted,
        ink,
        ground,
        invisible,
        unseen,
        odd or said.odd or said.tight or (sight is not UNSAID and UNKNOWN in (sight.ink, sight.ground)),
    )


def _size(value: str) -> float | None:
    match = _SIZE.match(value)
    if not match:
        return None
    return round(float(match[1]) * (0.75 if match[2] == "px" else 1), 1)
