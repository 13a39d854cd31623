"""Runs the service in this process until it is told to stop: what `vnadmin serve` does."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

import uvicorn
from pydantic import ValidationError

from vnadmin.export.target import OutputUnwritable
from vnadmin.process.scratch import scratch
from vnadmin_service.access.scopes import scopes_of
from vnadmin_service.app import create_app
from vnadmin_service.guard import new_key as make_key
from vnadmin_service.http.connection import bounded
from vnadmin_service.jobs.alone import InUse, alone, alone_in
from vnadmin_service.settings import Settings, is_key_name
from vnadmin_service.setup import make_secrets
from vnadmin_service.webhooks.signature import secret_of

_ROOM: Final = 1024 * 1024
_LARGE: Final = 1024 * 1024  # bytes: blocks of this size and more are files, and go back to the system
_M_MMAP_THRESHOLD: Final = -3  # mallopt(3), malloc.h


def serve(settings: Settings) -> None:
    """Listen, and on SIGTERM or SIGINT finish the requests that are open and give jobs back to the queue.

    A service that takes up jobs takes them for left behind: so nothing is begun until the data folder, the name in the database
    and the port are ours.
    """
    try:
        with _own_folder(settings), _own_name(settings):
            _find_port(settings)
            _listen(settings)
    except InUse as error:
        print(f"vnadmin serve: {error}", file=sys.stderr)
        raise SystemExit(2) from None


def _own_folder(settings: Settings) -> AbstractContextManager[None]:
    """The lock on it; a service whose jobs are in a database may have none that it can write."""
    return (
        nullcontext() if _shares(settings) and not os.access(settings.data_dir, os.W_OK) else alone(settings.data_dir)
    )


def _own_name(settings: Settings) -> AbstractContextManager[None]:
    """Where several machines share a database, jobs are told apart by the names of those."""
    return alone_in(settings.jobs_url, settings.machine) if _shares(settings) else nullcontext()


def _shares(settings: Settings) -> bool:
    """Whether several machines may work on the database of the jobs."""
    return settings.database_url is not None and settings.database_url.startswith("postgresql")


def _find_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        raise InUse(f"VNADMIN_PORT: {settings.host}:{settings.port} cannot be listened on: {error.strerror}.") from None


def _listen(settings: Settings) -> None:
    gc.set_threshold(50_000, 20, 20)  # what a request leaves behind is small and has few cycles
    _return_large_blocks()
    sys.setswitchinterval(0.0005)  # the event loop does not wait 5 ms for a thread of the jobs' queue
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # one core for one document: the pool is the parallelism
    signal.signal(signal.SIGTERM, _leave)
    with scratch():
        uvicorn.run(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=True,
            forwarded_allow_ips=settings.forwarded_allow_ips,
            timeout_graceful_shutdown=settings.shutdown_seconds,
            timeout_keep_alive=30,
            http=bounded(settings.head_bytes, settings.head_seconds),
            ws="none",
        )


def _return_large_blocks() -> None:
    """Have glibc give the memory of a large file back when it is freed, by a threshold that does not move.

    Else the first large block that is freed raises it to 32 MB, and every thread keeps the blocks of two files for
    later: the service held 115 MB for files of 30 MB that had gone out.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if set_option is not None:
        set_option(_M_MMAP_THRESHOLD, _LARGE)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    """uvicorn raises the signal again when it has stopped in good order; our own things are put away, too."""
    raise SystemExit(0)


def from_command_line(
    host: str | None,
    port: int | None,
    workers: int | None,
    new_key: str | None,
    *,
    webhook_secret: str | None = None,
    setup: str | None = None,
) -> None:
    """`vnadmin serve`: options go before the environment; a wrong setting is named, with exit status 2."""
    if setup is not None:
        made = make_secrets(Path(setup))
        print(f"{setup}: {'made' if made else 'kept'}; the key is in api_key")
        return
    if new_key is not None:
        name, _, role = new_key.partition(":")
        if not is_key_name(name):
            print("vnadmin serve: --new-key: a name has 1 to 40 letters, digits, dots, _ or -", file=sys.stderr)
            raise SystemExit(2)
        try:
            scopes_of(role)
        except ValueError as error:
            print(f"vnadmin serve: --new-key: {error}", file=sys.stderr)
            raise SystemExit(2) from None
        key, entry = make_key(name, role)
        print(f"key, for the client (shown only now):  {key}")
        print(f"entry, for VNADMIN_API_KEYS:           {entry}")
        return
    options = {"VNADMIN_HOST": host, "VNADMIN_PORT": port, "VNADMIN_WORKERS": workers}
    os.environ.update({name: str(value) for name, value in options.items() if value is not None})
    try:
        settings = Settings.read()
    except ValidationError as error:
        _refuse(error)
    if webhook_secret is not None:
        _print_webhook_secret(settings, webhook_secret)
        return
    try:
        _find_room(settings)
    except OSError as error:
        place = f"VNADMIN_DATA_DIR: {settings.data_dir}"
        print(f"vnadmin serve: {place} cannot be written: {error.strerror}", file=sys.stderr)
        raise SystemExit(OutputUnwritable.exit_code) from None
    if sys.stderr.isatty():
        print(f"vnadmin serve: starting at http://{settings.host}:{settings.port} …", file=sys.stderr)
    serve(settings)


def _find_room(settings: Settings) -> None:
    """Before anything is begun: the jobs' database is made with some hundred kilobytes."""
    if settings.database_url is None:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.data_dir) as trial:
            trial.write(bytes(_ROOM))


def _print_webhook_secret(settings: Settings, owner: str) -> None:
    """What the receiver of a key's webhooks checks their signatures with; alone, for `$(…)` in a script."""
    if settings.webhook_secret is None:
        print("vnadmin serve: VNADMIN_WEBHOOK_SECRET is not set", file=sys.stderr)
        raise SystemExit(2)
    names = {entry.partition(":")[0] for entry in settings.api_keys} or {""}
    if owner not in names:
        told = ", ".join(sorted(names - {""})) or "none: keys are off, and the name is ''"
        print(f"vnadmin serve: no key has the name {owner!r} (VNADMIN_API_KEYS: {told})", file=sys.stderr)
    print(secret_of(settings.webhook_secret.get_secret_value(), owner))


def _refuse(error: ValidationError) -> NoReturn:
    for trouble in error.errors():
        name = "_".join(["VNADMIN", *(str(part).upper() for part in trouble["loc"][:1])])
        told = trouble["msg"].removeprefix("Value error, ")
        if trouble["type"] == "too_short":
            told = f"needs {trouble['ctx']['min_length']} characters or more"
        print(f"vnadmin serve: {name}: {told}", file=sys.stderr)
    raise SystemExit(2)
