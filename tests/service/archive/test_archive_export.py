"""What leaves the archive's pages: every form, of a search and of a document, with people's corrections in."""

from __future__ import annotations

import io
import json
import zipfile

import httpx

from tests.service.archive.holdings import Archive
from tests.service.serving import Served


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
    assert "cong-van.txt: preface/docNumber: chưa có giá trị · has no value" in told


def test_what_the_standard_asks_for_is_listed_on_a_page(written: tuple[Served, Archive]) -> None:
    """EAD without a profile: nothing is written, nothing made up, every document named."""
    service, _ = written
    answer = httpx.get(f"{service.url}/archive/standard/ead", params={"q": "so:100/SNV-VP"}, timeout=900)
    assert answer.status_code == 422
    assert "Hệ thống không tự điền giá trị thay thế" in answer.text
    assert "chưa có giá trị" in answer.text
    assert httpx.get(f"{service.url}/archive/standard/ead", params={"q": "khongcogi"}, timeout=900).status_code == 404
