"""The server's protocol, with bounds on what it takes in for no request: bytes and seconds of heads, and of refused bodies."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_QUEUED = 16  # requests that a connection may send before the first is answered; each takes 10 kB
_EACH = 32  # bytes that a header counts beside its name and value, as in HTTP/2
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\nx-content-type-options: nosniff\r\n\r\n"


class TooMuch(Exception):
    """A head of more bytes than are taken, or too many requests at once; httptools ends its parse with it."""


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol on httptools, which bounds neither the bytes of a head nor the time until it is whole.

    (Its protocol on h11 bounds the bytes, not the time, and takes twenty times as long for a body in small chunks.)
    """

    head_bytes: ClassVar[int]
    head_seconds: ClassVar[float]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unread = 0  # bytes since a head, a piece of a body or a message was whole
        self._head = 0  # bytes of this message's head and trailers
        self._in_body = False
        self._clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]  # as uvicorn itself narrows it
        self._start_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._in_body:
            self._start_clock()
        self._unread += len(data)
        super().data_received(data)
        if self._unread > self.head_bytes and not self.transport.is_closing():
            self._refuse()

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= _QUEUED:
            raise TooMuch
        super().on_message_begin()
        self._head = 0
        self._start_clock()

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value) + _EACH)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._stop_clock()
        self._unread, self._in_body = 0, True
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._unread = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._stop_clock()
        self._unread, self._in_body = 0, False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._in_body:
            self._start_clock()

    def send_400_response(self, msg: str) -> None:
        if self._head > self.head_bytes:
            self._refuse()
        else:
            super().send_400_response(msg)

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > self.head_bytes:
            raise TooMuch

    def _refuse(self) -> None:
        self.transport.write(_TOO_LARGE)
        self.transport.close()

    def _start_clock(self) -> None:
        if self._clock is None and not self.transport.is_closing():
            self._clock = self.loop.call_later(self.head_seconds, self.transport.close)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None


def bounded(head_bytes: int, head_seconds: float) -> type[asyncio.Protocol]:
    """The protocol with these bounds, as uvicorn wants it: a class.

    Args:
        head_bytes: of the request line and all headers, of trailers, and of a chunk's own line.
        head_seconds: until a head is whole, from its first byte or the connection; and for the rest of a body that was
            answered before it had come.
    """
    return type("Bounded", (BoundedProtocol,), {"head_bytes": head_bytes, "head_seconds": head_seconds})
