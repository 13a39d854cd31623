"""Rules over the signature: authority against position, marks, degrees, the time of signing (NĐ 30/2020, Điều 13)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vnadmin.gazetteer import words_where
from vnadmin.genre.post_and_authority import is_deputy, mark_of_authority
from vnadmin.lint.finding import Finding
from vnadmin.lint.view import View
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

_LETTERS: Final = re.compile(r"[^A-Z]")  # what is left out of "T/M", "K. T.", "KT"
_SIGNED: Final = re.compile(r"(?:thời gian ký|ngày ký)\s*:?\s*(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")


_MAY_PRINT_RANKS: Final = pattern(
    lambda: rf"(?<!\w)(?:{alternation(map(fold, words_where('lint_words', 'kind', 'ranks')))})(?!\w)"
)


def authority_needs_deputy(view: View) -> Iterator[Finding]:
    """`KT. GIÁM ĐỐC` over `TRƯỞNG PHÒNG`."""
    for index, signer in enumerate(view.document.signatories):
        stands_in = [line for line in signer.authority if (mark := mark_of_authority(line)) and mark.mark == "KT."]
        if stands_in and signer.position and not is_deputy(fold(signer.position)):
            detail = f"{' '.join(stands_in[-1].split())} / {' '.join(signer.position.split())}"
            yield view.found("authority_needs_deputy", f"/signatories/{index}/position", detail)


def deputy_needs_authority(view: View) -> Iterator[Finding]:
    """`PHÓ GIÁM ĐỐC` alone; minutes are signed by those who took part."""
    signers = view.document.signatories
    if len(signers) != 1 or view.code in ("BB", "HĐ", None):
        return
    signer = signers[0]
    if signer.position and not signer.authority and fold(signer.position).startswith(("phó ", "thứ trưởng")):
        yield view.found("deputy_needs_authority", "/signatories/0/position", " ".join(signer.position.split()))


def authority_mark(view: View) -> Iterator[Finding]:
    """`T/M ỦY BAN NHÂN DÂN`, `KT GIÁM ĐỐC`."""
    for index, signer in enumerate(view.document.signatories):
        for place, line in enumerate(signer.authority):
            mark = mark_of_authority(line)
            if mark and mark.printed != mark.mark and _LETTERS.sub("", mark.printed) == mark.mark.rstrip("."):
                yield view.found("authority_mark", f"/signatories/{index}/authority/{place}", " ".join(line.split()))


_DEGREES: Final = pattern(lambda: rf"(?:{alternation(map(fold, words_where('ranks', 'kind', 'degree')))})(?:\.|\s|,)")


def signer_degree(view: View) -> Iterator[Finding]:
    """`TS. Nguyễn Văn An` of an office that is neither of science nor of health."""
    issuer = fold(" ".join(filter(None, (view.document.parent_agency, view.document.issuing_agency))))
    if not issuer or _MAY_PRINT_RANKS.search(issuer):
        return
    for index, signer in enumerate(view.document.signatories):
        if signer.name and _DEGREES.match(fold(signer.name)):
            yield view.found("signer_degree", f"/signatories/{index}/name", signer.name)


def date_after_signing(view: View) -> Iterator[Finding]:
    """A stamp `Thời gian ký: 12.02.2025` under a date in March; the portal's stamp comes later, never earlier."""
    date = view.document.issued_on
    if date is None or len(date) < 10:
        return
    text = view.document.text
    days = [(day, match) for match in _SIGNED.finditer(fold(text)) if (day := _iso(match))]
    if days and max(days, key=lambda pair: pair[0])[0] < date:
        day, match = days[-1]
        yield Finding("date_after_signing", "/issued_on", match.start(), match.end(), f"{day} < {date}")


def _iso(match: re.Match[str]) -> str | None:
    first, month, last = match[1], match[2], match[3]
    year, day = (first, last) if len(first) == 4 else (last, first)
    return f"{year}-{int(month):02}-{int(day):02}" if len(year) == 4 and len(day) <= 2 else None
