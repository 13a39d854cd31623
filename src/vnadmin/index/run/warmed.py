"""Imported by the fork server only: what every file needs is then in each worker from its first file on.

A worker that starts cold takes 0.6 s of processor for its first file of each format, and a run replaces each of its
workers after every `isolate.MOST_TASKS`.
"""

import gc
from contextlib import suppress

from vnadmin.config import Config
from vnadmin.index.catalog.rows import rows_of
from vnadmin.pipeline import parse
from vnadmin.samples import samples

for _sample in samples():
    # Whatever it is, a format whose extra is not installed or a fault of ours, it is told where a file needs it: an
    # error here would end the server of which all workers are forked.
    with suppress(Exception):
        rows_of(parse(_sample.read_bytes(), config=Config(ocr="off")))
gc.collect()
gc.freeze()  # so that no collection in a worker touches, and thereby copies, what all of them share
