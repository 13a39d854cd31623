"""What the archive's pages ask of a catalogue and write into it, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection, func, insert, select

from tests.index.letters import letter
from tests.index.runs import run

pytest.importorskip("fastapi", reason="needs the extra [service]")

from vnadmin.index.catalog.corrections import correct, read_document
from vnadmin.index.catalog.schema import Citation, Correction, Document, Review, Task
from vnadmin.index.search.query import read_query
from vnadmin.index.search.search import search
from vnadmin_service.archive import changes, graph, queue
from vnadmin_service.archive.catalog_access import CatalogAccess
from vnadmin_service.archive.facets import Filters, count_facets
from vnadmin_service.archive.record import Record, record_of
from vnadmin_service.archive.tasks.deadlines import Asked, Kind, due, of_laws
from vnadmin_service.review.values import BadPointer

T = TypeVar("T")
AT = "2026-11-25T10:00:00Z"


@pytest.fixture
def access(catalog: str, archive: Path) -> Iterator[CatalogAccess]:
    """Twelve letters; the first is cited by two others, once with its date and once with another."""
    decided = "Quyết định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư"
    law = "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư"
    for i, date in ((1, "ngày 01 tháng 01 năm 2015"), (2, "ngày 09 tháng 09 năm 2014")):
        cited = f"Công văn số 100/SNV-VP {date} của Sở Nội vụ về kiểm tra công tác văn thư"
        path = archive / f"{2015 + i % 2}" / f"cong-van-{i:02d}.txt"
        path.write_text(letter(i).replace(law, cited).replace(decided, cited), "utf-8")
    path = archive / "2016" / "cong-van-07.txt"
    path.write_text(letter(7).replace("- Như trên;", "- Như trên;\n- Sở Tài chính;\n- Sở Xây dựng;"), "utf-8")
    run(catalog, archive)
    made = CatalogAccess(catalog)
    yield made
    made.close()


def ask(access: CatalogAccess, question: Callable[[Connection], T]) -> T:
    """The answer to a question."""
    with access.reading() as connection:
        return question(connection)


def numbered(access: CatalogAccess, number: str) -> Record:
    """The record of a letter."""
    sha256 = ask(access, lambda c: c.scalar(select(Document.sha256).where(Document.number == number)))
    record = ask(access, lambda c: record_of(c, str(sha256)))
    assert record is not None
    return record


def test_facets_count_what_their_filters_find(access: CatalogAccess) -> None:
    """Each value of each facet is as often there as a search with it finds."""
    filters = Filters()
    counted, cut = ask(access, lambda c: count_facets(c, read_query("văn thư"), filters))
    assert not cut
    assert {name: len(values) for name, values in counted.items()}["signer"] == 3
    assert [value.value for value in counted["year"]] == sorted((v.value for v in counted["year"]), reverse=True)
    for facet, values in counted.items():
        for value in values:
            chosen = replace(filters, **{facet: value.value})
            answer = ask(access, lambda c, chosen=chosen: search(c, "văn thư", among=chosen.among()))  # type: ignore[misc]
            assert answer.total == value.number > 0


def test_a_filter_that_is_none_finds_nothing(access: CatalogAccess) -> None:
    """A year that is no number and a status that does not exist are no errors."""
    for chosen in (Filters(year="x"), Filters(year="9" * 30), Filters(status="x"), Filters(issuer="' OR 1=1 --")):
        assert ask(access, lambda c, chosen=chosen: search(c, "", among=chosen.among())).total == 0  # type: ignore[misc]


def test_links_of_citations(access: CatalogAccess) -> None:
    """A citation leads to the document of its number and date, and from there back; another date is no link."""
    first, citing = numbered(access, "100/SNV-VP"), numbered(access, "101/SNV-VP")
    edges = ask(access, lambda c: c.execute(select(Citation.number, Citation.issued_on)).all())
    assert ("100/SNV-VP", "2015-01-01") in [tuple(edge) for edge in edges]
    cites = ask(access, lambda c: graph.cites(c, citing.document_id))
    assert [(link.sha256, link.sure) for cited in cites for link in cited.documents] == [(first.sha256, True)]
    back, total = ask(access, lambda c: graph.cited_by(c, first.document_id))
    assert ([link.sha256 for link in back], total) == ([citing.sha256], 1)
    other = numbered(access, "102/SNV-VP")
    assert [cited.documents for cited in ask(access, lambda c: graph.cites(c, other.document_id))] == [()]


def test_a_citation_without_a_date_may_mean_a_document(access: CatalogAccess) -> None:
    """The number alone, or a date that is a part of the other's, is a link that is not sure."""
    first, other = numbered(access, "100/SNV-VP"), numbered(access, "105/SNV-VP")

    def cite(connection: Connection) -> None:
        for i, date in enumerate((None, "2015", "2016")):
            connection.execute(
                insert(Citation).values(
                    document_id=other.document_id, pointer=f"/legal_references/{20 + i}", number="100/SNV-VP",
                    number_key="100/snv-vp", issued_on=date, relation="cites",
                )
            )  # fmt: skip

    access.write(cite)
    links = [cited.documents for cited in ask(access, lambda c: graph.cites(c, other.document_id))][-3:]
    assert [[(link.sha256, link.sure) for link in found] for found in links] == [
        [(first.sha256, False)],
        [(first.sha256, False)],
        [],
    ]


def test_copies_of_a_dispatch(access: CatalogAccess, catalog: str, archive: Path) -> None:
    """Another file of the same number, date and issuer is a copy."""
    (archive / "ban-sao.txt").write_text(letter(3) + "\n\n", "utf-8")
    run(catalog, archive)
    ids = ask(access, lambda c: c.scalars(select(Document.id).where(Document.number == "103/SNV-VP")).all())
    assert len(ids) == 2
    links = [ask(access, lambda c, one=one: graph.copies(c, one)) for one in ids]  # type: ignore[misc]
    assert links[0][0].sha256 != links[1][0].sha256
    assert [len(found) for found in links] == [1, 1]


def test_deadlines_ahead_and_past(access: CatalogAccess) -> None:
    """A deadline of a month is ahead until the month has gone; who is told may stand in the item above."""
    record = numbered(access, "104/SNV-VP")

    def set_tasks(connection: Connection) -> None:
        for place, text, date in (("0/children/0", "tháng", "2022-07"), ("0/children/1", "năm", "2023")):
            connection.execute(
                insert(Task).values(
                    document_id=record.document_id, pointer=f"/directives/{place}", text=text, deadline=date
                )
            )

    access.write(set_tasks)
    ahead, more = ask(access, lambda c: due(c, Asked("2022-07-15", "phòng tổ chức"), Kind.AHEAD))
    assert [(task.text, task.deadline) for task in ahead] == [("tháng", "2022-07"), ("năm", "2023")]
    assert not more
    assert all("Phòng Tổ chức" in task.leads[0] for task in ahead)
    past, _ = ask(access, lambda c: due(c, Asked("2022-08-01"), Kind.PAST))
    assert past[0].deadline == "2022-07"
    assert {task.deadline for task in past[1:]} == {"2022-06-30"}
    assert ask(access, lambda c: due(c, Asked("2000-01-01", "phong ke toan"), Kind.AHEAD))[0] == []


def test_who_is_asked_for_is_who_is_shown(access: CatalogAccess) -> None:
    """A task that names somebody is not that of whom the item above it names, by the box and by `giao:`."""
    record = numbered(access, "104/SNV-VP")
    below = [
        {"marker": "a", "text": "Giao Phòng Tài vụ lập dự toán", "assignees": ["Phòng Tài vụ"]},
        {"marker": "b", "text": "In tài liệu"},
    ]
    given = [
        {"marker": "1", "text": "Giao Văn phòng Sở chuẩn bị hội nghị", "assignees": ["Văn phòng Sở"], "children": below}
    ]
    access.write(lambda c: correct(c, record.sha256, "/directives", given, person="lan", at=AT))
    for who, expected in {
        "văn phòng sở": {"/directives/0", "/directives/0/children/1"},
        "phong tai vu": {"/directives/0/children/0"},
    }.items():
        for asked in (Asked("2022-07-15", who), Asked("2022-07-15", query=read_query(f'giao:"{who}"'))):
            found, _ = ask(access, lambda c, asked=asked: due(c, asked, Kind.UNDATED))  # type: ignore[misc]
            assert {task.pointer for task in found} == expected


def test_standing_duties_of_laws_are_left_out_until_they_are_asked_for(access: CatalogAccess) -> None:
    """A document whose number holds the year; what it gives until a day stays in."""
    record = numbered(access, "104/SNV-VP")
    before = len(ask(access, lambda c: due(c, Asked("2022-07-15"), Kind.UNDATED, size=None))[0])
    assert not ask(access, lambda c: of_laws(c, Asked("2022-07-15")))
    given = [{"marker": "9", "text": "Sở Y tế có trách nhiệm phối hợp", "assignees": ["Sở Y tế"]}]
    for pointer, value in (("/directives", given), ("/number/text", "26/2022/NĐ-CP")):
        access.write(lambda c, p=pointer, v=value: correct(c, record.sha256, p, v, person="lan", at=AT))  # type: ignore[misc]
    listed, _ = ask(access, lambda c: due(c, Asked("2022-07-15"), Kind.UNDATED, size=None))
    assert record.sha256 not in {task.sha256 for task in listed}
    assert ask(access, lambda c: of_laws(c, Asked("2022-07-15")))
    all_of, _ = ask(access, lambda c: due(c, Asked("2022-07-15", laws=True), Kind.UNDATED, size=None))
    assert (len(listed), len(all_of)) == (before, before + 1)


def test_the_queue_goes_both_ways(access: CatalogAccess) -> None:
    """From the first item forwards to the last and back again, each once."""

    def walk(connection: Connection) -> tuple[list[int], list[int]]:
        forwards, backwards = [], []
        item = queue.following(connection, None)
        last = item
        while item is not None:
            forwards.append(item.id)
            last, item = item, queue.following(connection, item)
        while last is not None:
            backwards.append(last.id)
            last = queue.preceding(connection, last)
        return forwards, backwards

    forwards, backwards = ask(access, walk)
    assert forwards == backwards[::-1]
    assert len(forwards) == ask(access, queue.left) > 1


def test_accepted_is_confirmed_with_the_parsers_value(access: CatalogAccess) -> None:
    """To accept is a correction to what the parser reads; the item is closed for good, also over a re-run's values."""
    item = ask(access, lambda c: queue.following(c, None))
    assert item is not None
    while item.issue:
        item = ask(access, lambda c, last=item: queue.following(c, last))  # type: ignore[misc]
        assert item is not None
    access.write(lambda c: queue.accept(c, item, "lan", AT))
    rows = ask(access, lambda c: c.execute(select(Correction.pointer, Correction.value, Correction.parsed)).all())
    assert [tuple(row) for row in rows] == [(item.pointer, item.parsed, item.parsed)]
    closed = ask(access, lambda c: queue.item(c, item.id))
    assert closed is not None
    assert (closed.open, closed.closed_by) == (False, "lan")


def test_a_value_that_is_set_answers_what_is_asked_of_its_parts(access: CatalogAccess) -> None:
    """To clear a number closes the question about its text."""
    record = numbered(access, "106/SNV-VP")
    access.write(
        lambda c: c.execute(
            insert(Review).values(sha256=record.sha256, pointer="/number/text", reason="likely", rank=3, state="open")
        )
    )
    change = changes.setting(record, "/number/text", "")
    assert change == changes.Change("/number", None)
    access.write(lambda c: changes.put(c, record.sha256, change, "lan", AT))
    asked = select(func.count()).where(
        Review.sha256 == record.sha256, Review.pointer.startswith("/number"), Review.state == "open"
    )
    assert ask(access, lambda c: c.scalar(asked)) == 0
    document = ask(access, lambda c: read_document(c, record.sha256))
    assert document is not None
    assert document.number is None


def test_lists_are_set_as_a_whole_once_their_items_moved(access: CatalogAccess) -> None:
    """An item that stays is set by itself; after one was added or taken out, the list is said anew each time."""
    record = numbered(access, "107/SNV-VP")
    names = [item.name for item in record.document.recipients]
    assert len(names) >= 3

    def put(change: changes.Change) -> Record:
        access.write(lambda c: changes.put(c, record.sha256, change, "lan", AT))
        return numbered(access, "107/SNV-VP")

    single = changes.setting(record, "/recipients/0/name", "Sở A")
    assert single == changes.Change("/recipients/0/name", "Sở A")
    now = put(single)
    added = changes.setting(now, "/recipients/-", "Sở B")
    assert added.pointer == "/recipients"
    now = put(added)
    assert [item["name"] for item in now.state.data["recipients"]] == ["Sở A", *names[1:], "Sở B"]
    again = changes.setting(now, "/recipients/0/name", "Sở C")
    assert again.pointer == "/recipients"
    now = put(again)
    now = put(changes.removal(now, f"/recipients/{len(names)}"))
    assert [item["name"] for item in now.state.data["recipients"]] == ["Sở C", *names[1:]]
    assert now.state.was["/recipients/0/name"] == names[0]
    for other, name in enumerate(names[1:], 1):  # what was not touched is still the parser's, with its evidence
        assert f"/recipients/{other}/name" not in now.state.was
        assert now.state.evidence[f"/recipients/{other}/name"][0].quote == name
    access.write(lambda c: changes.take_back(c, record.sha256, "/recipients", "lan", AT))
    now = numbered(access, "107/SNV-VP")
    assert [item["name"] for item in now.state.data["recipients"]] == ["Sở A", *names[1:]]


def test_lists_within_items(access: CatalogAccess) -> None:
    """Someone more is told to act: the list of that item is set, and nothing else."""
    record = numbered(access, "108/SNV-VP")
    change = changes.setting(record, "/directives/0/assignees/-", "Phòng Kế toán")
    assert change.pointer == "/directives/0/assignees"
    assert change.value[-1] == "Phòng Kế toán"
    due_change = changes.setting(record, "/directives/1/deadline", "trước ngày 5/8/2022")
    access.write(lambda c: changes.put(c, record.sha256, due_change, "lan", AT))
    tasks, _ = ask(access, lambda c: due(c, Asked("2022-08-01"), Kind.AHEAD))
    assert [(task.sha256, task.pointer, task.deadline) for task in tasks] == [
        (record.sha256, "/directives/1", "2022-08-05")
    ]


def test_places_that_are_none(access: CatalogAccess) -> None:
    """What the model does not have, and an item that is not there, is refused."""
    record = numbered(access, "109/SNV-VP")
    for pointer in ("", "/", "/text", "/evidence", "/source/sha256", "/recipients/99/name", "/number/x", "/nothing"):
        with pytest.raises(BadPointer):
            changes.setting(record, pointer, "a")
    for pointer in ("/recipients", "/recipients/99", "/subject", "/recipients/-"):
        with pytest.raises(BadPointer):
            changes.removal(record, pointer)


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2026-05-05", "05/5/2026"),
        ("2022-02-14", "14/02/2022"),
        ("2021-09", "9/2021"),
        ("2021-01", "01/2021"),
        ("2021", "2021"),
        (None, ""),
    ],
)
def test_dates_are_written_as_documents_write_them(date: str | None, shown: str) -> None:
    """A nought before days under ten and before January and February (NĐ 30/2020, Phụ lục I, II.4b)."""
    from vnadmin_service.archive.pages import day

    assert day(date, "vi") == shown


def test_a_time_on_record_is_shown_as_it_was_in_vietnam() -> None:
    from vnadmin_service.archive.pages import moment

    assert moment("2026-11-27T01:04:52Z") == "08:04, 27/11/2026"
