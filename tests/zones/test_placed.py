"""Which rule placed each line, as `vnadmin explain` shows it."""

from __future__ import annotations

from vnadmin.config import DEFAULT
from vnadmin.source import read_source
from vnadmin.zones import find_zones
from vnadmin.zones.placed import placed_lines

PAGE = """<p>SỞ XÂY DỰNG</p><p>Số: 12/SXD-VP</p><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p>
<p>Hải Minh, ngày 2 tháng 3 năm 2020</p><p>Kính gửi: Các phòng.</p><p>Đề nghị các phòng thực hiện như sau.</p>
<table><tr><td>Phòng</td><td>Số người</td></tr><tr><td>Phòng Kế hoạch</td><td>4</td></tr></table>
<p>Trân trọng./.</p><p>Nơi nhận:</p><p>- Như trên;</p><p>- Ban Giám đốc</p><p>và Công đoàn;</p><p>- Lưu: VT.</p>
<p>KT. GIÁM ĐỐC</p><p>PHÓ GIÁM ĐỐC</p><p>(Đã ký)</p><p>Lê Văn Hòa</p>"""


def test_every_line_has_the_rule_that_placed_it() -> None:
    """Paragraphs and cells of the body; label, items and signature of the end."""
    zones = find_zones(read_source(PAGE.encode(), DEFAULT))
    rules = {zones.document.text[line.start : line.end]: line.rule for line in placed_lines(zones)}
    assert rules["Đề nghị các phòng thực hiện như sau."] == "body.paragraph"
    assert rules["Phòng Kế hoạch"] == "body.table"
    end = ["label", "item", "item", "rest-of-an-item", "item", "authority-or-post", "authority-or-post"]
    assert list(rules.values())[-9:] == [f"conclusions.{name}" for name in (*end, "mark-or-rank", "name")]
