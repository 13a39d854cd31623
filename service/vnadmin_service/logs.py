"""Log lines: one JSON object each, with the request id, and never with text of a document."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from types import TracebackType
from typing import Any, Final

import structlog
from structlog.typing import EventDict, WrappedLogger

from vnadmin_service.settings import Settings

log: structlog.typing.FilteringBoundLogger = structlog.get_logger()


def configure(settings: Settings) -> None:
    """Send our lines and those of the libraries (server, queue) to stderr in one form."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_messages_of_errors,
    ]
    for_people = settings.log_format == "console" or (settings.log_format == "auto" and sys.stderr.isatty())
    renderer: Any = structlog.dev.ConsoleRenderer(colors=False) if for_people else _json_line
    # ours past `logging`, whose way to the same line takes three times as long
    structlog.configure(
        processors=[*shared, renderer],
        logger_factory=lambda *_: _Lines(),
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name, _without_quoted_errors],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    threading.excepthook = _thread_ended  # Python's own prints the message
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        _through_root(name)
    logging.getLogger("uvicorn.access").disabled = True  # ours says more


def greet(settings: Settings) -> None:
    """On a terminal: where to look, and how to stop."""
    if sys.stderr.isatty():
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        sys.stderr.write(
            f"\nvnadmin đang chạy · is running:  http://{host}:{settings.port}/\n  API: /docs · dừng · stop: Ctrl-C\n\n"
        )


class _Lines:
    """Writes to stderr. A line that cannot be written (the disk is full) is lost, and no answer with it."""

    def msg(self, line: str) -> None:
        """One line, in one write."""
        try:
            sys.stderr.write(line + "\n")
        except (OSError, ValueError):
            return

    debug = info = warning = error = critical = msg


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=repr)


def _json_line(logger: WrappedLogger, name: str, event: EventDict) -> str:
    """The line; `structlog.processors.JSONRenderer` makes an encoder for each."""
    return _ENCODER.encode(event)


def adopt_queue() -> None:
    """DBOS gives itself a handler when it starts; its lines are to look like all others."""
    _through_root("dbos")


def _through_root(name: str) -> None:
    logger = logging.getLogger(name)
    logger.handlers[:] = []
    logger.propagate = True


def _without_messages_of_errors(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """An error's class and the places it came through; its message may quote a document, so it is left out."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if isinstance(info, tuple) and info[0] is not None:
        event["error"] = f"{info[0].__module__}.{info[0].__qualname__}"
        event["where"] = _frames(info[2]) + _remote_frames(info[1].__cause__)
    return event


_QUOTING: Final = ("dbos", "sqlalchemy")  # libraries that write an error and its traceback into their line


def _without_quoted_errors(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Of a line that quotes an error of the jobs' database: what happened, its class and places. It may name hosts."""
    if str(event.get("logger", "")).startswith(_QUOTING):
        text = str(event["event"])
        told, _, quoted = text.partition(": ")
        event["event"] = told.partition("\n")[0].removesuffix(":")
        if "error" not in event and (classes := _CLASS.findall(quoted)):
            event["error"] = classes[-1]
        if "where" not in event and (places := _places(quoted)):
            event["where"] = [f"{file}:{line} {function}" for file, line, function in places]
    return event


# `psycopg.OperationalError`
_CLASS: Final = re.compile(r"(?<![\w.])(?:[a-z_]\w*+\.)*+[A-Z]\w*+(?:(?<=Error)|(?<=Exception))")


def _places(text: str) -> list[tuple[str, str, str]]:
    return re.findall(r'File "([^"]+)", line (\d+), in (\S+)', text)[-12:]


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    """An error that ended a thread."""
    if ended.exc_value is not None:
        log.error("fault", exc_info=ended.exc_value)


def _remote_frames(cause: BaseException | None) -> list[str]:
    """Where it was in the worker: it hands that over as text, of which only the lines of code are taken."""
    return [f"worker: {file}:{line} {name}" for file, line, name in (_places(str(cause)) if cause is not None else [])]


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-12:]]
