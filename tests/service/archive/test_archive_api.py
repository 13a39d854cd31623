"""The archive's API: what it answers is of its models, its cursors hold under inserts, its writes lose nothing."""

from __future__ import annotations

import hashlib
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import BaseModel
from sqlalchemy import delete

from tests.service.archive.holdings import LETTER, Archive, index
from tests.service.serving import Served
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.schema import RevisionCounter
from vnadmin_service.archive_api import models, samples

MODELS: dict[str, type[BaseModel]] = {
    "found": models.Found, "record": models.Record, "history": models.History, "corrected": models.Corrected,
    "undone": models.Corrected, "changes": models.Changes, "feed": models.Feed, "tasks": models.Tasks,
    "questions": models.Questions, "runs": models.Runs, "put_right": models.AllPutRight, "run_undone": models.Undone,
    "audits": models.Audits, "audit": models.AuditResult, "audit_drawn": models.Audit, "subscribed": models.Subscribed,
}  # fmt: skip
DOCUMENTS = "/v1/archive/documents"


def get(client: httpx.Client, path: str, model: type[BaseModel], **asked: Any) -> Any:
    """An answer, which is of the model."""
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    model.model_validate_json(answer.content)
    return answer.json()


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The answer is this problem."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert answer.json()["code"] == code
    assert answer.json()["advice"]
    return dict(answer.json())


def pages(client: httpx.Client, path: str, model: type[BaseModel], name: str, **asked: Any) -> list[dict[str, Any]]:
    """All entries of a list, page by page."""
    found, after = [], ""
    while after is not None:
        page = get(client, path, model, after=after, **asked)
        found += page[name]
        after = page["next"]
    return found


@pytest.fixture(scope="module")
def client(shown: Served) -> Iterator[httpx.Client]:
    """Of the archive that nobody changes."""
    with httpx.Client(base_url=shown.url, timeout=900) as made:
        yield made


@pytest.fixture(scope="module")
def office(written: tuple[Served, Archive]) -> Iterator[httpx.Client]:
    """Of the archive that tests change."""
    with httpx.Client(base_url=written[0].url, timeout=900) as made:
        yield made


def one(client: httpx.Client, number: str) -> str:
    """The SHA-256 of the letter with a number."""
    found = get(client, DOCUMENTS, models.Found, q=f'so:"{number}"')["documents"]
    return str(next(entry["sha256"] for entry in found if entry["number"] == number))


def test_examples_are_of_their_models() -> None:
    """Those of the OpenAPI document."""
    assert MODELS.keys() == samples.EXAMPLES.keys() & MODELS.keys()
    for name, model in MODELS.items():
        if name != "record":
            model.model_validate(samples.EXAMPLES[name])


def test_a_search_page_by_page_is_the_whole(client: httpx.Client) -> None:
    """Newest and oldest first, each document once, those of one day as well."""
    whole = get(client, DOCUMENTS, models.Found, limit=100, facets=True)
    assert whole["next"] is None and whole["total"] == len(whole["documents"]) > 26
    hashes = [entry["sha256"] for entry in whole["documents"]]
    for limit in (1, 7):
        for sort, wanted in (("newest", hashes), ("oldest", hashes[::-1])):
            found = pages(client, DOCUMENTS, models.Found, "documents", limit=limit, sort=sort)
            assert [entry["sha256"] for entry in found] == wanted
    assert sum(value["count"] for value in whole["facets"]["year"]) == whole["total"]


def test_a_search_by_words_and_facets(client: httpx.Client) -> None:
    """As on the page; the words are marked where they stand."""
    found = get(client, DOCUMENTS, models.Found, q="tuyến đường ven sông", sort="best")
    assert found["documents"][0]["number"] == "512/SNV-QH"
    assert "ven" in "".join(piece["text"] for piece in found["documents"][0]["excerpt"] if piece["marked"]).lower()
    narrowed = get(client, DOCUMENTS, models.Found, q="văn thư", year="2023", limit=100)
    assert {entry["issued_on"][:4] for entry in narrowed["documents"]} == {"2023"}
    assert get(client, DOCUMENTS, models.Found, q="khongcotunay")["documents"] == []


def test_a_document_its_text_and_its_file(client: httpx.Client, made: Archive) -> None:
    """Evidence points into the text; the file is the one that was catalogued; the ETag spares the body."""
    sha256 = one(client, "512/SNV-QH")
    answer = client.get(f"{DOCUMENTS}/{sha256}", params={"include": "evidence"})
    models.Record.model_validate_json(answer.content)
    document = answer.json()["document"]
    place = document["evidence"]["/subject"][0]
    text = client.get(f"{DOCUMENTS}/{sha256}/text").text
    assert text[place["start"] : place["end"]] == place["quote"]
    file = client.get(f"{DOCUMENTS}/{sha256}/file")
    assert hashlib.sha256(file.content).hexdigest() == sha256
    again = client.get(f"{DOCUMENTS}/{sha256}", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", answer.headers["etag"])


def test_tasks_and_questions_page_by_page(client: httpx.Client) -> None:
    """Each once, whatever the size of a page."""
    for path, model, name, asked in (
        ("/v1/archive/tasks", models.Tasks, "tasks", {"day": "2022-01-01"}),
        ("/v1/archive/questions", models.Questions, "questions", {}),
    ):
        whole = pages(client, path, model, name, limit=100, **asked)
        assert whole == pages(client, path, model, name, limit=1, **asked)
        assert len(whole) > 1
    mine = get(client, "/v1/archive/tasks", models.Tasks, day="2022-01-01", who="Phòng Tổ chức")["tasks"]
    assert mine and all("Phòng Tổ chức" in task["leads"] for task in mine)
    asked_of = whole[0]["sha256"]
    some = get(client, "/v1/archive/questions", models.Questions, sha256=asked_of, limit=100)["questions"]
    assert some == [question for question in whole if question["sha256"] == asked_of]


def test_what_is_wrong_is_a_problem(client: httpx.Client) -> None:
    """Nothing of the request is sent back."""
    nobody = "0" * 64
    problem(client.get(f"{DOCUMENTS}/{nobody}"), 404, "not_found")
    problem(client.get(f"{DOCUMENTS}/{nobody}/text"), 404, "not_found")
    problem(client.get(f"{DOCUMENTS}/{nobody}/file"), 404, "not_found")
    for asked in (
        {"q": "tu:31/2/2021"},
        {"limit": "0"},
        {"after": "abc"},
        {"after": "W10"},
        {"quer": "x"},
        {"sort": "up"},
    ):
        told = problem(client.get(DOCUMENTS, params=asked), 422, "invalid_parameter")
        assert "31/2" not in str(told)
    ours = get(client, DOCUMENTS, models.Found, limit=1)["next"]
    problem(client.get(DOCUMENTS, params={"after": ours, "sort": "oldest"}), 422, "invalid_parameter")
    problem(client.get("/v1/archive/changes", params={"updated_since": ours}), 422, "invalid_parameter")
    problem(client.get("/v1/archive/tasks", params={"day": "2022-02-31"}), 422, "invalid_parameter")


def test_a_service_without_an_archive_says_so(http: httpx.Client) -> None:
    """On every address."""
    told = problem(http.get(DOCUMENTS), 404, "not_found")
    assert "VNADMIN_CATALOG" in told["advice"]
    problem(http.get("/v1/archive/changes"), 404, "not_found")


def test_a_correction_its_history_and_its_undo(office: httpx.Client) -> None:
    """Set, confirm, take back: each is told, and the machine's value is back in the end."""
    sha256 = one(office, "100/SNV-VP")
    place = f"{DOCUMENTS}/{sha256}"
    before = office.get(place)
    read = before.json()["document"]["subject"]

    def put(value: Any, tag: str, pointer: str = "/subject") -> httpx.Response:
        body = {"pointer": pointer, "value": value, "note": "theo bản giấy"}
        return office.put(f"{place}/corrections", json=body, headers={"if-match": tag})

    first = put("kiểm tra kho lưu trữ", before.headers["etag"])
    assert first.status_code == 200, first.text
    models.Corrected.model_validate_json(first.content)
    after = office.get(place)
    assert after.headers["etag"] == first.headers["etag"] != before.headers["etag"]
    assert after.json()["document"]["subject"] == "kiểm tra kho lưu trữ"
    assert "/subject" not in office.get(place, params={"include": "evidence"}).json()["document"]["evidence"]
    second = put(read, after.headers["etag"])
    assert second.json()["correction"]["confirmed"]
    dated = put("25/9/2023", second.headers["etag"], "/issued_on")
    assert dated.json()["correction"]["value"] == "2023-09-25"
    listed = put(["Sở Nội vụ", "Sở Y tế"], dated.headers["etag"], "/addressees")
    assert office.get(place).json()["document"]["addressees"] == ["Sở Nội vụ", "Sở Y tế"]
    undone = office.delete(
        f"{place}/corrections", params={"pointer": "/issued_on"}, headers={"if-match": listed.headers["etag"]}
    )
    models.Corrected.model_validate_json(undone.content)
    history = get(office, f"{place}/corrections", models.History)["corrections"]
    assert [said["action"] for said in history] == ["undo", "set", "set", "set", "set"]
    assert [said["in_force"] for said in history] == [False, True, False, True, False]
    assert {said["note"] for said in history} == {"theo bản giấy", None}
    assert office.get(place).json()["document"]["issued_on"] == before.json()["document"]["issued_on"]


def test_a_lost_update_is_refused(office: httpx.Client) -> None:
    """412 on an ETag of before, 428 without one, and the page's correction counts as a change as well."""
    sha256 = one(office, "101/SYT-VP")
    place = f"{DOCUMENTS}/{sha256}/corrections"
    tag = office.get(f"{DOCUMENTS}/{sha256}").headers["etag"]
    body = {"pointer": "/subject", "value": "một"}
    problem(office.put(place, json=body), 428, "if_match_missing")
    problem(office.delete(place, params={"pointer": "/subject"}), 428, "if_match_missing")
    problem(office.put(place, json=body, headers={"if-match": f"W/{tag}"}), 412, "changed_meanwhile")
    page = office.post(f"/archive/documents/{sha256}/set", data={"pointer": "/place", "value": "Bình Lạc"})
    assert page.status_code == 200
    problem(office.put(place, json=body, headers={"if-match": tag}), 412, "changed_meanwhile")
    assert (
        office.put(place, json=body, headers={"if-match": f'"0", {office.get(place).headers["etag"]}'}).status_code
        == 200
    )
    assert office.put(place, json=body, headers={"if-match": "*"}).status_code == 200


def test_of_many_at_once_one_is_written(office: httpx.Client) -> None:
    """All have read the same state."""
    sha256 = one(office, "102/SNV-VP")
    place = f"{DOCUMENTS}/{sha256}/corrections"
    tag = office.get(place).headers["etag"]

    def put(number: int) -> int:
        body = {"pointer": "/subject", "value": f"lần {number}"}
        return httpx.put(
            str(office.base_url.join(place)), json=body, headers={"if-match": tag}, timeout=900
        ).status_code

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(put, range(8))) == [200] + [412] * 7
    assert len(office.get(place).json()["corrections"]) == 1


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/nothing", "x"), ("subject", "x"), ("/source/sha256", "x"), ("/evidence", {}), ("/text", "x"), ("/addressees/99", "x"),
        ("/issued_on", "31/2/2021"), ("/subject", 7), ("/subject", ["x"]), ("/subject", "a\u0000b"), ("/subject", "a\u202eb"),
        ("/subject", "x" * 20_001), ("/addressees", ["a", 7]), ("/addressees", [["a"]]), ("/number", {"text": "1"}),
        ("/signatories/0", {"name": "a", "else": 1}), ("/addressees", ["a\u0007"]),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(office: httpx.Client, pointer: str, value: Any) -> None:
    """By a problem, and nothing is written."""
    place = f"{DOCUMENTS}/{one(office, '103/SYT-VP')}/corrections"
    answer = office.put(place, json={"pointer": pointer, "value": value}, headers={"if-match": "*"})
    problem(answer, 422, "correction_refused")
    assert office.get(place).json()["corrections"] == []
    problem(office.delete(place, params={"pointer": pointer}, headers={"if-match": "*"}), 404, "not_found")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"pointer": "/subject"}', b'{"pointer": "/subject", "value": 1.5}', b'{"pointer": "/subject", "value": "x", "else": 1}', b'{"pointer": 7, "value": "x"}', rb'{"pointer": "/subject", "value": "\ud800"}', b'{"pointer": "/subject", "value": NaN}', b"[" * 100_000])  # fmt: skip
def test_a_body_of_another_form_is_refused(office: httpx.Client, body: bytes) -> None:
    """Also one that no JSON is."""
    place = f"{DOCUMENTS}/{one(office, '103/SYT-VP')}/corrections"
    answer = office.put(place, content=body, headers={"if-match": "*", "content-type": "application/json"})
    problem(answer, 422, "invalid_parameter")


def test_a_body_that_is_too_large_is_refused(office: httpx.Client) -> None:
    """A correction is small."""
    place = f"{DOCUMENTS}/{one(office, '103/SYT-VP')}/corrections"
    body = {"pointer": "/subject", "value": "x" * 300_000}
    problem(office.put(place, json=body, headers={"if-match": "*"}), 413, "body_too_large")


def test_changes_and_corrections_are_followed(written: tuple[Served, Archive], office: httpx.Client) -> None:
    """From any place on: what was done since, once, and as it is now; also what the page and `vnadmin index` did."""
    whole = get(office, "/v1/archive/changes", models.Changes, limit=1000)
    assert len({one["sha256"] for one in whole["changes"]}) == len(whole["changes"]) and not whole["more"]
    since, after = whole["next"], get(office, "/v1/archive/corrections", models.Feed, limit=1000)["next"]
    assert get(office, "/v1/archive/changes", models.Changes, updated_since=since)["changes"] == []
    first, second = one(office, "104/SNV-VP"), one(office, "105/SYT-VP")
    for sha256, value in ((first, "a"), (second, "b"), (first, "c")):
        office.put(
            f"{DOCUMENTS}/{sha256}/corrections", json={"pointer": "/subject", "value": value}, headers={"if-match": "*"}
        )
    office.post(f"/archive/documents/{second}/set", data={"pointer": "/subject", "withdraw": "1"})
    folder = written[1].catalog.parent / "moi"
    folder.mkdir()
    text = LETTER.format(
        office="SỞ NỘI VỤ", number="900/SNV-VP", day=3, month=8, year=2022, subject="đón đoàn", basis="", signer="Lê Ví"
    )
    (folder / "moi.txt").write_text(text, "utf-8")
    index(folder, written[1].catalog)
    new = hashlib.sha256(text.encode()).hexdigest()
    page = get(office, "/v1/archive/changes", models.Changes, updated_since=since, limit=2)
    assert page["more"]
    rest = get(office, "/v1/archive/changes", models.Changes, updated_since=page["next"], limit=2)
    assert not rest["more"]
    told = page["changes"] + rest["changes"]
    assert [change["sha256"] for change in told] == [first, second, new]
    assert told[0]["document"]["subject"] == "c"
    said = get(office, "/v1/archive/corrections", models.Feed, after=after)["corrections"]
    assert [(row["sha256"], row["action"], row["value"]) for row in said] == [
        (first, "set", "a"), (second, "set", "b"), (first, "set", "c"), (second, "undo", None),
    ]  # fmt: skip
    revisions = [change["revision"] for change in told]
    assert revisions == sorted(set(revisions))
    assert told[0]["document"]["revision"] == revisions[0]


def test_a_cursor_of_another_catalogue_is_refused(written: tuple[Served, Archive], office: httpx.Client) -> None:
    """Of one that was made anew, and of one that was restored from a copy of before."""
    since = get(office, "/v1/archive/changes", models.Changes)["next"]
    engine = open_catalog(str(written[1].catalog))
    with engine.begin() as connection:
        epoch, number = connection.execute(
            delete(RevisionCounter).returning(RevisionCounter.epoch, RevisionCounter.number)
        ).one()
        connection.execute(RevisionCounter.__table__.insert().values(epoch="another", number=number))
    problem(office.get("/v1/archive/changes", params={"updated_since": since}), 410, "cursor_expired")
    with engine.begin() as connection:
        connection.execute(RevisionCounter.__table__.update().values(epoch=epoch, number=1))
    problem(office.get("/v1/archive/changes", params={"updated_since": since}), 410, "cursor_expired")
    with engine.begin() as connection:
        connection.execute(RevisionCounter.__table__.update().values(number=number))
    engine.dispose()
    get(office, "/v1/archive/changes", models.Changes, updated_since=since)


def test_nothing_of_a_document_is_in_the_log(written: tuple[Served, Archive], office: httpx.Client) -> None:
    """Neither values nor what was searched for."""
    get(office, DOCUMENTS, models.Found, q="viện dưỡng lão")
    place = f"{DOCUMENTS}/{one(office, '106/SNV-VP')}/corrections"
    office.put(place, json={"pointer": "/subject", "value": "điều tuyệt mật"}, headers={"if-match": "*"})
    assert "tuyệt mật" not in written[0].lines and "dưỡng lão" not in written[0].lines
    assert '"event": "fault"' not in written[0].lines


def test_schemathesis_finds_nothing(made: Archive, serve: Callable[..., Served], tmp_path: Path) -> None:
    """On a catalogue of its own: no 5xx, no answer outside the schema, nothing undocumented."""
    catalog = tmp_path / "catalog.db"
    catalog.write_bytes(made.catalog.read_bytes())
    served = serve(catalog=catalog, workers=1)
    command = [
        str(Path(sysconfig.get_path("scripts")) / "st"), "run", f"{served.url}/openapi.json", "--max-examples", "10", "--seed", "1",
        "--no-color", "--phases", "examples,coverage,fuzzing", "--exclude-checks", "positive_data_acceptance", "--include-path-regex",
        "^/v1/archive", "--request-timeout", "900", "--suppress-health-check", "too_slow",
    ]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, cwd=tmp_path, text=True)
    assert ran.returncode == 0, ran.stdout[-6000:]
    assert '"event": "fault"' not in served.lines


def test_audits_are_drawn_and_told(office: httpx.Client) -> None:
    """The same seed draws the same; before anybody reviewed there is no figure, and no share of nothing."""
    body = {"year": 2022, "fields": ["number", "subject"], "seed": 7, "half_width": 0.05}
    made = office.post("/v1/archive/audits", json=body)
    assert made.status_code == 201, made.text
    drawn = models.Audit.model_validate_json(made.content)
    assert (drawn.seed, drawn.year, drawn.fields, drawn.reviewed) == (7, 2022, ["number", "subject"], 0)
    assert 0 < drawn.size <= drawn.frame
    shown = get(office, made.headers["location"], models.AuditResult)
    assert {one["field"]: one["whole"] for one in shown["figures"]} == dict.fromkeys(
        ("number", "subject", "values", "documents")
    )
    assert not shown["whole"]
    assert get(office, "/v1/archive/audits", models.Audits)["audits"][0]["id"] == drawn.id
    problem(office.post("/v1/archive/audits", json={"fields": ["no-field"]}), 422, "invalid_parameter")
    problem(office.post("/v1/archive/audits", json={"year": 1890}), 422, "invalid_parameter")
    problem(office.get("/v1/archive/audits/999"), 404, "not_found")
