"""Tells OpenCV's lack of memory as Python tells any other: as a MemoryError."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def opencv_memory() -> Iterator[None]:
    """OpenCV's lack of memory, which is an error of its own, becomes a MemoryError; around a block or on a function."""
    try:
        yield
    except Exception as error:
        cv2 = sys.modules.get("cv2")  # not imported to ask: a missing package is told by the engine
        if cv2 and isinstance(error, cv2.error) and (error.code == cv2.Error.StsNoMem or "bad_alloc" in str(error)):
            raise MemoryError("OpenCV has no memory.") from error
        raise
