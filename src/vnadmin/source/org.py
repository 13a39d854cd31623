"""Takes the signs of Org (as pandoc writes it) off a text: hard line ends, drawers of headings, italics."""

from __future__ import annotations

from typing import Final

import regex

from vnadmin.text.pattern import pattern

_FEWEST: Final = 2  # hard line ends
# "KIỂM TOÁN NHÀ NƯỚC\\", "| *BỘ Y TẾ\\           |"
_HARD_END = pattern(r"\\\\(?= *+(?:\||$))", regex.MULTILINE)
# ":PROPERTIES:" / ":CUSTOM_ID: thành-phố-huế" / ":END:" under a heading
_DRAWER = pattern(r"^:PROPERTIES:\n(?::(?!END:)[A-Z_]++:[^\n]*+\n)*+:END:$", regex.MULTILINE)
# "/Hà Nội, ngày 22 tháng 7 năm 2010/", "| /- Như trên;", "Lưu: VT./ |"; not "Số:      /UBND-VX", "trước 30/6"
_ITALICS = pattern(
    r"(?:^|(?<=\|) *+|(?<=[ *]))[*]?+/(?=[-–] ?+\p{L}|\p{Lu}\p{Ll})|(?<=[\p{L}\d.;:,)])/(?= *+(?:\||$))",
    regex.MULTILINE,
)


def without_org(text: str) -> str:
    """A text in Org without its signs; any other as it is."""
    drawn = ":PROPERTIES:" in text
    if not drawn and ("\\\\" not in text or len(_HARD_END.findall(text)) < _FEWEST):
        return text
    return str(_ITALICS.sub("", _HARD_END.sub("", _DRAWER.sub("", text))))
