"""Parts of attachments that look like attachments: forms of an appendix, forms named in a list above them, inner texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vnadmin.layout.page import SourceDocument
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Attachment

_APPENDIX = ("phu luc",)
_FORM = ("mau ", "bieu mau")
_OF_FORMS = pattern(r"\b(?:bieu|mau)\b")
_LIST_LINES = 14  # what the list over the forms says of each has no more


def without_parts(document: SourceDocument, attachments: Sequence[Attachment]) -> list[Attachment]:
    """The attachments, the forms of an appendix of forms in it: `Mẫu số 1` is a part of `PHỤ LỤC I MẪU VĂN BẢN`.

    A bare `PHỤ LỤC` without a number over forms is no more than their heading; between two that have numbers it is a part
    of the first, and so is a text without a label. A list of the forms may stand over them and names each better.
    """
    kept: list[Attachment] = []
    listed_forms: dict[str, int] = {}  # the forms since the last appendix, by their labels
    numbered: dict[tuple[str, ...], int] = {
        kind: max(
            (at for at, one in enumerate(attachments) if _is_a(document, one, kind) and not _is_bare(document, one)),
            default=-1,
        )
        for kind in (_APPENDIX, _FORM)
    }
    counted = 0
    for number, one in enumerate(attachments):
        for at in range(counted, len(kept)):  # what was kept since the last look
            _count(document, kept[at], at, listed_forms)
        counted = len(kept)
        listed = _listed(document, kept, one, listed_forms)
        if listed is not None:
            kept[listed] = kept[listed]._replace(lines=kept[listed].lines + one.lines)
            continue
        if kept and _is_inner(document, kept[-1], one, number, numbered):
            kept[-1] = kept[-1]._replace(lines=kept[-1].lines + one.lines)
            continue
        last = kept[-1] if kept and _is_a(document, kept[-1], _APPENDIX) else None
        if last is None or not _is_a(document, one, _FORM):
            kept.append(one)
        elif last.title and any(_OF_FORMS.search(document.bare, line.start, line.end) for line in last.title):
            kept[-1] = last._replace(lines=last.lines + one.lines)
        elif last.title or not _is_bare(document, last):
            kept.append(one)
        else:
            kept[-1] = one._replace(lines=last.lines + one.lines)
            counted = len(kept) - 1
    return kept


def _count(document: SourceDocument, one: Attachment, at: int, listed: dict[str, int]) -> None:
    """Keep where a form stands; what is none ends the list."""
    if _is_a(document, one, _FORM):
        listed[document.bare_of(one.label[0])] = at
    else:
        listed.clear()


def _listed(
    document: SourceDocument, kept: Sequence[Attachment], one: Attachment, forms: Mapping[str, int]
) -> int | None:
    """Which of the forms since the last appendix is this one named in the list that stands over them all."""
    index = forms.get(document.bare_of(one.label[0])) if _is_a(document, one, _FORM) else None
    return index if index is not None and len(kept[index].lines) <= _LIST_LINES else None


def _is_inner(
    document: SourceDocument, last: Attachment, one: Attachment, number: int, numbered: Mapping[tuple[str, ...], int]
) -> bool:
    """Whether a text without label or number stands inside a series: `PHỤ LỤC II`, `PHỤ LỤC`, `PHỤ LỤC III`."""
    if one.is_copy_block or one.is_other_document or not last.label:
        return False
    series = next((kind for kind in (_APPENDIX, _FORM) if _is_a(document, last, kind)), None)
    if series is None or _is_bare(document, last) or not (_is_bare(document, one) or not one.label):
        return False
    return number < numbered[series]


def _is_bare(document: SourceDocument, attachment: Attachment) -> bool:
    return bool(attachment.label) and document.bare_of(attachment.label[0]) == _APPENDIX[0]


def _is_a(document: SourceDocument, attachment: Attachment, kind: tuple[str, ...]) -> bool:
    return bool(attachment.label) and document.bare.startswith(kind, attachment.label[0].start)
