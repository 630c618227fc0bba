"""Connections of `mapper.net`: an address is checked, then connected to, and every wait is bounded."""

from __future__ import annotations

import http.client
import io
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit, urlunsplit

from mapper.errors import LookupFailedError, NetworkError

URL_LIMIT: Final = 4_000
IDLE_S: Final = 20.0
"""Longest silence of a server, seconds."""

_SAFE: Final = "/%:=&?~#+!$,;'@()*[]"
_UNPRINTABLE: Final = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class Deadline:
    """A moment after which nothing is waited for any more.

    Parameters
    ----------
    seconds : float
        From now.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left.

        Raises
        ------
        TimeoutError
            None are left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(frozen=True, slots=True)
class Target:
    """An address on the web, taken apart and found fit to be asked."""

    url: str
    host: str
    port: int
    path: str
    secure: bool


def target(url: str) -> Target:
    """Take an address apart.

    Raises
    ------
    NetworkError
        It is no address that may be asked.

    Examples
    --------
    >>> found = target("https://example.org/a b?q=\u00e9#part")
    Traceback (most recent call last):
    mapper.errors.NetworkError: https://example.org/a b?q=é#part: an address has no spaces or control characters
    >>> target("HTTPS://Example.org/caf\u00e9?q=1#part").url
    'https://example.org/caf%C3%A9?q=1'
    """
    shown = _UNPRINTABLE.sub(" ", url[:200])
    if len(url) > URL_LIMIT:
        raise NetworkError(f"{shown}...: the address has {len(url):,} characters; the limit is {URL_LIMIT:,}")
    if _UNPRINTABLE.search(url):
        raise NetworkError(f"{shown}: an address has no spaces or control characters")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        name = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError as fault:  # UnicodeError is one
        raise NetworkError(f"{shown}: not an address on the web") from fault
    if parts.scheme not in {"http", "https"} or not name:
        raise NetworkError(f"{shown}: only http and https addresses are asked")
    if parts.username is not None or parts.password is not None:
        raise NetworkError("an address with a user name or password in it is not asked")
    secure = parts.scheme == "https"
    path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=_SAFE)
    if not path.startswith("/"):
        path = f"/{path}"
    number = port or (443 if secure else 80)
    shown_host = f"[{name}]" if ":" in name else name
    netloc = shown_host if port is None else f"{shown_host}:{port}"
    return Target(f"{parts.scheme}://{netloc}{path}", name, number, path, secure)


def is_public(address: str) -> bool:
    """Say whether an address lies on the public internet, also when it is wrapped in another.

    Examples
    --------
    >>> [is_public(a) for a in ("93.184.216.34", "127.0.0.1", "10.1.2.3", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False, False]
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


@contextmanager
def connect(
    asked: Target, *, allow_private: bool, deadline: Deadline
) -> Iterator[tuple[http.client.HTTPConnection, str]]:
    """Connect to one of the checked addresses of a host.

    Yields
    ------
    tuple
        The connection, ready for a request, and the address it leads to.

    Raises
    ------
    NetworkError
        The host has no address that may be asked.
    OSError
        None of them answers.
    """
    line, address = _first_that_answers(asked, _usable(asked, deadline, allow_private=allow_private), deadline)
    try:
        if asked.secure:
            line = _secured(line, asked.host, deadline)
        connection = http.client.HTTPConnection(asked.host, asked.port)
        if asked.secure:
            connection.default_port = 443
        connection.sock = _Timed(line, deadline)
        yield connection, address
    finally:
        line.close()


def _usable(asked: Target, deadline: Deadline, *, allow_private: bool) -> list[tuple[int, Any]]:
    """Look a host up and keep the addresses that may be asked: (family, socket address)."""
    found = [(family, address) for family, _, _, _, address in _looked_up(asked, deadline)]
    kept = [(family, address) for family, address in found if allow_private or is_public(str(address[0]))]
    if not kept:
        message = (
            f"{asked.url}: {asked.host} is an address of this machine or its own network, "
            "which is not asked without --allow-private"
        )
        raise NetworkError(message)
    return kept


def _looked_up(asked: Target, deadline: Deadline) -> list[Any]:
    """Look a host up, in a thread: the system's resolver knows no deadline."""
    found: list[Any] = []
    fault: list[OSError] = []

    def look() -> None:
        try:
            found.extend(socket.getaddrinfo(asked.host, asked.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as why:
            fault.append(OSError(str(why)))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(min(IDLE_S, deadline.left()))
    if fault or not found:
        message = f"{asked.url}: the name {asked.host} cannot be looked up. Is there a network?"
        raise LookupFailedError(message)
    return found


def _first_that_answers(
    asked: Target, addresses: list[tuple[int, Any]], deadline: Deadline
) -> tuple[socket.socket, str]:
    last: OSError = OSError(f"{asked.host} has no address")
    for family, address in addresses[:4]:
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(min(IDLE_S, deadline.left()))
            line.connect(address)
        except OSError as fault:
            line.close()
            last = fault
            continue
        return line, str(address[0])
    raise last


def _secured(line: socket.socket, host: str, deadline: Deadline) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    line.settimeout(min(IDLE_S, deadline.left()))
    return context.wrap_socket(line, server_hostname=host)


class _Timed:
    """A socket every wait of which ends at the deadline, as http.client wants one."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self._line, self._deadline = line, deadline

    def sendall(self, data: bytes) -> None:
        self._line.settimeout(min(IDLE_S, self._deadline.left()))
        self._line.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        del mode  # http.client only ever reads from it, in bytes
        return io.BufferedReader(_Reader(self._line, self._deadline))

    def close(self) -> None:
        """Nothing: the reader goes on after http.client lets go of the socket; `connect` closes it."""


class _Reader(io.RawIOBase):
    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self._line, self._deadline = line, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._line.settimeout(min(IDLE_S, self._deadline.left()))
        with suppress(ssl.SSLEOFError):  # an end without a farewell: the length tells whether all has come
            return self._line.recv_into(buffer)
        return 0
