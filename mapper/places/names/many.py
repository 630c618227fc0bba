"""Fold many names at once, for compiling a gazetteer: the keys of `keys`, a tenth of the time a name.

Letters are folded in an array, words are spelled and sounded in one text for
all of them, and a word that recurs is not folded again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any, Final

from mapper.places.names import keys
from mapper.places.names.letters import FOLD
from mapper.places.names.spelling import sounded, spelled

Array = Any
"""An array of numpy, which is imported only where it is used."""

_CODES: Final = 0x110000
_WIDE, _UNKNOWN = 0xFFFFFFFE, 0xFFFFFFFF
_SPACE, _LINE_END = 0x20, 0x0A
_REMEMBERED: Final = 1 << 17
"""Words that are kept in memory, about a hundred bytes each."""


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


class Sounds:
    """Sounds of names, by their plain keys; remembers words."""

    def __init__(self) -> None:
        self._inner: dict[str, str] = {}
        self._last: dict[str, str] = {}
        self._special: set[str] = set()

    def of(self, plains: Iterable[str]) -> list[str]:
        """Return the sound key of each plain key, but for letters that are doubled where words meet.

        Examples
        --------
        >>> Sounds().of(["al baghuz", "tell hajin", "dair rum"])
        ['bakud', 'talhaJin', 'dirrum']
        """
        split = [plain.split(" ") for plain in plains]
        # Sets of words come in any order, which makes no difference to what is learnt of each.
        if len(self._inner) + len(self._last) > _REMEMBERED:
            self._inner.clear()
            self._last.clear()
            self._special.clear()
        last = {words[-1] for words in split}
        inner = set(chain.from_iterable([words[:-1] for words in split if len(words) > 1]))
        self._learn(list(last - self._last.keys()), self._last, is_last=True)
        self._learn(list(inner - self._inner.keys()), self._inner, is_last=False)
        return [self._joined(words) for words in split]

    def _joined(self, words: list[str]) -> str:
        if len(words) == 1:
            return self._last[words[0]]
        if self._special.isdisjoint(words):
            return "".join([*[self._inner[word] for word in words[:-1]], self._last[words[-1]]])
        return keys.sound_of(words)

    def _learn(self, words: list[str], sounds: dict[str, str], *, is_last: bool) -> None:
        """Sound words; those of which the vocabulary has nothing all at once."""
        latin = {word: keys.common_in_latin(word) for word in words}
        common = [word for word, letters in latin.items() if letters]
        if common:
            text = "\n{}\n".format("\n".join([latin[word] for word in common]))
            text = sounded(spelled(text, is_last=is_last))
            sounds.update(zip(common, text[1:-1].split("\n"), strict=True))
        for word in latin.keys() - set(common):
            sounds[word], is_like_any = keys.sound_of_word(word, is_last=is_last) if word else ("", True)
            if not is_like_any:
                self._special.add(word)
