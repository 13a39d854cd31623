"""From wherever vnadmin is called, it ends: a script without a `__main__` guard, `python -c`, standard input, a notebook."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.makers.ocr_fakes import real_engine
from tests.makers.scan_maker import jpeg_stream, pdf_of
from vnadmin.samples import samples

PAGES = 10
SCAN = """import vnadmin
print([page.method for page in vnadmin.parse("scan.pdf").source.pages].count("ocr"))
"""
WORKERS = """from vnadmin.process.pool import Workers
with Workers(2) as workers:
    for name, result in workers.parse_all(["a.txt", "b.txt"]):
        print(name, result.document_type.code)
"""
NOTEBOOK = """import nbclient, nbformat, sys
book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(sys.stdin.read())])
nbclient.NotebookClient(book, timeout=900, kernel_name="python3").execute()
print("".join(output.text for output in book.cells[0].outputs if output.output_type == "stream"), end="")
"""
ENDS = pytest.mark.timeout(300)  # a kernel that starts, and ten pages by the best engine: some 10 s on an idle machine


def printed(folder: Path, code: str, *arguments: str) -> str:
    """What a Python program prints that is given this code on its standard input."""
    environment = {**os.environ, "HOME": str(folder), "IPYTHONDIR": str(folder), "JUPYTER_PLATFORM_DIRS": "1"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder, env=environment, input=code, capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def as_script(folder: Path, code: str) -> str:
    """A file of its own, without a guard."""
    (folder / "script.py").write_text(code, "utf-8")
    return printed(folder, "", "script.py")


def as_argument(folder: Path, code: str) -> str:
    """`python -c`."""
    return printed(folder, "", "-c", code)


def as_input(folder: Path, code: str) -> str:
    """`python -`."""
    return printed(folder, code, "-")


def as_notebook(folder: Path, code: str) -> str:
    """A cell in a Jupyter kernel."""
    pytest.importorskip("nbclient", reason="of the development tools")
    return printed(folder, code, "-c", NOTEBOOK)


WAYS = pytest.mark.parametrize("way", [as_script, as_argument, as_input, as_notebook])
Way = Callable[[Path, str], str]


@pytest.fixture(scope="module")
def scan() -> bytes:
    """Ten pages: a bundled notice, and nine with the head of it."""
    real_engine("fast")
    import pypdfium2
    from PIL import Image

    pdf = pypdfium2.PdfDocument(next(item for item in samples() if item.name.endswith(".pdf")).read_bytes())
    page = pdf[0].render(scale=150 / 72).to_pil().convert("L")
    pdf.close()
    head = Image.new("L", page.size, "white")
    head.paste(page.crop((0, 0, page.width, page.height // 8)))
    return pdf_of([jpeg_stream(page), *[jpeg_stream(head)] * (PAGES - 1)], page.size)


@ENDS
@WAYS
def test_a_scan_of_ten_pages_is_read(way: Way, scan: bytes, tmp_path: Path) -> None:
    """Two lines: all pages are read, and the program ends."""
    (tmp_path / "scan.pdf").write_bytes(scan)
    assert way(tmp_path, SCAN) == f"{PAGES}\n"


@ENDS
@WAYS
def test_workers_read_documents(way: Way, tmp_path: Path) -> None:
    """The lines of its own docstring."""
    letter = next(item for item in samples() if item.name == "cong-van.txt").read_bytes()
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(letter)
    assert way(tmp_path, WORKERS) == "a.txt CV\nb.txt CV\n"
