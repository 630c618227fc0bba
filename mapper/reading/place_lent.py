"""Places of an event that its own sentences do not give: from the lede, the scene, a form, or anywhere in a note."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.continuity import Draft
from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.places_written import PlaceMention

_AFTER: Final = 3
_SETTLEMENT: Final = 5
_TOWN: Final = 4
_CAPITAL: Final = "capital"
_TOWNS: Final = frozenset({"city", "town", _CAPITAL})
_BESIDE: Final = frozenset({"near", "direction"})
_DISTRICT: Final = 3
_COUNTRY: Final = 1
_AREA: Final = 2
_STORY: Final = 4
_FORM: Final = 10
_UNDER: Final = 2
_NOTE: Final = 250
"""In a text of so many words, a place is that of its only event, whatever is said of it."""
_QUARTERS: Final = frozenset({"neighbourhood", "street"})


def inside(chosen: PlaceMention, lead: Notes, seen: Sequence[Notes]) -> PlaceMention | None:
    """Return the place that a story goes on to, after a lede on a country or province: Deltaland, then Exampla.

    Parameters
    ----------
    chosen : PlaceMention
        The country or province.
    lead : Notes
        The segment that tells the event.
    seen : sequence of Notes
        All segments, in order.
    """
    after = [n for n in seen[lead.order + 1 : lead.order + _STORY] if not n.boilerplate]
    least = _SETTLEMENT if chosen.rank > _COUNTRY else _DISTRICT
    return next((p for n in after for p in n.named if p.located and p.rank >= least), None)


def opening_place(page: Page, chosen: PlaceMention | None, lead: Notes, seen: Sequence[Notes]) -> PlaceMention | None:
    """Return the settlement that an article begins with, where its only event names none, or one further down.

    Parameters
    ----------
    page : Page
        The article.
    chosen : PlaceMention or None
        What its own sentences give.
    lead : Notes
        The segment that tells the event.
    seen : sequence of Notes
        All segments, in order.
    """
    if chosen is not None and (chosen.anaphora or (chosen.rank >= _SETTLEMENT and chosen.first < lead.last)):
        head = next((n.paragraph for n in seen if not n.boilerplate), 0)
        if chosen.anaphora or lead.paragraph <= head:
            return None
    if chosen is not None and chosen.located and chosen.reference.relation in _BESIDE and chosen.first < lead.last:
        return None  # "outside Exampla" says where, whatever was said in Deltaford before
    until = seen[: lead.order + _AFTER]
    least = _DISTRICT if chosen is not None and chosen.rank <= _AREA else _SETTLEMENT
    named = (p for n in until if not n.boilerplate for p in n.named if p.located and p.rank >= least)
    # "Exampla: damage only" below the event heads another entry.
    first = next((p for p in named if p.first < lead.last or page.low[p.last : p.last + 1] != [":"]), None)
    return first if chosen is None or (first is not None and first.first < chosen.first) else None


def quarter_of(city: PlaceMention, lead: Notes, seen: Sequence[Notes]) -> PlaceMention | None:
    """Return the quarter that a story puts its event in, after a lede on a city, or on one side of it.

    Parameters
    ----------
    city : PlaceMention
        The place that its own sentences give.
    lead : Notes
        The segment that tells the event.
    seen : sequence of Notes
        All segments, in order.
    """
    side = city.reference.relation == "part_of"
    if not (side or city.reference.kind in _TOWNS):
        return None
    kinds = {*_QUARTERS, "district"} if side else _QUARTERS
    name = city.names[0] if city.names else ""
    for notes in seen[lead.order + 1 : lead.order + _STORY]:
        if notes.boilerplate or notes.wholes or notes.times:
            continue
        for place in notes.named:
            where = place.reference
            beside = around(place)
            if place.located and where.name and where.kind in kinds and (not beside or name in beside):
                within = where.containers or (city.reference.name or city.reference.anchors[0],)
                return replace(place, reference=replace(where, containers=within))
    return None


def named_in_scene(draft: Draft) -> PlaceMention | None:
    """Return the last place named in the sentences that set the scene, where none puts anything there.

    Parameters
    ----------
    draft : Draft
        The event.
    """
    scene = itertools.takewhile(lambda n: n is not draft.counts, draft.notes)
    named = [p for n in scene for p in n.named if p.rank >= _DISTRICT and not p.aside]
    return named[-1] if named else None


def under_form(lead: Notes, seen: Sequence[Notes]) -> PlaceMention | None:
    """Return the first place that the narrative under the labels of a form tells of.

    Parameters
    ----------
    lead : Notes
        The head of the form.
    seen : sequence of Notes
        All segments, in order.
    """
    under = [n for n in seen[lead.order + 1 : lead.order + _FORM] if n.paragraph == lead.paragraph + 1]
    return next((p for n in under[:_UNDER] for p in n.named if p.located and p.rank >= _TOWN), None)


def anywhere(page: Page, seen: Sequence[Notes]) -> PlaceMention | None:
    """Return the first settlement where a note puts anything at all, or whose market or street it names.

    Parameters
    ----------
    page : Page
        The article.
    seen : sequence of Notes
        All segments, in order.
    """
    if len(page.low) > _NOTE:
        return None
    named = [p for n in seen if not n.boilerplate for p in n.named if p.rank >= _TOWN and not p.aside]
    return next((p for p in named if p.located), next((p for p in named if _owns_site(page, p)), None))


def _owns_site(page: Page, place: PlaceMention) -> bool:
    """Say whether a place owns what comes next: "Exampla's market", "Exampla bazaar"."""
    at = place.last + (page.low[place.last : place.last + 1] == ["'s"])
    return at < len(page.low) and any(page.mark(tag, at) is not None for tag in ("site", "place_kind", "part_of"))


def named_before(lead: Notes, before: Sequence[Notes]) -> PlaceMention | None:
    """Return the last place named in the two sentences before, in the same paragraph.

    Parameters
    ----------
    lead : Notes
        The segment that tells the event.
    before : sequence of Notes
        Those before it, in order.
    """
    for notes in reversed(before):
        if notes.paragraph != lead.paragraph or lead.sentence - notes.sentence > 2:
            return None
        named = [p for p in notes.places if (p.names and p.rank >= _DISTRICT and not p.aside) or p.anaphora in _TOWNS]
        if named:
            return named[-1]
    return None


def around(place: PlaceMention) -> set[str]:
    """Return the names that stand around a place, in lower case.

    Parameters
    ----------
    place : PlaceMention
        A place as written.
    """
    reference = place.reference
    return {n.lower() for n in (*reference.near, *reference.anchors, *reference.containers)}
