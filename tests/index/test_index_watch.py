"""A watched folder: a file is taken up once it stopped growing, and not before."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from tests.index.letters import letter
from vnadmin.index.run.walk import Walk
from vnadmin.index.run.watch import Watch


def test_a_growing_file_is_taken_up_when_it_is_whole(tmp_path: Path) -> None:
    """A file that is written in pieces comes once, with its final size; an old one at once. Takes two seconds."""

    old = tmp_path / "cu.txt"
    old.write_text(letter(1), "utf-8")
    os.utime(old, (1_600_000_000, 1_600_000_000))
    whole = letter(2) + letter(3)
    watch = Watch(Walk((str(tmp_path),)), quiet=1.0)

    def scan() -> None:
        time.sleep(0.5)
        with (tmp_path / "moi.txt").open("w", encoding="utf-8") as file:
            for at in range(0, len(whole), 200):
                file.write(whole[at : at + 200])
                file.flush()
                time.sleep(0.1)

    scanner = threading.Thread(target=scan)
    scanner.start()
    found: list[tuple[str, int]] = []
    until = time.monotonic() + 900
    for batch in watch:
        found += [(Path(seen.location).name, seen.size) for seen in batch]
        if len(found) > 1 or time.monotonic() > until:
            watch.stop()
        time.sleep(0.05)
    scanner.join()
    assert found == [("cu.txt", len(letter(1).encode())), ("moi.txt", len(whole.encode()))]
