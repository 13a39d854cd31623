"""Has LibreOffice, where it is installed, print a Word document as PDF, in a process that can be killed.

It is used as a library (LibreOfficeKit), which needs no socket: it stays under the limits of the worker that starts it.
The program that is started (`python -m vnadmin.process.office`) holds nothing but LibreOffice and one document.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from vnadmin.process.confine import allow_printing, end_with
from vnadmin.process.program import environment

SECONDS = 30.0  # a page takes one, 100 pages some five
_LIBRARIES = ("libmergedlo.so", "libsofficeapp.so")  # as distributions build it, and as it is built by its own rules
_LOAD, _SAVE = 4, 2  # places of documentLoadWithOptions and saveAs (LibreOfficeKit/LibreOfficeKit.h; never moved)
_ALONE = b"Batch=true"  # it would else ask, and wait for an answer: whether to repair a damaged file
_OUTPUT = "printed.pdf"
_NO_MACROS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@cache
def find_office() -> Path | None:
    """The library of LibreOffice; None where there is none, or none that can be used so."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None or sys.platform != "linux" or getattr(sys, "frozen", False) or not sys.executable:
        return None
    folder = Path(found).resolve().parent
    return next((folder / name for name in _LIBRARIES if (folder / name).is_file()), None)


def print_pdf(data: bytes, ending: str, seconds: float = SECONDS) -> bytes | None:
    """The document as a PDF; None where LibreOffice is not there, fails, or takes longer.

    The ending (`.docx`) helps it to tell the format.
    """
    library = find_office()
    if library is None:
        return None
    with tempfile.TemporaryDirectory(prefix="vnadmin-office-") as folder:
        source = Path(folder) / f"document{ending}"  # written by LibreOffice's process, as this one may not
        command = [sys.executable, "-P", "-m", "vnadmin.process.office", str(os.getpid()), str(library), str(source)]
        quiet = subprocess.DEVNULL
        try:
            subprocess.run(  # noqa: S603  ourselves
                command, env=environment(), input=data, stdout=quiet, stderr=quiet, timeout=seconds, check=True
            )
            return (Path(folder) / _OUTPUT).read_bytes() or None
        except (OSError, subprocess.SubprocessError):
            return None


def main() -> None:
    """Print one document, and end at once: LibreOffice's own end takes longer than its work."""
    program, library, source = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    end_with(program)
    allow_printing()
    source.write_bytes(sys.stdin.buffer.read())
    profile = source.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_NO_MACROS, "utf-8")
    os.environ.update(HOME=str(source.parent), SAL_USE_VCLPLUGIN="svp")  # no display, nothing written elsewhere
    hook = ctypes.CDLL(str(library)).libreofficekit_hook_2
    hook.restype, hook.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_char_p)
    office = hook(str(library.parent).encode(), profile.as_uri().encode())
    text = ctypes.c_char_p
    document = office and _method(office, _LOAD, ctypes.c_void_p, text, text)(office, source.as_uri().encode(), _ALONE)
    if not document:
        os._exit(1)
    target = (source.parent / _OUTPUT).as_uri().encode()
    saved = _method(document, _SAVE, ctypes.c_int, text, text, text)(document, target, b"pdf", b"")
    os._exit(0 if saved else 1)


def _method(thing: int, place: int, result: type, *arguments: type) -> ctypes._FuncPointer:
    """A function of a LibreOfficeKit object: the object is a pointer to a table of pointers, its size first."""
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, *arguments)(table[place] or 0)


if __name__ == "__main__":
    main()
