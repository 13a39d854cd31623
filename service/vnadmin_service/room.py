"""WaitingRoom: who waits for a free process, for a limited time; the one who came last is let in first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from vnadmin_service.problems import Busy
from vnadmin_service.shares import Shares


class WaitingRoom:
    """A few places. A burst waits here and is answered; under overload that lasts, most of it is turned away in its time.

    Last in, first out: who is let in has hardly waited, so that answers stay quick, and who has waited long is the one
    to be turned away (docs/decisions/0022). Of several keys one takes at most half of the places.
    """

    def __init__(self, places: int, seconds: float, keys: int, give_back: Callable[[], None]) -> None:
        self.places = places
        self._give_back = give_back
        self._shares = Shares(places, keys)
        self._seconds = seconds
        self._waiting: list[asyncio.Future[None]] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def full(self, owner: str) -> bool:
        """Whether there is no place for one more of this owner."""
        return not self._shares.has_place(owner)

    async def wait(self, owner: str) -> None:
        """Until a process is handed over.

        Raises:
            Busy: there is no place, or the time is over.
        """
        if not self._shares.take(owner, 1):
            raise Busy
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.append(turn)
        timer = loop.call_later(self._seconds, self._turn_away, turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._give_back()  # it was handed over just now
            raise
        finally:
            timer.cancel()
            self._shares.give(owner, 1)
            if turn in self._waiting:
                self._waiting.remove(turn)

    def let_in(self) -> bool:
        """Hand a free process to who came last; false where nobody waits."""
        while self._waiting:
            turn = self._waiting.pop()
            if not turn.done():
                turn.set_result(None)
                return True
        return False

    def _turn_away(self, turn: asyncio.Future[None]) -> None:
        if not turn.done():
            turn.set_exception(Busy())
