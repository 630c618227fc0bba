"""Where compiled gazetteers are kept, and when they are compiled again.

A file is named after the content it was compiled from, after the format and
after the rules of folding: what has changed has another name, and nothing that
is there under its name is ever out of date.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

from mapper import files
from mapper.errors import GazetteerIndexError, OutputError, Problem, Report
from mapper.model import Place
from mapper.places.index import format as form
from mapper.places.index.lookup import Index
from mapper.places.index.scan_table import ScanTable, open_table, write_table

Tell = Callable[[str], None]
ENVIRONMENT: Final = "MAPPER_CACHE"
_PATIENCE_S: Final = 900.0
_BESIDE: Final = ("admin1CodesASCII.txt", "admin2Codes.txt", "alternateNamesV2.txt")
_LARGE: Final = 16_000_000
_DIGEST: Final = 64


def cache_folder() -> Path:
    """Return the folder for compiled gazetteers: ``MAPPER_CACHE``, else the system's own."""
    given = os.environ.get(ENVIRONMENT, "")
    if given:
        return Path(given)
    import platformdirs

    return platformdirs.user_cache_path("mapper")


def compiled_path(name: str, digest: str, folder: Path) -> Path:
    """Name the compiled form of a gazetteer that people call `name` and whose content has this hash."""
    return folder / f"{Path(name).stem}-{digest[:16]}-{rules()}.index"


def opened(target: Path, places: Callable[[], Iterable[Place]], *, layer: int, tell: Tell, report: Report) -> Index:
    """Open the compiled form of a gazetteer; compile it first where it is not there or not whole.

    Two processes that need it at the same time compile it once: the second waits.

    Parameters
    ----------
    target : Path
        See `compiled_path`.
    places : callable
        Reads the places; called only when they must be compiled.
    layer : int
        Number of the layer, for `Match.layer`.
    tell : callable
        Is told in words what takes time.
    report : Report
        Is told of a compiled file that had to be replaced.

    Raises
    ------
    GazetteerError
        The places cannot be read.
    OutputError
        The compiled file cannot be written.
    """
    name = target.name.split("-")[0]
    with contextlib.suppress(GazetteerIndexError):
        return Index.open(target, layer=layer)
    from mapper.places.index.build import compile_index

    with _keeping(target), files.locked(target, seconds=_PATIENCE_S):
        if target.exists():
            try:
                return Index.open(target, layer=layer)
            except GazetteerIndexError as fault:
                report(Problem(target.name, f"compiled again: {fault}"))
        tell(f"compiling {name}, once …")
        compile_index(places(), target, source=name, progress=lambda count: tell(f"compiling {name}: {count:,} places"))
    return Index.open(target, layer=layer)


def opened_table(targets: Sequence[Path], indexes: Sequence[Index]) -> ScanTable:
    """Open the table that texts are scanned against for some compiled gazetteers together; make it first if need be.

    Raises
    ------
    OutputError
        The table cannot be written.
    """
    first = targets[0]
    label = files.sha256_of("\n".join(target.name for target in targets).encode())[:16]
    path = first.with_name(f"names-{label}-{rules()}.scan" if len(targets) > 1 else f"{first.stem}.scan")
    with contextlib.suppress(GazetteerIndexError):
        return open_table(path)
    with _keeping(path), files.locked(path, seconds=_PATIENCE_S):
        with contextlib.suppress(GazetteerIndexError):
            return open_table(path)
        write_table(chain.from_iterable(index.all_names() for index in indexes), path)
    return open_table(path)


@contextlib.contextmanager
def _keeping(target: Path) -> Iterator[None]:
    """Say what helps where a compiled file cannot be written."""
    try:
        yield
    except OutputError as fault:
        message = f"{fault} Set {ENVIRONMENT} to a folder that can be written; {target.parent} is where it goes now."
        raise OutputError(message) from fault


def digest_of(path: Path, folder: Path) -> str:
    """Hash a gazetteer file together with the tables beside it that its importer reads."""
    tables = [parent / name for name in _BESIDE for parent in (path.parent, path.parent.parent)]
    parts = [_file_digest(part, folder) for part in (path, *tables) if part.is_file()]
    return parts[0] if len(parts) == 1 else files.sha256_of("\n".join(parts).encode())


def _file_digest(path: Path, folder: Path) -> str:
    """Hash a file; of a large one, the hash is kept for as long as its size and time stay the same."""
    state = path.stat()
    if state.st_size < _LARGE:
        return files.sha256_of_file(path)
    known = folder / f"{files.sha256_of(f'{path.resolve()}|{state.st_size}|{state.st_mtime_ns}'.encode())[:32]}.sha256"
    with contextlib.suppress(OSError, UnicodeDecodeError):
        digest = known.read_text(encoding="ascii")
        if len(digest) == _DIGEST:
            return digest
    digest = files.sha256_of_file(path)
    # Where it cannot be kept, it is told anew the next time.
    with contextlib.suppress(OutputError):
        files.write_bytes(known, digest.encode("ascii"))
    return digest


@cache
def rules() -> str:
    """Name the format and the rules that a compiled file depends on; another for each change of them."""
    room = Path(__file__).parent.parent
    code = (
        "names/keys.py",
        "names/letters.py",
        "names/many.py",
        "names/spelling.py",
        "names/vocabulary.py",
        "names/words.py",
        "index/build.py",
        "index/buckets.py",
        "index/entries.py",
        "index/format.py",
        "index/folding.py",
        "index/tokens.py",
        "index/scan_table.py",
    )
    parts = [room / name for name in code] + sorted((room / "importers").glob("*.py"))
    return f"v{form.VERSION}-{files.sha256_of(b''.join(part.read_bytes() for part in parts))[:8]}"
