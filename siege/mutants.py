"""`python -m siege.mutants [COUNT] [SHARE/OF] [STAGES]`: mutated files of all formats through the library, batches, the review page and the index.

`2000 1/4` takes every fourth of the 2,000, from the first, and `2000 1/4 library,batches` only two stages: so a long
siege is run in parts. Each stage says its count when it ends.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import httpx

from siege.served import Siege, besieged
from siege.targets import TARGETS
from vnadmin import Config
from vnadmin.errors import ParserFault
from vnadmin.process.pool import Workers

COUNT = 2000
_AT_ONCE = 50  # files of one batch
_PEOPLE = 3  # at the review page


def main() -> None:
    """Besiege."""
    count, share, of, stages = asked(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="vnadmin-mutants-") as top:
        folder = Path(top) / "files"
        folder.mkdir()
        files = {name: data for name, data in [*mutants(count).items()][share - 1 :: of] if data}
        for name, data in files.items():
            (folder / name).write_bytes(data)
        with besieged("mutants", auth="off", ocr="off", review_max_open=10_000, review_max_mb=1024) as siege:
            for stage in stages:
                began, before = time.monotonic(), siege.held.total()
                _STAGES[stage](siege, folder, files)
                held = siege.held.total() - before
                print(f"{stage}: {held} held, {time.monotonic() - began:.0f} s", flush=True)


def asked(words: Sequence[str]) -> tuple[int, int, int, list[str]]:
    """How many files, which share of how many, and the stages.

    Raises:
        SystemExit: it is asked for otherwise.
    """
    count, share, stages = [*words, *(str(COUNT), "1/1", ",".join(_STAGES))[len(words) :]][:3]
    parts = re.fullmatch(r"(\d+)/(\d+)", share)
    if len(words) > 3 or not count.isdecimal() or parts is None or not 1 <= int(parts[1]) <= int(parts[2]):
        raise SystemExit(__doc__)
    if set(stages.split(",")) - set(_STAGES):
        raise SystemExit(f"The stages are {', '.join(_STAGES)}.")
    return int(count), int(parts[1]), int(parts[2]), stages.split(",")


def mutants(count: int) -> dict[str, bytes]:
    """So many files, of each format in turn; the same each time."""
    chance = random.Random(1)
    found: dict[str, bytes] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seeds = {target.name: [seed for seed in target.seeds() if len(seed) <= target.longest] for target in TARGETS}
    for number in range(count):
        target = TARGETS[number % len(TARGETS)]
        data = chance.choice(seeds[target.name])
        for _ in range(chance.choice((1, 1, 2, 5))):
            data = (
                target.mutation(data, target.longest, chance, lambda data, most: _changed(data, most, chance)) or data
            )
        found[f"{number:05d}-{target.name}"] = data
    return found


def _changed(data: bytes, most: int, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return (data[:place] + chance.randbytes(chance.choice((0, 1, 4))) + data[place + chance.choice((0, 1, 4, 32)) :])[
        :most
    ]


def _library(siege: Siege, folder: Path, files: dict[str, bytes]) -> None:
    with Workers(2, config=Config(ocr="off")) as workers:
        for name, outcome in workers.parse_all(str(folder / name) for name in files):
            siege.check("library: read or refused", f"{name}: {outcome}", not isinstance(outcome, ParserFault))


def _batches(siege: Siege, folder: Path, files: dict[str, bytes]) -> None:
    names = list(files)
    for start in range(0, len(names), _AT_ONCE):
        part = names[start : start + _AT_ONCE]
        form = [("file", (name, files[name])) for name in part]
        answer = httpx.post(f"{siege.service.url}/v1/parse/batch", files=form, timeout=600)
        found: defaultdict[str, list[int]] = defaultdict(list)  # a mail or a zip gives a line for each document in it
        for line in map(json.loads, answer.text.splitlines()):
            found[line["file"].partition("!/")[0]].append(line["status"])
        for name in part:
            held = bool(found[name]) and all(status < 500 or status == 503 for status in found[name])
            siege.check("batch: lines that are no fault", f"{name}: {found[name]}", held)


def _review(siege: Siege, folder: Path, files: dict[str, bytes]) -> None:
    def work(part: list[str]) -> None:
        with httpx.Client(base_url=siege.service.url, timeout=120) as client:
            for name in part:
                opened = client.post("/review", files={"file": (name, files[name])})
                if opened.status_code != 303:
                    siege.check("review page: opened or refused", f"{name}: {opened.status_code}", _no_fault(opened))
                    continue
                address = opened.headers["location"]
                ends = time.monotonic() + 60
                while client.get(f"{address}/state").json()["status"] == "reading" and time.monotonic() < ends:
                    time.sleep(0.02)
                siege.check("review page: read or refused in a minute", name, time.monotonic() < ends)
                for kind, place in (("shown", ""), ("laid out", "/laid"), ("drawn", "/pages/1")):
                    answer = client.get(address + place)  # 404 where it could not be read or has no such page
                    told = f"{name}: {answer.status_code}"
                    siege.check(f"review page: {kind} or refused", told, _no_fault(answer))
                client.post(f"{address}/close")

    names = list(files)
    siege.all_at_once(*(partial(work, names[start::_PEOPLE]) for start in range(_PEOPLE)))


def _no_fault(answer: httpx.Response) -> bool:
    return answer.status_code < 500 or answer.status_code == 503


def _index(siege: Siege, folder: Path, files: dict[str, bytes]) -> None:
    catalog = str(folder.parent / "catalog.db")
    command = [sys.executable, "-m", "vnadmin"]
    run = subprocess.run([*command, "index", str(folder), "-c", catalog], capture_output=True, text=True)
    ledger = subprocess.run([*command, "ledger", "--json", "-c", catalog], capture_output=True, text=True)
    entries = [json.loads(line) for line in ledger.stdout.splitlines()]
    siege.check("index: no traceback", run.stderr[-300:], "Traceback" not in run.stderr + ledger.stderr)
    missing = {str(folder / name) for name in files} - {entry["path"] for entry in entries}
    siege.check("index: every file has its row", f"{len(missing)} have none", not missing)
    for entry in entries:
        held = entry["state"] in ("done", "failed", "unpacked") and entry["error_code"] != ParserFault.code
        siege.check("index: read or refused", f"{entry['path']}: {entry['error_code']}", held)


_STAGES: Final = {"library": _library, "batches": _batches, "review": _review, "index": _index}


if __name__ == "__main__":
    main()
