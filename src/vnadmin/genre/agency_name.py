"""Names of agencies in capitals: where one ends and the next begins on a line that holds a parent and its office."""

from __future__ import annotations

from vnadmin.text.pattern import pattern

# What begins the name of an office under another: "BỘ Y TẾ | CỤC Y TẾ DỰ PHÒNG", "UBND TỈNH BÌNH THUẬN | SỞ TƯ PHÁP",
# "SỞ GDĐT TỈNH ĐỒNG THÁP | TRƯỜNG THPT ...", "BAN CƠ YẾU CHÍNH PHỦ | TRUNG TÂM CÔNG NGHỆ ...". No word of it may stand
# inside a name: "BAN" does in "ỦY BAN", "PHÒNG" in "BỘ QUỐC PHÒNG", "VỤ" in "BỘ NỘI VỤ".
_OFFICE = pattern(
    r"(?<=[^\W\d_] )(?:SỞ|(?:TỔNG |CHI )?CỤC|VĂN PHÒNG|TRUNG TÂM|BỆNH VIỆN|HỌC VIỆN|CHI NHÁNH|CÔNG TY|KHO BẠC"
    r"|THANH TRA|BAN (?:QUẢN LÝ|TUYÊN GIÁO|TỔ CHỨC|DÂN VẬN|CHỈ ĐẠO|DÂN TỘC)|PHÒNG (?:GIÁO DỤC|NỘI VỤ|TÀI CHÍNH|Y TẾ|TƯ PHÁP)"
    r"|TRƯỜNG (?:THPT|THCS|TH|PT|TIỂU|TRUNG|ĐẠI|CAO|MẦM|MẪU|CHÍNH|PHỔ|CÁN)"
    r"|ĐẢNG ỦY|CHI BỘ|BỘ CHỈ HUY|CÔNG AN (?:TỈNH|HUYỆN|THÀNH))\b"
)
_JOINED = pattern(
    r"(?:\b(?:VÀ|CỦA|THUỘC|HỌC|VỤ|[ỦU][ỶY]|TỈNH|TỔNG)|[-–&,])$"
)  # what stands before goes on: "VÀ TRUNG TÂM", "TỔNG CÔNG TY"
_PARENT = 2  # words of a parent's name at least


def cut_agencies(text: str) -> list[str]:
    """The names on a line in capitals: `BỘ Y TẾ CỤC Y TẾ DỰ PHÒNG` holds two; most hold one."""
    for office in _OFFICE.finditer(text):
        parent = text[: office.start()].rstrip()
        if parent.count(" ") + 1 >= _PARENT and not _JOINED.search(parent):
            return [parent, text[office.start() :]]
    return [text]
