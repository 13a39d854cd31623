"""What a run shows while it works: a live view on a terminal, JSON lines for machines, and a summary at the end."""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from collections.abc import Callable
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from vnadmin.index.run.run import Tally
from vnadmin.index.run.worker import Reading
from vnadmin.text.printable import printable

_LAST: Final = 6  # errors shown
_RECENT: Final = 30.0  # seconds over which the speed is taken
_EVERY: Final = 30.0  # seconds between two lines of a log


class JsonReport:
    """One line of JSON for each content read and each file refused.

    Nothing else may come between: an engine's library that talks is sent elsewhere (`engines_ray`).
    """

    def __init__(self) -> None:
        self._out = sys.stdout

    def settled(self, reading: Reading) -> None:
        line: dict[str, object] = {"event": "failed" if reading.failure else "done", "path": reading.location}
        line["sha256"] = reading.sha256
        if reading.failure:
            line |= {"code": reading.failure.code, "detail": reading.failure.detail}
        elif reading.rows:
            row = reading.rows.document
            line |= {name: row[name] for name in ("type_code", "number", "issued_on", "issuing_agency", "subject")}
        line["seconds"] = round(reading.seconds, 3)
        self._print(line)

    def refused(self, location: str, code: str, detail: str) -> None:
        self._print({"event": "failed", "path": location, "sha256": None, "code": code, "detail": detail})

    def turn(self, tally: Tally) -> None:
        """Machines count for themselves."""

    def _print(self, line: dict[str, object]) -> None:
        try:
            print(json.dumps(line, ensure_ascii=False), file=self._out, flush=True)
        except BrokenPipeError:  # whoever listened has gone: the run goes on without him
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())


class _Failures:
    """Hands on what failed."""

    def settled(self, reading: Reading) -> None:
        if reading.failure:
            self.refused(reading.location, reading.failure.code, reading.failure.detail)

    def refused(self, location: str, code: str, detail: str) -> None:
        raise NotImplementedError


class PlainReport(_Failures):
    """Errors as they come and a line from time to time, for a log file."""

    def __init__(self) -> None:
        self._told = 0.0  # seconds of the run at the last line

    def refused(self, location: str, code: str, detail: str) -> None:
        print(f"vnadmin: {printable(location)}: {printable(detail)} [{code}]", file=sys.stderr)

    def turn(self, tally: Tally) -> None:
        """A log shows no bar: a line every half a minute."""
        if tally.seconds - self._told >= _EVERY:
            self._told = tally.seconds
            line = (
                f"vnadmin: {tally.seconds:.0f} s: {tally.done} read, {tally.failed} failed, {tally.known} known before"
            )
            print(line, file=sys.stderr, flush=True)


class LiveReport(_Failures):
    """The live view: how far, how fast, how long still, and the last errors.

    Args:
        total: the number of files, once it is known; the walk itself does not wait for it.
    """

    def __init__(self, console: Console, total: Callable[[], int | None]) -> None:
        self._console = console
        self._total = total
        self._errors: deque[tuple[str, str, str]] = deque(maxlen=_LAST)
        self._marks: deque[tuple[float, int]] = deque()
        self._live = Live(console=console, refresh_per_second=4, transient=True)

    def __enter__(self) -> LiveReport:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def refused(self, location: str, code: str, detail: str) -> None:
        self._errors.append((location, code, detail))

    def turn(self, tally: Tally) -> None:
        self._live.update(self.view(tally))

    def view(self, tally: Tally) -> RenderableType:
        """The view of one moment."""
        handled = tally.known + tally.done + tally.failed
        self._marks.append((tally.seconds, handled))
        while len(self._marks) > 2 and tally.seconds - self._marks[0][0] > _RECENT:
            self._marks.popleft()
        span = tally.seconds - self._marks[0][0]
        speed = (handled - self._marks[0][1]) / span if span > 0 else 0.0
        total = self._total()
        left = _clock((total - handled) / speed) if total and speed > 0 else "…"
        head = Table.grid(padding=(0, 2), expand=False)
        head.add_row(
            Text(f"xong (done) {tally.done:,}", "green"),
            Text(f"lỗi (failed) {tally.failed:,}", "red" if tally.failed else ""),
            Text(f"đã có (known) {tally.known:,}", "cyan"),
            Text(f"{speed:.1f} tệp/s (files/s)"),
            Text(f"còn (left) {left}", "bold"),
        )
        bar = Table.grid(padding=(0, 2))
        bar.add_row(
            ProgressBar(total=total or None, completed=handled, width=46, pulse=total is None),
            Text(f"{handled:,} / {total:,}" if total else f"{handled:,} / …"),
            Text(_clock(tally.seconds), "dim"),
        )
        parts: list[RenderableType] = [bar, head]
        if self._errors:
            errors = Table(box=None, show_header=False, padding=(0, 1))
            errors.add_column(no_wrap=True, style="red")
            errors.add_column(no_wrap=True, overflow="ellipsis", max_width=max(20, self._console.width - 30))
            for location, code, _ in self._errors:
                errors.add_row(code, Text(_end_of(printable(location), max(20, self._console.width - 30))))
            parts.append(errors)
        return Group(*parts)


def summary_table(tally: Tally, facts: dict[str, int]) -> Table:
    """What a run did, and what the catalogue holds now."""
    table = Table(box=None, show_header=False, padding=(0, 2))
    table.add_column()
    table.add_column(justify="right", style="bold")
    rows: list[tuple[str, str]] = [
        ("tệp gặp trong lần này (files seen)", f"{tally.seen:,}"),
        ("đọc xong (read)", f"{tally.done:,}"),
        ("đã có từ trước hoặc trùng (known or copies)", f"{tally.known:,}"),
        ("lỗi (failed)", f"{tally.failed:,}"),
    ]
    rows += [(f"   {code}", f"{count:,}") for code, count in tally.codes.most_common()]
    speed = tally.done / tally.seconds if tally.seconds else 0.0
    rows.append(("thời gian (time)", f"{_clock(tally.seconds)}, {speed:.1f} tệp/s (files/s)"))
    names = {
        "documents": "văn bản trong danh mục (documents in the catalogue)",
        "copies": "tệp trùng nội dung (files of the same content)",
        "same_dispatch": "bản khác của cùng văn bản (other copies of a dispatch)",
        "reviews": "giá trị cần kiểm tra (values to review)",
        "failed": "tệp lỗi trong danh mục (failed in the catalogue)",
        "missing": "tệp không còn ở chỗ cũ (files that have gone)",
    }
    rows += [(names[name], f"{count:,}") for name, count in facts.items()]
    for name, value in rows:
        table.add_row(name, value)
    return table


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _end_of(text: str, width: int) -> str:
    """The end of a path says more than its beginning."""
    return text if len(text) <= width else "…" + text[-width + 1 :]
