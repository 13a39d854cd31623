"""A call of a worker process, for as long as somebody waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar, cast

from starlette.requests import ClientDisconnect, Request

from vnadmin.errors import WorkerLost
from vnadmin.process.pool import ENDED, Workers, why

T = TypeVar("T")
ABANDONED_SECONDS = 1.0  # that a worker may go on with what nobody waits for: to start another takes about as long


async def call(
    workers: Workers, leave: Callable[[], None], asked: Request | None, function: Callable[..., T], *args: object
) -> T:
    """What the function gives in a worker, or its error.

    What nobody waits for any more is dropped if it has not begun, and else stopped, unless it ends in a moment by itself.

    Args:
        leave: called once, when the worker is free again, whoever still waits for it or not.
        asked: whose client may go away; the body was read.

    Raises:
        ParseTimeout, WorkerLost: it took too long, or its process died.
        ClientDisconnect: who asked went away.
    """
    loop = asyncio.get_running_loop()
    try:
        future = workers.run(function, *args)
    except BaseException:
        leave()
        raise
    future.add_done_callback(lambda _: _call(loop, leave))
    answer = asyncio.wrap_future(future)
    gone = asyncio.create_task(_gone(asked)) if asked is not None else None
    try:
        if gone is not None:
            await asyncio.wait((answer, gone), return_when=asyncio.FIRST_COMPLETED)
            if not answer.done():
                raise ClientDisconnect
        return cast(T, await answer)
    except ENDED as error:
        raise why(error) from None
    except MemoryError:  # before or after the parse, which tells by itself
        raise WorkerLost("The document needs more memory than a worker may use.") from None
    finally:
        if gone is not None:
            gone.cancel()
        answer.cancel()
        if not future.cancel() and not future.done():
            loop.call_later(ABANDONED_SECONDS, workers.cancel, future)


async def _gone(asked: Request) -> None:
    """Until who asked goes away."""
    while (await asked.receive())["type"] != "http.disconnect":
        pass


def _call(loop: asyncio.AbstractEventLoop, function: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop has ended, and the service with it
        loop.call_soon_threadsafe(function)
