"""Installs the wheel alone into a fresh environment and reads the bundled samples with it: `make bare`, part of `make check`.

What needs an extra must say which one. The requirements are those of the wheel's own metadata, so that one forgotten there
shows here and not at a user's; their versions are held by requirements/ci.txt.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
READS = """
import sys
import vnadmin
from vnadmin.samples import samples, scans

EXTRA = {".doc": "vnadmin[legacy]", ".png": "vnadmin[ocr]"}  # what has none must be read, with its number
failed = 0
for item in (*samples(), *scans()):
    suffix = item.name[item.name.rfind("."):]
    try:
        document = vnadmin.parse(item.read_bytes())
        said = f"number {document.number.text}" if document.number else "no number"
        right = suffix not in EXTRA and document.number is not None
    except vnadmin.VnadminError as error:
        said = f"{error.code}: {error}"
        right = suffix in EXTRA and EXTRA[suffix] in said
    failed += not right
    print("ok    " if right else "FAILED", item.name, said)
sys.exit(failed)
"""
COMMANDS = {  # arguments: exit status and what must be printed
    ("--version",): (0, r"\d+\.\d+"),
    ("parse", "{sample}"): (0, "UBND"),
    ("serve",): (10, r"vnadmin\[service\]"),
    ("index", "{folder}"): (10, r"vnadmin\[index\]"),
    ("export", "{sample}", "--to", "xlsx"): (10, r"vnadmin\[excel\]"),
}


def built_wheel(tree: Path, folder: Path) -> Path:
    """The pure wheel of a tree."""
    subprocess.run([*PIP, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, tree], check=True)
    return next(folder.glob("vnadmin-*.whl"))


def installed(wheel: Path, folder: Path, extras: str = "") -> Path:
    """The Python of a fresh environment that has the wheel with what its metadata requires, in the versions of the lock."""
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    pins = re.findall(r"^[\w.-]+==[^ ;\\]+", (ROOT / "requirements" / "ci.txt").read_text("utf-8"), re.MULTILINE)
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(pins), "utf-8")
    install = ["install", "--quiet", "--only-binary=:all:", "-c", constraints, f"{wheel}{extras}"]
    subprocess.run([*PIP, "--python", python, *install], check=True)
    return python


def main() -> int:
    """Exit status 1 when anything is not as it should be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = installed(built_wheel(ROOT, folder), folder)
        failed = subprocess.run([python, "-I", "-c", READS], cwd=folder).returncode
        sample = folder / "cong-van.txt"
        sample.write_bytes((ROOT / "src" / "vnadmin" / "samples" / sample.name).read_bytes())
        for arguments, (status, printed) in COMMANDS.items():
            filled = [argument.format(sample=sample, folder=folder) for argument in arguments]
            done = subprocess.run(
                [python.parent / "vnadmin", *filled], cwd=folder, capture_output=True, text=True, timeout=60
            )
            right = done.returncode == status and re.search(printed, done.stdout + done.stderr) is not None
            failed += not right
            print("ok    " if right else "FAILED", "vnadmin", *arguments, f"-> {done.returncode}")
            if not right:
                print(done.stdout, done.stderr, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
