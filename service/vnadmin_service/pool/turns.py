"""Turns: who may use one of a few processes next, fairly between owners."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable


class Turns:
    """So many turns at a time. Of the owners who wait it is the next turn of the one that has fewest, and longest had none."""

    def __init__(self, limit: int, give_back: Callable[[str], None]) -> None:
        self._limit = limit
        self._give_back = give_back
        self._taken: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}  # the owner whose turn was longest ago first

    def take(self, owner: str) -> bool:
        """Take a turn at once, if there is one; whoever waits goes first."""
        if self._taken.total() >= self._limit or self._waiting:
            return False
        self._taken[owner] += 1
        return True

    async def wait(self, owner: str) -> None:
        """Until `let_in` gives a turn."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(owner, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(owner)  # it was given just now
            else:
                self._forget(owner, turn)
            raise

    def let_in(self) -> bool:
        """Give a turn to who waits; false where nobody does, or all are taken."""
        while self._waiting and self._taken.total() < self._limit:
            owner = min(self._waiting, key=self._taken.__getitem__)  # of several the first
            turn = self._waiting[owner][0]
            self._forget(owner, turn, last=True)
            if not turn.done():
                self._taken[owner] += 1
                turn.set_result(None)
                return True
        return False

    def give(self, owner: str) -> None:
        """Give a turn back."""
        self._taken[owner] -= 1
        if not self._taken[owner]:
            del self._taken[owner]

    def close(self) -> None:
        """Whoever waits is told by CancelledError."""
        for waiting in self._waiting.values():
            for turn in waiting:
                turn.cancel()

    def _forget(self, owner: str, turn: asyncio.Future[None], *, last: bool = False) -> None:
        waiting = self._waiting.get(owner)
        if waiting is None or turn not in waiting:
            return
        waiting.remove(turn)
        if last or not waiting:
            del self._waiting[owner]
        if last and waiting:
            self._waiting[owner] = waiting  # behind the others
