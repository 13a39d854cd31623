"""The lock holds what pyproject.toml asks for, each file by its hash; a licence that does not fit MIT is refused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent.parent
from licenses import Policy, locked, normal  # noqa: E402

POLICY = Policy.read((ROOT / "requirements" / "licenses.toml").read_text("utf-8"))


def asked() -> list[Requirement]:
    """What the base, [all] and the development group ask for, extras of vnadmin itself resolved."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    waiting = [*project["project"]["dependencies"], *extras["all"], *project["dependency-groups"]["dev"]]
    found = []
    while waiting:
        requirement = Requirement(waiting.pop())
        if requirement.name == "vnadmin":
            waiting += [line for extra in requirement.extras for line in extras[extra]]
        else:
            found.append(requirement)
    return found


def test_no_locked_version_is_older_than_the_one_that_mends_a_known_fault() -> None:
    """What was noted by hand (requirements/advisories.toml), where no advisory service answers."""
    known = tomllib.loads((ROOT / "requirements" / "advisories.toml").read_text("utf-8"))["packages"]
    versions = locked("runtime.txt")
    assert not [name for name, fault in known.items() if Version(versions[name]) < Version(fault["mended"])]


def test_the_lock_holds_all_that_is_asked_for() -> None:
    """A dependency that was added or raised without `make lock` shows here."""
    versions = locked("ci.txt")
    missing = [
        str(requirement)
        for requirement in asked()
        if not requirement.specifier.contains(versions.get(normal(requirement.name), "0.dev0"), prereleases=False)
    ]
    assert missing == [], "run `make lock`"


def test_what_is_shipped_is_locked_at_the_versions_that_are_tested() -> None:
    """The list of the SBOM and the list of CI do not differ."""
    tested, shipped = locked("ci.txt"), locked("runtime.txt")
    assert shipped.items() <= tested.items()


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_pin_has_a_hash(path: Path) -> None:
    """pip then takes no file that was not there when the list was made."""
    for entry in re.split(r"\n(?=\w)", path.read_text("utf-8")):
        if re.match(r"[\w.-]+==", entry):
            assert "--hash=sha256:" in entry, entry.splitlines()[0]


@pytest.mark.parametrize(
    ("stated", "refused"),
    [
        ("MIT", []),
        ("MIT License", []),
        ("Apache-2.0 OR BSD-2-Clause", []),
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", []),
        ("GNU Lesser General Public License v3 (LGPLv3)", []),
        ("GPL-3.0-only", ["GPL-3.0-only"]),
        ("MIT AND AGPL-3.0-or-later", ["AGPL-3.0-or-later"]),
        ("Other/Proprietary License", ["Other/Proprietary License"]),
        (None, ["no licence known"]),
    ],
)
def test_a_licence_that_is_unknown_or_does_not_fit_is_refused(stated: str | None, refused: list[str]) -> None:
    """Every part of an expression must be accepted."""
    assert POLICY.refused(POLICY.licence("new-package", stated)) == refused


def test_what_is_said_of_a_package_by_hand_has_a_source_and_is_needed() -> None:
    """No entry outlives its package."""
    names = locked("ci.txt", "unbound.txt", "siege.txt")
    for name, entry in POLICY.packages.items():
        assert entry["source"], name
        assert name in names
