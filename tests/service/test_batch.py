"""POST /v1/parse/batch: a line for each file; the bad one stops nothing."""

from __future__ import annotations

import io
import json
import struct
import warnings
import zipfile

import httpx
import pytest

import vnadmin
from tests.service.serving import Served
from tests.source.test_containers import mail
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
    if password:  # of the first file: the flag that says "encrypted", in the local and the central header
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


def test_nul_in_a_name_is_marked(http: httpx.Client) -> None:
    """Two names that it tells apart stay two."""
    names = ("a\x00b.txt", "ab.txt")
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\nSố: 1/CV-UB\r\n'
        for name in names
    )
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = http.post("/v1/parse/batch", content=f"{parts}--x--\r\n".encode(), headers=kind)
    assert [json.loads(line)["file"] for line in answer.text.splitlines()] == ["a\ufffdb.txt", "ab.txt"]


def test_a_docx_is_one_document_and_no_zip_of_files(http: httpx.Client) -> None:
    """It is a zip inside."""
    (line,) = http.post("/v1/parse/batch", content=SAMPLES["to-trinh.docx"]).text.splitlines()
    assert json.loads(line)["document"]["document_type"]["code"] == "TTr"


def test_a_file_with_a_password_has_a_line_of_its_own(http: httpx.Client) -> None:
    """The first of a zip is encrypted, the others are read."""
    answer = http.post("/v1/parse/batch", content=zipped(FILES, password=True))
    lines = list(map(json.loads, answer.text.splitlines()))
    assert len(lines) == len(FILES)
    problems = {line["file"]: line["problem"]["code"] for line in lines if "problem" in line}
    assert problems[next(iter(FILES))] == "encrypted_input"
    assert sum("document" in line for line in lines) >= 1


@pytest.mark.parametrize(
    "body",
    [b"", zipped(FILES)[:200], zipped({"a.txt": b"a"}, password=True), zipped({f"{i}": b"a" for i in range(501)})],
)
def test_what_is_no_batch(body: bytes, http: httpx.Client) -> None:
    """Empty, cut off, encrypted, too many files."""
    answer = http.post("/v1/parse/batch", content=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_zips_in_a_zip_hold_no_more_than_a_batch_may(http: httpx.Client) -> None:
    """Seen: two of 490 files each gave 980 lines, where 500 files are the limit."""
    inner = zipped({f"{number}.txt": b"" for number in range(490)})
    body = zipped({"a.zip": inner, "b.zip": inner, "cong-van.txt": SAMPLES["cong-van.txt"]})
    lines = [json.loads(line) for line in http.post("/v1/parse/batch", content=body).text.splitlines()]
    left_out = [line for line in lines if line["file"] in ("a.zip", "b.zip")]
    assert [line["problem"]["code"] for line in left_out] == ["limit_exceeded"]
    assert len(lines) - len(left_out) == 500
    assert {line["status"] for line in lines if line["file"] == "cong-van.txt"} == {200}


def test_a_zip_bomb_gives_problems_and_not_memory(http: httpx.Client) -> None:
    """A file that unpacks to more than a body may hold is refused on its line."""
    (line,) = http.post("/v1/parse/batch", content=zipped({"0.txt": b" " * 50_000_000})).text.splitlines()
    assert json.loads(line)["problem"]["code"] == "limit_exceeded"


def bomb(unpacked: int, packing: int, declared: int | None = None) -> bytes:
    """A zip of one file of zeros; `declared` is what it says of its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        archive.writestr("0.txt", bytes(unpacked))
    data = bytearray(out.getvalue())
    if declared is not None:
        at = data.index(b"PK\x01\x02") + 24
        data[at : at + 4] = struct.pack("<I", declared)
    return bytes(data)


def test_a_member_that_lies_stops_nothing(http: httpx.Client) -> None:
    """Seen: one that says that it holds 2 GB, and the whole batch was 400."""
    data = bytearray(zipped({"0.txt": b"x", "cong-van.txt": SAMPLES["cong-van.txt"]}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 2_000_000_000)
    answers = [json.loads(line) for line in http.post("/v1/parse/batch", content=bytes(data)).text.splitlines()]
    assert {answer["file"]: answer["status"] for answer in answers} == {"0.txt": 413, "cong-van.txt": 200}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (bomb(300_000_000, zipfile.ZIP_BZIP2), "limit_exceeded"),
        (bomb(300_000_000, zipfile.ZIP_BZIP2, 1_000_000), "damaged_input"),
        (bomb(300_000_000, zipfile.ZIP_LZMA, 1_000_000), "damaged_input"),
        (bomb(300_000_000, zipfile.ZIP_DEFLATED), "limit_exceeded"),
        (bomb(300_000_000, zipfile.ZIP_DEFLATED, 1_000_000), "damaged_input"),
    ],
    ids=["bzip2", "bzip2 that lies", "lzma that lies", "deflate", "deflate that lies"],
)
def test_nothing_unpacks_in_the_server(body: bytes, code: str, http: httpx.Client, served: Served) -> None:
    """Not even what says that it is small: its memory is as before."""
    before = served.megabytes()
    (line,) = http.post("/v1/parse/batch", content=body).text.splitlines()
    assert json.loads(line)["problem"]["code"] == code
    assert served.megabytes() - before < 30


def test_a_directory_of_a_hundred_thousand_files_is_read_by_a_worker(http: httpx.Client, served: Served) -> None:
    """Two megabytes that take a hundred of memory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(30_000):
            archive.writestr(f"{number}", b"")
    before = served.megabytes()
    assert http.post("/v1/parse/batch", content=out.getvalue()).json()["code"] in ("bad_request", "body_too_large")
    assert served.megabytes() - before < 30


def test_a_damaged_member_is_a_line_of_its_own(http: httpx.Client) -> None:
    """And so are two of one name; there are as many lines as files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in ("a.txt", "b.txt", "b.txt"):
            archive.writestr(name, FILES["a/cong-van.txt"])
    data = bytearray(out.getvalue())
    data[100] ^= 255
    lines = [json.loads(line) for line in http.post("/v1/parse/batch", content=bytes(data)).text.splitlines()]
    assert sorted((line["file"], line["status"]) for line in lines) == [("a.txt", 422), ("b.txt", 200), ("b.txt", 200)]


def test_every_document_in_a_mail_has_a_line_of_its_own(http: httpx.Client) -> None:
    """By `thu.eml!/...`, of a mail in the batch's zip and of one that is the batch; a bad attachment stops nothing."""
    data = mail(a_txt=SAMPLES["cong-van.txt"], b_pdf=SAMPLES["thong-bao.pdf"], c_docx=FILES["a/hỏng.docx"])
    for content, head in ((zipped({"hop/thu.eml": data, "d.txt": SAMPLES["cong-van.txt"]}), "hop/"), (data, "")):
        answer = http.post("/v1/parse/batch", files={"file": (f"{head or 'x'}.zip" if head else "thu.eml", content)})
        lines = {line["file"]: line["status"] for line in map(json.loads, answer.text.splitlines())}
        lines.pop("d.txt", None)
        inner = f"{head}thu.eml!/"
        assert lines == {f"{inner}a.txt": 200, f"{inner}b.pdf": 200, f"{inner}c.docx": 422}


@pytest.mark.parametrize("charset", ["undefined", "unicode_escape", "raw_unicode_escape", "utf-7", "x", '"utf-8"'])
def test_a_form_names_no_codec_for_its_names(charset: str, http: httpx.Client) -> None:
    """`undefined` was a fault of the service, and a name of half a surrogate pair broke the answer off after its first lines."""
    names = ("Tờ trình.txt", r"\ud800.txt", "+2AA-.txt")
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        + SAMPLES["cong-van.txt"]
        for name in names
    ]
    kind = {"content-type": f"multipart/form-data; boundary=x; charset={charset}"}
    answer = http.post("/v1/parse/batch", content=b"\r\n".join([*parts, b"--x--\r\n"]), headers=kind)
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert {line["file"]: line["status"] for line in lines} == dict.fromkeys(names, 200)
