"""Names that are taken, in as little memory as tells them apart."""

from __future__ import annotations

from array import array
from typing import Final

from mapper.files import sha256_of

_FIRST: Final = 1 << 10
_FULL: Final = 2 / 3


class Taken:
    """The names of the articles of a run, of which there may be millions.

    Kept are 64 bits of the hash of each, in a table of 12 to 24 bytes a name: a
    set of Python's takes a hundred. Each hash lies at the first free place from
    the one that it chooses.

    Examples
    --------
    >>> taken = Taken()
    >>> taken.take("a"), taken.take("b"), taken.take("a"), len(taken)
    (True, True, False, 2)
    """

    __slots__ = ("_count", "_places")

    def __init__(self) -> None:
        self._places = array("Q", bytes(8 * _FIRST))
        self._count = 0

    def __len__(self) -> int:
        """Return the number of names."""
        return self._count

    def take(self, name: str) -> bool:
        """Take a name; False if it is taken."""
        # Nothing is kept as 0, so none may be 0 itself.
        if not self._put(int(sha256_of(name.encode())[:16], 16) or 1):
            return False
        self._count += 1
        if self._count > _FULL * len(self._places):
            former = self._places
            self._places = array("Q", bytes(16 * len(former)))
            for key in filter(None, former):
                self._put(key)
        return True

    def _put(self, key: int) -> bool:
        places, last = self._places, len(self._places) - 1
        at = key & last
        while places[at]:
            if places[at] == key:
                return False
            at = at + 1 & last
        places[at] = key
        return True
