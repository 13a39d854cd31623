"""Scores scans from page readings that are kept: the engine reads each page once, every later stage runs anew.

    python bench/kept_scans.py [--keep FOLDER] -- ../shared/gold/dev --only scan --grades

What stands behind `--` are the arguments of ../shared/tools/score.py. A change of the engine, of the page's picture or of what is
filled in by hand (`ocr/`, `source/scan/` but for `mending/`, `placing.py` and `reader.py`) needs a new folder.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import vnadmin.source.scan.among as among_module
import vnadmin.source.scan.pages as pages_module
import vnadmin.source.scan.reader as reader_module
from vnadmin.source.scan.leaves import Leaves
from vnadmin.source.scan.pages import PageResult, Pages
from vnadmin.source.scan.pictures import PdfScan, PictureScan

ROOT = Path(__file__).parent.parent


class KeptPages(Pages):
    """Pages whose readings come from the folder where they stand there."""

    folder = ROOT / ".cache" / "pages"

    def __init__(self, data: bytes, *args: object, **options: object) -> None:
        super().__init__(data, *args, **options)  # type: ignore[arg-type]
        self._key = hashlib.sha256(data + self._config.ocr.encode()).hexdigest()[:24]
        self._is_kept = type(self._scan) in (PdfScan, PictureScan, Leaves)  # no part of a page, no pasted picture

    def read(self, numbers: Sequence[int]) -> Iterator[PageResult]:
        """See `Pages.read`."""
        if not self._is_kept:
            yield from super().read(numbers)
            return
        missing = []
        for number in numbers:
            kept = self._path(number)
            if kept.is_file():
                yield pickle.loads(kept.read_bytes())
            else:
                missing.append(number)
        for result in super().read(missing):
            kept = self._path(result.number)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(pickle.dumps(result))
            yield result

    def _path(self, number: int) -> Path:
        return self.folder / self._key / f"{number}.pickle"


def keep_pages(folder: Path) -> None:
    """Every scan that is read from now on takes its pages from the folder."""
    KeptPages.folder = folder
    for module in (among_module, reader_module):
        module.Pages = KeptPages  # type: ignore[misc]
    pages_module.Pages = KeptPages  # type: ignore[misc]


def main() -> int:
    """Exit status of the scorer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, default=KeptPages.folder)
    parser.add_argument("--scorer", default="score", help="score or score_clean")
    args, rest = parser.parse_known_args()
    keep_pages(args.keep)
    sys.path.insert(0, str(ROOT.parent / "shared" / "tools"))
    sys.argv = [args.scorer, *(word for word in rest if word != "--")]
    scorer = __import__(args.scorer)
    return int(scorer.main() or 0)


if __name__ == "__main__":
    sys.exit(main())
