"""Round-ups: a lede or headline that sums up what its article then tells one by one.

"Strikes killed 21 in two provinces" over paragraphs on nine, three and five dead
is no incident of its own: no act at one place in one bounded time. Whether a
telling is such a sum shows only once the rest has been read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from mapper.reading.continuity import Draft
from mapper.reading.dates.mention import DateMention
from mapper.reading.events import Act, is_violence
from mapper.reading.notes import Notes, places_of_act
from mapper.reading.page import Page
from mapper.reading.places_written import PlaceMention
from mapper.reading.tolls.numbers import quantity_at
from mapper.reading.tolls.stated import TollReading

_COUNTRY: Final = 1
_AREA: Final = 3
_TOWN: Final = 5
_LEDE: Final = 1
"""The paragraph of the lede, below a headline."""
_PARTS: Final = 2
_MOST_PARTS: Final = 24
REACH: Final = 64
"""Events after a lede among which its parts are looked for: a chronology of thousands takes no longer for each."""
_OBJECT: Final = 8
_NUMBER: Final = 3
_STRETCHES: Final = frozenset({"month", "week", "weekend"})
_LASTING: Final = frozenset({"campaign", "offensive", "onslaught", "operation", "push"})
_ALL_OVER: Final = frozenset({"across", "throughout"})
_SLACK: Final = 1.25
"""Parts may add up to this much more than their sum: later counts are higher."""


def is_sum(page: Page, draft: Draft, after: Sequence[Draft]) -> bool:
    """Say whether an event told first only sums up events told after it.

    Parameters
    ----------
    page : Page
        The article.
    draft : Draft
        An event.
    after : sequence of Draft
        The events told after it, `REACH` of them.
    """
    lead = draft.notes[0]
    if draft.role != "primary" or _names_one_act(page, lead):
        return False
    spans = draft.mention is not None and (draft.mention.last is not None or draft.mention.unit in _STRETCHES)
    for group in ("killed", "injured"):
        mine = _toll(draft, group)
        if mine is None:
            continue
        counts = [t.count.value for d in after if _is_part(d, draft) and (t := _toll(d, group)) is not None]
        parts = [value for value in counts if 0 < value < mine.count.value]
        if _adds_up(parts, mine.count.value) and not _at_one_town(lead):
            return True
        return len(parts) >= _PARTS and sum(parts) <= mine.count.value * _SLACK and (spans or _over_an_area(page, lead))
    return False


def _at_one_town(lead: Notes) -> bool:
    """Say whether all that a telling names is one town or district, below the head of its text: no sum."""
    towns = [p for p in lead.named if p.located]
    return len(towns) == 1 and towns[0].rank >= _AREA and lead.paragraph > _LEDE


def may_sum_up(page: Page, draft: Draft) -> bool:
    """Say whether an event may turn out to be the sum of several: it names no single act, and only an area.

    Parameters
    ----------
    page : Page
        The article.
    draft : Draft
        An event.
    """
    lead = draft.notes[0]
    several = any(a.plural or _in_the_mass(a) for a in lead.acts if is_violence(a))
    return several and not _names_one_act(page, lead) and _over_an_area(page, lead)


def _adds_up(parts: Sequence[int], whole: int) -> bool:
    """Say whether parts told one after another add up to a whole."""
    return any(
        sum(parts[first:last]) == whole
        for first in range(len(parts))
        for last in range(first + _PARTS, min(first + _MOST_PARTS, len(parts)) + 1)
    )


def tells_a_part(page: Page, notes: Notes, draft: Draft) -> bool:
    """Say whether a segment tells of one event among several that a draft may sum up: fewer harmed, at its own place.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    draft : Draft
        An event told before it.
    """
    lead = draft.notes[0]
    acts = [a for a in lead.acts if is_violence(a)]
    several = any(a.plural for a in acts) or (bool(lead.named) and all(_in_the_mass(a) for a in acts))
    listed = _lists_acts(page, lead)
    if _names_one_act(page, lead) or not (listed or (several and _over_an_area(page, lead))):
        return False
    known = {name.split()[0] for p in lead.named for name in p.names}
    elsewhere = any(
        p.located and p.rank > _AREA and (p.names[0].split()[0] not in known or _town_of_area(p, lead))
        for p in notes.named
    )
    here = {p.names[0] for p in notes.named if p.located}
    one_of_them = bool(here) and here < {p.names[0] for p in lead.named}
    apart = elsewhere or one_of_them or bool(notes.times) or listed
    fewer = False
    for toll in notes.news:
        if toll.of:
            continue
        whole = _toll(draft, toll.group)
        stated = toll.rule.startswith("stated") and not (notes.parts and elsewhere)
        if toll.definite or stated or (whole and toll.count.value >= whole.count.value):
            return False
        fewer = fewer or not toll.plural_only
    if not notes.news:  # "The deadliest was in Exampla, where a bomber blew himself up. Police …"
        same = any(a.determiner in {"same", "dated"} for a in notes.acts)
        return elsewhere and not same and any(is_violence(a) and a.verb and not a.weak for a in notes.acts)
    return apart and fewer


def _in_the_mass(act: Act) -> bool:
    """Say whether an act is told as one of nobody knows how many: "heavy shelling", "gunfire"."""
    return not act.verb and act.determiner == "bare"


def _town_of_area(place: PlaceMention, lead: Notes) -> bool:
    """Say whether a place is the town that a lede's area is named after: "Exampla city", of Exampla province."""
    return place.rank >= _TOWN and all(p.rank <= _AREA for p in lead.named if p.names[0] == place.names[0])


def opens_a_part(notes: Notes, mention: DateMention | None, draft: Draft) -> bool:
    """Say whether a segment turns to one of the days that a draft sums up: "attacks on 16 and 17 May killed 23".

    Parameters
    ----------
    notes : Notes
        The segment.
    mention : DateMention or None
        Its date.
    draft : Draft
        An event told before it.
    """
    lead, whole = draft.notes[0], draft.mention
    if mention is None or mention.last is not None or not mention.first.day or notes.order == lead.order:
        return False
    if whole is None or whole.last is None or "night" in whole.time_of_day or notes.paragraph == lead.paragraph:
        return False
    several = any(a.plural for a in lead.acts if is_violence(a)) and any(not t.of for t in lead.wholes)
    told = any(is_violence(a) and not a.plural for a in notes.acts)
    wholes = {t.group: t.count.value for t in lead.wholes}
    fewer = all(t.count.value < wholes.get(t.group, t.count.value + 1) for t in notes.wholes)
    return several and told and fewer


def _names_one_act(page: Page, lead: Notes) -> bool:
    acts = [a for a in lead.acts if is_violence(a) and not a.weak]
    named = [p.rank for p in lead.places if p.located]
    if named and max(named) <= _COUNTRY and any(a.plural and not a.verb for a in acts):
        return False  # "killed in Exampla in air strikes and a missile attack"
    if _areas_side_by_side(page, lead):
        return False  # "bombed southern Exampla and northern Betaland"
    if _hits_many(page, lead, acts):
        return False
    one = (a for a in acts if not a.plural and page.low[a.first] not in _LASTING)
    return any(a.verb or a.determiner != "bare" for a in one)


def _hits_many(page: Page, lead: Notes, acts: Sequence[Act]) -> bool:
    """Say whether a number of places, or two kinds of them, are told to have been hit: "hospitals and schools"."""
    for act in acts:
        sites = [*page.marked("site", act.last, lead.last), *page.marked("place_kind", act.last, lead.last)]
        for site in sites if act.verb else ():
            if not page.low[site.last - 1].endswith("s") or site.first - act.last > _OBJECT:
                continue
            if any(s.first == site.last + 1 and page.low[site.last] == "and" and s.value != site.value for s in sites):
                return True
            for at in page.counting_words(max(act.last, site.first - _NUMBER), site.first):
                count = quantity_at(page, at, lead.last)
                if count is not None and count.value >= _PARTS:
                    return True
    return False


def _lists_acts(page: Page, lead: Notes) -> bool:
    """Say whether two kinds of acts share one verb: "Air strike, shelling kill 19"."""
    acts = [a for a in lead.acts if is_violence(a) and not a.verb]
    return any(
        one.type != two.type and page.low[one.last : two.first] in ([","], ["and"]) for one, two in pairwise(acts)
    )


def _toll(draft: Draft, group: str) -> TollReading | None:
    tolls = (t for _, t in draft.tolls if t.group == group and not t.of and not t.plural_only)
    return max(tolls, key=lambda t: t.count.value, default=None)


def _is_part(other: Draft, whole: Draft) -> bool:
    """Say whether an event is told after another, and on no other day."""
    if other.role != "primary" or other.long_before or other.notes[0].first < whole.notes[0].last:
        return False
    if other.notes[0].sentence == whole.notes[0].sentence and any(p.located for p in whole.notes[0].named):
        return False  # "five in Exampla, three in Betaville and two in Gammatown"
    one, two = (when.date if when is not None else None for when in (other.when, whole.when))
    if one is None or two is None or not one.start or not two.start:
        return True
    return one.start <= two.end and two.start <= one.end


def _over_an_area(page: Page, lead: Notes) -> bool:
    """Say whether a telling names nothing smaller than a governorate, or several places side by side."""
    named = [p for p in places_of_act(page, lead) if p.names and p.located]
    places = [p for p in named if page.low[max(0, p.first - 1)] not in _ALL_OVER]
    side_by_side = any(_joined(page, one, two) for one, two in pairwise(lead.named))
    return side_by_side or _areas_side_by_side(page, lead) or all(is_area(p) for p in places)


def is_area(place: PlaceMention) -> bool:
    """Say whether a place is no smaller than a governorate, or a side of one: "southern Exampla".

    Parameters
    ----------
    place : PlaceMention
        With a name.
    """
    side = place.reference.relation == "part_of" and bool(place.reference.bearing)
    return place.rank <= _AREA or (side and place.rank < _TOWN)


def _areas_side_by_side(page: Page, lead: Notes) -> bool:
    return any(_joined(page, one, two) and is_area(one) and is_area(two) for one, two in pairwise(lead.named))


def _joined(page: Page, one: PlaceMention, two: PlaceMention) -> bool:
    return two.first - one.last <= 1 and page.low[two.first - 1] == "and"
