"""Values of an address or a form that a database does not take are refused before it is asked; others are a fault of ours."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DataError, OperationalError

from tests.service.archive.holdings import Archive
from tests.service.serving import Served
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.errors import CatalogUnavailable
from vnadmin_service.archive.catalog_access import CatalogAccess

NUL = "a\x00"
HASH = "0" * 64


@pytest.mark.parametrize(
    "address",
    [f"archive?{name}=a%00" for name in ("q", "issuer", "signer", "place", "urgency", "secrecy", "folder", "type")]
    + [f"archive/tasks?{name}=a%00" for name in ("q", "who", "day")]
    + ["archive/page-counts?q=a%00"],
)
def test_nul_in_an_address_is_refused(written: tuple[Served, Archive], address: str) -> None:
    """On SQLite as on PostgreSQL, which takes none."""
    assert httpx.get(f"{written[0].url}/{address}", timeout=900).status_code == 422


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("archive/searches", {"name": NUL, "address": "q=a"}),
        ("archive/tasks/mark", {"sha256": HASH, "pointer": NUL, "said": "done"}),
        ("archive/page-counts", {"sha256": NUL, "value": "1"}),
        (f"archive/documents/{HASH}/set", {"pointer": NUL, "value": "a"}),
    ],
)
def test_nul_in_a_form_is_refused(written: tuple[Served, Archive], address: str, form: dict[str, str]) -> None:
    """Text of one line or several is taken."""
    url = written[0].url
    assert httpx.post(f"{url}/{address}", data=form, headers={"origin": url}, timeout=900).status_code == 422


@pytest.mark.parametrize("day", ["٢٠٢٣-٠١-٠١", "２０２３-０１-０１", "2023-０1"])
def test_a_day_in_figures_of_another_script_is_none(written: tuple[Served, Archive], day: str) -> None:
    """Seen: it was kept, and from then on every Excel table and package of the archive was a fault (500)."""
    url = written[0].url
    sha256 = json.loads(httpx.get(f"{url}/archive/export/van-ban.jsonl", timeout=900).text.splitlines()[0])["sha256"]
    for pointer in ("/issued_on", "/directives/0/deadline"):
        form = {"pointer": pointer, "value": day}
        answer = httpx.post(f"{url}/archive/documents/{sha256}/set", data=form, timeout=900)
        assert answer.status_code == (422 if pointer == "/issued_on" else 200)  # a limit stands as it was typed
        for table in (
            "archive/export/van-ban.xlsx",
            "archive/tasks/nhiem-vu.xlsx",
            f"archive/documents/{sha256}/export/dc",
        ):
            assert httpx.get(f"{url}/{table}", timeout=900).status_code == 200, (pointer, table)


def test_a_line_end_in_a_query_is_none(written: tuple[Served, Archive]) -> None:
    """A query that was pasted has some."""
    assert httpx.get(f"{written[0].url}/archive?q=a%0Ab%0A", timeout=900).status_code == 200


def test_a_value_that_the_database_does_not_take_is_a_fault(tmp_path: Path) -> None:
    """What no form could hold is no mistake of whoever asked: 500 by the one boundary of the service, which logs it."""
    path = str(tmp_path / "catalog.db")
    open_catalog(path).dispose()
    catalog = CatalogAccess(path)

    def too_long(connection: Connection) -> None:
        raise DataError("INSERT", {}, Exception("value too long for type character varying(10)"))

    def away(connection: Connection) -> None:
        raise OperationalError("INSERT", {}, Exception("no such table: x"))

    with pytest.raises(DataError):
        catalog.write(too_long)
    with pytest.raises(DataError), catalog.reading() as connection:
        too_long(connection)
    with pytest.raises(CatalogUnavailable):
        catalog.write(away)
    with pytest.raises(CatalogUnavailable), catalog.reading() as connection:
        away(connection)
    catalog.close()
