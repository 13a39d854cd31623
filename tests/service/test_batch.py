"""POST /v1/parse/batch: a line for each file; the bad one stops nothing."""

from __future__ import annotations

import io
import json
import zipfile

import httpx
import pytest

import vnadmin
from vnadmin.samples import samples

SAMPLES = {item.name: item.read_bytes() for item in samples()}
FILES = {
    "a/cong-van.txt": SAMPLES["cong-van.txt"],
    "a/hỏng.docx": SAMPLES["to-trinh.docx"][:800],
    "b/thong-bao.pdf": SAMPLES["thong-bao.pdf"],
    "b/rỗng.txt": b"",
}


def zipped(files: dict[str, bytes], password: bool = False) -> bytes:
    """A zip with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    data = bytearray(out.getvalue())
    if password:  # the flag that says "encrypted", in the local and the central header
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def check(answer: httpx.Response) -> None:
    """One line for each of FILES."""
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/x-ndjson"
    lines = {line["file"]: line for line in map(json.loads, answer.text.splitlines())}
    assert set(lines) == set(FILES)
    expected = vnadmin.parse(FILES["a/cong-van.txt"]).model_dump(mode="json", exclude={"evidence", "text"})
    assert lines["a/cong-van.txt"]["document"] == expected
    assert lines["b/thong-bao.pdf"]["status"] == 200
    assert (lines["a/hỏng.docx"]["status"], lines["a/hỏng.docx"]["problem"]["code"]) == (422, "damaged_input")
    assert (lines["b/rỗng.txt"]["status"], lines["b/rỗng.txt"]["problem"]["code"]) == (422, "empty_input")


def test_a_form_with_many_files(http: httpx.Client) -> None:
    """Each file by its name."""
    check(http.post("/v1/parse/batch", files=[("file", (name, data)) for name, data in FILES.items()]))


def test_a_zip_as_body_and_in_a_form(http: httpx.Client) -> None:
    """Folders keep their names."""
    check(http.post("/v1/parse/batch", content=zipped(FILES)))
    check(http.post("/v1/parse/batch", files={"file": ("ho-so.zip", zipped(FILES))}))


def test_a_docx_is_one_document_and_no_zip_of_files(http: httpx.Client) -> None:
    """It is a zip inside."""
    (line,) = http.post("/v1/parse/batch", content=SAMPLES["to-trinh.docx"]).text.splitlines()
    assert json.loads(line)["document"]["document_type"]["code"] == "TTr"


@pytest.mark.parametrize(
    "body",
    [b"", zipped(FILES)[:200], zipped(FILES, password=True), zipped({f"{i}": b"a" for i in range(501)})],
)
def test_what_is_no_batch(body: bytes, http: httpx.Client) -> None:
    """Empty, cut off, encrypted, too many files."""
    answer = http.post("/v1/parse/batch", content=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_a_zip_bomb_gives_problems_and_not_memory(http: httpx.Client) -> None:
    """A file that unpacks to more than a body may hold is refused on its line."""
    (line,) = http.post("/v1/parse/batch", content=zipped({"0.txt": b" " * 50_000_000})).text.splitlines()
    assert json.loads(line)["problem"]["code"] == "limit_exceeded"
