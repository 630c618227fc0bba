"""Fold the letters of many names at once, in an array, for compiling a gazetteer: the plain keys of `keys`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from mapper.places.names import keys
from mapper.places.names.letters import FOLD

Array = Any
"""An array of numpy, which is imported only where it is used."""

_CODES: Final = 0x110000
_WIDE, _UNKNOWN = 0xFFFFFFFE, 0xFFFFFFFF
_SPACE, _LINE_END = 0x20, 0x0A


def plain_keys(names: Sequence[str]) -> list[str]:
    """Return the plain key of each name.

    Examples
    --------
    >>> plain_keys(["Al-Baghūz", "!?", "Æ  b"])
    ['al baghuz', '', 'ae b']
    """
    import numpy as np

    if not names:
        return []
    codes = _letters().fold("\n".join([name[: keys.NAME_LIMIT].replace("\n", " ") for name in names]))
    parts = codes == _LINE_END
    # Of spaces one remains, and none where a name begins or ends.
    spaces = codes == _SPACE
    behind = spaces | parts
    kept = codes != 0
    kept[1:] &= ~(spaces[1:] & behind[:-1])
    kept[:1] &= ~spaces[:1]
    codes = codes[kept]
    kept = np.ones(len(codes), bool)
    kept[:-1] = ~((codes[:-1] == _SPACE) & (codes[1:] == _LINE_END))
    kept[-1:] = codes[-1:] != _SPACE
    text: str = codes[kept].tobytes().decode("utf-32-le", "surrogatepass")
    return text.split("\n")


class _Letters:
    """What each character folds to, as a number; worked out when a character is first met."""

    def __init__(self) -> None:
        import numpy as np

        self._table = np.full(_CODES, _UNKNOWN, np.uint32)
        self._table[_LINE_END] = _LINE_END

    def fold(self, text: str) -> Array:
        """Fold a text, but for its line ends; what is dropped is left out."""
        import numpy as np

        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        folded = self._table.take(codes)
        strange = folded >= _WIDE
        if strange.any():
            met = set(codes[strange].tolist())
            for code in met:
                letters = FOLD[code]
                self._table[code] = (ord(letters) if letters else 0) if len(letters) < 2 else _WIDE
            # What folds to several letters folds no further.
            for code in met:
                if len(FOLD[code]) > 1:
                    text = text.replace(chr(code), FOLD[code])
            return self.fold(text)
        return folded[folded != 0]


@cache
def _letters() -> _Letters:
    return _Letters()
