"""How well a name of a gazetteer matches a name that is looked up, and in which order matches stand."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final, Literal, NamedTuple, Protocol

from rapidfuzz.fuzz import ratio

from mapper.model import Place
from mapper.places.names.keys import Keys, fold

How = Literal["exact", "folded", "sound", "skeleton", "edit"]
Alike = Literal["name", "sound", "consonants"]

_PLAIN: Final = 0.25
_NAME: Final = 0.40
_SOUND: Final = 0.20
_SKELETON: Final = 0.15
_CAPS: Final = {"sound": 0.94, "skeleton": 0.92, "edit": 0.88}
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
_PROMINENCE: Final = 0.03
_OWN_NAME: Final = 0.01
_GOOD: Final = 0.90
"""Similarity from which a name is not looked for any further."""

AGREEING: Final[Mapping[Alike, frozenset[How]]] = {
    "name": frozenset({"exact", "folded"}),
    "sound": frozenset({"exact", "folded", "sound"}),
    "consonants": frozenset({"exact", "folded", "sound", "skeleton", "edit"}),
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
    """

    place: Place
    name: str
    layer: int
    how: How
    similarity: float
    reasons: tuple[str, ...] = ()


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
    return comparing(query)(*candidate)


def comparing(query: Keys) -> Callable[[str, str, str, str], tuple[How, float]]:
    """Return a function that compares as `compared` does: a name with many, each given by its keys."""
    own_plain, own_name, own_sound, own_skeleton = query
    is_ascii, without_a = own_name.isascii(), own_sound.replace("a", "")

    def compare(plain: str, name: str, sound: str, skeleton: str) -> tuple[How, float]:
        if own_plain == plain:
            return "exact", 1.0
        if own_name == name:
            return "folded", 0.95 + 0.04 * ratio(own_plain, plain) / 100
        how: How = "edit"
        by_sound = by_skeleton = 100.0
        if own_sound == sound:
            how = "sound"
        else:
            by_sound = ratio(own_sound, sound)
            if own_skeleton == skeleton:
                how = "skeleton"
            else:
                by_skeleton = ratio(own_skeleton, skeleton)
        if is_ascii == name.isascii():
            score = _PLAIN * ratio(own_plain, plain) + _NAME * ratio(own_name, name)
            score = (score + _SOUND * by_sound + _SKELETON * by_skeleton) / 100
        else:
            # Arabic does not write the short a: what it leaves out counts for nothing.
            bare = ratio(without_a, sound.replace("a", ""))
            score = (0.5 * max(by_sound, bare) + 0.3 * bare + 0.2 * by_skeleton) / 100
        return how, min(score, _CAPS[how])

    return compare


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


class Candidate(NamedTuple):
    """A name of a layer that may become a match: what its rank needs, and no more.

    Parameters
    ----------
    similarity, how, name, layer
        See `Match`.
    number : int
        Of the place in its layer.
    place_id, country : str
        Of the place.
    prominence : float
        See `prominence`.
    is_own : bool
        Whether the place goes by this name.
    """

    similarity: float
    how: How
    name: str
    layer: int
    number: int
    place_id: str
    country: str
    prominence: float
    is_own: bool


class Layer(Protocol):
    """What names can be looked up in."""

    def candidates(
        self, keys: Keys, countries: Sequence[str], limit: int, alike: Alike, *, edits: bool
    ) -> list[Candidate]:
        """Compare the names of the same consonants, or (`edits`) those that differ by one; in no order."""
        ...

    def at(self, number: int) -> Place:
        """Return the place with a number."""
        ...


def looked_up(
    layers: Sequence[Layer], name: str, countries: Sequence[str], limit: int, alike: Alike = "consonants"
) -> list[Match]:
    """Look a name up in all layers; where no good match is found, also by one consonant more, less or other."""
    keys = fold(name)
    if not keys.skeleton or limit < 1:
        return []
    found = [(layer, c) for layer in layers for c in layer.candidates(keys, countries, limit, alike, edits=False)]
    if alike == "consonants" and not any(
        c.similarity >= _GOOD and (not countries or c.country in countries) for _, c in found
    ):
        found += [(layer, c) for layer in layers for c in layer.candidates(keys, countries, limit, alike, edits=True)]
    matches = []
    for layer, chosen in _ranked(found, countries, limit):
        place = layer.at(chosen.number)
        reasons = explained(chosen.how, place, countries)
        matches.append(Match(place, chosen.name, chosen.layer, chosen.how, chosen.similarity, reasons))
    return matches


def _ranked(
    found: Iterable[tuple[Layer, Candidate]], countries: Sequence[str], limit: int
) -> list[tuple[Layer, Candidate]]:
    """Put candidates in order: the countries asked for first, then the most similar, then the most prominent.

    Good ones of the project's own layer stand before all others. Each place
    stands once, with the best of its names, from the first layer that has it.
    """
    keyed = []
    for layer, each in found:
        own = each.layer == 0 and each.similarity >= _GOOD
        order = -each.similarity - _PROMINENCE * each.prominence - _OWN_NAME * each.is_own
        keyed.append(
            (
                *(not own, each.country not in countries, round(order, 4)),
                *(each.layer, each.place_id, each.name, each, layer),
            )
        )
    keyed.sort(key=itemgetter(0, 1, 2, 3, 4, 5))
    kept: dict[str, tuple[Layer, Candidate]] = {}
    for *_, each, layer in keyed:
        former = kept.get(each.place_id)
        if former is None:
            if len(kept) < limit:
                kept[each.place_id] = (layer, each)
        elif each.layer < former[1].layer:
            kept[each.place_id] = (layer, each)
    return list(kept.values())


def explained(how: How, place: Place, countries: Sequence[str]) -> tuple[str, ...]:
    """Give the reasons for a rank in words."""
    where = f"in {place.country}" if place.country in countries else "in another country"
    return _reasons(how, where if countries else "", place.kind, place.population)


@lru_cache(maxsize=1 << 10)
def _reasons(how: How, where: str, kind: str, population: int) -> tuple[str, ...]:
    size = f"{kind} of {population:,}" if population else kind
    return (_WORDS[how], where, size) if where else (_WORDS[how], size)
