"""Audits: a sample by a seed, blind answers judged by one rule, and intervals that say how sure the figures are."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, func, select

from tests.index.letters import letter
from tests.index.runs import asking, run
from vnadmin.commands.cli import app
from vnadmin.index.audit.fields import held_in, is_unasked
from vnadmin.index.audit.judge import Told, is_same
from vnadmin.index.audit.kept import (
    Answer,
    Chosen,
    NothingToAudit,
    Plan,
    audit,
    differences,
    draw_audit,
    following,
    judged,
    places,
    settle,
    tell,
)
from vnadmin.index.audit.sample import Member, Stratum, allocate, digest, draw, weights
from vnadmin.index.audit.schema import Value
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.corrections import correct, read_document
from vnadmin.index.catalog.schema import Document, Review
from vnadmin.index.catalog.transact import Writer

for _name in ("statsmodels", "jinja2", "xlsxwriter"):
    pytest.importorskip(_name, reason="needs the extra [audit]")

from vnadmin.index.audit.interval import Observation, estimate, size_for, wilson  # noqa: E402  after the skip
from vnadmin.index.audit.report import as_excel, as_html  # noqa: E402
from vnadmin.index.audit.result import result  # noqa: E402

AT = "2026-12-03T00:00:00Z"


@pytest.mark.parametrize(
    ("field", "told", "held", "same"),
    [
        ("document_type", "Công văn", "CV", True),
        ("document_type", "công văn", "Quyết định", False),
        ("document_type", "ĐIỆN MẬT", "Điện mật", True),  # outside the table: as printed
        ("number", "12 / QĐ - UBND", "12/QÐ-UBND", True),  # Icelandic eth, as portals print
        ("number", "12/QĐ-UBND", "12/QĐ-UBNĐ", False),
        ("issued_on", "2021-09", "2021-09-25", False),
        ("issued_on", None, None, True),
        ("subject", "V/v: hoà giải ở cơ sở", "Hòa giải  ở cơ sở.", True),
        ("subject", "Về việc nghỉ lễ", "nghỉ lễ", True),
        ("subject", "nghỉ lễ", "nghi lễ", False),  # an accent counts
        ("subject", "vẽ việc nghỉ lễ", "nghỉ lễ", False),
        ("issuing_agency", "sở y tế", "SỞ Y TẾ", True),
        ("issuing_agency", "SỞ Y TẾ ( ĐÃ KÝ )", "SỞ Y TẾ (ĐÃ KÝ)", True),
        ("place", None, "Huế", False),
        ("place", "", None, True),
        ("addressees", ["Sở B", "Sở A;"], ["Sở A", "Sở B"], True),
        ("addressees", ["Sở A"], ["Sở A", "Sở A"], False),
        ("signatories", [], None, True),
    ],
)
def test_what_counts_as_equal(field: str, told: Told, held: Told, same: bool) -> None:
    assert is_same(field, told, held) is same
    assert is_same(field, held, told) is same


def members(count: int) -> list[Member]:
    """A frame: one large issuer, one small one, and as many offices with a document each as are left."""
    issuers = ["lon"] * (count * 6 // 10) + ["nho"] * (count * 2 // 10)
    issuers += [f"le {at}" for at in range(count - len(issuers))]
    return [Member(f"{at:064x}", issuer, 2020, "CV") for at, issuer in enumerate(issuers)]


def test_the_seed_and_the_frame_give_the_sample() -> None:
    frame = members(100)
    drawn = draw(frame, 20, 7)
    assert draw(reversed(frame), 20, 7) == drawn
    assert draw(frame, 20, 8).places != drawn.places
    assert digest(frame) == digest(reversed(frame)) != digest(frame[1:])


def test_strata_are_drawn_in_proportion_and_small_ones_together() -> None:
    drawn = draw(members(100), 20, 7)
    assert drawn.strata == (
        Stratum(60, 12, issuer="lon", year=2020, kind="CV"),
        Stratum(20, 4, issuer="nho", year=2020, kind="CV"),
        Stratum(20, 4, rest=True),
    )
    assert len({sha256 for sha256, _ in drawn.places}) == 20
    assert [at for _, at in drawn.places] != sorted(
        at for _, at in drawn.places
    )  # whoever stops midway has seen all strata
    assert draw(members(100), 20, 7, by=()).strata == (Stratum(100, 20),)
    assert draw(members(100), 100, 7).strata[0].drawn == 60


@pytest.mark.parametrize("size", [1, 7, 33, 99, 100])
def test_shares_are_rounded_so_that_the_sum_is_right(size: int) -> None:
    sizes = [51, 30, 12, 7]
    counts = allocate(sizes, size)
    assert sum(counts) == max(size, 4)
    assert all(1 <= count <= of for count, of in zip(counts, sizes, strict=True))


def test_each_reviewed_document_stands_for_its_share_of_the_stratum() -> None:
    assert weights([Stratum(60, 12), Stratum(20, 4)], [0] * 10 + [1] * 4) == {0: 6.0, 1: 5.0}


def test_intervals_are_those_that_are_published() -> None:
    """Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29."""
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (right, count), interval in published.items():
        assert wilson(right / count, count, 0.95) == pytest.approx(interval, abs=6e-5)


def test_a_document_counts_once_however_many_values_it_has() -> None:
    alone = estimate(Observation(at, 1000, True) for at in range(50))
    ten = estimate(Observation(at, 1000, True) for at in range(50) for _ in range(10))
    assert alone is not None
    assert ten is not None
    assert (alone.low, alone.high) == pytest.approx((ten.low, ten.high))
    assert (alone.judged, ten.judged) == (50, 500)


def test_weights_move_the_share_and_widen_the_interval() -> None:
    even = estimate([Observation(at, 50, at > 0) for at in range(20)])
    uneven = estimate([Observation(at, 100 if at < 5 else 100 / 3, at > 0) for at in range(20)])
    assert even is not None
    assert uneven is not None
    assert even.share == pytest.approx(0.95)
    assert uneven.share == pytest.approx(0.90)
    assert uneven.high - uneven.low > even.high - even.low
    assert uneven.effective is not None
    assert uneven.effective == pytest.approx(1000**2 / (5 * 100**2 + 15 * (100 / 3) ** 2))


def test_where_all_was_looked_at_nothing_is_left_open() -> None:
    whole = estimate(Observation(at, 1, at > 0) for at in range(20))
    assert whole is not None
    assert (whole.low, whole.share, whole.high, whole.effective) == (0.95, 0.95, 0.95, None)
    assert estimate([]) is None


def test_the_size_gives_the_width_that_is_wanted() -> None:
    size = size_for(100_000, 0.03, 0.95)
    found = estimate(Observation(at, 100_000 / size, at >= round(size * 0.05)) for at in range(size))
    assert found is not None
    assert (found.high - found.low) / 2 == pytest.approx(0.03, abs=0.002)
    assert size_for(400, 0.03, 0.95) == size < size_for(100_000, 0.02, 0.95)
    assert (size_for(3, 0.03, 0.95), size_for(0, 0.03, 0.95)) == (3, 0)


def test_only_what_was_certain_and_never_asked_is_unasked(catalog: str, archive: Path) -> None:
    """Of a signer the name alone is compared, so a question about the post leaves it unasked."""
    run(catalog, archive)
    (sha256, *_) = asking(catalog, lambda c: c.scalars(select(Document.sha256)).all())
    document = asking(catalog, lambda c: read_document(c, sha256))
    assert document is not None
    assert is_unasked(document, "subject", [])
    assert not is_unasked(document, "subject", ["/subject"])
    assert not is_unasked(document, "number", ["/number/text"])
    assert is_unasked(document, "signatories", ["/signatories/0/position", "", "/legal_references/0/number"])
    assert not is_unasked(document, "signatories", ["/signatories/0/name"])
    doubtful = {
        **document.evidence,
        "/subject": [one.model_copy(update={"grade": "likely"}) for one in document.evidence["/subject"]],
    }
    assert not is_unasked(document.model_copy(update={"evidence": doubtful}), "subject", [])
    assert is_unasked(document, "urgency", [])  # that it has none is what the machine says
    assert held_in(document, "urgency") is None
    assert held_in(document, "recipients") == ["Như trên", "Lưu: VT"]


def draw_all(catalog: str, **chosen: object) -> int:
    """An audit of every document of the catalogue, of three fields."""
    engine = open_catalog(catalog)
    plan = Plan(half_width=0.001, fields=("number", "subject", "signatories"))
    try:
        return Writer(engine).transact(
            lambda c: draw_audit(c, plan, Chosen(**chosen), seed=5, person="Lan", at=AT, version="1.0.0")  # type: ignore[arg-type]
        )
    finally:
        engine.dispose()


def test_an_audit_from_draw_to_figures(catalog: str, archive: Path) -> None:
    run(catalog, archive)
    number = draw_all(catalog)
    engine = open_catalog(catalog)
    writer = Writer(engine)

    def review(connection: Connection) -> None:
        for one in places(connection, number):
            held = dict(
                connection.execute(
                    select(Value.field, Value.held).where(Value.audit_id == number, Value.position == one.position)
                ).all()
            )
            answers = {field: Answer(value) for field, value in held.items()}
            if one.position == 1:
                answers["subject"] = Answer("việc khác")
            if one.position == 2:
                answers["number"] = Answer("99/SNV-VP")
            if one.position == 3:
                answers["signatories"] = Answer(None, unclear=True)
            assert following(connection, number, one.position - 1) == one
            assert tell(connection, number, one.position, answers, person="Minh", at=AT)
            assert not tell(connection, number, one.position, {}, person="Hoa", at=AT)  # said once
        assert following(connection, number) is None

    writer.transact(review)
    found = asking(catalog, lambda c: result(c, number))
    assert (found.audit.size, found.audit.reviewed, found.is_whole, found.unsettled) == (12, 12, False, 2)
    assert found.agreed == (12 * 3 - 3, 12 * 3 - 1)
    assert [(one.position, one.field, one.told) for one in found.differences] == [
        (1, "subject", "việc khác"),
        (2, "number", "99/SNV-VP"),
    ]
    figures = {one.field: one for one in found.figures}
    assert [one.whole and (one.whole.right, one.whole.judged) for one in found.figures] == [
        (11, 12), (11, 12), (11, 11), (33, 35), (10, 12),
    ]  # fmt: skip
    assert figures["signatories"].unclear == 1
    assert writer.transact(lambda c: settle(c, number, 2, "number", "right", person="Hoa", at=AT))
    assert not writer.transact(lambda c: settle(c, number, 3, "number", "right", person="Hoa", at=AT))
    assert writer.transact(lambda c: settle(c, number, 1, "subject", "wrong", person="Hoa", at=AT))
    found = asking(catalog, lambda c: result(c))
    assert found.is_whole
    assert found.agreed == (12 * 3 - 3, 12 * 3 - 1)  # what was agreed blind stays on record
    assert next(one.whole and (one.whole.right, one.whole.judged) for one in found.figures) == (12, 12)
    assert [(one.person, one.documents) for one in found.reviewers] == [("Minh", 12)]
    engine.dispose()
    page = as_html(found, "vi")
    for text in (
        "BÁO CÁO KIỂM TRA CHẤT LƯỢNG DỮ LIỆU",
        ">5<",
        "Minh",
        "việc khác",
        "Kho sai (Hoa)",
        "NGƯỜI KIỂM TRA",
        "33/35",
    ):
        assert text in page
    assert "tạm tính" not in page
    assert "100.0%" in as_html(found, "en")
    book = openpyxl.load_workbook(io.BytesIO(as_excel(found, "vi")))
    assert book.sheetnames == ["Kết quả", "Mẫu", "Khác nhau"]
    cells = [[cell.value for cell in row] for row in book["Kết quả"].iter_rows()]
    assert ["Số, ký hiệu", 1, 1, 1, "12/12"] in [row[:5] for row in cells]  # all were looked at
    assert [row[3].value for row in book["Khác nhau"].iter_rows(min_row=5)] == ["việc khác", "99/SNV-VP"]


def test_nobody_learns_what_is_held_while_the_sample_is_reviewed(catalog: str, archive: Path) -> None:
    run(catalog, archive)
    number = draw_all(catalog)
    engine = open_catalog(catalog)
    answers = {"number": Answer("1"), "subject": Answer("việc khác"), "signatories": Answer(None)}
    Writer(engine).transact(lambda c: tell(c, number, 1, answers, person="<Minh>", at=AT))
    engine.dispose()
    found = asking(catalog, lambda c: result(c, number))
    page = as_html(found, "vi")
    assert "đã kiểm tra 1/12 văn bản" in page
    assert "việc khác" not in page
    assert "&lt;Minh&gt;" in page
    book = openpyxl.load_workbook(io.BytesIO(as_excel(found, "en")))
    assert book["Differences"].max_row == 4


def test_what_is_changed_after_the_draw_changes_no_audit(catalog: str, archive: Path) -> None:
    run(catalog, archive)
    (sha256, *_) = asking(catalog, lambda c: c.scalars(select(Document.sha256)).all())
    engine = open_catalog(catalog)
    writer = Writer(engine)
    writer.transact(lambda c: correct(c, sha256, "/subject", "trước khi rút mẫu", person="Lan", at=AT))
    number = draw_all(catalog)
    writer.transact(lambda c: correct(c, sha256, "/subject", "sau khi rút mẫu", person="Lan", at=AT))
    (position,) = (one.position for one in asking(catalog, lambda c: places(c, number)) if one.sha256 == sha256)
    writer.transact(lambda c: tell(c, number, position, {"subject": Answer("sau khi rút mẫu")}, person="Lan", at=AT))
    subject = next(one for one in asking(catalog, lambda c: judged(c, number)) if one.field == "subject")
    assert (subject.held, subject.unasked, subject.is_right) == ("trước khi rút mẫu", False, False)
    assert differences(asking(catalog, lambda c: judged(c, number)))
    engine.dispose()


def test_what_the_queue_asked_is_not_unasked(catalog: str, archive: Path) -> None:
    (archive / "draft.txt").write_text(
        letter(1, number="   ", day=3).replace("ngày 03 tháng", "ngày    tháng"), "utf-8"
    )
    run(catalog, archive)
    number = draw_all(catalog)
    asked = asking(catalog, lambda c: c.scalar(select(func.count()).where(Review.pointer.startswith("/number"))))
    kept = asking(catalog, lambda c: c.scalars(select(Value.unasked).where(Value.field == "number")).all())
    assert asked
    assert kept.count(False) == 1
    assert asking(catalog, lambda c: audit(c, number)).frame["documents"] == 13


def test_an_empty_choice_is_refused(catalog: str, archive: Path) -> None:
    run(catalog, archive)
    with pytest.raises(NothingToAudit):
        draw_all(catalog, issuer="Sở Y tế")


def test_the_commands_draw_again_by_the_seed_and_report(catalog: str, archive: Path) -> None:
    run(catalog, archive)
    runner = CliRunner()
    command = [
        "audit",
        "draw",
        "-c",
        catalog,
        "--seed",
        "7",
        "--half-width",
        "0.2",
        "--person",
        "Lan",
        "--field",
        "number",
    ]
    first, again = (runner.invoke(app, command) for _ in range(2))
    assert first.exit_code == 0, first.output
    lines = first.output.splitlines()
    assert lines[0].startswith("audit 1: ")
    assert lines[0].endswith("of 12 documents, seed 7")
    assert again.output.splitlines()[1:-1] == lines[1:-1]
    samples = [asking(catalog, lambda c, n=n: [one.sha256 for one in places(c, n)]) for n in (1, 2)]
    assert samples[0] == samples[1]
    shown = runner.invoke(app, ["audit", "report", "-c", catalog])
    assert shown.exit_code == 1
    assert "audit 2: 0 of" in shown.output
    assert "provisional" in shown.output
    plain = json.loads(runner.invoke(app, ["audit", "report", "1", "-c", catalog, "-f", "json"]).output)
    assert (plain["seed"], plain["figures"][0]) == (7, {"field": "number", "all": None, "unasked": None, "unclear": 0})
    made = Path(catalog).parent / "bao-cao.html" if "://" not in catalog else archive / "bao-cao.html"
    runner.invoke(app, ["audit", "report", "-c", catalog, "-f", "html", "-o", str(made), "--lang", "en"])
    assert "REPORT ON THE QUALITY OF DATA" in made.read_text("utf-8")
    missing = runner.invoke(app, ["audit", "report", "9", "-c", catalog])
    assert missing.exit_code == 31
