"""The page of a catalogued document in a real browser: pictures, links, and corrections that are only added."""

from __future__ import annotations

import json
import re
import shutil
import socket
import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import create_engine

from tests.service.archive.holdings import Archive
from tests.service.browsing import Watched
from tests.service.serving import Served, start
from vnadmin.index.catalog.corrections import read_document
from vnadmin.process.office import find_office
from vnadmin_service.guard import new_key

HERE = "/archive/documents/"


def ask(archive: Archive, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Rows of the catalogue."""
    connection = sqlite3.connect(archive.catalog)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.commit()
        connection.close()


def sha256_of(archive: Archive, name: str) -> str:
    """The content of a file of the archive."""
    return str(ask(archive, "SELECT sha256 FROM files WHERE path = ?", str(archive.folder / name))[0][0])


def recipients_of(archive: Archive, sha256: str) -> list[str]:
    """The recipients of a document with what people corrected."""
    with create_engine(f"sqlite:///{archive.catalog}").connect() as connection:
        document = read_document(connection, sha256)
    assert document is not None
    return [one.name for one in document.recipients]


def visit(page: Page, archive: Archive, name: str) -> str:
    """Open the page of a file's document; its content."""
    sha256 = sha256_of(archive, name)
    page.goto(HERE + sha256)
    ready(page)
    return sha256


def ready(page: Page) -> None:
    """Wait for the page's script."""
    page.wait_for_selector("main[data-ready]")


def edit(page: Page, pointer: str, text: str) -> None:
    """Click a value or an empty place, type, save by Enter."""
    page.locator(f'#fields [data-edit="{pointer}"]').first.click()
    page.locator("#edit-value").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("form.editor")).to_have_count(0)


def shown(page: Page, pointer: str) -> str:
    """The value that stands in the fields."""
    return page.locator(f'#fields button.leaf[data-edit="{pointer}"] .value').inner_text()


def said(archive: Archive, sha256: str) -> list[tuple[object, ...]]:
    """The corrections on record, the oldest first."""
    sql = "SELECT pointer, action, value, parsed, person FROM corrections WHERE sha256 = ? ORDER BY id"
    return ask(archive, sql, sha256)


@pytest.fixture
def page(watch: Callable[[str], Watched], written: tuple[Served, Archive]) -> Page:
    """A page of the service that writes."""
    found: Page = watch(written[0].url).page()
    return found


def test_pictures_with_boxes(watched: Watched, made: Archive) -> None:
    """A PDF is shown as pictures from where it was catalogued; a value lights its box, and a box its value."""
    page = watched.page()
    visit(page, made, "thong-bao.pdf")
    page.wait_for_function(
        "() => document.querySelector('#page-1 img')?.naturalWidth > 800"
    )  # drawn by a worker that starts first
    page.locator('#fields [data-edit="/number/text"]').hover()
    box = page.locator("#page-1 rect.on").first
    expect(box).to_have_attribute("aria-label", re.compile("88/TB-VP"))
    page.mouse.move(5, 5)
    box = page.locator("""#page-1 rect[data-p*='"/place"']""")
    box.hover(force=True)
    expect(page.locator('#fields [data-edit="/place"]')).to_have_class(re.compile(r"\bon\b"))


def test_nobody_waits_for_pages_that_were_left(made: Archive, tmp_path: Path) -> None:
    """Who leafs through Word documents leaves prints behind that take seconds each; a picture asked for after them came as the last.

    The one that was at work is stopped too: its process is killed a second after its reader left.
    """
    service = start(tmp_path, catalog=made.catalog, workers=1, review_workers=1)
    place = urlsplit(service.url)
    try:
        with ExitStack() as open_ones, service.frozen():
            for name in ("to-trinh.docx", "chi-thi.doc"):
                asked = socket.create_connection((place.hostname, place.port))
                head = f"GET {HERE}{sha256_of(made, name)}/laid HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n"
                asked.sendall(head.encode())
                time.sleep(0.5)  # the first has its turn
                open_ones.callback(asked.close)
            asked.close()
        picture = f"{service.url}{HERE}{sha256_of(made, 'thong-bao.pdf')}/pages/1"
        assert httpx.get(picture, timeout=900).status_code == 200
        told = [json.loads(line) for line in service.lines.splitlines() if '"event": "request"' in line]
        assert sorted(entry["status"] for entry in told if entry["route"].endswith("/laid")) == [499, 499]
    finally:
        service.stop()


def test_a_citation_is_followed_both_ways(watched: Watched, made: Archive) -> None:
    """From a letter to the decision that it cites, and from there back; what is not in the archive says so."""
    page = watched.page()
    visit(page, made, "ven-song.txt")
    page.get_by_role("button", name="Liên quan").click()
    cites = page.locator("#cites > li")
    expect(cites).to_have_count(2)
    expect(cites.nth(1)).to_contain_text("75/2011/NĐ-CP – không có trong kho")
    cites.nth(0).get_by_role("link").click()
    ready(page)
    expect(page.locator("h1")).to_have_text("Quyết định 318/QĐ-UBND")
    page.get_by_role("button", name="Liên quan").click()
    page.locator("#cited-by").get_by_role("link", name="512/SNV-QH").click()
    ready(page)
    expect(page.locator("h1")).to_have_text("Công văn 512/SNV-QH")


def test_the_original_file(watched: Watched, made: Archive) -> None:
    """The file itself can be taken away, byte by byte, and never opens in the page."""
    page = watched.page()
    visit(page, made, "to-trinh.docx")
    page.locator("summary", has_text="Tải về").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tệp gốc").click()
    assert waiting.value.suggested_filename == "to-trinh.docx"
    assert Path(waiting.value.path()).read_bytes() == (made.folder / "to-trinh.docx").read_bytes()


def test_a_correction_is_added_and_can_be_taken_back(page: Page, written: tuple[Served, Archive]) -> None:
    """A typed value is in force at once, here and in the search; the parser's stays on record; both ways are kept."""
    archive = written[1]
    sha256 = visit(page, archive, "cong-van-02.txt")
    old = shown(page, "/subject")
    edit(page, "/subject", "phòng cháy chữa cháy rừng tràm")
    expect(page.locator("#said")).to_have_text("Đã sửa: Trích yếu")
    expect(page.locator("#fields .was").first).to_have_text(f"Máy đọc: {old}")
    assert said(archive, sha256) == [
        ("/subject", "set", json.dumps("phòng cháy chữa cháy rừng tràm"), json.dumps(old), "local"),
    ]
    page.goto("/archive?q=%22r%E1%BB%ABng+tr%C3%A0m%22")
    page.locator(".hit h2 a").click()
    ready(page)
    assert shown(page, "/subject") == "phòng cháy chữa cháy rừng tràm"
    page.locator('#fields [data-edit="/subject"]').click()
    page.get_by_role("button", name="Khôi phục giá trị máy đọc").click()
    expect(page.locator("#said")).to_contain_text("Đã khôi phục giá trị máy đọc")
    assert shown(page, "/subject") == old
    assert [row[1] for row in said(archive, sha256)] == ["set", "withdraw"]
    page.goto(f"{HERE}{sha256}?show=related")
    expect(page.locator("#history > li")).to_have_count(2)
    expect(page.locator("#history")).to_contain_text("Người dùng máy này sửa thành: phòng cháy chữa cháy rừng tràm")


def test_the_head_names_the_document_as_it_was_corrected(page: Page, written: tuple[Served, Archive]) -> None:
    """Seen: the number was set, and the page was headed `Công văn /UBND-NN` till it was loaded again."""
    visit(page, written[1], "cong-van.txt")
    expect(page.locator("h1")).to_have_text("Công văn /UBND-NN")
    edit(page, "/number/text", "452/UBND-NN")
    expect(page.locator("h1")).to_have_text("Công văn 452/UBND-NN")
    page.locator('#fields [data-edit="/number/text"]').first.click()
    page.get_by_role("button", name="Khôi phục giá trị máy đọc").click()
    expect(page.locator("h1")).to_have_text("Công văn /UBND-NN")


def test_a_value_saved_unchanged_is_confirmed(page: Page, written: tuple[Served, Archive]) -> None:
    """To save what stands there is to confirm it: it has a sign of its own, is counted apart, and the history says so.

    Seen: `đã sửa 1 giá trị` and `sửa thành: Bình Lạc`, where nothing was corrected.
    """
    sha256 = visit(page, written[1], "cong-van-04.txt")
    edit(page, "/place", shown(page, "/place"))
    expect(page.locator("#said")).to_have_text("Đã xác nhận: Địa danh")
    expect(page.locator('#fields [data-edit="/place"]')).to_have_class(re.compile("g-confirmed"))
    expect(page.locator("#fields .was")).to_have_count(0)
    expect(page.locator("#toolbar")).to_contain_text("đã xác nhận 1 giá trị")
    expect(page.locator("#toolbar")).not_to_contain_text("đã sửa")
    expect(page.locator("#history")).to_contain_text("xác nhận: Bình Lạc")
    edit(page, "/place", "Bình Lạc Hạ")
    expect(page.locator("#toolbar")).to_contain_text("đã sửa 1 giá trị")
    expect(page.locator("#toolbar")).not_to_contain_text("xác nhận")
    expect(page.locator('#fields [data-edit="/place"]')).to_have_class(re.compile("g-person"))
    assert said(written[1], sha256)[0][:2] == ("/place", "set")


def test_layers_of_marks(watched: Watched, made: Archive) -> None:
    """Seen: `Cần kiểm tra 96` beside `Không có điểm cần lưu ý`, for all but three were parts of citations."""
    page = watched.page()
    visit(page, made, "ven-song.txt")
    page.locator('[data-show="text"]').click()
    plain = "rgba(0, 0, 0, 0)"
    cited, placed = page.locator("#text .l-citations").first, page.locator("#text .mark.f-place").first
    expect(cited).to_have_css("background-color", plain)
    expect(placed).not_to_have_css("background-color", plain)
    count = page.locator("#doubt .count")
    numbers = [int(count.get_attribute(f"data-{layer}")) for layer in ("header", "tasks", "citations")]
    expect(count).to_have_text(str(sum(numbers[:2])))
    page.get_by_label("Viện dẫn", exact=True).check()
    expect(cited).not_to_have_css("background-color", plain)
    expect(count).to_have_text(str(sum(numbers)))
    page.get_by_label("Thể thức", exact=True).uncheck()
    expect(placed).to_have_css("background-color", plain)
    page.reload()  # the browser keeps it
    expect(page.locator("main[data-ready]")).to_be_attached()
    expect(page.get_by_label("Thể thức", exact=True)).not_to_be_checked()


def test_numbers_and_types_bring_their_parts(page: Page, written: tuple[Served, Archive]) -> None:
    """A corrected number brings sequence and notation, a type its code; the list of documents shows both."""
    archive = written[1]
    sha256 = visit(page, archive, "cong-van-06.txt")
    edit(page, "/number/text", "77/TB-SNV")
    assert (shown(page, "/number/sequence"), shown(page, "/number/notation")) == ("77", "TB-SNV")
    edit(page, "/document_type/name", "thông báo")
    assert shown(page, "/document_type/code") == "TB"
    row = ask(archive, "SELECT number, sequence, type_code FROM documents WHERE sha256 = ?", sha256)
    assert row == [("77/TB-SNV", "77", "TB")]


def test_items_of_lists(page: Page, written: tuple[Served, Archive]) -> None:
    """An item is added, changed and taken out; each time the list in force is what the page shows."""
    archive = written[1]
    sha256 = visit(page, archive, "cong-van-08.txt")
    before = recipients_of(archive, sha256)
    edit(page, "/recipients/-", "Sở Nội vụ")
    assert recipients_of(archive, sha256) == [*before, "Sở Nội vụ"]
    edit(page, f"/recipients/{len(before)}/name", "Sở Y tế")
    assert recipients_of(archive, sha256) == [*before, "Sở Y tế"]
    first = page.locator(".f-recipients .more").first
    first.locator("summary").click()
    first.get_by_role("button", name="Bỏ mục này").click()
    expect(page.locator("#said")).to_contain_text("Đã bỏ")
    assert recipients_of(archive, sha256) == [*before[1:], "Sở Y tế"]


def test_a_value_from_a_selection(page: Page, written: tuple[Served, Archive]) -> None:
    """Text that is selected in the document becomes the value of the field that is chosen."""
    sha256 = visit(page, written[1], "cong-van-10.txt")
    page.evaluate(
        """() => {
            const piece = [...document.querySelectorAll("#text-view [data-s]")].find(n => n.textContent.includes("LẠC"));
            getSelection().selectAllChildren(piece);
        }"""
    )
    page.locator("#pick").wait_for()
    page.locator("#pick-pointer").select_option("/subject")
    page.locator("#pick button").click()
    expect(page.locator("#said")).to_contain_text("Đã sửa")
    assert shown(page, "/subject") == "ỦY BAN NHÂN DÂN TỈNH BÌNH LẠC"
    assert said(written[1], sha256)[0][0] == "/subject"


def test_what_is_no_value_is_refused(watch: Callable[[str], Watched], written: tuple[Served, Archive]) -> None:
    """A date that is none is not written; the form stays with what is wrong."""
    watched = watch(written[0].url)
    watched.expected.append("status of 422")
    page: Page = watched.page()
    sha256 = visit(page, written[1], "cong-van-12.txt")
    page.locator('#fields [data-edit="/issued_on"]').click()
    page.locator("#edit-value").fill("31/2/2022")
    page.keyboard.press("Enter")
    expect(page.locator("#edit-error")).to_contain_text("Không phải ngày tháng")
    assert said(written[1], sha256) == []


def test_a_file_that_has_gone(watch: Callable[[str], Watched], written: tuple[Served, Archive]) -> None:
    """Where the file is no more its text is shown, with a word about it; another file in its place is not shown."""
    watched = watch(written[0].url)
    watched.expected.append("status of 404")
    page: Page = watched.page()
    archive = written[1]
    sha256 = sha256_of(archive, "thong-bao.pdf")
    ask(archive, "UPDATE files SET path = ? WHERE sha256 = ?", str(archive.folder / "gone.pdf"), sha256)
    page.goto(HERE + sha256)
    ready(page)
    expect(page.locator("#view")).to_contain_text("Tệp gốc không còn ở nơi đã ghi")
    expect(page.locator("#pages")).to_have_count(0)
    assert "88/TB-VP" in page.locator("#text-view").inner_text()
    other = str(archive.folder / "to-trinh.docx")
    ask(archive, "UPDATE files SET path = path || '.was' WHERE path = ?", other)
    ask(archive, "UPDATE files SET path = ? WHERE sha256 = ?", other, sha256)
    assert page.request.get(f"{HERE}{sha256}/pages/1").status == 404
    assert page.request.get(f"{HERE}{sha256}/file").status == 404


def test_the_key_says_who_corrected(
    serve: Callable[..., Served], watch: Callable[[str], Watched], made: Archive, tmp_path: Path
) -> None:
    """Where keys are on, a correction bears the name of the key; without one nothing of the archive is seen."""
    archive = Archive(made.folder, tmp_path / "catalog.db")
    shutil.copy(made.catalog, archive.catalog)
    key, entry = new_key("lan-luu-tru")
    watched = watch(serve(api_keys=entry, catalog=archive.catalog, workers=1, review_workers=1).url)
    watched.expected.append("status of 401")
    assert watched.page().request.get("/archive").status == 401
    page: Page = watched.page(http_credentials={"username": "", "password": key})
    sha256 = visit(page, archive, "cong-van-14.txt")
    edit(page, "/place", "Lạc Thủy")
    assert said(archive, sha256)[0][4] == "lan-luu-tru"


def test_nothing_of_a_document_is_logged(page: Page, written: tuple[Served, Archive]) -> None:
    """Neither what is searched for nor a document, its path or a correction stands in the log."""
    sha256 = visit(page, written[1], "cong-van-16.txt")
    edit(page, "/place", "Nơi Bí Mật")
    page.goto("/archive?q=Nơi+Bí+Mật")
    for word in ("Nơi Bí Mật", "N%C6%A1i", "cong-van-16", sha256):
        assert word not in written[0].lines


@pytest.mark.parametrize("width", [1440, 390])
def test_pages_of_documents_without_pages(watched: Watched, made: Archive, width: int) -> None:
    """A letter in text stands in its two columns, with marks; a Word document as LibreOffice prints it."""
    page = watched.page(width, 844)
    for name in ("cong-van-00.txt", "to-trinh.docx"):
        visit(page, made, name)
        expect(page.locator("#text")).to_be_visible()
        page.locator("[data-show=pages]").click()
        if name.endswith(".docx") and find_office():
            picture = page.locator("#pages img").first
            expect(picture).to_be_visible(timeout=30_000)
            picture.evaluate("image => image.decode()")
            assert picture.evaluate("image => image.naturalWidth") > 800
        else:
            expect(page.locator("#pages .laid .mark[data-p*='/issued_on']").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_told_beside_the_fields_follows_a_correction(
    written: tuple[Served, Archive], watch: Callable[[str], Watched]
) -> None:
    """The corrections on record and the count of what is to be checked, without the page being loaded again."""
    service, archive = written
    page = watch(service.url).page()
    visit(page, archive, "cong-van.txt")
    left = page.locator("#queue-left")
    before, history = int(left.inner_text()), page.locator("#history li")
    on_record = history.count()  # of other tests
    for place, text in (("/place", "Huế"), ("/subject", "về việc thử")):
        edit(page, place, text)
    edit(page, "/issued_on", "5/6/2024")
    page.get_by_role("button", name="Liên quan").click()
    expect(history).to_have_count(on_record + 3)
    expect(history.first).to_contain_text("05/6/2024")
    assert int(left.inner_text()) < before


def test_boxes_wait_for_the_picture_of_their_page(watched: Watched, made: Archive) -> None:
    """Seen: boxes on a white page for three seconds."""
    page = watched.page()
    held: list[Route] = []
    page.route("**/pages/1", lambda route: held.append(route))
    page.goto(HERE + sha256_of(made, "thong-bao.pdf"))
    expect(page.locator("#page-1 .wait")).to_have_text("Đang tải hình trang…")
    expect(page.locator("#page-1 .wait")).to_be_visible()
    expect(page.locator("#page-1 rect.box").first).to_have_css("opacity", "0")
    held[0].continue_()
    expect(page.locator("#page-1 rect.box").first).to_have_css("opacity", "1", timeout=60_000)
    expect(page.locator("#page-1 .wait")).to_be_hidden()
