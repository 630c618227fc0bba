"""What two accounts are compared by, kept small: one or two kilobytes for each."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Generic, TypeVar

from mapper.incidents.building import toll_of
from mapper.incidents.hours import hours_of
from mapper.incidents.located import Located
from mapper.incidents.marks import families, hashed, name_key, number_of, proper_names, rare_words, tokens
from mapper.incidents.origins import origin_key
from mapper.incidents.tolls import counts
from mapper.model import RADIUS_M, Claim, Precision, Resolution, Toll

_PARTIAL: Final = re.compile(r"XXXX-(\d{2})-(\d{2})")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}$")
_MOST_NAMES: Final = 40
_MOST_SAID: Final = 64
_MOST_WORDS: Final = 48
_TELLING_LETTERS: Final = 3
_MOST_OTHERS: Final = 5
_SURE: Final = 0.9
"""Score from which the place that was found is not doubted."""
_MOST_HELD: Final = 50_000
_T = TypeVar("_T")
_NOT_STATED: Final = Toll()


def _none() -> array[int]:
    return array("I")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The features of one account.

    Parameters
    ----------
    order : int
        Where it came in reading order.
    id, source : str
        Of the account and its article; `source_number` is a hash of the latter.
    printed, published
        When the article was published, as it is given, and as a day (proleptic ordinal; 0 where unknown).
    background : bool
        Whether it is told as something past.
    longitude, latitude, radius_m
        The position; `radius_m` is 0 without one.
    precision : str
        How exactly it is known; `weight` is how much it says that two accounts share it: see `_WEIGHTS`.
    is_container : bool
        Whether only the place around the one that is named was found.
    others : tuple of (longitude, latitude)
        What a name may mean that is ambiguous, or was not found for sure.
    place_id, key, division : str
        Gazetteer entry, the consonants of the name as written, and country and first-order division.
    parts : tuple of int
        Hashes of the words of the name: empty where they are too short to be known in another text.
    start, end : int
        Days (proleptic ordinals); 0 without a date.
    month_day : int
        100 * month + day of a date without a year.
    hours, minute : int
        See `hours.hours_of`.
    killed, injured, women, children : Toll
        Ranges.
    counts : frozenset of int
        Every number of dead that the account names, those that were replaced or are another's too.
    actors, families, sites : frozenset of str
        `site` is the first of `sites`.
    event : str
        Type of event; empty where it says nothing.
    said, names, words, prose : array of int
        Hashes of the names in its text; of those that are no place, doer or reporter of its own; of
        the rarer words of its sentence, and of its text.
    """

    order: int
    id: str
    source: str
    source_number: int = 0
    printed: str = ""
    published: int = 0
    background: bool = False
    longitude: float = 0.0
    latitude: float = 0.0
    radius_m: int = 0
    precision: Precision = Precision.UNKNOWN
    is_container: bool = False
    weight: float = 0.0
    others: tuple[tuple[float, float], ...] = ()
    place_id: str = ""
    key: str = ""
    division: str = ""
    parts: tuple[int, ...] = ()
    start: int = 0
    end: int = 0
    month_day: int = 0
    hours: int = 0
    minute: int = -1
    killed: Toll = _NOT_STATED
    injured: Toll = _NOT_STATED
    women: Toll = _NOT_STATED
    children: Toll = _NOT_STATED
    counts: frozenset[int] = frozenset()
    actors: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    event: str = ""
    site: str = ""
    sites: frozenset[str] = frozenset()
    said: array[int] = field(default_factory=_none)
    names: array[int] = field(default_factory=_none)
    words: array[int] = field(default_factory=_none)
    prose: array[int] = field(default_factory=_none)

    @property
    def one_day(self) -> bool:
        """Whether it is dated to one day."""
        return 0 < self.start == self.end


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

_GENERIC: Final = frozenset({"", "unknown", "attack", "killing", "explosion"})


def sketch(located: Located, order: int) -> Sketch:
    """Take the features of an account."""
    account, resolution, source = located.account, located.resolution, located.source
    place = resolution if resolution.status == "resolved" and resolution.longitude is not None else None
    start, end, month_day = _days(located)
    hours, minute = hours_of(located.lead)
    written = account.place.name if account.place else ""
    said = [name_key(name) for name in proper_names(located.context)]
    known = {name_key(word) for word in _known_words(located)}
    # "Example camp" is where it was, not what was hit.
    own = {*tokens(account.place_as_written.casefold())}
    sites = [str(c.value) for c in account.claims if c.kind == "site" and c.value not in own]
    event = account.event_type
    return Sketch(
        order=order,
        id=located.id,
        source=source.key,
        source_number=number_of(source.key),
        printed=sys.intern(source.published),
        published=_last_day(source.published),
        background=account.role == "background",
        longitude=(place.longitude or 0.0) if place else 0.0,
        latitude=(place.latitude or 0.0) if place else 0.0,
        radius_m=(place.uncertainty_m or RADIUS_M[place.precision]) if place else 0,
        precision=place.precision if place else Precision.UNKNOWN,
        is_container=resolution.method == "parent",
        weight=_WEIGHTS.get(place.precision, 0.1) if place else 0.0,
        others=_others(resolution) if place is None or place.score < _SURE else (),
        place_id=sys.intern(resolution.place_id) if place else "",
        key=sys.intern(name_key(written or resolution.place_name)),
        division=sys.intern(f"{place.country}/{name_key(place.admin1)}") if place and place.admin1 else "",
        parts=_parts(written or resolution.place_name),
        start=start,
        end=end,
        month_day=month_day,
        hours=hours,
        minute=minute,
        killed=_one_toll(toll_of([account], "killed")),
        injured=_one_toll(toll_of([account], "injured")),
        women=_one_toll(toll_of([account], "killed", "women")),
        children=_one_toll(toll_of([account], "killed", "children")),
        counts=_one_count(frozenset(_numbers(counts(account.claims, "killed")))),
        actors=_one_set(frozenset(origin_key(str(c.value)) for c in account.claims if c.kind == "actor" and c.value)),
        families=_one_set(families(located.context)),
        event="" if event in _GENERIC else sys.intern(event),
        site=sys.intern(sites[0]) if sites else "",
        sites=_one_set(frozenset(sites)),
        said=hashed(said, _MOST_SAID),
        names=hashed((key for key in said if key not in known), _MOST_NAMES),
        words=hashed(rare_words(located.lead), _MOST_WORDS),
        prose=hashed(rare_words(located.context), _MOST_WORDS),
    )


class _Held(Generic[_T]):
    """Holds one of all equal values: a hundred thousand accounts have few different tolls, doers and sites."""

    def __init__(self) -> None:
        self._values: dict[_T, _T] = {}

    def __call__(self, value: _T) -> _T:
        if len(self._values) >= _MOST_HELD:
            self._values.clear()
        return self._values.setdefault(value, value)


_one_toll: Final = _Held[Toll]()
_one_set: Final = _Held[frozenset[str]]()
_one_count: Final = _Held[frozenset[int]]()


def _others(resolution: Resolution) -> tuple[tuple[float, float], ...]:
    return tuple((c.place.longitude, c.place.latitude) for c in resolution.candidates[:_MOST_OTHERS])


def _parts(name: str) -> tuple[int, ...]:
    keys = [name_key(word) for word in tokens(name)]
    return tuple(map(number_of, keys)) if any(len(key) >= _TELLING_LETTERS for key in keys) else ()


def _numbers(claims: Iterable[Claim]) -> Iterable[int]:
    for claim in claims:
        for end in (claim.detail.get("minimum"), claim.detail.get("maximum")):
            if isinstance(end, int) and end:
                yield end


def _days(located: Located) -> tuple[int, int, int]:
    value = located.account.date
    if value is None:
        return 0, 0, 0
    if value.start and value.end:
        return date.fromisoformat(value.start).toordinal(), date.fromisoformat(value.end).toordinal(), 0
    match = _PARTIAL.fullmatch(value.edtf)
    return 0, 0, int(match[1]) * 100 + int(match[2]) if match else 0


def _last_day(published: str) -> int:
    """Return the last day on which an article can have been published; 0 where no day is given."""
    match = _DAY.search(published)
    try:
        return date.fromisoformat(match[0]).toordinal() if match else 0
    except ValueError:  # a publisher's "2031-02-30" is no day
        return 0


def _known_words(located: Located) -> frozenset[str]:
    """Return the words that place, actors and reporters already account for."""
    account, resolution = located.account, located.resolution
    told = [account.place_as_written, resolution.place_name, resolution.admin1]
    if account.place is not None:
        told += [account.place.name, *account.place.containers, *account.place.near, *account.place.anchors]
    told += [str(claim.value) for claim in account.claims if claim.kind in {"actor", "place"}]
    told += [reporter for claim in account.claims for reporter in claim.reporters]
    return frozenset(word for text in told for word in tokens(text.casefold()))
