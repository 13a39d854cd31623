"""What a worker process may use and reach, set from within at its start and held by the kernel from then on.

Nothing here can be undone by the process itself, so it holds even if a document takes a native library over.
"""

from __future__ import annotations

import math
import os
import signal
import sys
import time
from dataclasses import dataclass

_PDEATHSIG = 1  # include/uapi/linux/prctl.h


@dataclass(frozen=True, slots=True)
class Limits:
    """What one worker may use for one document.

    Attributes:
        seconds: wall clock; past it the worker is killed and `ParseTimeout` raised.
        memory_bytes: address space (RLIMIT_AS, where the system has it); past it `WorkerLost`. 0 is no limit.
        cpu_seconds: processor time of all its threads (RLIMIT_CPU), which holds when nobody is left to watch the
            clock; past it `ParseTimeout`. None is the wall clock's limit on each core.
        file_bytes: size of any file that it writes (RLIMIT_FSIZE); reading a document writes none but how far it is.
        printed_bytes: size of the PDF that LibreOffice writes, where it is asked for page pictures of Word documents; it
            is a process of its own, started by this one. 0: it may write no more than this one.
        network: whether it may open sockets (Linux on x86-64 and ARM64; elsewhere nothing keeps it from that).
        nice: how far it stands behind the program that started it when both want the processor (0 to 19, not on Windows).
    """

    seconds: float = 120.0
    memory_bytes: int = 4 * 1024**3
    cpu_seconds: float | None = None
    file_bytes: int = 1024**2
    printed_bytes: int = 0
    network: bool = False
    nice: int = 0

    @property
    def processor(self) -> float:
        """Seconds of processor time for one document."""
        return self.seconds * (os.cpu_count() or 1) if self.cpu_seconds is None else self.cpu_seconds


def confine(limits: Limits) -> None:
    """Set what stays the same for all documents of this process."""
    if not limits.network:
        from vnadmin.process.seccomp import forbid_network

        forbid_network()
    if limits.nice and hasattr(os, "nice"):
        os.nice(limits.nice)
    try:
        import resource
    except ImportError:  # Windows has no rlimits; the time limit holds there too
        return
    if limits.memory_bytes:
        _lower(resource.RLIMIT_AS, limits.memory_bytes)
    _lower(resource.RLIMIT_FSIZE, limits.file_bytes, max(limits.file_bytes, limits.printed_bytes))
    _lower(resource.RLIMIT_CORE, 0)


def allow_printing() -> None:
    """Let this process, which prints what another one reads, write as much as `Limits.printed_bytes`."""
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def allow_processor(seconds: float) -> None:
    """So much processor time from now on, for the next document; then the kernel ends the process by SIGXCPU."""
    try:
        import resource
    except ImportError:
        return
    until = math.ceil(time.process_time() + seconds)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


def ran_out_of_processor(exit_code: int | None) -> bool:
    """Whether a process with this exit code ended because of `allow_processor`."""
    return hasattr(signal, "SIGXCPU") and exit_code == -signal.SIGXCPU


def end_with(program: int) -> None:
    """Have the kernel kill this process when the one that started it ends, however that ends; on Linux.

    No thread of ours need get its turn for that, which a native library that hangs may deny it. Elsewhere a worker
    ends when its task is done, since the pipe of its tasks is closed then.
    """
    if sys.platform != "linux":
        return
    import ctypes  # here: the program that starts a worker asks for its limits only

    # The signal follows the thread that started this process: of a pool the one that keeps this worker.
    ctypes.CDLL(None, use_errno=True).prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != program:  # it ended before this was set up
        os.kill(os.getpid(), signal.SIGKILL)


def _lower(kind: int, value: int, most: int | None = None) -> None:
    """Set a limit, unless it is lower already: for good, or so that it can be raised to `most`."""
    import resource

    hard = resource.getrlimit(kind)[1]
    ceiling = value if most is None else most
    ceiling = ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard)
    resource.setrlimit(kind, (min(value, ceiling), ceiling))
