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
import json
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from mapper import __version__, files
from mapper.errors import LimitError, LookupFailedError, NetworkError, ServiceRefusedError
from mapper.wire import Deadline, Target, connect, target

USER_AGENT: Final = f"mapper/{__version__} (incident mapper; reads pages it is asked for by name)"
MAX_BYTES: Final = 20_000_000
TIMEOUT_S: Final = 60.0
MAX_REDIRECTS: Final = 5
TRIES: Final = 3

_BLOCK: Final = 1 << 16
_REFUSED: Final = frozenset({401, 403, 407, 451})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_STATE_LIMIT: Final = 10_000


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
    started = _now()
    with _answer(url, headers or {}, allow_private=allow_private, deadline=deadline) as answer:
        declared = answer.declared()
        if declared is not None and declared > max_bytes:
            raise LimitError(_too_large(url, max_bytes))
        packed = bytearray()
        for block in answer.blocks():
            packed += block
            if len(packed) > max_bytes:
                raise LimitError(_too_large(url, max_bytes))
        if declared is not None and len(packed) < declared:
            message = f"{url}: the connection ended after {len(packed):,} of {declared:,} bytes. Try again."
            raise LookupFailedError(message)
        body = _unpacked(url, bytes(packed), answer.header("content-encoding"), max_bytes)
        return answer.fetched(url, body, started, size=len(packed), sha256=files.sha256_of(body))


def download(
    url: str,
    path: Path,
    *,
    allow_private: bool = False,
    max_bytes: int,
    timeout: float,
    sha256: str = "",
    progress: Callable[[int, int | None], None] | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Get a file onto the disk; go on where an earlier attempt stopped.

    The unfinished file lies beside `path` with ``.part`` at its end, and is
    gone on with only if the server says that the file is still the same
    (Range with If-Range). `path` appears when all of it has come.

    Parameters
    ----------
    url : str
        http or https.
    path : Path
        Where to.
    allow_private : bool
        Also talk to addresses of this machine and its network.
    max_bytes : int
        Largest file.
    timeout : float
        Seconds for each of the attempts, of which there are at most `TRIES`.
    sha256 : str
        What the file must hash to; empty: anything.
    progress : callable, optional
        Is told the bytes so far, and how many there will be (None: unknown).
    pause : callable
        Waits a number of seconds between attempts.

    Returns
    -------
    Fetched
        With an empty body.

    Raises
    ------
    ServiceRefusedError, LimitError, NetworkError, OutputError
        As `fetch`; OutputError when it cannot be written. After a hash that
        does not match, the unfinished file is removed.
    """
    part, state = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.part.json")
    with files.locked(path):
        for attempt in range(1, TRIES + 1):
            try:
                found = _attempt(url, part, state, Deadline(timeout), max_bytes, progress, allow_private=allow_private)
                break
            except ServiceRefusedError:
                raise
            except LookupFailedError:
                if attempt == TRIES:
                    raise
                pause(float(attempt))
        digest = files.sha256_of_file(part)
        if sha256 and digest != sha256.lower():
            files.remove(part)
            files.remove(state)
            message = f"{url}: the file's SHA-256 is {digest}, not {sha256}; it was thrown away."
            raise NetworkError(message)
        files.finish(part, path)
        files.remove(state)
    answer, started = found
    return answer.fetched(url, b"", started, size=path.stat().st_size, sha256=digest)


def _attempt(
    url: str,
    part: Path,
    state: Path,
    deadline: Deadline,
    max_bytes: int,
    progress: Callable[[int, int | None], None] | None,
    *,
    allow_private: bool,
) -> tuple[_Answer, str]:
    """Get what is missing of a file; what came is kept, whatever happens."""
    have, validator = _state_of(url, part, state)
    wanted = {"Range": f"bytes={have}-", "If-Range": validator} if have else {}
    started = _now()
    with _answer(url, wanted, allow_private=allow_private, deadline=deadline, ok=(416,)) as answer:
        if answer.response.status == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            files.remove(part)
            raise LookupFailedError(f"{url}: the server has no more of this file. Starting over.")
        if answer.header("content-encoding") not in {"", "identity"}:
            raise NetworkError(f"{url}: the server packs the file in a way that was not asked for")
        kept = have if answer.response.status == http.client.PARTIAL_CONTENT and answer.starts_at(have) else 0
        if answer.response.status == http.client.PARTIAL_CONTENT and kept != have:
            files.remove(part)
            raise LookupFailedError(f"{url}: the server sent another part of the file than was asked for")
        declared = answer.declared()
        total = None if declared is None else kept + declared
        if total is not None and total > max_bytes:
            raise LimitError(_too_large(url, max_bytes))
        files.write_bytes(state, json.dumps({"url": url, "validator": answer.validator()}).encode())
        size = kept
        with files.resuming(part, keep=kept) as stream:
            for block in answer.blocks():
                size += len(block)
                if size > max_bytes:
                    raise LimitError(_too_large(url, max_bytes))
                stream.write(block)
                if progress is not None:
                    progress(size, total)
        if total is not None and size < total:
            raise LookupFailedError(f"{url}: the connection ended after {size:,} of {total:,} bytes. Try again.")
        return answer, started


def _state_of(url: str, part: Path, state: Path) -> tuple[int, str]:
    """Return how much of a file is there and what the server called that version; 0 if it cannot be gone on with."""
    try:
        known = json.loads(files.read_bytes(state, limit=_STATE_LIMIT))
        size = part.stat().st_size
        if isinstance(known, dict) and known.get("url") == url and isinstance(known.get("validator"), str):
            return (size, known["validator"]) if known["validator"].isprintable() and known["validator"] else (0, "")
    except (OSError, ValueError):
        return 0, ""
    return 0, ""


@dataclass(frozen=True, slots=True)
class _Answer:
    """A response whose body has not been read."""

    response: http.client.HTTPResponse
    target: Target
    address: str
    deadline: Deadline
    redirects: tuple[str, ...]

    def header(self, name: str) -> str:
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
        return self.header("content-range").startswith(f"bytes {offset}-")

    def blocks(self) -> Iterator[bytes]:
        with _told(self.target.url):
            while block := self.response.read1(_BLOCK):
                yield block

    def fetched(self, url: str, body: bytes, when: str, *, size: int, sha256: str) -> Fetched:
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
def _answer(
    url: str, headers: Mapping[str, str], *, allow_private: bool, deadline: Deadline, ok: tuple[int, ...] = ()
) -> Iterator[_Answer]:
    """Ask for an address and follow its redirects, each of them checked like the first."""
    passed: list[str] = []
    asked = target(url)
    while True:
        with _told(asked.url), connect(asked, allow_private=allow_private, deadline=deadline) as (line, address):
            sent = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", **headers}
            line.request("GET", asked.path, headers=sent)
            response = line.getresponse()
            if response.status not in _MOVED:
                _check_status(asked.url, response, ok)
                yield _Answer(response, asked, address, deadline, tuple(passed))
                return
            location = response.getheader("location") or ""
        passed.append(asked.url)
        asked = _next(asked, location, passed)


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
    raise LookupFailedError(f"{url}: the server answered {status} {reason}")


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
        raise LimitError(_too_large(url, max_bytes))
    return data


def _too_large(url: str, max_bytes: int) -> str:
    return f"{url}: larger than the limit of {max_bytes:,} bytes"


def _now() -> str:
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
