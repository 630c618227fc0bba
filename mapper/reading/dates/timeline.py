"""Placing expressions of time in the calendar, with the reason for each.

Nothing is counted from the clock. "On Monday" counts from the day of
publication and stays open without one; "two days later" counts from the event
that the caller hands over; a year that is not written is taken from the
publication or from a full date near by, and the result says so.
"""

from __future__ import annotations

import calendar
import copy
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from mapper.model import DateValue
from mapper.reading.dates import arithmetic as count
from mapper.reading.dates import easter
from mapper.reading.dates.context import (
    WrittenDates,
    dated_lines,
    dateline,
    day_before,
    day_comes_first,
    only_year,
    published_line,
    tells_a_day,
    told_on,
    week_of,
)
from mapper.reading.dates.edtf import (
    Interval,
    interval_of,
    one_day,
    parse_published,
    unresolved,
    value_of,
)
from mapper.reading.dates.feasts import resolve_feast
from mapper.reading.dates.joining import DATELINE
from mapper.reading.dates.mention import COUNTED_FROM_DAY, NOTE, OF_YEAR, DateMention, DateParts
from mapper.reading.dates.resolved import AMBIGUOUS, CONFLICT, INFERRED, Basis, ResolvedDate, left_open, placed

_NEAR_DAYS: Final = 92
_SLACK_DAYS: Final = 2
_LONGEST_ANCHOR: Final = 10
_NEWS_DAYS: Final = 31
_TOLD_LATER: Final = re.compile(r",\s{0,2}[^,.;\n]{1,30}\b(?:after|on)", re.IGNORECASE)
"""What stands between the day of telling and the end of a count from the event: "said on Tuesday, three days on"."""


class Timeline:
    """The calendar of one article.

    Parameters
    ----------
    published : str
        EDTF date or interval of publication; empty when unknown. Then only a line
        at the head of the text ("Published: 12 March 2017") stands in for it.
    mentions : sequence of DateMention
        All of the article, in order, from `find_dates`.
    text : str
        The article, folded.

    Examples
    --------
    >>> from mapper.reading.dates.finding import find_dates
    >>> text = "On Monday two shells fell. The next day three more did."
    >>> monday, next_day = find_dates(text)
    >>> timeline = Timeline("2017-08-22", [monday, next_day], text)
    >>> first = timeline.resolve(monday)
    >>> first.date.edtf, first.basis
    ('2017-08-21', 'published')
    >>> timeline.resolve(next_day, anchor=first.date).date.edtf
    '2017-08-22'
    >>> Timeline("", [monday], text).resolve(monday).flags
    ('date-unresolved',)
    """

    def __init__(self, published: str, mentions: Sequence[DateMention], text: str) -> None:
        self.published = parse_published(published)
        self._published_words = published.strip()
        if self.published is None and (line := dateline(mentions, text)) is not None:
            self.published = one_day(count.fixed(line.first) or date.min)
            self._published_words = line.text
        if self.published is not None and (line := published_line(mentions, text)) is not None:
            there = count.fixed(line.first)
            if there is not None and there < self.published.first:
                self.published, self._published_words = one_day(there), line.text
        self._week: Interval | None = None
        self._morning: int | None = None
        self._text, self._mentions, self._starts = text, mentions, [m.start for m in mentions]
        self._written = WrittenDates(mentions, text)
        self._day_first = day_comes_first(mentions, text)
        self._year = only_year(mentions)
        week = week_of(mentions, text)
        self._week = interval_of(self.resolve(week).date) if week is not None else None
        self.dateline = next((m for m in mentions if m.rule == DATELINE and m.first.day), None)
        self.names_no_day = not any(tells_a_day(m) and m.text != self._published_words for m in mentions)

    def resolve(self, mention: DateMention, *, anchor: DateValue | None = None) -> ResolvedDate:
        """Place one mention in the calendar.

        Parameters
        ----------
        mention : DateMention
            One of this article.
        anchor : DateValue, optional
            When the event told before happened: what "two days later" counts from.

        Returns
        -------
        ResolvedDate
            Never raises; what cannot be placed is flagged ``date-unresolved``.
        """
        if mention.kind == "time_of_day" or mention.rule == "era":
            return ResolvedDate(date=None)
        if mention.rule == COUNTED_FROM_DAY:
            return self._from_day(mention)
        if mention.kind == "anaphoric":
            result = self._from_incident(mention, anchor)
        elif mention.rule == easter.RULE or mention.hijri is not None:
            result = resolve_feast(mention, self.published, self._published_words)
        elif mention.weekday is not None and not mention.first.day and not mention.first.month:
            result = self._weekday(mention, anchor)
        elif mention.first.year:
            result = self._written_in_full(mention)
        elif mention.kind == "partial" or (mention.first.month and mention.shift is None):
            result = self._without_year(mention)
        else:
            result = self._from_published(mention)
        return self._checked(mention, result)

    def passes_midnight(self, start: int) -> bool:
        """Tell whether a log goes on, behind `start`, on the day of its publication: "Fri 09:00 …"."""
        if self._morning is None:
            days = ((m.start, interval_of(self.resolve(m).date)) for m in dated_lines(self._mentions, self._text))
            self._morning = next((at for at, day in days if day is not None and day == self.published), -1)
        return start < self._morning

    def on(self, day: DateValue | None) -> Timeline:
        """Return the calendar of a passage that `day` stands over: "on Monday" there counts from that day, if known."""
        days = interval_of(day)
        if day is None or days is None:
            return self
        there = copy.copy(self)
        there.published, there._published_words = days, day.text  # noqa: SLF001 - a copy of its own
        return there

    def _from_incident(self, mention: DateMention, anchor: DateValue | None) -> ResolvedDate:
        if anchor is None:
            return self._from_context(mention)
        days = interval_of(anchor)
        if days is None:
            edtf = count.shifted_unspecified(anchor.edtf, mention)
            return left_open(mention, f"counted from “{anchor.text}”, which has no year", edtf=edtf)
        if mention.unit == "day" and days.days > _LONGEST_ANCHOR:  # "the next day" counts from no month
            return left_open(mention, f"counted from “{anchor.text}”, which is no day")
        moved = count.shifted_from(days, mention)
        return placed(
            moved, mention, "incident", anchor.text or anchor.edtf, f"counted from “{anchor.text}” ({anchor.edtf})"
        )

    def _from_context(self, mention: DateMention) -> ResolvedDate:
        """Count from the last full date before, where no event was handed over, and say so."""
        index = bisect_left(self._starts, mention.start)
        told = told_on(self._mentions, index, self._text)
        days = interval_of(self.resolve(told).date) if told is not None and told.kind != "anaphoric" else None
        if told is not None and days is not None:
            reason = f"counted from “{told.text}”, when it was told"
            if _TOLD_LATER.fullmatch(self._text, told.end, mention.end) and mention.shift is not None:
                mention = replace(mention, shift=(-mention.shift[1], -mention.shift[0]))
            moved = count.shifted_from(days, mention)
            return placed(moved, mention, "incident", told.text, reason, flags=(INFERRED,))
        before = day_before(self._mentions, index, self._text)
        days = interval_of(self.resolve(before).date) if before is not None else None
        if before is not None and days is not None:
            moved = count.shifted_from(days, mention)
            reason = f"counted from “{before.text}”, the day named before"
            return placed(moved, mention, "incident", before.text, reason, flags=(INFERRED,))
        context = self._written.near(mention)
        written = count.fixed(context.first) if context else None
        if context is None or written is None or context.reporting or context.start > mention.start:
            back = mention.unit == "day" and mention.shift is not None and mention.shift[1] < 0
            if self.published is not None and back and mention.weekday is None:
                return self._from_published(mention)  # "officials said that two had died the day before"
            return left_open(mention, "no earlier event to count from")
        moved = count.shifted_from(one_day(written), mention)
        reason = f"counted from “{context.text}”, the last date before"
        return placed(moved, mention, "incident", context.text, reason, flags=(INFERRED,))

    def _from_day(self, mention: DateMention) -> ResolvedDate:
        """Count from the day that is written: "two days before 3 October"."""
        there = self.resolve(replace(mention, rule="day", shift=None, unit=""))
        days = interval_of(there.date)
        if there.date is None or days is None:
            edtf = count.shifted_unspecified(there.date.edtf, mention) if there.date else ""
            return left_open(mention, there.reason, edtf=edtf)
        moved = count.shifted_from(days, replace(mention, weekday=None))
        return placed(
            moved, mention, there.basis, there.anchor, f"{there.reason}; counted from that day", flags=there.flags
        )

    def _weekday(self, mention: DateMention, anchor: DateValue | None) -> ResolvedDate:
        if self._week is not None:
            days = count.weekday_before(one_day(self._week.last), mention)
            if days.first >= self._week.first:
                return placed(days, mention, "incident", "", "in the week that the text is headed with")
        if self.published is not None:
            days = count.weekday_before(self.published, mention)
            return self._by_publication(days, mention)
        near = interval_of(anchor)
        words = anchor.text if anchor else ""
        if near is None:
            context = self._written.near(mention, same_paragraph=True)
            near = one_day(count.fixed(context.first) or date.min) if context else None
            words = context.text if context else ""
        if near is None or near.days > _SLACK_DAYS or mention.unit == "week":
            return left_open(mention, "no publication date to count from")
        days = count.nearest_weekday(near, mention)
        reason = f"the {mention.text} nearest to “{words}”"
        return placed(days, mention, "incident", words, reason, flags=(INFERRED,))

    def _written_in_full(self, mention: DateMention) -> ResolvedDate:
        first = mention.first
        if mention.day_first_unsure:
            return self._numeric(mention)
        days = count.days_of(first, mention.last, mention.part)
        if days is None:
            return left_open(mention, "not a date of the calendar")
        if mention.bound:
            return self._bounded(mention, days, "absolute", "")
        edtf = count.season_edtf(first) if first.season and not mention.last else ""
        return placed(days, mention, "absolute", "", "written in full", edtf=edtf)

    def _numeric(self, mention: DateMention) -> ResolvedDate:
        parts = mention.first
        other = DateParts(parts.year, parts.day, parts.month)
        if self._day_first is not None:
            chosen = parts if self._day_first else other
            return self._one_reading(mention, chosen, "other dates of the text show the order of day and month")
        readings = [parts, other]
        if mention.weekday is not None:
            named = [p for p in readings if date(p.year, p.month, p.day).weekday() == mention.weekday]
            if len(named) == 1:
                return self._one_reading(mention, named[0], "in the other order of day and month it is no such weekday")
        limit = self.published.last if self.published else None
        if limit:
            readings = [
                p for p in readings if -366 <= (date(p.year, p.month, p.day) - limit).days <= _SLACK_DAYS
            ] or readings
            nearest = [p for p in readings if (limit - date(p.year, p.month, p.day)).days <= _NEWS_DAYS]
            if len(nearest) == 1 and len(readings) > 1:
                return self._one_reading(mention, nearest[0], "the other order of day and month lies months before")
        if len(readings) == 1:
            return self._one_reading(mention, readings[0], "the other order of day and month is after the publication")
        edtf = "[" + ",".join(sorted(f"{p.year:04d}-{p.month:02d}-{p.day:02d}" for p in readings)) + "]"
        either = left_open(mention, "day and month may stand either way round", edtf=edtf)
        return replace(either, flags=(*either.flags, AMBIGUOUS))

    def _one_reading(self, mention: DateMention, parts: DateParts, reason: str) -> ResolvedDate:
        days = one_day(date(parts.year, parts.month, parts.day))
        return placed(days, mention, "absolute", "", reason, flags=(INFERRED,))

    def _without_year(self, mention: DateMention) -> ResolvedDate:
        """Complete "16 March", "the 16th" or "January", or leave the year open."""
        if mention.rule in OF_YEAR and mention.shift is not None and self.published is not None:
            return self._of_year(mention, self.published.first.year + mention.shift[0])
        if mention.day_first_unsure:
            return self._either_order(mention)
        context = self._written.near(mention)
        if context is not None and (self.published is None or self._elsewhere(context, mention)):
            days = self._near(mention, context)
            if days is not None:
                return self._completed(mention, days, "inferred-year", context.text, f"year as in “{context.text}”")
        if self.published is not None:
            days = count.latest_before(mention, self.published, slack=_SLACK_DAYS)
            if days is not None:
                reason = f"the last one before the publication ({self._published_words})"
                return self._completed(mention, days, "inferred-year", self._published_words, reason)
        leans = self._written.month_before(mention) if not mention.first.month else None
        year = leans.first.year if leans is not None else self._year
        if year and self.published is None and (mention.first.month or leans is not None):
            month = leans.first.month if leans is not None else mention.first.month
            first = replace(mention.first, year=year, month=month)
            last = replace(mention.last, year=year, month=mention.last.month or month) if mention.last else None
            days = count.days_of(first, last, mention.part)
            if days is not None:
                words = leans.text if leans is not None else str(year)
                return self._completed(mention, days, "inferred-year", words, f"“{words}” is what the text names")
        return left_open(mention, "no year is written, and no date near by shows it", edtf=count.unspecified(mention))

    def _of_year(self, mention: DateMention, year: int) -> ResolvedDate:
        """Complete "9 May last year", counted from the publication."""
        days = count.days_of(replace(mention.first, year=year), None, mention.part)
        reason = f"counted from the publication ({self._published_words})"
        if days is None:
            return left_open(mention, "not a date of the calendar")
        return self._completed(mention, days, "published", self._published_words, reason)

    def _either_order(self, mention: DateMention) -> ResolvedDate:
        """Complete "8/6", which may be June or August: what lies near decides, else the day stands first."""
        first = mention.first
        turned = replace(mention, first=DateParts(0, first.day, first.month), day_first_unsure=False)
        straight = replace(mention, day_first_unsure=False)
        if self._day_first is not None:
            return self._without_year(straight if self._day_first else turned)
        results = [self._without_year(m) for m in (straight, turned)]
        near = [r for r in results if self._is_news(r)]
        if len(near) == 1:
            return near[0]
        return replace(results[0], flags=(*results[0].flags, AMBIGUOUS))

    def _is_news(self, result: ResolvedDate) -> bool:
        days = interval_of(result.date)
        return days is not None and self.published is not None and (self.published.last - days.first).days <= _NEWS_DAYS

    def _near(self, mention: DateMention, context: DateMention) -> Interval | None:
        """Complete a date by a full one: near an event's, or the last before a report's."""
        written = count.fixed(context.first)
        if written is None:
            return None
        if self._written.tells(context):
            return count.latest_before(mention, one_day(written), slack=0)
        days = count.nearest(mention, written)
        return days if days and abs((days.first - written).days) <= _NEAR_DAYS else None

    def _completed(self, mention: DateMention, days: Interval, basis: Basis, anchor: str, reason: str) -> ResolvedDate:
        if mention.bound:
            return self._bounded(mention, days, basis, anchor)
        return placed(days, mention, basis, anchor, reason, flags=(INFERRED,))

    def _elsewhere(self, context: DateMention, mention: DateMention) -> bool:
        """Tell whether a passage speaks of a year long before the publication."""
        written = count.fixed(context.first)
        if written is None or self.published is None or context.reporting or context.start > mention.start:
            return False
        same_paragraph = "\n" not in self._text[context.end : mention.start]
        if not mention.first.month:  # "on the 5th", after "4 August 2018", is of that month
            return (self.published.first - written).days > _NEWS_DAYS
        return same_paragraph and (self.published.first - written).days > 366

    def _from_published(self, mention: DateMention) -> ResolvedDate:
        if self.published is None:
            return left_open(mention, "no publication date to count from")
        days = count.relative_to(self.published, mention)
        if days is None:
            return left_open(mention, "a stretch of time without a place in the calendar")
        if mention.bound:
            return self._bounded(mention, days, "published", self._published_words)
        return self._by_publication(days, mention)

    def _by_publication(self, days: Interval, mention: DateMention) -> ResolvedDate:
        reason = f"counted from the publication ({self._published_words})"
        if mention.rule == NOTE:
            reason = f"a note without a date tells of its own day, or the one before ({self._published_words})"
            return placed(days, mention, "published", self._published_words, reason, flags=(INFERRED,))
        edtf = ""
        if mention.first.season and mention.shift is not None:
            edtf = f"{days.first.year:04d}-{20 + mention.first.season}"
        return placed(days, mention, "published", self._published_words, reason, edtf=edtf)

    def _bounded(self, mention: DateMention, days: Interval, basis: Basis, anchor: str) -> ResolvedDate:
        """Write "since August 2014" as an open interval, closed by the publication where there is one."""
        if mention.bound == "since":
            edtf = f"{count.edge(days, days.first)}/.."
            last = self.published.last if self.published and self.published.last >= days.first else None
            if last is None:
                return ResolvedDate(
                    date=unresolved(mention.text, edtf), basis=basis, anchor=anchor, reason="a start without an end"
                )
            value = value_of(Interval(days.first, last), mention.text, edtf=edtf)
            return ResolvedDate(date=value, basis=basis, anchor=anchor, reason="from then to the publication")
        return ResolvedDate(
            date=unresolved(mention.text, f"../{count.edge(days, days.last)}"),
            basis=basis,
            anchor=anchor,
            reason="an end without a start",
        )

    def _checked(self, mention: DateMention, result: ResolvedDate) -> ResolvedDate:
        """Flag a date that its weekday, or the publication, contradicts."""
        days = interval_of(result.date)
        if days is None or mention.bound:
            return result
        wrong_weekday = (
            mention.weekday not in {None, days.first.weekday(), days.last.weekday()} and mention.first.day > 0
        )
        later = self.published is not None and (days.first - self.published.last).days > _SLACK_DAYS
        if wrong_weekday:
            name = calendar.day_name[days.first.weekday()]
            why = "the weekday is another" if INFERRED in result.flags else f"{days.first.isoformat()} was a {name}"
            return replace(result, flags=(*result.flags, CONFLICT), reason=f"{result.reason}; {why}")
        if later and mention.dates_event:
            return replace(result, flags=(*result.flags, CONFLICT), reason=f"{result.reason}; after the publication")
        return result
