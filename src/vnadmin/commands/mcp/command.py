"""`vnadmin mcp`: arguments, and the server that an assistant talks to over standard input and output."""

from __future__ import annotations

from typing import Annotated

import typer

from vnadmin.commands.report import told


def mcp(
    folders: Annotated[list[str], typer.Argument(metavar="FOLDER...", help="Folders whose files may be read.")],
    catalog: Annotated[
        str | None,
        typer.Option("--catalog", "-c", help="Catalogue of `vnadmin index` to search in, all of it: a file or a URL."),
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="Time limit for one file.")] = 120.0,
) -> None:
    """Serve files of this machine to an assistant (Model Context Protocol, stdio): files, parse, cite, lint, search.

    Only what lies in the named folders is read, each document in a worker process; nothing is written or sent.
    """
    from vnadmin.commands.alone import Alone
    from vnadmin.commands.mcp.folders import Folders

    with told("mcp", needs="mcp"):
        from vnadmin.commands.mcp.server import make_server

        with Alone(seconds=seconds) as alone:
            make_server(Folders(folders), alone, catalog).run("stdio")
