"""How common an English word is: Nice, Reading and Of are cities, but seldom that.

The counts are those of pyspellchecker's list. Opening it takes 0.14 s (160,000
words of gzipped JSON), so the eighth of it that is used here is kept beside the
compiled gazetteers, named after the hash of the list, and opened in 3 ms. It
carries a hash of itself: one that was damaged is made again.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import orjson

from mapper import files
from mapper.errors import OutputError
from mapper.places.gazetteer.cache import cache_folder

COMMON: Final = 2_500
"""Uses in the corpus (1.6 billion words) from which a word is more often a word than a place."""

DOUBTFUL: Final = 900
"""From here on it may be either."""

_LIST: Final = "resources/en.json.gz"
_GZIP: Final = 31
"""What zlib calls a stream with a gzip header."""


def frequency(word: str) -> int:
    """Return how often a word, in lower case, is used in English; 0 for one used less often than `DOUBTFUL` times.

    Examples
    --------
    >>> frequency("reading") > COMMON > frequency("baghdad")
    True
    """
    return _frequencies().get(word, 0)


@cache
def _frequencies() -> Mapping[str, int]:
    """Read the words that are used at least `DOUBTFUL` times; keep them for the next process."""
    packed = _packed_list().read_bytes()
    kept = cache_folder() / f"words-{files.sha256_of(packed)[:16]}-{DOUBTFUL}.json"
    with contextlib.suppress(OSError, ValueError):
        digest, _, content = kept.read_bytes().partition(b"\n")
        if digest.decode("ascii") == files.sha256_of(content):
            return _parsed(content)
    found = {word: count for word, count in _parsed(zlib.decompress(packed, _GZIP)).items() if count >= DOUBTFUL}
    # Where nothing can be kept, the next process reads the whole list again.
    with contextlib.suppress(OutputError):
        content = orjson.dumps(found)
        files.write_bytes(kept, files.sha256_of(content).encode("ascii") + b"\n" + content)
    return found


def _parsed(data: bytes) -> dict[str, int]:
    words = orjson.loads(data)
    return words if isinstance(words, dict) else {}


def _packed_list() -> Path:
    """Find the list without importing the spelling checker."""
    package = find_spec("spellchecker")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("pyspellchecker is not installed.", name="spellchecker")
    return Path(package.submodule_search_locations[0], _LIST)
