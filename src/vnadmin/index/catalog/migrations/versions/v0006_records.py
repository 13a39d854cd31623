"""A document in one column: text, values and evidence together; tables that no question asks are gone.

Corrections, marks, reviews and the ledger are not touched. SQLite gives the room back to the disk with VACUUM.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

from vnadmin.index.catalog.record import joined
from vnadmin.index.catalog.write import rebuild
from vnadmin.model import AdminDocument

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

AT_ONCE: Final = 200  # documents in memory at once
GRADES: Final = ("guess", "likely", "certain")
ORDER: Final = {name: i for i, name in enumerate(AdminDocument.model_fields)}
BODIES: Final = sa.table("bodies", sa.column("document_id"), sa.column("text"), sa.column("record", sa.LargeBinary))
PLACE: Final = ("start", "end", "page", "rule", "grade", "confidence", "boxes")
FIELDS: Final = sa.table("fields", *map(sa.column, ("document_id", "pointer", "ordinal", *PLACE)))


def upgrade() -> None:
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(
        sa.select(BODIES).where(BODIES.c.document_id > last).order_by(BODIES.c.document_id).limit(AT_ONCE)
    ).all():
        last = rows[-1].document_id
        fields = defaultdict[int, list[Sequence[Any]]](list)
        for found in connection.execute(
            sa.select(FIELDS).where(FIELDS.c.document_id.in_([r.document_id for r in rows]))
        ):
            fields[found.document_id].append(tuple(found)[1:])
        for row in rows:
            record = _record(row.text, row.record, fields[row.document_id])
            connection.execute(sa.update(BODIES).where(BODIES.c.document_id == row.document_id).values(record=record))
    for table in ("fields", "parties", "issues"):
        op.drop_table(table)
    op.drop_column("bodies", "text")
    op.drop_index("ix_assignees_name_key", "assignees")  # names are looked for in their middle
    op.drop_column("citations", "title_key")
    rebuild(connection)  # the order has shorter numbers; 0002 and 0005 leave it to here too


def _record(text: str, old: bytes, fields: Iterable[Sequence[Any]]) -> bytes:
    """The new record of a document, of its text, its old one and its rows in `fields`."""
    values = json.loads(zlib.decompress(old))
    evidence: dict[str, list[Sequence[Any]]] = {}
    for pointer, _, *place in sorted(fields, key=lambda row: (_place(row[0]), row[1])):
        start, end, page, rule, grade, confidence, boxes = place
        boxes = json.loads(boxes) if isinstance(boxes, str) else boxes or []
        evidence.setdefault(pointer, []).append((start, end, page, rule, GRADES[grade], confidence, boxes))
    for pointer, places in values.pop("evidence", {}).items():  # the very first catalogues kept it there too
        evidence[pointer] = [[place[name] for name in PLACE] for place in places]
    return joined(text, json.dumps(values, ensure_ascii=False, separators=(",", ":")), evidence)


def _place(pointer: str) -> tuple[int, list[int | str]]:
    """Where a pointer stands in the order of the document."""
    first, *rest = pointer.split("/")[1:]
    return ORDER.get(first, len(ORDER)), [int(part) if part.isdigit() else part for part in rest]


def downgrade() -> None:
    raise CommandError("What a document's rows held is in its record now: take the copy of the catalogue from before.")
