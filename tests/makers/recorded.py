"""What OCR engines answered for the scans of the tests, so that these run where no engine is.

    python -m tests.makers.recorded                 ask the installed engines again, and rewrite all recordings
    python -m tests.makers.recorded FILE.png ...    these scans only

A recording stands beside its scan, one JSON file an engine: `NAME.hybrid.json` holds the readings of its pages (words, boxes in points,
confidences, seals) and what the engine said of the blanks that were cut out for it, in the order of the questions. Record anew when the rules
that prepare a picture or ask for digits change, or an engine is updated; a wrong reading stays as it is, for that is what engines give.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import vnadmin
from vnadmin.layout.page import Box
from vnadmin.ocr import engine as ocr
from vnadmin.ocr.engine import EngineName, OcrEngine, choose_engine
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageReading, ReadLine, ReadWord
from vnadmin.source.scan import pages

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures" / "documents"
FIGURES = ("digits", "by_hand")  # what engines are asked of blanks; see `slots`
SAMPLES = ("vnadmin", "samples", "scans")  # in a checkout, or where a wheel put the package


def recording(scan: Path, engine: EngineName = "hybrid") -> Path:
    """Where the answers for a scan are; those of the bundled samples stand with their goldens."""
    folder = ROOT / "golden" if scan.parent.parts[-3:] == SAMPLES else scan.parent
    return folder / f"{scan.name}.{engine}.json"


class Recorder:
    """Passes questions on to an engine, and keeps its answers."""

    def __init__(self, engine: OcrEngine) -> None:
        self.name = engine.name
        self.pages: list[PageReading] = []
        self.answers: dict[str, list[list[tuple[str, float]]]] = {}
        self._engine = engine
        for name in FIGURES:
            if hasattr(engine, name):
                self.answers[name] = []
                setattr(self, name, partial(self._figures, name))

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        self.pages.append(self._engine.read(picture, seconds))
        return self.pages[-1]

    def _figures(self, name: str, grey: Any) -> list[tuple[str, float]]:
        answer: list[tuple[str, float]] = getattr(self._engine, name)(grey)
        self.answers[name].append(answer)
        return answer

    def save(self, path: Path) -> None:
        """One line for each line of print; boxes to a hundredth of a point."""
        written = []
        for page in self.pages:
            head = asdict(replace(page, lines=(), seals=()))
            head["seals"] = [_corners(seal) for seal in page.seals]
            del head["lines"]
            lines = ",\n".join(json.dumps(_described(line), ensure_ascii=False) for line in page.lines)
            written.append(f'{json.dumps(head)[:-1]}, "lines": [\n{lines}\n]}}')
        text = ",\n".join(written)
        path.write_text(f'{{"pages": [\n{text}\n],\n{json.dumps(self.answers)[1:]}\n', "utf-8")


def _corners(box: Box) -> list[float]:
    return [round(float(value), 2) for value in (box.x0, box.y0, box.x1, box.y1)]


def _described(line: ReadLine) -> dict[str, Any]:
    return {
        "reader": line.reader,
        "middle": line.middle and [round(float(value), 2) for value in line.middle],
        "height": line.height and round(float(line.height), 2),
        "words": [[word.text, *_corners(word.box), round(float(word.confidence), 4)] for word in line.words],
    }


class Recorded:
    """An engine that gives the recorded answers, in their order."""

    def __init__(self, path: Path) -> None:
        data = json.loads(path.read_text("utf-8"))
        self._pages = iter([_page(page) for page in data["pages"]])
        self.name = data["pages"][0]["engine"]
        for name in FIGURES:
            if name in data:
                answers = iter([[(text, chance) for text, chance in answer] for answer in data[name]])
                setattr(self, name, partial(_next, answers))

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        return next(self._pages)


def _next(answers: Iterator[list[tuple[str, float]]], _: object) -> list[tuple[str, float]]:
    return next(answers)


def _page(data: dict[str, Any]) -> PageReading:
    lines = tuple(
        ReadLine(
            tuple(ReadWord(text, Box(*box), confidence) for text, *box, confidence in line["words"]),
            line["reader"],
            line["middle"] and tuple(line["middle"]),
            line["height"],
        )
        for line in data["lines"]
    )
    return PageReading(**{**data, "lines": lines, "seals": tuple(Box(*seal) for seal in data["seals"])})


def replayed(scan: Path, monkeypatch: pytest.MonkeyPatch, engine: EngineName = "hybrid") -> None:
    """From here on `vnadmin` reads this scan by the recorded answers."""
    _read_by(Recorded(recording(scan, engine)), monkeypatch)


def _read_by(engine: Recorded | Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pictures read by this engine, whatever is installed."""
    monkeypatch.setattr(ocr, "installed_engines", lambda: ("hybrid",))
    monkeypatch.setattr(pages, "choose_engine", lambda choice, tessdata: engine)


def main() -> None:
    """Write the recordings of the scans that are named, or of all that have one."""
    engines: tuple[EngineName, ...] = ("fast", "hybrid")
    samples = Path(vnadmin.__file__).parent.parent.joinpath(*SAMPLES)
    named = [Path(name).resolve() for name in sys.argv[1:]]
    for scan in named or [*samples.glob("*.png"), *(scan for scan in FIXTURES.iterdir() if recording(scan).exists())]:
        for engine in engines:
            recorder = Recorder(choose_engine(engine))
            with pytest.MonkeyPatch.context() as monkeypatch:
                _read_by(recorder, monkeypatch)
                vnadmin.parse(scan)
            recorder.save(recording(scan, engine))
            print(recording(scan, engine).relative_to(ROOT))


if __name__ == "__main__":
    main()
