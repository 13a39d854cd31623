"""Reads archive.toml into documents of the model, and writes them into a catalogue."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert

from vnadmin.index.catalog.rows import rows_of
from vnadmin.index.catalog.schema import Content, File
from vnadmin.index.catalog.write import write_documents
from vnadmin.model import AdminDocument

HERE = Path(__file__).parent


def sha256_of(name: str) -> str:
    """The content that an entry stands for."""
    return hashlib.sha256(name.encode()).hexdigest()


def documents() -> dict[str, AdminDocument]:
    """The entries of archive.toml by name."""
    return {
        entry["name"]: document(entry)
        for entry in tomllib.loads((HERE / "archive.toml").read_text("utf-8"))["document"]
    }


def document(entry: dict[str, Any]) -> AdminDocument:
    """An entry as the parser would have given it."""
    number = entry.get("number")
    tree = [[text, who, due, []] for text, who, due in entry.get("tasks", [])] + entry.get("tree", [])
    lines = (entry.get("issuer"), number and f"Số: {number}", entry["type"][1], entry.get("subject"), entry["text"])
    return AdminDocument.model_validate(
        {
            "document_type": {"code": entry["type"][0], "name": entry["type"][1]},
            "parent_agency": entry.get("parent"),
            "issuing_agency": entry.get("issuer"),
            "number": number and {"text": number, "sequence": number.split("/")[0] or None},
            "issued_on": entry.get("issued_on"),
            "subject": entry.get("subject"),
            "addressees": entry.get("addressees", []),
            "recipients": [{"name": name} for name in entry.get("recipients", [])],
            "signatories": [{"name": entry["signer"]}] if "signer" in entry else [],
            "legal_references": [_reference(text) for text in entry.get("cites", [])],
            "directives": [_directive(str(i), *item) for i, item in enumerate(tree, 1)],
            "text": "\n".join([*filter(None, lines), *filter(None, [entry.get("signer")])]),
            "source": {"sha256": sha256_of(entry["name"]), "media_type": "text/plain"},
        }
    )


def _reference(text: str) -> dict[str, Any]:
    kind, number, title = [*text.split("|"), "", ""][:3]
    return {"type": kind, "number": number or None, "title": title or None}


def _directive(marker: str, text: str, assignee: str, due: str, below: list[list[str]] | None = None) -> dict[str, Any]:
    return {
        "marker": marker,
        "text": text,
        "assignees": [assignee] if assignee else [],
        "deadline": {"text": f"trước ngày {due}", "date": due} if due else None,
        "children": [_directive(letter, *item) for letter, item in zip("abc", below or [], strict=False)],
    }


def write(engine: Engine, entries: dict[str, AdminDocument]) -> None:
    """Write documents into a catalogue, with one file for each."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        for name, entry in entries.items():
            connection.execute(
                insert(Content).values(sha256=entry.source.sha256, size=1, state="done", tries=1, interrupted=0)
            )
            connection.execute(
                insert(File).values(
                    path=f"/kho/{name}.txt",
                    size=1,
                    sha256=entry.source.sha256,
                    state="done",
                    found_at="2026",
                    seen_run=1,
                )
            )
        write_documents(connection, {entry.source.sha256: rows_of(entry) for entry in entries.values()})
