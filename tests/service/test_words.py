"""The words that a review asked for stand on pages, in the command line and in README; the earlier ones are gone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = (
    "service/vnadmin_service",
    "src/vnadmin/data",
    "src/vnadmin/commands",
    "README.md",
    "docs/index.md",
    "docs/tutorial.md",
)
NAMES_OF_BODIES = {"agencies.tsv", "body_words.tsv"}  # a committee for social problems is called so
ENDINGS = {".toml", ".html", ".js", ".tsv", ".py", ".md"}
# What stands there now; what stood there before, None where those words mean something else in other places.
TABLE = (
    ("Phù hợp nhất", "đúng nhất"),
    ("Cần kiểm tra trong văn bản này", "Chỗ cần xem"),
    ("Hàng đợi kiểm tra", "Cần xem"),
    ("Hình ảnh trang", None),
    ("Văn bản thuần", "Nội dung chữ"),
    ("Máy không đọc được giá trị", None),
    ("Văn bản không có trường này", "Không có chỗ này trong văn bản"),
    ("Đã xem, giữ nguyên", "Đã xem, để vậy"),
    ("vị trí viện dẫn", "chỗ viện dẫn"),
    ("khung đánh dấu vị trí", "khung ở chỗ đứng của nó"),
    ("Nội dung JSON", "Thân JSON"),
    ("nội dung thô", "thân thô"),
    ("đã dừng đột ngột", "đã chết"),
    ("mẫu kèm theo", None),
    ("đã xác nhận", None),
    ("Điểm cần lưu ý", "Vấn đề"),
    ("Không có điểm cần lưu ý", "Không có vấn đề"),
    ("khá chắc", "có lẽ"),
    ("đã sửa tay", "người xem"),
    ("Lấy giá trị máy đọc", "Nhận giá trị máy đọc"),
    ("Khôi phục giá trị máy đọc", "Về giá trị máy đọc"),
    ("Giữ giá trị đã sửa", "Giữ giá trị của người"),
    ("Người dùng máy này", "local đặt"),
    ("Nhiệm vụ", "Việc có hạn"),
    ("Không có nhiệm vụ nào còn hạn", "Không có việc nào"),
    ("Không thực hiện được yêu cầu", "Không làm được"),
    ("hủy chỉnh sửa", "thôi sửa"),
    ("kèm vị trí trích", "kèm chứng cứ"),
    ("kiểu nén (Content-Encoding) không được hỗ trợ", "kiểu mã hóa không hỗ trợ"),
    ("Gõ nhiều từ: tìm văn bản có đủ các từ", "Viết liền nhau là đủ mọi từ"),
)


def texts() -> dict[str, str]:
    """What people may read, by file; comments of the code are no such text."""
    found = {}
    for place in PLACES:
        path = ROOT / place
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.suffix in ENDINGS and file.name not in NAMES_OF_BODIES:
                found[str(file.relative_to(ROOT))] = file.read_text("utf-8")
    return found


@pytest.mark.parametrize(("now", "before"), TABLE, ids=[now for now, _ in TABLE])
def test_a_line_of_the_table(now: str, before: str | None) -> None:
    """In capitals or not."""
    written = texts()
    assert any(now.casefold() in text.casefold() for text in written.values()), now
    if before is not None:
        old = re.compile(rf"\b{re.escape(before)}\b(?! lại)", re.IGNORECASE)
        assert not [name for name, text in written.items() if old.search(text)]


def test_one_name_for_one_thing() -> None:
    """What people are to do has one name on pages, in tables and in the command line; who corrects without a key is named in one place."""
    written = {name: text for name, text in texts().items() if "columns.tsv" not in name or "export" in name}
    for before in ("Nội dung chỉ đạo", "việc được giao", "Nội dung nhiệm vụ"):
        assert not [name for name, text in written.items() if before.casefold() in text.casefold()]
    assert [name for name, text in written.items() if "Người dùng máy này" in text] == [
        "src/vnadmin/data/export_words.tsv"
    ]


def test_readme_and_site_open_with_pictures_that_a_script_makes() -> None:
    """Explain, review, archive; the script names each."""
    script = next(path for path in (ROOT / "tools").glob("*.py") if "explain.png" in path.read_text("utf-8")).read_text(
        "utf-8"
    )
    for page in ("README.md", "docs/index.md", "docs/en.md"):
        opening = (ROOT / page).read_text("utf-8")[:4000]
        for name in ("explain", "review", "archive"):
            assert f"assets/{name}.png" in opening, page
            assert (ROOT / f"docs/assets/{name}.png").stat().st_size > 20_000
            assert name in script
