"""Agencies: a name means one agency on a date, or none; codes that were given again are told apart by date."""

from __future__ import annotations

import re

import pytest

import vnadmin
from vnadmin.agencies import Outcome, agencies, body_key, document_agencies, resolve, successor, whole_name
from vnadmin.samples import samples


@pytest.mark.parametrize(
    ("name", "on", "within", "identifier"),
    [
        ("UBND tỉnh Bắc Giang", "2021", None, "H02"),
        ("ỦY BAN NHÂN DÂN TỈNH BẮC GIANG", "2021-03", None, "H02"),
        ("Uỷ ban nhân dân thành phố Hồ Chí Minh", "2020-01-02", None, "H29"),
        ("UBND TP. HCM", "2025-08-01", None, "H29"),
        ("Bộ Lao động – Thương binh và Xã hội", "2019-05-05", None, "G07"),
        ("Bộ Lao động-Thương binh và Xã hội", "2019-05-05", None, "G07"),
        ("BTC", None, None, "G12"),
        ("VP Chính phủ;", None, None, "G22"),
        ("UBND tỉnh", "2022-03-01", "SỞ Y TẾ TỈNH LẠNG SƠN", "H37"),
        ("Bộ GD&ĐT", "2024", None, "G03"),
        ("Bộ NN&PTNT", "2024", None, "G10"),
        ("Bộ Giáo dục & Đào tạo", "2024", None, "G03"),
        ("Ngân hàng Nhà nước", "2024", None, "G19"),
        ("Bộ trưởng Bộ Y tế", "2024", None, "G18"),  # an officer stands for the agency
        ("Phó Chủ tịch UBND tỉnh Bắc Giang", "2021", None, "H02"),
        ("Viện trưởng Viện kiểm sát NDTC", "2024", None, "E01"),
    ],
)
def test_a_name_means_one_agency(name: str, on: str | None, within: str | None, identifier: str) -> None:
    """Case, tone placement, dashes and abbreviated heads do not matter."""
    answer = resolve(name, on=on, within=within)
    assert (answer.outcome, answer.identifier) == (Outcome.FOUND, identifier)


@pytest.mark.parametrize(
    ("name", "on", "within", "outcome"),
    [
        ("UBND tỉnh Bắc Giang", "2025-08-01", None, Outcome.OTHER_TIME),  # merged into Bắc Ninh
        ("UBND tỉnh Bắc Ninh", "2025", None, Outcome.SEVERAL),  # before or after the merger: the year does not say
        ("UBND tỉnh Bắc Ninh", None, None, Outcome.SEVERAL),
        ("UBND huyện Sơn Dương", "2025-09-01", None, Outcome.LEVEL_ENDED),
        ("UBND huyện Sơn Dương", "2021-09-01", None, Outcome.UNKNOWN),
        ("CT", None, None, Outcome.UNKNOWN),  # also Chủ tịch, Chỉ thị
        ("UBND tỉnh", "2022-03-01", None, Outcome.UNKNOWN),  # of which?
        ("UBND thành phố", "2022-03-01", "SỞ Y TẾ TỈNH LẠNG SƠN", Outcome.UNKNOWN),  # a city below the tỉnh
        ("Như trên", None, None, Outcome.UNKNOWN),
        ("Bộ KH&ĐT", "2025-05-01", None, Outcome.OTHER_TIME),  # part of Bộ Tài chính since March
        ("Chánh Văn phòng UBND tỉnh", "2022-03-01", "SỞ Y TẾ TỈNH LẠNG SƠN", Outcome.UNKNOWN),  # of the office
        ("Thủ tướng, các Phó Thủ tướng Chính phủ", "2022", None, Outcome.UNKNOWN),
        ("UBND", None, None, Outcome.SEVERAL),
    ],
)
def test_otherwise_none(name: str, on: str | None, within: str | None, outcome: Outcome) -> None:
    """Where two fit, or none stood on that date, the answer is none and says why."""
    answer = resolve(name, on=on, within=within)
    assert (answer.outcome, answer.agency, answer.identifier) == (outcome, None, None)


def test_what_nobody_checked_is_not_handed_on() -> None:
    """The councils' K numbers are assumed from the H numbers: the agency is found, its identifier is not given."""
    answer = resolve("HĐND tỉnh Gia Lai", on="2024-01-01")
    assert answer.outcome is Outcome.FOUND
    assert answer.agency is not None and answer.agency.identifier == "K21"
    assert answer.identifier is None


def test_who_came_after() -> None:
    """The merger of two provinces: successor one way, predecessors the other."""
    gone = resolve("UBND tỉnh Bắc Giang", on="2021").agency
    assert gone is not None
    after = successor(gone)
    assert after is not None and (after.name, after.valid_from) == ("Ủy ban nhân dân tỉnh Bắc Ninh", "2025-07-01")
    assert any("Bắc Giang" in name for name in after.predecessors)
    assert successor(after) is None


ONE_BODY: list[list[tuple[str, str | None]]] = [
    [("UBND XÃ TÂN AN", "UBND HUYỆN TÂN AN"), ("UBND xã Tân An, huyện Tân An", None), ("UBND xã Tân An", "huyện Tân An")],
    [("UBND XÃ TÂN AN", "UBND THỊ XÃ TÂN AN"), ("Ủy ban nhân dân xã Tân An, thị xã Tân An", None)],
    [("UBND PHƯỜNG 1", "UBND QUẬN 1"), ("UBND phường 1 quận 1", "UBND QUẬN 1"), ("UBND phường 1, quận 1", None)],
    [("UBND PHƯỜNG 1", "UBND QUẬN 3")],
    [("UBND PHƯỜNG 1", None)],
    [("TRUNG TÂM Y TẾ", "SỞ Y TẾ"), ("Trung tâm Y tế, Sở Y tế", None), ("TRUNG TÂM Y TẾ SỞ Y TẾ", "SỞ Y TẾ")],
    [("TRUNG TÂM", "SỞ Y TẾ")],
    [("PHÒNG TÀI CHÍNH", "SỞ TÀI CHÍNH")],
    [("SỞ Y TẾ", "UBND TỈNH LAM HẢI"), ("SỞ Y TẾ LAM HẢI", "UBND TỈNH LAM HẢI"), ("Sở Y tế tỉnh Lam Hải", None)],
    [("TRẠM Y TẾ", "UBND XÃ HỘI SƠN"), ("TRẠM Y TẾ XÃ HỘI SƠN", "UBND XÃ HỘI SƠN"), ("Trạm Y tế xã Hội Sơn", None)],
    [
        ("BAN CÔNG TÁC XÃ HỘI TỈNH LAM HẢI", "SỞ LAO ĐỘNG VÀ XÃ HỘI TỈNH LAM HẢI"),
        ("BAN CÔNG TÁC XÃ HỘI", "SỞ LAO ĐỘNG VÀ XÃ HỘI TỈNH LAM HẢI"),
    ],
    [("BAN CÔNG TÁC", "SỞ LAO ĐỘNG VÀ XÃ HỘI TỈNH LAM HẢI")],
    [("ĐẢNG ỦY LAM HẢI", "TỈNH ỦY LAM HẢI")],
    [("ĐẢNG ỦY LAM HẢI", "ĐẢNG BỘ TỈNH LAM HẢI"), ("Đảng ủy tỉnh Lam Hải", "ĐẢNG BỘ TỈNH LAM HẢI")],
    [("TRƯỜNG MẦM NON 1", "UBND QUẬN 1")],
    [("TRƯỜNG MẦM NON", "UBND QUẬN 1"), ("TRƯỜNG MẦM NON QUẬN 1", "UBND QUẬN 1")],
    [("PHÒNG QUẢN LÝ DỰ ÁN", "BAN QUẢN LÝ DỰ ÁN")],
    [("PHÒNG BAN QUẢN LÝ DỰ ÁN", None)],
    [
        ("VĂN PHÒNG UBND TỈNH", "UBND TỈNH HẢI VÂN"),
        ("VĂN PHÒNG UBND", "UBND TỈNH HẢI VÂN"),
        ("VĂN PHÒNG UBND TỈNH HẢI VÂN", "UBND TỈNH HẢI VÂN"),
        ("Văn phòng UBND tỉnh Hải Vân", None),
    ],
    [("VĂN PHÒNG HĐND", "HĐND TỈNH HẢI VÂN"), ("VĂN PHÒNG HĐND TỈNH", "HĐND TỈNH HẢI VÂN"), ("Văn phòng HĐND tỉnh Hải Vân", None)],
    [("VĂN PHÒNG TỈNH ỦY", "TỈNH ỦY HẢI VÂN"), ("Văn phòng Tỉnh ủy Hải Vân", None)],
    [("TRẠM Y TẾ THỊ XÃ", "UBND XÃ TÂN AN")],
    [("SỞ Y TẾ", "UBND TỈNH GIA LAI"), ("SỞ Y TẾ GIA LAI", None), ("Sở Y tế tỉnh Gia Lai", None)],
    [
        ("BỆNH VIỆN ĐA KHOA", "SỞ Y TẾ GIA LAI"),
        ("BỆNH VIỆN ĐA KHOA GIA LAI", "SỞ Y TẾ GIA LAI"),
        ("BỆNH VIỆN ĐA KHOA", "SỞ Y TẾ TỈNH GIA LAI"),
        ("BỆNH VIỆN ĐA KHOA TỈNH", "SỞ Y TẾ TỈNH GIA LAI"),
    ],
    [("TRẠM Y TẾ", "UBND XÃ GIA LAI"), ("TRẠM Y TẾ GIA LAI", "UBND XÃ GIA LAI"), ("Trạm Y tế xã Gia Lai", None)],
    [("ĐẢNG ỦY GIA LAI", "TỈNH ỦY GIA LAI")],
    [("THÔN TÂN AN", "UBND XÃ TÂN AN"), ("Thôn Tân An, xã Tân An", None)],
    [("ẤP TÂN AN", "UBND XÃ TÂN AN")],
    [("TỔ DÂN PHỐ TÂN AN", "UBND PHƯỜNG TÂN AN"), ("Tổ dân phố Tân An, phường Tân An", None)],
    [("CHI CỤC KIỂM LÂM", "CỤC KIỂM LÂM")],
    [("CHI CỤC KIỂM LÂM", None)],
    [("TỔNG CÔNG TY SAO BIỂN", "CÔNG TY SAO BIỂN")],
]  # fmt: skip


def test_a_proper_name_stays_with_its_level() -> None:
    """Bodies of one name under different ones above are several; what both are about is no place of theirs."""
    keys = [{body_key(*one) for one in spellings} for spellings in ONE_BODY]
    assert [len(found) for found in keys] == [1] * len(keys), keys
    assert len(set.union(*keys)) == len(keys), keys
    assert body_key("UBND XÃ TÂN AN", "UBND HUYỆN TÂN AN") == "uy ban nhan dan xa tan an huyen tan an"


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("PHÒNG TÀI CHÍNH", "SỞ TÀI CHÍNH"),
        ("TRUNG TÂM Y TẾ", "SỞ Y TẾ"),
        ("UBND XÃ TÂN AN", "UBND HUYỆN TÂN AN"),
        ("UBND PHƯỜNG 1", "UBND QUẬN 1"),
        ("THÔN TÂN AN", "UBND XÃ TÂN AN"),
        ("CHI CỤC KIỂM LÂM", "CỤC KIỂM LÂM"),
        ("VĂN PHÒNG UBND TỈNH", "UBND TỈNH HẢI VÂN"),
        ("ĐẢNG ỦY GIA LAI", "TỈNH ỦY GIA LAI"),
    ],
)
def test_a_shared_subject_or_proper_name_tells_no_body_above(name: str, parent: str) -> None:
    """There is a `TRUNG TÂM Y TẾ` below many a body."""
    assert whole_name(name, parent) == f"{name} ({parent})"
    assert whole_name(f"{name} {parent}", parent) == f"{name} {parent}"


def test_a_name_printed_twice_is_told_once() -> None:
    """The heading of a gazette's page has it again."""
    assert whole_name("SỞ Y TẾ", "Sở Y tế") == "SỞ Y TẾ"


def test_every_row_is_sound() -> None:
    """Shapes of identifiers and dates; no agency twice at one time; an end is not before its begin."""
    dates = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
    for agency in agencies():
        assert agency.identifier is None or re.fullmatch(r"[A-K]\d\d(\.\d+)*", agency.identifier), agency
        assert agency.old_identifier is None or re.fullmatch(r"000\.\d\d\.\d\d\.[A-K]\d\d", agency.old_identifier)
        for date in (agency.valid_from, agency.valid_to):
            assert date is None or dates.fullmatch(date), agency
        assert agency.valid_from is None or agency.valid_to is None or agency.valid_from <= agency.valid_to, agency
        assert agency.certainty in ("confirmed", "one source", "unchecked")
        day = ((agency.valid_from or agency.valid_to or "2020-06-01") + "-01-01")[:10]
        same = [a for a in agencies() if a.name == agency.name and a.stood(day, day)]
        assert same == [agency], agency


def test_agencies_of_a_document() -> None:
    """Recipients, assignees and issuers of references are looked up at the document's date, by pointer."""
    path = next(item for item in samples() if item.name == "quyet-dinh.html")
    found = document_agencies(vnadmin.parse(path.read_bytes()))
    assert found["/recipients/1/name"].identifier == "G18"  # Bộ Y tế
    assert found["/issuing_agency"].outcome is Outcome.UNKNOWN  # an invented province
    assert found["/legal_references/3/issuer"].agency is resolve("Chính phủ").agency
    assert "/directives/3/assignees/1" in found
