"""Takes the inline marks of Markdown off one line: emphasis, escapes, links, tags of HTML."""

from __future__ import annotations

import html
import re

import regex

from vnadmin.genre.capitals import in_capitals
from vnadmin.layout.page import PLAIN, Style
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

MARKS = "*_#|\\`<>[&~"
SPECIAL = re.compile(f"[{re.escape(MARKS)}]")  # `re` walks a plain class some twenty times as fast as `regex`
_BULLET = pattern(r"(?P<mark>\s*+[*+-][ \t]++)")
_ESCAPE = pattern(r"\\([\\`*_{}\[\]()#+\-.!|>~<\"/&])")  # "1\.", "\-", "\*"
_BOLD = pattern(
    r"\*\*(?=\S| [^\s*])(?P<inner>[^*]++(?:\*[^*]++\*)?+[^*]*+)\*\*|(?<![\w_])__(?=[^\s_])(?P<inner>[^_]++)(?:(?<=\S)__(?![\w_])|(?<= )__(?=\w))"  # "__Điều 1\\. __Ban hành"
)
# "(*ban hành theo ...*)"; not "5*3", "(*)", "* mục". Inside italic that ends and begins again two stars stand:
# "*(đ/c: nhà** xưởng** số 5)*", "*Hà Nội, ngày 21 tháng 11 năm 2025** *"; before its last star a blank may stand: "*4.1. *Giao"
ITALIC = pattern(
    r"(?<![\w*])\*(?=[\w\"“'(\[.…])(?P<inner>[^*]++(?:\*\*[^*]++)*+)(?:(?<=[^\s(*])|(?<=\S\*\* ))\*(?![\w*])|(?<![\w*])\*(?=[\w\"“'(\[.…])(?P<inner>[^*]++)(?:(?<=\s)\*(?=\s*+$)|(?<=[.:;,)] )\*(?=[^\W_]))"
    r"|(?<![\w_])_(?=[\w\"“'(\[.…])(?P<inner>[^_]++)(?<=[^\s_])_(?![\w_])"
)
# An item's marker in italics, its blank within them: "*4.1. * *Kiểm kê ...*", "_a) _ Tài sản"; "* 4.1. ..." is a bullet
_MARKER = pattern(r"([*_])(?P<inner>(?:\d{1,3}(?:\.\d{1,2}){0,4}|[a-zđ]|[IVX]{1,5})[.)]) \1(?= )")
# The name of a drawn object that stands for its picture: "[DrawObject3]", "[Straight Connector 2]"
_OBJECT_NAME = (
    r"\[(?:DrawObject|Shape|AutoShape|Straight(?: Arrow)? Connector|Line|Rectangle|Oval|Freeform|Picture|Image|Graphic"
    r"|Text ?Box|Text Frame|Frame|Group|Object) ?\d{1,4}\](?!\()"
)
_OBJECT = pattern(rf"(?<!\])(?<!!){_OBJECT_NAME}")
# Drawn rules that an office suite hangs on the first letter of a word: "T![Shape1](a.gif) ỈNH", "Đ[DrawObject2] ộc lập"
_HUNG = pattern(
    rf"(?<=(?<!\w)[A-ZĐ])(?:!\[[^\]\n]{{0,200}}+\]\([^)\n]{{0,2000}}+\)|{_OBJECT_NAME}|<img\b[^<>]{{0,600}}+>) ?(?=\w)"
)
# What a converter leaves of such a picture in a cell: its name, "TShape1 ỈNH", "VỤ DrawObject1 Số:"
_NAME_LEFT = pattern(
    r"(?<=(?<!\w)[A-ZĐ])(?:DrawObject|Shape|AutoShape|Line|Straight Connector) ?\d{1,4} ?(?=\p{Lu})"
    r"|(?<!\w)(?:DrawObject|Shape|AutoShape ?|Straight(?: Arrow)? Connector )\d{1,4}(?!\w) ?"
)
# Bold that ends and begins again: "KT.****CHỦ TỊCH", "h****ó****a", "TRƯ****Ở****NG"
_TWICE = pattern(r"[^\W\d_]{0,7}+[.,;:]?(?:\*{4,}[^\W\d_]{0,7}+)++")
_STARS = pattern(r"\*{4,}")
_TORN = pattern(r"(?<=[^\W\d_])\*\*(?=[^\W\d_])")  # "TRƯ**ỞNG BAN", whose other end stands on a line of its own
_CODAS = frozenset(("c", "ch", "m", "n", "ng", "nh", "p", "t"))
_PICTURE = pattern(r"!\[[^\]\n]{0,200}+\]\([^)\n]{0,2000}+\)")
_LINK = pattern(r"\[(?P<inner>[^\]\[\n]{1,500}+)\]\((?:https?:|mailto:|www\.|/|#|\.)[^)\n]{0,2000}+\)")
_TAG = pattern(
    r"</?(?:a|b|i|u|s|p|em|strong|del|ins|mark|code|center|div|span|font|sup|sub|small|big|hr|img|details|summary|section"
    r"|article|table|colgroup|col|caption|thead|tbody|tfoot|tr|td|th|ul|ol|li|dl|dt|dd|h[1-6]|pre|blockquote|figure|input"
    r"|label|picture|source|nav|header|footer|main|body|html)\b[^<>]{0,600}+>",
    regex.IGNORECASE,
)
_COMMENT = pattern(r"<!--(?:[^-]|-(?!->)){0,500}+-->")


def unmark(text: str) -> tuple[str, Style]:
    """The text of one line without inline marks, and whether most of it was bold or italic."""
    if not SPECIAL.search(text):
        return text, PLAIN
    head = ""
    if text.lstrip()[:1] in "*+-" and (bullet := _BULLET.match(text)):
        head = bullet["mark"]
        text = text[len(head) :]
    escaped = "\\" in text
    if escaped:
        text = _ESCAPE.sub(lambda match: chr(0xF200 + ord(match[1])), text)
    if "[" in text or "<img" in text:
        text = _OBJECT.sub("", _HUNG.sub("", text))
    if "Shape" in text or "DrawObject" in text or "Line " in text or "Connector " in text:
        text = _NAME_LEFT.sub("", text)
    if "<" in text:
        text = _TAG.sub("", _COMMENT.sub("", text))
    if "](" in text:
        text = _LINK.sub(r"\g<inner>", _PICTURE.sub("", text))
    if "****" in text:
        text = _TWICE.sub(_between, text)
    if "`" in text:
        text = text.replace("`", "")
    if "~~" in text:
        text = text.replace("~~", "")
    bold = italic = 0
    if "_:_" in text:  # "Nơi nhận _:_"
        text = text.replace("_:_", ":")
    if "**" in text or "__" in text:
        core = text[2:-2]
        if text[:2] == text[-2:] == "**" and core.strip() == core and core and "*" not in core and "_" not in core:
            text, bold = core, len(core)  # all of a cell
        else:
            text, bold = _strip(_BOLD, text)
    if "*" in text or "_" in text:
        if marker := _MARKER.match(text):
            text = marker["inner"] + text[marker.end() :]
        text, italic = _strip(ITALIC, text)
        if "**" in text:
            text = _loose(_TORN.sub("", text) if text.count("**") == 1 else text)
    if "&" in text:
        text = html.unescape(text)
    if escaped:
        text = "".join(chr(ord(char) - 0xF200) if "\uf200" <= char <= "\uf27f" else char for char in text)
    length = len(text.strip())
    if not bold and not italic:
        return head + text, PLAIN
    return head + text, Style(bold=bold * 4 >= length * 3, italic=italic * 4 >= length * 3)


def _between(match: regex.Match[str]) -> str:
    """What stood where bold ended and began again: nothing inside a syllable or an abbreviation, a blank between two words."""
    pieces = _STARS.split(match[0])
    text = pieces[0]
    for number, piece in enumerate(pieces[1:], 2):
        left = text.rsplit(" ", 1)[-1]
        word = f"{left}{piece}"
        more = f"{word}{pieces[number]}" if number < len(pieces) else word
        torn = piece.lower() in _CODAS or (len(left) == len(piece) == 1 and in_capitals(word))  # "TRƯỞ" "NG", "T" "L"
        text += piece if not piece or not text or torn or is_syllable(word) or is_syllable(more) else f" {piece}"
    return str(text)


def _strip(marks: regex.Pattern[str], text: str) -> tuple[str, int]:
    """Take paired marks off; also how many characters stood between them."""
    inside = 0

    def inner(match: regex.Match[str]) -> str:
        nonlocal inside
        text = str(match["inner"])
        inside += len(text)
        return text.replace("**", "") if marks is ITALIC else text

    return marks.sub(inner, text), inside


def _loose(text: str) -> str:
    """Bold that opens on one line and closes on another leaves its stars at the ends."""
    core = text.strip()
    if core.startswith("**") and "**" not in core[2:]:
        return text.replace("**", "", 1)
    if core.endswith("**") and "**" not in core[:-2]:
        return text.replace("**", "", 1)
    return text
