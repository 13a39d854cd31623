"""What is known of issuers, as the catalogue keeps it: read, replaced by a run, listed for people, and forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from vnadmin.index.catalog.errors import BadCorrection
from vnadmin.index.catalog.insert import as_json, insert_rows
from vnadmin.index.catalog.schema import key
from vnadmin.index.witness.known import KINDS, PERSON, Known, KnownRow, Name, form
from vnadmin.index.witness.schema import ForgottenValue, KnownValue

_ROW = (
    KnownValue.kind, KnownValue.value, KnownValue.about, KnownValue.year, KnownValue.documents, KnownValue.people,
    KnownValue.samples,
)  # fmt: skip


def read_known(connection: Connection, issuer: str) -> Known:
    """What is known of an issuer, by its key."""
    rows = connection.execute(select(*_ROW).where(KnownValue.issuer_key == issuer))
    return Known([KnownRow(*row[:-1], tuple(row.samples)) for row in rows])


def replace_known(connection: Connection, issuer: str, rows: Sequence[KnownRow]) -> None:
    """Keep these rows of an issuer and no others; what is the same is not written."""
    if sorted(read_known(connection, issuer).rows) == sorted(rows):
        return
    connection.execute(delete(KnownValue).where(KnownValue.issuer_key == issuer))
    insert_rows(connection, KnownValue.__tablename__, [(issuer, *row[:-1], as_json(list(row.samples))) for row in rows])


def weights(connection: Connection) -> dict[str, int]:
    """In how many documents each issuer is sure, by its key; what a person said weighs more."""
    weight = func.sum(KnownValue.documents + PERSON * KnownValue.people)
    chosen = select(KnownValue.issuer_key, weight).where(KnownValue.kind == "spelling").group_by(KnownValue.issuer_key)
    return {issuer: int(count) for issuer, count in connection.execute(chosen)}


def forgotten_of(connection: Connection, issuer: str) -> set[tuple[str, str]]:
    """Kind and folded value of what people told the archive to forget of an issuer."""
    chosen = select(ForgottenValue.kind, ForgottenValue.value).where(ForgottenValue.issuer_key == issuer)
    return {(row.kind, row.value) for row in connection.execute(chosen)}


def issuers(connection: Connection, name: str | None = None) -> list[tuple[str, str]]:
    """Key and spelling of each known issuer whose name holds this, marks and case apart; by name."""
    chosen = select(KnownValue.issuer_key).distinct().order_by(KnownValue.issuer_key)
    if name:
        chosen = chosen.where(KnownValue.issuer_key.contains(key(name) or "", autoescape=True))
    return [(issuer, spelling_of(read_known(connection, issuer), issuer)) for issuer in connection.scalars(chosen)]


def spelling_of(known: Known, issuer: str) -> str:
    """How most documents print an issuer's name."""
    spelt = known.names.get("spelling", {}).values()
    return max(spelt, key=lambda name: (name.weight, name.value)).value if spelt else issuer


def listed(known: Known) -> Iterator[tuple[str, Name]]:
    """What is known of an issuer: kind by kind, what most documents show first."""
    for kind in KINDS:
        names = known.names.get(kind, {}).values()
        yield from ((kind, name) for name in sorted(names, key=lambda name: (-name.weight, name.value)))


def as_plain(issuer: str, spelling: str, kind: str, name: Name) -> Mapping[str, Any]:
    """A known value as plain values, for JSON and CSV."""
    return {
        "issuer": spelling,
        "issuer_key": issuer,
        "kind": kind,
        "value": name.value,
        "about": "; ".join(name.about),
        "first_year": name.first or None,
        "last_year": name.last or None,
        "documents": name.documents,
        "people": name.people,
        "samples": list(name.samples),
    }


def forget(connection: Connection, issuer: str, kind: str, value: str, *, person: str, at: str) -> int:
    """Forget a value of an issuer, or with an empty one all of a kind; how many rows that were. It is not learned again.

    Raises:
        BadCorrection: there is no such kind.
    """
    if kind not in KINDS:
        raise BadCorrection(f"There is no kind {kind!r}: {', '.join(KINDS)}.")
    folded = form(value)
    gone = [row for row in read_known(connection, issuer).rows if row.kind == kind and folded in ("", form(row.value))]
    for value_ in {row.value for row in gone}:
        connection.execute(
            delete(KnownValue).where(
                KnownValue.issuer_key == issuer, KnownValue.kind == kind, KnownValue.value == value_
            )
        )
    if (kind, folded) not in forgotten_of(connection, issuer):
        values = {"issuer_key": issuer, "kind": kind, "value": folded, "person": person, "made_at": at}
        connection.execute(insert(ForgottenValue).values(values))
    return len(gone)


def remember(connection: Connection, issuer: str, kind: str, value: str) -> bool:
    """Let a forgotten value be learned again, by the next run; whether it was forgotten."""
    return bool(
        connection.execute(
            delete(ForgottenValue).where(
                ForgottenValue.issuer_key == issuer, ForgottenValue.kind == kind, ForgottenValue.value == form(value)
            )
        ).rowcount
    )
