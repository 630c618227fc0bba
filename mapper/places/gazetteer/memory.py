"""A gazetteer of some thousand places in memory: the project's own, made anew in milliseconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nlargest, nsmallest
from operator import itemgetter

from mapper.geo import distance_m
from mapper.model import Place
from mapper.places.index import format as form
from mapper.places.names.keys import Keys, fold, skeleton_of
from mapper.places.names.ranking import AGREEING, Alike, Candidate, Match, compared, looked_up, prominence


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
        self._layer = layer
        self._places: list[Place] = []
        self._by_id: dict[str, Place] = {}
        self._buckets: dict[int, list[tuple[Keys, str, int]]] = {}
        for place in places:
            if self._by_id.setdefault(place.id, place) is not place:
                continue
            for name in dict.fromkeys((place.name, *place.aliases)):
                keys = fold(name)
                if keys.skeleton:
                    entry = (keys, name, len(self._places))
                    self._buckets.setdefault(form.packed(keys.skeleton), []).append(entry)
            self._places.append(place)

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self._by_id)

    def lookup(
        self, name: str, *, countries: Sequence[str] = (), limit: int = 20, alike: Alike = "consonants"
    ) -> list[Match]:
        """Return the places that a name may mean, best first: see `index.Index.lookup`."""
        return looked_up([self], name, countries, limit, alike)

    def candidates(
        self, keys: Keys, countries: Sequence[str], limit: int, alike: Alike, *, edits: bool
    ) -> list[Candidate]:
        """Compare the names of the same consonants, or (`edits`) those that differ by one; in no order."""
        del countries
        code = form.packed(keys.skeleton)
        found = []
        for near in sorted(self._buckets.keys() & form.edited(code)) if edits else [code]:
            for other, name, number in self._buckets.get(near, ()):
                how, similarity = compared(keys, other)
                if how in AGREEING[alike]:
                    place = self._places[number]
                    rest = (place.id, place.country, prominence(place), name == place.name)
                    found.append(Candidate(similarity, how, name, self._layer, number, *rest))
        return nlargest(2 * limit, found, key=itemgetter(0))

    def at(self, number: int) -> Place:
        """Return the place with a number (its position among all, from 0)."""
        return self._places[number]

    def has_sound(self, sound: str) -> bool:
        """Say whether a name has this sound key."""
        return any(other.sound == sound for other, _, _ in self._buckets.get(form.packed(skeleton_of(sound)), ()))

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
