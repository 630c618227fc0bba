"""What two accounts are compared by, kept small: about a kilobyte for each."""

from __future__ import annotations

import re
import sys
import unicodedata
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from mapper.incidents.building import toll_of
from mapper.incidents.located import Located
from mapper.incidents.origins import origin_key
from mapper.model import RADIUS_M, Precision, Toll

_TOKEN: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+){0,3}")
_ARTICLE: Final = re.compile(r"^(?:a[lnrstdz]|e[lnrstdz]|ash|ad|as|at|az|ar|an)[- ](?=\w)")
_DROPPED: Final = re.compile(r"[aeiouyhw'\-\s`]")
_DOUBLED: Final = re.compile(r"(.)\1+")
_PARTIAL: Final = re.compile(r"XXXX-(\d{2})-(\d{2})")
_SENTENCE_END: Final = re.compile(r"[.!?:\"\u201c\u201d\n]\s*$")
_MOST_NAMES: Final = 40
_MOST_WORDS: Final = 48
_COMMON_WORDS: Final = """
about according after all also among and another area areas around attack attacks been before being between both bombing
bombed but children city civilian civilians coalition confirmed dead death deaths destroyed died during east families
family five forces four from government group had has have her hit his home homes house houses human including injured
its killed killing later least local media members men military more monitor most near neighbourhood neighborhood north
not number observatory one other others over people province raid raids report reported reportedly reports residential
rights said same saying scores several seven six sources south strike strikes struck syrian targeted ten than that the
their them there they this those three town two under village warplanes was were west when where which while who with
woman women wounded year years air airstrike airstrikes israeli russian american iraqi yemeni saudi monday tuesday
wednesday thursday friday saturday sunday january february march april may june july august september october november
december strip army defense defence ministry health hospital mosque school camp street
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_NOT_STATED: Final = Toll()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The features of one account.

    Parameters
    ----------
    order : int
        Where it came in reading order.
    id, source : str
        Of the account and its article; `source_number` is a hash of the latter.
    printed : str
        When the article was published.
    longitude, latitude, radius_m
        The position; `radius_m` is 0 without one.
    weight : float
        How much it says that two accounts share this position: see `_WEIGHTS`.
    others : tuple of (longitude, latitude)
        What an ambiguous name may mean.
    place_id, key : str
        Gazetteer entry, and the consonants of the name as written.
    start, end : int
        Days (proleptic ordinals); 0 without a date.
    month_day : int
        100 * month + day of a date without a year.
    killed, injured, women, children : Toll
        Ranges.
    actors : frozenset of str
    event : str
        Family of event types; empty where it says nothing.
    site : str
    names, words : array of int
        Hashes of the proper names near the account, and of the rarer words of its sentence.
    """

    order: int
    id: str
    source: str
    source_number: int = 0
    printed: str = ""
    longitude: float = 0.0
    latitude: float = 0.0
    radius_m: int = 0
    weight: float = 0.0
    others: tuple[tuple[float, float], ...] = ()
    place_id: str = ""
    key: str = ""
    start: int = 0
    end: int = 0
    month_day: int = 0
    killed: Toll = _NOT_STATED
    injured: Toll = _NOT_STATED
    women: Toll = _NOT_STATED
    children: Toll = _NOT_STATED
    actors: frozenset[str] = frozenset()
    event: str = ""
    site: str = ""
    names: array[int] = field(default_factory=lambda: array("I"))
    words: array[int] = field(default_factory=lambda: array("I"))


_WEIGHTS: Final = {
    Precision.EXACT: 3.0,
    Precision.SITE: 3.0,
    Precision.STREET: 2.8,
    Precision.LANDMARK: 2.6,
    Precision.VILLAGE: 2.6,
    Precision.TOWN: 2.2,
    Precision.NEIGHBOURHOOD: 2.0,
    Precision.PART_OF: 1.6,
    Precision.NEAR: 1.4,
    Precision.CITY: 1.4,
    Precision.DISTRICT: 0.8,
    Precision.SEA: 0.8,
    Precision.GOVERNORATE: 0.4,
}
"""What a shared place says: much for a village with one strike a day, little for a city with ten."""

_AERIAL: Final = {
    "air strike": "aerial",
    "drone strike": "aerial",
    "barrel bombing": "aerial",
    "helicopter strike": "aerial",
}
_GENERIC: Final = frozenset({"", "unknown", "attack", "bombing", "killing", "explosion"})


def sketch(located: Located, order: int) -> Sketch:
    """Take the features of an account."""
    account, resolution = located.account, located.resolution
    place = resolution if resolution.status == "resolved" and resolution.longitude is not None else None
    start, end, month_day = _days(located)
    written = account.place.name if account.place else ""
    sites = [str(claim.value) for claim in account.claims if claim.kind == "site"]
    actors = frozenset(origin_key(str(c.value)) for c in account.claims if c.kind == "actor" and c.value)
    event = account.event_type
    return Sketch(
        order=order,
        id=located.id,
        source=located.source.key,
        source_number=zlib.crc32(located.source.key.encode("utf-8", "surrogatepass")),
        printed=sys.intern(located.source.published),
        longitude=(place.longitude or 0.0) if place else 0.0,
        latitude=(place.latitude or 0.0) if place else 0.0,
        radius_m=(place.uncertainty_m or RADIUS_M[place.precision]) if place else 0,
        weight=_WEIGHTS.get(place.precision, 0.1) if place else 0.0,
        others=() if place else tuple((c.place.longitude, c.place.latitude) for c in resolution.candidates[:5]),
        place_id=sys.intern(resolution.place_id) if place else "",
        key=sys.intern(name_key(written or resolution.place_name)),
        start=start,
        end=end,
        month_day=month_day,
        killed=toll_of([account], "killed"),
        injured=toll_of([account], "injured"),
        women=toll_of([account], "killed", "women"),
        children=toll_of([account], "killed", "children"),
        actors=actors,
        event="" if event in _GENERIC else sys.intern(_AERIAL.get(event, event)),
        site=sys.intern(sites[0]) if sites else "",
        names=_hashed(_proper_names(located.context, _known_words(located)), _MOST_NAMES),
        words=_hashed(_rare_words(located.lead), _MOST_WORDS),
    )


def name_key(name: str) -> str:
    """Reduce a name to its consonants, so that transliterations meet.

    Examples
    --------
    >>> name_key("al-Tayyibah") == name_key("At Taybeh") == name_key("Tayba")
    True
    """
    folded = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    words = [_ARTICLE.sub("", word) for word in [folded.strip().replace("\u2019", "'")]]
    key = _DOUBLED.sub(r"\1", _DROPPED.sub("", words[0]))
    return key or words[0]


def _days(located: Located) -> tuple[int, int, int]:
    value = located.account.date
    if value is None:
        return 0, 0, 0
    if value.start and value.end:
        return date.fromisoformat(value.start).toordinal(), date.fromisoformat(value.end).toordinal(), 0
    match = _PARTIAL.fullmatch(value.edtf)
    return 0, 0, int(match[1]) * 100 + int(match[2]) if match else 0


def _known_words(located: Located) -> frozenset[str]:
    """Return the words that place, actors and reporters already account for."""
    account, resolution = located.account, located.resolution
    said = [account.place_as_written, resolution.place_name, resolution.admin1]
    if account.place is not None:
        said += [account.place.name, *account.place.containers, *account.place.near, *account.place.anchors]
    said += [str(claim.value) for claim in account.claims if claim.kind in {"actor", "place"}]
    said += [reporter for claim in account.claims for reporter in claim.reporters]
    return frozenset(word for text in said for word in _TOKEN.findall(text.casefold()))


def _proper_names(text: str, known: frozenset[str]) -> Iterable[str]:
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word[0].isupper() or "-" in word:
            lower = word.casefold().removesuffix("'s")
            opens = match.start() == 0 or _SENTENCE_END.search(text[max(0, match.start() - 4) : match.start()])
            capital = word[0].isupper() or any(part[:1].isupper() for part in word.split("-"))
            if capital and not opens and len(lower) > 2 and lower not in known and lower not in _COMMON:
                yield name_key(lower)


def _rare_words(text: str) -> Iterable[str]:
    return (w for w in (m[0].casefold() for m in _TOKEN.finditer(text)) if len(w) > 3 and w not in _COMMON)


def _hashed(words: Iterable[str], most: int) -> array[int]:
    hashes = sorted({zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words})
    return array("I", hashes[:most])
