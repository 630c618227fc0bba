"""From notes to drafts: which segments tell of which event.

Reading order is kept. A segment with news either goes on with an event told
before or begins one; what is neither is context, attached to the event of its
paragraph, or set aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from mapper.reading.belonging import belongs, returns_to
from mapper.reading.continuity import ANOTHER, Draft, difference, stamp_before
from mapper.reading.dates.mention import DateMention
from mapper.reading.dates.resolved import ResolvedDate
from mapper.reading.dates.timeline import Timeline
from mapper.reading.dating import (
    date_by_clause,
    date_by_heading,
    date_by_its_aftermath,
    date_by_the_one_before,
    date_short_note,
    day_of_act,
)
from mapper.reading.days_around import date_from_context, told_before
from mapper.reading.event_times import stamp_of, stretch_of, when_of
from mapper.reading.events import is_violence
from mapper.reading.gathering import breaks_in, chance_of, gather, is_remembered
from mapper.reading.harmless import leave_out_harmless
from mapper.reading.ledes import day_of_lede, leave_out_headline, leave_out_sums
from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Page
from mapper.reading.response import read_response
from mapper.reading.retold import join_retold
from mapper.reading.revisions import is_log, supersede
from mapper.reading.roles import goes_back, mark_background
from mapper.reading.scenes import opens_on_a_day, scene_before, tells_of_act, together, turns_to
from mapper.reading.sums import opens_a_part, tells_a_part
from mapper.reading.tolls.adding import added, counted_up
from mapper.reading.tolls.makeup import all_of_them, count_the_dead, makeup_of, parts_since
from mapper.reading.tolls.others import counts_of_others
from mapper.reading.tolls.pronouns import tolls_of_pronouns
from mapper.reading.tolls.stated import TollReading
from mapper.reading.tolls.totals import Scope, scope_of

_SUMS: Final = frozenset({"area", "cumulative", "period"})
_COUNTS: Final = 2
_SETTLEMENT: Final = 4
_MANY: Final = 50
_SMALLER: Final = frozenset({"district", "neighbourhood", "street"})
_REASONS: Final = {
    (False, False): "no place and no day is given",
    (True, False): "a place, but no day and no single act",
    (False, True): "a day, but no place",
    (True, True): "a place and a day, but no single act",
}
"""Why a toll is no event, by whether its passage names a place, and a day."""
_RECENT: Final = 12
"""A passage goes on with one of the events last told."""
_OPENING: Final = 3
"""So many words open a sentence."""
_NEAR: Final = 40
"""So many places and tolls of an event are compared."""


@dataclass(slots=True)
class Drafting:
    """What has been told so far on a page."""

    page: Page
    timeline: Timeline
    drafts: list[Draft] = field(default_factory=list)
    totals: list[tuple[Notes, TollReading, Scope]] = field(default_factory=list)
    passing: list[tuple[Notes, bool]] = field(default_factory=list)
    seen: list[Notes] = field(default_factory=list)

    def take(self, notes: Notes) -> None:
        """Read the next segment."""
        news: list[TollReading] = []
        parts_of_total = False
        notes.tolls = [counted_up(self.page, toll, notes, self.seen) for toll in notes.tolls]
        notes.tolls = [all_of_them(self.page, toll, notes, self.seen) for toll in notes.tolls]
        notes.tolls += tolls_of_pronouns(self.page, notes, self.seen)
        notes.tolls += counts_of_others(self.page, notes, self.seen)
        going_on = self._sum_before(notes)
        for toll in notes.tolls:
            scope = (scope_of(self.page, notes, toll) or going_on) if not toll.of else None
            if scope is not None:
                self.totals.append((notes, toll, scope))
                parts_of_total = True
            elif toll.of and parts_of_total and not news:
                self.totals.append((notes, toll, self.totals[-1][2]))
            else:
                news.append(toll)
        notes.order, notes.news = len(self.seen), news
        leave_out_headline(notes, self.drafts, self.totals)
        unsure = not news and any(n is notes and scope.kind == "other" for n, _, scope in self.totals[-_RECENT:])
        passed = notes.boilerplate or unsure  # what may be, or is called false, is no event either
        told = False if passed else self._place_news(notes, news, parts_of_total=parts_of_total)
        self.passing.append((notes, told))
        self.seen.append(notes)

    def _sum_before(self, notes: Notes) -> Scope | None:
        """Return why the sentence before counts a sum, where this one only goes on counting, by governorate or city."""
        if not self.seen or not self.totals or self.totals[-1][0] is not self.seen[-1] or self.seen[-1].news:
            return None
        scope = self.totals[-1][2]
        own = notes.acts or notes.times or any(p.located and p.rank > _SETTLEMENT for p in notes.named)
        going_on = notes.paragraph == self.seen[-1].paragraph and bool(notes.named) and not own
        return scope if going_on and scope.kind in _SUMS and len(notes.wholes) >= _COUNTS else None

    def _with_scene(self, notes: Notes) -> Notes:
        """Put the sentences that set the scene before a toll with it, where they belong to no event yet."""
        if not any(not t.of and not t.plural_only for t in notes.news):
            return notes
        scene = scene_before(self.page, notes, self.passing)
        return together(scene, notes) if scene else notes

    def _place_news(self, notes: Notes, news: list[TollReading], *, parts_of_total: bool) -> bool:  # noqa: PLR0911 - a table of decisions, read from the top
        notes = self._with_scene(notes)
        current = self._current(notes)
        mention, when = self._day_of(notes, current)
        dated = mention is not None or notes.under is not None or stamp_before(self.page, notes) is not None
        wholes = [t for t in news if not t.of]
        counted = [t for t in wholes if not t.plural_only]
        acts = [a for a in notes.acts if is_violence(a) and not a.weak]
        single = [a for a in acts if a.verb or a.determiner != "bare" or not a.plural]
        placed = bool(notes.named or notes.heads) or any(p.anaphora for p in notes.places)
        located = any(p.located and p.rank > 1 for p in notes.places)
        if not wholes and not single:
            return self._context(notes, news, current)
        if current is None:
            strong = (
                bool(counted)
                or bool(wholes and single and (located or dated))
                or self._act_alone(notes, mention, parts_of_total=parts_of_total)
            )
            if strong and (placed or dated or self._headline(notes, counted)):
                self._begin(notes, news, mention, when, embedded=not wholes and parts_of_total)
                return True
            return self._unlocated(notes, wholes)
        candidates = [current, *[d for d in reversed(self.drafts[-_RECENT:]) if d is not current]]
        weights = [
            ANOTHER
            if tells_a_part(self.page, notes, d) or opens_a_part(notes, mention, d) or breaks_in(self.page, notes, d)
            else difference(self.page, notes, mention, when, d)
            for d in candidates
        ]
        best = min(range(len(weights)), key=weights.__getitem__)
        if weights[0] < ANOTHER:
            back = bool(best) and weights[best] < 0 and returns_to(notes, candidates[best], current)
            if not back and belongs(self.page, self.drafts, notes, current, acts, placed=placed):
                self._attach(notes, news, current)
                return True
            if best and weights[best] < 0:
                self._attach(notes, news, candidates[best])
                return True
            settled = any(
                (p.rank >= _SETTLEMENT or p.reference.kind in _SMALLER) and (p.names or (p.anaphora and p.located))
                for p in notes.places
            )
            told = counted and (settled or dated) and (single or notes.parts or (settled and dated))
            if told or self._act_alone(notes, mention, parts_of_total=parts_of_total):
                self._begin(notes, news, mention, when, embedded=False)
                return True
            return self._unlocated(notes, wholes)
        if weights[best] < 0:
            self._attach(notes, news, candidates[best])
            return True
        has_place = bool([p for p in (*notes.named, *notes.heads) if p.rank >= 2])
        has_place = has_place or any(p.anaphora for p in notes.places)
        if counted or (wholes and single):
            if (has_place or dated) and (acts or has_place or notes.parts):
                self._begin(notes, news, mention, when, embedded=False)
                return True
        elif self._act_alone(notes, mention, parts_of_total=parts_of_total) and has_place:
            self._begin(notes, news, mention, when, embedded=parts_of_total)
            return True
        earlier = counted and self.page.has("earlier_one", notes.first, notes.first + _OPENING)
        if notes.paragraph in current.paragraphs and not earlier and (news or turns_to(self.page, notes) is None):
            self._attach(notes, news, current)
            return True
        return self._unlocated(notes, wholes)

    def finish(self) -> None:
        """Give each event the date it lacks from its own paragraph; where nothing was told, take what comes nearest."""
        if not self.drafts:
            self._second_chance()
        if len(self.drafts) == 1:
            self.totals = gather(self.page, self.timeline, self.drafts[0], self.totals, tuple(_REASONS.values()))
            self.drafts[0].tolls += parts_since(self.page, self.seen, self.drafts[0].tolls)
        join_retold(self.page, self.drafts)
        leave_out_harmless(self.page, self.timeline, self.drafts, self.totals)
        leave_out_sums(self.page, self.timeline, self.drafts, self.totals)
        date_by_clause(self.page, self.timeline, self.drafts, self.seen)
        taken = {id(d.mention) for d in self.drafts if d.mention is not None}
        for draft in self.drafts:
            draft.tolls += count_the_dead(self.page, draft.notes, draft.tolls)
            if draft.mention is None or (draft.mention.kind == "anaphoric" and draft.date is None):
                date_from_context(self.page, self.timeline, self.drafts, self.seen, draft, taken)
        log = is_log(self.page)
        date_short_note(self.page, self.timeline, self.drafts, log=log)
        supersede(self.page, self.drafts, log=log)
        mark_background(self.page, self.drafts)
        date_by_heading(self.page, self.timeline, self.drafts, self.seen)
        date_by_the_one_before(self.page, self.drafts)
        date_by_its_aftermath(self.page, self.timeline, self.drafts)

    def _second_chance(self) -> None:
        """Keep the one event that is told, though its sentence has neither a place nor a day."""
        scoped = {id(t) for _, t, scope in self.totals if scope.kind not in {"unlocated", "fighters"}}
        chances = [(chance_of(self.page, notes, scoped), notes) for notes in self.seen]
        best = max((chance for chance, _ in chances), default=0)
        if not best:
            return
        notes = next(notes for chance, notes in chances if chance == best)
        self.totals = [(n, t, s) for n, t, s in self.totals if n is not notes or id(t) in scoped]
        mention, when = when_of(self.page, self.timeline, self.drafts, notes, None)
        news = [t for t in notes.tolls if id(t) not in scoped]
        self._begin(notes, news, mention, when, embedded=False)

    def _act_alone(self, notes: Notes, mention: DateMention | None, *, parts_of_total: bool) -> bool:
        """Say whether an act without a toll is one event: it has a place, and a day or an article ("a")."""
        if is_remembered(self.page, notes):
            return False
        acts = [a for a in notes.acts if is_violence(a) and not a.weak]
        named = any(p.rank >= _SETTLEMENT for p in notes.named)
        if (
            mention is not None
            and mention.unit != "year"
            and named
            and any(a.verb or a.determiner in {"indefinite", "new", "dated"} for a in acts)
        ):
            return True
        if named and mention is not None and day_of_act(self.page, notes) is not None:
            return True
        single = [a for a in acts if not a.verb and a.determiner in {"indefinite", "new"} and not a.plural]
        return bool(single) and named and bool(notes.periods) and not parts_of_total

    def _headline(self, notes: Notes, counted: Sequence[TollReading]) -> bool:
        return any(t.population != "fighters" for t in counted) and notes.paragraph == 0

    def _current(self, notes: Notes) -> Draft | None:
        """Return the event that a segment would go on with: its paragraph's, else the last primary one."""
        recent = self.drafts[-_RECENT:]
        primary = [d for d in recent if d.role == "primary"]
        if recent and self._goes_on_at_once(notes, recent[-1]):
            return recent[-1]
        same = [d for d in primary if notes.paragraph in d.paragraphs]
        ahead = [d for d in primary if not d.flashback] or primary
        found = same or ahead or recent
        return found[-1] if found else None

    def _goes_on_at_once(self, notes: Notes, last: Draft) -> bool:
        """Say whether a segment counts what the sentence before told of: "a week earlier a mill was hit. Two died."."""
        lead = last.notes[-1]
        told_whole = lead.last == self.page.bounds[lead.sentence][1] and not lead.beside
        at_once = notes.order == lead.order + 1 and notes.paragraph == lead.paragraph and told_whole
        return at_once and not last.tolls and bool(notes.wholes) and not notes.times and not notes.named

    def _day_of(self, notes: Notes, current: Draft | None) -> tuple[DateMention | None, ResolvedDate | None]:
        """Resolve the date of a segment, or of the sentence that opens its paragraph: "On Friday it went on."."""
        here = current is not None and notes.paragraph in current.paragraphs
        opens = not notes.times and not here and self.seen and opens_on_a_day(self.seen[-1], notes)
        told = self.seen[-1] if opens else notes
        return when_of(self.page, self.timeline, self.drafts, told, None if opens else current)

    def _context(self, notes: Notes, news: list[TollReading], current: Draft | None) -> bool:
        if current is None or (not news and self._sets_another_scene(notes, current)):
            return False
        news = news or makeup_of(self.page, notes, current.tolls[-_NEAR:])
        near = notes.paragraph - max(current.paragraphs) <= 1 and notes.entry == current.notes[0].entry
        told = any(t.rule == "subset" for t in news) or read_response(self.page, notes) is not None
        if (near and told) or notes.paragraph in current.paragraphs:
            self._attach(notes, news, current)
            return True
        return False

    def _sets_another_scene(self, notes: Notes, current: Draft) -> bool:
        """Say whether a segment without a toll turns to a place that the event was not told of, or also to its day."""
        known = {name for p in current.places[:_NEAR] for name in p.names}
        there = turns_to(self.page, notes)
        if there is not None and current.tolls and known.isdisjoint(there.names):
            return True
        elsewhere = any(p.located and p.rank >= _SETTLEMENT and known.isdisjoint(p.names) for p in notes.named)
        if not elsewhere or not tells_of_act(self.page, notes):
            return False
        mention, when = when_of(self.page, self.timeline, self.drafts, notes, current)
        if mention is None or when is None or not day_level(mention):
            return False
        return day_of_act(self.page, notes) is None and (
            current.when is None or when.date is None or current.when.date is None or when.date != current.when.date
        )

    def _unlocated(self, notes: Notes, wholes: Sequence[TollReading]) -> bool:
        reason = _REASONS[bool(notes.named), bool(notes.times)]
        for toll in wholes:
            if toll.plural_only:
                continue
            kind = "unlocated"
            if toll.population == "fighters":
                kind = "fighters"
            elif (toll.count.minimum or toll.count.maximum or 0) >= _MANY:
                kind = "cumulative"
            self.totals.append((notes, toll, Scope(kind, reason)))
        return False

    def _begin(
        self,
        notes: Notes,
        news: list[TollReading],
        mention: DateMention | None,
        when: ResolvedDate | None,
        *,
        embedded: bool,
    ) -> None:
        if mention is None:
            mention, when = told_before(self.page, self.timeline, self.drafts, self.seen, notes, self.passing)
        if mention is None and notes.under is not None:
            mention, when = notes.under, self.timeline.resolve(notes.under)
        if mention is None:
            mention, when = stretch_of(self.timeline, notes)
        if mention is None:
            mention, when = stamp_of(self.page, self.timeline, notes, self.seen)
        draft = Draft(notes=[], mention=mention, when=when, counts=(notes.parts or [notes])[-1])
        told = any(not t.of and not t.plural_only for t in news) or self.page.has("beside", notes.first, notes.last)
        located = any(p.located for p in notes.named)
        own = told and located
        placed = located and (told or any(a.verb and is_violence(a) for a in notes.acts))
        beside = own and self.page.has("beside", notes.first, notes.last)
        cue = self.page.has("background", notes.first, notes.last) and not beside
        totals_here = any(n.paragraph == notes.paragraph for n, _, _ in self.totals[-_RECENT:])
        beside_total = not any(not t.of for t in news) and any(
            n.sentence == notes.sentence for n, _, _ in self.totals[-_RECENT:]
        )
        if (
            embedded
            or beside_total
            or (cue and self.drafts and not (placed and mention is not None and day_level(mention)))
            or (totals_here and not own and any(d.role == "primary" for d in self.drafts))
        ):
            draft.role = "background"
        if mention is None:
            draft.assumed = day_of_lede(self.page, self.timeline, self.drafts, self.totals)
        draft.flashback = goes_back(draft, self.drafts)
        self.drafts.append(draft)
        self._attach(notes, news, draft)

    def _attach(self, notes: Notes, news: list[TollReading], draft: Draft) -> None:
        parts = notes.parts or [notes]
        for scene in parts[:-1]:
            draft.notes.append(scene)
            self.passing[scene.order] = (scene, True)
        counts = parts[-1]
        draft.notes.append(counts)
        draft.paragraphs.add(notes.paragraph)
        for toll in news:
            draft.tolls.append((counts, added(self.page, toll, counts, draft.tolls)))
        counting = any(not t.of for t in news) or day_of_act(self.page, notes) is not None
        if draft.mention is None and notes.times and (counting or draft.assumed is None):
            mention, when = when_of(self.page, self.timeline, self.drafts, notes, draft)
            if mention is not None and (day_level(mention) or any(not t.of for t in news)):
                draft.mention, draft.when = mention, when  # "in September" may count what is set aside
        elif counting or any(a.determiner == "dated" or (is_violence(a) and a.verb) for a in notes.acts):
            draft.narrow(*when_of(self.page, self.timeline, self.drafts, notes, draft))
        draft.places += notes.named
