"""The nouns of the project, and the seams between its rooms.

Data flows one way: an `Article` is read into a `Reading` (one `Account` for each
event that the article tells of, and what was `SetAside`); each account's
`PlaceReference` gets a `Resolution`; accounts of one event become an
`Incident`. Every value is a `Claim` that names the span of text it came from.

Offsets count characters of `Article.text`, from 0, end-exclusive:
``article.text[claim.start:claim.end] == claim.quote``, always.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal, Protocol

JSONScalar = str | int | float | bool | None

Comparator = Literal["=", ">=", ">", "<=", "<", "~", "word"]
ClaimKind = Literal["toll", "place", "date", "actor", "response", "site"]
Role = Literal["primary", "background"]
ReviewStatus = Literal["unreviewed", "accepted", "edited", "rejected"]
ResolutionStatus = Literal["resolved", "ambiguous", "not_found"]
Relation = Literal["at", "near", "direction", "between", "off_coast", "part_of", "countryside"]


class Precision(StrEnum):
    """How exactly a place is known, from a door to a sea."""

    EXACT = "exact"
    SITE = "site"
    STREET = "street"
    LANDMARK = "landmark"
    NEIGHBOURHOOD = "neighbourhood"
    VILLAGE = "village"
    TOWN = "town"
    CITY = "city"
    NEAR = "near"
    PART_OF = "part_of"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    COUNTRY = "country"
    SEA = "sea"
    UNKNOWN = "unknown"


RADIUS_M: Final[Mapping[Precision, int]] = {
    Precision.EXACT: 10,
    Precision.SITE: 100,
    Precision.STREET: 300,
    Precision.LANDMARK: 500,
    Precision.NEIGHBOURHOOD: 2_500,
    Precision.VILLAGE: 3_000,
    Precision.TOWN: 3_000,
    Precision.CITY: 3_000,
    Precision.NEAR: 15_000,
    Precision.PART_OF: 5_000,
    Precision.DISTRICT: 20_000,
    Precision.GOVERNORATE: 60_000,
    Precision.COUNTRY: 300_000,
    Precision.SEA: 200_000,
    Precision.UNKNOWN: 300_000,
}
"""Default radius of each precision, metres: where a better one is not known.

The settlement radii are measured: monitors' village pins lie 1.2 km (median)
and 2.7 km (80th percentile) from the later exact position.
"""

ONE_ANSWER_M: Final = 10_000
"""Near-equal candidates closer than this (metres) are one answer, covered by one circle."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text, in characters, end-exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse an empty or backward span."""
        if not 0 <= self.start < self.end:
            message = f"not a span: {self.start}..{self.end}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class SourceRun:
    """Where a stretch of an article's text lies in the file it was taken from.

    Characters ``text[start:end]`` were read from bytes
    ``byte_start..byte_end`` of the file whose hash the article carries.
    """

    start: int
    end: int
    byte_start: int
    byte_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One source text, as it was received.

    Parameters
    ----------
    id : str
        The record's own id in a ``.jsonl``, else derived from file name and hash.
    file : str
        Name below the folder that was given; a label, never opened again.
    sha256 : str
        Hash of the bytes as read (of the record's line, in a ``.jsonl``).
    text : str
        Decoded once; every offset refers to it.
    encoding : str
        The encoding used.
    published : str
        EDTF date or interval; empty when unknown. A relative date counts from
        it and from nothing else.
    origin : str
        Address of the first publication, for a republished text.
    source_map : tuple of SourceRun
        For text taken out of HTML; empty where the text is the file.
    """

    id: str
    file: str
    sha256: str
    text: str
    encoding: str = "utf-8"
    title: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    archived_url: str = ""
    published: str = ""
    origin: str = ""
    source_map: tuple[SourceRun, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One value that one article states, with the words that state it.

    Parameters
    ----------
    id : str
        Unique within the run, stable between runs.
    source : str
        `Article.id`.
    kind : ClaimKind
        What the value is about.
    value : JSONScalar
        toll: the number as a count (12 for "a dozen"); place: the name as
        written; date: EDTF; actor: the name as written, made canonical;
        response: ``denied``, ``acknowledged-strikes``, ``conceded``, ``under-review``,
        ``justified``, ``no-comment``; site: ``hospital``, ``school``, …
    op : Comparator or None
        Tolls only.
    reporters : tuple of str
        Who is said to have reported it, nearest to the event first.
    quote, start, end
        The words, and where they stand: ``text[start:end] == quote``.
    rule : str
        Name of the rule that read it.
    detail : mapping
        What else the words say, flat. toll: ``group`` (killed, injured),
        ``of`` (None, women, children, men), ``population`` (civilians,
        fighters, refugees, …), ``minimum``, ``maximum``. date: ``start``,
        ``end``, ``basis`` (absolute, published, incident, inferred-year),
        ``anchor`` (words or claim id). actor: ``stance`` (reported, suspected,
        claimed, acknowledged, denied), ``means`` (air strike, shelling, …).
    """

    id: str
    source: str
    kind: ClaimKind
    value: JSONScalar
    quote: str
    start: int
    end: int
    rule: str
    op: Comparator | None = None
    reporters: tuple[str, ...] = ()
    detail: Mapping[str, JSONScalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A number or place that was read and not mapped, and why.

    `kind` is one of ``cumulative period area subtotal strike-count
    munition-count force-size exposed age distance ratio population duration
    money boilerplate history metonym person unlocated fighters other``;
    `contains` names the incidents that a total is known to include.
    """

    source: str
    kind: str
    value: JSONScalar
    quote: str
    start: int
    end: int
    reason: str
    rule: str
    op: Comparator | None = None
    contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue:
    """When something is said to have happened.

    `edtf` is ISO 8601-2; `start` and `end` are ISO dates, both inclusive, or
    both empty when the date could not be resolved.
    """

    edtf: str
    start: str
    end: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceReference:
    """A place as an article puts it, before anyone looked it up.

    Parameters
    ----------
    name : str
        As written, without relation or container ("al-Heisha"); may be empty
        for a place that only has a relation ("a village 10 km east of Hama").
    start, end : int
        Where the whole expression stands in the text.
    relation : Relation
        ``at`` for a plain name. ``direction``: `distance_m` metres along
        `bearing` from the first of `anchors` (either may be None).
        ``between``: two anchors. ``part_of``, ``countryside``: a part of the
        first anchor (``bearing`` says which, where it is said).
    kind : str
        What the text calls it (village, town, city, district, governorate,
        neighbourhood, country, hospital, …), or empty.
    anchors : tuple of str
        Names that the relation refers to.
    near : tuple of str
        Names it is said to be near: a soft prior, not a filter.
    containers : tuple of str
        Names of the places that contain it, smallest first ("Deir Ezzor", "Syria").
    """

    name: str
    start: int
    end: int
    relation: Relation = "at"
    kind: str = ""
    distance_m: float | None = None
    bearing: float | None = None
    anchors: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one article tells of one event: the claims, tied together.

    `lead` is the sentence that states it. `place_as_written` is for people
    ("the village of al-Heisha, 25 miles north of Raqqa").
    """

    article: str
    role: Role
    lead: Span
    claims: tuple[Claim, ...]
    event_type: str = "unknown"
    place: PlaceReference | None = None
    place_as_written: str = ""
    date: DateValue | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was read in one article."""

    article: Article
    accounts: tuple[Account, ...]
    set_aside: tuple[SetAside, ...]


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
class Toll:
    """A count as a range; None is an open end, both None means not stated."""

    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One event, seen through the claims of every article that tells of it."""

    id: str
    title: str
    role: Role
    accounts: tuple[Account, ...]
    resolution: Resolution
    place_as_written: str = ""
    event_type: str = "unknown"
    actors: tuple[str, ...] = ()
    date: DateValue | None = None
    killed: Toll = Toll()
    injured: Toll = Toll()
    women_killed: Toll = Toll()
    children_killed: Toll = Toll()
    status: ReviewStatus = "unreviewed"
    flags: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, in reading order."""
        return tuple(claim for account in self.accounts for claim in account.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person decided about two accounts or one incident.

    `verdict` is ``same``, ``different`` or ``unsure`` for a pair, ``accepted``,
    ``rejected`` or ``edited`` for one; `when` is given by the person's clock
    and never read by a build.
    """

    verdict: str
    left: str
    right: str = ""
    who: str = ""
    when: str = ""
    note: str = ""


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
    """

    countries: Mapping[str, float] = field(default_factory=dict)
    nearby: tuple[tuple[float, float, float], ...] = ()
    admin1: tuple[str, ...] = ()


class ToponymFinder(Protocol):
    """Finds place names in text. Implemented by the places room."""

    def find(self, text: str) -> Sequence[Toponym]:
        """Return the names in `text`, in order, not overlapping."""
        ...


class PlaceResolver(Protocol):
    """Turns a reference into a position, or says why not. Implemented by the places room."""

    def resolve(self, reference: PlaceReference, context: PlaceContext) -> Resolution:
        """Resolve one reference; never guesses silently."""
        ...

    def context(self, toponyms: Sequence[Toponym]) -> PlaceContext:
        """Gather what the names of a whole article say about where it plays."""
        ...


class Extractor(Protocol):
    """Reads an article. Implemented by the extract room."""

    @property
    def id(self) -> str:
        """Hash of the extractor's name and settings."""
        ...

    def read(self, article: Article, toponyms: Sequence[Toponym]) -> Reading:
        """Return every account of an event in the article, and what was set aside."""
        ...


class Geocoder(Protocol):
    """A fallback outside the gazetteer. Implemented by `places.geocoders`."""

    def lookup(self, reference: PlaceReference, context: PlaceContext) -> Iterable[Candidate]:
        """Ask for a name; raises LookupFailedError, or ServiceRefusedError to stop."""
        ...
