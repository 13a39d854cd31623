"""POST /v1/parse gives what the library gives, whatever way the document comes in."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import httpx
import jsonschema
import pytest

import vnadmin
from tests.service.serving import Served
from vnadmin.export import dublin_core
from vnadmin.export.akn.document import write_akoma_ntoso
from vnadmin.samples import samples
from vnadmin_service.work import EXCEL

SAMPLES = {item.name: item.read_bytes() for item in samples()}


def readable() -> list[str]:
    """Samples that this installation reads; a scan needs OCR."""
    names = []
    for name, data in SAMPLES.items():
        if not name.endswith((".png", ".jpg", ".tif")):
            vnadmin.parse(data)
            names.append(name)
    return sorted(names)


@pytest.fixture(scope="module")
def schema(http: httpx.Client) -> dict[str, object]:
    """What /v1/schema says."""
    answer = http.get("/v1/schema")
    assert answer.headers["content-type"] == "application/schema+json"
    return answer.json()


@pytest.mark.parametrize("name", readable())
def test_every_sample_by_curl_equals_the_library_and_the_schema(
    name: str, served: Served, schema: dict[str, object], tmp_path: Path
) -> None:
    """curl, as a stranger would: the file as a form; the JSON is the library's, and valid by /v1/schema."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    path = tmp_path / name
    path.write_bytes(SAMPLES[name])
    url = f"{served.url}/v1/parse?include=evidence,text"
    ran = subprocess.run(["curl", "-sS", "--fail", "-F", f"file=@{path}", url], capture_output=True, check=True)
    answer = json.loads(ran.stdout)
    assert answer == vnadmin.parse(SAMPLES[name]).model_dump(mode="json")
    jsonschema.Draft202012Validator(schema).validate(answer)


@pytest.mark.parametrize("name", readable())
def test_the_raw_body_is_read_by_its_content(name: str, http: httpx.Client) -> None:
    """Without a form, and with a media type that says nothing."""
    answer = http.post("/v1/parse", content=SAMPLES[name], headers={"content-type": "application/octet-stream"})
    assert answer.status_code == 200
    assert answer.json() == vnadmin.parse(SAMPLES[name]).model_dump(mode="json", exclude={"evidence", "text"})


def test_text_in_json(http: httpx.Client) -> None:
    """{"text": …} is the same as the text itself."""
    text = SAMPLES["cong-van.txt"].decode()
    answer = http.post("/v1/parse", json={"text": text})
    assert answer.json() == vnadmin.parse(text.encode()).model_dump(mode="json", exclude={"evidence", "text"})


@pytest.mark.parametrize(
    ("include", "given"),
    [("", set()), ("evidence", {"evidence"}), ("text", {"text"}), ("text,evidence", {"evidence", "text"})],
)
def test_include_decides_how_much_comes_back(include: str, given: set[str], http: httpx.Client) -> None:
    """Evidence and text come only when asked for."""
    answer = http.post("/v1/parse", params={"include": include}, content=SAMPLES["cong-van.txt"])
    assert {"evidence", "text"} & set(answer.json()) == given


def test_csv_is_one_row_that_a_spreadsheet_reads(http: httpx.Client) -> None:
    """Accept: text/csv; the file's name is in its column."""
    answer = http.post(
        "/v1/parse", files={"file": ("công-văn.txt", SAMPLES["cong-van.txt"])}, headers={"accept": "text/csv"}
    )
    assert answer.headers["content-type"].startswith("text/csv")
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (row["file"], row["number"], row["type"]) == ("công-văn.txt", "/UBND-NN", "CV")


def test_the_forms_of_export(http: httpx.Client) -> None:
    """Akoma Ntoso and Dublin Core as the library writes them; a workbook that opens."""
    openpyxl = pytest.importorskip("openpyxl", reason="reads the workbook")
    pytest.importorskip("xlsxwriter", reason="needs the extra [excel]")
    data = SAMPLES["ke-hoach.md"]
    document = vnadmin.parse(data)

    def asked(media_type: str) -> bytes:
        answer = http.post("/v1/parse", content=data, headers={"accept": media_type})
        assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
        return answer.content

    assert asked("application/akn+xml") == write_akoma_ntoso(document)
    assert asked("application/ld+json") == dublin_core.write_json(document)
    book = openpyxl.load_workbook(io.BytesIO(asked(EXCEL)))
    assert "57/KH-SDL" in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]


def test_a_form_that_needs_what_is_not_there_is_refused(http: httpx.Client) -> None:
    """Akoma Ntoso of a letter without its number: 422 with the elements that have no value."""
    answer = http.post("/v1/parse", content=SAMPLES["cong-van.txt"], headers={"accept": "application/akn+xml"})
    assert (answer.status_code, answer.json()["code"]) == (422, "export_refused")
    assert "docNumber" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/json"),
        ("text/html, application/json;q=0.5", "application/json"),
        ("text/csv, application/json;q=0.9", "text/csv"),
        ("text/*", "text/csv"),
        ("application/json, text/csv", "application/json"),
    ],
)
def test_the_media_type_is_negotiated(accept: str, expected: str, http: httpx.Client) -> None:
    """By quality and specificity; JSON where nothing is preferred."""
    answer = http.post("/v1/parse", content=SAMPLES["cong-van.txt"], headers={"accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == expected


def test_odd_content_is_an_answer_with_issues(http: httpx.Client) -> None:
    """A blank number is no error."""
    answer = http.post("/v1/parse", content=SAMPLES["cong-van.txt"])
    assert answer.status_code == 200
    assert "number_blank" in {issue["code"] for issue in answer.json()["issues"]}


def test_the_library_is_not_asked_for_anything_else() -> None:
    """No module of the service but the worker's imports the parser, and none the rooms behind it.

    How a value may be shown (`text.printable`) is one rule for all that write, and reads nothing.
    """
    root = Path(__file__).parents[2] / "service/vnadmin_service"
    rooms = [f"vnadmin.{room}" for room in ("fields", "zones", "layout", "citation", "assemble", "text")]
    for path in root.rglob("*.py"):
        if "review" not in path.parts:
            code = path.read_text("utf-8").replace("vnadmin.text.printable", "")
            assert not [room for room in rooms if room in code], path
