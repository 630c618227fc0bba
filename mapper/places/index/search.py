"""Look a name up in several layers at once: what is asked is worked out once for all of them, and so is what they have.

A look-up has two steps. Each layer names what is likely, by sound and skeleton alone; then the names of all layers are
folded and compared together, for a rule of spelling costs as much for one name as for fifty.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from operator import itemgetter
from typing import Final, NamedTuple, Protocol

from mapper.model import Place
from mapper.places.index import format as form
from mapper.places.names.keys import Keys, fold, skeletons_of
from mapper.places.names.ranking import AGREEING, Alike, Comparison, How, Match, explained, weight
from mapper.places.names.vocabulary import Vocabulary

_PROMINENCE: Final = 0.03
_OWN_NAME: Final = 0.01
_GOOD: Final = 0.90
"""Similarity from which a name is not looked for any further."""

_REMEMBERED: Final = 1 << 12
"""Words that are kept in memory: those of a region come up again and again."""

_WITH_EDITS: Final = frozenset({"consonants", "home"})

FAR: Final = 2
"""Consonants that are put in or taken out where one is another."""


_KEPT: Final = 1 << 12
"""Names of each layer that are kept in memory, half a kilobyte each."""

Likely = tuple[int, str]
"""What a name is referred to by in its layer, and its sound."""

KeysOf = tuple[str, str, str, str]
"""The fields of `Keys`. Plain tuples of text are nothing for a garbage collector to look through."""

Spelling = tuple[KeysOf, int, str, bool]
"""A name of a layer: its keys, the number of its place, it, and whether the place goes by it."""

Compared = tuple[float, How, Spelling]
"""How similar a name is, in what it agrees, and the name."""

Probe = tuple[int, int]
"""The hash of a packed skeleton, and it."""

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
    """What names can be looked up in."""

    @property
    def layer(self) -> int:
        """Its number: 0 for the project's own."""
        ...

    def likely(self, query: Query, countries: Sequence[str], limit: int, alike: Alike) -> list[Likely]:
        """Return the likeliest names, in no order: for so many places, and some names more."""
        ...

    def spelled(self, refs: Iterable[int]) -> list[tuple[int, str, bool]]:
        """Return for each reference the number of a place, a name of it, and whether it goes by that."""
        ...

    def best(self, compared: list[Compared], limit: int) -> list[Compared]:
        """Choose the names that may stand for their places."""
        ...

    def facts_of(self, numbers: Iterable[int]) -> list[Record]:
        """Return what is known of each of some places."""
        ...

    def at(self, number: int) -> Place:
        """Return the place with a number."""
        ...


class Query:
    """A name that is looked up, and what was worked out of it for one layer or another.

    Parameters
    ----------
    keys : Keys
        Of the name.
    edits : bool
        Whether names are wanted that differ by one consonant, or those of the same.
    """

    def __init__(self, keys: Keys, *, edits: bool = False) -> None:
        self.keys = keys
        self.edits = edits
        self.code = form.packed(keys.skeleton)
        self.costs: Mapping[int, int] = form.edited(self.code) if edits else {self.code: 0}
        """The packed skeletons, each with how many consonants must at least be put in or taken out to get there."""

        self._is_near = {keys.skeleton: True}

    def edited(self) -> Query:
        """Return the query for names that differ by one consonant."""
        return Query(self.keys, edits=True)

    @cached_property
    def nearer(self) -> list[Probe]:
        """The skeletons that are looked at first."""
        return [(code % form.PRIME, code) for code, cost in self.costs.items() if cost < FAR]

    @cached_property
    def farther(self) -> list[Probe]:
        """The skeletons that are looked at where nothing nearer is enough."""
        return [(code % form.PRIME, code) for code, cost in self.costs.items() if cost == FAR]

    def near(self, spellings: Iterable[Spelling]) -> list[Spelling]:
        """Leave out names whose skeletons only have the same hash."""
        near = self._is_near
        return [each for each in spellings if near.get(each[0][3]) or self._learn(each[0][3])]

    def _learn(self, skeleton: str) -> bool:
        return self._is_near.setdefault(skeleton, form.packed(skeleton) in self.costs)


_Order = tuple[bool, bool, float, int, str, str]
"""What puts a name in order: whether it is no good one of the project's own, whether it is abroad, how little it is
like the name asked for, its layer, the id of its place, and it."""

_Ranked = tuple[_Order, Layer, Record, Compared]


class Search:
    """Looks names up in layers.

    Parameters
    ----------
    layers : sequence of Layer
        The first counts most.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = tuple(layers)
        self._vocabulary = Vocabulary(_REMEMBERED, has_sounds=False)
        self._known: list[OrderedDict[int, Spelling]] = [OrderedDict() for _ in self._layers]

    def lookup(self, name: str, countries: Sequence[str], limit: int, alike: Alike) -> list[Match]:
        """Return the places that a name may mean, best first: see `lookup.Index.lookup`."""
        matches = []
        found, several = self._found(name, countries, limit, alike)
        for _, layer, _, (similarity, how, (_, number, spelling, _)) in found:
            place = layer.at(number)
            reasons = explained(how, place, countries)
            matches.append(Match(place, spelling, layer.layer, how, similarity, reasons, place.id in several))
        return matches

    def facts(self, name: str, limit: int, alike: Alike, least: float) -> list[Fact]:
        """Return what is known of the places of `lookup` that have names so similar, which takes less time."""
        found, _ = self._found(name, (), limit, alike)
        return [
            Fact(*record, is_own=is_own) for _, _, record, (similarity, _, (*_, is_own)) in found if similarity >= least
        ]

    def _found(
        self, name: str, countries: Sequence[str], limit: int, alike: Alike
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
        query, comparison = Query(keys), Comparison(keys)
        ranked = self._ranked(query, comparison, countries, limit, alike)
        if alike in _WITH_EDITS and not any(
            similarity >= _GOOD and not (countries and is_abroad)
            for (_, is_abroad, *_), _, _, (similarity, _, _) in ranked
        ):
            ranked += self._ranked(query.edited(), comparison, countries, limit, alike)
        return _in_order(ranked, limit), _in_several(ranked)

    def _ranked(
        self, query: Query, comparison: Comparison, countries: Sequence[str], limit: int, alike: Alike
    ) -> list[_Ranked]:
        """Compare what is likely in each layer."""
        agreeing = AGREEING[alike]
        asked = [layer.likely(query, countries, limit, alike) for layer in self._layers]
        likely = zip(self._layers, self._spelled(query, asked), strict=True)
        ranked: list[_Ranked] = []
        for layer, spellings in likely:
            if not spellings:
                continue
            number = layer.layer
            pairs = zip(comparison.with_each([each[0] for each in spellings]), spellings, strict=True)
            best = layer.best([(similarity, how, each) for (how, similarity), each in pairs if how in agreeing], limit)
            for compared, record in zip(best, layer.facts_of([each[1] for _, _, each in best]), strict=True):
                similarity, _, (_, _, name, goes_by_it) = compared
                place_id, kind, population, country, _ = record
                order = -similarity - _PROMINENCE * weight(kind, population) - _OWN_NAME * goes_by_it
                is_first = number == 0 and similarity >= _GOOD
                place = (not is_first, country not in countries, round(order, 4), number, place_id, name)
                ranked.append((place, layer, record, compared))
        return ranked

    def _spelled(self, query: Query, asked: Sequence[Sequence[Likely]]) -> list[list[Spelling]]:
        """Return what each layer has under its references; all that was not met before is folded together."""
        new: list[tuple[OrderedDict[int, Spelling], int, str]] = []
        spelled: list[tuple[int, str, bool]] = []
        for layer, known, likely in zip(self._layers, self._known, asked, strict=True):
            while len(known) > _KEPT:
                known.popitem(last=False)
            strange = [(known, ref, sound) for ref, sound in likely if ref not in known]
            if strange:
                new += strange
                spelled += layer.spelled([ref for _, ref, _ in strange])
        if new:
            finer = self._vocabulary.finer_keys([name for _, name, _ in spelled])
            skeletons = skeletons_of([sound for _, _, sound in new])
            for (known, ref, sound), skeleton, (plain, bare), rest in zip(new, skeletons, finer, spelled, strict=True):
                known[ref] = ((plain, bare, sound, skeleton), *rest)
        return [
            query.near([known[ref] for ref, _ in likely]) if likely else []
            for known, likely in zip(self._known, asked, strict=True)
        ]


def _in_several(ranked: Iterable[_Ranked]) -> AbstractSet[str]:
    """Return the ids of places that more than one layer has."""
    first: dict[str, int] = {}
    return {each[2][0] for each in ranked if first.setdefault(each[2][0], each[1].layer) != each[1].layer}


def _in_order(ranked: list[_Ranked], limit: int) -> list[_Ranked]:
    """Put names in order: the countries asked for first, then the most similar, then the most prominent.

    Good ones of the project's own layer stand before all others. Each place
    stands once, with the best of its names, from the first layer that has it.
    """
    ranked.sort(key=itemgetter(0))
    kept: dict[str, _Ranked] = {}
    for each in ranked:
        place_id = each[2][0]
        former = kept.get(place_id)
        if former is None:
            if len(kept) < limit:
                kept[place_id] = each
        elif each[1].layer < former[1].layer:
            kept[place_id] = each
    return list(kept.values())
