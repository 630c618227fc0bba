"""A gazetteer of some thousand places in memory: the project's own, made anew in milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest, nsmallest

from mapper.geo import distance_m
from mapper.model import Place
from mapper.places.index import format as form
from mapper.places.index.choosing import Likely
from mapper.places.index.query import Query
from mapper.places.index.search import Record, Search
from mapper.places.names.keys import fold
from mapper.places.names.ranking import Alike, Match, prominence


class MemoryIndex:
    """Looks names and positions up among places in memory, as `index.Index` does on the disk.

    Parameters
    ----------
    places : sequence of Place
        The places; of two with one id, the first counts.
    layer : int
        Number of the layer, for `Match.layer`.
    """

    def __init__(self, places: Sequence[Place], layer: int = 0) -> None:
        self.layer = layer
        self._places: list[Place] = []
        self._by_id: dict[str, Place] = {}
        self._spellings: list[tuple[int, str, bool]] = []
        self._buckets: dict[int, list[Likely]] = {}
        self._search = Search([self])
        for place in places:
            if self._by_id.setdefault(place.id, place) is not place:
                continue
            for name in dict.fromkeys((place.name, *place.aliases)):
                keys = fold(name)
                if keys.skeleton:
                    likely = (layer << form.LAYER_AT | len(self._spellings), keys.sound)
                    self._buckets.setdefault(form.packed(keys.skeleton), []).append(likely)
                    self._spellings.append((layer << form.LAYER_AT | len(self._places), name, name == place.name))
            self._places.append(place)

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self._by_id)

    def lookup(
        self, name: str, *, countries: Sequence[str] = (), limit: int = 20, alike: Alike = "consonants"
    ) -> list[Match]:
        """Return the places that a name may mean, best first: see `index.Index.lookup`."""
        return self._search.lookup(name, countries, limit, alike)

    def listed(self, query: Query) -> list[Likely]:
        """Return the names of the skeletons asked for."""
        near = sorted(self._buckets.keys() & query.edits.keys())
        if query.own and query.code in self._buckets:
            near.append(query.code)
        return [each for code in near for each in self._buckets[code]]

    def spelled(self, refs: Iterable[int]) -> list[tuple[int, str, bool]]:
        """Return for each reference the layer and number of a place, a name of it, and whether it goes by that."""
        return [self._spellings[ref & form.REF] for ref in refs]

    def facts_of(self, numbers: Iterable[int]) -> list[Record]:
        """Return what is known of each of some places."""
        places = map(self._places.__getitem__, numbers)
        return [(place.id, place.kind, place.population, place.country, place.admin1) for place in places]

    def at(self, number: int) -> Place:
        """Return the place with a number (its position among all, from 0)."""
        return self._places[number]

    def has_sound(self, sound: str, code: int) -> bool:
        """Say whether a name has this sound key: see `index.Index.has_sound`."""
        return any(other == sound for _, other in self._buckets.get(code, ()))

    def all_names(self) -> Iterator[str]:
        """Return every spelling of every place."""
        for place in self._by_id.values():
            yield place.name
            yield from place.aliases

    def near(self, longitude: float, latitude: float, metres: float, *, limit: int = 100) -> list[Place]:
        """Return the places within a distance of a point, nearest first."""
        pairs = ((distance_m(longitude, latitude, p.longitude, p.latitude), p) for p in self._by_id.values())
        found = nsmallest(limit, (pair for pair in pairs if pair[0] <= metres), key=lambda pair: (pair[0], pair[1].id))
        return [place for _, place in found]

    def within(self, west: float, south: float, east: float, north: float, *, limit: int = 100) -> list[Place]:
        """Return the places in a box, most prominent first; `west` > `east` crosses the 180th meridian."""
        found = [p for p in self._by_id.values() if south <= p.latitude <= north and _between(west, p.longitude, east)]
        return nlargest(limit, found, key=prominence)


def _between(west: float, longitude: float, east: float) -> bool:
    return west <= longitude <= east if west <= east else longitude >= west or longitude <= east
