"""Growth: seconds and memory of texts of 1 to 8 MB and PDFs of 1 to 500 pages; start-up; what an installation takes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from beside.corpus import Corpus
from beside.peers import PEERS, clean_environment, install_size, python_of, version
from beside.rounds import Contestant, processors, slope

MEGABYTES = (1, 2, 4, 8)
PAGES = (1, 5, 25, 100, 500)
_PAGE = 4096  # bytes: the least that memory can grow
_NOTICED = 2_000_000  # bytes: what fits into memory that is there already says nothing about growth


def growth(corpus: Corpus, work: Path, rounds: int, quick: bool) -> dict[str, Any]:
    """Documents one after another in a text, one letter with a long body, a PDF of many pages: each with its slopes."""
    block = corpus.long_text()
    texts: dict[int, Path] = {}
    for megabytes in MEGABYTES[: 2 if quick else None]:
        size = megabytes * 1_000_000
        data = (block * (size // len(block.encode()) + 1)).encode()[:size]
        texts[megabytes] = work / f"{megabytes}-megabytes.txt"
        texts[megabytes].write_bytes(data.decode("utf-8", "ignore").encode())  # no half character at the end
    letters: dict[int, Path] = {}
    for megabytes in texts:
        letters[megabytes] = work / f"{megabytes}-letter.txt"
        letters[megabytes].write_text(corpus.letter_of(megabytes * 1_000_000), "utf-8")
    pdfs: dict[int, Path] = {}
    for pages in PAGES[: 3 if quick else None]:
        pdfs[pages] = work / f"{pages}-pages.pdf"
        pdfs[pages].write_bytes(corpus.pdf_of(pages))
    warm = {"pages of PDF": corpus.by_format["pdf"][0]}
    files = {"MB of documents": texts, "MB of one letter": letters, "pages of PDF": pdfs}
    return {what: series(sizes, warm.get(what, corpus.near_median[0]), rounds) for what, sizes in files.items()}


def series(files: dict[int, Path], warm: Path, rounds: int) -> dict[str, Any]:
    """Seconds (best round) and memory over that of a process that read a short file before, for each size."""
    seconds: dict[int, list[float]] = {size: [] for size in files}
    memory: dict[int, list[int]] = {size: [] for size in files}
    for _ in range(rounds):
        for size, path in files.items():
            with Contestant("vnadmin", processors()[0]) as child:  # a fresh one: its peak is this file's
                child.ask("run", paths=[str(warm)] * 3)  # what is made at the first document only
                before = child.ask("memory")["VmRSS"]
                seconds[size].append(child.ask("run", paths=[str(path)])["seconds"])
                memory[size].append(child.ask("memory")["VmHWM"] - before)
    print(f"  growth over {list(files)}", file=sys.stderr)
    best = {size: min(values) for size, values in seconds.items()}
    grown = {size: min(values) for size, values in memory.items()}
    sizes = list(files)
    grown = {size: max(value, _PAGE) for size, value in grown.items()}
    big = [size for size in sizes if grown[size] > _NOTICED]
    big = big if len(big) > 1 else sizes[-2:]
    upper = sizes[(len(sizes) - 1) // 2 :]  # where fixed costs no longer hide the exponent
    return {
        "seconds": best,
        "memory": grown,
        "slope_time": slope(sizes, list(best.values())),
        "slope_memory": slope(big, [grown[size] for size in big]),
        "slope_time_upper": slope(upper, [best[size] for size in upper]),
        "slope_memory_upper": slope(upper, [grown[size] for size in upper]),
        "upper": f"{upper[0]} to {upper[-1]}",
        "rounds": rounds,
    }


def start_up(rounds: int) -> dict[str, Any]:
    """Seconds of `import` and of the console command in fresh interpreters, the bare interpreter taken off the import."""
    commands: dict[str, list[str]] = {}
    for peer in PEERS:
        python = python_of(peer.name)
        commands[f"{peer.name} bare"] = [str(python), "-c", "pass"]
        commands[f"{peer.name} import"] = [str(python), "-c", f"import {peer.module}"]
        if peer.command:
            commands[f"{peer.name} command"] = [str(python.parent / peer.command[0]), *peer.command[1:]]
    times: dict[str, list[float]] = {name: [] for name in commands}
    cpu = processors()[0]
    environment = clean_environment()
    for number in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            done = subprocess.run(
                command, capture_output=True, env=environment, preexec_fn=lambda: os.sched_setaffinity(0, {cpu})
            )
            if number and done.returncode == 0:
                times[name].append(time.perf_counter() - start)
    rows = {}
    for peer in PEERS:
        size, distributions = install_size(peer)
        bare = min(times[f"{peer.name} bare"])
        imported = times[f"{peer.name} import"]
        command_times = times.get(f"{peer.name} command")
        rows[peer.name] = {
            "version": version(peer),
            "import": min(imported) - bare,
            "import_median": statistics.median(imported) - bare,
            "command": min(command_times) if command_times else None,
            "size": size,
            "distributions": distributions,
        }
    return rows
