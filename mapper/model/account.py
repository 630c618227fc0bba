"""What an article says: claims with their spans, tied into accounts of events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mapper.model.article import Article, Span
from mapper.model.words import ClaimKind, Comparator, JSONScalar, Relation, Role


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
    money boilerplate history metonym person unlocated fighters no-act other``;
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
