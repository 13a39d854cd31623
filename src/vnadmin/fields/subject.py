"""Subject: trích yếu nội dung (ô 5a, 5b)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vnadmin.found import Found, quote, trimmed
from vnadmin.gazetteer import words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import match_type
from vnadmin.genre.header_line import is_issue_mark, starts_with
from vnadmin.genre.landmarks import subject_label
from vnadmin.genre.misread import holds_misread_time
from vnadmin.genre.motto import ends_in_motto
from vnadmin.layout.page import Line, SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.damage.misread import STROKES
from vnadmin.text.damage.value import has_damaged_word, has_run_together, is_torn
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_spelled
from vnadmin.zones.preface.closing import closing_letter_subject
from vnadmin.zones.preface.headline import headline, page_title
from vnadmin.zones.preface.phrase import must_go_on
from vnadmin.zones.zone import Zones

_DATED = pattern(r", *+ngày[ \d]*+$")  # "... từ chất liệu tự do Hải Vân, ngày 14": what the other column held
# "... đến hết năm. Tham dự họp có ...", "... trên địa bàn tỉnh Căn cứ Luật ...", "... giáo viên Hải Vân, ngày 02 tháng
# 12 năm 2008 chủ nhiệm": the body or the other column ran into it
_RUNS_ON = pattern(
    r"\p{Ll}{3} ?\. ++\p{Lu}|\p{L} Căn cứ(?!\w)|\p{Lu}\p{Ll}++, ngày \d[\d\p{Ll} ]{2,24}\d{4} \p{Ll}|-{4}"
)
# "Thời gian bắt đầu: 8 giờ", "Tôi là: Trần Văn An" under the type: the first field of a form, or a title (`Dự án: ...`)
_LABELLED = pattern(r"\p{Lu}\p{Ll}*+(?: \p{L}++){0,4}: ")
# "... của ông Trần Văn An 2", "... tài sản[1]": a footnote's mark, or a number that belongs to the name (`Quận 2`)
_NOTED = pattern(r"(?:\p{Lu}\p{Ll}++ \d|[\[(]\d[\])]|[¹²³⁴⁵⁶⁷⁸⁹])$")
_FEW = 2  # words that may be of the type's name
_JUNK = pattern(r"[ :;.,*_#-]*+")


def read_subject(zones: Zones) -> Iterator[Found[str]]:
    """Candidates, best first: the title under the type line, else `V/v ...` under the number."""
    document, preface = zones.document, zones.preface
    title, grade = list(preface.title), preface.grade_of("title")
    if preface.block and not match_type(document.folded, *preface.block.kind) and grade is Grade.CERTAIN:
        grade = Grade.LIKELY  # what was taken for the type may be the first line of the title
    if len(title) > 1 and _tells_which_issue(document, title):
        title = title[1:]
    few = _words_of_the_type(zones, title)
    if few == 1:
        title = []
    elif few == _FEW and grade is Grade.CERTAIN:
        grade = Grade.LIKELY
    if title and preface.agencies:
        whole = title[-1]
        title[-1] = _without_issuer(document, whole, preface.agencies)
        grade = grade if title[-1] == whole else Grade.LIKELY
    found = _joined(document, title, "subject.title", grade)
    if found is None and preface.letter_subject:
        lines = [Span(line.start, line.end) for line in preface.letter_subject]
        found = _joined(document, lines, "subject.letter", preface.grade_of("letter_subject"))
    if found is None:
        lines = [Span(line.start, line.end) for line in closing_letter_subject(zones)]
        found = _joined(document, lines, "subject.closing-box", Grade.GUESS)
    if found is None and (printed := headline(zones)):
        found = _joined(document, [Span(printed[1].end, printed[0].end)], "subject.headline", Grade.GUESS)
    if found is None and (heading := page_title(zones)):
        found = _joined(document, [Span(heading.start, heading.end)], "subject.page-title", Grade.GUESS)
    if found and any(map(str.isalpha, found.value)):  # "………(2)………" is a blank of a form
        yield found


def _tells_which_issue(document: SourceDocument, title: Sequence[Span]) -> bool:
    """Whether the issue stands behind the type, over a title with its label: `THÔNG BÁO (Lần 2)` / `Về việc tổ chức thi`."""
    first, second = (document.folded[slice(*span)] for span in title[:2])
    return is_issue_mark(first) and subject_label(second) is not None


def _words_of_the_type(zones: Zones, title: Sequence[Span]) -> int:
    """How many words stand behind the type on its line, where no line of a title follows: `PHIẾU CHUYỂN ĐƠN`; else 0.

    One is of the type's name and no subject; two are a subject (`QUYẾT ĐỊNH KHEN THƯỞNG`) or name the type.
    A law is named so: `LUẬT DƯỢC`, `LUẬT ĐẤT ĐAI`.
    """
    type_line, block = zones.preface.type_line, zones.preface.block
    matched = match_type(zones.document.folded, *block.kind) if block else None
    if matched and matched.word.name in words_where("document_types", "cited", "law", "name"):
        return 0
    if len(title) != 1 or not type_line or not type_line[-1].start <= title[0].start < type_line[-1].end:
        return 0
    return len(zones.document.text[slice(*title[0])].split())


def _without_issuer(document: SourceDocument, span: Span, agencies: Sequence[Line]) -> Span:
    """A title in capitals whose last line ran into the authority line: `... CÓ HIỆU LỰC CHÍNH PHỦ`."""
    agency = agencies[-1]
    if starts_with(document.folded_of(agency), "unit"):
        return span  # "TỈNH BẮC NINH" is half of a name, and a title may end on it
    if len(agencies) > 1 and not starts_with(document.folded_of(agency), "head"):
        return span  # so is "VIỆT NAM" under "NGÂN HÀNG NHÀ NƯỚC"
    issuer = document.folded_of(agency).strip(" *_.-")
    text = document.folded[span.start : span.end].rstrip(" *_")
    before = text.removesuffix(issuer)
    if (
        not issuer
        or before == text
        or not before.endswith(" ")
        or not in_capitals(document.text[span.start : span.end])
    ):
        return span
    last = before.split()[-1:]
    if not last or last[0].endswith((",", "(", "-")) or last[0] in words_where("header_words", "kind", "before_name"):
        return span
    return Span(span.start, span.start + len(before))


def _turns(document: SourceDocument, pieces: Sequence[Span]) -> bool:
    """Whether a line after the first is set otherwise and no part of a title: capitals over the first words of the body."""
    loud = [in_capitals(document.text[slice(*piece)]) for piece in pieces]
    return any(
        before is not own and not subject_label(document.folded[slice(*piece)]) and document.text[piece.start].isupper()
        for before, own, piece in zip(loud, loud[1:], pieces[1:], strict=False)
    )


def _joined(
    document: SourceDocument, spans: Sequence[Span], rule: str, grade: Grade = Grade.CERTAIN
) -> Found[str] | None:
    """The lines of a subject as one value, without marker and final punctuation."""
    pieces: list[Span] = []
    for span in spans:
        start, end = span
        if not pieces:
            label = subject_label(document.folded[start:end])
            junk = None if label else _JUNK.match(document.folded, start, end)
            start = start + label.end if label else junk.end() if junk else start
        elif document.text.startswith("- ", start) and must_go_on(document.folded[slice(*pieces[-1])]):
            start += 2  # "V/v góp ý dự thảo của" / "- Quyết định số 12": Markdown made an item of a wrapped line
        start += len(document.text[start:end]) - len(
            document.text[start:end].lstrip(" *_#")
        )  # "ngôn ngữ C#" keeps its own
        piece = trimmed(document, start, end, "*_")
        if piece.start < piece.end:
            pieces.append(piece)
    if not pieces:
        return None
    start, end = pieces[-1]
    opens = sum(document.text.count("(", *p) for p in pieces)
    closes = sum(document.text.count(")", *p) for p in pieces)
    while end > start and (
        document.text[end - 1] in f" .;:,/-{STROKES}" or (document.text[end - 1] == ")" and closes > opens)
    ):
        closes -= document.text[end - 1] == ")"
        end -= 1
    if end == start:
        return _joined(document, pieces[:-1], rule, grade) if len(pieces) > 1 else None
    pieces[-1] = Span(start, end)
    whole = opens == closes and not document.text.startswith(",", end) and _is_whole(document, pieces)
    return quote(document, pieces, rule, grade if whole or grade is not Grade.CERTAIN else Grade.LIKELY)


def _is_whole(document: SourceDocument, pieces: Sequence[Span]) -> bool:
    """Whether nothing of a subject was lost, was damaged, or is another part of the document."""
    value = " ".join(" ".join(document.text[slice(*piece)] for piece in pieces).split())
    folded = document.folded[slice(*pieces[-1])]
    if (
        must_go_on(folded)
        or ends_in_motto(document.folded, *pieces[-1])
        or _DATED.search(folded)
        or _RUNS_ON.search(value)
        or _LABELLED.match(value)
        or _NOTED.search(value)
        or holds_misread_time(value)
        or "|" in value
    ):
        return False
    if is_torn(value) or _turns(document, pieces):
        return False
    return not any(
        has_run_together(document.text, *piece)
        or has_damaged_word(document.text, *piece)
        or not is_spelled(document.text[slice(*piece)])
        for piece in pieces
    )
