"""Mentions: every place of a segment that names an instrument, with type, number, date, issuer and title."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from vnadmin.citation.mention.anaphora import find_again, read_alias
from vnadmin.citation.mention.dated import find_dated
from vnadmin.citation.mention.dates import read_date, read_year
from vnadmin.citation.mention.forms import NumberToken, find_numbers
from vnadmin.citation.mention.hints import STANDARD_CODES, Hints, among
from vnadmin.citation.mention.issuer import issuer_end, read_issuer, read_issuing_clause
from vnadmin.citation.mention.laws import LawName, find_laws
from vnadmin.citation.mention.left import kind_of, read_head, type_by_code, type_of_list
from vnadmin.citation.mention.lists import goes_on, share_parts
from vnadmin.citation.mention.mention import Mention, Segment
from vnadmin.citation.mention.title import TitleReader, title_start
from vnadmin.citation.provision.chains import find_chains, leads_to
from vnadmin.gazetteer import rows
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.fold import LOOKALIKES, bare, fold
from vnadmin.text.pattern import pattern

# "TCVN 6909:2001", "QCVN 03:2023/BCA", "TCVN ISO 9001:2015", "QCVN 16-1:2025/BYT", "QCVN EdXML 102:2016/BTTTT"
_STANDARD = pattern(
    r"(?<!\w)(?P<type>TCVN|QCVN|QCĐP|TCXDVN|TCXD)\s*(?:số\s*)?(?P<number>(?:(?:ISO|IEC|EdXML)(?:/IEC)?\s+)?\d{1,5}(?:-\d{1,3})?\s?[:-]\s?(?:19|20)\d\d(?:/\p{Lu}+)?)"
)
_STANDARD_TITLE = pattern(r"\s+(?:về\s+việc|về)\s+")
_YEAR_IN_NUMBER = pattern(r"/\s?((?:19|20)\d\d)\s?/")
# "Nghị quyết số 11-NQ/TW (khóa XIII) của Bộ Chính trị", "Nghị quyết số 10/2016/NQ-HĐND tỉnh ngày 7/12/2016"
_TERM = pattern(
    r"\s*\(?khoá\s+[ivxlc\d]+\)?(?!\w)|\s+(?:tỉnh|thành\s+phố|huyện|quận|xã|phường)(?=\s*,?\s*(?:ngày|về|v/v)\s)"
)
_LAW_NUMBER = pattern(r"\s*,?\s*\(?số\s*:?\s*")


def find_mentions(document: SourceDocument, segment: Segment, hints: Hints) -> list[Mention]:
    """All mentions of one segment in order of their place; titles, shared parts and nesting are settled."""
    if not hints.within(segment.start, segment.end):
        return []
    mentions = _cores(document, segment, hints)
    if not mentions:
        return []
    _place_pinpoints(document, segment, mentions)
    _read_titles(document, segment, mentions)
    share_parts(document, mentions)
    return _without_declarations(document, segment, mentions)


def _without_declarations(document: SourceDocument, segment: Segment, mentions: list[Mention]) -> list[Mention]:
    """Note the aliases that are declared; the words that declare one are no mention of their own."""
    kept: list[Mention] = []
    declared = -1
    for mention in mentions:
        if mention.kind == "again" and mention.start < declared:
            continue
        kept.append(mention)
        alias = read_alias(document, mention.end, segment.end) if mention.kind != "again" else None
        if alias:
            mention.alias, declared = alias
    return kept


def _place_pinpoints(document: SourceDocument, segment: Segment, mentions: list[Mention]) -> None:
    """Give each mention the pinpoint that leads to it: `điểm a khoản 2 Điều 5 của [Nghị định]`."""
    chains = find_chains(document, segment.start, segment.end)
    ends = [chain.end for chain in chains]
    for mention in mentions:
        index = bisect_right(ends, mention.start) - 1
        if index >= 0 and leads_to(document, chains[index], mention.start):
            mention.pinpoint = chains[index]


def _cores(document: SourceDocument, segment: Segment, hints: Hints) -> list[Mention]:
    """Mentions without their titles, in order."""
    start, end = segment.start, segment.end
    numbers = list(find_numbers(document.text, start, end, among(hints.numbers, start, end)))
    found: list[Mention] = []
    taken: set[int] = set()
    if laws := among(hints.laws, start - _CUT, end):
        by_start = {_digits_start(document, token): token for token in numbers}
        for law in find_laws(document, start, end, laws):
            _add_law(document, segment, law, by_start, taken, found)
    previous: Mention | None = None
    for token in numbers:
        if token.start in taken:
            continue
        mention = _numbered(document, segment, token, previous)
        if mention:
            found.append(mention)
            previous = mention
    found.extend(_standards(document, segment))
    starts = {m.start for m in found}
    if dated := among(hints.dated, start, end):
        found.extend(find_dated(document, start, end, dated, starts))
        starts.update(m.start for m in found)
    if again := among(hints.again, start, end):
        inside = sorted((m.start, m.core_end) for m in found)
        for mention in find_again(document, start, end, again, starts):
            index = bisect_right(inside, (mention.start, end)) - 1
            if index < 0 or inside[index][1] <= mention.start:
                found.append(mention)
    found.sort(key=lambda m: (m.start, -m.core_end))
    return found


_CUT = len("pháp ")  # the start of a segment may stand inside `pháp lệnh`


def _add_law(
    document: SourceDocument,
    segment: Segment,
    law: LawName,
    numbers: dict[int, NumberToken],
    taken: set[int],
    found: list[Mention],
) -> None:
    """A law by name, with the number, date or year after it; then the laws that its name names."""
    mention = Mention(
        law.type.start,
        law.end,
        "constitution" if law.rule.startswith("reference.constitution") else "law",
        law.rule,
        law.grade,
    )
    mention.type, mention.title = law.type, law.name
    at = law.end
    number_first = _LAW_NUMBER.match(document.folded, at, min(segment.end, at + 20))
    if number_first:
        token = numbers.get(number_first.end())
        if token is not None and token.form.name in ("assembly", "normative"):
            _set_number(document, mention, token)
            taken.add(token.start)
            at = mention.core_end = token.end
    date = read_date(document.folded, at, segment.end) or read_year(document.folded, at, segment.end)
    if date:
        mention.date, mention.date_span, mention.date_grade = date.value, date.span, date.grade
        at = mention.core_end = date.end
        if mention.number is None:
            later = _LAW_NUMBER.match(document.folded, at, min(segment.end, at + 20))
            token = numbers.get(later.end()) if later else None
            if token is not None and token.form.name == "assembly":
                _set_number(document, mention, token)
                taken.add(token.start)
                mention.core_end = token.end
    mention.names = tuple(inner.type.start for inner in law.inner)
    found.append(mention)
    many = len(law.inner) > 1
    for inner in law.inner:
        nested = Mention(inner.type.start, inner.end, "law", inner.rule, inner.grade)
        nested.type, nested.title, nested.nested = inner.type, inner.name, True
        if many:
            number = _LAW_NUMBER.match(document.folded, inner.end, min(law.end, inner.end + 20))
            token = numbers.get(number.end()) if number else None
            if token is not None:
                _set_number(document, nested, token)
                taken.add(token.start)
                nested.core_end = token.end
        nested.names = tuple(deeper.type.start for deeper in inner.inner)
        found.append(nested)


def _digits_start(document: SourceDocument, token: NumberToken) -> int:
    """Where the printed number begins, after the colon or blanks of an unfilled one."""
    at = token.start
    while at < token.end and document.text[at] in " :":
        at += 1
    return at


def _set_number(document: SourceDocument, mention: Mention, token: NumberToken) -> None:
    mention.number = Span(_digits_start(document, token), token.end)
    mention.number_value = _value(document, token)


# Look-alike letters and dashes of a printed number, as they are recorded.
_MENDED = str.maketrans({**LOOKALIKES, **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")})
# "126/2024/NĐ-CP1": the sign of a footnote, set small in print, stands right after the number
_FOOTNOTE_SIGN = pattern(r"(?<=[-/](?:CP|TTg|UBND|HĐND))\d{1,2}$")


def _value(document: SourceDocument, token: NumberToken) -> str:
    """The number as it is recorded: no white space, no dots of a blank, look-alike letters mended."""
    value = "".join(document.text[token.start : token.end].split())
    if value[-1].isdigit():
        value = _FOOTNOTE_SIGN.sub("", value)
    if token.form.name == "blank":
        value = value.lstrip(".…_:")
    return value.translate(_MENDED)


@cache
def _type_codes() -> dict[str, frozenset[str]]:
    """First groups of notations that say whose number it is (QĐ, KH, TTr), with the types they stand for."""
    found: dict[str, set[str]] = {}
    for row in rows("instrument_codes"):
        found.setdefault(fold(row["code"]), set()).add(bare(row["type"]))
    return {code: frozenset(types) for code, types in found.items()}


_FIRST_GROUP = pattern(r"\d[\d.]*\p{L}?[/-](?:(?:19|20)\d\d/)?(\p{L}+)")


@lru_cache(maxsize=4096)
def _types_of_code(value: str) -> frozenset[str]:
    match = _FIRST_GROUP.match(value)
    return _type_codes().get(fold(match[1]), frozenset()) if match else frozenset()


def _numbered(
    document: SourceDocument, segment: Segment, token: NumberToken, previous: Mention | None
) -> Mention | None:
    """A mention by number, or None where nothing beside the number says that it is a citation."""
    names = _types_of_code(_value(document, token))
    head = type_by_code(document, segment.start, read_head(document, segment.start, token.start), names)
    kind, listed = head.type, None
    if kind is None and previous is not None and previous.type is not None:
        listed = goes_on(document, previous, head.start)
        kind = previous.type if listed else None
    if kind is None:
        kind = type_of_list(document, segment.start, head.start)  # "Chỉ thị 01, 13, 33/CT-UB"
    if kind is None:
        if token.form.needs == "type" or not (token.form.name == "assembly" or names):
            return None
        if segment.is_cell:
            kind = segment.row_type  # a table of documents: | Quyết định | 15/QĐ-UBND | ... |
            if kind is None and head.cue:
                return None
        elif head.start <= _text_start(document, segment) + 3:
            return None  # "Số: 15/QĐ-UBND" alone on its line: a letterhead given as an example, or the document's own
    elif listed is None and kind_of(document, kind) == "standard":
        return None
    mention = Mention(head.start, token.end, "number", f"reference.number.{token.form.name}")
    mention.type = kind
    if kind is not None and kind == segment.row_type:
        mention.rule = f"reference.number.{token.form.name}.row"
    if listed:
        mention.rule = f"reference.number.{token.form.name}.listed"
    if kind is None or token.form.name in ("dashed", "glued", "blank", "misprinted-year"):
        mention.grade = Grade.LIKELY
    _set_number(document, mention, token)
    mention.title = head.title
    if head.issuer:
        mention.issuer, mention.issuer_before = head.issuer, True
    _read_parts(document, segment, mention)
    return mention


def _text_start(document: SourceDocument, segment: Segment) -> int:
    at = segment.start
    while at < segment.end and not document.text[at].isalnum():
        at += 1
    return at


def _read_parts(document: SourceDocument, segment: Segment, mention: Mention) -> None:
    """Date and issuer after the number, in either order, and where the title opens."""
    folded, end = document.folded, segment.end
    joint = "TTLT" in (mention.number_value or "") or "NQLT" in (mention.number_value or "")
    term = _TERM.match(folded, mention.core_end, min(end, mention.core_end + 30))
    if term:
        mention.core_end = term.end()
    at = mention.core_end
    year = _YEAR_IN_NUMBER.search(mention.number_value or "")
    after_issuer = False
    for _ in range(2):
        if mention.date is None:
            date = read_date(folded, at, end, int(year[1]) if year else None)
            if date:
                mention.date, mention.date_span, mention.date_grade = date.value, date.span, date.grade
                at = date.end
                mention.core_end = max(mention.core_end, at)
                continue
        if mention.issuer is None or mention.issuer_before:
            found = read_issuer(document, at, end, joint=joint)
            if found:
                mention.issuer, at = found
                mention.issuer_before = False
                after_issuer = True
                continue
            clause = read_issuing_clause(document, at, end)
            if clause:
                mention.issuer, at = clause
                mention.issuer_before = False
    if not after_issuer and mention.date is not None:
        # "ngày 21/4/2010 Chính phủ quy định về ...": the issuer without `của`
        stop = issuer_end(document, at + 1, end) if document.text[at : at + 1] == " " else None
        if stop and document.text[at + 1].isupper() and title_start(document, stop, end, after_issuer=False):
            mention.issuer, at = Span(at + 1, stop), stop
            mention.issuer_before = False
    letter = mention.type is not None and kind_of(document, mention.type) == "letter"
    mention.title_start = title_start(document, at, end, after_issuer=after_issuer, letter=letter)


def _standards(document: SourceDocument, segment: Segment) -> Iterator[Mention]:
    if all(document.text.find(code, segment.start, segment.end) < 0 for code in STANDARD_CODES):
        return
    for match in _STANDARD.finditer(document.text, segment.start, segment.end):
        mention = Mention(match.start(), match.end(), "standard", "reference.standard")
        mention.type = Span(*match.span("type"))
        mention.number = Span(*match.span("number"))
        mention.number_value = "".join(match["number"].split())
        about = _STANDARD_TITLE.match(document.folded, match.end(), min(segment.end, match.end() + 20))
        if about:
            mention.title_start = about.end()
        yield mention


def _read_titles(document: SourceDocument, segment: Segment, mentions: list[Mention]) -> None:
    """Titles from left to right: what stands inside one is nested in it."""
    reader = TitleReader(document, segment, mentions)
    limits: list[int] = []
    for mention in mentions:
        limits = [limit for limit in limits if limit > mention.start]
        limit = min([segment.end, *limits])
        if mention.kind in ("law", "constitution"):
            continue
        if mention.title_start is None:
            continue  # none, or it stands before the number
        mention.title = reader.read(mention, limit)
        if mention.title:
            limits.append(mention.title.end)
    outer: list[Mention] = []
    for mention in mentions:
        outer = [m for m in outer if m.title and m.title.end > mention.start]
        mention.nested = mention.nested or any(m.title and m.title.start <= mention.start for m in outer)
        if mention.title:
            outer.append(mention)
