"""Builds the package as a publisher does and installs it as a stranger does: `make package`, part of `make check`.

The source archive is built twice, and the wheel from the tree and from the unpacked archive: each pair must be the same bytes, so that
anybody can tell that what is published is what stands in the repository. `twine check` reads the metadata as PyPI does. Then the wheel
goes into a fresh environment with what its metadata requires, and `python -m vnadmin.samples` prints the table of `make demo` there.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from bare_install import built_wheel, installed

ROOT = Path(__file__).parent.parent
EXTRAS = "[legacy]"  # the demo reads a binary .doc; OCR is left out there with its reason
MUST_HOLD = ("vnadmin/py.typed", "vnadmin/samples/cong-van.txt", "vnadmin_service/__init__.py")


def built_sdist(folder: Path) -> Path:
    """The source archive of the tree."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder], cwd=ROOT, check=True)
    return next(folder.glob("vnadmin-*.tar.gz"))


def same(first: Path, second: Path) -> bool:
    """Whether two builds are the same bytes."""
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (first, second)]
    print("ok    " if digests[0] == digests[1] else "FAILED", f"{first.name} twice: {' '.join(digests)}")
    return digests[0] == digests[1]


def demo(wheel: Path, folder: Path) -> bool:
    """Install the wheel with its requirements into a fresh environment and print the samples' table with it."""
    python = installed(wheel, folder, EXTRAS)
    done = subprocess.run([python, "-I", "-m", "vnadmin.samples", "--out", folder / "demo-out"], cwd=folder)
    written = sorted(path.name for path in (folder / "demo-out").glob("*.json"))
    print("ok    " if done.returncode == 0 and written else "FAILED", f"demo: {', '.join(written)}")
    return done.returncode == 0 and bool(written)


def main() -> int:
    """Exit status 1 when a pair of builds differs, the metadata is faulty, a file is missing or the demo fails."""
    twine = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sdist = built_sdist(folder / "sdist")
        right = [same(sdist, built_sdist(folder / "again"))]
        with tarfile.open(sdist) as archive:
            archive.extractall(folder / "tree", filter="data")
        wheel = built_wheel(ROOT, folder / "wheel")
        unpacked = next((folder / "tree").iterdir())
        right.append(same(wheel, built_wheel(unpacked, folder / "from-sdist")))
        with zipfile.ZipFile(wheel) as packed:
            missing = sorted(set(MUST_HOLD) - set(packed.namelist()))
        print("FAILED" if missing else "ok    ", f"the wheel holds its data {' '.join(missing)}")
        right.append(not missing)
        right.append(subprocess.run([twine, "check", "--strict", sdist, wheel]).returncode == 0)
        right.append(demo(wheel, folder))
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
