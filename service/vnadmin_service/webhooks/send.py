"""One delivery: a POST to an address that was looked up and checked beforehand, within its time, no redirect followed."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Collection, Mapping, Sequence

from vnadmin_service.webhooks.address import PORTS, Network, Target, pinned, read_url


def send(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allowed: Sequence[Network],
    ports: Collection[int] = PORTS,
    seconds: float,
) -> int:
    """The status of the answer; what the answer says is not read.

    Raises:
        NotAllowed: the address is not one that a webhook may go to.
        OSError, http.client.HTTPException: it could not be delivered in time.
    """
    target = pinned(read_url(url, allowed, ports), allowed, ports)
    connection = _Connection(target, seconds)
    timer = threading.Timer(seconds, connection.cut)  # the socket's own time begins anew with each byte
    timer.daemon = True
    timer.start()
    try:
        connection.request("POST", target.path, body, dict(headers))
        return connection.getresponse().status
    finally:
        timer.cancel()
        connection.close()


class _Connection(http.client.HTTPConnection):
    """A connection to the address that was looked up, under the name that was asked for. No proxy is asked."""

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self._target = target
        if target.tls:
            self.default_port = http.client.HTTPS_PORT  # which `Host` does not name

    def connect(self) -> None:
        """To the address, with the certificate of the name."""
        plain = socket.create_connection((self._target.address, self._target.port), self.timeout)
        if not self._target.tls:
            self.sock = plain
            return
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self._target.host)
        except BaseException:
            plain.close()
            raise

    def cut(self) -> None:
        """Whoever waits for the connection gets an error."""
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return
