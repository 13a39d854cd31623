"""What opens a part of its own wherever it stands: a label, a mark of authority, a ground, an attachment's heading."""

from __future__ import annotations

from typing import Final

from vnadmin.gazetteer import words_where
from vnadmin.genre.attachment_line import attachment_label
from vnadmin.genre.closing_line import label_end
from vnadmin.genre.header_line import starts_with
from vnadmin.genre.landmarks import address_label_end, number_label, subject_label
from vnadmin.genre.post_and_authority import authority_end
from vnadmin.genre.signs import line_signs
from vnadmin.text.alternation import alternation
from vnadmin.text.pattern import pattern

_REACH: Final = 160  # characters of a line that tell
_INITIALS: Final = frozenset("BCDGKLMNPQSTUVXĐÐ")


def opens_part(text: str) -> bool:
    """Whether a line as printed opens a part of a document; in running text it would begin in small letters."""
    if text[:1] not in _INITIALS:
        return False
    line = line_signs(text[:_REACH])
    folded = line.folded
    number, subject = number_label(folded), subject_label(folded)
    return (
        (number is not None and number.type_end == 0 and ":" in folded[: number.end])
        or (subject is not None and not subject.is_about)
        or address_label_end(folded) > 0
        or label_end(line) >= 0
        or authority_end(line.text, line.bare) > 0
        or attachment_label(line) is not None
        or starts_with(folded, "preamble")
    )


def opens_sentence(text: str) -> bool:
    """Whether a text opens with words that begin a sentence; after a line without an end mark a paragraph begins with them."""
    return _SENTENCE.match(text) is not None


def opens_field(text: str) -> bool:
    """Whether a text opens with the label of a form's or a record's field: `Thời gian bắt đầu: 8 giờ`."""
    return _FIELD.match(text) is not None


_FIELD = pattern(r"\p{Lu}\p{Ll}*+(?: \p{Ll}++){0,4}+ ?: ")
_SENTENCE = pattern(lambda: rf"(?:{alternation(words_where('link_words', 'kind', 'opens a sentence'))}|Ngày \d++)\b")
