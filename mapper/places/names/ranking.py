"""How well a name of a gazetteer matches a name that is looked up, and in which order matches stand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from rapidfuzz.fuzz import ratio

from mapper.model import Place
from mapper.places.names.keys import Keys

How = Literal["exact", "folded", "sound", "skeleton", "edit"]
Alike = Literal["name", "sound", "consonants", "home"]

_PLAIN: Final = 0.25
_NAME: Final = 0.40
_SOUND: Final = 0.20
_SKELETON: Final = 0.15
MOST_OF_EDITED: Final = 0.88
"""How similar two names are at most that differ by a consonant."""

_CAPS: Final = {"sound": 0.94, "skeleton": 0.92, "edit": MOST_OF_EDITED}
_WORDS: Final = {
    "exact": "same name",
    "folded": "same name but for article, generic words or habits of spelling",
    "sound": "sounds the same",
    "skeleton": "same consonants",
    "edit": "one consonant differs",
}
_BY_KIND: Final = {
    "country": 1.0,
    "governorate": 0.6,
    "city": 0.7,
    "sea": 0.5,
    "region": 0.3,
    "town": 0.45,
    "district": 0.35,
    "village": 0.25,
    "neighbourhood": 0.2,
    "site": 0.15,
}
# The people of a division live in its towns.
_ONLY_BY_KIND: Final = frozenset({"country", "governorate", "district", "region", "sea"})
_HOWS: Final[frozenset[How]] = frozenset({"exact", "folded", "sound", "skeleton", "edit"})
AGREEING: Final[Mapping[Alike, frozenset[How]]] = {
    "name": frozenset({"exact", "folded"}),
    "sound": frozenset({"exact", "folded", "sound"}),
    "consonants": _HOWS,
    "home": _HOWS,
}
"""What two names have in common, to how they may agree."""


@dataclass(slots=True)
class Match:
    """A place that a name may mean.

    Parameters
    ----------
    place : Place
        The entry.
    name : str
        The entry's spelling that matched.
    layer : int
        Number of the gazetteer layer, 0 for the project's own.
    how : {"exact", "folded", "sound", "skeleton", "edit"}
        The finest key in which the two names agree; "edit" if they differ by one consonant.
    similarity : float
        0 to 1; 1 is the same name.
    reasons : tuple of str
        Why it stands where it stands, for people.
    in_several : bool
        Whether more than one layer has the place: it is known beyond its country, as the seats of districts are.
    """

    place: Place
    name: str
    layer: int
    how: How
    similarity: float
    reasons: tuple[str, ...] = ()
    in_several: bool = False


def compared(query: Keys, candidate: Keys) -> tuple[How, float]:
    """Say in which key two names agree, and how similar they are (0 to 1).

    Examples
    --------
    >>> from mapper.places.names.keys import fold
    >>> compared(fold("Hajin"), fold("hajin"))
    ('exact', 1.0)
    >>> compared(fold("al-Hajeen"), fold("Hajin"))[0], compared(fold("Hajjan"), fold("Hajin"))[0]
    ('folded', 'skeleton')
    """
    return _comparison(query).with_each([candidate])[0]


_Sounding = tuple[How, float, float, float]
"""How two names agree at best by their sounds, the shares of sound and skeleton in a similarity, and its limit."""


class Comparison:
    """Compares a name with others as `compared` does; what depends on a sound alone is worked out once for each.

    Parameters
    ----------
    query : Keys
        The name.
    """

    __slots__ = ("_across", "_is_ascii", "_query", "_skeletons", "_sounds")

    def __init__(self, query: Keys) -> None:
        self._query = query
        self._is_ascii = query.name.isascii()
        self._sounds: dict[str, _Sounding] = {query.sound: ("sound", _SOUND * 100.0, _SKELETON * 100.0, _CAPS["sound"])}
        self._skeletons = {query.skeleton: 100.0}
        self._across: dict[str, float] = {}

    def with_each(self, others: Iterable[Sequence[Any]]) -> list[tuple[How, float]]:
        """Compare the name with each of some, given by the fields of their keys, which others may follow."""
        own_plain, own_name = self._query.plain, self._query.name
        is_ascii, sounds = self._is_ascii, self._sounds
        found: list[tuple[How, float]] = []
        for other in others:
            plain, name = other[0], other[1]
            if own_plain == plain:
                found.append(("exact", 1.0))
            elif own_name == name:
                found.append(("folded", 0.95 + 0.04 * ratio(own_plain, plain) / 100))
            else:
                sound, skeleton = other[2], other[3]
                how, by_sound, by_skeleton, cap = sounds.get(sound) or self._sounding(sound, skeleton)
                if is_ascii == name.isascii():
                    score = _PLAIN * ratio(own_plain, plain) + _NAME * ratio(own_name, name)
                    score = (score + by_sound + by_skeleton) / 100
                else:
                    score = self._across.get(sound) or self._across_scripts(sound, skeleton)
                found.append((how, min(cap, score)))
        return found

    def _sounding(self, sound: str, skeleton: str) -> _Sounding:
        by_skeleton = self._by_skeleton(skeleton)
        how: How = "skeleton" if skeleton == self._query.skeleton else "edit"
        shares = (_SOUND * ratio(self._query.sound, sound), _SKELETON * by_skeleton)
        found = self._sounds[sound] = (how, *shares, _CAPS[how])
        return found

    def _by_skeleton(self, skeleton: str) -> float:
        found = self._skeletons.get(skeleton)
        if found is None:
            found = self._skeletons[skeleton] = ratio(self._query.skeleton, skeleton)
        return found

    def _across_scripts(self, sound: str, skeleton: str) -> float:
        # Arabic does not write the short a: what it leaves out counts for nothing.
        own = self._query.sound
        by_sound = 100.0 if own == sound else ratio(own, sound)
        bare = ratio(own.replace("a", ""), sound.replace("a", ""))
        found = self._across[sound] = (0.5 * max(by_sound, bare) + 0.3 * bare + 0.2 * self._by_skeleton(skeleton)) / 100
        return found


_comparison = lru_cache(maxsize=1 << 4)(Comparison)


def prominence(place: Place) -> float:
    """How well known a place is likely to be, 0 to 1: by its population, else by its kind.

    Examples
    --------
    >>> from mapper.model import Place
    >>> village = Place(id="x:1", name="Hajin", longitude=40.8, latitude=34.7, kind="village")
    >>> prominence(village)
    0.25
    """
    return weight(place.kind, place.population)


@lru_cache(maxsize=1 << 10)
def weight(kind: str, population: int) -> float:
    """Return the prominence of a place of this kind and population."""
    by_kind = _BY_KIND.get(kind, 0.1)
    if not population or kind in _ONLY_BY_KIND:
        return by_kind
    return max(by_kind, min(1.0, math.log10(population + 1) / 7))


def explained(how: How, place: Place, countries: Sequence[str]) -> tuple[str, ...]:
    """Give the reasons for a rank in words."""
    where = f"in {place.country}" if place.country in countries else "in another country"
    return _reasons(how, where if countries else "", place.kind, place.population)


@lru_cache(maxsize=1 << 10)
def _reasons(how: How, where: str, kind: str, population: int) -> tuple[str, ...]:
    size = f"{kind} of {population:,}" if population else kind
    return (_WORDS[how], where, size) if where else (_WORDS[how], size)
