"""Besieges one target in this process, guided by coverage (atheris), and writes finds and counts as it goes."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import pkgutil
import random
import resource
import signal
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

SECONDS = 6.0  # of CPU for one input, instrumented (some three times slower than plain): past it, it is a find
GRACE = 120  # of CPU past the budget: only native code that never comes back gets there, and is killed for it
MEMORY = 3 << 30  # bytes of address space over what the process has when it begins
_NOT_READING = ("index", "commands", "process", "export", "lint", "explain", "samples", "citing")


class TooSlow(BaseException):
    """An input took longer than its limit of CPU time."""


@dataclass(slots=True)
class Counts:
    """What a run did, written as JSON every few seconds."""

    target: str
    executions: int = 0
    answered: int = 0
    refused: int = 0
    declined: int = 0
    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0
    slowest: float = 0.0
    peak_megabytes: float = 0.0
    refusals: dict[str, int] = field(default_factory=dict)
    finds: dict[str, int] = field(default_factory=dict)


class Siege:
    """Runs inputs against a target; what is neither an answer nor a documented error is kept as a find."""

    def __init__(self, target: Any, out: Path, documented: type[Exception], budget: float) -> None:
        self.target = target
        self.out = out
        self.budget = budget
        self.documented = documented
        self.counts = Counts(target.name)
        self._began = time.monotonic()
        self._began_cpu = time.process_time()  # the imports and their instrumenting took some ten seconds
        self._written = 0.0
        self._smallest: dict[str, int] = {}
        signal.signal(signal.SIGVTALRM, _too_slow)

    def one(self, data: bytes) -> None:
        """One input."""
        counts = self.counts
        counts.executions += 1
        start = time.process_time()
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
            try:
                if self.target.answer(data):
                    counts.answered += 1
                else:
                    counts.declined += 1
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        except self.documented as error:
            counts.refused += 1
            code = str(getattr(error, "code", "?"))
            counts.refusals[code] = counts.refusals.get(code, 0) + 1
        except (Exception, TooSlow) as error:  # noqa: BLE001 - any of them is what is looked for
            self._keep(data, error)
        used = time.process_time() - start
        counts.slowest = max(counts.slowest, used)
        if time.monotonic() - self._written > 2:
            self.write()
            if self.counts.cpu_seconds >= self.budget:
                # libFuzzer ends by the clock on the wall alone, which runs on while others have the machine
                os._exit(0)

    def _keep(self, data: bytes, error: BaseException) -> None:
        name = signature(error)
        self.counts.finds[name] = self.counts.finds.get(name, 0) + 1
        if len(data) >= self._smallest.get(name, 1 << 40):
            return
        self._smallest[name] = len(data)
        folder = self.out / "finds" / self.target.name
        folder.mkdir(parents=True, exist_ok=True)
        stem = hashlib.sha256(name.encode()).hexdigest()[:10]
        (folder / f"{stem}.bin").write_bytes(data)
        (folder / f"{stem}.txt").write_text(name + "\n\n" + "".join(traceback.format_exception(error)[-30:]), "utf-8")

    def write(self) -> None:
        """The counts so far."""
        self._written = time.monotonic()
        usage = resource.getrusage(resource.RUSAGE_SELF)
        self.counts.wall_seconds = round(self._written - self._began, 1)
        self.counts.cpu_seconds = round(time.process_time() - self._began_cpu, 1)
        self.counts.peak_megabytes = round(usage.ru_maxrss / 1024, 1)
        (self.out / "counts.json").write_text(json.dumps(asdict(self.counts), ensure_ascii=False, indent=1), "utf-8")


def signature(error: BaseException) -> str:
    """What tells one find from another: the kind of error and the innermost place in vnadmin."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "vnadmin" in frame.filename]
    detail = f": {error}" if type(error).__name__ == "Unsound" else ""
    if not frames:
        return f"{type(error).__name__}{detail}"
    if isinstance(error, TooSlow | RecursionError):  # where the clock struck is chance: the room is what counts
        return f"{type(error).__name__} in {Path(frames[-1].filename).name}"
    return f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].name}{detail}"


def _too_slow(number: int, frame: Any) -> None:
    raise TooSlow


def main(name: str, seconds: int, out: Path) -> None:
    """Besiege a target for so many seconds of CPU. Ends the process."""
    import atheris

    out.mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=["vnadmin"]):
        vnadmin = importlib.import_module("vnadmin")
        for module in pkgutil.walk_packages(vnadmin.__path__, "vnadmin."):
            if not any(part in _NOT_READING or part == "__main__" for part in module.name.split(".")[1:]):
                with contextlib.suppress(ImportError):
                    importlib.import_module(module.name)
    from siege.targets import TARGETS
    from vnadmin.errors import VnadminError

    target = next(item for item in TARGETS if item.name == name)
    siege = Siege(target, out, VnadminError, seconds)
    corpus = out / "corpus"
    corpus.mkdir(exist_ok=True)
    for seed in target.seeds():
        if len(seed) <= target.longest:
            (corpus / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        return target.mutation(data, most, random.Random(seed), atheris.Mutate)

    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + GRACE, seconds + GRACE))
    arguments = [
        "siege", f"-max_len={target.longest}", "-timeout=1200", "-rss_limit_mb=3000",
        "-print_final_stats=1", "-len_control=0", "-mutate_depth=3",
        f"-artifact_prefix={out}/", str(corpus),
    ]  # fmt: skip
    atheris.Setup(arguments, siege.one, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
