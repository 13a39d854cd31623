"""Takes out of Markdown what it strikes out and its HTML hides: `<span style="display:none">`, comments over lines or as links."""

from __future__ import annotations

import html

import regex

from vnadmin.source.html.sight import is_gone
from vnadmin.source.html.tags import BLOCKS, DROPPED, STRUCK, Look, attributed, read_style, with_style
from vnadmin.source.numbering import draws_signs
from vnadmin.source.sight import Unseen
from vnadmin.text.pattern import pattern

# What a page may hide text with; a text without any is not looked at.
_SUSPECT = pattern(
    r"<[a-z][a-z0-9]{0,11}\s[^<]{0,600}?\b(?:style|hidden|popover|color|bgcolor|face)\b|<[!?]"
    r"|<(?:script|style|template|title|s|strike|del)\b|^\[[^\]\n]{1,60}\]: ?[#<]|~~[^~\s]",
    regex.IGNORECASE | regex.MULTILINE,
)
_PIECE = pattern(
    r"(?P<comment><!--)|<!\[CDATA\[(?P<data>(?:[^\]]++|\](?!\]>)){0,2000}+)\]\]>|<[!?](?P<told>[a-z?][^<>]{0,2000}+)>|<(?P<close>/?)(?P<tag>[a-z][a-z0-9]{0,11})(?P<said>(?:\s(?:[^<>\"']{1,400}+|\"[^\"]{0,400}+\"|'[^']{0,400}+'){0,12}+)?+)>"
    r"|(?<!~)~~(?=[^\s~])(?P<struck>[^~\n]{1,400}+(?:\n[^~\n]{1,400}+){0,3}+)~~(?!~)"
    r"|(?P<link>^\[[^\]\n]{1,60}\]: ?(?:#|<>)(?P<note>[^\n]*+)$)"
    r"|(?P<blank>\n[ \t]*+\n)",
    regex.IGNORECASE | regex.MULTILINE,
)
_ATTRIBUTE = pattern(r"([a-z-]{2,20})(?:\s?=\s?(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?", regex.IGNORECASE)
_VOID = frozenset({"br", "img", "hr", "input", "col", "source", "meta", "link", "wbr"})
_RUN_ON = BLOCKS - {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dd", "dt"}  # what a blank line does not end
_NOTE = 400  # characters; a shorter comment on one line is a converter's, and no text: "<!-- image -->"


def without_veiled(text: str, unseen: Unseen) -> str:
    """The text without what HTML in it hides, which goes to `unseen`."""
    if ("<" not in text and "]:" not in text and "~~" not in text) or not _SUSPECT.search(text):
        return text
    kept: list[str] = []
    aside: list[str] = []
    open_tags: list[tuple[str, Look | None]] = []
    at = 0
    closing = text.rfind("-->")
    while piece := _PIECE.search(text, at):
        look = open_tags[-1][1] if open_tags else Look()
        between = text[at : piece.start()]
        at = piece.end()
        hidden = look is None or look.unseen or draws_signs(between, look.font)
        (aside if hidden else kept).append(between)
        if look is not None and look.odd and not hidden:
            unseen.odd.append(html.unescape(between))
        note, tag = piece["note"], (piece["tag"] or "").lower()
        if piece["comment"] and at > closing:
            kept.append(piece[0])  # it is never closed
        elif piece["comment"] or note is not None:
            if piece["comment"]:
                end = text.index("-->", at)
                note, at = text[at:end], end + 3
            said, whole = note or "", text[piece.start() : at]
            if piece["comment"] and "\n" not in said and len(said) < _NOTE:
                kept.append(whole)  # a marker of a page, the place of a picture
            else:
                unseen.add([said])
        elif gone := piece["struck"] or piece["data"] or piece["told"]:
            unseen.add([gone])
        elif piece["blank"]:
            while open_tags and open_tags[-1][0] not in _RUN_ON:
                open_tags.pop()
            kept.append(piece[0])
        elif not piece["close"]:
            inner = _look(tag, piece["said"], look)
            if tag not in _VOID and not piece["said"].endswith("/"):
                open_tags.append((tag, inner))
            if not (hidden or inner is None or inner.unseen):
                kept.append(piece[0])
        else:
            if any(tag == name for name, _ in open_tags):
                while open_tags.pop()[0] != tag:
                    pass
            if not hidden:
                kept.append(piece[0])
        if aside and not (open_tags and (open_tags[-1][1] is None or open_tags[-1][1].unseen)):
            unseen.add([html.unescape(" ".join(aside))])
            aside = []
    last = open_tags[-1][1] if open_tags else Look()
    (aside if last is None or last.unseen else kept).append(text[at:])
    if last is not None and last.odd:
        unseen.odd.append(html.unescape(text[at:]))
    unseen.add([html.unescape(" ".join(aside))])
    return "".join(kept)


def _look(tag: str, attributes: str, look: Look | None) -> Look | None:
    """How the content of an element is set; None if it is hidden with all that it holds."""
    if look is None or tag in DROPPED or tag in STRUCK:
        return None
    if not attributes:
        return look
    said = {name.lower(): first or second or third for name, first, second, third in _ATTRIBUTE.findall(attributes)}
    declared = [attributed(tag, said.get)]
    if style := said.get("style"):
        declared.append(read_style(html.unescape(style)))
    if "hidden" in said or "popover" in said or is_gone([each.sight for each in declared]):
        return None
    for each in declared:
        look = with_style(look, each)
    return look
