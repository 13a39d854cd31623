"""Does what a document says hang on its format? Sets made documents in seven formats and compares what is read.

    python bench/invariance.py [--count 200] [--seed 0] [--show FIELD]
    python bench/invariance.py --gold ../shared/gold/dev    # gold texts set as .docx give the same headers

Prints, for each field, the share of documents that give the same in all formats, and of which formats the others differ.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import vnadmin

HEADER = ("document_type", "parent_agency", "issuing_agency", "number", "place", "issued_on", "subject", "addressees")
LISTS = ("recipients", "signatories", "directives", "legal_references")


def said(document: vnadmin.AdminDocument) -> dict[str, str]:
    """What a document says, field by field, as text that compares."""
    read = document.model_dump(mode="json")
    return {name: json.dumps(_plain(read[name]), ensure_ascii=False, sort_keys=True) for name in (*HEADER, *LISTS)}


def _plain(value: Any) -> Any:
    """Without the paragraphs of items, which follow the lines of a format, and mentions, which stand beside them."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if key not in ("paragraphs", "mentions")}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def compare(count: int, seed: int) -> Iterator[tuple[int, str, dict[str, str]]]:
    """For each document and field, what each format gives."""
    from tests.makers.every_format import FORMATS, made_pages

    for index, (_, page) in enumerate(made_pages(count, seed)):
        read = {name: said(vnadmin.parse(make(page))) for name, make in FORMATS.items()}
        for field in (*HEADER, *LISTS):
            yield index, field, {name: answers[field] for name, answers in read.items()}


def _made(count: int, seed: int, show: str | None) -> None:
    same, asked = Counter[str](), Counter[str]()
    apart = Counter[tuple[str, str]]()
    for index, field, answers in compare(count, seed):
        asked[field] += 1
        common, shared = Counter(answers.values()).most_common(1)[0]
        same[field] += shared == len(answers)
        for name, answer in answers.items():
            if answer != common:
                apart[field, name] += 1
                if show == field:
                    print(f"{index} {name}\n  has    {answer[:300]}\n  others {common[:300]}")
    for field in (*HEADER, *LISTS):
        names = {name: count for (of, name), count in apart.items() if of == field}
        print(f"{field:18} {same[field] / asked[field]:.3f}  {names or ''}")
    header = sum(same[field] for field in HEADER) / sum(asked[field] for field in HEADER)
    print(f"header fields equal in all formats: {header:.4f} of {asked['number']} documents, seed {seed}")


def _gold(folder: Path, show: str | None) -> None:
    """Every text, and the canonical text of every other born-digital document, set as .docx line by line."""
    from tests.makers import docx_maker

    same = total = 0
    for source in sorted(folder.glob("*/source.*")):
        if source.suffix in (".jpg", ".png", ".tif"):
            continue
        data = source.read_bytes()
        try:
            document = vnadmin.parse(data, config=vnadmin.Config(ocr="off"))
        except vnadmin.VnadminError:  # a scan
            continue
        if source.suffix != ".txt":
            data = document.text.encode()
        lines = [_printable(line) for line in data.decode("utf-8-sig", "replace").splitlines()]
        text = said(vnadmin.parse("\n".join(lines).encode()))
        word = said(vnadmin.parse(docx_maker.make_docx("".join(docx_maker.paragraph(escape(line)) for line in lines))))
        wrong = [field for field in HEADER if text[field] != word[field]]
        total += 1
        same += not wrong
        if wrong:
            print(source.parent.name, *wrong)
            for field in wrong if show else ():
                print(f"  text {text[field][:300]}\n  docx {word[field][:300]}")
    print(f"texts whose header is the same as .docx: {same} of {total}")


def _printable(text: str) -> str:
    return "".join(char for char in text if char >= " " or char == "\t")


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--count", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--gold", type=Path)
    arguments.add_argument("--show", metavar="FIELD")
    given = arguments.parse_args()
    sys.path.insert(0, str(Path(__file__).parent.parent))  # the tests are a package beside bench
    if given.gold:
        _gold(given.gold, given.show)
    else:
        _made(given.count, given.seed, given.show)


if __name__ == "__main__":
    main()
