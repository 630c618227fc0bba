"""A gazetteer of some thousand places in memory: the project's own, made anew in milliseconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nlargest, nsmallest

from mapper.geo import distance_m
from mapper.model import Place
from mapper.places.index import format as form
from mapper.places.names.keys import Keys, fold
from mapper.places.names.ranking import AGREEING, Alike, Match, compared, explained, looked_up, prominence


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
        self._by_id: dict[str, Place] = {}
        self._buckets: dict[int, list[tuple[Keys, str, Place]]] = {}
        for place in places:
            if self._by_id.setdefault(place.id, place) is not place:
                continue
            for name in dict.fromkeys((place.name, *place.aliases)):
                keys = fold(name)
                if keys.skeleton:
                    self._buckets.setdefault(form.packed(keys.skeleton), []).append((keys, name, place))

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self._by_id)

    def lookup(
        self, name: str, *, countries: Sequence[str] = (), limit: int = 20, alike: Alike = "consonants"
    ) -> list[Match]:
        """Return the places that a name may mean, best first: see `index.Index.lookup`."""
        return looked_up([self], name, countries, limit, alike)

    def matches(self, keys: Keys, countries: Sequence[str], limit: int, alike: Alike, *, edits: bool) -> list[Match]:
        """Compare the names of the same consonants, or (`edits`) those that differ by one; in no order."""
        code = form.packed(keys.skeleton)
        found = []
        for near in sorted(self._buckets.keys() & form.edited(code)) if edits else [code]:
            for other, name, place in self._buckets.get(near, ()):
                how, similarity = compared(keys, other)
                if how in AGREEING[alike]:
                    found.append(Match(place, name, self._layer, how, similarity, explained(how, place, countries)))
        return nlargest(2 * limit, found, key=lambda match: match.similarity)

    def sounds_like(self, keys: Keys) -> bool:
        """Say whether a name has the same sound key."""
        return any(other.sound == keys.sound for other, _, _ in self._buckets.get(form.packed(keys.skeleton), ()))

    def all_names(self) -> Iterator[str]:
        """Return every spelling of every place."""
        for place in self._by_id.values():
            yield place.name
            yield from place.aliases

    def place(self, place_id: str) -> Place | None:
        """Return the place with an id, or None."""
        return self._by_id.get(place_id)

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
