"""Reading what each segment of a page speaks of: its `Notes`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from mapper.model import Span, Toponym
from mapper.reading.chronology import heads_a_day
from mapper.reading.dates.joining import DATELINE
from mapper.reading.dates.mention import DateMention
from mapper.reading.entries import across_midnight
from mapper.reading.events import read_acts
from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Page
from mapper.reading.place_names import repeated, without_families
from mapper.reading.place_roles import in_its_part
from mapper.reading.places_written import PlaceMention, read_places
from mapper.reading.segments import segments
from mapper.reading.tolls.ages import is_age
from mapper.reading.tolls.casualties import read_tolls
from mapper.reading.tolls.gapped import apart_by_place, gapped
from mapper.reading.tolls.others import other_counts
from mapper.reading.tolls.stated import RISES, TollReading

_AS_OF = 6
_NIGHT = 2
_AT = frozenset({"at", "in", "near", "outside"})
_PARTS = 2


def blocked_words(page: Page, dates: Sequence[DateMention]) -> frozenset[int]:
    """Return the words whose numbers are dates or ages, not counts."""
    words = {
        w for d in dates for w in range(page.word_at(d.start), page.word_at(d.end - 1) + 1) if _has_number(page, d)
    }
    words.update(i for i in page.counting_words(0, len(page.low)) if is_age(page, i))
    return frozenset(words)


def _has_number(page: Page, date: DateMention) -> bool:
    """Keep "in the evening" and "earlier this week" readable: they hold no number."""
    del page
    return any(c.isdigit() for c in date.text) or date.kind in {"period", "anaphoric", "deictic"}


def take_notes(
    page: Page,
    toponyms: Sequence[Toponym],
    dates: Sequence[DateMention],
    blocked: AbstractSet[int],
    boilerplate: Sequence[Span],
) -> list[Notes]:
    """Note what each segment of the page speaks of, in order.

    Parameters
    ----------
    page : Page
        The article.
    toponyms, dates
        Found in the whole text, in order.
    blocked : set of int
        From `blocked_words`.
    boilerplate : sequence of Span
        Text about the outlet.
    """
    toponyms = without_families(page, toponyms)
    repeats = repeated(page, toponyms)
    topo_starts = [t.start for t in toponyms]
    date_starts = [d.start for d in dates]
    found: list[Notes] = []
    for index, sentence in enumerate(page.sentences):
        first, last = page.bounds[index]
        if first == last:
            continue
        mine = toponyms[bisect_left(topo_starts, sentence.start) : bisect_left(topo_starts, sentence.end)]
        when = dates[bisect_left(date_starts, sentence.start) : bisect_left(date_starts, sentence.end)]
        tolls, phrases = read_tolls(page, index, blocked)
        if tolls:
            tolls = sorted([*tolls, *other_counts(page, (first, last), tolls, blocked)], key=lambda t: t.first)
        places = [in_its_part(page, p, index) for p in read_places(page, index, mine, blocked, repeats)]
        if index and places and not any(p.located and p.names for p in places):
            places[0] = _heading_its_sentence(page, places[0], first)
        if places and tolls:
            tolls = apart_by_place(page, last, tolls, phrases, places)
            tolls = sorted([*tolls, *gapped(page, (first, last), tolls, places, blocked)], key=lambda t: t.first)
        notes = Notes(
            index,
            sentence.paragraph,
            first,
            last,
            tolls,
            phrases,
            read_acts(page, index),
            places,
            [d for d in when if _dates_event(page, d, sentence.start, tolls)],
            [d for d in when if _is_period(d) and not (day_level(d) and _as_of(page, d))],
            any(b.start < sentence.end and sentence.start < b.end for b in boilerplate),
        )
        found += segments(page, notes)
    return _under_days(page, found, dates)


def _heading_its_sentence(page: Page, place: PlaceMention, first: int) -> PlaceMention:
    """Let what follows a place and a colon have happened there: "Exampla: seven dead", "At Betaville: shellfire"."""
    opens = place.first == first or (place.first == first + 1 and page.low[first] in _AT)
    if not opens or not place.names or place.rank <= 1 or page.low[place.last : place.last + 1] != [":"]:
        return place
    return replace(place, located=True)


def _under_days(page: Page, found: list[Notes], dates: Sequence[DateMention]) -> list[Notes]:
    """Let each line of a chronology that is a day head what stands under it; one day alone dates the article."""
    starts = [d.start for d in dates]
    heads: dict[int, DateMention] = {}
    for notes in found:
        here = page.sentences[notes.sentence]
        when = dates[bisect_left(starts, here.start) : bisect_left(starts, here.end)]
        day = heads_a_day(page, notes.sentence, when) if when else None
        if day is not None:
            heads[notes.sentence] = day
    under = across_midnight(page, found, heads) if heads else None
    if len({(d.first.month, d.first.day) for d in heads.values()}) < _PARTS and under is None:
        return found
    for notes in found:
        if notes.sentence in heads:
            under = heads[notes.sentence]
            notes.heads_day, notes.times, notes.periods = True, [], []
        else:
            notes.under = under
    return found


def _dates_event(page: Page, mention: DateMention, sentence_start: int, tolls: Sequence[TollReading]) -> bool:
    if mention.kind == "time_of_day" or _is_period(mention) or _only_reports(mention, sentence_start):
        return False
    return not (_dates_rise(page, mention, tolls) or _as_of(page, mention))


def _as_of(page: Page, mention: DateMention) -> bool:
    """Say whether a date tells how matters stood on it: "as of 09:00 on 9 June", "By Saturday the toll was six"."""
    at = page.word_at(mention.start)
    if page.words[at] == "By" or page.low[at : at + 2] == ["as", "of"] or (at and page.words[at - 1] == "By"):
        return True
    back = range(max(0, at - _AS_OF), at)
    as_of = next((i for i in back if page.low[i : i + 2] == ["as", "of"]), at)
    if page.low[at] == "today" and any(page.low[i].isdecimal() for i in range(as_of, at)):
        return False  # "as of 16:00 today ten are dead": what is counted by the hour is of that day
    return as_of < at and "\n" not in page.text[page.starts[as_of] : mention.start]


def _dates_rise(page: Page, mention: DateMention, tolls: Sequence[TollReading]) -> bool:
    """Say whether a date tells when a toll was raised: "the death toll from the strike rose to 40 on Monday"."""
    at = page.word_at(mention.start)
    return any(
        t.rule == "stated-toll" and t.last <= at <= t.last + 1 and not RISES.isdisjoint(page.low[t.first : t.last])
        for t in tolls
    )


def _only_reports(mention: DateMention, sentence_start: int) -> bool:
    """Say whether a date tells when a story was filed, or, not at the head of its sentence, when something was said."""
    return mention.rule == DATELINE or (mention.reporting and mention.start > sentence_start)


def _is_period(mention: DateMention) -> bool:
    """Say whether a mention spans a stretch of time ("over the past few days") or bounds one ("since 2014")."""
    if mention.kind == "period" or mention.bound or mention.rule in {"stretch", "span"}:
        return True
    if mention.last_weekday is not None and mention.weekday is not None:
        return (mention.last_weekday - mention.weekday) % 7 > 1
    last = mention.last
    return (
        last is not None
        and bool(last.day)
        and (last.day - mention.first.day > _NIGHT or last.month != mention.first.month)
    )
