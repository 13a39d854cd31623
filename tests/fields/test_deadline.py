"""Deadlines: forms, what is none, and the date that a limit names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin.fields.directives.deadline.reader import FoundDeadline, read_cell_deadline, read_deadline
from vnadmin.fields.directives.signs import read_signs
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Span
from vnadmin.model import PartialDate

ISSUED = PartialDate("2022-06-01")


def read(text: str, issued: PartialDate | None = ISSUED) -> FoundDeadline | None:
    """The limit in one paragraph."""
    builder = DocumentBuilder("text/plain")
    builder.line(text)
    document = builder.build()
    end = len(document.text) - 1
    return read_deadline(document, [Span(0, end)], issued, read_signs(document, 0, end).limits, text, obliges=True)


@pytest.mark.parametrize(
    ("text", "printed", "date"),
    [
        ("nộp trước 31/12/2022.", "trước 31/12/2022", "2022-12-31"),
        ("nộp trước 16h00 ngày 20/7.", "trước 16h00 ngày 20/7", "2022-07-20"),
        ("nộp trước 14h00 chiều thứ bảy ngày 02/7/2022.", "trước 14h00 chiều thứ bảy ngày 02/7/2022", "2022-07-02"),
        ("xong trước ngày 05/5.", "xong trước ngày 05/5", "2023-05-05"),
        ("chậm nhất là ngày 15 tháng 8 năm 2022.", "chậm nhất là ngày 15 tháng 8 năm 2022", "2022-08-15"),
        ("Hạn chót: 11h00 ngày 15/7/2022.", "Hạn chót: 11h00 ngày 15/7/2022", "2022-07-15"),
        ("trong quý IV/2022.", "trong quý IV/2022", "2022-12-31"),
        ("trong quý III.", "trong quý III", "2022-09-30"),
        ("trong tháng 9 năm 2022.", "trong tháng 9 năm 2022", "2022-09-30"),
        ("đến hết ngày 30/9/2022.", "đến hết ngày 30/9/2022", "2022-09-30"),
        ("trong vòng 05 ngày kể từ khi nhận đủ hồ sơ.", "trong vòng 05 ngày kể từ khi nhận đủ hồ sơ", None),
        ("chậm nhất 24 giờ sau khi xảy ra sự cố.", "chậm nhất 24 giờ sau khi xảy ra sự cố", None),
        ("trong thời hạn 10 ngày kể từ ngày ký.", "trong thời hạn 10 ngày kể từ ngày ký", "2022-06-11"),
        ("chậm nhất vào ngày 25 tháng 1 hàng năm.", "chậm nhất vào ngày 25 tháng 1 hàng năm", None),
        ("báo cáo chậm nhất thứ Tư, 06/7/2022.", "chậm nhất thứ Tư, 06/7/2022", "2022-07-06"),
        ("trong thời hạn tám (08) giờ kể từ khi nhận.", "trong thời hạn tám (08) giờ kể từ khi nhận", None),
        (
            "Thời hạn nộp thuế là ba mươi (30) ngày, kể từ ngày nhận hàng.",
            "ba mươi (30) ngày, kể từ ngày nhận hàng",
            None,
        ),
        ("Thời hạn giải quyết: không quá 03 ngày làm việc.", "không quá 03 ngày làm việc", None),
        (
            "Thời gian thực hiện không quá 05 ngày kể từ ngày nhận đủ hồ sơ của thôn và hoàn thành trước mùa mưa.",
            "không quá 05 ngày kể từ ngày nhận đủ hồ sơ của thôn",
            None,
        ),
        ("Hoàn thành điều tra trước năm 2026.", "trước năm 2026", None),
        (
            "Trường hợp mức thu không phù hợp thì Sở có văn bản trao đổi trước khi trình Hội đồng nhân dân.",
            "trước khi trình Hội đồng nhân dân",
            None,
        ),
        (
            "Cơ quan đã ra kết luận phải công khai trong thời hạn năm ngày kể từ ngày nhận yêu cầu.",
            "trong thời hạn năm ngày kể từ ngày nhận yêu cầu",
            None,
        ),
        ("Sau 10 ngày kể từ ngày họp, các Tổ gửi báo cáo.", "Sau 10 ngày kể từ ngày họp", None),
        ("Thu hồ sơ từ ngày 16-18/7/2022.", "từ ngày 16-18/7/2022", "2022-07-18"),
        ("Ứng trực từ 26/11 đến 20/12/2022.", "từ 26/11 đến 20/12/2022", "2022-12-20"),
        ("gửi về phòng từ ngày 25 đến 30 hàng tháng.", "từ ngày 25 đến 30 hàng tháng", None),
        (
            "nghỉ học từ 13 giờ 00 ngày 26/7/2022 cho đến khi có thông báo mới.",
            "từ 13 giờ 00 ngày 26/7/2022 cho đến khi có thông báo mới",
            None,
        ),
        ("Thời gian thực hiện: Ngày 26, 27/12/2022.", "Ngày 26, 27/12/2022", "2022-12-27"),
        ("Thời gian kết thúc nhận bài dự thi ngày 15/6/2022.", "ngày 15/6/2022", "2022-06-15"),
        ("có mặt tại sân trường lúc 6h45 ngày 20/7/2022.", "lúc 6h45 ngày 20/7/2022", "2022-07-20"),
        ("Ngay sau khi bão tan, các xã thống kê thiệt hại.", "Ngay sau khi bão tan", None),
        ("ký duyệt hồ sơ trước khi khởi công.", "trước khi khởi công", None),
        ("đến trường trước giờ thi 15 phút.", "trước giờ thi 15 phút", None),
        ("trình Quốc hội tại Kỳ họp thứ 10.", "tại Kỳ họp thứ 10", None),
        ("trình HĐND tỉnh tại kỳ họp chuyên đề tháng 10.", "tại kỳ họp chuyên đề tháng 10", "2022-10-31"),
        ("báo cáo Giám đốc kết quả trong 5 ngày đầu tháng.", "trong 5 ngày đầu tháng", None),
        ("nộp sổ vào 8 giờ ngày 20/01/2023.", "vào 8 giờ ngày 20/01/2023", "2023-01-20"),
        ("nộp vào 16h00 thứ Sáu hằng tuần.", "vào 16h00 thứ Sáu hằng tuần", None),
        ("khai báo trong vòng 24h kể từ khi nhận khách.", "trong vòng 24h kể từ khi nhận khách", None),
        ("gửi văn bản trong vòng 24 tiếng.", "trong vòng 24 tiếng", None),
        ("xử lý dứt điểm, chậm nhất cuối tháng này.", "chậm nhất cuối tháng này", None),
        ("hoàn thành trong tháng này.", "trong tháng này", None),
        ("di dời đường dây, không để quá 31/10.", "không để quá 31/10", "2022-10-31"),
        ("hoàn thành không quá 31/10/2022.", "không quá 31/10/2022", "2022-10-31"),
        ("báo cáo ngày trước 16.00, báo cáo tuần sau đó.", "trước 16.00", None),
        ("tập nghi thức, xong trước khai giảng ít nhất 03 ngày.", "trước khai giảng ít nhất 03 ngày", None),
        ("sửa chữa, hoàn thành trước ngày khai giảng.", "trước ngày khai giảng", None),
        ("trình lãnh đạo Chi cục vào sáng thứ Hai đầu tháng.", "vào sáng thứ Hai đầu tháng", None),
        ("gửi báo cáo định kỳ ngày 25 hằng tháng.", "ngày 25 hằng tháng", None),
        ("Định kỳ ngày 25 hằng tháng, các xã gửi báo cáo.", "ngày 25 hằng tháng", None),
        ("nộp hồ sơ hết ngày 15/6/2022.", "hết ngày 15/6/2022", "2022-06-15"),
        ("gửi báo cáo chậm nhất 16h chiều thứ Năm tuần này.", "chậm nhất 16h chiều thứ Năm tuần này", None),
        ("thông báo trước 17 giờ chiều nay.", "trước 17 giờ chiều nay", None),
        ("thu gom rác trong đêm 08/6.", "trong đêm 08/6", "2022-06-08"),
        ("gửi trước ngày mùng 5 hằng tháng.", "trước ngày mùng 5 hằng tháng", None),
        ("trực gác từ ngày 15/6 cho đến hết mùa khô.", "từ ngày 15/6 cho đến hết mùa khô", None),
        ("góp ý dự thảo trong hai tuần.", "trong hai tuần", None),
        ("Chiến sĩ mới có mặt tại Trung đoàn trước 9h00 ngày 25/6.", "trước 9h00 ngày 25/6", "2022-06-25"),
        ("nộp quỹ trong tháng 9 và tháng 10.", "trong tháng 9 và tháng 10", "2022-10-31"),
        ("hoàn thành trong tuần đầu tháng 10.", "trong tuần đầu tháng 10", None),
    ],
)
def test_forms(text: str, printed: str, date: str | None) -> None:
    """Each form gives its text as printed and the last day it names."""
    found = read(text)
    assert found is not None
    assert (found.text.value, found.date.value if found.date else None) == (printed, date)


@pytest.mark.parametrize(
    "text",
    [
        "chịu trách nhiệm trước pháp luật",
        "không được chuyển hồ sơ trước khi họp",
        "có độ dài bằng từ 1/3 đến 1/2 dòng chữ",
        "Thời gian thi: ngày 12/6/2022",
        "dự kiến từ ngày 06/7/2022 đến ngày 09/7/2022",
        "Chứng chỉ có giá trị trong thời hạn 05 năm kể từ ngày cấp",
        "xe sản xuất trước ngày 01/01/2022",
        "ảnh được chụp trong thời gian không quá 06 tháng",
        "hằng tháng họp một lần",
        "Không gửi báo cáo trong thời hạn 6 tháng kể từ ngày có yêu cầu",
        "trước đó đã họp",
        "có hiệu lực kể từ ngày 01/7/2022",
        "từ ngày 01/7/2022 đến ngày 31/7/2022 nghỉ hè",
        "tính đến ngày 30/5/2022 có 12 hộ",
        "trong vòng 3 ngày vừa qua",
        "Nếu chậm nộp trong thời hạn 10 ngày thì bị phạt",
        "ngày 05/6/2022 khai mạc",
        "báo cáo tài chính kể từ khi thành lập",
        "báo cáo nhanh trong dịp Tết (từ 30 tháng Chạp đến mùng 2 Tết)",
        "giữ không quá 1/3 tổng số",
        "kiểm tra quân số hằng ngày vào 6h00 và 21h30",
    ],
)
def test_no_limit(text: str) -> None:
    """Pháp luật, effect, spans of events, reports and conditions set no limit."""
    assert read(text) is None


def test_without_date_of_issue() -> None:
    """A day without a year has no date where the document's own is not known."""
    found = read("trước ngày 30/6", None)
    assert found is not None
    assert found.date is None


def test_a_plain_limit_goes_before_a_count() -> None:
    """`... 12 tháng kể từ ngày hết nhiệm kỳ ... đến ngày 31/12/2022`: the day is the limit."""
    found = read("gia hạn 12 tháng kể từ ngày hết nhiệm kỳ, đến ngày 31/12/2022")
    assert found is not None
    assert found.text.value == "đến ngày 31/12/2022"


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("Quý I/2023", "2023-03-31"),
        ("Tháng 9", "2022-09-30"),
        ("30/6/2022", "2022-06-30"),
        ("Hằng năm", None),
        ("Năm 2023", "2023-12-31"),
    ],
)
def test_cells(cell: str, date: str | None) -> None:
    """A table cell is a limit as a whole."""
    builder = DocumentBuilder("text/plain")
    builder.line(cell)
    document = builder.build()
    found = read_cell_deadline(document, [Span(0, len(cell))], ISSUED)
    assert found is not None
    assert (found.text.value, found.date.value if found.date else None) == (cell, date)


@pytest.mark.parametrize("cell", ["7h00 - 7h15", "08 h 30", "13:30 - 14:00", "Từ 7 giờ đến 9 giờ"])
def test_hours_of_a_programme_are_no_limit(cell: str) -> None:
    """A programme's column of hours tells when, not until when."""
    builder = DocumentBuilder("text/plain")
    builder.line(cell)
    document = builder.build()
    assert read_cell_deadline(document, [Span(0, len(cell))], ISSUED) is None


@given(st.text("trướcngày 0123/.quýI năm"))
def test_any_text(text: str) -> None:
    """Whatever stands there, a value is a slice of it."""
    found = read(text)
    if found is not None:
        assert found.text.value in " ".join(text.split())
