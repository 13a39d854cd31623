"""Identifiers: one instrument has one, however it is cited; a citation that says too little has none."""

from __future__ import annotations

import pytest

from vnadmin.identifiers import Identity, identify

ONE = [
    # type, number, date, issuer, title -> identifier
    (("Nghị định", "30/2020/NĐ-CP", "2020-03-05", "Chính phủ", None), "/vn/nghi-dinh/2020/30-nd-cp"),
    (("NĐ", "30/2020/ND-CP", None, None, None), "/vn/nghi-dinh/2020/30-nd-cp"),
    ((None, "30/2020/NĐ-CP", None, None, None), "/vn/nghi-dinh/2020/30-nd-cp"),
    (("Nghị định", "30/2020", None, None, None), "/vn/nghi-dinh/2020/30-nd-cp"),
    (("Thông tư", "07/2022/TT-BTС", None, None, None), "/vn/thong-tu/2022/7-tt-btc"),  # a Cyrillic С
    (("Thông tư", "40/2000/TT/BTC", None, None, None), "/vn/thong-tu/2000/40-tt-btc"),
    (("Thông tư liên tịch", "29/2025/TTLT-BTP-BCA", None, None, None), "/vn/thong-tu-lien-tich/2025/29-ttlt-btp-bca"),
    (("Luật", "45/2019/QH14", None, None, "Lao động"), "/vn/luat/2019/45-qh14"),
    (("Bộ luật", "45/2019/QH14", None, None, None), "/vn/luat/2019/45-qh14"),
    (("Nghị quyết", "202/2025/QH15", None, None, None), "/vn/nghi-quyet/2025/202-qh15"),
    (("Nghị quyết", "66.15/2026/NQ-CP", None, None, None), "/vn/nghi-quyet/2026/66.15-nq-cp"),
    (("Quyết định", "19/2025/QĐ-TTg", None, None, None), "/vn/quyet-dinh/2025/19-qd-ttg"),
    (("Quyết định", "1200/QĐ-TTg", "2021-07-06", None, None), "/vn/quyet-dinh/2021/1200-qd-ttg"),
    (("Nghị quyết", "30c/NQ-CP", "2011-11-08", "Chính phủ", None), "/vn/nghi-quyet/2011/30c-nq-cp"),
    (("Quyết định", "15/QĐ-BNV", "2024", None, None), "/vn/quyet-dinh/2024/15-qd-bnv"),
    (("Quy định", "66-QĐ/TW", "2017-02-06", None, None), "/vn/quy-dinh/2017/66-qd-tw"),
    (("Công văn", "6411/VPCP-KTTH", "2013-08-05", None, None), "/vn/cong-van/2013/6411-vpcp-ktth"),
    (("Văn bản", "6411/VPCP-KTTH", "2013-08-05", None, None), "/vn/cong-van/2013/6411-vpcp-ktth"),
    (("Thông báo kết luận", "12/TB-VPCP", "2024-01-05", None, None), "/vn/thong-bao/2024/12-tb-vpcp"),
    (
        ("Quyết định", "15/QĐ-UBND", "2024-03-05", "Chủ tịch UBND tỉnh Nghệ An", None),
        "/vn/quyet-dinh/uy-ban-nhan-dan-tinh-nghe-an/2024/15-qd-ubnd",
    ),
    (
        ("Quyết định", "44/2005/QĐ-UBND", None, "Uỷ ban nhân dân tỉnh Nghệ An", None),
        "/vn/quyet-dinh/uy-ban-nhan-dan-tinh-nghe-an/2005/44-qd-ubnd",
    ),
    (
        ("Tờ trình", "22/TTr-SCT", "2024-03-01", "Giám đốc Sở Công Thương tỉnh Hải Minh", None),
        "/vn/to-trinh/so-cong-thuong-tinh-hai-minh/2024/22-ttr-sct",
    ),
    (
        ("Sắc lệnh", "73", "1945-10-10", None, None),
        "/vn/sac-lenh/1945/73-sl",
    ),  # its own heading prints the number alone
    (("Sắc lệnh", "73/SL", "1945-10-10", None, None), "/vn/sac-lenh/1945/73-sl"),
    (
        ("Quyết định", "12/QĐ-CT", "2009", "Chủ tịch UBND tỉnh Nghệ An", None),  # CT is no Cục Thuế here
        "/vn/quyet-dinh/uy-ban-nhan-dan-tinh-nghe-an/2009/12-qd-ct",
    ),
    (
        ("Công văn", "636/CT-THNVDT", "2011", "Cục Thuế tỉnh Đắk Nông", None),
        "/vn/cong-van/cuc-thue-tinh-dak-nong/2011/636-ct-thnvdt",
    ),
    (("Luật", None, "2013", None, "Đất đai"), "/vn/luat/2013/dat-dai"),
    (("Luật", None, "2013-11-29", None, "Đất đai"), "/vn/luat/2013/dat-dai"),
    (
        ("Luật", None, "2003-11-26", None, "Tổ chức HĐND và UBND"),
        "/vn/luat/2003/to-chuc-hoi-dong-nhan-dan-va-uy-ban-nhan-dan",
    ),
    (
        ("công văn", "3835/UBND-TN", "2010-06-30", "ủy ban nhân dân (UBND) tỉnh Nghệ An", None),
        "/vn/cong-van/uy-ban-nhan-dan-tinh-nghe-an/2010/3835-ubnd-tn",
    ),
    (("Hiến pháp", None, "2013", None, None), "/vn/hien-phap/2013"),
    (("TCVN", "6909:2001", None, None, None), "/vn/tcvn/2001/6909"),
    (("QCVN", "16-1:2025/BYT", None, None, None), "/vn/qcvn/2025/16-1-byt"),
    (
        ("Quyết nghị", None, "1945-09-03", "Hội đồng Chính phủ", None),
        "/vn/quyet-nghi/hoi-dong-chinh-phu/1945-09-03",
    ),
]


@pytest.mark.parametrize(("said", "uri"), ONE, ids=[str(said[:3]) for said, _ in ONE])
def test_what_is_said_in_full_has_its_identifier(said: tuple[str | None, ...], uri: str) -> None:
    """The identifier of a citation that says enough."""
    kind, number, date, issuer, title = said
    assert identify(kind, number, date=date, issuer=issuer, title=title) == Identity(uri)


NONE = [
    (("Quyết định", "15/QĐ-UBND", "2024-03-05", None, None), ("issuer",)),  # hundreds of committees have one
    (("Quyết định", "15/QĐ-UBND", None, None, None), ("year", "issuer")),
    (("Quyết định", "15/QĐ-UBND", "2024", "UBND tỉnh", None), ("issuer",)),
    (("Tờ trình", "22/TTr-SCT", "2024", "Sở Công Thương", None), ("issuer",)),  # every province has one
    (("Chỉ thị", "09/CT-UBND", "2009", None, None), ("issuer",)),  # CT is the type, and no Cục Thuế
    (("Kế hoạch", "12-KH/ĐU", "2024", None, None), ("issuer",)),  # every Đảng ủy has one
    (("Quyết định", "1200/QĐ-TTg", None, None, None), ("year",)),
    ((None, "36-QĐ/TW", "2018", None, None), ("type",)),  # Quy định or Quyết định
    (("Luật", None, None, None, "Đất đai"), ("year",)),
    (("Thông tư", "30/2020", None, None, None), ("number",)),
    (("Công văn", None, "2020", "Sở Y tế", None), ("number",)),
]


@pytest.mark.parametrize(("said", "missing"), NONE, ids=[str(said[:3]) for said, _ in NONE])
def test_what_says_too_little_has_none_and_says_why(said: tuple[str | None, ...], missing: tuple[str, ...]) -> None:
    """No identifier is made up; what is missing is named."""
    kind, number, date, issuer, title = said
    assert identify(kind, number, date=date, issuer=issuer, title=title) == Identity(None, missing)


@pytest.mark.parametrize(
    ("issuer", "within", "body"),
    [
        ("UBND tỉnh", "UBND tỉnh Nghệ An", "uy-ban-nhan-dan-tinh-nghe-an"),
        ("UBND tỉnh", "ỦY BAN NHÂN DÂN TỈNH HẢI MINH", "uy-ban-nhan-dan-tinh-hai-minh"),
        ("HĐND tỉnh", "UBND TỈNH HẢI MINH", "hoi-dong-nhan-dan-tinh-hai-minh"),
        ("Giám đốc Sở Y tế", "UBND tỉnh Hải Minh", "so-y-te-tinh-hai-minh"),
        ("UBND xã", "UBND tỉnh Hải Minh", None),
        ("UBND tỉnh", "Bộ Y tế", None),
        ("Sở Y tế", "UBND thành phố Đà Nẵng", "so-y-te-thanh-pho-da-nang"),
        ("Sở Y tế", "UBND huyện Tân Bình Minh", None),  # a department is of the province, which is not printed here
        ("Sở Y tế", "UBND thành phố Tân Vinh", None),  # a city of a province
        ("Công an tỉnh", "UBND huyện Tân Bình Minh", None),
        ("Phòng Y tế", "UBND huyện Tân Bình Minh", "phong-y-te-huyen-tan-binh-minh"),
    ],
)
def test_bodies_of_a_province_are_known_by_the_citing_document(issuer: str, within: str, body: str | None) -> None:
    """`UBND tỉnh` in a document of a department is the committee of that province, and of no other."""
    found = identify("Quyết định", "15/QĐ-UBND", date="2024-03-05", issuer=issuer, within=within)
    assert found.uri == (f"/vn/quyet-dinh/{body}/2024/15-qd-ubnd" if body else None)
