"""Stage timers inside one parse of vnadmin: source, zones, fields, citation, assemble, pydantic. Runs in vnadmin's environment.

Not a sampling profiler: the calls are those of `vnadmin.pipeline.parse_with_layout`, taken one by one, so that shares are
of the same whole that the other figures time. pydantic is the validation of the finished values, inside assemble.
"""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import vnadmin.assemble as assembly
from vnadmin import AdminDocument, Config
from vnadmin.citation import find_hints, read_appendix_references, read_references
from vnadmin.fields import FIELDS
from vnadmin.held import read_bytes
from vnadmin.source import read_source
from vnadmin.zones import find_zones

STAGES = ("source", "zones", "fields", "citation", "assemble", "pydantic")
_CONFIG = Config(ocr="off")


class _Validation:
    """Stands where assemble looks for the model, and times the validation."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def model_validate(self, values: object) -> AdminDocument:
        start = time.process_time()
        document = AdminDocument.model_validate(values)
        self.seconds = time.process_time() - start
        return document


def stages(path: str) -> dict[str, Any]:
    """Seconds of each stage of one parse of a file."""
    validation = _Validation()
    marks = [time.process_time()]
    data = read_bytes(path, _CONFIG)
    document = read_source(data, _CONFIG)
    marks.append(time.process_time())
    zones = find_zones(document)
    marks.append(time.process_time())
    answers = {field.name: tuple(field.read(zones)) for field in FIELDS}
    marks.append(time.process_time())
    hints = find_hints(document)
    references = tuple(read_references(zones, hints))
    appendices = read_appendix_references(zones, hints)
    marks.append(time.process_time())
    assembly.AdminDocument = validation  # type: ignore[misc, assignment]
    try:
        assembly.assemble(data, zones, answers, references, appendices)
    finally:
        assembly.AdminDocument = AdminDocument  # type: ignore[misc]
    marks.append(time.process_time())
    seconds = [after - before for before, after in pairwise(marks)]
    seconds[-1] -= validation.seconds
    return dict(zip(STAGES, [*seconds, validation.seconds], strict=True))
