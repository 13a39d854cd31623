"""A cheap question that stands before a recogniser never refuses what the recogniser takes."""

from __future__ import annotations

from pathlib import Path

import vnadmin
from vnadmin.genre.closing_line import may_hold_label
from vnadmin.genre.motto import Motto, may_hold_motto, printed_motto
from vnadmin.genre.signs import line_signs
from vnadmin.samples import samples

FIELDS = Path(__file__).parent.parent / "fields"
LINES = [
    *(line for item in samples() for line in vnadmin.parse(item.read_bytes()).text.splitlines()),
    *(line for path in sorted(FIELDS.glob("*.toml")) for line in path.read_text("utf-8").splitlines()),
    "Nơi nhân:", "Nơi nhạn:", "Noi nhan:", "NƠI NHẬN:", "NƠI Nhận:", "Nơi NHẬN:", "Nơi Nhận :", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc",
]  # fmt: skip


def test_every_label_passes_its_gate() -> None:
    taken = [line for line in LINES if line_signs(line).label_end >= 0]
    assert len(taken) > 50
    assert [line for line in taken if not may_hold_label(line)] == []


def test_every_motto_passes_its_gate() -> None:
    found = [(line, place.kind) for line in LINES if (place := printed_motto(line))]
    taken = [line for line, kind in found if kind is not Motto.LIBERTY]  # the last line has no gate
    assert len(taken) > 20
    assert [line for line in taken if not may_hold_motto(line)] == []
