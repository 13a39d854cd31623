"""Runs the case files: one small document a case (wild, synthetic, negative, known failure) and what its fields are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import vnadmin

HERE = Path(__file__).parent
KINDS = {"wild", "synthetic", "negative", "known_failure"}
# guard: right before the change that it came with, too; it keeps a neighbour from being lost
KEYS = {"label", "kind", "guard", "seen", "text", "expect", "absent", "issues"}


def _cases() -> list[Any]:
    params = []
    for path in sorted(HERE.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            unknown = set(case) - KEYS
            if unknown or case["kind"] not in KINDS:
                raise ValueError(f"{path.name}: {case.get('label')}: bad keys {unknown} or kind {case.get('kind')}")
            if not (case.get("expect") or case.get("absent") or case.get("issues")):
                raise ValueError(f"{path.name}: {case['label']}: a case that expects nothing cannot fail")
            if _holds_nothing(case.get("expect", {}).values()):
                raise ValueError(f"{path.name}: {case['label']}: an empty table is like any other")
            marks = [pytest.mark.xfail(strict=True, reason=case["label"])] if case["kind"] == "known_failure" else []
            params.append(pytest.param(case, id=f"{path.stem}: {case['label']}", marks=marks))
    return params


def _holds_nothing(expected: Iterable[Any]) -> bool:
    """Whether a table without a key stands anywhere in what a case expects."""
    return any(
        item == {} or _holds_nothing(item.values() if isinstance(item, dict) else item)
        for item in expected
        if isinstance(item, dict | list)
    )


def _at(value: Any, path: str) -> Any:
    """Follow a dotted path; past the end of a list, or through null, there is None."""
    for part in path.split("."):
        if value is None:
            return None
        if isinstance(value, list):
            index = int(part)
            value = value[index] if index < len(value) else None
        else:
            value = value[part]
    return value


def _pick(value: Any, expected: Any) -> Any:
    """Of a dict, only the keys that the case speaks of; so that a case may leave out what it is not about."""
    if isinstance(expected, dict) and isinstance(value, dict):
        return {key: _pick(value.get(key), item) for key, item in expected.items()}
    if isinstance(expected, list) and isinstance(value, list) and len(expected) == len(value):
        return [_pick(v, e) for v, e in zip(value, expected, strict=True)]
    return value


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any]) -> None:
    """The document of the case parses to the values that the case states."""
    document = vnadmin.parse(case["text"].encode("utf-8"))
    data = document.model_dump(mode="json")
    for path, expected in case.get("expect", {}).items():
        assert _pick(_at(data, path), expected) == expected, path
    for path in case.get("absent", []):
        above, _, name = path.rpartition(".")
        assert not above or _at(data, above) is not None, f"{path}: nothing stands there that could lack `{name}`"
        assert not _at(data, path), path
    codes = {issue["code"] for issue in data["issues"]}
    assert set(case.get("issues", [])) <= codes
