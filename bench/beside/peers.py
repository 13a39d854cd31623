"""The contestants and their environments: one venv each under `.bench/`, installed from a list with hashes.

A venv is made once for each content of its list; vnadmin's own two get the wheel of this checkout whenever its sources
changed: one with the modules that mypyc compiles, where there is a compiler, and one without.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LISTS = ROOT / "bench" / "peers"
ENVIRONMENTS = ROOT / ".bench"
OWN = "vnadmin"
PURE = "vnadmin-pure"


@dataclass(frozen=True)
class Peer:
    """One contestant.

    Attributes:
        name: of its list in bench/peers and of its environment.
        package: the distribution whose version is quoted.
        module: what a user imports.
        command: what is started for the start-up figures, where there is a console command: the least that it can do.
        formats: what it reads; a peer that reads no files (NER, citations) has none.
        further: (format, driver) of what else is measured in its environment.
    """

    name: str
    package: str
    module: str
    command: tuple[str, ...] | None
    formats: tuple[str, ...]
    further: tuple[tuple[str, str], ...] = ()


FORMATS = ("text", "html", "docx", "doc", "rtf", "pdf")
PEERS = (
    # python-docx is one of vnadmin's requirements, so its environment is at hand
    Peer(OWN, "vnadmin", "vnadmin", ("vnadmin", "--version"), FORMATS, (("docx", "python-docx-regexes"),)),
    Peer(PURE, "vnadmin", "vnadmin", ("vnadmin", "--version"), FORMATS),
    Peer("kreuzberg", "kreuzberg", "kreuzberg", None, FORMATS),  # its command is a separate download
    # viparse hands .doc to LibreOffice: a matter of seconds and of another program
    Peer("viparse", "viparse", "viparse", ("viparse", "--help"), ("docx", "rtf", "pdf")),
    Peer("markitdown", "markitdown", "markitdown", ("markitdown", "--version"), ("text", "html", "docx", "pdf")),
    Peer("pdfplumber", "pdfplumber", "pdfplumber", None, ("pdf",), (("pdf", "pdfplumber-regexes"),)),
    Peer("pypdfium2", "pypdfium2", "pypdfium2", ("pypdfium2", "--version"), ("pdf",), (("pdf", "pypdfium2-boxes"),)),
    Peer("underthesea", "underthesea", "underthesea", ("underthesea", "--help"), ()),
    Peer("eyecite", "eyecite", "eyecite", None, ()),
)


def clean_environment() -> dict[str, str]:
    """What a child sees: byte code is written and read, one thread for OpenMP, one order of sets, no paths of this process."""
    drop = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME")
    fixed = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    return {**{k: v for k, v in os.environ.items() if k not in drop}, **fixed}


def python_of(name: str) -> Path:
    """The interpreter of a contestant's environment."""
    return ENVIRONMENTS / name / "bin" / "python"


def environment_of(driver: str) -> str:
    """The environment in which a driver of child.py runs."""
    further = {name: peer.name for peer in PEERS for _, name in peer.further}
    return further.get(driver) or (PURE if driver == PURE else driver.split("-")[0])


def install(peer: Peer, log: bool = True) -> None:
    """Make the environment of a contestant unless it is there already, as its list says."""
    requirements = LISTS / f"{peer.package}.txt"
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    folder = ENVIRONMENTS / peer.name
    stamp = folder / ".installed"
    if not stamp.is_file() or stamp.read_text() != wanted:
        if log:
            print(f"installing {peer.name} into {folder.relative_to(ROOT)}", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        # --no-deps: the list is complete, and a resolver that finds more to install has found a list out of date
        _pip(peer.name, "--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(requirements))
        stamp.write_text(wanted)
    if peer.name in (OWN, PURE):
        _install_own(peer.name, folder / ".sources", log)


def _install_own(name: str, stamp: Path, log: bool) -> None:
    """The wheel of this checkout, unless the one of the same sources is there."""
    compiled = name == OWN and shutil.which("cc") is not None
    files = [ROOT / "pyproject.toml", ROOT / "hatch_build.py", *sorted((ROOT / "src").rglob("*.*"))]
    digest = hashlib.sha256(b"compiled" if compiled else b"pure")
    for path in files:
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    if log:
        print(f"building the {'compiled' if compiled else 'pure'} wheel for {name}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as wheels:
        environment = {**os.environ, "HATCH_BUILD_HOOK_ENABLE_CUSTOM": "true" if compiled else "false"}
        command = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, str(ROOT)]
        _run(command, environment)
        _pip(name, "--no-deps", "--force-reinstall", str(next(Path(wheels).glob("*.whl"))))
    stamp.write_text(digest.hexdigest())


def _pip(name: str, *arguments: str) -> None:
    _run(["--python", str(python_of(name)), "install", "--quiet", "--compile", *arguments])


def _run(arguments: list[str], environment: dict[str, str] | None = None) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True, env=environment)


def version(peer: Peer) -> str:
    """The installed version of a contestant."""
    code = f"from importlib.metadata import version; print(version({peer.package!r}))"
    return subprocess.run([python_of(peer.name), "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def install_size(peer: Peer) -> tuple[int, int]:
    """Bytes of all that was installed (byte code left out: it is made again anywhere) and the number of distributions."""
    site = next((ENVIRONMENTS / peer.name / "lib").glob("python*/site-packages"))
    files = [path for path in site.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return sum(path.stat().st_size for path in files), len(list(site.glob("*.dist-info")))
