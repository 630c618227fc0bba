"""The gazetteer in layers: the project's own places first, then imported files, then the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from mapper import files as storage
from mapper.errors import Report
from mapper.geo import distance_m
from mapper.model import Place
from mapper.places import cache as compiled
from mapper.places.importers.detect import read_any
from mapper.places.index import Index
from mapper.places.memory import MemoryIndex
from mapper.places.ranking import Match, looked_up, prominence

OWN: Final = "own"
WORLD: Final = "world"


class Gazetteer:
    """Places by name and by position, from several layers. Make one with `Gazetteer.open`."""

    def __init__(self, layers: Sequence[MemoryIndex | Index], identity: Mapping[str, str]) -> None:
        self._layers = tuple(layers)
        self._identity = dict(identity)

    @classmethod
    def open(
        cls,
        own: Sequence[Place],
        files: Sequence[Path] = (),
        *,
        world: bool = True,
        cache: Path | None = None,
        report: Report,
        progress: compiled.Tell | None = None,
    ) -> Gazetteer:
        """Open all layers; compile those that were never opened before.

        Parameters
        ----------
        own : sequence of Place
            The project's own places: layer 0, always first.
        files : sequence of Path
            Anything that `importers` reads, each a layer, in this order.
        world : bool
            Whether the world's countries, divisions and cities are the last layer.
        cache : Path, optional
            Where compiled files are kept; else see `cache.cache_folder`.
        report : Report
            Is told of rows that were left out.
        progress : callable, optional
            Is told in words what takes time.

        Raises
        ------
        GazetteerError
            A file cannot be read.
        OutputError
            The cache cannot be written.
        """
        folder = cache or compiled.cache_folder()
        tell = progress or _silent
        layers: list[MemoryIndex | Index] = [MemoryIndex(own)]
        identity = {OWN: storage.sha256_of("\n".join(map(repr, own)).encode("utf-8", "surrogatepass"))}
        for path in files:
            digest = compiled.digest_of(path, folder)
            identity[path.name if path.name not in identity else str(path)] = digest
            reader = partial(read_any, path, report)
            layers.append(
                compiled.opened(reader, path.name, digest, folder, layer=len(layers), tell=tell, report=report)
            )
        if world:
            from mapper.places.world import world_digest, world_places

            digest = identity[WORLD] = world_digest()
            layers.append(
                compiled.opened(world_places, WORLD, digest, folder, layer=len(layers), tell=tell, report=report)
            )
        return cls(layers, identity)

    def identity(self) -> dict[str, str]:
        """Return the hash of what each layer was made from, by the name of the layer."""
        return dict(self._identity)

    def __len__(self) -> int:
        """Return the number of places in all layers."""
        return sum(map(len, self._layers))

    def lookup(self, name: str, *, countries: Sequence[str] = (), limit: int = 20) -> list[Match]:
        """Return the places that a name may mean, best first: see `index.Index.lookup`."""
        return looked_up(self._layers, name, countries, limit)

    def place(self, place_id: str) -> Place | None:
        """Return the place with an id, from the first layer that has it, or None."""
        found = (layer.place(place_id) for layer in self._layers)
        return next((place for place in found if place is not None), None)

    def near(self, longitude: float, latitude: float, metres: float, *, limit: int = 100) -> list[Place]:
        """Return the places within a distance (metres) of a point, nearest first."""
        found = _distinct([layer.near(longitude, latitude, metres, limit=limit) for layer in self._layers])
        found.sort(key=lambda p: (distance_m(longitude, latitude, p.longitude, p.latitude), p.id))
        return found[:limit]

    def within(self, west: float, south: float, east: float, north: float, *, limit: int = 100) -> list[Place]:
        """Return the places in a box, most prominent first; `west` > `east` crosses the 180th meridian."""
        found = _distinct([layer.within(west, south, east, north, limit=limit) for layer in self._layers])
        found.sort(key=lambda p: (-prominence(p), p.id))
        return found[:limit]


def _distinct(lists: Sequence[list[Place]]) -> list[Place]:
    kept: dict[str, Place] = {}
    for places in lists:
        for place in places:
            kept.setdefault(place.id, place)
    return list(kept.values())


def _silent(_: str) -> None:
    pass
