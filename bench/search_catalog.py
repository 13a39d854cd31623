"""Makes a catalogue of generated dispatches to search in: invented names, and words as frequent as in real ones.

Function words and formulas stand in nearly every document, as `ủy ban nhân dân` does; topics, places and names in ever
fewer; the rest is syllables by Zipf's law. The same number gives the same catalogue.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import itertools
import random
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, func, insert, select

from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.rows import Rows, rows_of
from vnadmin.index.catalog.schema import Content, Document, File
from vnadmin.index.catalog.write import write_documents
from vnadmin.model import AdminDocument

BATCH = 500
DOUBTFUL = 0.02  # of the values that the queue asks about
WORDS = tomllib.loads((Path(__file__).parent / "search_words.toml").read_text("utf-8"))
TYPES, SECTORS, TOPICS, ACTS = WORDS["types"], WORDS["sectors"], WORDS["topics"], WORDS["acts"]
SURNAMES, MIDDLE, GIVEN = WORDS["surnames"], WORDS["middle_names"], WORDS["given_names"]
PLACES, COMMON = WORDS["places"], WORDS["common"]
LAWS = [
    f"{number:02}/{year}/{kind}"
    for number in (9, 30, 34, 61, 78, 99, 115, 151)
    for year in range(2012, 2025)
    for kind in ("NĐ-CP", "QH14", "TT-BNV")
]
_TONES = {"a": "aàáảãạ", "ê": "êềếểễệ", "e": "eèéẻẽẹ", "i": "iìíỉĩị", "o": "oòóỏõọ", "ô": "ôồốổỗộ", "ơ": "ơờớởỡợ",
          "u": "uùúủũụ", "ư": "ưừứửữự"}  # fmt: skip


def syllables() -> list[str]:
    """Some 5,000 syllables that could be Vietnamese."""
    found = []
    for onset, rhyme in itertools.product(WORDS["onsets"], WORDS["rhymes"]):
        vowel = next(letter for letter in reversed(rhyme) if letter in _TONES)
        found += [onset + rhyme.replace(vowel, toned, 1) for toned in _TONES[vowel]]
    return found


def dispatches(count: int, seed: int = 5) -> Iterator[tuple[str, Rows]]:
    """(SHA-256, rows) of each dispatch."""
    chance = random.Random(seed)
    vocabulary = syllables()
    chance.shuffle(vocabulary)
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    totals = list(itertools.accumulate(weights))
    for index in range(count):
        yield _dispatch(chance, index, vocabulary, totals)


def _dispatch(chance: random.Random, index: int, vocabulary: list[str], totals: list[float]) -> tuple[str, Rows]:
    code, name, _ = chance.choices(TYPES, [share for *_, share in TYPES])[0]
    place = PLACES[min(int(chance.expovariate(0.12)), len(PLACES) - 1)]
    sector, sign = chance.choice(SECTORS)
    issuer = chance.choice((f"Ủy ban nhân dân tỉnh {place}", f"Sở {sector} tỉnh {place}", f"Sở {sector}"))
    issued = dt.date(2005, 1, 1) + dt.timedelta(days=int(chance.random() * 7300))
    number = f"{1 + int(chance.expovariate(0.002))}/" + (f"{sign}-VP" if code == "CV" else f"{code}-{sign}")
    topic = TOPICS[min(int(chance.expovariate(0.12)), len(TOPICS) - 1)]
    subject = f"{chance.choice(ACTS)} {topic} năm {issued.year}"
    signer = f"{chance.choice(SURNAMES)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"
    laws = sorted({LAWS[min(int(chance.expovariate(0.02)), len(LAWS) - 1)] for _ in range(chance.randint(1, 5))})
    tasks = []
    for _ in range(chance.randint(0, 6)):
        who = chance.choice(SECTORS)[0]
        due = issued + dt.timedelta(days=chance.randint(5, 200))
        tasks.append((f"Sở {who}", f"Giao Sở {who} {chance.choice(ACTS)} {chance.choice(TOPICS)}", due))
    text = _text(chance, vocabulary, totals, issuer, number, place, issued, name, subject, laws, tasks, signer)
    sha256 = hashlib.sha256(f"{index}".encode()).hexdigest()
    document = AdminDocument.model_validate(
        {
            "document_type": {"code": code, "name": name},
            "issuing_agency": issuer,
            "number": {"text": number, **dict(zip(("sequence", "notation"), number.split("/", 1), strict=True))},
            "place": place,
            "issued_on": issued.isoformat(),
            "subject": subject,
            "addressees": [f"Sở {chance.choice(SECTORS)[0]}"],
            "signatories": [{"name": signer}],
            "legal_references": [{"type": "Nghị định", "number": law, "relation": "basis"} for law in laws],
            "directives": [
                {"marker": "-", "text": told, "assignees": [who],
                 "deadline": {"text": f"trước ngày {due:%d/%m/%Y}", "date": due.isoformat()}}
                for who, told, due in tasks
            ],
            "evidence": {
                pointer: [_place(text, value, "likely" if chance.random() < DOUBTFUL else "certain")]
                for pointer, value in {"/number/text": number, "/place": place, "/subject": subject}.items()
            },
            "text": text,
            "source": {"sha256": sha256, "media_type": "text/plain", "pages": [{"number": 1, "method": "markup"}]},
        }
    )  # fmt: skip
    return sha256, rows_of(document)


def _place(text: str, value: str, grade: str) -> dict[str, object]:
    start = text.index(value)
    return {"start": start, "end": start + len(value), "quote": value, "page": 1, "rule": "generated", "grade": grade}


def _text(
    chance: random.Random, vocabulary: list[str], totals: list[float], issuer: str, number: str, place: str,
    issued: dt.date, name: str, subject: str, laws: list[str], tasks: list[tuple[str, str, dt.date]], signer: str,
) -> str:  # fmt: skip
    size = min(int(chance.lognormvariate(6.0, 0.9)), 12_000)  # words: half of the documents have less than 400
    rare = chance.choices(vocabulary, cum_weights=totals, k=size)
    words = [chance.choice(COMMON) if chance.random() < 0.45 else word for word in rare]
    paragraphs = [" ".join(words[start : start + 60]).capitalize() + "." for start in range(0, size, 60)]
    duties = [f"- {told} trước ngày {due:%d/%m/%Y}." for _, told, due in tasks]
    return "\n".join(
        (
            f"{issuer.upper()}\nSố: {number}",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
            f"{place}, ngày {issued:%d} tháng {issued:%m} năm {issued:%Y}",
            f"{name.upper()}\nVề việc {subject}",
            *(f"Căn cứ Nghị định số {law} của Chính phủ;" for law in laws),
            *paragraphs,
            *duties,
            f"Nơi nhận:\n- Như trên;\n- Ủy ban nhân dân các huyện;\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n{signer}",
        )
    )


def options_for(about: str | None, *, catalog: str, rounds: int) -> argparse.Namespace:
    """What a measurement in a generated catalogue is told: its documents, the catalogue, the rounds."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--catalog", default=catalog)
    parser.add_argument("--rounds", type=int, default=rounds)
    return parser.parse_args()


def filled(catalog: str, count: int) -> Engine:
    """The catalogue with so many documents, made where it is empty."""
    engine = open_catalog(catalog)
    with engine.connect() as connection:
        there = connection.scalar(select(func.count()).select_from(Document)) or 0
    if there not in (0, count):
        sys.exit(f"{catalog} holds {there} documents, not {count}: name another one")
    if not there:
        start = time.perf_counter()
        _fill(engine, count)
        print(f"made {count} documents in {time.perf_counter() - start:.0f} s")
    return engine


def _fill(engine: Engine, count: int) -> None:
    """Write so many dispatches into an empty catalogue."""
    for group in _batched(count):
        batch = dict(group)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(
                insert(Content),
                [
                    {"sha256": h, "size": len(r.record), "state": "done", "tries": 1, "interrupted": 0}
                    for h, r in batch.items()
                ],
            )
            connection.execute(
                insert(File),
                [
                    {"path": f"/kho/{h[:2]}/{h[:12]}.txt", "size": len(r.record), "modified": "0", "sha256": h,
                     "state": "done", "found_at": "2026-11-25T00:00:00Z", "seen_run": 1}
                    for h, r in batch.items()
                ],
            )  # fmt: skip
            write_documents(connection, batch)


def _batched(count: int) -> Iterator[list[tuple[str, Rows]]]:
    """As `itertools.batched`, which Python 3.11 does not have."""
    source = dispatches(count)
    while group := list(itertools.islice(source, BATCH)):
        yield group
