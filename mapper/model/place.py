"""Places, the names that mean them, and what a name was found to mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mapper.model.words import Precision, ResolutionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of a gazetteer.

    `kind` is one of ``country governorate district city town village
    neighbourhood site sea region``; `admin1` is the name of the first-order
    division; `country` an ISO 3166-1 alpha-2 code; `radius_m` how far the
    point may be from any part of the place that a report means (0: the
    default of its kind).
    """

    id: str
    name: str
    longitude: float
    latitude: float
    kind: str
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    radius_m: int = 0
    population: int = 0
    aliases: tuple[str, ...] = ()
    parent: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name may mean, with a score from 0 to 1 and its reasons."""

    place: Place
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a name was found to mean.

    `longitude` and `latitude` are None unless `status` is ``resolved``.
    `method` is one of ``gazetteer``, ``variant`` (another spelling),
    ``relative``, ``parent`` (only the container is known), ``geocoder``,
    ``judgement``, ``given`` (came with the input), or empty.
    """

    status: ResolutionStatus
    longitude: float | None = None
    latitude: float | None = None
    place_id: str = ""
    place_name: str = ""
    admin1: str = ""
    country: str = ""
    precision: Precision = Precision.UNKNOWN
    uncertainty_m: int | None = None
    method: str = ""
    score: float = 0.0
    needs_review: bool = False
    candidates: tuple[Candidate, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place name found in a text.

    Parameters
    ----------
    start, end : int
        Span of the name itself.
    text : str
        The name as written.
    kind, country, admin1 : str
        Of the likeliest place (see `Place`); empty when candidates disagree.
    demonym : bool
        "Syrian", "Yemenis": says which country is spoken of, names no place.
    sure : float
        0 to 1: how surely this is a place and not a word, person or outlet.
    """

    start: int
    end: int
    text: str
    kind: str = ""
    country: str = ""
    admin1: str = ""
    demonym: bool = False
    sure: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceContext:
    """What is known around a name when it is looked up.

    Parameters
    ----------
    countries : mapping of str to float
        ISO code to share (0 to 1) of the document's country evidence.
    nearby : tuple of (longitude, latitude, weight)
        Places already resolved in the same text; weight 1 is the same sentence.
    admin1 : tuple of str
        Names of first-order divisions that the text speaks of.
    home : mapping of (country, admin1) to float
        Divisions in which the text plays, each with the share (0 to 1) of its names that lie there.
    named : tuple of (int, str)
        Names of the text that may be cities, each with where it stands, in reading order.
    alone : mapping of str to str
        Countries that one name alone speaks of, each with that name, as long as others are spoken of too.
    """

    countries: Mapping[str, float] = field(default_factory=dict)
    nearby: tuple[tuple[float, float, float], ...] = ()
    admin1: tuple[str, ...] = ()
    home: Mapping[tuple[str, str], float] = field(default_factory=dict)
    named: tuple[tuple[int, str], ...] = ()
    alone: Mapping[str, str] = field(default_factory=dict)
