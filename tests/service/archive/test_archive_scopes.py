"""Each scope against each address: the table is compared with the addresses that there are, so that no new one is forgotten."""

from __future__ import annotations

import csv
import importlib
import pkgutil
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter
from starlette.routing import Route

import vnadmin_service
from tests.service.archive.holdings import Archive
from tests.service.serving import Served, start
from vnadmin_service.access.scopes import SCOPES
from vnadmin_service.app import _routes
from vnadmin_service.guard import new_key

ROWS = [
    (row["scope"], row["method"], row["address"])
    for row in csv.DictReader(Path(__file__).with_name("scopes.tsv").read_text("utf-8").splitlines(), delimiter="\t")
]
KEYS = {scope: new_key(scope, scope) for scope in SCOPES}
_FILLED = {"sha256": "0" * 64, "form": "csv", "name": "van-ban.csv", "direction": "den", "day": "2026-12-03"}


@pytest.fixture(scope="module")
def keyed(made: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service with a key of each single scope."""
    folder = tmp_path_factory.mktemp("scopes")
    shutil.copy(made.catalog, folder / "catalog.db")
    entries = ",".join(entry for _, entry in KEYS.values())
    service = start(
        folder, catalog=folder / "catalog.db", api_keys=entries, workers=1, review_workers=1, rate_limit="5000/minute"
    )
    yield service
    service.stop()


def addresses() -> set[tuple[str, str]]:
    """Every method and address that a router of the service has."""
    routes: list[object] = [*_routes()]
    for module in pkgutil.walk_packages(vnadmin_service.__path__, "vnadmin_service."):
        if not module.name.endswith("__main__"):
            known = vars(importlib.import_module(module.name)).values()
            routes += [route for value in known if isinstance(value, APIRouter) for route in value.routes]
    return {
        (method, route.path)
        for route in routes
        if isinstance(route, Route)
        for method in (route.methods or ())
        if method not in ("HEAD", "OPTIONS")
    }


def test_every_address_stands_in_the_table(keyed: Served) -> None:
    """Those of the routers and those of OpenAPI; whoever adds one says in `scopes.tsv` what it needs."""
    told = {(method, address) for _, method, address in ROWS}
    assert told == addresses()
    described = httpx.get(f"{keyed.url}/openapi.json", headers={"x-api-key": KEYS["read"][0]}, timeout=60).json()
    for address, methods in described["paths"].items():
        assert {(method.upper(), address) for method in methods if method != "parameters"} <= told


def test_a_key_without_the_scope_is_refused_at_every_address(keyed: Served) -> None:
    """And one that has it alone is not, whatever else the request lacks; `admin` is the role that has all."""
    with httpx.Client(base_url=keyed.url, timeout=120) as client:
        for needed, method, address in ROWS:
            if needed == "-":
                continue
            path = re.sub(r"\{(\w+)\}", lambda field: _FILLED.get(field[1], "1"), address)
            for scope in SCOPES:
                answer = client.request(method, path, headers={"x-api-key": KEYS[scope][0]})
                missing = answer.status_code == 403 and "scope_missing" in answer.text
                assert missing == (scope not in (needed, "admin")), f"{scope}: {method} {path}: {answer.status_code}"


def test_what_the_archive_has_learned_is_not_told_to_a_key_without_read(keyed: Served) -> None:
    """A letter of an issuer that it knows is read as by a service without an archive, and no page says its names."""
    letter = "UBND TỈNH SƠN HẢI\nSố: 1/UBND-VX\nKính gửi: Các sở".encode()
    answers = {
        scope: httpx.post(f"{keyed.url}/v1/parse", content=letter, headers={"x-api-key": KEYS[scope][0]}, timeout=120)
        for scope in ("read", "correct", "export")
    }
    assert len({answer.text for answer in answers.values()}) == 1
    assert answers["export"].status_code == 200
