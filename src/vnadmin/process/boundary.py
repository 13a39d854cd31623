"""Where the reading of one document ends: whatever it raises becomes an error of that document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from vnadmin.errors import ParserFault, VnadminError, WorkerLost


@contextmanager
def document_boundary() -> Iterator[None]:
    """Around the reading of one document, so that a fault of ours on one file stops no other.

    Raises:
        VnadminError: as the document raised it.
        WorkerLost: memory ran out.
        ParserFault: any other exception, by its class and place.
    """
    try:
        yield
    except VnadminError:
        raise
    except MemoryError:
        raise WorkerLost("The document needs more memory than a worker may use.") from None
    except Exception as error:  # noqa: BLE001  the boundary itself
        raise ParserFault.of(error) from None
