"""Findings as SARIF 2.1.0, which code review systems and editors read (OASIS standard of 2020)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from vnadmin._version import __version__
from vnadmin.lint.finding import Code, codes
from vnadmin.lint.place import Lines
from vnadmin.lint.report import Checked
from vnadmin.model import Severity

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(everything: Sequence[Checked], language: str) -> dict[str, Any]:
    """One run: the rules, and a result for each finding. Regions count characters of the text as it was read."""
    used = {finding.code for checked in everything for finding in checked.findings}
    rules = [code for code in codes().values() if code.name in used]
    places = {code.name: index for index, code in enumerate(rules)}
    results = []
    for checked in everything:
        lines = Lines(checked.document)
        for finding in checked.findings:
            place = lines.place(finding)
            region: dict[str, Any] = {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            }
            if finding.end > finding.start:
                region["snippet"] = {"text": checked.document.text[finding.start : finding.end]}
            results.append(
                {
                    "ruleId": finding.code,
                    "ruleIndex": places[finding.code],
                    "level": _LEVELS[finding.rule.severity],
                    "message": {"text": finding.message(language)},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": _uri(checked.path)},
                                "region": region,
                            },
                            "logicalLocations": [{"fullyQualifiedName": finding.pointer or "", "kind": "member"}],
                        }
                    ],
                }
            )
    driver = {
        "name": "vnadmin",
        "version": __version__,
        "informationUri": "https://pypi.org/project/vnadmin/",
        "rules": [_rule(code, language) for code in rules],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: Code, language: str) -> dict[str, Any]:
    return {
        "id": code.name,
        "shortDescription": {"text": code.vi if language == "vi" else code.en},
        "fullDescription": {"text": f"{code.vi} {code.en} [{code.clause}]"},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _uri(path: str) -> str:
    return quote(PurePath(path).as_posix())
