"""Writes the incident map: one file, opened from disk, that asks no server for anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mapper import files
from mapper.errors import InputError
from mapper.model import Place
from mapper.publish.features import Feature, read_features
from mapper.publish.halves import Halves
from mapper.publish.outlines import choose_outlines
from mapper.publish.packing import Block, Packed, binary_block, block, pack_incidents, pack_rows
from mapper.publish.page import assemble
from mapper.publish.shell import page_shell

Labels = Sequence[Place] | Callable[[Sequence[tuple[float, float]]], Sequence[Place]]

LANGUAGES: Final = ("en", "ar")
TITLE: Final = "Incident map"

_OUTLINE_BUDGET: Final = 14_000
_FEW_LABELS: Final = 120
_MOST_LABELS: Final = 3_000
_SAME_PLACE_DEG: Final = {"governorate": 0.8, "district": 0.3, "": 0.06}
_LOOSE_M: Final = 150_000
"""Regions as wide as this, such as the Sahel, have no middle that a label could name."""
_RANK: Final = {"governorate": 0, "city": 1, "town": 2, "district": 3, "sea": 3, "region": 3, "village": 4}
_TILES: Final = re.compile(r"https?://[A-Za-z0-9.{}-]+(?::\d{1,5})?/[A-Za-z0-9._~:/?=&%{}@+-]*")
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
_OSM: Final = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_ARABIC: Final = re.compile(r"[\u0620-\u064a]")


def write_map(
    collection: Mapping[str, Any] | Path | Iterable[Feature],
    output: Path,
    *,
    otherwise: Callable[[], Iterable[Feature]] | None = None,
    set_aside: Sequence[Mapping[str, Any]] = (),
    pairs: Sequence[tuple[str, str]] = (),
    labels: Labels = (),
    tiles: str | None = None,
    attribution: str = "",
    language: str = "en",
    title: str = TITLE,
    articles: int | None = None,
) -> int:
    """Write the map of a collection of incidents.

    Parameters
    ----------
    collection : mapping, path or iterable of features
        The FeatureCollection of ``incidents.geojson``, its path, or its features.
    output : Path
        The HTML file; replaced as a whole or not at all.
    otherwise : callable, optional
        Gives the features of a path that is not, feature by feature, as
        ``incidents.geojson`` has them; without it, the file is read strictly.
    set_aside : sequence of mappings
        What was read and not mapped (``set_aside.json``).
    pairs : sequence of two ids
        Incidents that may be one event.
    labels : sequence of Place, or a function that gives it
        Places to name on the base map; the function is given the points of
        the incidents, longitude first, once all of them are read. Those the incidents are at also lend
        their other spellings to the search.
    tiles : str, optional
        ``"openstreetmap"`` or an address with ``{z}``, ``{x}`` and ``{y}``.
        Without it, opening the map tells nobody anything.
    attribution : str
        Whom to name for the tiles.
    language : {"en", "ar"}
        Of the interface; the reader can change it.
    title : str
        Heading of the page.
    articles : int, optional
        How many articles were read, so that the page can account for each.

    Returns
    -------
    int
        How many incidents are on it, with a place or without.

    Raises
    ------
    InputError
        The collection, the language or the address of the tiles is not usable.
    OutputError
        The file could not be written; what was there before is intact.
    """
    with files.replacing(output) as stream:
        drawing = render_map(
            collection,
            otherwise=otherwise,
            set_aside=set_aside,
            pairs=pairs,
            labels=labels,
            tiles=tiles,
            attribution=attribution,
            language=language,
            title=title,
            articles=articles,
        )
        stream.writelines(drawing)
    return drawing.incidents


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map that is about to be written."""

    incidents: int
    pieces: Iterator[bytes]

    def __iter__(self) -> Iterator[bytes]:
        """Give its bytes, piece by piece; once."""
        return self.pieces


def render_map(
    collection: Mapping[str, Any] | Path | Iterable[Feature],
    *,
    otherwise: Callable[[], Iterable[Feature]] | None = None,
    set_aside: Sequence[Mapping[str, Any]] = (),
    pairs: Sequence[tuple[str, str]] = (),
    labels: Labels = (),
    tiles: str | None = None,
    attribution: str = "",
    language: str = "en",
    title: str = TITLE,
    articles: int | None = None,
) -> Drawing:
    """Give the map to be written; see `write_map`."""
    if language not in LANGUAGES:
        raise InputError(f"the page speaks {' and '.join(LANGUAGES)}, not {language!r}.")
    tile_address, tile_host = _tile_source(tiles)
    packed, shell = _packed(collection, otherwise, tile_address)
    named = labels(packed.index.points) if callable(labels) else labels
    head = {
        "format": 1,
        "title": title,
        "language": language,
        "count": packed.count,
        "chunks": len(packed.chunks),
        "tiles": tile_address and {"address": tile_address, "attribution": _attribution(tile_address, attribution)},
        "account": _account(packed, set_aside, articles),
        "articles": _names(packed, set_aside),
        "pairs": sorted({tuple(sorted(pair)) for pair in pairs}),
    }
    index = packed.index.written(_aliases(named, packed.index.place_ids))
    # Squeezing leaves Python to others.
    with ThreadPoolExecutor(max_workers=2) as pool:
        names = {"id": packed.index.ids, "title": packed.index.titles}
        squeezed = [pool.submit(block, "names", names), pool.submit(block, "index", index)]
        base = list(_base(packed, named))
        blocks = [block("head", head), *(each.result() for each in squeezed), *base, *packed.chunks]
    blocks += pack_rows("aside", set_aside)
    return Drawing(packed.count, assemble(blocks, title=title, language=language, shell=shell, tile_host=tile_host))


def _packed(
    collection: Mapping[str, Any] | Path | Iterable[Feature],
    otherwise: Callable[[], Iterable[Feature]] | None,
    tiles: str | None,
) -> tuple[Packed, str]:
    """Pack the incidents and render the shell; a large file of our own by two processes, the shell meanwhile."""
    if not isinstance(collection, Path):
        return pack_incidents(read_features(collection)), page_shell(tiles)
    if not collection.is_file():
        raise InputError(f"{collection}: there is no such file.")
    with Halves(collection, keeps=otherwise is not None) as halves:
        first = halves.first()
        shell = page_shell(tiles)
        packed = halves.joined(first)
    return packed or pack_incidents(otherwise() if otherwise else read_features(collection)), shell


def _account(packed: Packed, set_aside: Sequence[Mapping[str, Any]], articles: int | None) -> dict[str, Any]:
    """Count where every article and every number went."""
    cited = packed.index.articles
    aside = _sources(set_aside)
    kinds: dict[str, int] = {}
    for row in set_aside:
        kind = str(row.get("kind", "other"))
        kinds[kind] = kinds.get(kind, 0) + 1
    return {
        "articles": articles,
        "articles_cited": len(cited),
        "articles_aside_only": len(aside - cited.keys()),
        "set_aside": len(set_aside),
        "set_aside_kinds": kinds,
    }


def _sources(set_aside: Sequence[Mapping[str, Any]]) -> set[str]:
    return {str(row.get("source", "")) for row in set_aside}


def _names(packed: Packed, set_aside: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Say what the articles of set-aside numbers are called, where an incident cites them too."""
    cited = packed.index.articles
    return {name: cited[name] for name in sorted(_sources(set_aside) & cited.keys())}


def _base(packed: Packed, labels: Sequence[Place]) -> Iterator[Block]:
    points = packed.index.points
    outlines, countries = choose_outlines(points, budget=_OUTLINE_BUDGET + packed.size // 20)
    limit = min(_MOST_LABELS, _FEW_LABELS + 4 * len(points))
    rows = _distinct(sorted(labels, key=lambda place: (_RANK.get(place.kind, 9), -place.population, place.id)))[:limit]
    names = [
        [
            round(place.longitude, 4),
            round(place.latitude, 4),
            place.kind,
            *_in_both_scripts(place),
            place.population,
        ]
        for place in rows
    ]
    yield binary_block("outlines", outlines)
    yield block("base", {"countries": countries, "labels": names})


def _in_both_scripts(place: Place) -> tuple[str, str]:
    """Name a place in Latin and in Arabic script; the first is its own name where it has no Latin one."""
    names = (place.name, *place.aliases)
    arabic = next((name for name in names if _ARABIC.search(name)), "")
    return next((name for name in names if _LATIN.match(name)), place.name), arabic


def _distinct(labels: Sequence[Place]) -> list[Place]:
    """Leave out the second name of a place that two gazetteers list."""
    alike: dict[tuple[str, str], list[Place]] = {}
    kept = []
    for place in labels:
        if place.kind == "region" and place.radius_m > _LOOSE_M:
            continue
        near = _SAME_PLACE_DEG.get(place.kind, _SAME_PLACE_DEG[""])
        letters = "".join(filter(str.isalnum, place.name.casefold())).removeprefix("al")[:3]
        others = alike.setdefault((place.kind, letters), [])
        if all(max(abs(o.longitude - place.longitude), abs(o.latitude - place.latitude)) > near for o in others):
            others.append(place)
            kept.append(place)
    return kept


def _aliases(labels: Sequence[Place], wanted: set[str]) -> dict[str, list[str]]:
    return {
        place.id: [alias for alias in dict.fromkeys((place.name, *place.aliases)) if alias]
        for place in labels
        if place.id in wanted
    }


def _tile_source(tiles: str | None) -> tuple[str | None, str]:
    """Check the address of the tiles; give it, and the host to be allowed."""
    if not tiles:
        return None, ""
    address = _OSM if tiles.strip().lower() in {"openstreetmap", "osm"} else tiles.strip()
    names = set(_PLACEHOLDER.findall(address))
    if (
        not _TILES.fullmatch(address)
        or not {"{z}", "{x}", "{y}"} <= names
        or names - {"{z}", "{x}", "{y}", "{s}", "{r}"}
    ):
        raise InputError(
            "tiles must be `osm` or an http(s) address with {z}, {x} and {y} "
            "(and at most {s} and {r}), such as https://tiles.example.org/{z}/{x}/{y}.png."
        )
    host = address.split("/", 3)[:3]
    allowed = "/".join(host)
    return address, allowed.replace("{s}", "*") if "{s}." in allowed else allowed


def _attribution(address: str, attribution: str) -> str:
    if attribution:
        return attribution
    return "© OpenStreetMap contributors" if address == _OSM else address.split("/", 3)[2]


__all__ = ["LANGUAGES", "TITLE", "Block", "Drawing", "binary_block", "render_map", "write_map"]
