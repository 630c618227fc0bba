"""Downloads of large files: onto the disk, gone on with where they stopped, checked by hash."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from mapper import files
from mapper.errors import LimitError, LookupFailedError, NetworkError, ServiceRefusedError
from mapper.net import Answer, Fetched, asking, now, too_large
from mapper.wire import Deadline

TRIES: Final = 3
_STATE_LIMIT: Final = 10_000


def download(
    url: str,
    path: Path,
    *,
    allow_private: bool = False,
    max_bytes: int,
    timeout: float,
    sha256: str = "",
    progress: Callable[[int, int | None], None] | None = None,
    pause: Callable[[float], None] | None = None,
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
    pause : callable, optional
        Waits a number of seconds between attempts; given by tests.

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
                (pause or time.sleep)(float(attempt))
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
) -> tuple[Answer, str]:
    """Get what is missing of a file; what came is kept, whatever happens."""
    have, validator = _state_of(url, part, state)
    wanted = {"Range": f"bytes={have}-", "If-Range": validator} if have else {}
    started = now()
    with asking(url, wanted, allow_private=allow_private, deadline=deadline, ok=(416,)) as answer:
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
            raise LimitError(too_large(url, max_bytes))
        files.write_bytes(state, json.dumps({"url": url, "validator": answer.validator()}).encode())
        size = kept
        with files.resuming(part, keep=kept) as stream:
            for block in answer.blocks():
                size += len(block)
                if size > max_bytes:
                    raise LimitError(too_large(url, max_bytes))
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
