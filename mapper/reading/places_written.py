"""Places as written: the name, what contains it, and how it relates to others.

Names that follow one another are one expression: "the village of al-Example,
25 miles north of Hama" is a name with a distance and a bearing from another,
"Example neighbourhood, Hama" a name inside a larger one.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mapper.model import PlaceReference, Toponym
from mapper.reading.page import Page
from mapper.reading.place_forms import (
    LABEL_SIGNS,
    OFFICES,
    before_bracket,
    contains_next,
    label_sign,
    of_division,
    suffers,
)
from mapper.reading.place_names import NameAt, Repeats, names_in
from mapper.reading.place_pairs import end_of_road, from_the_widest, road_between
from mapper.reading.place_relations import distance_at, land_about, relation_before
from mapper.reading.vocabulary import word_set

_GAP: Final = 14
_RANK: Final = {
    "neighbourhood": 6,
    "village": 6,
    "town": 6,
    "camp": 6,
    "city": 5,
    "capital": 5,
    "site": 4,
    "street": 3,
    "valley": 3,
    "district": 3,
    "": 5,
    "governorate": 2,
    "region": 2,
    "sea": 1,
    "country": 1,
}
_GIVEN: Final = frozenset({"country", "region", "sea"})
_DIVISIONS: Final = word_set("divisions")
_SPEAKS_FOR: Final = word_set("speaks_for")
_LINKS: Final = word_set("between_places")
THERE: Final = "there"
_OPENS_CLAUSE: Final = frozenset(
    {
        "and",
        "as",
        "because",
        "but",
        "if",
        "or",
        "said",
        "says",
        "since",
        "so",
        "that",
        "when",
        "where",
        "while",
        "out",
        "over",
    }
)
_OPENS_SUBJECT: Final = frozenset({"after", "as", "once", "when", "where", "while"})
_BRACKETS: Final = frozenset({"(", ")"})
_FROM_TO: Final = ("\u2013", " - ", "-")
_PARTICLES: Final = frozenset({"al", "an", "ar", "as", "ash", "at", "az", "el", "es", "umm", "abu"})
_PUTS: Final = frozenset(
    {"above", "below", "beside", "beyond", "entered", "entering", "leaving", "near", "of", "on", "outside", "passing"}
)
_EXISTS: Final = frozenset(
    {
        "are",
        "be",
        "been",
        "had",
        "has",
        "have",
        "is",
        "may",
        "might",
        "remain",
        "should",
        "was",
        "were",
        "will",
        "would",
    }
)
_LEADS_THERE: Final = {
    "from": frozenset({"reported", "reports"}),
    "to": frozenset({"came", "drove", "marched", "rode", "went", "walked"}),
}
"""Words before "from" and "to" that put what is told where the way leads: "reported from X", "went to X and shot"."""
_DESCRIBES: Final = word_set("describes_a_place")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place expression in words ``first..last`` (last exclusive).

    Parameters
    ----------
    reference : PlaceReference
        What is looked up.
    rank : int
        How small the place is: 6 for a village or neighbourhood, 1 for a country.
    located : bool
        Words before it say that something happened there ("in", "struck").
    names : tuple of str
        Its own name and those that contain it, lower case.
    anaphora : str
        "town" for "the town", when no name is given; else "".
    aside : bool
        Words beside it say that nothing happened there: it is where people are from,
        were treated, went to, spoke or fired from (`place_roles`).
    """

    first: int
    last: int
    reference: PlaceReference
    rank: int
    located: bool
    names: tuple[str, ...]
    anaphora: str = ""
    aside: bool = False


def read_places(
    page: Page, sentence: int, toponyms: Sequence[Toponym], blocked: Container[int] = (), repeats: Repeats | None = None
) -> list[PlaceMention]:
    """Return the place expressions of one sentence, in order.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    toponyms : sequence of Toponym
        Names found inside it, in order.
    blocked : container of int
        Words of dates and ages, which are no names.
    repeats : Repeats, optional
        Names of the whole text.
    """
    first, end = page.bounds[sentence]
    names = [
        n for n in names_in(page, sentence, toponyms, repeats) if not any(w in blocked for w in range(n.first, n.last))
    ]
    mentions: list[PlaceMention] = []
    at = 0
    while at < len(names):
        pair = road_between(page, names[at], names[at + 1], first) if at + 1 < len(names) else None
        if pair is not None:
            both = (names[at].text, end_of_road(page, names[at + 1]))
            mentions.append(_on_road(page, both, pair, first))
            at += 2
            continue
        chain = [names[at]]
        links: list[_Link] = []
        while at + 1 < len(names) and (link := _link(page, chain[-1], names[at + 1])) is not None:
            links.append(link)
            chain.append(names[at + 1])
            at += 1
        mention = _mention(page, chain, links, first)
        if mention.rank > 1 or mention.located or len(chain) > 1:  # "Yemen" alone may be a party, not a place
            mentions.append(mention)
        at += 1
    mentions += [
        m for m in _unnamed(page, first, end) if not any(n.first < m.last and m.first < n.last for n in mentions)
    ]
    mentions.sort(key=lambda m: m.first)
    return mentions


@dataclass(frozen=True, slots=True)
class _Link:
    """How a name relates to the next: in it, near it, or so far from it."""

    relation: str
    distance_m: float | None = None
    bearing: float | None = None


def _link(page: Page, name: NameAt, following: NameAt) -> _Link | None:
    """Read the words between two names, or None if they are not one expression."""
    letter = page.low[name.outer_last] == "'" and name.outer_last + 1 < following.outer_first  # that of "Exampla'"
    gap = list(range(name.outer_last + letter, following.outer_first))
    if len(gap) > _GAP or contains_next(page, name, following, gap):
        return None if len(gap) > _GAP else _Link("has")
    bearing: float | None = None
    relation = "has" if gap and page.low[gap[0]] == "'s" else ""
    distance: float | None = None
    skip = -1
    for at in gap:
        if at < skip:
            continue
        low = page.low[at]
        mark = page.mark("bearing", at)
        if mark is not None:
            bearing = float(mark.value)
            skip = mark.last
            if not low.endswith("ern") and low != "central":
                relation = relation or "direction"
            continue
        close = page.mark("near", at)
        if close is not None:
            relation, skip = "near", close.last
            continue
        measure = distance_at(page, at, following.outer_first)
        if measure is not None:
            distance, skip = measure[0] if distance is None else distance, measure[1]
            relation = "direction"
            continue
        if (low in {"(", ")", "about", "some"} and distance is not None) or (low in _BRACKETS and at == gap[0]):
            continue  # "Exampla (12 km west of Betaville)", "Exampla (Gamma district)"
        kind = page.mark("place_kind", at) or page.mark("part_of", at)
        if kind is not None:
            skip = kind.last
            continue
        if low == "and" or not (low in _LINKS or ("-" in low[1:-1] and page.words[at].islower())):
            return None  # "of strife-torn Deltaland" describes it
    if relation == "direction" and (bearing is None or bearing < 0):
        bearing = None
        relation = "direction" if distance is not None else "in"
    return _Link(relation or "in", distance, bearing if bearing is None or bearing >= 0 else None)


def _rank(name: NameAt) -> int:
    """Return how small a place is; a division that the text does not call one may be its capital."""
    rank = _RANK.get(name.kind, 4)
    may_be_town = name.kind in {"governorate", "district"} and name.text.lower().rpartition(" ")[2] not in _DIVISIONS
    return 4 if may_be_town and not name.said else rank


def _axis(name: NameAt) -> NameAt:
    """Look a road between two places up near the first: "the Exampla-Betaville highway"; not "Al-Example street"."""
    if name.kind != "street":
        return name
    for sign in _FROM_TO:
        one, found, other = name.text.partition(sign)
        one, other = one.strip(), other.strip()
        if found and one[:1].isupper() and other[:1].isupper() and one.rpartition(" ")[2].lower() not in _PARTICLES:
            return replace(name, text=one, kind="", said=False)
    return name


def _on_road(page: Page, ends: tuple[str, str], words: tuple[int, int], sentence_first: int) -> PlaceMention:
    """Make a place between two others: on a road, or "between A and B"."""
    first, last = words
    reference = PlaceReference(
        name="",
        start=page.starts[first],
        end=page.ends[last - 1],
        relation="between",
        kind="street",
        anchors=ends,
    )
    located = page.low[first] == "between" or _located(page, first, sentence_first)
    return PlaceMention(first, last, reference, _RANK["street"], located, tuple(name.lower() for name in ends))


def _mention(page: Page, chain: list[NameAt], links: list[_Link], sentence_first: int) -> PlaceMention:
    """Make one expression of a run of linked names."""
    first, last = chain[0].outer_first, chain[-1].outer_last
    near_last = False
    if from_the_widest(page, chain):
        near_last = page.low[chain[-1].outer_first - 1] == "near"
        chain, links = [*reversed(chain)], [_Link("in")] * len(links)
    # What is named first lies in, or near, what follows; a street is looked up by what it lies in.
    as_told = chain
    chain = [_axis(n) for n in chain]
    owners = {i for i, link in enumerate(links) if link.relation == "has"}
    head = next((i for i, n in enumerate(chain) if n.kind not in {"street", "site"} and i not in owners), 0)
    name = chain[head]
    near = [
        chain[i + 1].text for i in range(head, len(links)) if links[i].relation in {"near", "direction"} and i == head
    ]
    containers = [n.text for i, n in enumerate(chain) if (i > head or i in owners) and n.text not in near]
    if page.low[last : last + 1] == [")"] and "(" in page.low[first:last]:
        last += 1
    link = links[head] if head < len(links) else None
    relation, bearing, distance = "at", None, None
    anchors: tuple[str, ...] = ()
    if link is not None and link.relation == "direction":
        relation, bearing, distance, anchors = "direction", link.bearing, link.distance_m, (chain[head + 1].text,)
    reference = PlaceReference(
        name=name.text,
        start=page.starts[first],
        end=page.ends[last - 1],
        relation="at",
        kind=name.kind if name.said or name.kind in _GIVEN else "",
        near=tuple(near),
        containers=tuple(containers),
    )
    if link is not None and link.relation == "in" and link.bearing is not None:
        reference = replace(reference, bearing=link.bearing)  # "X, in the northern Exampla Strip"
    if relation == "direction" and distance is not None:
        reference = replace(reference, relation="direction", bearing=bearing, distance_m=distance, anchors=anchors)
    first, reference = relation_before(page, chain, head, reference, first, sentence_first)
    first, last, reference = land_about(page, name, reference, first, last, alone=len(chain) == 1)
    if (near_last or chain[head] is not as_told[head]) and reference.relation == "at":
        reference = replace(reference, name="", relation="near", anchors=(name.text,))
    located = _located(page, first, sentence_first) or reference.relation in {"near", "off_coast"}
    located = located or (reference.relation == "direction" and not reference.name)  # "12 km out of Exampla"
    end = chain[-1].outer_last if len(chain) == 1 else chain[0].outer_last
    subject = first == sentence_first or page.low[first - 1] in _OPENS_SUBJECT
    located = located or (subject and suffers(page, end, min(end + _GAP + 2, len(page.low))))
    rank = _rank(name)
    if reference.relation == "near" and not reference.name:
        rank = min(rank, 4)
    if reference.relation == "off_coast":
        rank = 4
    if first > sentence_first and page.low[first - 1] in LABEL_SIGNS and of_division(page, first - 1):
        rank = min(rank, _RANK["district"])
    names = (name.text.lower(), *(n.text.lower() for n in chain if n is not name and n.text not in near))
    return PlaceMention(first, last, reference, rank, located, names)


def _located(page: Page, first: int, sentence_first: int) -> bool:
    """Say whether the words before a place put something there: "in the eastern Exampla city of", "struck"."""
    before = first - 1
    if any(
        label_sign(page, m, first) == before for m in page.marked("place_label", max(sentence_first, first - 5), first)
    ):
        return True  # "Where: Exampla"
    for at in range(before, max(sentence_first, first - 6) - 1, -1):
        low = page.low[at]
        speaks = low == "in" and at > sentence_first and page.low[before_bracket(page, at) - 1] in _SPEAKS_FOR
        speaks = speaks or (low == "of" and page.low[at - 1] in OFFICES)
        if speaks or (low == "of" and page.low[at - 1] == "direction"):
            return False  # "police in X said", "they came from the direction of X"
        if page.mark("locative", at) or page.mark("act", at) or low in _PUTS:
            return True
        if at > sentence_first and page.low[at - 1] in _LEADS_THERE.get(low, ()):
            return True
        described = low in _DESCRIBES or "-" in low[1:-1] or page.capital(at)
        if not described and page.mark("bearing", at) is None:
            return False
    return False


def _unnamed(page: Page, first: int, end: int) -> list[PlaceMention]:
    """Find "the town" and "two of the city's eastern neighbourhoods": places told before."""
    found: list[PlaceMention] = []
    for mark in page.marked("anaphora", first, end):
        if mark.last < end and page.low[mark.last] == "of":
            continue
        start, last, relation, bearing = mark.first, mark.last, "at", None
        if mark.last + 1 < end and page.low[mark.last] == "'s":
            at = mark.last + 1
            direction = page.mark("bearing", at)
            if direction is not None:
                at, bearing = direction.last, float(direction.value) if direction.value != "-1" else None
            part = page.mark("place_kind", at) if at < end else None
            if direction is None and part is None:
                continue
            relation, last = "part_of", part.last if part else at
            if start - 2 >= first and page.low[start - 1] == "of":
                start -= 2
        kind = page.low[mark.last - 1]
        reference = PlaceReference(
            name="",
            start=page.starts[start],
            end=page.ends[last - 1],
            relation=relation,  # type: ignore[arg-type]
            kind=kind,
            bearing=bearing,
        )
        located = _located(page, start, first)
        found.append(PlaceMention(start, last, reference, 5, located, (), kind))
    found += [
        PlaceMention(at, at + 1, PlaceReference(name="", start=page.starts[at], end=page.ends[at]), 5, True, (), THERE)
        for at in range(first + 1, end - 1)
        if page.low[at] == THERE and _points_back(page, at)
    ]
    return found


def _points_back(page: Page, there: int) -> bool:
    """Say whether "there" is a place told before ("a blow to a mill there killed six"), and not "there were"."""
    before, after = page.low[there - 1], page.low[there + 1]
    return before.isalpha() and before not in _OPENS_CLAUSE and after not in _EXISTS
