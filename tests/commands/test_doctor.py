"""`vnadmin doctor` says which build runs."""

from __future__ import annotations

import pytest

import vnadmin.text.fold
from vnadmin.commands import doctor
from vnadmin.commands.doctor import examine


def test_the_build_is_that_of_the_modules_that_run() -> None:
    compiled = not str(vnadmin.text.fold.__file__).endswith(".py")
    found = {check.name: check.found for check in examine()}
    assert found["build"] == ("compiled by mypyc" if compiled else "pure Python")


def test_a_module_from_a_package_of_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a system's cv2: it is there, and its version is not known."""
    monkeypatch.setattr(doctor, "_PACKAGES", (("no-such-distribution", "json", "scans", "ocr"),))
    found = next(check for check in examine() if check.name == "no-such-distribution")
    assert found.ok
    assert found.found == "ok, version unknown"
