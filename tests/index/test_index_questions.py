"""Questions that are alike, on both databases: how they are grouped, and that of two answers at once one is written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select

from tests.index.runs import asking, run
from tests.index.test_index_answers import write
from vnadmin.index.catalog.doubts import Doubt, rank_of
from vnadmin.index.catalog.reviews import enqueue
from vnadmin.index.catalog.schema import Answer as Named
from vnadmin.index.catalog.schema import Correction, Document, Review
from vnadmin.index.witness.schema import ArchiveChange
from vnadmin_service.archive import queue
from vnadmin_service.archive.questions import groups
from vnadmin_service.archive.questions.answers import Answer, Stale, carry_out, mark, plan

AT = "2026-12-03T08:00:00Z"
KIND = "no.such.rule"


@pytest.fixture
def asked(catalog: str, archive: Path) -> str:
    """Six questions about a place, one of another value, and an issue; nothing else is asked."""
    run(catalog, archive)
    hashes = asking(catalog, lambda c: list(c.scalars(select(Document.sha256).order_by(Document.number).limit(6))))
    rank = rank_of("/place", KIND, "likely")
    doubts = {h: [Doubt("/place", "likely", rank, "Bình Lạc", kind=KIND)] for h in hashes}
    doubts[hashes[5]] = [Doubt("/place", "likely", rank, "Bình Lạch", kind=KIND)]
    doubts[hashes[0]].append(Doubt("", "issue:layout_damaged", rank_of("", "x", "issue"), kind="layout_damaged"))
    others = asking(catalog, lambda c: list(c.scalars(select(Document.sha256).where(Document.sha256.not_in(hashes)))))
    write(catalog, lambda c: enqueue(c, {**doubts, **{h: [] for h in others}}))
    return catalog


def places(connection: Connection) -> list[int]:
    return list(connection.scalars(select(Review.id).where(Review.pointer == "/place").order_by(Review.id)))


def test_groups_and_their_members(asked: str) -> None:
    def look(connection: Connection) -> None:
        found = groups.groups(connection, {})
        assert [(one.pointer, one.number, one.values, one.share) for one in found] == [
            ("/place", 6, 2, 0.5), ("", 1, 1, found[1].share),
        ]  # fmt: skip
        first = queue.item(connection, found[0].first)
        assert first is not None
        assert groups.like(connection, first) == (6, 5)
        assert [one.value for one in groups.members(connection, first, same=False)] == ["Bình Lạc"] * 5 + ["Bình Lạch"]
        assert len(groups.members(connection, first, same=True)) == 5
        assert groups.likely_wrong(connection) == pytest.approx(3.5)
        assert groups.decided(connection) == {}

    asking(asked, look)


def test_what_the_archive_put_right_is_what_is_shown(asked: str) -> None:
    """To accept is to confirm that value, so the group shows it and not what was misread."""

    def change(connection: Connection) -> None:
        sha256 = connection.scalar(select(Review.sha256).where(Review.id == places(connection)[5]))
        row = {"pointer": "/place", "rule": "archive", "before": "Bình Lạch", "after": "Bình Lạc", "witness": {}}
        connection.execute(insert(ArchiveChange).values(sha256=sha256, run=1, undone=False, **row))

    write(asked, change)

    def look(connection: Connection) -> list[object]:
        item = queue.item(connection, places(connection)[5])
        assert item is not None
        return [one.value for one in groups.members(connection, item, same=False)]

    assert asking(asked, look) == ["Bình Lạc"] * 6


def test_of_two_answers_at_once_one_is_written_whole(asked: str) -> None:
    """The later one waits for the earlier, sees that nothing is as it was shown, and leaves no trace."""
    items = asking(asked, places)

    def answered(value: str, name: str) -> bool:
        told = Answer("set", value)
        shown = mark(asking(asked, lambda c: plan(c, items, told)))
        try:
            write(asked, lambda c: carry_out(c, items, told, shown, name, "lan", AT))
        except Stale:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(answered, "Lạc Sơn", "1" * 32), pool.submit(answered, "Hòa Lạc", "2" * 32)
        assert first.result() != second.result()
    counted = select(func.count(), func.count(Correction.answer.distinct())).select_from(Correction)
    assert tuple(asking(asked, lambda c: c.execute(counted).one())) == (6, 1)
    assert asking(asked, lambda c: c.scalar(select(func.count()).select_from(Named))) == 1
    here = asking(asked, groups.decided)
    assert here == {("place", KIND): groups.Seen(6, 0)}
