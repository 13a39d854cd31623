"""What leaves the archive's pages: every form, of a search and of a document, with people's corrections in."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.service.archive.holdings import LETTER, Archive, index
from tests.service.browsing import Watched
from tests.service.serving import Served, start
from vnadmin.samples import samples

SIZES = [(1440, 900), (390, 844)]
PROFILE = """
[archive]
file_code = "H99.1.2022.7"
file_title = "Văn thư năm 2022"
maintenance = "01"
mode = "01"
language = "01"
"""


def found(service: Served, query: str) -> str:
    """The one document that a query finds, by content."""
    (line,) = httpx.get(
        f"{service.url}/archive/export/van-ban.jsonl", params={"q": query}, timeout=900
    ).text.splitlines()
    return str(json.loads(line)["sha256"])


def test_a_correction_is_in_every_form(written: tuple[Served, Archive]) -> None:
    """Of a document and of a search; it could leave as CSV only."""
    service, _ = written
    sha256 = found(service, "so:115/SYT-VP")
    here = f"{service.url}/archive/documents/{sha256}"
    answer = httpx.post(f"{here}/set", data={"pointer": "/subject", "value": "trích yếu sửa để xuất"}, timeout=900)
    assert answer.status_code == 200, answer.text
    for form in ("dc", "akn", "xlsx"):
        answer = httpx.get(f"{here}/export/{form}", timeout=900)
        assert answer.status_code == 200, (form, answer.text)
        if form != "xlsx":
            assert "trích yếu sửa để xuất" in answer.text
        assert "cong-van-15" in answer.headers["content-disposition"] or form == "xlsx"
    answer = httpx.get(f"{service.url}/archive/standard/dc", params={"q": '"sửa để xuất"'}, timeout=900)
    assert "trích yếu sửa để xuất" in answer.text


def test_controls_are_refused(written: tuple[Served, Archive]) -> None:
    """Seen: stored, and raw in the CSV, the page and the terminal."""
    service, _ = written
    sha256 = found(service, "so:115/SYT-VP")
    address = f"{service.url}/archive/documents/{sha256}/set"
    for value in ("a\x1b[2Jb", "a\u202eb", "a\x00b"):
        answer = httpx.post(address, data={"pointer": "/subject", "value": value}, timeout=900)
        assert answer.status_code == 422, answer.text
        assert value not in answer.text


def test_many_documents_are_a_zip_that_says_what_is_not_in_it(written: tuple[Served, Archive]) -> None:
    """A file for each; one that lacks what the standard asks for is listed by name, in both languages."""
    service, _ = written
    answer = httpx.get(f"{service.url}/archive/standard/akn", params={"q": ""}, timeout=900)
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert "cong-van-00.akn.xml" in names
        assert len(names) == len(set(names))
        told = archive.read("chua-xuat-duoc.txt").decode("utf-8-sig")
    assert re.match(r"\d+ văn bản · Số, ký hiệu: chưa có giá trị\r\n", told)
    assert "cong-van.txt: Số, ký hiệu (preface/docNumber): chưa có giá trị · has no value" in told


def test_what_the_standard_asks_for_is_listed_on_a_page(written: tuple[Served, Archive]) -> None:
    """EAD without a profile: nothing is written, nothing made up, every document named."""
    service, _ = written
    answer = httpx.get(f"{service.url}/archive/standard/ead", params={"q": "so:100/SNV-VP"}, timeout=900)
    assert answer.status_code == 422
    assert "Hệ thống không tự điền giá trị thay thế" in answer.text
    assert "Số trang: chưa có giá trị" in answer.text  # by its name, in one language
    assert "1 văn bản · " in answer.text
    assert "has no value" not in answer.text
    assert "VNADMIN_PROFILE" not in answer.text
    assert httpx.get(f"{service.url}/archive/standard/ead", params={"q": "khongcogi"}, timeout=900).status_code == 404
    answer = httpx.get(f"{service.url}/archive/standard/edxml", params={"q": "so:-"}, timeout=900)
    lines = re.findall(r"<li>(.*?)</li>", answer.text, re.DOTALL)
    assert lines and len(lines) == len(set(lines))  # of the parts of one value, or of three addressees: once


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_refused_export_is_explained_in_the_browser(watched: Watched, width: int, height: int) -> None:
    """The page that lists what is missing comes up; no download fails unseen. It leads back to the search."""
    watched.expected.append("status of 422")
    page: Page = watched.page(width, height)
    page.on("download", lambda one: watched.trouble.append(f"download of {one.url}"))
    page.goto("/archive?q=so:100/SNV-VP")
    page.get_by_text("Xuất kết quả").click()
    page.get_by_role("link", name="EAD của tài liệu").click()
    expect(page.get_by_role("alert")).to_contain_text("Hệ thống không tự điền giá trị thay thế")
    page.get_by_role("link", name="Quay lại").click()
    page.wait_for_url("**/archive?q=so*")
    page.locator(".hit h2 a").first.click()
    page.get_by_text("Tải về").click()
    page.get_by_role("link", name="SIP").click()
    expect(page.get_by_role("alert")).to_contain_text("bắt buộc")
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")


def test_an_export_that_lacks_nothing_is_downloaded(watched: Watched) -> None:
    """Tables and forms come as files under their names, and the page stays."""
    page: Page = watched.page()
    page.goto("/archive?q=so:100/SNV-VP")
    page.get_by_text("Xuất kết quả").click()
    for name, file in (("Excel", "van-ban.xlsx"), ("Akoma Ntoso", "cong-van-00.akn.xml")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=name).click()
        assert taken.value.suggested_filename == file
    assert page.locator(".hit").count() == 1


@pytest.fixture(scope="module")
def profiled(made: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that knows the agency's profile."""
    folder: Path = tmp_path_factory.mktemp("profile")
    (folder / "profile.toml").write_text(PROFILE, "utf-8")
    shutil.copy(made.catalog, folder / "catalog.db")
    settings = {"catalog": folder / "catalog.db", "profile": folder / "profile.toml"}
    service = start(folder, workers=1, review_workers=1, **settings)
    yield service
    service.stop()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_pages_that_a_file_does_not_tell_are_told_by_a_person(
    profiled: Served, watch: Callable[[str], Watched], width: int, height: int
) -> None:
    """From the explanation to the document; the count is kept with who and when, and the export lets the document out."""
    watched = watch(profiled.url)
    watched.expected.append("status of 422")
    page: Page = watched.page(width, height)
    number = "102/SNV-VP" if width == 390 else "104/SNV-VP"
    page.goto(f"/archive/standard/ead?q=so:{number}")
    line = page.locator("main ul.links li", has_text="Số trang")
    line.get_by_role("link").click()
    page.wait_for_selector("main[data-ready]")
    box = page.get_by_label("Số trang của văn bản")
    expect(box).to_be_visible()
    box.fill("3")
    page.locator("#page-count button").click()
    expect(page.locator("#history")).to_contain_text("Người dùng máy này sửa thành: 3")
    expect(page.locator("#said")).to_have_text("Đã lưu số trang.")
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
    answer = httpx.get(f"{profiled.url}/archive/standard/ead", params={"q": f"so:{number}"}, timeout=900)
    assert answer.status_code == 200, answer.text
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row["numberOfPage"] == "3"


def test_together_those_that_lack_nothing_are_written(profiled: Served) -> None:
    """EAD of several documents: a row for each that can be, and the others in the list of the zip, by name."""
    sha256 = found(profiled, "so:106/SNV-VP")
    kept = httpx.post(f"{profiled.url}/archive/documents/{sha256}/page-count", data={"value": "2"}, timeout=900)
    assert kept.status_code == 200
    bad = httpx.post(f"{profiled.url}/archive/documents/{sha256}/page-count", data={"value": "0"}, timeout=900)
    assert bad.status_code == 422
    query = {"q": "so:106/SNV-VP OR so:108/SNV-VP OR so:110/SNV-VP"}
    answer = httpx.get(f"{profiled.url}/archive/standard/ead", params=query, timeout=900)
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert len(archive.read("EAD_doc.csv").decode("utf-8-sig").splitlines()) == 2
        head, _, told = archive.read("chua-xuat-duoc.txt").decode("utf-8-sig").partition("\r\n\r\n")
    assert head == "2 văn bản · Số trang: chưa có giá trị"
    lines = told.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["cong-van-08.txt", "cong-van-10.txt"]
    assert all("doc/numberOfPage" in line for line in lines)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_pages_of_many_documents_are_told_at_once(
    watch: Callable[[str], Watched], written: tuple[Served, Archive], width: int, height: int
) -> None:
    """From the page of a refused export: a box for each, one press; a text has no print that could be counted."""
    watched = watch(written[0].url)
    watched.expected.append("status of 422")
    page: Page = watched.page(width, height)
    first, second = ("so:112/SNV-VP", "so:114/SNV-VP") if width > 400 else ("so:116/SNV-VP", "so:118/SNV-VP")
    page.goto(f"/archive/standard/ead?q={first}+OR+{second}")
    page.get_by_role("link", name="Số trang còn thiếu").click()
    rows = page.locator("[data-sha256]")
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Đếm trang theo bản in LibreOffice").click()
    expect(rows.first).to_contain_text("không đếm được", timeout=60_000)
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
    rows.first.locator("[name=value]").fill("3")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("status").first).to_have_text("Đã lưu số trang của 1 văn bản.")
    expect(rows).to_have_count(1)
    rows.first.locator("[name=value]").fill("12")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Không có văn bản nào thiếu số trang.")).to_be_visible()
    answer = httpx.get(f"{written[0].url}/archive/standard/ead", params={"q": first}, timeout=900)
    assert "Số trang" not in answer.text
    assert "Thời hạn lưu trữ: chưa có giá trị" in answer.text


def test_a_package_takes_its_schemas_from_a_setting(
    made: Archive, written: tuple[Served, Archive], tmp_path: Path
) -> None:
    """The page can give none: without the setting it says which one to make."""
    asked = {"q": "so:112/SNV-VP"}
    told = "VNADMIN_SCHEMAS"
    assert told in httpx.get(f"{written[0].url}/archive/standard/sip", params=asked, timeout=900).text
    (tmp_path / "METS.xsd").write_bytes(b"<schema/>")
    service = start(tmp_path, catalog=made.catalog, workers=1, review_workers=1, schemas=tmp_path)
    try:
        answer = httpx.get(f"{service.url}/archive/standard/sip", params=asked, timeout=900).text
    finally:
        service.stop()
    assert told not in answer
    assert "Tệp lược đồ XML" not in answer
    assert "Mã phông" in answer


def test_a_number_of_pages_that_is_none_is_refused(written: tuple[Served, Archive]) -> None:
    """Nothing of the form is kept."""
    sha256 = [found(written[0], number) for number in ("so:120/SNV-VP", "so:122/SNV-VP")]
    address = f"{written[0].url}/archive/page-counts"
    for bad in ("0", "10000", "ba"):
        asked = {"q": "so:120/SNV-VP OR so:122/SNV-VP"}
        answer = httpx.post(address, params=asked, data={"sha256": sha256, "value": ["4", bad]}, timeout=900)
        assert answer.status_code == 422
        assert "Chưa lưu gì: 1 ô không phải là số trang." in answer.text
        assert f"“{bad}” không phải là số trang" in answer.text
        assert 'value="4"' in answer.text  # what was typed beside it is not lost
        assert answer.text.count('aria-invalid="true"') == 1
    shown = httpx.get(address, params={"q": "so:120/SNV-VP"}, timeout=900).text
    assert "data-sha256" in shown


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_pages_of_a_print_are_counted(shown: Served, made: Archive) -> None:
    """Of a Word document."""
    sha256 = found(shown, "so:204/TTr-STP")
    answer = httpx.get(f"{shown.url}/archive/documents/{sha256}/printed", timeout=900)
    assert answer.json()["pages"] >= 1


def test_files_of_many_documents_are_not_all_held(tmp_path: Path) -> None:
    """Seen: 500 files of 64 MB each were read into the server for one package. A search may find less, or `vnadmin export` writes it."""
    folder = tmp_path / "kho"
    folder.mkdir()
    for number in (1, 2):
        text = LETTER.format(
            office="SỞ NỘI VỤ", number=f"{number}/SNV-VP", day=number, month=9, year=2022, subject="kiểm tra", basis="",
            signer="Lê Đình Ví",
        )  # fmt: skip
        page = "".join(f"<p>{line}</p>" for line in text.splitlines())
        (folder / f"{number}.html").write_text(f"<html><!-- {'x' * 700_000} --><body>{page}</body></html>", "utf-8")
    archive = index(folder, tmp_path / "catalog.db")
    service = start(tmp_path, catalog=archive.catalog, workers=1, review_workers=1, export_mb=1)
    try:
        for form in ("sip", "edxml"):
            answer = httpx.get(f"{service.url}/archive/standard/{form}", timeout=900)
            assert (answer.status_code, "quá 1 MB" in answer.text) == (422, True), form
            answer = httpx.get(f"{service.url}/archive/standard/{form}", params={"q": "so:1/SNV-VP"}, timeout=900)
            assert "quá 1 MB" not in answer.text, form
        for path in folder.iterdir():
            path.unlink()
        answer = httpx.get(f"{service.url}/archive/standard/edxml", timeout=900)
        assert "quá 1 MB" in answer.text, "told by the catalogue: no file is read for it"
    finally:
        service.stop()


def test_clients_that_take_a_file_slowly_take_no_memory(tmp_path: Path) -> None:
    """Seen: each held the whole file in the server, 64 MB at most, until it was read."""
    folder = tmp_path / "kho"
    folder.mkdir()
    letter = next(item for item in samples() if item.name.endswith(".docx")).read_bytes()
    packed = io.BytesIO(letter)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/media/x.bin", bytes(30_000_000))
    (folder / "a.docx").write_bytes(packed.getvalue())
    catalog = index(folder, tmp_path / "catalog.db").catalog
    service = start(tmp_path, catalog=catalog, workers=1, review_workers=1)
    try:
        sha256 = json.loads(httpx.get(f"{service.url}/archive/export/van-ban.jsonl", timeout=900).text)["sha256"]
        address = f"{service.url}/archive/documents/{sha256}/file"
        whole = httpx.get(address, timeout=900)
        assert (whole.content, whole.headers["content-length"]) == (packed.getvalue(), str(len(packed.getvalue())))
        before = service.megabytes()
        with contextlib.ExitStack() as slow:
            for _ in range(8):
                slow.enter_context(httpx.stream("GET", address, timeout=900))
            assert service.megabytes() - before < 40
    finally:
        service.stop()
