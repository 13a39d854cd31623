"""`vnadmin mcp`: arguments, and the server that an assistant talks to over standard input and output."""

from __future__ import annotations

import click

from vnadmin.commands.report import told


@click.command()
@click.argument("folders", metavar="FOLDER...", nargs=-1, required=True, help="Folders whose files may be read.")
@click.option("--catalog", "-c", help="Catalogue of `vnadmin index` to search in, all of it: a file or a URL.")
@click.option("--seconds", type=click.FloatRange(min=1), default=120.0, help="Time limit for one file.")
def mcp(folders: tuple[str, ...], catalog: str | None, seconds: float) -> None:
    """Serve files of this machine to an assistant (Model Context Protocol, stdio): files, parse, cite, lint, search.

    Only what lies in the named folders is read, each document in a worker process; nothing is written or sent.
    """
    from vnadmin.commands.alone import Alone
    from vnadmin.commands.mcp.folders import Folders

    with told("mcp", needs="mcp"):
        from vnadmin.commands.mcp.server import make_server

        with Alone(seconds=seconds) as alone:
            make_server(Folders(folders), alone, catalog).run("stdio")
