"""Signers where no signature block names one: a digital signature's stamp, and what it is not used for."""

from __future__ import annotations

from vnadmin.fields.signatories import FoundSignatory, read_signatories
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Furniture
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
