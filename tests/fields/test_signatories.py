"""Signers where no signature block names one: a digital signature's stamp, and what it is not used for."""

from __future__ import annotations

from vnadmin.fields.signatories import FoundSignatory, read_signatories
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Column, Furniture
from vnadmin.model import Grade
from vnadmin.zones import find_zones


def signers(lines: list[str], stamps: list[str]) -> list[FoundSignatory]:
    """The signers of a document with these lines, and these stamps beside them."""
    builder = DocumentBuilder("application/pdf")
    builder.page()
    for line in lines:
        builder.line(line)
    for stamp in stamps:
        builder.furniture(stamp, Furniture.SIGNATURE_STAMP)
    return list(read_signatories(find_zones(builder.build())))


def test_stamp_names_the_signer_where_nothing_else_does() -> None:
    """A person's name in the stamp is given, and never as certain."""
    found = signers(
        ["Số: 12/UBND", "Đề nghị các xã thực hiện./."], ["Người ký: Lê Văn Hòa", "Thời gian ký: 12.02.2025"]
    )
    assert [(s.name.value, s.name.grade) for s in found if s.name] == [("Lê Văn Hòa", Grade.GUESS)]


def test_stamp_of_an_agency_names_nobody() -> None:
    """Portals sign too."""
    stamp = "Người ký: CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ"
    assert signers(["Số: 12/UBND", "Đề nghị các xã thực hiện./."], [stamp]) == []


def test_block_goes_before_the_stamp() -> None:
    """Where a block names the signer, the stamp is not read."""
    found = signers(["Số: 12/UBND", "Thực hiện./.", "CHỦ TỊCH", "Phan Thị Ngọc"], ["Người ký: Lê Văn Hòa"])
    assert [s.name.value for s in found if s.name] == ["Phan Thị Ngọc"]


def beside_the_list(*right: str) -> list[FoundSignatory]:
    """The signers of a document whose end has a list in the left column, and this in the right one."""
    builder = DocumentBuilder("application/pdf")
    builder.page()
    for text in ("Số: 12/UBND", "Đề nghị các xã thực hiện./."):
        builder.line(text)
    for text in ("Nơi nhận:", "- Như trên;", "- Lưu: VT."):
        builder.line(text, column=Column.LEFT)
    for text in right:
        builder.line(text, column=Column.RIGHT)
    return list(read_signatories(find_zones(builder.build())))


def test_name_under_a_post_that_a_seal_destroyed() -> None:
    """It is given without the post, and likely at best."""
    (found,) = beside_the_list("M$CHÍNH PHỦ", "PÙNTƯỚNG", "“Lê Văn Hòa")
    assert found.name is not None and (found.name.value, found.name.grade) == ("Lê Văn Hòa", Grade.LIKELY)
    assert found.position is None and found.authority == ()


def test_members_beside_the_list_are_no_signers() -> None:
    """Two names are a list; words across the page are the beginning of another text."""
    assert beside_the_list("3 HIỂU TRỤ", "Lê Văn Hòa", "Phan Thị Ngọc") == []


def test_scrap_of_the_other_column_is_no_authority() -> None:
    """Words in small letters over the first post are of the list beside it."""
    (found,) = beside_the_list("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Hòa")
    (scrap,) = beside_the_list("ị cơ quan, đơn", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Hòa")
    assert [each.value for each in scrap.authority] == [each.value for each in found.authority] == ["KT. CHỦ TỊCH"]


def test_post_joined_to_a_recipient_in_capitals() -> None:
    """After a line that held a sign the next one's end is its post, though the recipient before it is in capitals, too."""
    builder = DocumentBuilder("application/pdf")
    builder.page()
    builder.line("Đề nghị các xã thực hiện./.")
    for text in ("Nơi nhận:", "- Như trên; KT. CHỦ TỊCH", "- CT,PCTUBND; PHÓ CHỦ TỊCH", "- Lưu: VT."):
        builder.line(text, column=Column.LEFT)
    builder.line("Lê Văn Hòa", column=Column.RIGHT)
    zones = find_zones(builder.build())
    (found,) = read_signatories(zones)
    assert found.position is not None and found.position.value == "PHÓ CHỦ TỊCH"
    assert [each.value for each in found.authority] == ["KT. CHỦ TỊCH"]


def test_two_names_on_one_line_are_a_guess() -> None:
    """`Lại Thị Sen Ngô Thị Cúc` stood in two columns, which were lost."""
    found = signers(["Số: 12/BB-TH", "Biên bản kết thúc lúc 16 giờ.", "CHỦ TỌA", "Lại Thị Sen Ngô Thị Cúc"], [])
    assert [s.name.grade for s in found if s.name] == [Grade.GUESS]


def test_a_name_under_two_posts_that_may_be_two_is_a_guess() -> None:
    """`THƯ KÝ CHỦ TỌA` over `Trần Văn An Lê Hưng`: five words may be one name, and two posts want two."""
    found = signers(["Số: 12/BB-TH", "Biên bản kết thúc lúc 16 giờ.", "THƯ KÝ", "CHỦ TỌA", "Trần Văn An Lê Hưng"], [])
    assert [s.name.grade for s in found if s.name] == [Grade.GUESS]
