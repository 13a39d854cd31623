"""What one document says of its issuer: as it was read, with people's corrections, and how sure each value is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from vnadmin.index.catalog.corrections import apply, in_force
from vnadmin.index.catalog.doubts import is_settled
from vnadmin.index.catalog.record import unpack, values_and_grades
from vnadmin.index.catalog.rows import issuer_key
from vnadmin.index.catalog.schema import Body, Document

DOUBTFUL, SURE, TOLD = 0, 1, 2  # what the archive may change; what was read surely; what a person set or confirmed
_AT_ONCE: Final = 500  # records that are in memory at once
_SINGLE: Final = ("/issuing_agency", "/parent_agency", "/place", "/issued_on")


@dataclass(frozen=True, slots=True)
class Facts:
    """The values of a document that an archive learns from or may put right.

    Attributes:
        key: of the issuer, as the document itself tells it; what the archive put right does not count.
        year: of issue.
        kind: the code of the document's type.
        values: by pointer, with how sure each is.
        recipients: names that are sure, and how sure.
    """

    document_id: int
    sha256: str
    key: str
    year: int
    kind: str | None
    about: str | None
    values: Mapping[str, tuple[str, int]]
    recipients: Sequence[tuple[str, int]]

    @property
    def teaches(self) -> bool:
        """Whether it is sure who issued it: else nothing is learned from it."""
        parent = self.values.get("/parent_agency")
        return self.values["/issuing_agency"][1] >= SURE and (parent is None or parent[1] >= SURE)

    def signers(self) -> Iterator[tuple[str, tuple[str, int] | None, tuple[str, int] | None]]:
        """The pointer of each signatory, with the name and the post."""
        for i in range(len(self.values)):
            place = f"/signatories/{i}"
            name, post = self.values.get(f"{place}/name"), self.values.get(f"{place}/position")
            if name is None and post is None:
                return
            yield place, name, post


def facts_of(connection: Connection, issuer: str) -> list[Facts]:
    """The facts of all documents that the catalogue has under an issuer's key, by row number."""
    chosen = (
        select(Document.id, Document.sha256, Document.type_code, Document.subject, Body.record)
        .join(Body, Body.document_id == Document.id)
        .where(Document.issuer_key == issuer)
        .order_by(Document.id)
    )
    found: list[Facts] = []
    for rows in connection.execute(chosen.execution_options(yield_per=_AT_ONCE)).partitions():
        said = in_force(connection, [row.sha256 for row in rows])
        for row in rows:
            corrections = said.get(row.sha256, {})
            values, grades = values_and_grades(row.record)
            if corrections:
                values = apply(unpack(row.record, evidence=False), corrections).model_dump(mode="json")
            one = _facts(row.id, row.sha256, row.type_code, row.subject, values, grades, corrections)
            if one is not None:
                found.append(one)
    return found


def _facts(
    document_id: int,
    sha256: str,
    kind: str | None,
    about: str | None,
    values: Mapping[str, Any],
    grades: Mapping[str, str],
    corrections: Mapping[str, Any],
) -> Facts | None:
    def sure(pointer: str) -> int:
        if is_settled(pointer, corrections):
            return TOLD
        return SURE if grades.get(pointer) == "certain" else DOUBTFUL

    key = issuer_key(values["issuing_agency"], values["parent_agency"])
    if key is None:
        return None
    found = {pointer: values[pointer[1:]] for pointer in _SINGLE}
    found |= {f"/number/{name}": (values["number"] or {}).get(name) for name in ("text", "sequence", "notation")}
    for i, signed in enumerate(values["signatories"]):
        found |= {f"/signatories/{i}/{name}": signed.get(name) for name in ("name", "position")}
    issued_on = values["issued_on"] or ""
    return Facts(
        document_id,
        sha256,
        key,
        int(issued_on[:4] or 0),
        kind,
        about,
        {pointer: (value, sure(pointer)) for pointer, value in found.items() if value},
        [
            (recipient["name"], level)
            for i, recipient in enumerate(values["recipients"])
            if recipient["name"] and (level := sure(f"/recipients/{i}/name")) >= SURE
        ],
    )
