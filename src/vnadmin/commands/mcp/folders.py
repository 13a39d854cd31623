"""Folders: the paths that an assistant may name, and those only; a link that leads out of them leads nowhere."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from vnadmin.errors import SourceNotFound

_ADVICE = "Name a file as the tool `files` lists it."


class Folders:
    """The folders that were named at the start.

    Raises:
        SourceNotFound: one of them is no folder.
    """

    def __init__(self, named: Sequence[str]) -> None:
        self._roots = [Path(name).resolve() for name in named]
        for name, root in zip(named, self._roots, strict=True):
            if not root.is_dir():
                raise SourceNotFound(f"{name} is no folder.", "Name folders that exist.")

    def find(self, name: str) -> str:
        """The file of this name: an absolute path, or one below a folder, the first that has it.

        Raises:
            SourceNotFound: there is none, or it lies elsewhere; which of the two is not told.
        """
        if name and "\0" not in name:
            for root in self._roots:
                path = (root / name).resolve()
                if self._holds(path) and path.is_file():
                    return str(path)
        raise SourceNotFound("There is no such file in the folders of this server.", _ADVICE)

    def files(self, pattern: str) -> Iterator[str]:
        """Files in order whose name or path fits, hidden ones left out; with several folders by absolute paths."""
        for root in self._roots:
            for folder, inner, names in os.walk(root):
                inner[:] = sorted(name for name in inner if not name.startswith("."))
                for name in sorted(names):
                    path = Path(folder, name)
                    told = str(path.relative_to(root)) if len(self._roots) == 1 else str(path)
                    fits = not name.startswith(".") and (fnmatch(name, pattern) or fnmatch(told, pattern))
                    if fits and self._holds(path.resolve()) and path.is_file():
                        yield told

    def _holds(self, path: Path) -> bool:
        return any(path.is_relative_to(root) for root in self._roots)
