"""When what a person read and what the catalogue holds count as equal: one rule for each kind of field, and no other.

A number is compared without white space; a day at the precision that is printed (`2021-09` is not `2021-09-25`); a type by its
code. Of every other text case, look-alike letters, dashes, quotes, white space, the place of a tone mark (`hòa`, `hoà`), blanks
around punctuation and signs at its ends do not count; of a subject `V/v`, `Về việc` or `Về` in front does not either. A list
is equal where its entries are, in whatever order. A letter or an accent counts, on scans too: a record that lacks one is wrong.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from vnadmin.gazetteer import rows
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

Told = str | list[str] | None  # a value of a field; None: the document has none

_UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad"))
_AROUND: Final = pattern(r" ?([-/,;:()]) ?")  # "1 / 2021", "(gọi tắt )"
_LABEL: Final = pattern(r"(?:v/v|về việc|vv|về)\b[ :.]*")  # "V/v: kiểm tra", "Về việc kiểm tra"
_ENDS: Final = " .,;:/-\"'*_"


def is_same(field: str, told: Told, held: Told) -> bool:
    """Whether two values of a field are equal.

    >>> is_same("subject", "V/v kiểm tra công tác", "Kiểm tra  công tác.")
    True
    >>> is_same("issued_on", "2021-09", "2021-09-25")
    False
    """
    form = _FORMS.get(field, _text)
    return _entries(form, told) == _entries(form, held)


def _entries(form: Callable[[str], str], value: Told) -> list[str]:
    entries = value if isinstance(value, list) else [value] if value else []
    return sorted(filter(None, map(form, entries)))


def _text(text: str) -> str:
    plain = fold(unicodedata.normalize("NFC", text).translate(_UNSEEN))
    return str(_AROUND.sub(r"\1", " ".join(plain.split()))).strip(_ENDS)


def _number(text: str) -> str:
    return "".join(_text(text).split())


def _subject(text: str) -> str:
    plain = _text(text)
    label = _LABEL.match(plain)
    return plain[label.end() :].strip(_ENDS) if label else plain


def _kind(text: str) -> str:
    """The code of a type in the table, by its name or code; any other type as it is printed."""
    plain = _text(text)
    return _codes().get(plain, plain)


@cache
def _codes() -> Mapping[str, str]:
    return {_text(name): row["code"] for row in rows("document_types") for name in (row["name"], row["code"])}


_FORMS: Final[Mapping[str, Callable[[str], str]]] = {"document_type": _kind, "number": _number, "subject": _subject}
