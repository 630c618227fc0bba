"""The gazetteer in layers: the project's own places first, then imported files, then the world."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from mapper import files as storage
from mapper.errors import GazetteerIndexError, Report
from mapper.geo import distance_m
from mapper.model import Place
from mapper.places.gazetteer import cache as compiled
from mapper.places.gazetteer.memory import MemoryIndex
from mapper.places.index import format as form
from mapper.places.index.lookup import Index
from mapper.places.index.scan_table import table_of
from mapper.places.index.scanner import Hit, Scanner
from mapper.places.index.search import Fact, Search
from mapper.places.names.keys import skeleton_of
from mapper.places.names.ranking import Alike, Match, prominence
from mapper.places.names.spelling import undoubled
from mapper.places.names.vocabulary import Vocabulary, folded
from mapper.text import Remembered

OWN: Final = "own"
WORLD: Final = "world"
_A_REGION: Final = 60
COMPILED: Final = ".index"
_REMEMBERED: Final = 1 << 14
"""Words whose sound is kept in memory."""

_SOUND: Final = 5
_SOUND_BEHIND_ARTICLE: Final = 3
"""Shortest sound keys by which a phrase is taken for a name."""


class Gazetteer:
    """Places by name and by position, from several layers. Make one with `Gazetteer.open`."""

    def __init__(self, own: MemoryIndex, files: Mapping[Path, Index], identity: Mapping[str, str]) -> None:
        self._own = own
        self._files = dict(files)
        self._layers: tuple[MemoryIndex | Index, ...] = (own, *files.values())
        self._search = Search(self._layers)
        self._identity = dict(identity)
        self._made_scanner: Scanner | None = None
        self._vocabulary = Vocabulary(_REMEMBERED, has_sounds=True)
        self._has_sound = Remembered(self._is_sound)

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
            Anything that `importers` reads, or what ``mapper gazetteer import`` has
            compiled (``.index``): each a layer, in this order.
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
            A file cannot be read, or was compiled by another version.
        OutputError
            The cache cannot be written.
        """
        folder = cache or compiled.cache_folder()
        tell = progress or _silent
        identity = {OWN: storage.sha256_of("\n".join(map(repr, own)).encode("utf-8", "surrogatepass"))}
        sources: list[tuple[str, str, Callable[[], Iterable[Place]]]] = [
            (str(path), compiled.digest_of(path, folder), partial(_read_file, path, report)) for path in files
        ]
        if world:
            from mapper.places.gazetteer.world import world_digest, world_places

            sources.append((WORLD, world_digest(), world_places))
        indexes: dict[Path, Index] = {}
        for name, digest, reader in sources:
            label = Path(name).name
            path = compiled.compiled_path(label, digest, folder)
            identity[name if label in identity else label] = digest
            # The same content twice is one layer.
            if path not in indexes:
                layer = len(indexes) + 1
                if Path(name).suffix == COMPILED:
                    indexes[path] = _imported(Path(name), layer)
                else:
                    indexes[path] = compiled.opened(path, reader, layer=layer, tell=tell, report=report)
        return cls(MemoryIndex(own), indexes, identity)

    def identity(self) -> dict[str, str]:
        """Return the hash of what each layer was made from, by the name of the layer."""
        return dict(self._identity)

    @property
    def at_hand(self) -> frozenset[str]:
        """The countries that imported files are about; empty where there are none, or of half the world."""
        countries = frozenset(
            country for index in self._files.values() if index.source != WORLD for country in index.countries
        )
        return countries if len(countries) <= _A_REGION else frozenset()

    def __len__(self) -> int:
        """Return the number of places in all layers."""
        return sum(map(len, self._layers))

    def lookup(
        self, name: str, *, countries: Sequence[str] = (), limit: int = 20, alike: Alike = "consonants"
    ) -> list[Match]:
        """Return the places that a name may mean, best first: see `index.Index.lookup`."""
        return self._search.lookup(name, countries, limit, alike)

    def facts(self, name: str, *, limit: int = 20, alike: Alike = "consonants", least: float = 0.0) -> list[Fact]:
        """Return what is known of the places of `lookup` that have names so similar, which takes less time."""
        return self._search.facts(name, limit, alike, least)

    def scan(self, text: str, *, by_sound: bool = True) -> list[Hit]:
        """Find every name in a text, in order: see `scanner.Scanner.scan`."""
        return self._scanner().scan(text, by_sound=by_sound)

    def scan_many(self, texts: Iterable[str]) -> Iterator[list[tuple[int, int]]]:
        """Find the names in many texts by their spelling: see `scanner.Scanner.scan_many`."""
        return self._scanner().scan_many(texts)

    def _scanner(self) -> Scanner:
        if self._made_scanner is None:
            tables = [table_of(self._own.all_names())] if len(self._own) else []
            # The world's names are many and always the same: they have a table of their own.
            world = [path for path, index in self._files.items() if index.source == WORLD]
            others = [path for path in self._files if path not in world]
            tables += [
                compiled.opened_table(paths, [self._files[path] for path in paths])
                for paths in (others, world)
                if paths
            ]
            self._made_scanner = Scanner(tables, self.lookup, self._heard)
        return self._made_scanner

    def _heard(self, phrases: Sequence[str]) -> list[bool]:
        """Say of each phrase whether a name sounds like it."""
        heard = []
        split = [words.split() for words in folded(phrases)]
        for words, kept in zip(split, self._vocabulary.of(split), strict=True):
            sound = undoubled("".join([word[1] for word in kept]))
            least = _SOUND if len(kept) == len(words) else _SOUND_BEHIND_ARTICLE
            heard.append(len(sound) >= least and self._has_sound[sound])
        return heard

    def _is_sound(self, sound: str) -> bool:
        code = form.packed(skeleton_of(sound))
        return any(layer.has_sound(sound, code) for layer in self._layers)

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


def _read_file(path: Path, report: Report) -> Iterable[Place]:
    # The importers take a while to load, and most runs open what was compiled before.
    from mapper.places.importers.detect import read_any

    return read_any(path, report)


def _imported(path: Path, layer: int) -> Index:
    try:
        return Index.open(path, layer=layer)
    except GazetteerIndexError as fault:
        message = f"{fault} Import its source again (mapper gazetteer import), or remove {path}."
        raise GazetteerIndexError(message) from fault


def _distinct(lists: Sequence[list[Place]]) -> list[Place]:
    kept: dict[str, Place] = {}
    for places in lists:
        for place in places:
            kept.setdefault(place.id, place)
    return list(kept.values())


def _silent(_: str) -> None:
    pass
