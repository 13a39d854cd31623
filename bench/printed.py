"""Made documents printed to PDF by a browser, and what converters make of such a PDF: the share of values that are read as meant.

    python bench/printed.py [--count 60] [--seed 0] [--only FORM] [--show COLUMN] [--converters PYTHON] [--keep FOLDER]

Needs Chromium. `--converters` names the Python of an environment with `pymupdf4llm pdf2docx markitdown`; they are no dependency of
vnadmin. `--keep` keeps the files, named after what made them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import vnadmin

sys.path.insert(0, str(Path(__file__).parent.parent))  # the tests are a package beside bench

from tests.makers.converted import markdown_table, tables_behind
from tests.makers.every_format import Page, made_pages
from tests.makers.letter_grammar import Letter
from tests.makers.web_page import printed

SCALARS = ("document_type", "parent_agency", "issuing_agency", "number", "place", "issued_on", "subject")
COLUMNS = (*SCALARS, "addressees", "recipients", "signatories", "directives", "legal_references")
_CONVERT = """
import sys
from pathlib import Path
name, paths = sys.argv[1], [Path(path) for path in sys.argv[2:]]
for path in paths:
    if name == "pymupdf4llm":
        import pymupdf4llm
        path.with_suffix(".md").write_text(pymupdf4llm.to_markdown(str(path)), "utf-8")
    elif name == "markitdown":
        from markitdown import MarkItDown
        path.with_suffix(".md").write_text(MarkItDown().convert(str(path)).text_content, "utf-8")
    elif name == "pdf2docx":
        from pdf2docx import Converter
        converter = Converter(str(path))
        converter.convert(str(path.with_suffix(".docx")))
        converter.close()
"""
_CONVERTED = {"pymupdf4llm": ".md", "markitdown": ".md", "pdf2docx": ".docx"}


def forms(made: Sequence[tuple[Letter, Page]], python: str | None, folder: Path) -> Iterator[tuple[str, int, bytes]]:
    """Form, which document, its bytes."""
    paths = []
    for index, data in enumerate(printed([page for _, page in made])):
        paths.append(folder / f"{index:03d}.pdf")
        paths[-1].write_bytes(data)
        yield "browser PDF", index, data
    for name, suffix in _CONVERTED.items() if python else ():
        subprocess.run([python, "-c", _CONVERT, name, *paths], check=True, capture_output=True)
        for index, path in enumerate(paths):
            target = path.with_suffix(suffix)
            yield f"{name} of it", index, target.read_bytes()
            target.rename(folder / f"{index:03d}-{name}{suffix}")
    for index, (_, page) in enumerate(made):
        yield "Markdown tables", index, markdown_table(page, index)
        yield "tables behind", index, tables_behind(page, index)


def right(letter: Letter, document: vnadmin.AdminDocument) -> dict[str, tuple[float, int, Any, Any]]:
    """Of each column: values that are right, values asked for, what was meant, what was read."""
    read, meant = document.model_dump(mode="json"), letter.meant
    found: dict[str, tuple[float, int, Any, Any]] = {}
    for name in SCALARS:
        one, other = meant.get(name), read[name]
        if isinstance(one, dict):
            key = "text" if name == "number" else "code"
            one, other = one[key], other and other[key]
        found[name] = (one == other, 1, one, other)
    lists = {
        "addressees": (meant.get("addressees", []), read["addressees"]),
        "recipients": (
            [tuple(one.values()) for one in meant["recipients"]],
            [(one["name"], one["purpose"]) for one in read["recipients"]],
        ),
        "signatories": (
            [(one["name"], one["position"], *one["authority"]) for one in meant["signatories"]],
            [(one["name"], one["position"], *one["authority"]) for one in read["signatories"]],
        ),
        "directives": (list(_items(meant["directives"])), list(_items(read["directives"]))),
        "legal_references": (
            [(one["type"], one["number"], one["issued_on"]) for one in meant["legal_references"]],
            [(one["type"], one["number"], one["issued_on"]) for one in read["legal_references"]],
        ),
    }
    for name, (one, other) in lists.items():
        same = sum((Counter(one) & Counter(other)).values())
        found[name] = (2 * same, len(one) + len(other), one, other)
    return found


def _items(tree: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for item in tree:
        yield item["marker"], " ".join(item["text"].split()[:10])
        yield from _items(item.get("children", []))


def wrong_and_certain(document: vnadmin.AdminDocument, name: str) -> bool:
    """Whether all evidence of a value that is not the one meant says it is sure."""
    given = [one for pointer, seen in document.evidence.items() if pointer.split("/")[1] == name for one in seen]
    return bool(given) and all(one.grade == "certain" for one in given)


def main() -> None:
    """Make, read and print a line for each form."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=60)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--only", default="")
    options.add_argument("--show", metavar="COLUMN")
    options.add_argument("--converters", metavar="PYTHON")
    options.add_argument("--keep", type=Path)
    given = options.parse_args()
    made = made_pages(given.count, given.seed)
    good, asked = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    certain = Counter[str]()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for form, index, data in forms(made, given.converters, folder):
            if given.only not in form:
                continue
            document = vnadmin.parse(data)
            for name, (same, of, meant, read) in right(made[index][0], document).items():
                good[form, name] += same
                asked[form, name] += of
                if same != of:
                    certain[form] += name in SCALARS and wrong_and_certain(document, name)
                    if given.show == name:
                        print(f"{form} {index}\n  meant {meant}\n  read  {read}")
    print(f"{'form':20}" + "".join(f"{name[:10]:>11}" for name in COLUMNS) + "  certain, wrong")
    for form in dict.fromkeys(form for form, _ in asked):
        print(
            f"{form:20}"
            + "".join(f"{good[form, name] / max(1, asked[form, name]):>11.3f}" for name in COLUMNS)
            + f"{certain[form]:>10}"
        )


if __name__ == "__main__":
    main()
