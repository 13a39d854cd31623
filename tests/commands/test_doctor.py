"""`vnadmin doctor` says which build runs."""

from __future__ import annotations

import vnadmin.text.fold
from vnadmin.commands.doctor import examine


def test_the_build_is_that_of_the_modules_that_run() -> None:
    compiled = not str(vnadmin.text.fold.__file__).endswith(".py")
    found = {check.name: check.found for check in examine()}
    assert found["build"] == ("compiled by mypyc" if compiled else "pure Python")
