"""Writes docs/versions.md: each locked package with the day it was published, and what is known of its advisories.

    python tools/versions.py

For places where `make audit` reaches no advisory service. The days are asked of the package index by uv, as for `make lock`; what was
looked at by hand stands in requirements/advisories.toml. Exit code 1: the lock holds a version with a known, mended fault.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from packaging.version import Version

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "versions.md"
KNOWN = ROOT / "requirements" / "advisories.toml"


def published(lock: Path) -> list[dict[str, Any]]:
    """The packages of a lock, as pylock.toml tells of them."""
    uv = [
        os.environ.get("UV", "uv"),
        "pip",
        "compile",
        "--quiet",
        "--no-deps",
        "--universal",
        "--python-version",
        "3.11",
    ]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "pylock.toml"
        subprocess.run([*uv, "--format", "pylock.toml", "-o", out, lock], check=True, stdout=subprocess.DEVNULL)
        packages: list[dict[str, Any]] = tomllib.loads(out.read_text("utf-8"))["packages"]
    return packages


def day(package: dict[str, Any]) -> str:
    """The last day on which a file of this version was published."""
    files = [*package.get("wheels", ()), *filter(None, [package.get("sdist")])]
    return max((f"{file['upload-time']:%Y-%m-%d}" for file in files if "upload-time" in file), default="not told")


def page(packages: list[dict[str, Any]], known: dict[str, Any]) -> tuple[str, list[str]]:
    """The page, and the packages that are older than they should be."""
    rows, faulty = [], []
    for package in packages:
        name, version = package["name"], package["version"]
        looked = known["packages"].get(name)
        told = "" if looked is None else f"mended in {looked['mended']}: {looked['what']}"
        if looked is not None and Version(version) < Version(looked["mended"]):
            told = f"**{told}**"
            faulty.append(f"{name} {version}: {looked['what']}")
        rows.append(f"| {name} | {version} | {day(package)} | {told} |")
    unknown = sorted(known["packages"].keys() - {package["name"] for package in packages})
    faulty += [f"{name} is not locked; drop it from {KNOWN.name}" for name in unknown]
    return (
        "# Versions, when they were published, and known faults\n\n"
        "Written by `make versions` from `requirements/runtime.txt`, which a server with every extra installs. It is no audit: `make audit` is, where an advisory\n"
        f"service answers ([dependencies](how-to/dependencies.md)). The last column was noted by hand (faults of 2026\n"
        f"read in copies of advisories on {known['looked_at']}, older ones from memory), for packages that read strangers' "
        "bytes or answer the network; an empty one means that nobody looked.\n\n"
        "| package | version | published | last known fault |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
    ), faulty


def main() -> int:
    """Write the page."""
    known = tomllib.loads(KNOWN.read_text("utf-8"))
    text, faulty = page(published(ROOT / "requirements" / "runtime.txt"), known)
    PAGE.write_text(text, "utf-8")
    print("\n".join(faulty) or f"{PAGE.relative_to(ROOT)}: no locked version is older than what is known to be mended")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
