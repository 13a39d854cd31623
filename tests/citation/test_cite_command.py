"""`vnadmin cite`: the forms in which it prints, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from vnadmin.commands.cli import app
from vnadmin.samples import samples

RUN = CliRunner()
LETTER = """ỦY BAN NHÂN DÂN
TỈNH HẢI MINH
Số: 412/UBND-KT
V/v quản lý chợ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Minh, ngày 05 tháng 3 năm 2024
Kính gửi: Sở Công Thương
Theo khoản 2 Điều 5 Nghị định số 60/2024/NĐ-CP ngày 05 tháng 6 năm 2024 và Quyết định số 15/QĐ-UBND, đề nghị Sở rà soát.
Nơi nhận:
- Như trên;
- Lưu: VT, KT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Thảo
"""


@pytest.fixture
def letter(tmp_path: Path) -> str:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, "utf-8")
    return str(path)


def test_json_tells_each_place_and_each_instrument(letter: str) -> None:
    """The identifier of the document, of its instruments, and the provisions of each citation."""
    told = json.loads(RUN.invoke(app, ["cite", letter, "-f", "json"]).stdout)
    assert told["uri"] == "/vn/cong-van/uy-ban-nhan-dan-tinh-hai-minh/2024/412-ubnd-kt"
    first = told["citations"][0]
    assert first["provisions"] == [{"article": "5", "clause": "2"}]
    assert first["targets"] == ["/vn/nghi-dinh/2024/60-nd-cp#art_5__para_2"]
    assert told["instruments"][1]["missing"] == ["year", "issuer"]


def test_a_table_says_what_a_citation_leaves_out(letter: str) -> None:
    """A decision of a committee without date and issuer has no identifier."""
    shown = " ".join(RUN.invoke(app, ["cite", letter, "-f", "table"]).stdout.split())
    assert "thiếu · missing: năm" in shown
    assert "2 citations, 2 instruments, 1 with an identifier" in shown


def test_text_is_marked_with_the_markup_that_is_given(letter: str) -> None:
    """`--before` and `--after` take the target and the kind."""
    result = RUN.invoke(app, ["cite", letter, "-f", "text", "--before", "{kind}:", "--after", "<{target}>"])
    assert "full:khoản 2 Điều 5 Nghị định số 60/2024/NĐ-CP ngày 05 tháng 6 năm 2024<" in result.stdout


def test_html_links_to_the_portal(letter: str) -> None:
    """A page with a link for each citation that has an identifier."""
    result = RUN.invoke(app, ["cite", letter, "-f", "html", "--base", "https://p.example"])
    assert '<a href="https://p.example/vn/nghi-dinh/2024/60-nd-cp#art_5__para_2"' in result.stdout


def test_a_file_that_is_not_there_ends_with_its_code(tmp_path: Path) -> None:
    """The error's own exit status."""
    assert RUN.invoke(app, ["cite", str(tmp_path / "none.txt")]).exit_code == 3


def test_stdin_is_read(letter: str) -> None:
    """`-` is standard input."""
    assert json.loads(RUN.invoke(app, ["cite", "-"], input=LETTER.encode()).stdout)["citations"]


ATTACHED = """ỦY BAN NHÂN DÂN
TỈNH HẢI MINH
Số: 15/2024/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Minh, ngày 05 tháng 3 năm 2024
QUYẾT ĐỊNH
Ban hành Quy chế quản lý chợ
ỦY BAN NHÂN DÂN TỈNH HẢI MINH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý chợ.
Điều 2. Quyết định này có hiệu lực từ ngày ký; Điều 1 áp dụng từ ngày 01 tháng 7.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Thảo
QUY CHẾ
Quản lý chợ
(Ban hành kèm theo Quyết định số 15/2024/QĐ-UBND ngày 05 tháng 3 năm 2024 của Ủy ban nhân dân tỉnh Hải Minh)
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc quản lý chợ.
Điều 2. Đối tượng
1. Người nêu tại Điều 1 Quy chế này và khoản 2 Điều này.
2. Người khác theo Điều 1.
"""


def test_articles_of_an_attached_regulation_are_told_from_those_of_the_decision(tmp_path: Path) -> None:
    """`Điều 1` of the Quy chế is not `Điều 1` of the Quyết định; its own number in the annex is the decision itself."""
    path = tmp_path / "decision.txt"
    path.write_text(ATTACHED, "utf-8")
    told = json.loads(RUN.invoke(app, ["cite", str(path), "-f", "json"]).stdout)
    own = told["uri"]
    assert own == "/vn/quyet-dinh/uy-ban-nhan-dan-tinh-hai-minh/2024/15-qd-ubnd"
    found = [(c["text"], c["targets"]) for c in told["citations"] if c["itself"]]
    assert found == [
        ("Quyết định này", [own]),
        ("Quyết định này", [own]),
        ("Điều 1", [f"{own}#art_1"]),
        ("Quyết định số 15/2024/QĐ-UBND ngày 05 tháng 3 năm 2024", [own]),
        ("Quy chế này", [f"{own}#att_1"]),
        ("Điều 1 Quy chế này", [f"{own}#att_1__art_1"]),
        ("khoản 2 Điều này", [f"{own}#att_1__art_2__para_2"]),
        ("Điều 1", [f"{own}#att_1__art_1"]),
    ]


def test_a_link_stands_in_one_paragraph_though_its_citation_runs_over_two_lines(tmp_path: Path) -> None:
    """The line end inside becomes a blank; the page has no tag that closes in another paragraph."""
    path = tmp_path / "thong-bao.pdf"
    path.write_bytes(next(one for one in samples() if one.name == path.name).read_bytes())
    page = RUN.invoke(app, ["cite", str(path), "-f", "html"]).stdout
    assert ">Kế hoạch số 305/KH-UBND ngày 12/01/2024</a>" in page
    assert all(line.count("<a ") == line.count("</a>") for line in page.splitlines())


def test_brackets_in_a_citation_are_words_and_no_markup(tmp_path: Path) -> None:
    """A table prints `[/b]` as it stands."""
    path = tmp_path / "brackets.txt"
    path.write_text("Theo Luật Bến [/b] bãi năm 2019, Sở rà soát. Theo Nghị định số 60/2024/NĐ-CP.", "utf-8")
    result = RUN.invoke(app, ["cite", str(path), "-f", "table"])
    assert result.exit_code == 0 and "60/2024/NĐ-CP" in result.stdout
