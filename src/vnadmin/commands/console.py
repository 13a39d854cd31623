"""Rich tables for the terminal: one document below each other, or one line for each of many."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from vnadmin.export.tables.flat_row import row
from vnadmin.gazetteer import rows
from vnadmin.model import AdminDocument, PartialDate
from vnadmin.text.printable import printable

_COLOURS = {"certain": "green", "likely": "yellow", "guess": "red"}
_SHOWN = 40  # directives listed on the terminal; the JSON has all


def overview_table(documents: Iterable[tuple[str, AdminDocument]]) -> Table:
    """What a person needs to recognise each of many documents; three columns, so that 80 characters are enough."""
    table = Table(header_style="bold", show_lines=True)
    table.add_column("tệp (file)", overflow="fold", ratio=2)
    table.add_column("số, ngày (number, date)", overflow="fold", ratio=3)
    table.add_column("cơ quan, trích yếu, người ký (issuer, subject, signer)", overflow="fold", ratio=6)
    for name, document in documents:
        flat = row(document, name)
        marks = Text("\n").join(
            Text(text, style)
            for text, style in (
                (flat["type"], "bold"),
                (flat["number"], "cyan"),
                (document.issued_on.printed if document.issued_on else "", ""),
                (flat["issues"].replace(" ", "\n"), "yellow"),
            )
            if text
        )
        content = Text("\n").join(
            Text(text, style)
            for text, style in (
                (" / ".join(filter(None, (flat["parent_agency"], flat["issuing_agency"]))), ""),
                (flat["subject"], "bold"),
                (flat["signatories"], "green"),
                (_counts(document), "dim"),
            )
            if text
        )
        table.add_row(Text(printable(name)), marks, content)
    return table


def _counts(document: AdminDocument) -> str:
    """How much was read of the fields that are lists."""
    sizes = (
        ("kính gửi", len(document.addressees)),
        ("nơi nhận", len(document.recipients)),
        ("chỉ đạo", len([*document.walk()])),
        ("phân công", len(document.assignments)),
        ("viện dẫn", len(document.legal_references)),
        ("phụ lục", len(document.appendices)),
    )
    return " · ".join(f"{name} {size}" for name, size in sizes if size)


def document_table(document: AdminDocument, name: str) -> Table:
    """The fields of one document in the order of the decree, coloured by grade, and its issues."""
    table = Table(title=Text(printable(name)), header_style="bold", show_lines=True)
    table.add_column("trường (field)", no_wrap=True)
    table.add_column("giá trị (value)", overflow="fold")
    for names in rows("field_names"):
        lines = _lines(document, names["field"])
        if lines:
            table.add_row(f"{names['vi']}\n[dim]{names['en']}[/dim]", Text("\n").join(lines))
    if document.issues:
        table.add_row(
            "Điểm cần lưu ý\n[dim]Issues[/dim]",
            Text("\n".join(f"{i.code}: {i.message}" for i in document.issues), "yellow"),
        )
    return table


def _leaf(document: AdminDocument, pointer: str, text: object) -> Text:
    entries = document.evidence.get(pointer)
    return Text(str(text), _COLOURS[entries[0].grade] if entries else "")


def _lines(document: AdminDocument, field: str) -> list[Text]:
    value = getattr(document, field)
    if value is None or value == []:
        return []
    if field == "document_type":
        return [_leaf(document, "/document_type/name", f"{value.name} ({value.code})" if value.code else value.name)]
    if field == "number":
        return [_leaf(document, "/number/text", value.text)]
    if field == "recipients":
        return [
            _leaf(document, f"/recipients/{i}/name", r.name + (f" ({r.purpose})" if r.purpose else ""))
            for i, r in enumerate(value)
        ]
    if field == "filing":
        copies = f" ({value.copies})" if value.copies is not None else ""
        return [Text(", ".join(value.units) + copies + (f" · {value.drafter}" if value.drafter else ""))]
    if field == "signatories":
        return [
            _leaf(document, f"/signatories/{i}/name", " / ".join([*s.authority, *filter(None, [s.position, s.name])]))
            for i, s in enumerate(value)
        ]
    if field == "legal_references":
        return [
            _leaf(
                document,
                f"/legal_references/{i}/mentions/0",
                " ".join(
                    filter(
                        None,
                        [
                            r.type,
                            r.number or r.title,
                            f"({r.issued_on.printed})" if r.issued_on else None,
                            f"· {r.relation}",
                        ],
                    )
                ),
            )
            for i, r in enumerate(value)
        ]
    if field == "directives":
        return _directives(document)
    if field == "assignments":
        return [Text(f"{a.task} — {a.lead or '–'}" + (f" · {a.deadline.text}" if a.deadline else "")) for a in value]
    if field == "appendices":
        return [Text(" ".join(filter(None, [a.label, a.title]))) for a in value]
    if isinstance(value, list):
        return [_leaf(document, f"/{field}/{i}", item) for i, item in enumerate(value)]
    return [_leaf(document, f"/{field}", value.printed if isinstance(value, PartialDate) else value)]


def _directives(document: AdminDocument) -> list[Text]:
    items = list(document.walk())
    lines: list[Text] = []
    for pointer, item in items[:_SHOWN]:
        text = item.text if len(item.text) <= 90 else item.text[:89] + "…"
        indent = "  " * pointer.count("/children/")
        line = Text(indent) + _leaf(document, f"{pointer}/marker", item.marker) + Text(f" {text}")
        if item.assignees:
            partners = document.responsible(pointer).partners if document.evidence else []
            leads = "; ".join(name for name in item.assignees if name not in partners)
            helps = f"(phối hợp: {'; '.join(partners)})" if partners else ""
            line += Text(f"  → {' '.join(filter(None, [leads, helps]))}", "cyan")
        if item.deadline:
            line += Text(f"  ⏱ {item.deadline.text}", "magenta")
        lines.append(line)
    if len(items) > len(lines):
        lines.append(Text(f"… {len(items) - len(lines)} more", "dim"))
    return lines
