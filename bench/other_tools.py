"""Makes documents of ../shared/gold once more, as other programs hand them over: what `evaluate.py tools` measures.

    python bench/other_tools.py FOLDER [FORM ...]       writes FOLDER/<form>/<id>/source.*; all forms unless some are named

The 40 documents that ../shared/gold/forms holds, by programs that it has no form of. They are no dependency of vnadmin: install
`pdfminer.six pdf2docx mammoth trafilatura kreuzberg viparse` in an environment of their own, and Debian's `poppler-utils ghostscript
pandoc`. A program that is not there, or fails on a document, is named and left out. FOLDER must lie outside ../shared.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

SHARED = Path(__file__).parent.parent.parent / "shared"
GOLD, FORMS = SHARED / "gold" / "dev", SHARED / "gold" / "forms"
SECONDS = 120  # one program on one document


def sources(suffix: str) -> Iterator[tuple[str, Path]]:
    """Id and file of each of the 40 documents in one format: its own file, else the one that an office suite saved."""
    saved = {path.parent.name: path for path in FORMS.glob(f"lo-*/*/source.{suffix}")}
    for folder in sorted(FORMS.glob("plain-0-as-it-is/*")):
        own = GOLD / folder.name / f"source.{suffix}"
        path = own if own.exists() else saved.get(folder.name)
        if path is not None:
            yield folder.name, path


def texts(layout: str) -> Iterator[tuple[str, Path]]:
    """The same documents as text: `plain`, or `layout` with their columns."""
    for path in sorted(FORMS.glob(f"{layout}-0-as-it-is/*/source.*")):
        yield path.parent.name, path


def run(*command: str) -> bytes:
    """What a program prints, working on a copy: pdftohtml writes beside its input."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(command[-1], folder)
        return subprocess.run([*command[:-1], copy], capture_output=True, check=True, timeout=SECONDS).stdout


def pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(str(path)))


def pdf_to_docx(path: Path) -> bytes:
    from pdf2docx import Converter

    with tempfile.NamedTemporaryFile(suffix=".docx") as out:
        converter = Converter(str(path))
        converter.convert(out.name)
        converter.close()
        return Path(out.name).read_bytes()


def mammoth(kind: str) -> Callable[[Path], str]:
    def read(path: Path) -> str:
        import mammoth as program

        convert = getattr(program, {"raw": "extract_raw_text"}.get(kind, f"convert_to_{kind}"))
        with path.open("rb") as file:
            return str(convert(file).value)

    return read


def trafilatura(kind: str) -> Callable[[Path], str]:
    def read(path: Path) -> str:
        import trafilatura as program

        page = path.read_bytes().decode("utf-8", "replace")
        return program.extract(page, output_format=kind, include_tables=True) or ""

    return read


def kreuzberg(kind: str) -> Callable[[Path], str]:
    def read(path: Path) -> str:
        from kreuzberg import ExtractionConfig, extract_file_sync

        return str(extract_file_sync(str(path), config=ExtractionConfig(output_format=kind)).content)

    return read


def viparse(path: Path) -> str:
    import viparse as program

    return "\n".join(part.text for part in program.load(str(path)))


def lines(change: Callable[[list[str]], list[str]]) -> Callable[[Path], str]:
    return lambda path: "\n".join(change(path.read_text("utf-8").split("\n")))


def wrapped(width: int) -> Callable[[Path], str]:
    return lines(lambda old: [textwrap.fill(line, width, replace_whitespace=False) if line else line for line in old])


def whole(change: Callable[[str], str]) -> Callable[[Path], str]:
    return lambda path: change(path.read_text("utf-8"))


def one_line(text: str) -> str:
    return " ".join(text.split())


def one_line_a_paragraph(text: str) -> str:
    return "\n".join(map(one_line, re.split(r"\n\s*\n", text)))


def entities(text: str) -> str:
    rows = (f"<div>{line.encode('ascii', 'xmlcharrefreplace').decode()}</div>\n" for line in text.split("\n"))
    return f"<html><body>{''.join(rows)}</body></html>"


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


# form -> (the files it is made from, the program, the suffix of what it gives)
MAKERS: dict[str, tuple[Callable[[], Iterator[tuple[str, Path]]], Callable[[Path], str | bytes], str]] = {
    "pdfminer": (lambda: sources("pdf"), pdfminer, "txt"),
    "pdftohtml": (
        lambda: sources("pdf"),
        lambda path: run("pdftohtml", "-i", "-noframes", "-stdout", str(path)),
        "html",
    ),
    "pdf-gs": (
        lambda: sources("pdf"),
        lambda path: run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-sOutputFile=-", str(path)),
        "pdf",
    ),
    "pdf-to-docx": (lambda: sources("pdf"), pdf_to_docx, "docx"),
    "mammoth-html": (lambda: sources("docx"), mammoth("html"), "html"),
    "mammoth-md": (lambda: sources("docx"), mammoth("markdown"), "md"),
    "mammoth-raw": (lambda: sources("docx"), mammoth("raw"), "txt"),
    "trafilatura-txt": (lambda: sources("html"), trafilatura("txt"), "txt"),
    "trafilatura-markdown": (lambda: sources("html"), trafilatura("markdown"), "md"),
    "kreuzberg-pdf": (lambda: sources("pdf"), kreuzberg("plain"), "txt"),
    "kreuzberg-pdf-md": (lambda: sources("pdf"), kreuzberg("markdown"), "md"),
    "kreuzberg-docx": (lambda: sources("docx"), kreuzberg("plain"), "txt"),
    "kreuzberg-docx-md": (lambda: sources("docx"), kreuzberg("markdown"), "md"),
    "viparse-pdf-md": (lambda: sources("pdf"), viparse, "md"),
    "viparse-docx-md": (lambda: sources("docx"), viparse, "md"),
    **{
        f"pandoc-{kind}": (
            lambda: sources("docx"),
            lambda path, kind=kind: run("pandoc", "-f", "docx", "-t", kind, str(path)),
            "md" if kind in ("markdown", "commonmark") else "txt",
        )
        for kind in ("markdown", "commonmark", "rst", "org", "asciidoc", "latex", "mediawiki")
    },
    "plain-all-in-one-line": (lambda: texts("plain"), whole(one_line), "txt"),
    "plain-all-in-one-line-per-paragraph": (lambda: texts("plain"), whole(one_line_a_paragraph), "txt"),
    "layout-all-in-one-line": (lambda: texts("layout"), whole(one_line), "txt"),
    "plain-wrapped-at-50": (lambda: texts("plain"), wrapped(50), "txt"),
    "plain-wrapped-at-120": (lambda: texts("plain"), wrapped(120), "txt"),
    "plain-numbered-lines": (
        lambda: texts("plain"),
        lines(lambda old: [f"{n:4d}  {line}" for n, line in enumerate(old, 1)]),
        "txt",
    ),
    "plain-json-escaped": (lambda: texts("plain"), whole(escaped), "txt"),
    "plain-html-entities": (lambda: texts("plain"), whole(entities), "html"),
    "plain-soft-hyphens": (
        lambda: texts("plain"),
        whole(lambda text: re.sub(r"(\w{3})(\w{2})", "\\1\u00ad\\2", text)),
        "txt",
    ),
}


def make(folder: Path, form: str) -> None:
    """Writes the documents of one form, and says which could not be made."""
    files, program, suffix = MAKERS[form]
    for name, path in files():
        try:
            made = program(path)
        except Exception as error:  # noqa: BLE001  another program's fault on one document
            print(f"{form} {name}: {type(error).__name__} {error}"[:160], file=sys.stderr)
            continue
        target = folder / form / name / f"source.{suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made if isinstance(made, bytes) else made.encode())


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1]).resolve()
    if SHARED.resolve() in folder.parents:
        raise SystemExit(f"{folder} lies in {SHARED}; name a folder outside it.")
    for form in sys.argv[2:] or MAKERS:
        make(folder, form)


if __name__ == "__main__":
    main()
