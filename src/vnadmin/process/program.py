"""What a worker process runs: a program of its own, with tasks on its standard input and answers on its output.

Nothing of the program that started it is imported, so that a script without a `__main__` guard, a notebook and
`python -c` can have workers too.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from vnadmin.process.confine import Limits, confine, end_with
from vnadmin.process.wire import READ_BYTES, Inbox, perform

_ARGUMENT = "--vnadmin-worker"  # of a frozen executable
_IDLE_MILLISECONDS = 1000
# What the service and a catalogue's database are opened with. Those of a storage stay: `index s3://…` reads from it here.
_SECRETS = frozenset(
    {f"VNADMIN_{name}" for name in ("API_KEY", "API_KEYS", "WEBHOOK_SECRET", "DATABASE_URL", "RATE_STORAGE", "CATALOG")}
    | {"PGPASSWORD", "PGPASSFILE"}
)


def command() -> list[str]:
    """The command that starts a worker: this Python with the working directory off its path, or this executable.

    Raises:
        RuntimeError: there is none.
    """
    if not sys.executable:
        raise RuntimeError(
            "This Python does not know its own executable (sys.executable), which workers are started by."
        )
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-P", "-m", "vnadmin.process"]
    if _ARGUMENT in sys.argv:
        raise RuntimeError("A frozen program calls vnadmin.process.program.run_frozen() before anything else.")
    return [sys.executable, _ARGUMENT]


def environment() -> dict[str, str]:
    """The caller's environment without its secrets, with its module path: a worker finds the same modules.

    Plugins of pydantic stay outside: what they add reads no document, and looking for them takes 10 ms.
    """
    path = os.pathsep.join(place or str(Path.cwd()) for place in sys.path if isinstance(place, str))
    kept = {name: value for name, value in os.environ.items() if name not in _SECRETS}
    return {**kept, "PYTHONPATH": path, "PYDANTIC_DISABLE_PLUGINS": "__all__"}


def run_frozen() -> None:
    """The first call of a program that is frozen into one executable (PyInstaller, cx_Freeze).

    Such an executable is started again for each worker, with a hidden argument; then this does not return.
    """
    if getattr(sys, "frozen", False) and sys.argv[1:] == [_ARGUMENT]:
        main()
        sys.exit()


def main() -> None:
    """Take over standard input and output for tasks and answers, and work until the program closes its end."""
    gc.disable()  # until it is prepared: nothing that is imported is garbage
    # Ctrl-C, and systemd's SIGTERM to all processes, are for the program: it lets us finish, and we end with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    tasks, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)  # what a library prints is no answer
    except OSError:  # the program has no standard error
        os.dup2(nothing, 1)
    os.close(nothing)
    work(tasks, answers)


def work(tasks: int, answers: int) -> None:
    """Do the tasks that come through one pipe, and send each answer through the other."""
    inbox = Inbox()
    try:
        while True:
            _tidy_when_idle(tasks)
            data = os.read(tasks, READ_BYTES)
            if not data:
                return
            if (message := inbox.feed(data)) is not None:
                _write(answers, perform(message))
                del message  # nor the document, while it waits for the next one
    except BrokenPipeError:
        return


def prepare(program: int, limits: Limits, begin: Callable[[], None]) -> None:
    """The first task of every worker: what holds it from now on, and what it needs to have loaded.

    A worker makes many small objects that all die with the document, so collecting often is lost work (an 800-page
    PDF took 15 s, and 9 s with no collection at all).
    """
    end_with(program)
    confine(limits)
    begin()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


def _tidy_when_idle(tasks: int) -> None:
    """Wait for a task; after a second give back the memory of past documents."""
    if not hasattr(select, "poll"):  # Windows cannot wait for a pipe
        return
    asked = select.poll()
    asked.register(tasks, select.POLLIN)
    if asked.poll(_IDLE_MILLISECONDS):
        return
    import ctypes

    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's
    if trim is not None:
        trim(0)


def _write(pipe: int, message: memoryview) -> None:
    while message:
        message = message[os.write(pipe, message) :]
