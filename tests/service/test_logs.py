"""What libraries write of errors: no message of a database, which names hosts and users, stands in the log."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Iterator

import pytest

pytest.importorskip("fastapi", reason="needs the extra [service]")

from vnadmin_service.logs import adopt_queue, configure
from vnadmin_service.settings import Settings

SECRET = "connection to server at 10.20.30.40, user kho"


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root, hook = logging.getLogger(), threading.excepthook
    handlers, level = root.handlers[:], root.level
    configure(Settings(log_format="json"))
    adopt_queue()
    yield
    root.handlers[:], threading.excepthook = handlers, hook
    root.setLevel(level)


def test_a_traceback_in_a_line_of_the_queue_keeps_its_class_and_places(capsys: pytest.CaptureFixture[str]) -> None:
    """Seen: DBOS puts the whole of it into its line, with the server's address."""
    logging.getLogger().handlers[0].setStream(sys.stderr)  # type: ignore[attr-defined]
    try:
        raise ConnectionError(SECRET)
    except ConnectionError as error:
        logging.getLogger("dbos").warning(f"Exception polling schedules: {traceback.format_exc()}")
        logging.getLogger("dbos").warning(
            f"Database connection failed: (psycopg.OperationalError) {error}. Retrying in 1s"
        )
        logging.getLogger("dbos").error("Exception encountered in workflow:", exc_info=error)
    told = capsys.readouterr().err
    assert told.count("\n") == 3
    assert "10.20.30.40" not in told
    for kept in (
        "Exception polling schedules",
        "psycopg.OperationalError",
        "builtins.ConnectionError",
        "test_logs.py:",
    ):
        assert kept in told


def test_a_thread_that_ends_by_an_error_tells_its_class(capsys: pytest.CaptureFixture[str]) -> None:
    """Python's own hook prints the message."""

    def fail() -> None:
        raise ConnectionError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    told = capsys.readouterr().err
    assert "builtins.ConnectionError" in told
    assert "10.20.30.40" not in told
