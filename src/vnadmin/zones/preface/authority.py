"""Tells what stands under a title and is none: the issuer (`BỘ TRƯỞNG BỘ Y TẾ`, `HỘI ĐỒNG NHÂN DÂN ...`), a party, a number."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.gazetteer import words
from vnadmin.genre.document_type import match_type
from vnadmin.genre.header_line import HeaderKind, squeeze, starts_with
from vnadmin.genre.person_name import NameLikeness, is_titled_name, name_likeness
from vnadmin.genre.post_and_authority import names_party
from vnadmin.layout.page import Line
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.header import Header, Part
from vnadmin.zones.preface.phrase import ends_inside_a_phrase, must_go_on

_LABELLED = pattern(r"Số ?:")
# "... đính chính Quyết định" / "Số: 15/QĐ-UBND"
_NAMES_INSTRUMENT = pattern(lambda: rf"(?<!\w)(?:{alternation(map(fold, words('document_types', 'name')))})$")
_LONGEST = 160
_NAME = 7  # letters from which a part of the issuer's name is told from a word


def is_authority(header: Header, at: int, issuer: str, title: Sequence[Line]) -> bool:
    """Whether the line at `at` is the authority; `issuer` is a name that the title block itself gives."""
    line, document = header.lines[at], header.document
    if line.end - line.start > _LONGEST:
        return False
    shown, upper = document.of(line), header.is_upper(at)
    key = squeeze(shown)
    printed = [document.of(agency) for agency in header.parts.get(Part.AGENCIES, ())]
    names = [squeeze(" ".join(printed)), squeeze(issuer)]
    post = starts_with(document.folded_of(line), "post")
    opens = upper and (post or starts_with(document.folded_of(line), "head"))
    is_name = any(name and (key == name or (opens and len(key) >= _NAME and key in name)) for name in names)
    if not (is_name or post):
        return False
    above = document.folded_of(title[-1]) if title else ""
    set_apart = bool(title) and upper and (not _is_upper(header, title[-1]) or _is_heavier(line, title[-1]))
    before_preamble = header.following(at) is HeaderKind.PREAMBLE
    if is_name:
        return not ends_inside_a_phrase(above) or set_apart or (before_preamble and not must_go_on(above))
    single = [name for name in map(squeeze, printed) if len(name) >= _NAME]
    named = any(name and name in key for name in names + single)  # "GIÁM ĐỐC SỞ Y TẾ" of "SỞ Y TẾ"
    if must_go_on(above) or (ends_inside_a_phrase(above) and not named):
        return set_apart and not must_go_on(above)  # "... viên chức quản lý" / "GIÁM ĐỐC SỞ Y TẾ": by its capitals
    if not upper:
        return before_preamble and (named or any(name and key in name for name in names))
    if not title:
        return not bare(shown).startswith("dai hoi")  # "ĐẠI HỘI ĐỒNG CỔ ĐÔNG THƯỜNG NIÊN ..." is a title
    # in a title in capitals only the place right before the preamble tells; an authority may take two lines
    # ("BAN BÍ THƯ VỀ TĂNG CƯỜNG ..." is none: an issuer's name has no "về")
    wraps = next(header.kinds.after(at + 1, 1), None) is HeaderKind.PREAMBLE and " về " not in document.folded_of(line)
    return set_apart or before_preamble or wraps


def _is_heavier(line: Line, above: Line) -> bool:
    """Bold under what is not."""
    return bool(line.style.bold) and not above.style.bold


def _is_upper(header: Header, line: Line) -> bool:
    return header.is_upper(line.index - header.lines[0].index)


def is_party(header: Header, at: int, above: Line) -> bool:
    """`BÊN CHO THUÊ (BÊN A)`, `NGƯỜI LAO ĐỘNG` under a contract's title, which does not go on over the line end.

    Where no type says `HỢP ĐỒNG`, who it is stands on the line or below it; `TUYỂN DỤNG` / `NGƯỜI LAO ĐỘNG` is a title.
    """
    shown = header.shown(at)
    if not names_party(shown, bare(shown)) or ends_inside_a_phrase(header.document.folded_of(above)):
        return False
    types = header.parts.get(Part.TYPE_LINE, ())
    if any("hợp đồng" in header.document.folded_of(line) for line in types):
        return True
    below = next((header.shown(line) for line in header.below(at, 1)), "")
    named = name_likeness(below) is not NameLikeness.NONE or is_titled_name(below, fold(below))
    folded = header.folded(at)
    return named or ":" in shown or "(bên" in folded or (":" in below and folded.startswith("bên"))


def is_number_of_its_own(header: Header, at: int, above: Line) -> bool:
    """Whether a number with its label under a title is the document's: the line `above` names no instrument and is whole.

    `thu hồi giấy phép của hộ kinh doanh` / `Số: 15/GP-UBND` under `QUYẾT ĐỊNH`, which has `QĐ` in its own, is the licence's.
    """
    folded, line = header.document.folded_of(above), header.parts[Part.TYPE_LINE][0]
    named = match_type(header.document.folded, line.start, line.end)
    other = named is not None and fold(named.word.code or "") not in header.folded(at)
    cited = other or _NAMES_INSTRUMENT.search(folded) or ends_inside_a_phrase(folded)
    return not cited and "ngày" not in header.folded(at) and _LABELLED.match(header.shown(at)) is not None
