"""Audits in a catalogue: one is drawn, its documents are reviewed one by one, and differences are settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import Connection, func, insert, select, update

from vnadmin.agencies import whole_name
from vnadmin.errors import VnadminError
from vnadmin.index.audit.fields import USUAL, held_in, is_unasked
from vnadmin.index.audit.interval import CONFIDENCE, size_for
from vnadmin.index.audit.judge import Told, is_same
from vnadmin.index.audit.sample import BY, By, Member, Stratum, digest, draw
from vnadmin.index.audit.schema import Audit, Item, Value
from vnadmin.index.catalog.corrections import in_force, read_document
from vnadmin.index.catalog.places import paths_of
from vnadmin.index.catalog.schema import Document, Review, key

Verdict = Literal["wrong", "right"]
_AT_ONCE: Final = 1000  # rows of an insert


class NothingToAudit(VnadminError):
    """No document of the catalogue is to be audited."""

    code = "nothing_to_audit"
    http_status = 422
    exit_code = 29
    advice = "Index the archive first, or choose by another issuer, type or year."


class NoSuchAudit(VnadminError):
    """The catalogue has no audit of this number."""

    code = "no_such_audit"
    http_status = 404
    exit_code = 31
    advice = "Draw one: vnadmin audit draw."


@dataclass(frozen=True)
class Plan:
    """What an audit is to show.

    Attributes:
        half_width: of the interval of a field that is right as often as expected.
        expect: the share of right values that is expected.
        confidence: in how many of a hundred samples the interval covers the truth.
        by: what strata are made by.
        fields: those that are reviewed, in this order.
    """

    half_width: float = 0.03
    expect: float = 0.95
    confidence: float = CONFIDENCE
    by: tuple[By, ...] = BY
    fields: tuple[str, ...] = USUAL


class Chosen(NamedTuple):
    """What documents are audited; nothing said, all."""

    issuer: str | None = None
    kind: str | None = None
    year: int | None = None


class Kept(NamedTuple):
    """An audit as it was drawn, and how far it has come."""

    id: int
    drawn_at: str
    drawn_by: str
    version: str
    seed: int
    plan: Plan
    frame: Mapping[str, Any]
    strata: tuple[Stratum, ...]
    size: int
    reviewed: int


class Place(NamedTuple):
    """A document of a sample."""

    position: int
    sha256: str
    name: str
    stratum: int
    person: str | None
    reviewed_at: str | None


class Judged(NamedTuple):
    """A value of a document that was reviewed."""

    position: int
    field: str
    held: Told
    told: Told
    unasked: bool
    unclear: bool
    verdict: Verdict | None
    settled_by: str | None

    @property
    def is_same(self) -> bool:
        """Whether the person read, blind, what the catalogue held."""
        return is_same(self.field, self.told, self.held)

    @property
    def is_right(self) -> bool:
        """Whether what the catalogue held is right; a difference that nobody settled is not."""
        return self.is_same or self.verdict == "right"


class Answer(NamedTuple):
    """What a person read; `unclear`: could not tell."""

    told: Told = None
    unclear: bool = False


def draw_audit(
    connection: Connection, plan: Plan, chosen: Chosen, *, seed: int, person: str, at: str, version: str
) -> int:
    """Draw a sample, keep it with what the catalogue holds of it now, and give its number.

    Raises:
        NothingToAudit: there is no document to choose from.
        ImportError: statsmodels is not installed.
    """
    frame = list(members(connection, chosen))
    if not frame:
        raise NothingToAudit
    names = _issuers(connection)
    drawn = draw(frame, size_for(len(frame), plan.half_width, plan.expect, plan.confidence), seed, plan.by)
    number: int = connection.scalars(
        insert(Audit)
        .values(
            drawn_at=at,
            drawn_by=person,
            version=version,
            seed=seed,
            plan=asdict(plan),
            frame={"documents": len(frame), "sha256": digest(frame), **chosen._asdict()},
            strata=[{**asdict(one), "issuer": names.get(one.issuer, one.issuer)} for one in drawn.strata],
        )
        .returning(Audit.id)
    ).one()
    values = list[dict[str, Any]]()
    for position, (sha256, stratum) in enumerate(drawn.places, 1):
        name = _name(connection, sha256)
        place = {"audit_id": number, "position": position}
        connection.execute(insert(Item).values(**place, sha256=sha256, name=name, stratum=stratum))
        values += [{**place, **value} for value in _values(connection, sha256, plan.fields)]
    for start in range(0, len(values), _AT_ONCE):
        connection.execute(insert(Value), values[start : start + _AT_ONCE])
    return number


def members(connection: Connection, chosen: Chosen) -> Iterator[Member]:
    """The documents that a sample is drawn from."""
    columns = (Document.sha256, Document.issuer_key, Document.year, Document.type_code, Document.type_name)
    asked = select(*columns)
    if chosen.issuer is not None:
        asked = asked.where(Document.issuer_key.contains(key(chosen.issuer) or "", autoescape=True))
    if chosen.kind is not None:
        asked = asked.where(Document.type_code == chosen.kind)
    if chosen.year is not None:
        asked = asked.where(Document.year == chosen.year)
    for row in connection.execute(asked):
        yield Member(row.sha256, row.issuer_key, row.year, row.type_code or row.type_name)


def audits(connection: Connection) -> list[Kept]:
    """All audits, the latest first."""
    numbers = connection.scalars(select(Audit.id).order_by(Audit.id.desc())).all()
    return [audit(connection, number) for number in numbers]


def audit(connection: Connection, number: int | None = None) -> Kept:
    """An audit; without a number the latest.

    Raises:
        NoSuchAudit: there is none.
    """
    table = Audit.__table__
    asked = select(table).order_by(table.c.id.desc()).limit(1)
    row = connection.execute(asked if number is None else asked.where(table.c.id == number)).first()
    if row is None:
        raise NoSuchAudit
    size, reviewed = connection.execute(
        select(func.count(), func.count(Item.reviewed_at)).where(Item.audit_id == row.id)
    ).one()
    plan = Plan(**{**row.plan, "by": tuple(row.plan["by"]), "fields": tuple(row.plan["fields"])})
    strata = tuple(Stratum(**one) for one in row.strata)
    return Kept(row.id, row.drawn_at, row.drawn_by, row.version, row.seed, plan, row.frame, strata, size, reviewed)


def places(connection: Connection, number: int) -> list[Place]:
    """The documents of a sample, in the order of review."""
    columns = (Item.position, Item.sha256, Item.name, Item.stratum, Item.person, Item.reviewed_at)
    rows = connection.execute(select(*columns).where(Item.audit_id == number).order_by(Item.position))
    return [Place(*row) for row in rows]


def place(connection: Connection, number: int, position: int) -> Place | None:
    """A document of a sample."""
    return next((one for one in places(connection, number) if one.position == position), None)


def following(connection: Connection, number: int, after: int = 0) -> Place | None:
    """The first document behind a position that nobody has reviewed; behind the last one begins again."""
    left = [one for one in places(connection, number) if one.reviewed_at is None]
    return next((one for one in left if one.position > after), left[0] if left else None)


def tell(
    connection: Connection, number: int, position: int, answers: Mapping[str, Answer], *, person: str, at: str
) -> bool:
    """Keep what a person read of a document, once: False where it was reviewed before, and nothing is changed."""
    done = connection.execute(
        update(Item)
        .where(Item.audit_id == number, Item.position == position, Item.reviewed_at.is_(None))
        .values(person=person, reviewed_at=at)
    )
    if done.rowcount == 0:
        return False
    for field, answer in answers.items():
        connection.execute(
            update(Value)
            .where(Value.audit_id == number, Value.position == position, Value.field == field)
            .values(told=answer.told or None, unclear=answer.unclear)
        )
    return True


def judged(connection: Connection, number: int) -> list[Judged]:
    """The values of the documents that were reviewed, in the order of review and of the plan."""
    columns = (
        Value.position, Value.field, Value.held, Value.told, Value.unasked, Value.unclear, Value.verdict, Value.settled_by,
    )  # fmt: skip
    rows = connection.execute(
        select(*columns)
        .join(Item, (Item.audit_id == Value.audit_id) & (Item.position == Value.position))
        .where(Value.audit_id == number, Item.reviewed_at.is_not(None))
    )
    order = {field: at for at, field in enumerate(audit(connection, number).plan.fields)}
    return sorted((Judged(*row) for row in rows), key=lambda one: (one.position, order[one.field]))


def differences(values: Iterable[Judged]) -> list[Judged]:
    """Those of which a person read something else than the catalogue held."""
    return [one for one in values if not one.unclear and not one.is_same]


def settle(
    connection: Connection, number: int, position: int, field: str, verdict: Verdict, *, person: str, at: str
) -> bool:
    """Say of a difference whether what the catalogue held is right after all; False where there is none."""
    found = [one for one in differences(judged(connection, number)) if (one.position, one.field) == (position, field)]
    if found:
        connection.execute(
            update(Value)
            .where(Value.audit_id == number, Value.position == position, Value.field == field)
            .values(verdict=verdict, settled_by=person, settled_at=at)
        )
    return bool(found)


def _issuers(connection: Connection) -> dict[str | None, str]:
    """The name of each issuer, by its key: of several spellings the first, which is one in capitals."""
    columns = (Document.issuer_key, Document.issuing_agency, Document.parent_agency)
    rows = connection.execute(select(*columns).where(Document.issuer_key.is_not(None)).distinct())
    found: dict[str | None, str] = {}
    for row in rows:
        name = whole_name(row.issuing_agency, row.parent_agency)
        found[row.issuer_key] = min(name, found.get(row.issuer_key, name))
    return found


def _values(connection: Connection, sha256: str, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What the catalogue holds of a document: the values in force."""
    document = read_document(connection, sha256)
    assert document is not None
    touched = {*connection.scalars(select(Review.pointer).where(Review.sha256 == sha256))}
    touched.update(in_force(connection, [sha256]).get(sha256, {}))
    for field in fields:
        yield {
            "field": field,
            "held": held_in(document, field),
            "unasked": is_unasked(document, field, touched),
        }


def _name(connection: Connection, sha256: str) -> str:
    """What a document is called in a report: type and number, else its file."""
    row = connection.execute(select(Document.type_name, Document.number).where(Document.sha256 == sha256)).one()
    known = " ".join(filter(None, (row.type_name, row.number)))
    return known or next((path.rpartition("/")[2] for path in paths_of(connection, sha256)), sha256[:12])
