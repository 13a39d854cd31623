"""Draws an archive of invented offices as OCR reads it, lets `vnadmin reconcile` go over it, and counts what it made of it.

    python bench/witness.py [--count 2000] [--seed 0] [--offices 12] [--years 3] [--catalog FILE|postgresql://...]
    python bench/witness.py --count 100000       what a large archive takes, in processor time

Drawn are catalogue entries, not pages: a register for each office and year, some signers with their terms (now and then two whose names
differ in one letter), codes of units, numbers by hand. Misread are names, posts, codes, places and headers by marks, letters of one look
and others, numbers and days by one figure; the shares are those of 126 scans (docs/evaluation.md): what is misread is doubtful but for one
in 200, and of what is right as much is certain as there. Wrong values that the pass made count by themselves.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert

from vnadmin.index.catalog.connect import open_catalog, reading
from vnadmin.index.catalog.corrections import read_document
from vnadmin.index.catalog.dump import dump
from vnadmin.index.catalog.rows import rows_of
from vnadmin.index.catalog.schema import Content
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.catalog.write import write_documents
from vnadmin.index.registers.series import readings
from vnadmin.index.witness.reconcile import reconcile
from vnadmin.model import AdminDocument

# of 100 readings of each kind how many are misread, and how many of the right ones are certain
MISREAD: Final = {"name": 15, "post": 10, "notation": 8, "number": 15, "day": 8, "issuer": 3, "place": 1}
CERTAIN: Final = {"name": 35, "post": 45, "notation": 50, "number": 15, "day": 25, "issuer": 70, "place": 95}
WRONG_CERTAIN: Final = 0.005  # of misread values
ALIKE_FIGURE: Final = 0.7  # of misread numbers: the others are any other figure
POINTERS: Final = {
    "name": "/signatories/0/name", "post": "/signatories/0/position", "number": "/number/text", "day": "/issued_on",
    "issuer": "/issuing_agency", "place": "/place",
}  # fmt: skip
_LOOKS: Final = ("oce", "il", "nhm", "uv", "bh", "tr", "ft", "gq")
_FAMILY: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý")
_MIDDLE: Final = ("Văn", "Thị", "Đức", "Minh", "Quang", "Thanh", "Hữu", "Ngọc", "Xuân", "Đình")
_GIVEN: Final = ("An", "Bình", "Cường", "Dũng", "Hùng", "Hưng", "Khánh", "Lâm", "Mai", "Nam", "Phúc", "Quân", "Sơn", "Tâm", "Thắng", "Tuấn", "Vinh", "Yến")  # fmt: skip
_OFFICES: Final = (
    ("SỞ NỘI VỤ", "SNV"), ("SỞ Y TẾ", "SYT"), ("SỞ TÀI CHÍNH", "STC"), ("SỞ TƯ PHÁP", "STP"), ("SỞ XÂY DỰNG", "SXD"),
    ("SỞ CÔNG THƯƠNG", "SCT"), ("THANH TRA TỈNH", "TTT"), ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "SGDĐT"), ("SỞ NGOẠI VỤ", "SNgV"),
    ("BAN DÂN TỘC", "BDT"), ("CHI CỤC KIỂM LÂM", "CCKL"), ("SỞ VĂN HÓA VÀ THỂ THAO", "SVHTT"),
)  # fmt: skip
_PROVINCES: Final = ("Bình Lạc", "Hải Minh", "Lam Hải", "Tân Giang", "Phú Thành", "An Thạnh")
_UNITS: Final = ("VP", "TCHC", "KHTC", "TTra", "QLNN", "CCHC")
_POSTS: Final = ("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")


@dataclass(frozen=True)
class Made:
    """A document as it is, and as it was read."""

    true: Mapping[str, str]
    read: AdminDocument


def made(dice: random.Random, count: int, offices: int, years: int) -> Iterator[Made]:
    """About so many documents."""
    each = max(1, count // (offices * years))
    for at in range(offices):
        province = _PROVINCES[at // len(_OFFICES) % len(_PROVINCES)] + ("" if at < 72 else f" {at // 72}")
        name, code = _OFFICES[at % len(_OFFICES)]
        signers = _signers(dice, years)
        units = dice.sample(_UNITS, 4)
        for year in range(years):
            number = 0
            serving = [signer for signer in signers if signer[2] <= year <= signer[3]]
            for offset in sorted(dice.randrange(365) for _ in range(each)):
                number += 2 if dice.random() < 0.01 else 1
                signer = dice.choice(serving)
                day = date(2020 + year, 1, 1) + timedelta(days=offset)
                true = {
                    "name": signer[0],
                    "post": signer[1],
                    "notation": f"{code}-{dice.choice(units)}",
                    "number": f"{number:02d}",
                    "day": day.isoformat(),
                    "issuer": name,
                    "place": province,
                }
                yield Made(true, _read(dice, true))


def _signers(dice: random.Random, years: int) -> list[tuple[str, str, int, int]]:
    """Names and posts with the years in which they sign; in a third of the offices two differ in one letter."""
    found = []
    for post in _POSTS:
        name = f"{dice.choice(_FAMILY)} {dice.choice(_MIDDLE)} {dice.choice(_GIVEN)}"
        changes = dice.randrange(2 * years)
        found.append((name, post, 0, min(changes, years - 1)))
        if changes < years - 1:
            after = f"{dice.choice(_FAMILY)} {dice.choice(_MIDDLE)} {dice.choice(_GIVEN)}"
            if dice.random() < 0.33:
                after = name[:-1] + {"n": "m", "h": "n", "g": "n", "c": "t"}.get(name[-1], "a")
            found.append((after, post, changes, years - 1))
    return found


def _read(dice: random.Random, true: Mapping[str, str]) -> AdminDocument:
    read, grades = dict(true), {}
    for kind, value in true.items():
        wrong = dice.random() * 100 < MISREAD[kind]
        if wrong:
            read[kind] = _figures(dice, kind, value) if kind in ("number", "day") else _letters(dice, value)
        wrong = read[kind] != value
        sure = dice.random() < (WRONG_CERTAIN if wrong else CERTAIN[kind] / 100)
        grades[kind] = "certain" if sure else dice.choice(("likely", "likely", "guess"))
    text = f"{read['number']}/{read['notation']}"
    values: dict[str, Any] = {
        "document_type": {"code": "CV", "name": "Công văn"},
        "parent_agency": f"ỦY BAN NHÂN DÂN TỈNH {true['place'].upper()}",
        "issuing_agency": read["issuer"],
        "number": {"text": text, "sequence": read["number"], "year": None, "notation": read["notation"]},
        "place": read["place"],
        "issued_on": read["day"],
        "subject": f"việc số {dice.randrange(10**9)}",
        "signatories": [{"name": read["name"], "position": read["post"], "authority": []}],
        "recipients": [{"name": "Như trên", "purpose": None}, {"name": "Lưu: VT", "purpose": None}],
    }
    graded = {
        "/document_type/name": "certain", "/document_type/code": "certain", "/parent_agency": "certain",
        "/number/sequence": grades["number"], "/number/notation": grades["notation"],
        "/number/text": min(grades["number"], grades["notation"], key=["guess", "likely", "certain"].index),
        "/recipients/0/name": "certain", "/recipients/1/name": "certain", "/subject": "likely",
        **{POINTERS[kind]: grades[kind] for kind in POINTERS if kind != "number"},
    }  # fmt: skip
    page = f"{values['parent_agency']}\n{read['issuer']}\n{text}\n{values['subject']}\n"
    place = {"start": 0, "end": len(page), "quote": page, "page": 1, "rule": "made"}
    return AdminDocument.model_validate(
        {
            **values,
            "text": page,
            "evidence": {pointer: [{**place, "grade": grade}] for pointer, grade in graded.items()},
            "source": {
                "sha256": hashlib.sha256(page.encode()).hexdigest(),
                "media_type": "application/pdf",
                "pages": [{"number": 1, "method": "ocr", "width": 595, "height": 842}],
            },
        }
    )


def _letters(dice: random.Random, value: str) -> str:
    """A value of which one letter, seldom two and three, was misread: marks most, then what looks alike, then any."""
    for _ in range(dice.choices((1, 2, 3), (70, 22, 8))[0]):
        at = dice.choice([place for place, letter in enumerate(value) if letter.isalpha()])
        letter, low = value[at], value[at].lower()
        plain = unicodedata.normalize("NFD", low)[0]
        chance = dice.random()
        if chance < 0.6 and plain in "aeiouy":
            marks = dice.choice(["\u0301", "\u0300", "\u0309", "\u0303", "\u0323", "\u0302", ""])
            other = unicodedata.normalize("NFC", plain + marks)
        elif chance < 0.85:
            group = next((group for group in _LOOKS if plain in group), "eo")
            other = dice.choice([one for one in group if one != plain] or ["o"])
        else:
            other = dice.choice(["", "l", "t", "s"])
        value = value[:at] + (other.upper() if letter != low else other) + value[at + 1 :]
    return value


def _figures(dice: random.Random, kind: str, value: str) -> str:
    figures = value if kind == "number" else value[8:]
    alike = [each for each in readings(figures) if int(each) > 0]
    other = [figures[:at] + figure + figures[at + 1 :] for at in range(len(figures)) for figure in "0123456789"]
    read = dice.choice(alike if alike and dice.random() < ALIKE_FIGURE else [one for one in other if int(one) > 0])
    if kind == "number":
        return read
    try:
        return date.fromisoformat(value[:8] + read).isoformat()
    except ValueError:
        return value


def _written(writer: Writer, documents: Iterator[Made]) -> dict[str, Mapping[str, str]]:
    """All documents in the catalogue; what is true of each by its content."""
    true: dict[str, Mapping[str, str]] = {}
    batch: list[AdminDocument] = []

    def write() -> None:
        rows = {read.source.sha256: rows_of(read) for read in batch if read.source}
        entered = [{"sha256": one, "size": 1, "state": "done", "tries": 1, "interrupted": 0} for one in rows]
        writer.transact(
            lambda connection: (connection.execute(insert(Content), entered), write_documents(connection, rows))
        )
        batch.clear()

    for one in documents:
        if one.read.source is None or one.read.source.sha256 in true:
            continue
        true[one.read.source.sha256] = one.true
        batch.append(one.read)
        if len(batch) == 200:
            write()
    write()
    return true


def _values(document: AdminDocument) -> dict[str, tuple[str | None, str]]:
    number = document.number
    signed = document.signatories[0]
    found = {
        "name": signed.name, "post": signed.position, "day": document.issued_on and str(document.issued_on),
        "issuer": document.issuing_agency, "place": document.place,
        "number": number.sequence if number else None, "notation": number.notation if number else None,
    }  # fmt: skip
    pointers = POINTERS | {"number": "/number/sequence", "notation": "/number/notation"}
    return {kind: (value, str(document.evidence[pointers[kind]][0].grade)) for kind, value in found.items()}


def count(catalog: str, true: Mapping[str, Mapping[str, str]]) -> tuple[Counter[str], list[str]]:
    """What stands there before and after, by kind; and what was made wrong."""
    tally, made_wrong = Counter[str](), []
    with reading(catalog) as connection:
        for sha256, kept in true.items():
            before, after = (
                _values(document)
                for corrected in (False, True)
                if (document := read_document(connection, sha256, corrected=corrected)) is not None
            )
            for kind, value in kept.items():
                was, is_ = before[kind][0] == value, after[kind][0] == value
                tally[f"{kind}.all"] += 1
                tally[f"{kind}.before"] += was
                tally[f"{kind}.after"] += is_
                tally[f"{kind}.put right"] += is_ and not was
                tally[f"{kind}.made wrong"] += was and not is_
                tally[f"{kind}.otherwise wrong"] += not was and not is_ and before[kind][0] != after[kind][0]
                tally["made certain"] += before[kind] != after[kind] and after[kind][1] == "certain"
                if was and not is_:
                    made_wrong.append(f"{kind}: {value} -> {after[kind][0]}")
    return tally, made_wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--offices", type=int, default=12)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--catalog", help="an empty one; left out, a file that is thrown away")
    args = parser.parse_args(arguments)
    dice = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        catalog = args.catalog or str(Path(folder, "catalog.db"))
        writer = Writer(open_catalog(catalog))
        true = _written(writer, made(dice, args.count, args.offices, args.years))
        started = time.process_time()
        outcome = reconcile(writer, lambda: "2026-12-03T00:00:00Z")
        took = time.process_time() - started
        print(
            f"{len(true)} documents, seed {args.seed}: {sum(outcome.made.values())} changes, {took:.1f} s of processor time"
        )
        tally, made_wrong = count(catalog, true)
        for kind in MISREAD:
            all_, right, after, put, worse, other = (
                tally[f"{kind}.{what}"]
                for what in ("all", "before", "after", "put right", "made wrong", "otherwise wrong")
            )
            print(
                f"{kind:<9} right {right / all_:.3f} -> {after / all_:.3f}; of {all_ - right} misread {put} put right, {other} made another "
                f"wrong one; of {right} right {worse} made wrong"
            )
        print(f"changed values that are certain: {tally['made certain']}")
        print("\n".join(made_wrong[:20]))
        if len(true) <= 20000:
            with reading(catalog) as connection:
                once = list(dump(connection))
            again = reconcile(writer, lambda: "2026-12-04T00:00:00Z")
            with reading(catalog) as connection:
                same = once == list(dump(connection))
            print(
                f"again: {sum(again.made.values())} changes, {again.ended} ended, catalogue {'the same' if same else 'OTHER'}"
            )
        writer.engine.dispose()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
