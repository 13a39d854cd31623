"""The archive as a witness: it learns from what is sure, puts doubtful readings right, and neither overrules nor makes sure."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, insert, select

from tests.index.letters import letter
from tests.index.runs import asking, lines
from vnadmin import parse_text
from vnadmin.commands.cli import app
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.corrections import correct, read_document
from vnadmin.index.catalog.rows import rows_of
from vnadmin.index.catalog.schema import Content, Document
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.catalog.write import write_documents
from vnadmin.index.export.rows import batches, for_people
from vnadmin.index.search.search import search
from vnadmin.index.witness import kept
from vnadmin.index.witness.known import Known, KnownRow, close, close_codes
from vnadmin.index.witness.reconcile import reconcile
from vnadmin.index.witness.schema import ArchiveChange, ArchiveRun, KnownValue
from vnadmin.model import AdminDocument, Grade

AT = "2026-12-03T08:00:00Z"
NAME, POST, NUMBER, DAY = "/signatories/0/name", "/signatories/0/position", "/number/text", "/issued_on"


def read(i: int, *doubtful: str, **changes: Any) -> AdminDocument:
    """A letter of an office as it was read, doubtful at some places."""
    values = {"number": i, "day": 1 + (i - 1) % 28, "month": 1 + (i - 1) // 28, "year": 2022, "signer": "Trần Thị Mẫu"}
    document = parse_text(letter(i, **{**values, **changes}))
    evidence = {
        pointer: [one.model_copy(update={"grade": Grade.LIKELY if pointer in doubtful else one.grade}) for one in found]
        for pointer, found in document.evidence.items()
    }
    return document.model_copy(update={"evidence": evidence})


@contextmanager
def writing(catalog: str) -> Iterator[Writer]:
    writer = Writer(open_catalog(catalog))
    try:
        yield writer
    finally:
        writer.engine.dispose()


def enter(catalog: str, documents: Collection[AdminDocument]) -> list[str]:
    """Documents as a run writes them; their contents."""
    rows = {document.source.sha256: rows_of(document) for document in documents}
    entered = [{"sha256": one, "size": 1, "state": "done", "tries": 1, "interrupted": 0} for one in rows]

    def work(connection: Connection) -> None:
        new = [
            one for one in entered if connection.scalar(select(Content).where(Content.sha256 == one["sha256"])) is None
        ]
        if new:
            connection.execute(insert(Content), new)
        write_documents(connection, rows)

    with writing(catalog) as writer:
        writer.transact(work)
    return list(rows)


def once(catalog: str) -> dict[str, int]:
    """One run; what it made by rule."""
    with writing(catalog) as writer:
        return dict(reconcile(writer, lambda: AT).made)


def now(catalog: str, sha256: str) -> AdminDocument:
    document = asking(catalog, lambda connection: read_document(connection, sha256))
    assert document is not None
    return document


def said(catalog: str, sha256: str, pointer: str, value: Any) -> None:
    with writing(catalog) as writer:
        writer.transact(lambda connection: correct(connection, sha256, pointer, value, person="lan", at=AT))


def office(*without: int, count: int = 21) -> list[AdminDocument]:
    return [read(i) for i in range(1, count + 1) if i not in without]


def test_a_doubtful_name_a_letter_away_from_the_one_known_is_put_right(catalog: str) -> None:
    """It is likely by the rule and its witness; what was read stands beside it, and search finds the name."""
    enter(catalog, office(7))
    (sha256,) = enter(catalog, [read(7, NAME, signer="Trần Thị Mậu")])
    assert once(catalog) == {"archive.name": 1}
    document = now(catalog, sha256)
    assert document.signatories[0].name == "Trần Thị Mẫu"
    (entry,) = document.evidence[NAME]
    assert (entry.rule, entry.grade, entry.quote) == ("archive.name", "likely", "Trần Thị Mậu")
    change = asking(catalog, lambda c: c.execute(select(ArchiveChange.__table__)).one())
    assert (change.before, change.after, change.pointer) == ("Trần Thị Mậu", "Trần Thị Mẫu", NAME)
    assert (change.witness["count"], len(change.witness["documents"])) == (20, 5)
    row = asking(catalog, lambda c: c.execute(select(Document).where(Document.sha256 == sha256)).one())
    assert (row.signer, row.signer_key, row.lowest_grade) == ("Trần Thị Mẫu", "tran thi mau", 1)
    found = asking(catalog, lambda c: [hit.sha256 for hit in search(c, 'ky:"Trần Thị Mẫu"', limit=50).hits])
    assert sha256 in found
    (columns,) = asking(catalog, lambda c: next(batches(c, [row.id])))
    assert (columns["signer"], columns["reconciled"], columns["corrected"]) == ("Trần Thị Mẫu", [NAME], [])
    assert for_people(columns)["reconciled"] == ["Người ký"]
    said(catalog, sha256, NAME, "Trần Thị Mẫu")
    assert asking(catalog, lambda c: next(batches(c, [row.id])))[0]["reconciled"] == []


def test_what_was_read_surely_stays_whatever_the_archive_knows(catalog: str) -> None:
    enter(catalog, office(7))
    (sha256,) = enter(catalog, [read(7, signer="Trần Thị Mậu")])
    assert once(catalog) == {}
    assert now(catalog, sha256).signatories[0].name == "Trần Thị Mậu"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"signer": "Trần Văn Bách"}, "another name"),
        ({"signer": "Trần Thị Mậu", "year": 2019}, "nobody signed so in that year"),
        ({"signer": "Trần Thị Mậu", "office": "TƯ PHÁP"}, "another office"),
    ],
)
def test_a_name_that_is_near_none_of_its_issuer_and_year_stays(catalog: str, changes: Any, reason: str) -> None:
    enter(catalog, office(7))
    enter(catalog, [read(7, NAME, **changes)])
    assert once(catalog) == {}, reason


def test_a_name_near_two_known_ones_stays(catalog: str) -> None:
    enter(catalog, [read(i, signer=("Trần Thị Mẫu", "Trần Thị Mầu")[i % 2]) for i in range(1, 22) if i != 7])
    enter(catalog, [read(7, NAME, signer="Trần Thị Mâu")])
    assert once(catalog) == {}


def test_a_name_that_several_documents_have_is_a_name_of_its_own(catalog: str) -> None:
    enter(catalog, office(7, 8, 9))
    enter(catalog, [read(i, NAME, signer="Trần Thị Mậu") for i in (7, 8, 9)])
    assert once(catalog) == {}


def test_one_certain_reading_makes_no_known_name_and_one_correction_does(catalog: str) -> None:
    first, second = enter(catalog, [read(1), read(2, NAME, signer="Trần Thị Mậu")])
    assert once(catalog) == {}
    said(catalog, first, NAME, "Trần Thị Mẫu")
    assert once(catalog) == {"archive.name": 1}
    assert now(catalog, second).signatories[0].name == "Trần Thị Mẫu"


def test_a_post_a_code_and_a_number_are_put_right_each_by_its_rule(catalog: str) -> None:
    enter(
        catalog,
        [
            *office(7, 14, 21, count=26),
            read(90, office="TƯ PHÁP", sign="STP-VP"),
            read(91, office="TƯ PHÁP", sign="STP-VP"),
        ],
    )
    post = parse_text(
        letter(7, number=7, day=7, month=1, year=2022, signer="Trần Thị Mẫu").replace("GIÁM ĐỐC", "GIÁM ĐÓC")
    )
    doubted = {**post.evidence, POST: [one.model_copy(update={"grade": Grade.GUESS}) for one in post.evidence[POST]]}
    code = read(14, "/number/notation", NUMBER, sign="SNU-VP")
    number = read(21, "/number/sequence", NUMBER, number=24, day=21, month=1)
    first, second, third = enter(catalog, [post.model_copy(update={"evidence": doubted}), code, number])
    assert once(catalog) == {"archive.post": 1, "archive.notation": 1, "archive.series": 1}
    assert now(catalog, first).signatories[0].position == "GIÁM ĐỐC"
    texts = [now(catalog, one).number for one in (second, third)]
    assert [(one.text, one.sequence, one.notation) for one in texts if one] == [
        ("14/SNV-VP", "14", "SNV-VP"),
        ("21/SNV-VP", "21", "SNV-VP"),
    ]
    assert {now(catalog, third).evidence[f"/number/{name}"][0].rule for name in ("text", "sequence")} == {
        "archive.series"
    }


def test_a_doubtful_day_under_a_sure_number_is_put_between_its_neighbours(catalog: str) -> None:
    enter(catalog, office(11, count=40))
    (sha256,) = enter(catalog, [read(11, DAY, day=17)])
    assert once(catalog) == {"archive.series": 1}
    assert now(catalog, sha256).issued_on == "2022-01-11"


def test_under_a_doubtful_number_a_day_may_fit_by_chance(catalog: str) -> None:
    enter(catalog, office(11, count=40))
    enter(catalog, [read(11, DAY, NUMBER, "/number/sequence", day=17)])
    assert once(catalog) == {}


@pytest.mark.parametrize(("kept", "told"), [((1, 2, 3, 17, 22, 23, 25, 26), 1), ((1, 2, 3, 10, 22, 23, 25, 26), 0)])
def test_what_little_there_is_of_a_register_tells_only_of_what_stands_near(
    catalog: str, kept: tuple[int, ...], told: int
) -> None:
    enter(catalog, [read(i) for i in kept])
    enter(catalog, [read(21, NUMBER, "/number/sequence", number=24, day=21, month=1, subject="khác")])
    assert sum(once(catalog).values()) == told


def test_a_header_a_letter_away_from_a_known_issuer_is_its_own(catalog: str) -> None:
    """The document's code and place are the issuer's; it then counts among its documents."""
    enter(catalog, office(7))
    (sha256,) = enter(catalog, [read(7, "/issuing_agency", office="NỘI VỤC")])
    assert once(catalog) == {"archive.spelling": 1}
    assert now(catalog, sha256).issuing_agency == "SỞ NỘI VỤ"
    keys = asking(catalog, lambda c: c.scalars(select(Document.issuer_key).distinct()).all())
    assert len(keys) == 1
    before = lines(catalog)
    assert once(catalog) == {}
    assert lines(catalog) == before


@pytest.mark.parametrize("other", [{"office": "NỘI VỤT"}, {"sign": "SX-VP"}, {"city": "Lạc Thủy"}])
def test_a_header_near_two_issuers_or_with_what_none_of_them_uses_stays(catalog: str, other: dict[str, str]) -> None:
    """A small office that is as near may have issued it; so may one whose code or place the known one never used."""
    near = "office" in other
    enter(catalog, [*office(7), *(read(i, **other) for i in (8, 9) if near)])
    enter(catalog, [read(7, "/issuing_agency", **({} if near else other), office="NỘI VỤC")])
    assert once(catalog) == {}


def test_people_have_the_last_word(catalog: str) -> None:
    """A correction lies over what the archive says, before and after it; a withdrawal goes back to the archive's."""
    enter(catalog, office(7, 8))
    first, second = enter(catalog, [read(7, NAME, signer="Trần Thị Mậu"), read(8, NAME, signer="Trần Thị Mạu")])
    said(catalog, first, NAME, "Lê Văn Khác")
    assert once(catalog) == {"archive.name": 1}
    assert now(catalog, first).signatories[0].name == "Lê Văn Khác"
    said(catalog, second, NAME, "Trần Thị Mạo")
    assert now(catalog, second).signatories[0].name == "Trần Thị Mạo"
    assert once(catalog) == {}
    assert now(catalog, second).signatories[0].name == "Trần Thị Mạo"


def test_a_document_that_is_read_anew_keeps_what_still_fits(catalog: str) -> None:
    enter(catalog, office(7))
    (sha256,) = enter(catalog, [read(7, NAME, signer="Trần Thị Mậu")])
    once(catalog)
    enter(catalog, [read(7, NAME, signer="Trần Thị Mậu")])
    assert now(catalog, sha256).signatories[0].name == "Trần Thị Mẫu"
    signer = select(Document.signer).where(Document.sha256 == sha256)
    assert asking(catalog, lambda c: c.scalar(signer)) == "Trần Thị Mẫu"
    better = read(7, NAME, signer="Trần Thị Mậu").model_copy(update={"signatories": read(7).signatories})
    enter(catalog, [better])
    assert now(catalog, sha256).evidence[NAME][0].rule != "archive.name"
    assert once(catalog) == {}
    ended = asking(catalog, lambda c: c.scalars(select(ArchiveChange.ended_run)).all())
    assert None not in ended


def test_a_run_is_undone_and_not_made_again_until_somebody_says_so(catalog: str) -> None:
    enter(catalog, office(7))
    (sha256,) = enter(catalog, [read(7, NAME, signer="Trần Thị Mậu")])
    untouched = [line for line in lines(catalog) if not line.startswith(("known_values", "archive_changes"))]
    once(catalog)
    runner = CliRunner()
    assert runner.invoke(app, ["reconcile", "-c", catalog, "--undo", "1"]).output == "run 1: 1 changes\n"
    assert now(catalog, sha256).signatories[0].name == "Trần Thị Mậu"
    assert [line for line in lines(catalog) if not line.startswith(("known_values", "archive_changes"))] == untouched
    assert once(catalog) == {}
    assert now(catalog, sha256).signatories[0].name == "Trần Thị Mậu"
    assert runner.invoke(app, ["reconcile", "-c", catalog, "--redo", "1"]).exit_code == 0
    assert now(catalog, sha256).signatories[0].name == "Trần Thị Mẫu"
    assert runner.invoke(app, ["reconcile", "-c", catalog, "--undo", "99"]).exit_code != 0
    (second, first) = map(
        json.loads, runner.invoke(app, ["reconcile", "-c", catalog, "--runs", "--json"]).output.splitlines()
    )
    assert (first["made"], first["in_force"], second["made"]) == (1, 1, 0)


def test_a_dry_run_tells_what_a_run_makes_and_writes_nothing(catalog: str) -> None:
    enter(catalog, office(7))
    (sha256,) = enter(catalog, [read(7, NAME, signer="Trần Thị Mậu")])
    before = lines(catalog)
    done = CliRunner().invoke(app, ["reconcile", "-c", catalog, "--dry-run", "--json"])
    (told,) = map(json.loads, done.output.splitlines())
    assert (told["sha256"], told["before"], told["after"], told["rule"]) == (
        sha256, "Trần Thị Mậu", "Trần Thị Mẫu", "archive.name",
    )  # fmt: skip
    assert lines(catalog) == before
    once(catalog)
    assert CliRunner().invoke(app, ["reconcile", "-c", catalog, "--dry-run"]).output == ""


def test_an_ended_run_goes_on_where_it_was_and_comes_to_the_same(catalog: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ended after each number of transactions, until it is done; row for row what an undisturbed run leaves."""
    offices = ("NỘI VỤ", "TƯ PHÁP", "Y TẾ")
    documents = [read(i, office=one, sign="SX-VP") for one in offices for i in range(1, 12) if i != 7]
    documents += [read(7, NAME, office=one, sign="SX-VP", signer="Trần Thị Mậu") for one in offices]
    enter(catalog, documents)
    monkeypatch.setattr("vnadmin.index.witness.reconcile.AT_ONCE", 5)
    transact: Callable[..., Any] = Writer.transact
    for allowed in (2, 1, 3, 2, 1, 2):
        left = [allowed]

        def killed(writer: Writer, work: Any, left: list[int] = left) -> Any:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            return transact(writer, work)

        monkeypatch.setattr(Writer, "transact", killed)
        with pytest.raises(KeyboardInterrupt):
            once(catalog)
    monkeypatch.setattr(Writer, "transact", transact)
    assert once(catalog) == {"archive.name": 3}
    assert asking(catalog, lambda c: set(c.scalars(select(ArchiveChange.run)).all())) == {1}
    resumed = lines(catalog)
    assert once(catalog) == {}
    assert lines(catalog) == resumed


def test_what_is_known_is_listed_forgotten_and_learned_again(catalog: str) -> None:
    enter(catalog, office(7))
    enter(catalog, [read(7, NAME, signer="Trần Thị Mậu")])
    once(catalog)
    runner = CliRunner()

    def shown(*more: str) -> str:
        return runner.invoke(app, ["known", "-c", catalog, *more]).output

    rows = list(csv.DictReader(io.StringIO(shown("-f", "csv", "--issuer", "so noi vu"))))
    signer = next(row for row in rows if row["kind"] == "signer")
    assert (signer["value"], signer["about"], signer["documents"], signer["first_year"], signer["last_year"]) == (
        "Trần Thị Mẫu", "GIÁM ĐỐC", "20", "2022", "2022",
    )  # fmt: skip
    assert {row["kind"] for row in rows} == {"spelling", "parent", "place", "notation", "post", "signer", "recipient"}
    assert "1 forgotten" in shown("--issuer", "Sở Nội vụ", "--forget", "signer", "trần thị mẫu")
    assert once(catalog) == {}
    assert "signer" not in shown()
    ended = asking(catalog, lambda c: c.scalars(select(ArchiveChange.ended_run)).all())
    assert ended == [2]
    assert "was not forgotten" in shown("--issuer", "Sở Nội vụ", "--remember", "signer", "Không Ai")
    assert "learned again" in shown("--issuer", "Sở Nội vụ", "--remember", "signer", "Trần Thị Mẫu")
    assert once(catalog) == {"archive.name": 1}
    assert runner.invoke(app, ["known", "-c", catalog, "--issuer", "không có"]).exit_code == 1
    assert runner.invoke(app, ["known", "-c", catalog, "--issuer", "zzz", "--forget", "post", ""]).exit_code == 2


def test_nothing_is_learned_from_a_document_whose_issuer_is_doubtful(catalog: str) -> None:
    enter(catalog, [read(i, "/issuing_agency") for i in range(1, 9)])
    once(catalog)
    assert asking(catalog, lambda c: c.scalars(select(KnownValue.value)).all()) == []


@pytest.mark.parametrize(
    ("value", "names", "near"),
    [
        ("mai", ["mại"], []),  # too short
        ("giám đóc", ["giám đốc", "phó giám đốc"], ["giám đốc"]),
        ("trần thị mãu", ["trần thị mẫu"], ["trần thị mẫu"]),
        ("trần thị mả", ["trần thị mẫu"], []),  # eleven letters: one only
    ],
)
def test_how_near_a_name_must_be(value: str, names: list[str], near: list[str]) -> None:
    assert close(value, names) == near


@pytest.mark.parametrize(
    ("value", "codes", "near"),
    [
        ("snx-vp", ["snv-vp", "snv-tc"], ["snv-vp"]),  # the part of the issuer
        ("snv-th", ["snv-tc", "snv-vp"], []),  # another unit, for all that anybody knows
        ("snv-v0", ["snv-vo", "snv-tc"], ["snv-vo"]),
        ("snvvp", ["snv-vp"], ["snv-vp"]),
    ],
)
def test_how_near_a_code_must_be(value: str, codes: list[str], near: list[str]) -> None:
    assert close_codes(value, codes) == near


def test_a_name_that_is_rare_beside_another_does_not_make_it_doubtful() -> None:
    """One certain reading in a hundred is wrong: it stands in nobody's way."""
    rows = [
        KnownRow("signer", "Trần Thị Mẫu", "", 2022, 50, 0, ("a",)),
        KnownRow("signer", "Trần Thị Mầu", "", 2022, 1, 0, ("b",)),
    ]
    found = Known(rows).alone_near("signer", "Trần Thị Mậu", 2022)
    assert found is not None
    assert found.value == "Trần Thị Mẫu"
    assert Known(rows).alone_near("signer", "Trần Thị Mầu", 2022) is None
    assert kept.spelling_of(Known(), "so noi vu") == "so noi vu"


def test_a_run_of_index_reconciles_at_its_end_where_it_was_asked_to(tmp_path: Path) -> None:
    catalog = str(tmp_path / "catalog.db")
    enter(catalog, office(7))
    enter(catalog, [read(7, NAME, signer="Trần Thị Mậu")])
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / "100.txt").write_text(letter(100), "utf-8")
    words = [sys.executable, "-m", "vnadmin", "index", str(tmp_path / "kho"), "-c", catalog, "--json", "-j", "1"]
    silent = subprocess.run(words, capture_output=True, text=True, check=True, timeout=900)
    assert "reconciled" not in silent.stdout
    done = subprocess.run([*words, "--reconcile"], capture_output=True, text=True, check=True, timeout=900)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"event": "reconciled", "run": 1, "made": {"archive.name": 1}, "ended": 0} in told
    assert told[-1]["event"] == "summary"


def test_a_killed_run_leaves_a_catalogue_that_the_next_one_finishes(tmp_path: Path) -> None:
    """kill -9 at random moments; then row for row what an undisturbed run leaves."""
    catalog, undisturbed = tmp_path / "catalog.db", tmp_path / "undisturbed.db"
    documents = [
        read(
            i,
            *((NAME,) if i % 5 == 0 else ()),
            office=f"{name} {n}",
            signer="Trần Thị Mậu" if i % 5 == 0 else "Trần Thị Mẫu",
        )
        for n in range(6)
        for name in ("NỘI VỤ", "TƯ PHÁP")
        for i in range(1, 9)
    ]
    enter(str(catalog), documents)
    enter(str(undisturbed), documents)
    code = (
        "import sys, time; import vnadmin.index.witness.reconcile as r; r.AT_ONCE = 1; came = r._came\n"
        "def slow(*given): came(*given); time.sleep(0.02)\n"
        "r._came = slow\n"
        "from vnadmin.commands.cli import main; sys.argv = ['vnadmin', 'reconcile', '-c', sys.argv[1]]; main()"
    )
    stages = set[str]()
    for moment in ("learn", "propose"):
        process = subprocess.Popen([sys.executable, "-c", code, str(catalog)], stdout=subprocess.DEVNULL)
        while process.poll() is None:
            at = asking(str(catalog), lambda c: c.execute(select(ArchiveRun.stage, ArchiveRun.last)).first())
            if at is not None and at.stage == moment and at.last:
                break
        process.kill()
        process.wait()
        stages.add(str(asking(str(catalog), lambda c: c.scalar(select(ArchiveRun.stage)))))
    assert stages <= {"learn", "propose"}
    assert once(str(catalog)) == once(str(undisturbed)) == {"archive.name": 12}
    assert lines(str(catalog)) == lines(str(undisturbed))
