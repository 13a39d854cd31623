"""The OpenAPI document is what the service does: Schemathesis holds the running service to it."""

from __future__ import annotations

import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from tests.service.serving import Served
from vnadmin import AdminDocument
from vnadmin_service.problems import PROBLEMS, Problem

SCHEMATHESIS = Path(sysconfig.get_path("scripts")) / "st"
# A string of bytes is all that a schema can ask of a document; most are none, and are refused by their content.
LEFT_OUT = "positive_data_acceptance"


@pytest.fixture(scope="module")
def document(http: httpx.Client) -> dict[str, Any]:
    """The document as served."""
    return http.get("/openapi.json").raise_for_status().json()


def test_schemathesis_finds_nothing(serve: Callable[..., Served], tmp_path: Path) -> None:
    """Examples, coverage of parameters and fuzzing: no 5xx, no answer outside the schema, nothing undocumented.

    Without OCR: where its data is missing a picture gives 501, which is documented, and a 5xx all the same.
    """
    served = serve(max_bytes=3_000_000, ocr="off")
    command = [
        str(SCHEMATHESIS), "run", f"{served.url}/openapi.json", "--max-examples", "5", "--seed", "1", "--no-color",
        "--phases", "examples,coverage,fuzzing", "--exclude-checks", LEFT_OUT,
        "--request-timeout", "900", "--suppress-health-check", "too_slow",
    ]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, cwd=tmp_path, text=True)
    assert ran.returncode == 0, ran.stdout[-4000:]
    assert '"event": "fault"' not in served.lines


def test_every_problem_of_the_document_has_an_example(document: dict[str, Any]) -> None:
    """For each code that an address may answer with, under its own status."""
    seen: set[str] = set()
    for path, item in document["paths"].items():
        for operation in item.values():
            for status, response in operation["responses"].items():
                for media_type, content in response.get("content", {}).items():
                    assert content.get("example") or content.get("examples") or path in ("/livez", "/readyz"), path
                    if media_type == "application/problem+json":
                        for code, example in content["examples"].items():
                            Problem.model_validate(example["value"])
                            assert (example["value"]["status"], code) == (int(status), example["value"]["code"])
                            seen.add(code)
    unlisted = {"not_found", "method_not_allowed", "unknown_host", "job_not_done", "source_not_found"}
    assert set(PROBLEMS) - unlisted <= seen


def test_examples_are_valid_by_their_schemas(document: dict[str, Any]) -> None:
    """A real answer for a bundled sample stands in the document."""
    answer = document["paths"]["/v1/parse"]["post"]["responses"]["200"]["content"]["application/json"]["example"]
    jsonschema.Draft202012Validator(AdminDocument.model_json_schema()).validate(answer)
    assert answer["document_type"]["code"] == "CV"


def test_what_the_form_of_docs_fills_in_is_answered(document: dict[str, Any], http: httpx.Client) -> None:
    """Swagger sends the first example of each header: a webhook's address without `Prefer` was refused."""
    asked = document["paths"]["/v1/parse"]["post"]["parameters"]
    first = {
        one["name"]: next(iter(one["examples"].values()))["value"]
        for one in asked
        if "examples" in one and one["in"] == "header"
    }
    assert {"Prefer", "X-Webhook-Url"} <= set(first)
    answer = http.post(
        "/v1/parse", content="Số: 12/TB-UBND\nTHÔNG BÁO".encode(), headers={**first, "Content-Type": "text/plain"}
    )
    assert answer.status_code == 200, answer.text


def test_no_address_is_served_that_loads_from_elsewhere(http: httpx.Client) -> None:
    """FastAPI's own pages, which fetch scripts from a CDN, are off; /docs is ours."""
    assert http.get("/redoc").status_code == 404
    assert "https://" not in http.get("/docs").text
