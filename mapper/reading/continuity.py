"""Whether a passage goes on with an event told before, or begins another.

Reasons for another event (its own day, another village, "a second strike") and
for the same one ("the attack", the same village, the same toll) are weighed.
The weights are few and are the only tuned numbers of the reader.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date as day
from typing import Final

from mapper.model import DateValue, Role
from mapper.reading.dates.mention import DateMention
from mapper.reading.dates.resolved import ResolvedDate
from mapper.reading.entries import stamp_at
from mapper.reading.events import Act, is_violence
from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Page
from mapper.reading.place_ties import is_settled, place_weight, within
from mapper.reading.places_written import PlaceMention
from mapper.reading.tolls.stated import TollReading

Dated = tuple[DateMention, ResolvedDate]
"""An expression of time, and where it lies in the calendar."""

ANOTHER: Final = 1.5
"""At or above this, a passage tells of another event."""

_OTHER_DAY: Final = 2.0
_FULL_DAY: Final = 0.5
_OPENS: Final = 1.0
_SAID: Final = 8
_SHARES: Final = frozenset({"shared", "posted", "uploaded", "published", "tweeted", "released", "broadcast"})
_WEEKS: Final = 21
"""Times further apart than so many days are of two events."""
_LATER: Final = 3.0
_ELSEWHERE: Final = 6.0
"""Told in another entry of a bulletin: neither its day nor its words make it the same event."""
_AGAIN: Final = 0.5
_SAME_DAY: Final = -2.0
_OTHER_TIME: Final = 1.5
_FRONT: Final = 3
_AT: Final = (["of"], ["on"], ["in"], ["at"], ["near"])
_STAMPED: Final = re.compile(r"(?:^|\n)\W{0,3}\d{1,2}[:.]\d\d(?:,?\s{1,3}[^\W\d_]|\s{0,2}[\u2013\u2014|:-]\s)")
_STAMP_WEIGHT: Final = 0.8
_NEW_WORD: Final = 1.5
_BESIDE: Final = 4.5
"""Told as another one, whatever it shares with the first."""
_SAME_WORD: Final = -1.5
_INDEFINITE: Final = 0.3
_OTHER_TOLL: Final = 0.5
_SAME_TOLL: Final = -1.0
_CHANCE: Final = 5
"""Fewer than this many dead are as many elsewhere by chance."""
_RISEN_TOLL: Final = -2.0
_PART_OF_TOLL: Final = -1.5
"""Some of those who were counted before: "15 of the victims"."""
_NEW_ENTRY: Final = 1.5
_LEAD_IN: Final = 4
"""Letters before the date of an entry: "On "."""
_BULLETS: Final = frozenset(" \t*•-")
_PARAGRAPH: Final = 0.3
_LEDE: Final = 1
"""The paragraph of the lede, below a headline."""
_ANOTHER_SITE: Final = frozenset({"another", "second", "third"})
_SETTLEMENT: Final = 4
_PLACES: Final = 24
_TOLLS: Final = 24


@dataclass(slots=True)
class Draft:
    """An event while its account is being put together.

    `mention` and `when` are its date, `place` the best place so far, `notes`
    the segments that tell of it (the first is the lead), `counts` the one that
    it began with, behind those that only set its scene; a `flashback` lies weeks
    before the event told last; `assumed` is the day that the lede gives to it.
    """

    notes: list[Notes]
    role: Role = "primary"
    mention: DateMention | None = None
    when: ResolvedDate | None = None
    place: PlaceMention | None = None
    places: list[PlaceMention] = field(default_factory=list)
    tolls: list[tuple[Notes, TollReading]] = field(default_factory=list)
    paragraphs: set[int] = field(default_factory=set)
    counts: Notes | None = None
    flashback: bool = False
    assumed: Dated | None = None

    @property
    def date(self) -> DateValue | None:
        """Its days in the calendar, where they are known."""
        return self.when.date if self.when is not None and self.when.resolved else None

    @property
    def long_before(self) -> bool:
        """Whether its date is counted back by months or years: "a year before", "three months earlier"."""
        counted = self.mention
        return counted is not None and counted.unit in {"month", "year"} and (counted.shift or (0, 0))[1] < 0

    def narrow(self, mention: DateMention | None, when: ResolvedDate | None) -> None:
        """Take a day inside a longer time for the event's date: "this week", then "Wednesday's raid"."""
        if self.mention is None or mention is None or day_level(self.mention) or not day_level(mention):
            return
        mine, inner = (w.date if w is not None and w.resolved else None for w in (self.when, when))
        if mine is not None and inner is not None and mine.start <= inner.start and inner.end <= mine.end:
            self.mention, self.when = mention, when


def difference(page: Page, notes: Notes, mention: DateMention | None, when: ResolvedDate | None, draft: Draft) -> float:
    """Weigh whether a segment tells of another event than `draft`.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    mention, when
        Its date, if it has one.
    draft : Draft
        The event told before.

    Returns
    -------
    float
        Positive for another event, negative for the same; `ANOTHER` decides.
    """
    if notes.beside and draft.notes[-1].sentence == notes.sentence:
        return _LATER
    score = _PARAGRAPH if notes.paragraph not in draft.paragraphs else -_PARAGRAPH
    counted = _counts(notes)
    place, toll, time = (
        place_weight(notes, draft.places[:_PLACES], counted=bool(draft.tolls)),
        _toll(notes, draft),
        _time(mention, when, draft, counted=counted),
    )
    if toll == _SAME_TOLL and place > 0 and _is_twin(page, notes, draft):
        toll = 0.0
    if place > 0 and counted and time == _SAME_DAY:
        time = 0.0  # what is counted at another place happened on the day of the rest
    other_day = time == _OTHER_DAY + _FULL_DAY
    if (place > 0 or other_day) and toll == _SAME_TOLL and _few(notes):
        toll = 0.0  # one dead here and one dead there are no sign of one event
    if other_day and counted and mention is not None and _opens(page, notes, mention):
        score += _OPENS
    return (
        score
        + time
        + _under_another_day(notes, mention, draft)
        + _turns_away(notes, mention, when, draft)
        + _stamped(page, notes, draft)
        + place
        + _words(page, notes, draft)
        + toll
        + _entry(page, notes, mention, when, draft)
        + _beside(page, notes, draft)
    )


def _is_twin(page: Page, notes: Notes, draft: Draft) -> bool:
    """Say whether as many were harmed elsewhere, told in a paragraph of its own below the lede."""
    apart = notes.paragraph not in draft.paragraphs and draft.notes[0].paragraph > _LEDE
    towns = [[p for p in told if p.located and p.rank > _SETTLEMENT] for told in (notes.named, draft.places[:_PLACES])]
    return apart and all(towns) and _words(page, notes, draft) >= 0


def _opens(page: Page, notes: Notes, mention: DateMention) -> bool:
    """Say whether a sentence begins with its day, and what happened on it: "On 23 June two died", not "… he shared"."""
    after = page.word_at(mention.end - 1) + 1
    told = page.has("report", after, min(after + _SAID, notes.last)) or not _SHARES.isdisjoint(
        page.low[after : after + _SAID]
    )
    return mention.start - page.starts[notes.first] <= _LEAD_IN and not told


def _counts(notes: Notes) -> bool:
    """Say whether a segment counts people somewhere, and does not only speak of one who died."""
    placed = any(p.located and p.rank >= _SETTLEMENT for p in notes.named)
    return any(not (t.plural_only or t.of) and (placed or t.count.value > 1) for t in notes.news)


def _few(notes: Notes) -> bool:
    return all(t.count.value < _CHANCE for t in notes.news if t.group == "killed" and not t.of)


def _entry(page: Page, notes: Notes, mention: DateMention | None, when: ResolvedDate | None, draft: Draft) -> float:
    """Weigh a day that begins a line of a chronology: "15 February 2016 - Missiles hit …"."""
    if mention is None or when is None or when.date is None or draft.when is None or draft.when.date is None:
        return 0.0
    start = line = page.starts[notes.first]
    while line and page.text[line - 1] in _BULLETS:
        line -= 1
    begins_line = not line or page.text[line - 1] == "\n"
    if not begins_line or mention.start - start > _LEAD_IN or not mention.first.day:
        return 0.0
    return _NEW_ENTRY if when.date.edtf != draft.when.date.edtf else 0.0


def _time(mention: DateMention | None, when: ResolvedDate | None, draft: Draft, *, counted: bool) -> float:  # noqa: PLR0911 - a table of decisions, read from the top
    if mention is None or when is None:
        return 0.0
    if mention.kind == "anaphoric":
        same_day = mention.shift == (0, 0) or mention.unit == "hour"
        return 0.0 if same_day else _LATER
    if draft.mention is None or draft.when is None:
        return _not_of_lede(mention, when, draft)
    if when.resolved and draft.when.resolved and when.date is not None and draft.when.date is not None:
        if (weight := _apart(mention, when.date, draft, counted=counted)) > 0:
            return weight
        if day_level(mention) and day_level(draft.mention):
            return _SAME_DAY
        return 0.5 if mention.unit != draft.mention.unit else 0.0
    if mention.text.lower() == draft.mention.text.lower():
        return _SAME_DAY
    if when.date is not None and draft.when.date is not None and when.date.edtf and draft.when.date.edtf:
        return _OTHER_DAY if when.date.edtf != draft.when.date.edtf else _SAME_DAY
    return _OTHER_TIME


def _turns_away(notes: Notes, mention: DateMention | None, when: ResolvedDate | None, draft: Draft) -> float:
    """Weigh a day that opens a paragraph, and is none of an event's: "On Friday the bombing moved on"."""
    told = draft.date
    if mention is None or when is None or when.date is None or told is None or notes.paragraph in draft.paragraphs:
        return 0.0
    apart = when.date.start > told.end or when.date.end < told.start
    if not apart or notes.wholes:
        return 0.0
    if mention.kind == "weekday":
        return _LATER
    # "On 9 May it happened again. Three shells fell on Exampla", but not "On 9 May the army admitted the strike".
    acts = any(is_violence(a) and not a.weak and a.determiner not in {"same", "dated"} for a in notes.acts)
    return _AGAIN if acts and mention.first.day and any(is_settled(p) for p in notes.named) else 0.0


def _not_of_lede(mention: DateMention, when: ResolvedDate, draft: Draft) -> float:
    """Weigh a day that is none of those which the lede gives to an event without one."""
    given = draft.assumed[1].date if draft.assumed is not None else None
    if given is None or when.date is None or not when.resolved or not day_level(mention):
        return 0.0
    return _OTHER_DAY if when.date.start > given.end or when.date.end < given.start else 0.0


def _apart(mention: DateMention, date: DateValue, draft: Draft, *, counted: bool) -> float:
    """Weigh two times in the calendar that do not meet: the more, the surer each is, and the further apart they lie."""
    other, told = draft.mention, draft.when.date if draft.when is not None else None
    if other is None or told is None or not (date.start > told.end or date.end < told.start):
        return 0.0
    ends = [day.fromisoformat(d) for d in (date.start, date.end, told.start, told.end)]
    if counted and max((ends[0] - ends[3]).days, (ends[2] - ends[1]).days) > _WEEKS:
        return _LATER
    both_days = all(bool(d.first.day) or d.weekday is not None for d in (mention, other))
    return _OTHER_DAY + _FULL_DAY * both_days


def _under_another_day(notes: Notes, mention: DateMention | None, draft: Draft) -> float:
    """Weigh the line of a chronology that both stand under, where the segment names no day itself."""
    return _LATER if mention is None and notes.under is not draft.notes[0].under else 0.0


def _beside(page: Page, notes: Notes, draft: Draft) -> float:
    """Weigh the entry of a bulletin that a segment stands in, where it is not the event's and names no place of it.

    A line of a running report that names no place at all goes on with the event told before.
    """
    if notes.entry == draft.notes[0].entry:
        return 0.0
    named = [p for p in notes.named if p.rank >= _SETTLEMENT]
    if not named and stamp_before(page, notes) is not None:
        return 0.0
    return 0.0 if any(within(p, q) for p in named for q in draft.places[:_PLACES]) else _ELSEWHERE


def _stamped(page: Page, notes: Notes, draft: Draft) -> float:
    """Weigh an hour that begins a paragraph of a running report: "16:15 A second raid …"."""
    if not notes.news:
        return 0.0
    if notes.paragraph in draft.paragraphs:
        lines = {page.sentences[n.sentence].start for n in (notes, draft.notes[0])}
        return _LATER if len(lines) > 1 and all(stamp_at(page, line) for line in lines) else 0.0
    return _STAMP_WEIGHT if stamp_before(page, notes) else 0.0


def stamp_before(page: Page, notes: Notes) -> tuple[int, int] | None:
    """Return where the hour stands that begins the line of a segment in a running report ("16:15 A second …").

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    """
    told = (notes.parts or [notes])[-1]
    first = bisect_left(page.sentences, told.paragraph, hi=told.sentence, key=lambda told: told.paragraph)
    found = stamp_at(page, page.sentences[first].start)
    head = _STAMPED.search(page.text) if found is not None else None
    running = head is not None and _STAMPED.search(page.text, head.end()) is not None  # one hour alone heads a note
    return found if running else None


def _words(page: Page, notes: Notes, draft: Draft) -> float:
    acts = [a for a in notes.acts if is_violence(a)]
    kinds = {a.determiner for a in acts if not a.verb and not _is_elsewhere(page, a, notes, draft)}
    if notes.news and page.has("beside", notes.first, min(notes.first + 3, notes.last)):
        return _BESIDE  # "In another attack, …"
    if (
        "elsewhere" in page.low[notes.first : notes.last]
        and any(t.rule != "subset" for t in notes.news)
        and notes.named
    ):
        return _BESIDE  # "a strike elsewhere in Gammaland"
    if (
        "new" in kinds
        or (notes.times and page.has("earlier_acts", notes.first, notes.last))
        or page.has("new_act", notes.first, min(notes.first + 3, notes.last))
        or page.has("earlier_one", notes.first, min(notes.first + 3, notes.last))
    ):
        return _NEW_WORD
    if "same" in kinds or page.has("same_act", notes.first, min(notes.first + 3, notes.last)):
        return _SAME_WORD
    sites = page.marked("site", notes.first, notes.last)
    if any(s.first > notes.first and page.low[s.first - 1] in _ANOTHER_SITE for s in sites) and notes.news:
        return _NEW_WORD
    return _INDEFINITE if "indefinite" in kinds else 0.0


def _is_elsewhere(page: Page, act: Act, notes: Notes, draft: Draft) -> bool:
    """Say whether the place right behind an act is none of those of an event: "the shelling of Exampla"."""
    if act.determiner != "same" or page.low[act.last : act.last + 1] not in _AT or not draft.places:
        return False
    there = [p for p in notes.named if is_settled(p) and 0 < p.first - act.last <= _FRONT]
    known = {word for q in draft.places[:_PLACES] for name in q.names for word in name.split()}
    return bool(there) and not any(word in known for p in there for name in p.names for word in name.split())


def _toll(notes: Notes, draft: Draft) -> float:
    mine = [t for t in notes.news if t.group == "killed" and not t.of and not t.plural_only]
    theirs = [t for _, t in draft.tolls[:_TOLLS] if t.group == "killed" and not t.of and not t.plural_only]
    if not mine or not theirs:
        return 0.0
    if all(t.definite for t in mine) and mine[0].count.value < max(t.count.value for t in theirs):
        return _PART_OF_TOLL
    if any(may_agree(a, b) for a in mine for b in theirs):
        return _SAME_TOLL
    return _RISEN_TOLL if any(t.rule == "stated-toll" for t in mine) else _OTHER_TOLL


def may_agree(one: TollReading, other: TollReading) -> bool:
    """Say whether two tolls can be one count: "12 dead" and "at least 12 people", not "at least 5" and "300"."""
    if one.group != other.group or "word" in {one.count.op, other.count.op}:
        return False
    return one.count.value == other.count.value
