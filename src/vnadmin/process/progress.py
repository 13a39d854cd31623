"""How far a worker is with the pages of a scan, told through a small file."""

from __future__ import annotations

from pathlib import Path


def write_progress(note: Path, done: int, total: int) -> None:
    """Told to whoever reads the file; in one step, so that no half of it is read."""
    fresh = note.with_suffix(".new")
    fresh.write_text(f"{done}/{total}", "ascii")
    fresh.replace(note)


def read_progress(note: Path) -> tuple[int, int]:
    """Pages done and pages in all, as the worker wrote them last; zeros before."""
    try:
        done, _, total = note.read_text("ascii").partition("/")
        return int(done), int(total)
    except (OSError, ValueError):
        return 0, 0
