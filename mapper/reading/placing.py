"""Where an event happened: which of the places that its article names, and what contains it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from mapper.model import PlaceReference
from mapper.reading.continuity import Draft, stamp_before
from mapper.reading.datelines import dateline
from mapper.reading.fragments import dated_head, head_place, labelled_divisions, labelled_place, scrap_place
from mapper.reading.headings import filed_here, heading_over, heading_place, in_unnamed_place, lone_name
from mapper.reading.ledes import town_of_lede
from mapper.reading.notes import Notes, heads_a_form, places_of_act
from mapper.reading.page import Page
from mapper.reading.place_lent import (
    anywhere,
    around,
    inside,
    named_before,
    named_in_scene,
    opening_place,
    quarter_of,
    under_form,
)
from mapper.reading.places_written import THERE, PlaceMention
from mapper.reading.tolls.terse import ENTRY

_BEFORE: Final = 40
_SETTLEMENT: Final = 5
_TOWN: Final = 4
_ABOUT: Final = frozenset({"near", "direction", "countryside"})
_CAPITAL: Final = "capital"
_TOWNS: Final = frozenset({"city", "town", _CAPITAL})
_CALLED: Final = frozenset({"city", "town", "village"})
_DISTRICT: Final = 3
_SMALLER: Final = frozenset({"street", "valley"})
_POINTS: Final = frozenset({THERE, "place"})
_DIVISIONS: Final = frozenset({"district", "governorate", "province"})
_NEXT: Final = 3
_CLAUSE: Final = 4
_COUNTRY: Final = 1
_AREA: Final = 2
_LISTED: Final = 6
_QUARTERS: Final = frozenset({"neighbourhood", "street"})


@dataclass(frozen=True, slots=True)
class Written:
    """A place for an account: the reference, how people read it, and where it stands."""

    reference: PlaceReference
    as_written: str
    span: tuple[int, int]


def written_place(page: Page, draft: Draft, seen: Sequence[Notes], *, lone: bool = False) -> Written | None:
    """Return the place of an event as written, with what contains it.

    A lead without a place takes the last one named before it in its paragraph
    ("three buildings", after a sentence on a city). The only event of an
    article takes the place that the article begins with.
    """
    lead = draft.notes[0]
    before = [n for n in seen[max(0, lead.order - _BEFORE) : lead.order] if n.sentence < lead.sentence]
    if (here := _filed_here(page, lead)) is not None:
        return here
    chosen = _chosen(page, draft, seen, before, lone=lone)
    if chosen is None or (chosen.rank <= _TOWN and not chosen.located):
        here = _headed(page, lead, draft, own=bool(lead.heads)) or _under_name(page, lead, draft, seen)
        chosen = chosen or max(lead.heads, key=lambda p: p.rank, default=None)
        if here is not None:
            return here
    form = heads_a_form(lead)
    if lone or form:
        chosen = chosen or labelled_place(page, seen) or scrap_place(page, lead, seen)
    chosen = chosen or (under_form(lead, seen) if form else None) or (anywhere(page, seen) if lone else None)
    if chosen is None:
        return None
    return _written(page, chosen, draft, seen, before, lone=lone)


def _chosen(
    page: Page, draft: Draft, seen: Sequence[Notes], before: Sequence[Notes], *, lone: bool
) -> PlaceMention | None:
    """Choose the place of an event among those that its sentences, or those before them, name."""
    best, lead = _best_place(page, draft), draft.notes[0]
    chosen = None if best is not None and best.aside else best
    if best is not None and (nearer := town_of_lede(page, draft, best)) is not None:
        return nearer
    record = dated_head(page, seen) if lone else None
    if record is not None and draft.mention is record[1] and (head := head_place(page, record[0])) is not None:
        within = chosen is not None and head.names[0] in {*chosen.names[1:], *around(chosen)}
        return chosen if within else head
    if lone and chosen is not None and chosen.rank <= _AREA:
        chosen = inside(chosen, lead, seen) or chosen
    if lone and (opening := opening_place(page, chosen, lead, seen)) is not None:
        return opening
    if lone and chosen is not None and _TOWN <= chosen.rank <= _SETTLEMENT:
        chosen = quarter_of(chosen, lead, seen) or chosen
    if chosen is None and lone:
        chosen = scrap_place(page, lead, seen)
    if chosen is None and in_unnamed_place(page, lead):
        return named_in_scene(draft)
    return chosen or named_in_scene(draft) or named_before(lead, before) or best


def _written(
    page: Page, chosen: PlaceMention, draft: Draft, seen: Sequence[Notes], before: Sequence[Notes], *, lone: bool
) -> Written | None:
    """Write a place out: what "the town" stands for, and what contains it."""
    lead = draft.notes[0]
    reference = chosen.reference
    quote = page.quote(reference.start, reference.end)
    if chosen.anaphora:
        antecedent = None if chosen.anaphora == _CAPITAL else _antecedent(chosen, lead, before)
        filed = dateline(page) if antecedent is None and chosen.anaphora in _TOWNS else ""
        if filed:
            return Written(
                replace(reference, name=filed, kind="city"), f"{quote} ({filed})", (reference.start, reference.end)
            )
        antecedent = antecedent or _antecedent(chosen, lead, before)
        if antecedent is None:
            named = [p for n in draft.notes for p in n.places if p.names and (n is lead or p.located)]
            if not named:
                return _headed(page, lead, draft)
            reference = named[0].reference
            return Written(reference, page.quote(reference.start, reference.end), (reference.start, reference.end))
        name = antecedent.reference.name or (antecedent.reference.anchors or ("",))[0]
        if reference.relation == "at":
            reference = replace(reference, name=name, containers=antecedent.reference.containers)
        else:
            reference = replace(reference, anchors=(name,), containers=antecedent.reference.containers)
        quote = f"{quote} ({name})"
    heading = "" if reference.kind == "governorate" else heading_over(page, lead, seen)
    reference = _contained(reference, draft, heading)
    if lone and (labelled := [d for d in labelled_divisions(page) if d not in {reference.name, *reference.containers}]):
        reference = replace(reference, containers=(*reference.containers, *labelled))
    if reference.kind in _QUARTERS and not reference.containers and (head := _headed(page, lead, draft)) is not None:
        reference = replace(reference, containers=(head.reference.name,))
    return Written(reference, quote, (reference.start, reference.end))


def _filed_here(page: Page, lead: Notes) -> Written | None:
    """Return where a story was filed from, for "in this farming town"."""
    words = filed_here(page, lead.first, lead.last)
    filed = dateline(page) if words is not None else ""
    if words is None or not filed:
        return None
    start, end = page.span(*words)
    kind = page.low[words[1] - 1]
    return Written(
        PlaceReference(name=filed, start=start, end=end, kind=kind), f"{page.quote(start, end)} ({filed})", (start, end)
    )


def _headed(page: Page, lead: Notes, draft: Draft, *, own: bool = False) -> Written | None:
    """Return the place that a note, or its sentence (only its `own`), is headed with, where none is named in it."""
    entries = [n.sentence for n, toll in draft.tolls[:_NEXT] if toll.rule == ENTRY]  # "Exampla: 3 (1 infant)"
    scene = itertools.takewhile(lambda n: n.paragraph == lead.paragraph, draft.notes)
    last = (draft.counts or lead).order
    before = [n.sentence for n in scene if n.order <= last]  # "3 May. Exampla: shells fell. Two died."
    told = [lead.sentence] if own else [lead.sentence, *before, *entries, 0]
    found = (heading_place(page, *page.bounds[at]) for at in dict.fromkeys(told))
    return next((_by_heading(page, words, draft) for words in found if words is not None), None)


def _by_heading(page: Page, words: tuple[int, int], draft: Draft) -> Written:
    start, end = page.span(*words)
    name = page.quote(start, end)
    return Written(_contained(PlaceReference(name=name, start=start, end=end), draft), name, (start, end))


def _under_name(page: Page, lead: Notes, draft: Draft, seen: Sequence[Notes]) -> Written | None:
    """Return the place that stands alone before an event of its paragraph, or of the hours listed below: "Exampla."."""
    for notes in reversed(seen[max(0, lead.order - _LISTED) : lead.order]):
        if notes.entry != lead.entry and not lead.entry:
            return None
        words = lone_name(page, *page.bounds[notes.sentence])
        if words is not None:
            return _by_heading(page, words, draft)
        if notes.named or (notes.paragraph != lead.paragraph and stamp_before(page, lead) is None):
            return None
    return None


def _best_place(page: Page, draft: Draft) -> PlaceMention | None:
    """Return the place of an event: the smallest that its lead locates, else a later one.

    Parameters
    ----------
    page : Page
        The article.
    draft : Draft
        With its segments in reading order.
    """
    if (where := _told_where(page, draft.notes[0])) is not None:
        return where
    lead = _best(places_of_act(page, draft.notes[0]))
    aside = lead if lead is not None and lead.aside else None
    lead = None if aside is not None else lead
    if lead is not None and lead.located and lead.names and lead.reference.kind in _SMALLER:
        return lead  # a road or a farm of a town is no wider than the town
    if lead is not None and (lead.rank >= 5 or lead.anaphora):
        return _said_closer(lead, draft) or _counted_inside(lead, draft) or lead
    near = lead is not None and lead.located and lead.reference.relation in _ABOUT
    for notes in draft.notes[1:6]:
        if _tells_of_part(notes, draft.notes[0]) or (near and not _tells_it(notes)):
            continue
        wide = lead is not None and lead.rank <= _COUNTRY  # what is called a town then says where, however it is told
        called = [p for p in notes.named if wide and p.reference.kind in _CALLED]
        later = _best([p for p in notes.places if p.located and p.names]) or _best(called)
        if later is not None and lead is not None and lead.names and lead.names[0] in later.names[1:]:
            return later  # "Exampla district in Gammaland", after a headline on Gammaland
        if later is None or (lead is not None and later.rank <= lead.rank):
            continue
        town = lead is None and later.rank >= _TOWN
        if (
            later.rank >= _SETTLEMENT
            or town
            or (later.reference.relation in _ABOUT and (lead is None or lead.rank < _TOWN))
        ):
            return later
    return lead or aside


def _tells_it(notes: Notes) -> bool:
    """Say whether a segment tells of the event itself, and not of plans, reactions and other acts."""
    return bool(notes.wholes) or any(a.verb or (a.determiner == "same" and not a.plural) for a in notes.acts)


def _told_where(page: Page, lead: Notes) -> PlaceMention | None:
    """Return the place that a clause with "where" puts the harm at: "recalls the raid on Exampla, where eight died"."""
    for place in lead.named if len(lead.named) > 1 else ():
        at = place.last + (page.low[min(place.last, len(page.low) - 1)] == ",")
        if at < lead.last and page.low[at] == "where" and any(0 < t.first - at <= _CLAUSE for t in lead.wholes):
            return place
    return None


def _tells_of_part(notes: Notes, lead: Notes) -> bool:
    """Say whether a segment counts fewer than the lead: "15 of the victims died in …" places a part of the event."""
    for toll in notes.wholes:
        whole = max((t.count.minimum or 0 for t in lead.wholes if t.group == toll.group), default=0)
        if toll.definite and 0 < toll.count.value < whole:
            return True
    return False


def _counted_inside(lead: PlaceMention, draft: Draft) -> PlaceMention | None:
    """Return the place inside a city where the next count puts the harm: "in Exampla", "near Old Town in Exampla"."""
    for notes in draft.notes[1:_NEXT]:
        for place in notes.places if notes.wholes and not _tells_of_part(notes, draft.notes[0]) else ():
            if place.located and place.reference.name and lead.names and lead.names[0] in place.names[1:]:
                return place
    return None


def _said_closer(lead: PlaceMention, draft: Draft) -> PlaceMention | None:
    """Return the village that "the strike" is later said to have hit, where the lead only names a city."""
    if lead.rank != _SETTLEMENT or lead.anaphora:
        return None
    for notes in draft.notes[1:4]:
        if not any(a.determiner == "same" and not a.verb for a in notes.acts):
            continue
        closer = _best([p for p in notes.places if p.located and p.names and p.rank > lead.rank])
        if closer is not None and (lead.names[0] in closer.names or lead.names[0] in around(closer)):
            return closer
    return None


def _best(places: Sequence[PlaceMention]) -> PlaceMention | None:
    if not places:
        return None
    return max(
        places,
        key=lambda p: (
            not p.aside,
            p.rank + _put_there(p) - bool(p.anaphora) * 2.5,
            -p.first,
        ),
    )


def _put_there(place: PlaceMention) -> float:
    """Weigh that something is put in a place: a district where it was goes before a town that is only named."""
    if place.located and place.reference.kind == "district":
        return 2.1
    return 1.5 * (place.located + (place.reference.relation == "between"))


def _antecedent(place: PlaceMention, lead: Notes, before: Sequence[Notes]) -> PlaceMention | None:
    if place.anaphora in _POINTS:
        near = [p for n in before if lead.paragraph - n.paragraph <= 1 for p in n.named if p.rank >= _DISTRICT]
        return next(
            (p for p in reversed([*near, *[p for p in lead.named if p.first < place.first and p.rank >= _DISTRICT]])),
            None,
        )
    if place.anaphora in _DIVISIONS:  # "the same district" is the last that was called one
        called = [p for n in before for p in n.named if p.reference.kind == place.anaphora]
        if called:
            return called[-1]
    within = [p for p in lead.named if p.first < place.first and p.rank >= 5]
    here = [p for n in before if n.paragraph == lead.paragraph for p in n.named if p.rank >= 5]
    earlier = [p for n in before for p in n.named if p.rank >= 5]
    wider = [p for n in before for p in n.named]
    candidates = within or here[-2:] or earlier[-6:] or wider[-2:]
    alike = [p for p in candidates if p.reference.kind == place.anaphora]
    found = alike or candidates
    return found[-1] if found else None


def _contained(reference: PlaceReference, draft: Draft, heading: str = "") -> PlaceReference:
    """Add the divisions and countries that the event's own sentences, or the heading above, name around the place."""
    own = {reference.name, *reference.anchors, *reference.near, *reference.containers}
    until = next(
        (i for i, n in enumerate(draft.notes) if any(p.reference.start == reference.start for p in n.places)), 0
    )
    wider = [
        p.reference.name or (p.reference.anchors or ("",))[0]
        for notes in draft.notes[: until + 1]
        for p in sorted(notes.places, key=lambda p: -p.rank)
        if p.names and p.rank <= 2
    ]
    extra = [name for name in dict.fromkeys([*wider, heading]) if name and name not in own]
    if reference.kind in _QUARTERS and not (reference.containers or reference.near):
        towns = [p for n in draft.notes[: until + 1] for p in n.named if p.rank >= _SETTLEMENT and p.located]
        town = next((p.reference.name for p in towns if p.reference.kind not in _QUARTERS and p.reference.name), "")
        extra = [town, *extra] if town and town not in own else extra
    return replace(reference, containers=(*reference.containers, *extra))
