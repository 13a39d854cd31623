"""What an audit shows: how often each field is right, for all values and for those never in question, and by whom it was reviewed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from vnadmin.index.audit.interval import Estimate, Observation, estimate
from vnadmin.index.audit.kept import Judged, Kept, Place, audit, differences, judged, places
from vnadmin.index.audit.sample import weights


class Figure(NamedTuple):
    """How often a field is right.

    Attributes:
        field: its name; of the last two rows `values` (all fields together) and `documents` (documents of which all that was reviewed is right).
        whole: of all values.
        unasked: of those that were never in question.
        unclear: how many the person could not tell.
    """

    field: str
    whole: Estimate | None
    unasked: Estimate | None
    unclear: int


class Reviewer(NamedTuple):
    """Who reviewed how many documents, from when to when."""

    person: str
    documents: int
    first: str
    last: str


@dataclass(frozen=True)
class Result:
    """An audit and its figures.

    Attributes:
        figures: a row for each field, then `values` and `documents`.
        agreed: values that the person read, blind, as the catalogue held them, of how many.
        differences: all others, with what was said of them since.
        places: of the documents in `differences`, by their position.
    """

    audit: Kept
    figures: tuple[Figure, ...]
    reviewers: tuple[Reviewer, ...]
    agreed: tuple[int, int]
    differences: tuple[Judged, ...]
    places: Mapping[int, Place]

    @property
    def is_whole(self) -> bool:
        """Whether every document was reviewed and every difference settled."""
        return self.audit.reviewed == self.audit.size and not self.unsettled

    @property
    def unsettled(self) -> int:
        """Differences about which nobody has decided: they count as wrong."""
        return sum(one.verdict is None for one in self.differences)


def result(connection: Connection, number: int | None = None) -> Result:
    """The figures of an audit; without a number of the latest.

    Raises:
        NoSuchAudit: there is none.
        ImportError: statsmodels is not installed.
    """
    kept = audit(connection, number)
    values, sample = judged(connection, kept.id), places(connection, kept.id)
    known = [one for one in values if not one.unclear]
    reviewed = {one.position: one.stratum for one in sample if one.reviewed_at}
    of_stratum = weights(kept.strata, reviewed.values())
    weight = {position: of_stratum[stratum] for position, stratum in reviewed.items()}
    unclear = defaultdict[str, int](int)
    for one in values:
        unclear[one.field] += one.unclear

    def estimated(
        some: Iterable[Judged], observe: Callable[[Iterable[Judged]], Iterable[Observation]]
    ) -> Estimate | None:
        return estimate(observe(some), kept.plan.confidence)

    def by_value(some: Iterable[Judged]) -> Iterable[Observation]:
        return (Observation(one.position, weight[one.position], one.is_right) for one in some)

    def by_document(some: Iterable[Judged]) -> Iterable[Observation]:
        right: dict[int, bool] = {}
        for one in some:
            right[one.position] = right.get(one.position, True) and one.is_right
        return (Observation(position, weight[position], is_right) for position, is_right in right.items())

    def figure(
        name: str, some: list[Judged], observe: Callable[[Iterable[Judged]], Iterable[Observation]], lost: int
    ) -> Figure:
        unasked = [one for one in some if one.unasked]
        return Figure(name, estimated(some, observe), estimated(unasked, observe), lost)

    figures = [
        figure(field, [one for one in known if one.field == field], by_value, unclear[field])
        for field in kept.plan.fields
    ]
    figures.append(figure("values", known, by_value, sum(unclear.values())))
    figures.append(figure("documents", known, by_document, 0))
    found = differences(values)
    at = {one.position: one for one in sample}
    return Result(
        kept,
        tuple(figures),
        tuple(_reviewers(sample)),
        (len(known) - len(found), len(known)),
        tuple(found),
        {one.position: at[one.position] for one in found},
    )


def _reviewers(sample: Iterable[Place]) -> list[Reviewer]:
    """Who reviewed most comes first."""
    times = defaultdict[str, list[str]](list)
    for one in sample:
        if one.person and one.reviewed_at:
            times[one.person].append(one.reviewed_at)
    found = [Reviewer(person, len(at), min(at), max(at)) for person, at in times.items()]
    return sorted(found, key=lambda one: (-one.documents, one.person))
