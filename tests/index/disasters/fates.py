"""What goes wrong, for workers: files that hang, eat memory, or kill the process that reads them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from vnadmin.config import Config
from vnadmin.index.run.engine import Answer, Job, perform


def fateful(job: Job, config: Config) -> Answer:
    """Like `perform`, but the name decides: treo (hangs), an-bo-nho (eats memory), chet (ends it), bi-giet (killed
    once from outside), tu-giet (each time), loi (a fault)."""
    if job.kind == "read":
        name = Path(job.locations[0]).name
        if name.startswith("treo"):
            while True:
                pass
        if name.startswith("an-bo-nho"):
            hoard = []
            while True:
                hoard.append(bytes(100_000_000))
        if name.startswith("chet"):
            os._exit(9)
        if name.startswith("bi-giet") and not (told := Path(job.locations[0] + ".da-doc")).exists():
            told.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if name.startswith("tu-giet"):
            os.kill(os.getpid(), signal.SIGKILL)
        if name.startswith("loi"):
            raise ZeroDivisionError("text of the document")
    elif any(Path(location).name.startswith("kho-mo") for location in job.locations):
        os._exit(9)
    return perform(job, config)
