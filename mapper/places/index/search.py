"""Look a name up in several layers at once: what is asked is worked out once for all of them, and so is what they have.

A look-up has two steps. What is likely is chosen from all layers by sound and skeleton alone; then those names are
folded and compared together, for a rule of spelling costs as much for one name as for fifty.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple, Protocol, runtime_checkable

from mapper.model import Place
from mapper.places.index import format as form
from mapper.places.index.choosing import Choice, Likely, Source, is_promising
from mapper.places.index.damage import whole
from mapper.places.index.query import Query
from mapper.places.names.keys import fold, skeletons_of
from mapper.places.names.ranking import AGREEING, MOST_OF_EDITED, Alike, Comparison, How, Match, explained, weight
from mapper.places.names.vocabulary import Vocabulary

_PROMINENCE: Final = 0.03
_OWN_NAME: Final = 0.01
_GOOD: Final = 0.90
"""Similarity from which a name is not looked for any further: none that differs by a consonant comes near it."""

_REMEMBERED: Final = 1 << 12
"""Words that are kept in memory: those of a region come up again and again."""

_WITH_EDITS: Final = frozenset({"consonants", "home"})

_KEPT: Final = 1 << 12
"""Names of each layer that are kept in memory, half a kilobyte each."""

Spelling = tuple[str, str, str, str, int, str, bool]
"""A name: the fields of its `Keys`, the layer and the number of its place, it, and whether the place goes by it. Plain
tuples of text and numbers are nothing for a garbage collector to look through."""

Compared = tuple[float, How, Spelling]
"""How similar a name is, in what it agrees, and the name."""

Record = tuple[str, str, int, str, str]
"""The first fields of a `Fact`: a look-up reads more of them than it answers with."""


class Fact(NamedTuple):
    """What is known of a place without reading its names: see `Place`."""

    id: str
    kind: str
    population: int
    country: str
    admin1: str
    is_own: bool = True
    """Whether the place goes by the name that was looked up."""


class Layer(Protocol):
    """What names can be looked up in: one is also a `Source` or a `Listing`."""

    @property
    def layer(self) -> int:
        """Its number: 0 for the project's own."""
        ...

    def spelled(self, refs: Iterable[int]) -> list[tuple[int, str, bool]]:
        """Return for each reference the layer and number of a place, a name of it, and whether it goes by that."""
        ...

    def facts_of(self, numbers: Iterable[int]) -> list[Record]:
        """Return what is known of each of some places."""
        ...

    def at(self, number: int) -> Place:
        """Return the place with a number."""
        ...


@runtime_checkable
class Listing(Protocol):
    """A layer with so few names that nothing is chosen from them."""

    def listed(self, query: Query) -> list[Likely]:
        """Return the names of the skeletons asked for."""
        ...


class _Wanted(NamedTuple):
    """What a look-up wants of names, beside their being likely.

    Parameters
    ----------
    comparison : Comparison
        Of the name that is looked up.
    agreeing : collection of str
        In what they may agree with it.
    least : float
        How similar they must be to it.
    countries : sequence of str
        Where their places stand first.
    """

    comparison: Comparison
    agreeing: Collection[How]
    least: float
    countries: Sequence[str]


_Order = tuple[bool, bool, float, int, str, str]
"""What puts a name in order: whether it is no good one of the project's own, whether it is abroad, how little it is
like the name asked for, its layer, the id of its place, and it."""

_Ranked = tuple[_Order, Record, Compared]


@whole("lookup", "facts")
class Search:
    """Looks names up in layers.

    Parameters
    ----------
    layers : sequence of Layer
        The first counts most; each has another number.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = {layer.layer: layer for layer in layers}
        self._sources = [layer for layer in layers if isinstance(layer, Source)]
        self._listings = [layer for layer in layers if isinstance(layer, Listing)]
        self._vocabulary = Vocabulary(_REMEMBERED, has_sounds=False)
        self._known: OrderedDict[int, Spelling] = OrderedDict()
        self._kept = _KEPT * len(self._layers)

    def lookup(self, name: str, countries: Sequence[str], limit: int, alike: Alike) -> list[Match]:
        """Return the places that a name may mean, best first: see `lookup.Index.lookup`."""
        matches = []
        found, several = self._found(name, countries, limit, alike)
        for _, _, (similarity, how, (*_, number, spelling, _)) in found:
            layer = number >> form.LAYER_AT
            place = self._layers[layer].at(number & form.REF)
            reasons = explained(how, place, countries)
            matches.append(Match(place, spelling, layer, how, similarity, reasons, place.id in several))
        return matches

    def facts(self, name: str, limit: int, alike: Alike, least: float) -> list[Fact]:
        """Return what is known of the places of `lookup` that have names so similar, which takes less time."""
        found, _ = self._found(name, (), limit, alike, least)
        return [Fact(*record, is_own=spelling[-1]) for _, record, (_, _, spelling) in found]

    def _found(
        self, name: str, countries: Sequence[str], limit: int, alike: Alike, least: float = 0.0
    ) -> tuple[list[_Ranked], AbstractSet[str]]:
        """Look a name up; where no good match is found, also by one consonant more, less or other.

        Returns
        -------
        (found, several)
            And the ids of those that more than one layer has.
        """
        keys = fold(name)
        if not keys.skeleton or limit < 1:
            return [], frozenset()
        choice = Choice(self._sources, keys, countries, limit, is_home=alike == "home")
        query, wanted = Query(name, keys), _Wanted(Comparison(keys), AGREEING[alike], least, countries)
        listed = [each for listing in self._listings for each in listing.listed(query)]
        if alike not in _WITH_EDITS:
            ranked = self._ranked(query, wanted, listed + choice.of_sound(query, is_same_name=alike == "name"))
            return _in_order(ranked, limit), _in_several(ranked)
        likely = listed + choice.of_consonants(query)
        # What is not good enough alone is compared only once, with all that is likely.
        is_last = least > MOST_OF_EDITED
        is_enough = is_last or is_promising(keys.sound, likely)
        ranked = self._ranked(query, wanted, likely) if is_enough else []
        if not is_last and not _is_good(ranked, countries):
            query = Query(name, keys, own=not is_enough, edits=True)
            likely = choice.near_consonants(query)
            likely += [each for listing in self._listings for each in listing.listed(query)]
            ranked += self._ranked(query, wanted, likely)
            if not is_enough and _is_good(ranked, countries):
                ranked = [each for each in ranked if each[2][1] != "edit"]
        return _in_order(ranked, limit), _in_several(ranked)

    def _ranked(self, query: Query, wanted: _Wanted, likely: Sequence[Likely]) -> list[_Ranked]:
        """Compare what is likely; a place stands there once, with its best name."""
        spellings = self._spelled(query, likely)
        agreeing, least = wanted.agreeing, wanted.least
        pairs = zip(wanted.comparison.with_each(spellings), spellings, strict=True)
        compared = [
            (similarity, how, each) for (how, similarity), each in pairs if how in agreeing and similarity >= least
        ]
        compared.sort(key=itemgetter(0), reverse=True)
        best: dict[int, dict[int, Compared]] = {}
        for each in compared:
            number = each[2][4]
            best.setdefault(number >> form.LAYER_AT, {}).setdefault(number & form.REF, each)
        ranked: list[_Ranked] = []
        for number, there in best.items():
            for each, record in zip(there.values(), self._layers[number].facts_of(there), strict=True):
                similarity, _, (*_, name, goes_by_it) = each
                place_id, kind, population, country, _ = record
                order = -similarity - _PROMINENCE * weight(kind, population) - _OWN_NAME * goes_by_it
                is_first = number == 0 and similarity >= _GOOD
                place = (not is_first, country not in wanted.countries, round(order, 4), number, place_id, name)
                ranked.append((place, record, each))
        return ranked

    def _spelled(self, query: Query, likely: Sequence[Likely]) -> list[Spelling]:
        """Return what there is under references; all that was not met before is folded together."""
        known = self._known
        while len(known) > self._kept:
            known.popitem(last=False)
        new = [each for each in likely if each[0] not in known]
        if new:
            spelled: list[tuple[int, str, bool]] = []
            for number, some in groupby([ref for ref, _ in new], key=_layer_of):
                spelled += self._layers[number].spelled(some)
            # Most names are found as they are written, and of places that share a name one is folded.
            keys = {query.name: (query.keys.plain, query.keys.name)}
            names = [name for name in dict.fromkeys([name for _, name, _ in spelled]) if name not in keys]
            keys |= zip(names, self._vocabulary.finer_keys(names), strict=True)
            skeletons = skeletons_of([sound for _, sound in new])
            for (ref, sound), skeleton, (place, name, is_own) in zip(new, skeletons, spelled, strict=True):
                known[ref] = (*keys[name], sound, skeleton, place, name, is_own)
        found = [known[ref] for ref, _ in likely]
        # Other skeletons may have the hash of one that was asked for.
        return [each for each in found if query.is_near(each[3])]


def _layer_of(ref: int) -> int:
    return ref >> form.LAYER_AT


def _is_good(ranked: Iterable[_Ranked], countries: Sequence[str]) -> bool:
    return any(
        similarity >= _GOOD and not (countries and is_abroad) for (_, is_abroad, *_), _, (similarity, _, _) in ranked
    )


def _in_several(ranked: Iterable[_Ranked]) -> AbstractSet[str]:
    """Return the ids of places that more than one layer has."""
    first: dict[str, int] = {}
    return {record[0] for (_, _, _, layer, *_), record, _ in ranked if first.setdefault(record[0], layer) != layer}


def _in_order(ranked: list[_Ranked], limit: int) -> list[_Ranked]:
    """Put names in order: the countries asked for first, then the most similar, then the most prominent.

    Good ones of the project's own layer stand before all others. Each place
    stands once, with the best of its names, from the first layer that has it.
    """
    ranked.sort(key=itemgetter(0))
    kept: dict[str, _Ranked] = {}
    for each in ranked:
        place_id = each[1][0]
        former = kept.get(place_id)
        if former is None:
            if len(kept) < limit:
                kept[place_id] = each
        elif each[0][3] < former[0][3]:
            kept[place_id] = each
    return list(kept.values())
