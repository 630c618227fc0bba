"""The words that tell the finder of place names what it looks at: `data/finder.toml`, read once.

Also the demonyms of `data/demonyms.csv`, and given names.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from mapper.places.everywhere import geonames

_DATA: Final = files("mapper.places").joinpath("data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Word lists; each field but the last two is a group of ``data/finder.toml``, which says what it is for.

    `follow` holds the words that may follow a place with a capital, and `before` those of `where` and `whence`: put
    together once.
    """

    abbreviations: frozenset[str]
    titles: frozenset[str]
    said: frozenset[str]
    speaks: frozenset[str]
    where: frozenset[str]
    whence: frozenset[str]
    kind_before: frozenset[str]
    kind_after: frozenset[str]
    dwellers: frozenset[str]
    ills: frozenset[str]
    namesakes: frozenset[str]
    days: frozenset[str]
    geography: frozenset[str]
    civic: frozenset[str]
    others: frozenset[str]
    leads: frozenset[str]
    holders: frozenset[str]
    never: frozenset[str]
    kin: frozenset[str]
    belief: frozenset[str]
    houses: frozenset[str]
    agencies: frozenset[str]
    short: Mapping[str, str]
    divisions: Mapping[str, str]
    follow: frozenset[str]
    before: frozenset[str]


@cache
def cues() -> Cues:
    """Read the word lists."""
    table = tomllib.loads(_DATA.joinpath("finder.toml").read_text(encoding="utf-8"))
    lists = {name: frozenset(value.split()) for name, value in table.items() if isinstance(value, str)}
    follow = lists["days"] | lists["civic"] | lists["titles"] | (lists["leads"] - {"the", "new", "old"})
    before = lists["where"] | lists["whence"]
    return Cues(**lists, short=table["short"], divisions=table["divisions"], follow=follow, before=before)


@cache
def short_openings() -> frozenset[str]:
    """Return the words with which short names of countries begin."""
    return frozenset(form.split()[0] for form in cues().short)


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for the people or things of a country; `adjective` if it can stand before a noun."""

    country: str
    adjective: bool


@cache
def demonyms() -> Mapping[str, Demonym]:
    """Read the demonyms: written form (with its capitals) to country."""
    found: dict[str, Demonym] = {}
    for row in csv.DictReader(_DATA.joinpath("demonyms.csv").read_text(encoding="utf-8").splitlines()):
        for word in row["people"].split("|"):
            found[word] = Demonym(row["country"], adjective=False)
        for word in row["adjectives"].split("|"):
            found[word] = Demonym(row["country"], adjective=True)
    found.pop("", None)
    return found


@cache
def demonym_openings() -> frozenset[str]:
    """Return the words with which demonyms begin."""
    return frozenset(form.split()[0] for form in demonyms())


@cache
def country_codes() -> frozenset[str]:
    """Return the ISO codes of countries."""
    return frozenset(known.country for known in demonyms().values())


@cache
def country_name(code: str) -> str:
    """Return the English name of a country.

    Examples
    --------
    >>> country_name("SY"), country_name("CI")
    ('Syria', 'Ivory Coast')
    """
    known = _countries().get(code)
    return str(known["name"]) if known else code


@cache
def _countries() -> Mapping[str, Mapping[str, str]]:
    known: Mapping[str, Mapping[str, str]] = geonames("countries")
    return known


@cache
def capitals() -> frozenset[tuple[str, str]]:
    """Return the national capitals, with the ISO codes of their countries."""
    return frozenset(national_capitals().items())


@cache
def national_capitals() -> Mapping[str, str]:
    """Return the capital of each country, by its ISO code."""
    return {code: known["capital"] for code, known in _countries().items()}


@cache
def given_names() -> frozenset[str]:
    """Read the given names, in lower case."""
    lines = _DATA.joinpath("given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())


def spelled_out(name: str) -> str:
    """Write an abbreviated place name in full.

    Examples
    --------
    >>> spelled_out("Ky."), spelled_out("N.Y."), spelled_out("U.K."), spelled_out("Hajin")
    ('Kentucky', 'New York', 'United Kingdom', 'Hajin')
    """
    known = cues()
    bare = name.rstrip(".")
    if "." in name and bare in known.divisions:
        return known.divisions[bare]
    return COUNTRIES_IN_FULL.get(known.short.get(name, known.short.get(bare, "")), name)


COUNTRIES_IN_FULL: Final[Mapping[str, str]] = {
    "US": "United States",
    "GB": "United Kingdom",
    "AE": "United Arab Emirates",
    "CD": "Democratic Republic of the Congo",
    "KP": "North Korea",
    "KR": "South Korea",
    "CI": "Ivory Coast",
    "MM": "Myanmar",
    "NL": "Netherlands",
    "CN": "China",
    "CF": "Central African Republic",
    "SA": "Saudi Arabia",
}
"""Countries that short names stand for, in full."""
