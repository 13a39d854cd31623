"""`Cơ quan này`: what the archive knows of an issuer, and what its other documents put right, on the archive's pages."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.service.archive.holdings import LETTER, Archive, serve_texts
from tests.service.serving import Served
from vnadmin import parse_text
from vnadmin.client import Client, ServiceRefused
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.rows import rows_of
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.catalog.write import write_documents
from vnadmin.index.witness.reconcile import reconcile
from vnadmin.model import Grade

KEY = "so noi vu tinh binh lac"
NAME = "/signatories/0/name"


def text(i: int, signer: str = "Trần Thị Mẫu") -> str:
    """A letter of one office."""
    return LETTER.format(
        office="SỞ NỘI VỤ",
        number=f"{i}/SNV-VP",
        day=i,
        month=9,
        year=2022,
        subject=f"họp lần {i}",
        basis="",
        signer=signer,
    )


@pytest.fixture(scope="module")
def misread() -> str:
    """The text of a letter whose signer's name was misread."""
    return text(6, "Trần Thị Mậu")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, misread: str) -> Iterator[tuple[Served, Archive]]:
    """An office whose letters the archive has been over, one of them doubtful."""
    texts = {f"{i}.txt": text(i) for i in range(1, 6)} | {"6.txt": misread}
    for service, archive in serve_texts(tmp_path_factory.mktemp("known"), texts):
        document = parse_text(misread)
        doubtful = [one.model_copy(update={"grade": Grade.LIKELY}) for one in document.evidence[NAME]]
        document = document.model_copy(update={"evidence": {**document.evidence, NAME: doubtful}})
        writer = Writer(open_catalog(str(archive.catalog)))
        writer.transact(lambda c, d=document: write_documents(c, {d.source.sha256: rows_of(d)}))
        assert reconcile(writer, lambda: "2026-12-03T08:00:00Z").made == {"archive.name": 1}
        writer.engine.dispose()
        yield service, archive


@pytest.fixture
def client(served: tuple[Served, Archive]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served[0].url, timeout=900, follow_redirects=True) as made:
        yield made


def test_the_page_tells_what_is_known_and_since_when(client: httpx.Client) -> None:
    listed = client.get("/archive/known", params={"name": "noi vu"})
    assert "SỞ NỘI VỤ" in listed.text
    assert client.get("/archive/known", params={"name": "y tế"}).text.count("/archive/known/issuer") == 0
    page = client.get("/archive/known/issuer", params={"issuer": KEY})
    assert page.status_code == 200
    for told in ("Cơ quan này", "Trần Thị Mẫu", "GIÁM ĐỐC", "2022", "SNV-VP", "Như trên"):
        assert told in page.text
    assert "Trần Thị Mậu" not in page.text
    assert "This agency" in client.get("/archive/known/issuer", params={"issuer": KEY, "lang": "en"}).text
    assert client.get("/archive/known/issuer", params={"issuer": "khong co"}).status_code == 404


def test_what_is_known_is_taken_along(client: httpx.Client) -> None:
    sheet = client.get("/archive/known/co-quan.csv", params={"issuer": KEY})
    rows = list(csv.DictReader(io.StringIO(sheet.text.removeprefix("\ufeff"))))
    assert ("signer", "Trần Thị Mẫu", "5") in [(row["kind"], row["value"], row["documents"]) for row in rows]
    told = client.get("/archive/known/co-quan.json", params={"issuer": KEY}).json()
    assert [row["value"] for row in told] == [row["value"] for row in rows]
    assert client.get("/archive/known/co-quan.csv", params={"issuer": "khong co"}).status_code == 404


def test_the_document_shows_what_was_put_right_and_a_person_has_the_last_word(
    client: httpx.Client, misread: str
) -> None:
    path = f"/archive/documents/{parse_text(misread).source.sha256}"
    page = client.get(path).text
    assert "Sửa theo các văn bản khác của cơ quan" in page
    assert 'Trần Thị Mậu</span> → <span lang="vi">Trần Thị Mẫu' in page
    assert "theo 5 văn bản:" in page
    assert f"/archive/known/issuer?issuer={KEY.replace(' ', '+')}" in page
    said = client.post(f"{path}/set", data={"pointer": NAME, "value": "Trần Thị Mậu"})
    assert said.status_code == 200
    assert "Sửa theo các văn bản khác của cơ quan" not in client.get(path).text
    client.post(f"{path}/set", data={"pointer": NAME, "withdraw": "1"})
    assert "Sửa theo các văn bản khác của cơ quan" in client.get(path).text


def test_programs_follow_take_back_and_repeat_a_pass(served: tuple[Served, Archive], misread: str) -> None:
    """By the client: each reading with its witness; a new pass starts, ends, and makes nothing twice."""
    sha256 = parse_text(misread).source.sha256
    with Client(served[0].url, timeout=900) as program:
        archive = program.archive
        (one,) = archive.put_right(sha256=sha256)
        assert (one["pointer"], one["before"], one["after"]) == (NAME, "Trần Thị Mậu", "Trần Thị Mẫu")
        assert one["in_force"] and one["witness"]["count"] == 5
        made = archive.runs()["runs"][0]
        assert archive.undo_run(made["run"]) == made["in_force"] > 0
        assert not next(archive.put_right(sha256=sha256))["in_force"]
        assert archive.redo_run(made["run"]) == made["in_force"]
        assert archive.reconcile()["waits"]
        deadline = time.monotonic() + 300
        while (told := archive.runs())["waits"]:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert (len(told["runs"]), told["runs"][0]["made"], told["runs"][1]) == (2, 0, made)
        with pytest.raises(ServiceRefused) as refused:
            archive.undo_run(99)
        assert refused.value.problem["code"] == "not_found"


def test_a_search_finds_what_was_put_right(client: httpx.Client) -> None:
    found = client.get("/archive", params={"status": "reconciled"})
    assert "đã sửa theo văn bản khác của cơ quan" in found.text
    assert found.text.count('class="hit"') == 1


def test_the_queue_asks_about_the_value_that_was_put_right(client: httpx.Client, misread: str) -> None:
    """Accepting it makes it a person's."""
    path = f"/archive/documents/{parse_text(misread).source.sha256}"
    asked = next(
        page
        for item in range(1, 30)
        if (page := client.get(f"/archive/queue/{item}")).status_code == 200 and f'data-pointer="{NAME}"' in page.text
    )
    assert 'value="Trần Thị Mẫu"' in asked.text
    assert "theo 5 văn bản:" in asked.text.partition('id="asked"')[2].partition("</section>")[0]
    item = asked.text.partition('action="/archive/queue/')[2].partition("/")[0]
    client.post(f"/archive/queue/{item}/accept")
    assert "Trần Thị Mẫu" in client.get(path).text.partition('id="history"')[2]
    client.post(f"{path}/set", data={"pointer": NAME, "withdraw": "1"})


def test_a_value_is_forgotten_and_may_be_learned_again(client: httpx.Client) -> None:
    given = {"issuer": KEY, "kind": "recipient", "value": "Như trên"}
    page = client.post("/archive/known/forget", data=given)
    assert (page.status_code, page.url.path) == (200, "/archive/known/issuer")
    assert "Đã quên" in page.text
    assert "như trên" in page.text
    assert "Đã quên" not in client.post("/archive/known/remember", data=given).text
    assert client.post("/archive/known/forget", data={**given, "kind": "other"}).status_code == 422
