"""Where a webhook may go: https to public addresses, and besides only to networks that the operator allows."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
MOST_CHARACTERS = 2000
PORTS: Final = (443, 8443)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_UNICAST = ipaddress.IPv6Network("2000::/3")  # all that IANA has given out for the internet
# Special by IANA's registries, and public for some versions of Python's `is_global`
_SPECIAL = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "3fff::/20"))
)


class NotAllowed(Exception):
    """The address is not one that a webhook may go to. The message names no more than the URL does."""


@dataclass(frozen=True, slots=True)
class Target:
    """A URL, taken apart, and the one address that it is sent to."""

    host: str
    port: int
    path: str
    tls: bool
    address: str = ""


def read_url(url: str, allowed: Sequence[Network], ports: Collection[int] = PORTS) -> Target:
    """What a URL says, refused where it can be seen by itself that it is not allowed; names are looked up later.

    Raises:
        NotAllowed: with the reason.
    """
    if len(url) > MOST_CHARACTERS or not url.isascii() or not url.isprintable() or " " in url:
        raise NotAllowed("It is too long, or has characters that a URL has not.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAllowed("It is no URL.") from None
    if port == 0:
        raise NotAllowed("There is no port 0.")
    _plain(parts)
    host = str(parts.hostname).rstrip(".")
    tls = parts.scheme == "https"
    target = Target(host, port or (443 if tls else 80), _path(parts), tls)
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        _plain_name(host)
        if host != "localhost" and not host.endswith(".localhost"):
            if not allowed:
                _check_port(target, ports)
            return target
        literal = ipaddress.IPv4Address("127.0.0.1")
    _check(literal, target, allowed, ports)
    return target


def pinned(target: Target, allowed: Sequence[Network], ports: Collection[int] = PORTS) -> Target:
    """The target with the address to connect to. It is looked up once, here, and not again by whoever connects.

    Raises:
        NotAllowed: one of the name's addresses is not allowed; the others are not tried then.
        OSError: the name has no address.
    """
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        _check(ipaddress.ip_address(address.partition("%")[0]), target, allowed, ports)
    return Target(target.host, target.port, target.path, target.tls, addresses[0])


def is_public(address: Address) -> bool:
    """Whether it is somewhere on the internet, also as the IPv4 address that an IPv6 address holds."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address not in _UNICAST:
            return False
    if any(address.version == network.version and address in network for network in _SPECIAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _check(address: Address, target: Target, allowed: Sequence[Network], ports: Collection[int]) -> None:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address.version == network.version and address in network for network in allowed):
        return
    if not is_public(address):
        raise NotAllowed("It leads to a private, loopback or otherwise special address.")
    if not target.tls:
        raise NotAllowed("To a public address it must be https.")
    _check_port(target, ports)


def _check_port(target: Target, ports: Collection[int]) -> None:
    if target.port not in ports:
        raise NotAllowed("To a public address it goes to few ports, of which this is none.")


def _plain(parts: SplitResult) -> None:
    if parts.scheme not in ("http", "https") or not (parts.hostname or "").strip("."):
        raise NotAllowed("It is no http or https URL with a host.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise NotAllowed("It has a user, a password or a fragment.")


def _plain_name(host: str) -> None:
    """No name of a host, but an address as only C libraries read it: `2130706433`, `0x7f000001`, `127.1`."""
    with suppress(OSError):
        socket.inet_aton(host)
        raise NotAllowed("Write the address as four numbers, or as a name.")
    if "%" in host:
        raise NotAllowed("A host has no percent sign.")


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
