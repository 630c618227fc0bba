"""What keeps a gazetteer trustworthy: checks of one entry, field by field.

Each check returns words for the person who wrote the entry. Nothing here
knows where entries are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from mapper.countries import Extent, extent_of, looks_swapped
from mapper.geo import coordinate_fault, distance_m
from mapper.places.gazetteer.entries import Entry

KINDS: Final = (
    "country", "governorate", "district", "city", "town", "village", "neighbourhood", "site", "sea", "region",
)  # fmt: skip
NAME_LIMIT: Final = 100
"""Longest name, characters: the longest official name of a village known to us has 85."""
NAMES_LIMIT: Final = 100
"""Most names of one entry."""
TEXT_LIMIT: Final = 1_000
"""Longest note, characters."""
SAME_PLACE_M: Final = 1_000
"""Two entries of one name closer than this are taken for one place entered twice."""
RADIUS_LIMIT_M: Final = 6_000_000

EXCUSES: Final = ("null-island", "outside-country", "duplicate", "common-word")
"""Checks that a person may overrule for one entry."""

_ID: Final = re.compile(r"[a-z0-9][a-z0-9._:-]{0,79}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_MARKUP: Final = re.compile(r"[<>{}$\\|=^~\[\]]|&[a-zA-Z#]|://|javascript:", re.IGNORECASE)
_ALLOWED_MARKS: Final = frozenset(" `-'\u2019\u2018\u02bb\u02bc\u02be\u02bf\u00b4\u00b7.,()/&+")
_BEGINS: Final = re.compile(r"[^\W_]|['`\u2018\u2019\u02bb-\u02bf]")
_ONE_WRITING: Final = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KATAKANA-HIRAGANA"})
_NO_SCRIPT: Final = frozenset({"MODIFIER", "COMBINING", "DIGIT", "FULLWIDTH", "HALFWIDTH", "FEMININE", "MASCULINE"})


def name_fault(name: str) -> str:
    """Say what is wrong with a name, as letters; empty if nothing is.

    Examples
    --------
    >>> name_fault("al-Sha\u2019afa"), name_fault("\u062f\u064a\u0631 \u0627\u0644\u0632\u0648\u0631")
    ('', '')
    >>> name_fault("R\u0430qqa")  # doctest: +ELLIPSIS
    "... mixes CYRILLIC and LATIN letters in one word"
    >>> name_fault("<b>Here</b>")
    'has markup: <'
    """
    if not name.strip():
        return "empty"
    if len(name) > NAME_LIMIT:
        return f"has {len(name):,} characters; the limit is {NAME_LIMIT}"
    return _hidden(name) or _not_of_a_name(name) or _mixed(name)


def _not_of_a_name(name: str) -> str:
    found = _MARKUP.search(name)
    if found:
        return f"has markup: {found.group()}"
    for character in name:
        if character not in _ALLOWED_MARKS and unicodedata.category(character)[0] not in "LMN":
            return f"has a character that no name has: {character!r}"
    if not _BEGINS.match(name):
        return f"begins with {name[0]!r}"
    if not any(character.isalpha() for character in name):
        return "has no letter"
    return ""


def _hidden(text: str) -> str:
    """Find characters that nobody sees: controls, direction marks, zero widths, private use."""
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            return f"has a hidden character, U+{ord(character):04X}"
    return ""


def _mixed(name: str) -> str:
    """Find a word whose letters come from two alphabets: one of them is there to be mistaken for the other."""
    if name.isascii():
        return ""
    for word in name.replace("-", " ").split():
        scripts = {s for s in (_script(c) for c in word if c.isalpha()) if s}
        if len(scripts) > 1 and not scripts <= _ONE_WRITING:
            return f"{word!r} mixes {' and '.join(sorted(scripts))} letters in one word"
    return ""


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    first = unicodedata.name(letter, "").partition(" ")[0]
    return "" if first in _NO_SCRIPT else first


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return words of English that are no use as a place's name: every text is full of them."""
    return frozenset((Path(__file__).parent.parent / "data" / "common_words.txt").read_text(encoding="utf-8").split())


def is_common(name: str, kind: str = "") -> bool:
    """Say whether a name is a common word of English; ``US`` for a country is not "us".

    Examples
    --------
    >>> is_common("Market"), is_common("US", "country"), is_common("Market Harborough")
    (True, False, False)
    """
    return not (kind == "country" and name.isupper()) and name.strip(" .'-").lower() in common_words()


def fold_plain(name: str) -> str:
    """Fold a name to letters and digits alone, for telling whether two entries share it.

    Examples
    --------
    >>> fold_plain("al-Sha\u2019afa") == fold_plain("Al Sh\u00e1afa")
    True
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in letters if unicodedata.category(c)[0] in "LN" and unicodedata.category(c) != "Lm")


def field_faults(entry: Entry, *, excuses: Collection[str] = ()) -> dict[str, str]:
    """Check one entry by itself.

    Parameters
    ----------
    entry : Entry
        What is to be checked.
    excuses : collection of str
        Checks not to insist on, out of `EXCUSES`.

    Returns
    -------
    dict of str to str
        For each column at fault, why; empty for a good entry.
    """
    place = entry.place
    faults: dict[str, str] = {}
    if not _ID.fullmatch(place.id):
        faults["id"] = f"{place.id[:40]!r}: small letters, digits and hyphens, 80 at most"
    if (why := name_fault(place.name)) or (why := _common_fault(place.name, place.kind, excuses)):
        faults["title"] = why
    if why := _aliases_fault(entry, excuses):
        faults["variants"] = why
    if place.kind not in KINDS:
        faults["types"] = f"{place.kind[:40]!r} is none of {', '.join(KINDS)}"
    if place.country and not _COUNTRY.fullmatch(place.country):
        faults["ccodes"] = f"{place.country[:40]!r} is not a country code of two letters, such as SY"
    faults |= _position_faults(place.longitude, place.latitude, excuses)
    if not 0 <= place.radius_m <= RADIUS_LIMIT_M:
        faults["radius_m"] = f"{place.radius_m} is not between 0 and {RADIUS_LIMIT_M:,} metres"
    for column in ("parent_name", "geo_source", "geo_id", "title_source", "author", "note"):
        if why := _text_fault(str(getattr(entry, column))):
            faults[column] = why
    if entry.added and not _DATE.fullmatch(entry.added):
        faults["added"] = f"{entry.added[:40]!r} is not a date such as 2024-05-31"
    return faults


def _common_fault(name: str, kind: str, excuses: Collection[str]) -> str:
    if "common-word" not in excuses and is_common(name, kind):
        return f"{name!r} is a common word: every article would seem to name this place"
    return ""


def _aliases_fault(entry: Entry, excuses: Collection[str]) -> str:
    aliases = entry.place.aliases
    if len(aliases) > NAMES_LIMIT:
        return f"{len(aliases)} names; the limit is {NAMES_LIMIT}"
    for alias in aliases:
        why = name_fault(alias) or _common_fault(alias, entry.place.kind, excuses)
        if not why and len(alias) < 2:
            why = "one letter alone is no use as a name"
        if why:
            return why if repr(alias)[:20] in why else f"{alias[:40]!r} {why}"
    return ""


def _position_faults(longitude: float, latitude: float, excuses: Collection[str]) -> dict[str, str]:
    why = coordinate_fault(longitude, latitude)
    if why is None or (longitude == latitude == 0.0 and "null-island" in excuses):
        return {}
    if abs(latitude) > 90.0 >= abs(longitude) and abs(latitude) <= 180.0:
        why += "; are longitude and latitude swapped?"
    return {"lat" if "latitude" in why.split(" ")[0] else "lon": why}


def _text_fault(text: str) -> str:
    if len(text) > TEXT_LIMIT:
        return f"has {len(text):,} characters; the limit is {TEXT_LIMIT:,}"
    # Line ends are fine in a note; everything hidden is not.
    if why := _hidden(text.replace("\n", " ").replace("\r", " ").replace("\t", " ")):
        return why
    if text.startswith(("=", "+", "-", "@")):
        return f"begins with {text[0]!r}, which a spreadsheet runs as a formula"
    return ""


def country_fault(entry: Entry, *, excuses: Collection[str] = ()) -> dict[str, str]:
    """Check that an entry lies in the country it is said to lie in.

    Points just beyond are let pass: extents are drawn around settlements, with
    a margin. Seas are no country's.
    """
    place = entry.place
    extent = extent_of(place.country)
    if extent is None or place.kind in {"sea", "country"} or "outside-country" in excuses:
        return {}
    if looks_swapped(place.longitude, place.latitude, place.country):
        why = f"{place.longitude:g}, {place.latitude:g} lies outside {place.country}, and inside when swapped"
        return {"lon": f"{why}: longitude comes first"}
    if extent.holds(place.longitude, place.latitude):
        return {}
    return {"lon": f"{place.longitude:g}, {place.latitude:g} lies outside {place.country}, which is {_shown(extent)}"}


def _shown(extent: Extent) -> str:
    return f"{extent.west:.0f} to {extent.east:.0f} east, {extent.south:.0f} to {extent.north:.0f} north"


def duplicate_fault(entry: Entry, others: Iterable[Entry], *, excuses: Collection[str] = ()) -> dict[str, str]:
    """Check that an entry is not there already, under its id or as the same place."""
    names = {fold_plain(name) for name in entry.names} - {""}
    for other in others:
        if other.place.id == entry.place.id:
            return {"id": f"{entry.place.id} is there already ({other.place.name}); choose another, or remove it first"}
        if "duplicate" in excuses or other.place.kind != entry.place.kind:
            continue
        metres = distance_m(*_point(entry), *_point(other))
        if metres < SAME_PLACE_M and any(fold_plain(name) in names for name in other.names):
            return {"title": f"{other.place.id} ({other.place.name}) is there already, {metres:.0f} m away"}
    return {}


def parent_fault(entry: Entry, by_id: Mapping[str, Entry]) -> dict[str, str]:
    """Check that the parent exists, and does not lie inside its own child."""
    parent = entry.place.parent
    if not parent:
        return {}
    if parent not in by_id:
        # Another gazetteer's id ("geonames:172957") says where to look it up.
        known_elsewhere = ":" in parent and bool(entry.parent_name)
        return {} if known_elsewhere else {"parent_id": f"{parent[:60]!r} is not in the gazetteer"}
    seen = {entry.place.id}
    while parent and parent in by_id:
        if parent in seen:
            return {"parent_id": f"{parent} is contained in itself"}
        seen.add(parent)
        parent = by_id[parent].place.parent
    return {}


def _point(entry: Entry) -> tuple[float, float]:
    return entry.place.longitude, entry.place.latitude
