"""`cut_end`: the pieces of a line of the end, what each is, and where it stands."""

from __future__ import annotations

import pytest

from vnadmin.genre.closing_line import Role
from vnadmin.genre.flattened.end import LONGEST, cut_end

_LABEL, _ITEM, _FILING, _AUTHORITY, _POST, _MARK, _NAME = (
    Role.LABEL,
    Role.ITEM,
    Role.FILING,
    Role.AUTHORITY,
    Role.POST,
    Role.MARK,
    Role.NAME,
)


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("Nơi nhận: - Như trên; - Lưu: VT. KT. GIÁM ĐỐC", [_LABEL, _ITEM, _FILING, _AUTHORITY]),
        ("KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC (Đã ký) Trần Văn Bảo", [_AUTHORITY, _POST, _MARK, _NAME]),
        ("  - Như trên;      PHÓ CHỦ TỊCH - Sở Nội vụ;", [_ITEM, _POST, _ITEM]),
        ("- - Lưu: VT.HIỆU TRƯỞNG", [_FILING, _POST]),
        ("- UBND, HĐND TỈNH SƠN HẠ;", [_ITEM]),
    ],
)
def test_pieces_have_kinds_and_places(line: str, kinds: list[Role]) -> None:
    """Each piece stands in the line where it says, and a blank that was lost moves none of those behind it."""
    pieces = cut_end(line)
    assert [piece.kind for piece in pieces] == kinds
    assert [line[piece.start : piece.end] for piece in pieces] == [piece.text for piece in pieces]


def test_blank_line_has_no_piece() -> None:
    """A line of blanks alone has none."""
    assert cut_end("   ") == ()


@pytest.mark.parametrize("length", [LONGEST, 40 * LONGEST])
def test_a_chain_of_posts_behind_dashes_is_cut_at_once(length: int) -> None:
    """Each dash doubled the time, and a long chain ran out of Python's stack: its document was lost."""
    line = ("Nơi nhận: PHÓ CHỦ TỊCH" + " - PHÓ CHỦ TỊCH" * length)[:length]
    assert (len(cut_end(line)) == 1) is (length > LONGEST)
