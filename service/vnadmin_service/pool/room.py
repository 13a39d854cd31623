"""WaitingRoom: who waits for a free process, for a limited time; the one who came last is let in first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from vnadmin_service.problems import Busy
from vnadmin_service.shares import Shares

_FRESH_SECONDS = 0.05  # who has waited less is not turned away for a newer one: each costs the reading of a body


@dataclass(frozen=True, slots=True, eq=False)
class _Waiter:
    owner: str
    since: float
    turn: asyncio.Future[None]


class WaitingRoom:
    """A few places. A burst waits here and is answered; of an overload that lasts, most is turned away in its time.

    Last in, first out: who is let in has hardly waited, so that answers stay quick, and who has waited longest is the
    one to be turned away (docs/decisions/0022). Of several keys one takes at most half of the places.
    """

    def __init__(self, places: int, seconds: float, keys: int, give_back: Callable[[], None]) -> None:
        self.places = places
        self._shares = Shares(places, keys)
        self._seconds = seconds
        self._give_back = give_back
        self._waiting: list[_Waiter] = []  # the oldest first

    def __len__(self) -> int:
        return len(self._waiting)

    def full(self, owner: str, now: float) -> bool:
        """Whether one more of this owner would be turned away."""
        if self._fits(owner):
            return False
        oldest = self._oldest(owner)
        return oldest is None or now - oldest.since < _FRESH_SECONDS

    async def wait(self, owner: str) -> None:
        """Until a process is handed over.

        Raises:
            Busy: there is no place, or the time is over.
        """
        loop = asyncio.get_running_loop()
        if self.full(owner, loop.time()):
            raise Busy
        if not self._fits(owner) and (oldest := self._oldest(owner)) is not None:
            self._turn_away(oldest)
        waiter = _Waiter(owner, loop.time(), loop.create_future())
        self._waiting.append(waiter)
        timer = loop.call_later(self._seconds, self._turn_away, waiter)
        try:
            await waiter.turn
        except asyncio.CancelledError:
            if waiter.turn.done() and not waiter.turn.cancelled() and waiter.turn.exception() is None:
                self._give_back()  # it was handed over just now
            raise
        finally:
            timer.cancel()
            self._forget(waiter)

    def let_in(self) -> bool:
        """Hand a free process to who came last; false where nobody waits."""
        while self._waiting:
            waiter = self._waiting.pop()
            if not waiter.turn.done():
                waiter.turn.set_result(None)
                return True
        return False

    def close(self) -> None:
        """Whoever waits is told by CancelledError."""
        for waiter in self._waiting:
            waiter.turn.cancel()

    def _fits(self, owner: str) -> bool:
        return self._shares.fits(len(self._waiting), sum(one.owner == owner for one in self._waiting), 1)

    def _oldest(self, owner: str) -> _Waiter | None:
        """Whose place a newer one of this owner may take: of all, unless the owner has its share."""
        whole = len(self._waiting) >= self.places
        own = [one for one in self._waiting if one.owner == owner]
        if own and not self._shares.fits(0, len(own), 1):
            return own[0]
        return self._waiting[0] if whole and self._waiting else None

    def _turn_away(self, waiter: _Waiter) -> None:
        self._forget(waiter)
        if not waiter.turn.done():
            waiter.turn.set_exception(Busy())

    def _forget(self, waiter: _Waiter) -> None:
        if waiter in self._waiting:
            self._waiting.remove(waiter)
