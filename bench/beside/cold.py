"""From a cold start: a whole process that reads one file and ends, its processor time and the peak of its memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from beside.corpus import Corpus
from beside.formats import contestants_of
from beside.peers import OWN, PURE, clean_environment, environment_of, python_of
from beside.rounds import CHILD, processors

FORMATS = ("text", "docx", "pdf")
COMMANDS = {  # what a user types, beside the library's call in a fresh interpreter
    "vnadmin parse": (OWN, "vnadmin", "parse"),
    "vnadmin-pure parse": (PURE, "vnadmin", "parse"),
    "markitdown FILE": ("markitdown", "markitdown"),
}


# A small process starts the one that is measured: the kernel counts what the starter held as the peak of what it started.
_WAITER = """
import os, sys
null = os.open(os.devnull, os.O_RDWR)
streams = [(os.POSIX_SPAWN_DUP2, null, target) for target in (0, 1, 2)]
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=streams)
_, status, used = os.wait4(pid, 0)
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def cold(corpus: Corpus, rounds: int) -> dict[str, Any]:
    """Each contestant on the file of the middle size of each format: the best round, ratios pair by pair."""
    found = {}
    for name in FORMATS:
        paths = corpus.by_format[name]
        if paths:
            found[name] = _one_format(name, paths[len(paths) // 2], rounds)
    return found


def _one_format(name: str, path: Path, rounds: int) -> dict[str, Any]:
    commands = {
        driver: [str(python_of(environment_of(driver))), str(CHILD), driver, str(path)]
        for driver in contestants_of(name)
    }
    for title, (environment, program, *arguments) in COMMANDS.items():
        if environment in commands:
            commands[title] = [str(python_of(environment).parent / program), *arguments, str(path)]
    spent: dict[str, list[tuple[float, int]]] = {title: [] for title in commands}
    for number in range(rounds + 1):
        for title, command in commands.items():
            used = whole_process(command)
            if number and used is not None:
                spent[title].append(used)
    rows = {}
    for title, used_by in spent.items():
        if not used_by or not spent[OWN]:
            continue
        pairs = [own[0] / other[0] for own, other in zip(spent[OWN], used_by, strict=False)]
        seconds = [seconds for seconds, _ in used_by]
        rows[title] = {
            "seconds": min(seconds),
            "peak": min(peak for _, peak in used_by),
            "ratio": statistics.median(pairs),
            "ratio_least": min(pairs),
            "ratio_most": max(pairs),
        }
    return rows


def whole_process(command: list[str]) -> tuple[float, int] | None:
    """Seconds of processor of a process and the children that it waited for, and its peak in bytes; None if it failed."""
    cpu = processors()[0]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _WAITER, *command],
        capture_output=True,
        text=True,
        env=clean_environment(),
        preexec_fn=lambda: os.sched_setaffinity(0, {cpu}),
    )
    status, seconds, kilobytes = done.stdout.split()
    return (float(seconds), int(kilobytes) * 1024) if status == "0" else None
