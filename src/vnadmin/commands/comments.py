"""`--comments OUT.docx` of `lint` and `parse`: the one file again, with what is to be said about it as Word comments."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vnadmin.commands.report import told
from vnadmin.config import Config
from vnadmin.process.boundary import document_boundary
from vnadmin.text.printable import printable

if TYPE_CHECKING:
    from vnadmin.commands.alone import Alone
    from vnadmin.commented import Remark

comments_option = click.option(
    "--comments",
    type=click.Path(path_type=Path),
    metavar="OUT.docx",
    help="Write the .docx again, with each of them as a Word comment.",
)


def check_output(output: Path, files: Sequence[str]) -> None:
    """One file that can be written beside.

    Raises:
        BadParameter: there are several, or the name is no .docx.
    """
    if len(files) != 1 or files[0] == "-" or Path(files[0]).is_dir():
        raise click.BadParameter("comments are written for one file", param_hint="--comments")
    if output.suffix.lower() != ".docx":
        raise click.BadParameter("end it with .docx", param_hint="--comments")
    from vnadmin.export.target import check_target

    with told():
        check_target(output, files)


def write_comments(alone: Alone, file: str, output: Path, text: str, remarks: Sequence[Remark]) -> None:
    """Made in the worker, as the document was read there.

    Raises:
        VnadminError: the file is no .docx that can be written again, or the other cannot be written.
    """
    from vnadmin.export.target import write

    made = alone.run(_commented, file, text, tuple(remarks), alone.config)
    if isinstance(made, bytes):
        write(output, made, [file])
        print(f"{len(remarks)} ghi chú · {len(remarks)} comments -> {printable(str(output))}", file=sys.stderr)


def _commented(file: str, text: str, remarks: Sequence[Remark], config: Config) -> bytes:
    from vnadmin.commented import comment_docx
    from vnadmin.held import read_bytes

    with document_boundary():
        return comment_docx(read_bytes(file, config), text, remarks, config)
