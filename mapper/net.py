"""Downloads, polite and bounded: the only door to the network but the geocoders'.

Only http and https are spoken, only to public addresses unless the caller
allows others. The name is looked up once and the connection goes to the very
address that was checked, for every redirect anew. A download has a limit of
bytes and of seconds, which no slow server can stretch. Proxies of the
environment are not used: through one, no address could be checked.
"""

from __future__ import annotations

import datetime as dt
import http.client
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode, urljoin

from mapper import __version__, files
from mapper.errors import LimitError, LookupFailedError, NetworkError, ServiceRefusedError
from mapper.wire import Deadline, Target, connect, target

USER_AGENT: Final = f"mapper/{__version__} (incident mapper; reads pages it is asked for by name)"
MAX_BYTES: Final = 20_000_000
TIMEOUT_S: Final = 60.0
MAX_REDIRECTS: Final = 5

_BLOCK: Final = 1 << 16
_REFUSED: Final = frozenset({401, 403, 407, 451})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})


class StatusError(LookupFailedError):
    """The server answered with a status that says no.

    Parameters
    ----------
    message : str
        One line for people.
    status : int
        HTTP status.
    retry_after : str
        The header of that name, as sent; empty if there was none.
    """

    def __init__(self, message: str, status: int, retry_after: str = "") -> None:
        self.status, self.retry_after = status, retry_after
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent, and how it was come by.

    Parameters
    ----------
    url : str
        As it was asked for.
    final_url : str
        After the redirects.
    status : int
        HTTP status, 200 to 299.
    headers : tuple of (name, value)
        As received, in their order.
    body : bytes
        As received, without the transfer's own packing; empty when it went to a file.
    size : int
        Bytes received.
    sha256 : str
        Hash of the bytes.
    when : str
        Time of the request by this machine's clock, ISO 8601 in UTC.
    address : str
        The address that answered.
    redirects : tuple of str
        Addresses passed through, the first one included.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    size: int
    sha256: str
    when: str
    address: str
    redirects: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """Return the first header of that name, in any case; empty if there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    max_bytes: int = MAX_BYTES,
    timeout: float = TIMEOUT_S,
    headers: Mapping[str, str] | None = None,
    same_host: bool = False,
    secret: Mapping[str, str] | None = None,
) -> Fetched:
    """Get one page or file into memory.

    Parameters
    ----------
    url : str
        http or https.
    allow_private : bool
        Also talk to addresses of this machine and its network.
    max_bytes : int
        Largest body, as sent and as unpacked.
    timeout : float
        Seconds for everything together: looking up the name, redirects, the last byte.
    headers : mapping, optional
        More request headers.
    same_host : bool
        Refuse redirects to another host.
    secret : mapping, optional
        Parameters, such as a key, that are sent with the address and appear in no message and no record.

    Raises
    ------
    ServiceRefusedError
        The server said no (401, 403, 407, 451).
    LimitError
        The answer is larger than `max_bytes`.
    NetworkError
        Anything else: a bad or private address, no network, a timeout, another status.
    """
    deadline = Deadline(timeout)
    started = now()
    with asking(
        url, headers or {}, allow_private=allow_private, deadline=deadline, same_host=same_host, secret=secret
    ) as answer:
        declared = answer.declared()
        if declared is not None and declared > max_bytes:
            raise LimitError(too_large(url, max_bytes))
        packed = bytearray()
        for block in answer.blocks():
            packed += block
            if len(packed) > max_bytes:
                raise LimitError(too_large(url, max_bytes))
        if declared is not None and len(packed) < declared:
            message = f"{url}: the connection ended after {len(packed):,} of {declared:,} bytes. Try again."
            raise LookupFailedError(message)
        body = _unpacked(url, bytes(packed), answer.header("content-encoding"), max_bytes)
        return answer.fetched(url, body, started, size=len(packed), sha256=files.sha256_of(body))


@dataclass(frozen=True, slots=True)
class Answer:
    """A response whose body has not been read yet."""

    response: http.client.HTTPResponse
    target: Target
    address: str
    deadline: Deadline
    redirects: tuple[str, ...]

    def header(self, name: str) -> str:
        """Return a header; empty if there is none."""
        return (self.response.getheader(name) or "").strip()

    def declared(self) -> int | None:
        """Return the length that the server announced."""
        length = self.header("content-length")
        if self.header("transfer-encoding") or not (length.isascii() and length.isdigit() and len(length) < 16):
            return None
        return int(length)

    def validator(self) -> str:
        """Return what names this version of the file for If-Range: a strong ETag, else the date."""
        tag = self.header("etag")
        return tag if tag and not tag.startswith("W/") else self.header("last-modified")

    def starts_at(self, offset: int) -> bool:
        """Say whether the body is the part of the file from there on."""
        return self.header("content-range").startswith(f"bytes {offset}-")

    def blocks(self) -> Iterator[bytes]:
        """Yield the body as it comes."""
        with _told(self.target.url):
            while block := self.response.read1(_BLOCK):
                yield block

    def fetched(self, url: str, body: bytes, when: str, *, size: int, sha256: str) -> Fetched:
        """Make the record of it."""
        return Fetched(
            url=url,
            final_url=self.target.url,
            status=self.response.status,
            headers=tuple(self.response.getheaders()),
            body=body,
            size=size,
            sha256=sha256,
            when=when,
            address=self.address,
            redirects=self.redirects,
        )


@contextmanager
def asking(
    url: str,
    headers: Mapping[str, str],
    *,
    allow_private: bool,
    deadline: Deadline,
    ok: tuple[int, ...] = (),
    same_host: bool = False,
    secret: Mapping[str, str] | None = None,
) -> Iterator[Answer]:
    """Ask for an address and follow its redirects, each of them checked like the first.

    Parameters
    ----------
    url, headers, allow_private, deadline
        As `fetch`.
    ok : tuple of int
        Statuses beyond 200 to 299 that the caller sees to.
    same_host : bool
        Refuse redirects to another host.
    secret : mapping, optional
        Parameters, such as a key, that are sent with the address and appear in no message and no record.
    """
    passed: list[str] = []
    asked = target(url)
    host = asked.host
    while True:
        with _told(asked.url), connect(asked, allow_private=allow_private, deadline=deadline) as (line, address):
            sent = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", **headers}
            line.request("GET", _with_secret(asked.path, secret), headers=sent)
            response = line.getresponse()
            if response.status not in _MOVED:
                _check_status(asked.url, response, ok)
                yield Answer(response, asked, address, deadline, tuple(passed))
                return
            location = response.getheader("location") or ""
        passed.append(asked.url)
        asked = _next(asked, location, passed)
        if same_host and asked.host != host:
            raise NetworkError(f"{url}: redirected to another host, {asked.host}, which is not asked")


def _with_secret(path: str, secret: Mapping[str, str] | None) -> str:
    if not secret:
        return path
    return f"{path}{'&' if '?' in path else '?'}{urlencode(secret)}"


def _next(asked: Target, location: str, passed: list[str]) -> Target:
    if not location:
        raise NetworkError(f"{asked.url}: redirected to nowhere")
    if len(passed) > MAX_REDIRECTS:
        raise NetworkError(f"{passed[0]}: redirected more than {MAX_REDIRECTS} times")
    to = target(urljoin(asked.url, location))
    if asked.secure and not to.secure:
        raise NetworkError(f"{asked.url}: redirected from https to http, which anyone on the way could read and change")
    return to


def _check_status(url: str, response: http.client.HTTPResponse, ok: tuple[int, ...]) -> None:
    status = response.status
    if 200 <= status < 300 or status in ok:
        return
    reason = http.client.responses.get(status, "unknown")
    if status in _REFUSED:
        raise ServiceRefusedError(f"{url}: the server refused ({status} {reason})")
    raise StatusError(f"{url}: the server answered {status} {reason}", status, response.getheader("retry-after") or "")


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turn what the network does into one line about `url`."""
    try:
        yield
    except TimeoutError as fault:
        raise LookupFailedError(f"{url}: no complete answer in time") from fault
    except (NetworkError, LimitError):
        raise
    except http.client.HTTPException as fault:
        raise LookupFailedError(f"{url}: not an answer in HTTP ({type(fault).__name__})") from fault
    except OSError as fault:
        raise LookupFailedError(f"{url}: {fault.strerror or str(fault) or type(fault).__name__}") from fault


def _unpacked(url: str, body: bytes, encoding: str, max_bytes: int) -> bytes:
    """Undo a packing that was not asked for, within the limit."""
    if encoding.lower() in {"", "identity"}:
        return body
    if encoding.lower() not in {"gzip", "x-gzip", "deflate"}:
        raise NetworkError(f"{url}: packed as {encoding[:20]}, which was not asked for")
    reader = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        data = reader.decompress(body, max_bytes + 1)
    except zlib.error as fault:
        raise LookupFailedError(f"{url}: packed as {encoding[:20]}, and damaged") from fault
    if len(data) > max_bytes:
        raise LimitError(too_large(url, max_bytes))
    return data


def too_large(url: str, max_bytes: int) -> str:
    """Say that an answer is larger than the limit."""
    return f"{url}: larger than the limit of {max_bytes:,} bytes"


def now() -> str:
    """Return the time by this machine's clock, ISO 8601 in UTC."""
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
