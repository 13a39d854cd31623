"""Mentions: type, number, date, issuer and title of the forms in which instruments are cited."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnadmin.citation.mention.forms.hints import find_hints
from vnadmin.citation.mention.mention import Mention
from vnadmin.citation.read import MentionReader
from vnadmin.citation.scope import Place, Segment
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import SourceDocument


def document(*lines: str) -> SourceDocument:
    """A document of the given lines."""
    builder = DocumentBuilder("text/plain")
    for line in lines:
        builder.line(line)
    return builder.build()


def mentions(text: str, place: Place = Place.BODY) -> tuple[SourceDocument, list[Mention]]:
    """The mentions of one paragraph."""
    source = document(text)
    return source, MentionReader(source, find_hints(source)).read(Segment(0, len(source.text) - 1, place, 0))


def shape(text: str, place: Place = Place.BODY) -> list[tuple[str | None, ...]]:
    """(type, number, date, issuer, title) of each mention."""
    source, found = mentions(text, place)
    return [
        (
            source.of(m.sighting.type) if m.sighting.type else None,
            m.number,
            m.date,
            source.of(m.parts.issuer.span) if m.parts.issuer else None,
            source.of(m.parts.title) if m.parts.title else None,
        )
        for m in found
    ]


CASES = [
    # the plain form, with each part
    (
        "Căn cứ Nghị định số 12/2017/NĐ-CP ngày 09 tháng 02 năm 2017 của Chính phủ quy định về lưu trữ;",
        [("Nghị định", "12/2017/NĐ-CP", "2017-02-09", "Chính phủ", "quy định về lưu trữ")],
    ),
    # no `số`, a slash date, `về việc` left out of the title
    (
        "theo Thông tư 40/2017/TT-BTC ngày 28/4/2017 của Bộ trưởng Bộ Tài chính về việc chi hội nghị.",
        [("Thông tư", "40/2017/TT-BTC", "2017-04-28", "Bộ trưởng Bộ Tài chính", "chi hội nghị")],
    ),
    # issuer between type and number, a comma before the date (Party)
    (
        "Quyết định của Bộ Chính trị số 31-QĐ/TW, ngày 01-10-1997 về lề lối làm việc;",
        [("Quyết định", "31-QĐ/TW", "1997-10-01", "Bộ Chính trị", "lề lối làm việc")],
    ),
    # the term of a Party body between number and date
    (
        "Nghị quyết số 11-NQ/TW (khóa XIII), ngày 10/02/2022 của Bộ Chính trị về phát triển vùng;",
        [("Nghị quyết", "11-NQ/TW", "2022-02-10", "Bộ Chính trị", "phát triển vùng")],
    ),
    # issuer named before the reference
    (
        "theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 15/TTr-SNV ngày 03/02/2021",
        [("Tờ trình", "15/TTr-SNV", "2021-02-03", "Giám đốc Sở Nội vụ", None)],
    ),
    # two bodies, each before its own reference
    (
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 15/TTr-SNV và Chủ tịch Hội Vườn tại Công văn số 2/HLV.",
        [
            ("Tờ trình", "15/TTr-SNV", None, "Giám đốc Sở Nội vụ", None),
            ("Công văn", "2/HLV", None, "Chủ tịch Hội Vườn", None),
        ],
    ),
    # date and issuer before the reference
    (
        "Ngày 21/7/2008, Thủ tướng Chính phủ ban hành Quyết định số 99/2008/QĐ-TTg về việc phê duyệt Quy hoạch.",
        [("Quyết định", "99/2008/QĐ-TTg", "2008-07-21", "Thủ tướng Chính phủ", "phê duyệt Quy hoạch")],
    ),
    # the day on which a letter was received is not its date
    ("Ngày 20/4/2026, Phòng tiếp nhận Công văn số 28/SNV-TCCC.", [("Công văn", "28/SNV-TCCC", None, None, None)]),
    # a list that shares the type
    (
        "các Luật số 43/2024/QH15, số 47/2024/QH15 và số 147/2025/QH15",
        [
            ("Luật", "43/2024/QH15", None, None, None),
            ("Luật", "47/2024/QH15", None, None, None),
            ("Luật", "147/2025/QH15", None, None, None),
        ],
    ),
    # a trailing date and issuer hold for the members before
    (
        "các Quyết định số 14/2001/QĐ-TCHQ, số 15/2001/QĐ-TCHQ ngày 28/12/2001 của Tổng cục Hải quan",
        [
            ("Quyết định", "14/2001/QĐ-TCHQ", "2001-12-28", "Tổng cục Hải quan", None),
            ("Quyết định", "15/2001/QĐ-TCHQ", "2001-12-28", "Tổng cục Hải quan", None),
        ],
    ),
    # issuers of two types are not shared
    (
        "Nghị định số 1/2020/NĐ-CP ngày 01/01/2020 và Thông tư số 2/2020/TT-BYT ngày 02/02/2020 của Bộ Y tế",
        [
            ("Nghị định", "1/2020/NĐ-CP", "2020-01-01", None, None),
            ("Thông tư", "2/2020/TT-BYT", "2020-02-02", "Bộ Y tế", None),
        ],
    ),
    # what a letter asks about, behind a short name of who wrote it
    (
        "Công văn số 35/AB-TV ngày 01/4/2021 của Công ty cổ phần Bia Hải Minh (sau đây gọi tắt là Công ty) hỏi về giá tính thuế, Cục Thuế có ý kiến",
        [("Công văn", "35/AB-TV", "2021-04-01", "Công ty cổ phần Bia Hải Minh", "giá tính thuế")],
    ),
    (
        "Công văn số 36/AB-TV ngày 01/4/2021 của Công ty Cảng Hải Minh (Công ty), vướng mắc về hoàn thuế, Cục Thuế tỉnh có ý kiến",
        [("Công văn", "36/AB-TV", "2021-04-01", "Công ty Cảng Hải Minh", "vướng mắc về hoàn thuế")],
    ),
    # to whom a report went, between whom a programme was agreed, a comma before what a circular lays down
    (
        "Báo cáo số 26/BC-CP ngày 09/8/2022 gửi Ủy ban Thường vụ Quốc hội về kết quả rà soát, trong đó nêu rõ tồn tại",
        [("Báo cáo", "26/BC-CP", "2022-08-09", None, "kết quả rà soát")],
    ),
    (
        "Chương trình phối hợp số 18/CTPH-BYT-HND ngày 23/11/2016 giữa Bộ Y tế và Hội Nông dân về chăm sóc sức khỏe;",
        [("Chương trình phối hợp", "18/CTPH-BYT-HND", "2016-11-23", None, "chăm sóc sức khỏe")],
    ),
    (
        "Thông tư 7/2014/TT-BYT, ngày 25 tháng 02 năm 2014, quy định về quy tắc ứng xử;",
        [("Thông tư", "7/2014/TT-BYT", "2014-02-25", None, "quy định về quy tắc ứng xử")],
    ),
    # what follows an act is no title of it
    (
        "Nghị định số 11/2016/NĐ-CP ngày 03/02/2016 của Chính phủ gồm: nhà quản lý, chuyên gia",
        [("Nghị định", "11/2016/NĐ-CP", "2016-02-03", "Chính phủ", None)],
    ),
    (
        "Báo cáo số 62/BC-BTC ngày 11/11/2025 của Bộ Tài chính nêu trên trong quá trình triển khai",
        [("Báo cáo", "62/BC-BTC", "2025-11-11", "Bộ Tài chính", None)],
    ),
    (
        "Nghị định số 10/2024/NĐ-CP ngày 30/7/2024 của Chính phủ quy định về tiền thuê đất quy định: “2. Chuyển mục đích",
        [("Nghị định", "10/2024/NĐ-CP", "2024-07-30", "Chính phủ", "quy định về tiền thuê đất")],
    ),
    # a title that `về` opens holds for the whole list, what one of them guides does not
    (
        "Nghị định số 16/2018/NĐ-CP của Chính phủ, Thông tư số 3/2019/TT-BNV của Bộ Nội vụ về tuyển dụng công chức;",
        [
            ("Nghị định", "16/2018/NĐ-CP", None, "Chính phủ", "tuyển dụng công chức"),
            ("Thông tư", "3/2019/TT-BNV", None, "Bộ Nội vụ", "tuyển dụng công chức"),
        ],
    ),
    (
        "Nghị định số 16/2018/NĐ-CP của Chính phủ, Thông tư số 3/2019/TT-BNV của Bộ Nội vụ hướng dẫn tuyển dụng công chức;",
        [
            ("Nghị định", "16/2018/NĐ-CP", None, "Chính phủ", None),
            ("Thông tư", "3/2019/TT-BNV", None, "Bộ Nội vụ", "hướng dẫn tuyển dụng công chức"),
        ],
    ),
    # no title names a later act, nor goes on with what was done on a later day
    (
        "Chương trình số 8-CTr/TU ngày 17/3/2026 của Tỉnh ủy thực hiện Nghị quyết số 80-NQ/TW ngày 07/01/2026, Kế hoạch số 128/KH-UBND ngày 30/3/2026 về văn hóa",
        [
            ("Chương trình", "8-CTr/TU", "2026-03-17", "Tỉnh ủy", "thực hiện Nghị quyết số 80-NQ/TW ngày 07/01/2026"),
            ("Nghị quyết", "80-NQ/TW", "2026-01-07", None, None),
            ("Kế hoạch", "128/KH-UBND", "2026-03-30", None, "văn hóa"),
        ],
    ),
    (
        "ban hành Quyết định số 73/QĐ-SGDĐT về khung thời gian năm học; ngày 25/3/2020 Sở Y tế ban hành hướng dẫn mới",
        [("Quyết định", "73/QĐ-SGDĐT", None, None, "khung thời gian năm học")],
    ),
    # who was told, another ground
    (
        "Văn bản số 38/SCT-QLĐN ngày 28/10/2015 về việc cung cấp điện an toàn, tới UBND các quận, huyện",
        [("Văn bản", "38/SCT-QLĐN", "2015-10-28", None, "cung cấp điện an toàn")],
    ),
    (
        "Công văn số 15/STC-HCSN ngày 25/10/2025 về bổ sung dự toán, ý kiến thống nhất của các thành viên Ủy ban",
        [("Công văn", "15/STC-HCSN", "2025-10-25", None, "bổ sung dự toán")],
    ),
    # bodies each with its letter in brackets
    (
        "ý kiến của Bộ Công Thương (công văn số 11/BCT-XNK), Bộ Tư pháp (công văn số 39/BTP-PLQT);",
        [
            ("công văn", "11/BCT-XNK", None, "Bộ Công Thương", None),
            ("công văn", "39/BTP-PLQT", None, "Bộ Tư pháp", None),
        ],
    ),
    # spaces in the number, an en dash, Cyrillic С
    (
        "Thông tư số 45/2025 /TT-BXD; Nghị định 99/2020/NĐ – CP; Thông tư số 157/2025/TT-BTС",
        [
            ("Thông tư", "45/2025/TT-BXD", None, None, None),
            ("Nghị định", "99/2020/NĐ-CP", None, None, None),
            ("Thông tư", "157/2025/TT-BTC", None, None, None),
        ],
    ),
    # the sign of a footnote is no part of the number
    (
        "Nghị định số 126/2024/NĐ-CP1 và Luật số 135/2025/QH152",
        [("Nghị định", "126/2024/NĐ-CP", None, None, None), ("Luật", "135/2025/QH15", None, None, None)],
    ),
    # old forms
    (
        "Nghị định số 15/CP ngày 02/3/1993 của Chính phủ; Quyết định số 217-HĐBT ngày 14/11/1987; Thông tư 60 TC/CĐKT",
        [
            ("Nghị định", "15/CP", "1993-03-02", "Chính phủ", None),
            ("Quyết định", "217-HĐBT", "1987-11-14", None, None),
            ("Thông tư", "60TC/CĐKT", None, None, None),
        ],
    ),
    # a letter in words of 1945
    (
        "Chiểu theo quyết nghị của Hội đồng Chính phủ ngày mùng ba tháng chín năm 1945;",
        [("quyết nghị", None, "1945-09-03", "Hội đồng Chính phủ", None)],
    ),
    # a year with a digit too many: the number has the right one
    ("Nghị định số 63/2010/NĐ-CP ngày 08/6/20210", [("Nghị định", "63/2010/NĐ-CP", "2010-06-08", None, None)]),
    # the notation says whose number it is
    (
        "theo Quyết định phê duyệt dự án số 123/QĐ-UBND ngày 12/3/2020",
        [("Quyết định", "123/QĐ-UBND", "2020-03-12", None, "phê duyệt dự án")],
    ),
    # what it is about stands before the number
    ("Biên bản họp thẩm định giá số 14/BB-BYT", [("Biên bản", "14/BB-BYT", None, None, "họp thẩm định giá")]),
    # laws by name
    (
        "Luật Đất đai năm 2013, Luật Đấu thầu 2023, Bộ luật Hình sự năm 2015 (sửa đổi, bổ sung năm 2017)",
        [
            ("Luật", None, "2013", None, "Đất đai"),
            ("Luật", None, "2023", None, "Đấu thầu"),
            ("Bộ luật", None, "2015", None, "Hình sự"),
        ],
    ),
    # a law that no list holds, proved by its date
    ("Căn cứ Luật Vũ trụ học ngày 12 tháng 3 năm 2029;", [("Luật", None, "2029-03-12", None, "Vũ trụ học")]),
    # an amending law, and the laws that it names
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Giá ngày 22 tháng 11 năm 2019;",
        [
            ("Luật", None, "2019-11-22", None, "sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Giá"),
            ("Luật", None, None, None, "Tổ chức Chính phủ"),
            ("Luật", None, None, None, "Giá"),
        ],
    ),
    # the document's own title in its enacting clause is no reference
    (
        "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Giá số 16/2023/QH15.",
        [("Luật", "16/2023/QH15", None, None, "Giá")],
    ),
    (
        "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam; Hiến pháp năm 2013",
        [
            ("Hiến pháp", None, None, None, "nước Cộng hòa xã hội chủ nghĩa Việt Nam"),
            ("Hiến pháp", None, "2013", None, None),
        ],
    ),
    # standards
    (
        "TCVN ISO 9001:2015, QCVN 03:2023/BCA về phương tiện cứu hộ",
        [("TCVN", "ISO9001:2015", None, None, None), ("QCVN", "03:2023/BCA", None, None, "phương tiện cứu hộ")],
    ),
    # a title ends where a new clause of the letter begins
    (
        "Phúc đáp Công văn số 8/CV-TH ngày 1/3/2021 của Công ty Thành Hưng về việc xin đất, Sở Xây dựng có ý kiến:",
        [("Công văn", "8/CV-TH", "2021-03-01", "Công ty Thành Hưng", "xin đất")],
    ),
    # what a letter does is its title; what it orders others to do is none
    (
        "Công văn số 8/SYT-NV ngày 12/3/2021 của Sở Y tế báo cáo tình hình dịch bệnh.",
        [("Công văn", "8/SYT-NV", "2021-03-12", "Sở Y tế", "báo cáo tình hình dịch bệnh")],
    ),
    (
        "Công văn số 8/SYT-NV ngày 12/3/2021 của Sở Y tế đề nghị các trạm y tế báo cáo.",
        [("Công văn", "8/SYT-NV", "2021-03-12", "Sở Y tế", None)],
    ),
    # joint instruments name all their issuers
    (
        "Thông tư liên tịch số 4/2013/TTLT-BTC-BCA ngày 01/02/2013 của Bộ Tài chính, Bộ Công an quy định phối hợp;",
        [
            (
                "Thông tư liên tịch",
                "4/2013/TTLT-BTC-BCA",
                "2013-02-01",
                "Bộ Tài chính, Bộ Công an",
                "quy định phối hợp",
            )
        ],
    ),
    # ... and no office behind them, which acts
    (
        "Thông tư liên tịch số 4/2013/TTLT-BTC-BCA của Bộ Tài chính, Bộ Công an, Hiệu trưởng yêu cầu các khoa rà soát.",
        [("Thông tư liên tịch", "4/2013/TTLT-BTC-BCA", None, "Bộ Tài chính, Bộ Công an", None)],
    ),
    # the date stands before the number
    (
        "Căn cứ Công văn ngày 02/6/2025 số 4674/SYT-VP của Sở Y tế về việc điều chỉnh giá nước;",
        [("Công văn", "4674/SYT-VP", "2025-06-02", "Sở Y tế", "điều chỉnh giá nước")],
    ),
    (
        "Trả lời Công văn ngày 02 tháng 6 năm 2025, số: 4674/SYT-VP của Sở Y tế về việc điều chỉnh giá nước, Sở có ý kiến",
        [("Công văn", "4674/SYT-VP", "2025-06-02", "Sở Y tế", "điều chỉnh giá nước")],
    ),
    # the history of an instrument in brackets, before its issuer
    (
        "Căn cứ Thông tư số 14/2003/TT-BYT ngày 30/05/2003 (đã được sửa đổi bổ sung tại Thông tư số 28/2007/TT-BYT) của Bộ Y tế hướng dẫn trực đêm;",
        [
            ("Thông tư", "14/2003/TT-BYT", "2003-05-30", "Bộ Y tế", "hướng dẫn trực đêm"),
            ("Thông tư", "28/2007/TT-BYT", None, None, None),
        ],
    ),
    # a semicolon for a comma before a date, a blank lost before one
    (
        "Thực hiện Công văn số 65/SYT-NV; ngày 17/10/2025 của Sở Y tế về việc lấy ý kiến,",
        [("Công văn", "65/SYT-NV", "2025-10-17", "Sở Y tế", "lấy ý kiến")],
    ),
    (
        "Thực hiện Quyết định số 443/QĐ-BYTngày 07/02/2025 của Bộ Y tế về việc công bố thủ tục",
        [("Quyết định", "443/QĐ-BYT", "2025-02-07", "Bộ Y tế", "công bố thủ tục")],
    ),
    # a law that amends so many others is one law, and no law is made of `có liên quan`
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của 37 Luật có liên quan đến quy hoạch năm 2018;",
        [("Luật", None, "2018", None, "sửa đổi, bổ sung một số điều của 37 Luật có liên quan đến quy hoạch")],
    ),
    # what a committee is for may hold commas; a body behind a comma is another
    (
        "Kế hoạch số 194/KH-BCĐ ngày 01/11/2025 của Ban Chỉ đạo Phòng, chống ma túy, mại dâm và xây dựng nếp sống mới tỉnh về việc mở đợt cao điểm",
        [
            (
                "Kế hoạch",
                "194/KH-BCĐ",
                "2025-11-01",
                "Ban Chỉ đạo Phòng, chống ma túy, mại dâm và xây dựng nếp sống mới tỉnh",
                "mở đợt cao điểm",
            )
        ],
    ),
    (
        "Kế hoạch số 194/KH-BCĐ ngày 01/11/2025 của Ban Chỉ đạo Phòng, chống ma túy tỉnh, Sở Y tế có ý kiến về việc mở đợt cao điểm",
        [("Kế hoạch", "194/KH-BCĐ", "2025-11-01", "Ban Chỉ đạo Phòng, chống ma túy tỉnh", None)],
    ),
    # the issuer behind a title that ends with a bracket; an office, or an office and a kind of school before the letters
    (
        "Căn cứ Công văn số 4191/UBND-KT ngày 10/3/2025 về việc điều chỉnh giá nước (lần 2) của Chủ tịch Ủy ban nhân dân huyện Tân Lộc;",
        [
            (
                "Công văn",
                "4191/UBND-KT",
                "2025-03-10",
                "Chủ tịch Ủy ban nhân dân huyện Tân Lộc",
                "điều chỉnh giá nước (lần 2)",
            )
        ],
    ),
    (
        "Căn cứ Quyết định số 15/QĐ-THSL ngày 05/3/2025 về việc thành lập Hội đồng thi đua của Hiệu trưởng Trường Tiểu học Sơn Lộc;",
        [
            (
                "Quyết định",
                "15/QĐ-THSL",
                "2025-03-05",
                "Hiệu trưởng Trường Tiểu học Sơn Lộc",
                "thành lập Hội đồng thi đua",
            )
        ],
    ),
    # a title ends where others are told to act on the letter, and goes on where an object follows
    (
        "Đề nghị Công ty căn cứ Công văn số 24/SYT-VP ngày 03/3/2025 của Sở Y tế về việc điều chỉnh giá nước để thực hiện.",
        [("Công văn", "24/SYT-VP", "2025-03-03", "Sở Y tế", "điều chỉnh giá nước")],
    ),
    (
        "theo Quyết định số 24/QĐ-UBND ngày 03/3/2025 của Ủy ban nhân dân huyện về việc giao đất để thực hiện dự án chợ.",
        [("Quyết định", "24/QĐ-UBND", "2025-03-03", "Ủy ban nhân dân huyện", "giao đất để thực hiện dự án chợ")],
    ),
    (
        "Tiếp theo Công văn số 24/SYT-VP ngày 03/3/2025 của Sở Y tế về việc điều chỉnh giá nước, Ủy ban nhân dân huyện bổ sung danh sách.",
        [("Công văn", "24/SYT-VP", "2025-03-03", "Sở Y tế", "điều chỉnh giá nước")],
    ),
    # a term of honour and a bracket beside who wrote
    (
        "Thực hiện ý kiến của đồng chí Chủ tịch Ủy ban nhân dân huyện tại Thông báo số 15/TB-UBND về kết luận giao ban,",
        [("Thông báo", "15/TB-UBND", None, "Chủ tịch Ủy ban nhân dân huyện", "kết luận giao ban")],
    ),
    (
        "góp ý của Sở Nội vụ (Ban Thi đua) tại văn bản số 72/BTĐ-NV ngày 03/02/2026; Thông báo số 5/TB-SYT của Sở Y tế về chợ; và các góp ý của Sở Y tế tại văn bản số 82/SYT-VP;",
        [
            ("văn bản", "72/BTĐ-NV", "2026-02-03", "Sở Nội vụ", None),
            ("Thông báo", "5/TB-SYT", None, "Sở Y tế", "chợ"),
            ("văn bản", "82/SYT-VP", None, "Sở Y tế", None),
        ],
    ),
    # a meeting with its year, before the number and as the issuer
    (
        "Căn cứ Nghị quyết của Đại hội đồng cổ đông thường niên năm 2025 số 01/NQ-ĐHĐCĐ ngày 26/4/2025 của Công ty An Bình;",
        [("Nghị quyết", "01/NQ-ĐHĐCĐ", "2025-04-26", "Công ty An Bình", None)],
    ),
    (
        "Căn cứ Nghị quyết số 01/NQ-ĐHĐCĐ ngày 26/4/2025 của Đại hội đồng cổ đông thường niên năm 2025 Công ty An Bình;",
        [
            (
                "Nghị quyết",
                "01/NQ-ĐHĐCĐ",
                "2025-04-26",
                "Đại hội đồng cổ đông thường niên năm 2025 Công ty An Bình",
                None,
            )
        ],
    ),
    # one unit of a date set for another
    (
        "Căn cứ Nghị định số 82/2023/NĐ-CP ngày 28 ngày 11 năm 2023 của Chính phủ quy định mức phí;",
        [("Nghị định", "82/2023/NĐ-CP", "2023-11-28", "Chính phủ", "quy định mức phí")],
    ),
    (
        "Căn cứ Nghị định số 40/2025/NĐ-CP ngày 26 tháng 02 tháng 2025 của Chính phủ quy định mức phí;",
        [("Nghị định", "40/2025/NĐ-CP", "2025-02-26", "Chính phủ", "quy định mức phí")],
    ),
    # a law whose name ends in the word that opens numbers; `và` opens no name of a law
    ("Luật Chuyển đổi số 148/2025/QH15;", [("Luật", "148/2025/QH15", None, None, "Chuyển đổi số")]),
    (
        "theo khoản 2 Điều 47 của Luật và Điều 24 của Nghị định số 95/2023/NĐ-CP,",
        [("Nghị định", "95/2023/NĐ-CP", None, None, None)],
    ),
    # what a body is called today
    (
        "Quyết định số 176-HĐBT ngày 09/10/1989 của Hội đồng Bộ trưởng nay là Chính phủ về sắp xếp lại lao động;",
        [("Quyết định", "176-HĐBT", "1989-10-09", "Hội đồng Bộ trưởng", "sắp xếp lại lao động")],
    ),
    # a title ends before the words that replace others, and before who is to act
    (
        "Thay cụm từ “loại 1” tại Điều 3 Nghị định số 60/2021/NĐ-CP của Chính phủ quy định cơ chế tự chủ thành “nhóm 1”.",
        [("Nghị định", "60/2021/NĐ-CP", None, "Chính phủ", "quy định cơ chế tự chủ")],
    ),
    (
        "thực hiện theo Công văn số 15/SYT-NV của Sở Y tế về tiêm chủng; gửi báo cáo trước ngày 10/6/2025.",
        [("Công văn", "15/SYT-NV", None, "Sở Y tế", "tiêm chủng")],
    ),
    # who wrote, before brackets in a list, and at the head of an item
    (
        "ý kiến của các cơ quan, gồm: Sở Y tế (Công văn số 15/SYT-VP), Sở Xây dựng (Công văn số 16/SXD-QL); Công an tỉnh (Công văn số 17/CAT-PV).",
        [
            ("Công văn", "15/SYT-VP", None, "Sở Y tế", None),
            ("Công văn", "16/SXD-QL", None, "Sở Xây dựng", None),
            ("Công văn", "17/CAT-PV", None, "Công an tỉnh", None),
        ],
    ),
    (
        "Công ty cổ phần An Bình tại Công văn số 15/AB ngày 05/3/2026;",
        [("Công văn", "15/AB", "2026-03-05", "Công ty cổ phần An Bình", None)],
    ),
    (
        "Trường Đại học Hải Minh (Công văn số 17/ĐHHM-TC);",
        [("Công văn", "17/ĐHHM-TC", None, "Trường Đại học Hải Minh", None)],
    ),
    ("Báo cáo tình hình tại Công văn số 17/ĐHHM-TC;", [("Công văn", "17/ĐHHM-TC", None, None, None)]),
    # whose rules an act issues is said in its title; so is whose instrument it amends
    (
        "Quyết định số 15/QĐ-ĐHHM ngày 05/3/2025 về việc ban hành Quy chế chi tiêu nội bộ của Trường Đại học Hải Minh;",
        [
            (
                "Quyết định",
                "15/QĐ-ĐHHM",
                "2025-03-05",
                None,
                "ban hành Quy chế chi tiêu nội bộ của Trường Đại học Hải Minh",
            )
        ],
    ),
    (
        "Quyết định số 15/QĐ-ĐHHM ngày 05/3/2025 về việc ban hành Quy chế chi tiêu của Hiệu trưởng Trường Đại học Hải Minh;",
        [
            (
                "Quyết định",
                "15/QĐ-ĐHHM",
                "2025-03-05",
                "Hiệu trưởng Trường Đại học Hải Minh",
                "ban hành Quy chế chi tiêu",
            )
        ],
    ),
    (
        "Nghị định số 3/2025/NĐ-CP sửa đổi Nghị định số 1/2022/NĐ-CP ngày 30 tháng 11 năm 2022 của Chính phủ;",
        [
            (
                "Nghị định",
                "3/2025/NĐ-CP",
                None,
                None,
                "sửa đổi Nghị định số 1/2022/NĐ-CP ngày 30 tháng 11 năm 2022 của Chính phủ",
            ),
            ("Nghị định", "1/2022/NĐ-CP", "2022-11-30", "Chính phủ", None),
        ],
    ),
    # who writes without a name; where a report goes is no title; what kind a record is, neither; a contract is no instrument
    (
        "Theo tinh thần Công văn 15/SYT-NV ngày 05/3/2025 của Sở Y tế về việc nghỉ Tết, nhà trường thông báo:",
        [("Công văn", "15/SYT-NV", "2025-03-05", "Sở Y tế", "nghỉ Tết")],
    ),
    (
        "Công văn số 15/SYT-NV của Sở Y tế về tuyển dụng viên chức, đơn vị sự nghiệp công lập;",
        [("Công văn", "15/SYT-NV", None, "Sở Y tế", "tuyển dụng viên chức, đơn vị sự nghiệp công lập")],
    ),
    (
        "báo cáo kết quả thực hiện Chỉ thị số 15/CT-TTg của Thủ tướng Chính phủ về Sở Nội vụ trước ngày 10/6/2025.",
        [("Chỉ thị", "15/CT-TTg", None, "Thủ tướng Chính phủ", None)],
    ),
    (
        "báo cáo kết quả thực hiện Chỉ thị số 15/CT-TTg của Thủ tướng Chính phủ về kỷ luật gửi về Sở Nội vụ trước ngày 10/6/2025.",
        [("Chỉ thị", "15/CT-TTg", None, "Thủ tướng Chính phủ", "kỷ luật")],
    ),
    (
        "Biên bản họp số 13/BB-PNV ngày 04/3/2025; Hợp đồng kinh tế số 16/HĐKT-AB ngày 06/3/2025;",
        [("Biên bản", "13/BB-PNV", "2025-03-04", None, None)],
    ),
    (
        "Sở Tài chính có Công văn số 16/STC-NS ngày 06/3/2025 lấy ý kiến các sở, ngành.",
        [("Công văn", "16/STC-NS", "2025-03-06", "Sở Tài chính", "lấy ý kiến các sở, ngành")],
    ),
    (
        "Công văn số 15/SYT-NV ngày 05/3/2025 về việc bồi dưỡng giáo viên, cán bộ quản lý của Sở Y tế;",
        [("Công văn", "15/SYT-NV", "2025-03-05", "Sở Y tế", "bồi dưỡng giáo viên, cán bộ quản lý")],
    ),
    # a blank number
    (
        "tại văn bản số ...../STC-QLNS ngày ... tháng 12 năm 2025 về việc hỗ trợ kinh phí.",
        [("văn bản", "/STC-QLNS", "2025-12", None, "hỗ trợ kinh phí")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:48] for text, _ in CASES])
def test_parts(text: str, expected: list[tuple[str | None, ...]]) -> None:
    """A citation is read with each of its parts, as printed."""
    assert shape(text) == expected


NEGATIVE = [
    "Số điện thoại: 024.3825/7788, số 60 Trần Phú, tài khoản số 3713/KB",
    "Văn bản số hóa, Thông báo số hiệu tài khoản 123",
    "Số: 15/QĐ-HĐND (Quyết định của Thường trực Hội đồng nhân dân)",
    "Đại học Luật Hà Nội, Công ty Luật TNHH Minh Anh, Hội Luật gia, Đoàn Luật sư tỉnh",
    "theo quy định của pháp luật về đất đai, kỷ luật lao động, quy luật giá trị",
    "điểm b khoản 1 Điều 3 Nghị định này và Điều 5 của Thông tư này",
    "thực hiện quyết định 02 nội dung, kế hoạch 5 năm, chương trình 6 tháng",
    "Số EOF: 604430/VBĐT",
]


@pytest.mark.parametrize("text", NEGATIVE, ids=[text[:40] for text in NEGATIVE])
def test_no_reference(text: str) -> None:
    """What looks like a citation and is none."""
    assert shape(text) == []


def test_pinpoint_is_with_its_instrument() -> None:
    """The pinpoint before an instrument belongs to it."""
    source, (first, second) = mentions("khoản 2 Điều 5 của Luật Giá 2023, điểm a Điều 7 Nghị định số 1/2020/NĐ-CP")
    assert first.pinpoint is not None
    assert second.pinpoint is not None
    assert source.of(first.pinpoint) == "khoản 2 Điều 5"
    assert source.of(second.pinpoint) == "điểm a Điều 7"


def test_nested_mention_is_marked() -> None:
    """An instrument in another's title is nested; one that the list goes on with is not."""
    _, found = mentions(
        "Nghị định số 2/2020/NĐ-CP ngày 05/5/2020 của Chính phủ sửa đổi Nghị định số 1/2010/NĐ-CP ngày 01/01/2010; "
        "Nghị định số 3/2020/NĐ-CP ngày 06/6/2020 của Chính phủ;",
        Place.PREAMBLE,
    )
    assert [m.is_nested for m in found] == [False, True, False]


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["Nghị định", "Luật", " số ", "12/2020/NĐ-CP", " ngày ", "01/02/2020", " của ", "Chính phủ", ",", ";",
             "(", ")", "“", "”", " về ", "sửa đổi", "khoản 2", "Điều 5", " và ", "§", "\u0301", "/", "-", ":", "."]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_whatever_the_text_spans_stay_inside(pieces: list[str]) -> None:
    """Odd text never raises, and every slice lies in its paragraph."""
    source = document("x" + "".join(pieces))
    end = len(source.text) - 1
    for mention in MentionReader(source, find_hints(source)).read(Segment(0, end, Place.BODY, 0)):
        sighting, (date, issuer, title) = (
            mention.sighting,
            (mention.parts.date, mention.parts.issuer, mention.parts.title),
        )
        number = sighting.number
        printed = (number.span if number else None, date.span if date else None, issuer.span if issuer else None)
        for span in (sighting.type, *printed, title):
            assert span is None or 0 <= span.start < span.end <= end


def test_laws_that_amend_laws_without_end() -> None:
    """A chain of amending laws of any length is read to a fixed depth."""
    _, found = mentions("Luật sửa đổi, bổ sung một số điều của " * 3000)
    assert found == []
