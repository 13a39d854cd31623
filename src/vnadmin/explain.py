"""One self-contained HTML page for a parsed document: its text or page pictures with each value marked, and the issues.

Sees only the model; page pictures are handed in by the caller.
"""

from __future__ import annotations

import base64
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from vnadmin.gazetteer import resource, rows
from vnadmin.issues import vietnamese
from vnadmin.model import AdminDocument, Evidence, PartialDate, PlacedLine
from vnadmin.model.pictures import PagePicture
from vnadmin.model.sheet import Band

_SLOT = re.compile(r"\{\{(\w+)\}\}")


def explain(
    document: AdminDocument,
    pictures: Mapping[int, PagePicture] | None = None,
    title: str = "vnadmin",
    lines: Sequence[PlacedLine] = (),
    bands: Sequence[Band] = (),
) -> str:
    """The page as one string of HTML; nothing in it is loaded from elsewhere.

    Args:
        document: what `parse` gave.
        pictures: page number to picture; pages without one are shown as text.
        title: shown on top, such as the file's name.
        lines: which rule placed each line, from `pipeline.parse_with_zones`; listed below the view where given.
        bands: how the lines stand side by side (`layout.sheet.bands_of`), for a document whose values have no boxes.
    """
    data = document.model_dump(exclude={"evidence", "text"})
    page = resource("explain.html")
    pictures = pictures or {}
    boxed = any(entry.boxes for entries in document.evidence.values() for entry in entries)
    view = _pictures(document, pictures)
    if not (pictures and boxed):  # pages that LibreOffice drew tell nothing of where a value stands
        view = (
            _sheet(document, bands) if bands else f'<pre class="text">{"".join(_marked(document).values())}</pre>'
        ) + view
    filled = {
        "title": escape(title),
        "css": resource("explain.css"),
        "js": resource("explain.js"),
        "view": view,
        "issues": _issues(document),
        "lines": _lines(document, lines),
        "fields": _fields(document, data),
        "sha256": document.source.sha256,
        "media_type": escape(document.source.media_type),
    }
    # One pass over the template, so that a document that holds "{{fields}}" is shown and not filled.
    return _SLOT.sub(lambda match: filled[match[1]], page)


def _field_of(pointer: str) -> str:
    return pointer.split("/", 2)[1]


def _tip(pointer: str, entry: Evidence) -> str:
    return f"{pointer}\n{entry.rule} · {entry.grade}"


def _sheet(document: AdminDocument, bands: Sequence[Band]) -> str:
    """The lines as they stand beside one another."""
    cuts = [edge for band in bands for column in band.columns for line in column for edge in (line.start, line.end)]
    at = _marked(document, cuts)
    parts = ['<div class="laid">']
    for band in bands:
        kind = " row" if band.is_row else " two" if len(band.columns) > 1 else ""
        parts.append(f'<div class="band{kind}">')
        for column in band.columns:
            parts.append("<div>")
            for line in column:
                set_as = " ".join(name for name in ("bold", "italic", "centred") if getattr(line, name))
                inner = "".join(at.get(start, "") for start in range(line.start, line.end))
                parts.append(f'<p class="{set_as}">{inner}</p>')
            parts.append("</div>")
        parts.append("</div>")
    return "".join([*parts, "</div>"])


def _marked(document: AdminDocument, cuts: Iterable[int] = ()) -> dict[int, str]:
    """The canonical text by its pieces, cut at every edge of a span; each names the values that cover it, shortest first."""
    spans = [(entry, pointer) for pointer, entries in document.evidence.items() for entry in entries]
    edges = sorted({0, len(document.text), *(e.start for e, _ in spans), *(e.end for e, _ in spans), *cuts})
    opening: dict[int, list[tuple[Evidence, str]]] = defaultdict(list)
    for entry, pointer in spans:
        opening[entry.start].append((entry, pointer))
    parts: dict[int, str] = {}
    live: list[tuple[Evidence, str]] = []
    for start, end in pairwise(edges):
        live = [item for item in live if item[0].end > start] + opening.get(start, [])
        piece = escape(document.text[start:end])
        if not live:
            parts[start] = piece
            continue
        live.sort(key=lambda item: item[0].end - item[0].start)
        pointers = json.dumps([pointer for _, pointer in live])
        tip = "\n".join(_tip(pointer, entry) for entry, pointer in live[:4])
        field = _field_of(live[0][1])
        parts[start] = (
            f'<span class="mark f-{field} g-{live[0][0].grade}" tabindex="0" data-p="{escape(pointers)}" '
            f'title="{escape(tip)}">{piece}</span>'
        )
    return parts


def _pictures(document: AdminDocument, pictures: Mapping[int, PagePicture]) -> str:
    """Each page picture with a box for each value that stands on it."""
    boxes: dict[int, list[str]] = defaultdict(list)
    for pointer, entries in document.evidence.items():
        for entry in entries:
            picture = pictures.get(entry.page)
            if picture is None:
                continue
            for x0, y0, x1, y1 in entry.boxes:
                style = (
                    f"left:{100 * x0 / picture.width:.3f}%;top:{100 * y0 / picture.height:.3f}%;"
                    f"width:{100 * (x1 - x0) / picture.width:.3f}%;height:{100 * (y1 - y0) / picture.height:.3f}%"
                )
                boxes[entry.page].append(
                    f'<span class="box f-{_field_of(pointer)} g-{entry.grade}" tabindex="0" style="{style}" '
                    f'data-p="{escape(json.dumps([pointer]))}" title="{escape(_tip(pointer, entry))}"></span>'
                )
    parts = []
    for number, picture in sorted(pictures.items()):
        source = f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"
        parts.append(
            f'<figure class="page"><img alt="page {number}" src="{source}">{"".join(boxes[number])}'
            f"<figcaption>{number}</figcaption></figure>"
        )
    return "".join(parts)


def _lines(document: AdminDocument, lines: Sequence[PlacedLine]) -> str:
    """Each line with the rule that placed it, folded away."""
    if not lines:
        return ""
    items = "".join(
        f"<tr><td><code>{escape(line.rule)}</code></td><td>{escape(document.text[line.start : line.end])}</td></tr>"
        for line in lines
    )
    return (
        '<details id="lines"><summary><span lang="vi">Quy tắc đặt từng dòng</span>'
        f'<span lang="en">The rule that placed each line</span></summary><table>{items}</table></details>'
    )


def _issues(document: AdminDocument) -> str:
    if not document.issues:
        return '<p class="none"><span lang="vi">Không có điểm cần lưu ý.</span><span lang="en">No issues.</span></p>'
    items = "".join(
        f'<li class="s-{issue.severity}"><code>{escape(issue.code)}</code> '
        f'<span lang="vi">{escape(vietnamese(issue))}</span>'
        f'<span lang="en">{escape(issue.message)}</span></li>'
        for issue in document.issues
    )
    return f'<ul class="issues">{items}</ul>'


def _fields(document: AdminDocument, data: Mapping[str, Any]) -> str:
    """The fields in the order of the decree, each leaf linked to its evidence."""
    parts = []
    for row in rows("field_names"):
        value = data[row["field"]]
        empty = value is None or value == []
        body = '<p class="null">–</p>' if empty else _value(document, f"/{row['field']}", value)
        parts.append(
            f'<section class="field f-{row["field"]}"><h3><span lang="vi">{escape(row["vi"])}</span>'
            f'<span lang="en">{escape(row["en"])}</span></h3>{body}</section>'
        )
    return "".join(parts)


def _value(document: AdminDocument, pointer: str, value: object, name: str = "") -> str:
    """A leaf as a linked line; a list or object as a nested list. Null leaves are left out."""
    if isinstance(value, dict):
        inner = "".join(
            f"<li>{_value(document, f'{pointer}/{key}', item, key)}</li>"
            for key, item in value.items()
            if item not in (None, [])
        )
        return f'{_key(name)}<ul class="object">{inner}</ul>'
    if isinstance(value, list):
        inner = "".join(f"<li>{_value(document, f'{pointer}/{index}', item)}</li>" for index, item in enumerate(value))
        return f'{_key(name)}<ol class="list">{inner}</ol>'
    entries = document.evidence.get(pointer, [])
    grade = entries[0].grade if entries else "none"
    tip = "\n".join(_tip(pointer, entry) for entry in entries[:1]) or pointer
    return (
        f'{_key(name)}<span class="leaf g-{grade}" tabindex="0" data-p="{escape(json.dumps([pointer]))}" '
        f'title="{escape(tip)}">{_shown(value)}</span>'
    )


def _shown(value: object) -> str:
    """A leaf's value; a date as documents write it, in English as it is."""
    if isinstance(value, PartialDate):
        return f'<span lang="vi">{value.printed}</span><span lang="en">{value}</span>'
    return escape(str(value))


def _key(name: str) -> str:
    """The name of a leaf in both languages; items of a list have none."""
    if not name:
        return ""
    row = {row["leaf"]: row for row in rows("leaf_names")}[name]
    return f'<span class="key"><span lang="vi">{row["vi"]}</span><span lang="en">{row["en"]}</span></span> '
