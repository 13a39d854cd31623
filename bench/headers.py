"""Header, addressees, recipients and signatures of documents without labels: right, wrong and missing by field, against judged digests.

    python bench/headers.py [FOLDER] [--labels FILE] [--read FILE ...]

A row of the labels holds the first signs of a file's SHA-256, a field, and the digest of the value that a reader found printed there (`-`:
none is printed). So the table can be made again where the files are at hand, and no text of theirs is kept here. `--read` prints the rows of
what is read in a file now; they are kept once somebody has read the document beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import vnadmin

_HERE = Path(__file__).parent
_FIELDS = ("document_type", "parent_agency", "issuing_agency", "number", "place", "issued_on", "subject", "urgency", "secrecy",
           "addressees", "recipients", "signatories")  # fmt: skip
_NONE = "-"
_VERDICTS = ("right", "wrong", "missing", "wrong and certain")


def values(document: vnadmin.AdminDocument) -> dict[str, Any]:
    """The value of each field as plain data, the way a label would state it."""
    data = document.model_dump(mode="json")
    found = {field: data[field] for field in _FIELDS}
    found["document_type"] = data["document_type"] and (data["document_type"]["code"] or data["document_type"]["name"])
    found["number"] = data["number"] and data["number"]["text"]
    found["recipients"] = [[item["name"], item["purpose"]] for item in data["recipients"]]
    found["signatories"] = [[item["name"], item["position"], item["authority"]] for item in data["signatories"]]
    return found


def digest(value: Any) -> str:
    """Of a value, by which it is known again; `-` of none."""
    if not value:
        return _NONE
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:12]


def key(data: bytes) -> str:
    """By which a file is known."""
    return hashlib.sha256(data).hexdigest()[:16]


def is_certain(document: vnadmin.AdminDocument, field: str) -> bool:
    """Whether all that is given for a field is certain."""
    grades = [
        one.grade
        for pointer, evidence in document.evidence.items()
        if pointer.split("/")[1] == field
        for one in evidence
    ]
    return bool(grades) and all(grade == "certain" for grade in grades)


def main() -> int:
    """Print the table, or the rows of what is read now."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=_HERE.parent.parent / "shared" / "gold" / "unlabelled")
    parser.add_argument("--labels", type=Path, default=_HERE / "headers.tsv")
    parser.add_argument("--read", type=Path, nargs="+")
    args = parser.parse_args()
    if args.read:
        for path in args.read:
            found = values(vnadmin.parse(path))
            sys.stdout.writelines(f"{key(path.read_bytes())}\t{field}\t{digest(found[field])}\n" for field in _FIELDS)
        return 0
    rows = [line.split("\t") for line in args.labels.read_text("utf-8").splitlines()[1:]]
    labels = {(document, field): answer for document, field, answer in rows}
    counts: Counter[tuple[str, str]] = Counter()
    read = 0
    for path in sorted(path for path in args.folder.rglob("*") if path.is_file()):
        own = key(path.read_bytes())
        if (own, _FIELDS[0]) not in labels:
            continue
        read += 1
        document = vnadmin.parse(path)
        found = values(document)
        for field in _FIELDS:
            answer = labels[own, field]
            given = digest(found[field])
            verdict = "right" if given == answer else "missing" if given == _NONE else "wrong"
            counts[field, verdict] += 1
            counts[field, "wrong and certain"] += verdict == "wrong" and is_certain(document, field)
    print(f"{read} documents" + "".join(f"{verdict:>20}" for verdict in _VERDICTS))
    for field in _FIELDS:
        print(f"{field:<16}" + "".join(f"{counts[field, verdict]:>20}" for verdict in _VERDICTS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
