"""How the time of a parse grows between 50 and 400 kB of one kind of text, as an exponent: 1 is linear, 2 is a square.

    python bench/exponents.py                  every generator in every form
    python bench/exponents.py --form text      one form
    python bench/exponents.py --kb 25 200      other sizes

Processor time is measured, the least of two runs; an exponent above 1.2 is printed with `!` and gives exit status 1.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import contextlib

from tests.hostile.generators import FORMS, GENERATORS

import vnadmin
from vnadmin import Config

MOST = 1.2
CONFIG = Config(ocr="off", max_characters=5_000_000)


def seconds(data: bytes) -> float:
    """Processor time of one parse; an input that is refused counts as read."""
    start = time.process_time()
    with contextlib.suppress(vnadmin.VnadminError):
        vnadmin.parse(data, config=CONFIG)
    return time.process_time() - start


def exponent(make: Callable[[int], bytes], small: int, large: int) -> tuple[float, float]:
    """The exponent, and the seconds of the larger size."""
    first, second = make(small), make(large)
    seconds(make(small // 10))
    few, many = (min(seconds(data), seconds(data)) for data in (first, second))
    return math.log(many / few) / math.log(large / small), many


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--form", choices=FORMS)
    parser.add_argument("--only", help="generators whose name has this")
    parser.add_argument("--kb", type=int, nargs=2, default=(50, 400))
    args = parser.parse_args()
    steep = 0
    for form in (args.form,) if args.form else FORMS:
        for name, piece in GENERATORS.items():
            if args.only and args.only not in name:
                continue
            power, took = exponent(lambda size, piece=piece, form=form: FORMS[form](piece, size), *(1000 * kb for kb in args.kb))  # fmt: skip
            mark = "!" if power > MOST else " "
            steep += power > MOST
            print(f"{mark} {power:5.2f} {took:7.2f} s  {form:9} {name}", flush=True)
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
