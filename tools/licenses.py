"""Lists the licence of every locked dependency in docs/licenses.md, and refuses one that is unknown or does not fit MIT.

    python tools/licenses.py            write the page
    python tools/licenses.py --check    exit 1 when the page is out of date or a licence is not among those accepted

What fits, how packages spell it and what is known of packages that say nothing stands in requirements/licenses.toml. The
licences are read by pip-licenses from what is installed; roles and reasons from the lock.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "requirements"
PAGE = ROOT / "docs" / "licenses.md"
_PINNED = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)
_SEPARATORS = re.compile(r"\s+(?:AND|OR|and|or)\s+|\s*[,;]\s*|[()]")


@dataclass(frozen=True)
class Policy:
    """requirements/licenses.toml."""

    permissive: frozenset[str]
    weak: frozenset[str]
    spelled: dict[str, str]
    packages: dict[str, dict[str, str]]

    @classmethod
    def read(cls, text: str) -> Policy:
        """Take it from TOML."""
        data = tomllib.loads(text)
        return cls(frozenset(data["permissive"]), frozenset(data["weak"]), data["spelled"], data["packages"])

    def licence(self, name: str, stated: str | None) -> str:
        """The licence of a package as SPDX has it, from what its metadata state."""
        if name in self.packages:
            return self.packages[name]["licence"]
        if not stated:
            return ""
        whole = self.spelled.get(stated, stated)
        for words, identifier in self.spelled.items():
            whole = re.sub(rf"(?<![\w-]){re.escape(words)}(?![\w-])", identifier, whole)
        return whole

    def refused(self, licence: str) -> list[str]:
        """What of an expression is not accepted; an empty licence is refused whole."""
        parts = [part for part in _SEPARATORS.split(licence) if part]
        return [part for part in parts if part not in self.permissive | self.weak] or (
            [] if parts else ["no licence known"]
        )


def normal(name: str) -> str:
    """A package name as the registry compares them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(*lists: str) -> dict[str, str]:
    """Names and versions that stand in lists of requirements."""
    return {
        normal(name): version
        for listed in lists
        for name, version in _PINNED.findall((REQUIREMENTS / listed).read_text("utf-8"))
    }


def asked_by() -> dict[str, str]:
    """Who needs each package: what uv notes under it in the lock."""
    found: dict[str, str] = {}
    for listed in ("ci.txt", "unbound.txt", "siege.txt"):
        for entry in re.split(r"\n(?=\w)", (REQUIREMENTS / listed).read_text("utf-8")):
            if match := _PINNED.match(entry):
                notes = re.findall(r"^    #(?: via)?[ ]+([^ #].*)$", entry, re.MULTILINE)
                who = [re.sub(r" \(.*", "", note) for note in notes if note != "via" and not note.startswith("-r ")]
                found[normal(match[1])] = ", ".join(dict.fromkeys(who or ["vnadmin"]))
    return found


def stated() -> dict[str, str]:
    """What the installed packages say of their licence, by pip-licenses."""
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json", "--with-system"]
    rows = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {normal(row["Name"]): row["License"] for row in rows if row["License"] != "UNKNOWN"}


def page(policy: Policy) -> tuple[str, list[str]]:
    """The page, and what is wrong."""
    runtime = locked("runtime.txt")
    found, who = stated(), asked_by()
    wrong: list[str] = []
    rows: dict[bool, list[str]] = {True: [], False: []}
    for name in sorted(locked("ci.txt", "unbound.txt", "siege.txt")):
        licence = policy.licence(name, found.get(name))
        if refused := policy.refused(licence):
            wrong.append(f"{name}: {', '.join(refused)} (requirements/licenses.toml says what is accepted)")
        rows[name in runtime].append(f"| {name} | {licence} | {who.get(name, '')} |")
    head = "| package | licence | needed by |\n|---|---|---|\n"
    text = (
        "# Licences of the dependencies\n\n<!-- Written by tools/licenses.py. Do not edit. -->\n\n"
        "Every package of the lock (`requirements/ci.txt`) with its licence as SPDX has it; `make licenses` refuses one that is unknown "
        "or not among those in `requirements/licenses.toml`. vnadmin itself is MIT. LGPL and MPL packages are libraries of their own, "
        "installed unmodified. Not from this registry: Tesseract and its Vietnamese data (Apache-2.0), for scans.\n\n"
        f"## With every extra ({len(rows[True])})\n\n{head}" + "\n".join(rows[True]) + "\n\n"
        f"## Only to develop ({len(rows[False])})\n\n{head}" + "\n".join(rows[False]) + "\n"
    )
    return text, wrong


def main() -> int:
    """Write or check the page."""
    text, wrong = page(Policy.read((REQUIREMENTS / "licenses.toml").read_text("utf-8")))
    for line in wrong:
        print(line, file=sys.stderr)
    if "--check" in sys.argv[1:]:
        if PAGE.read_text("utf-8") != text:
            wrong.append("page")
            print("docs/licenses.md is out of date: python tools/licenses.py", file=sys.stderr)
    else:
        PAGE.write_text(text, "utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
