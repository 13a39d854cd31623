"""One invented letter as users' tools hand it over: whatever became of its lines and tables, it says the same."""

from __future__ import annotations

import textwrap

import pytest

import vnadmin

LEFT = ["UBND HUYỆN HẠ SƠN", "PHÒNG NỘI VỤ", "Số: 128/NV-TH", "V/v rà soát hồ sơ cán bộ năm 2023"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Hạ Sơn, ngày 17 tháng 5 năm 2023"]
ADDRESS = "Kính gửi: Ủy ban nhân dân các xã, thị trấn."
BODY = [
    (
        "Thực hiện Kế hoạch số 45/KH-UBND ngày 10 tháng 4 năm 2023 của Ủy ban nhân dân huyện về việc rà soát hồ sơ cán bộ, "
        "Phòng Nội vụ đề nghị Ủy ban nhân dân các xã, thị trấn thực hiện một số nội dung sau:"
    ),
    (
        "1. Rà soát toàn bộ hồ sơ của cán bộ, công chức thuộc thẩm quyền quản lý, lập danh sách hồ sơ còn thiếu và bổ sung "
        "theo đúng quy định hiện hành của pháp luật về cán bộ, công chức."
    ),
    "2. Gửi báo cáo kết quả về Phòng Nội vụ để tổng hợp, báo cáo Ủy ban nhân dân huyện xem xét, quyết định theo thẩm quyền.",
    "Đề nghị Ủy ban nhân dân các xã, thị trấn quan tâm thực hiện./.",
]
RECIPIENTS = ["Nơi nhận:", "- Như trên;", "- UBND huyện (để báo cáo);", "- Lưu: VT, TH."]
SIGNED = ["KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Đặng Thị Thu Hương"]

EXPECTED = {
    "number": "128/NV-TH",
    "issued_on": "2023-05-17",
    "place": "Hạ Sơn",
    "subject": "rà soát hồ sơ cán bộ năm 2023",
    "parent_agency": "UBND HUYỆN HẠ SƠN",
    "issuing_agency": "PHÒNG NỘI VỤ",
    "addressees": ["Ủy ban nhân dân các xã, thị trấn"],
    "recipients": ["Như trên", "UBND huyện", "Lưu: VT, TH"],
    "signatories": [("Đặng Thị Thu Hương", "PHÓ TRƯỞNG PHÒNG", ["KT. TRƯỞNG PHÒNG"])],
    "directives": ["1", "2"],
    "references": ["45/KH-UBND"],
}


def read(text: str) -> dict[str, object]:
    """The values of a text that EXPECTED has."""
    document = vnadmin.parse(text.encode())
    return {
        "number": document.number and document.number.text,
        "issued_on": document.issued_on,
        "place": document.place,
        "subject": document.subject,
        "parent_agency": document.parent_agency,
        "issuing_agency": document.issuing_agency,
        "addressees": list(document.addressees),
        "recipients": [recipient.name for recipient in document.recipients],
        "signatories": [(s.name, s.position, list(s.authority)) for s in document.signatories],
        "directives": [directive.marker for directive in document.directives],
        "references": [reference.number for reference in document.legal_references],
    }


def paragraphs(*lines: str) -> str:
    return "\n\n".join(lines)


def lines(*pieces: str) -> str:
    return "\n".join(pieces)


def side_by_side(left: list[str], right: list[str], width: int = 44) -> str:
    """Two columns as a typist sets them, with blanks between."""
    height = max(len(left), len(right))
    rows = zip(left + [""] * (height - len(left)), right + [""] * (height - len(right)), strict=True)
    return "\n".join(f"{a:<{width}}{b}".rstrip() for a, b in rows)


def wrapped(text: str, width: int = 72) -> str:
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")
    )


def bars(*rows: list[str]) -> str:
    """Cells one after the other, each between bars on lines of their own."""
    return "\n".join("|\n" + "\n|\n".join(row) + "\n|" for row in rows)


def grid(left: list[str], right: list[str]) -> str:
    """A table as pandoc draws it; its cells are wrapped to fit."""
    widths = (30, 36)
    cells = [
        [piece for line in side for piece in textwrap.wrap(line, width, break_on_hyphens=False)]
        for side, width in zip((left, right), widths, strict=True)
    ]
    height = max(map(len, cells))
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    rows = [
        "|"
        + "|".join(
            f" {(side[at] if at < len(side) else ''):<{width}} " for side, width in zip(cells, widths, strict=True)
        )
        + "|"
        for at in range(height)
    ]
    return "\n".join([rule, *rows, rule])


def dashes(left: list[str], right: list[str]) -> str:
    """The same without bars: two columns between rows of dashes."""
    rule = "  " + "-" * 34 + " " + "-" * 38
    height = max(len(left), len(right))
    rows = zip(left + [""] * (height - len(left)), right + [""] * (height - len(right)), strict=True)
    return "\n".join([rule, *(f"  {a:<34} {b:<38}".rstrip() for a, b in rows), "", rule])


def html_table(left: list[str], right: list[str]) -> str:
    cells = "".join("<td><p>" + "<br />\n".join(side) + "</p></td>\n" for side in (left, right))
    return f'<table>\n<colgroup>\n<col style="width: 40%" />\n</colgroup>\n<tbody>\n<tr class="odd">\n{cells}</tr>\n</tbody>\n</table>'


def spaced(text: str) -> str:
    return text.replace("\n", "\n\n\n")


SHAPES = {
    "lines": lines(*LEFT, *RIGHT, ADDRESS, *BODY, *RECIPIENTS, *SIGNED),
    "columns": lines(side_by_side(LEFT, RIGHT), ADDRESS, *BODY, side_by_side(RECIPIENTS, SIGNED)),
    "wrapped": lines(*LEFT, *RIGHT, ADDRESS, wrapped(lines(*BODY)), *RECIPIENTS, *SIGNED),
    "two blank lines under each": spaced(lines(*LEFT, *RIGHT, ADDRESS, *BODY, *RECIPIENTS, *SIGNED)),
    "wrapped, a blank line under each": wrapped(lines(*LEFT, *RIGHT, ADDRESS, *BODY, *RECIPIENTS, *SIGNED)).replace("\n", "\n\n"),
    "header in one line": lines(" ".join(LEFT[:3]) + " ------- " + LEFT[3] + "\t" + " ".join(RIGHT), "", ADDRESS, *BODY, *RECIPIENTS, *SIGNED),
    "all of a cell in one line": paragraphs(
        f"**{LEFT[0]} {LEFT[1]} -------** {LEFT[2]} {LEFT[3]} **{RIGHT[0]} {RIGHT[1]} -----------** *{RIGHT[2]}*",
        ADDRESS,
        *BODY,
        "***Nơi nhận:*** " + " ".join(RECIPIENTS[1:]) + f" **{SIGNED[0]}** **{SIGNED[1]}** **{SIGNED[2]}**",
    ),
    "bars on lines of their own": lines(
        bars([lines(*LEFT[:2], "-------"), lines(*RIGHT[:2], "----------")], [lines(*LEFT[2:]), RIGHT[2]]),
        ADDRESS,
        *BODY,
        bars([lines(*RECIPIENTS), lines(*SIGNED)]),
    ),
    "bars, and phrases cut": lines(
        bars(
            ["**UBND HUYỆN\nHẠ SƠN**\n**PHÒNG\nNỘI VỤ**\n-------", "**CỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM**\nĐộc lập - Tự do - Hạnh phúc"],
            ["Số:\n128/NV-TH\n*V/v rà soát hồ sơ\ncán bộ năm 2023*", "*Hạ Sơn, ngày 17\ntháng 5 năm 2023*"],
        ).removeprefix("|\n"),
        "**Kính\ngửi:** Ủy ban nhân dân các xã, thị trấn.",
        *BODY,
        bars(["*Nơi nhận:*\n- Như trên;\n- UBND huyện (để báo cáo);\n- Lưu: VT, TH.", "**KT. TRƯỞNG PHÒNG\n**PHÓ TRƯỞNG PHÒNG\n**Đặng Thị Thu\nHương**"]),
    ),
    "grid": paragraphs(grid(LEFT, RIGHT), ADDRESS, wrapped(paragraphs(*BODY)), grid(RECIPIENTS, SIGNED)),
    "rows of dashes": paragraphs(dashes(LEFT, RIGHT), ADDRESS, wrapped(paragraphs(*BODY)), dashes(RECIPIENTS, SIGNED)),
    "HTML in Markdown": paragraphs(html_table(LEFT, RIGHT), ADDRESS, wrapped(paragraphs(*BODY)), html_table(RECIPIENTS, SIGNED)),
    "pipe table with breaks": paragraphs(
        f"|  |  |\n|---|---|\n| {'<br>'.join(LEFT)} | {'<br>'.join(RIGHT)} |",
        ADDRESS,
        *BODY,
        f"|  |  |\n|---|---|\n| {'<br>'.join(RECIPIENTS)} | {'<br>'.join(SIGNED)} |",
    ),
    "signature among the recipients": paragraphs(
        lines(*LEFT, *RIGHT), ADDRESS, *BODY, "**_Nơi nhận:_**", RECIPIENTS[1], f"**{SIGNED[0]} {SIGNED[1]}**", *RECIPIENTS[2:], f"**{SIGNED[2]}**"
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_letter_says_the_same_in_every_shape(shape: str) -> None:
    """Of the same words in another layout no value may change."""
    assert read(SHAPES[shape]) == EXPECTED
