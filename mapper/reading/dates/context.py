"""The full dates of a text, which the others lean on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from mapper.reading.dates import arithmetic as count
from mapper.reading.dates.joining import DATELINE
from mapper.reading.dates.mention import DateMention

_NEAR_CHARACTERS: Final = 3_000
_HEAD_CHARACTERS: Final = 600
_TELLS: Final = re.compile(
    r"(?![^.\n]{0,120}\b(?:killed|hit|struck|bombed|died|injured|wounded|shelled)\b)"
    r"[^.\n]{0,160}\b(?:published|released|posted|reported|announced|tweeted|wrote|said|stated|updated|shared)\b"
)
"""What follows a date on which something was told, and nobody was harmed before it was."""
_CODED: Final = re.compile(
    r"\d\d/\d\d/\d{4}:\s"
    r"(?=[^\n]{0,1500}\b(?:[Aa]ssailants?|claimed responsibility|suicide bomber|[Aa]ttackers?|[Gg]unmen)\b)"
)
_PUBLISHED: Final = re.compile(r"\s{0,8}(?:(?:first\s)?published|posted)\b", re.IGNORECASE)
_HEADINGS: Final = re.compile(
    r"\b(?:briefing|bulletin|digest|log|newsletter|report|sitrep|situation|summary|updates?)\b", re.IGNORECASE
)
_BACK: Final = 2
_MARGIN: Final = 4
_WEEKLY: Final = re.compile(r"\bweek(?:ly)?\b|\breport|\bbulletin\b|\bupdate\b", re.IGNORECASE)
_WEEK_DAYS: Final = (4, 8)
_MONTH: Final = 31
_LONGEST_HEADING: Final = 100
_STOP: Final = re.compile(r"[.!?]\s{1,3}[A-Z]|\n")
_LABEL: Final = re.compile(
    r"\s{0,8}(?:(?:first\s)?published|posted|(?:last\s)?updated|(?:publication\s)?date)(?:\s(?:on|at))?\s{0,3}:?\s{1,3}",
    re.IGNORECASE,
)


class WrittenDates:
    """The days that a text writes in full.

    Parameters
    ----------
    mentions : sequence of DateMention
        All of the text, in order.
    text : str
        Folded.
    """

    def __init__(self, mentions: Sequence[DateMention], text: str) -> None:
        self._text = text
        self._written = [
            m for m in mentions if m.day_exact and not m.bound and not m.day_first_unsure and count.fixed(m.first)
        ]
        self._starts = [m.start for m in self._written]
        self._months = [m for m in mentions if m.first.year and m.first.month and not m.first.day and not m.bound]

    def near(self, mention: DateMention, *, same_paragraph: bool = False) -> DateMention | None:
        """Find the full date that a mention leans on: the last before it, else the next in its paragraph."""
        index = bisect_right(self._starts, mention.start)
        before = [self._written[i] for i in range(max(0, index - 4), index) if self._written[i] is not mention]
        fallback = None
        for candidate in reversed(before):
            if not self._close(candidate.end, mention.start, same_paragraph=same_paragraph):
                break
            if not candidate.reporting:
                return candidate
            fallback = fallback or candidate
        for candidate in self._written[index : index + 2]:
            if not same_paragraph and self._close(mention.end, candidate.start, same_paragraph=True):
                return candidate if fallback is None else fallback
        return None if same_paragraph else fallback

    def month_before(self, mention: DateMention) -> DateMention | None:
        """Find the month that "the 8th" leans on: the last one named before it with its year."""
        before = [m for m in self._months if m.end <= mention.start <= m.end + _NEAR_CHARACTERS]
        return before[-1] if before else None

    def tells(self, mention: DateMention) -> bool:
        """Tell whether a date is that of a report: the words before it say so, or those after it."""
        return mention.reporting or _TELLS.match(self._text, mention.end) is not None

    def _close(self, start: int, end: int, *, same_paragraph: bool) -> bool:
        return end - start <= _NEAR_CHARACTERS and not (same_paragraph and "\n" in self._text[start:end])


def dateline(mentions: Sequence[DateMention], text: str) -> DateMention | None:
    """Find a line at the head of a text that dates it: "Published: 12 March 2017"."""
    for mention in mentions[:4]:
        if mention.end > _HEAD_CHARACTERS:
            break
        line_start = text.rfind("\n", 0, mention.start) + 1
        full = count.fixed(mention.first) is not None and not mention.day_first_unsure
        labelled = mention.rule == DATELINE or _LABEL.fullmatch(text, line_start, mention.start) is not None
        if full and (labelled or _heads(mention, text)):
            return mention
    return None


def published_line(mentions: Sequence[DateMention], text: str) -> DateMention | None:
    """Find the line of a page that says when it was published, or posted: "Posted: 12 March 2017".

    It says more of the page than what a catalogue does, where that is later.
    """
    line = dateline(mentions, text)
    begins = text.rfind("\n", 0, line.start) + 1 if line is not None else 0
    return line if line is not None and _PUBLISHED.match(text, begins, line.start) else None


def week_of(mentions: Sequence[DateMention], text: str) -> DateMention | None:
    """Return the week that a bulletin says it is of, at its head: "week of 24 to 30 May", "24-30 May 2031".

    Parameters
    ----------
    mentions : sequence of DateMention
        All of the text, in order.
    text : str
        Folded.
    """
    for mention in mentions[:2]:
        first, last = mention.first, mention.last
        if mention.end > _LONGEST_HEADING or last is None or not (first.day and last.day):
            continue
        length = last.day - first.day if last.month == first.month else last.day + _MONTH - first.day
        heads = _WEEKLY.search(text, 0, mention.end) or "\n" in text[mention.end : mention.end + 3]
        if heads and _WEEK_DAYS[0] <= length <= _WEEK_DAYS[1]:
            return mention
    return None


def _heads(mention: DateMention, text: str) -> bool:
    """Say whether a date stands in the heading of a report: "Situation report No. 14 | 12 March 2024"."""
    end = text.find("\n", 0, _LONGEST_HEADING)
    return mention.end <= end and _HEADINGS.search(text, 0, end) is not None


def told_on(mentions: Sequence[DateMention], index: int, text: str) -> DateMention | None:
    """Return the day that something was said on, and counts from: "said on Friday that two had died the day before".

    Parameters
    ----------
    mentions : sequence of DateMention
        All of the text, in order.
    index : int
        Which of them counts from another.
    text : str
        Folded.
    """
    here = mentions[index].start if index < len(mentions) else len(text)
    for earlier in reversed(mentions[max(0, index - _BACK) : index]):
        if _STOP.search(text, earlier.end, here):
            return None
        if earlier.reporting and (earlier.first.day or earlier.weekday is not None or earlier.unit == "day"):
            return earlier
    return None


def day_before(mentions: Sequence[DateMention], index: int, text: str) -> DateMention | None:
    """Return the day named last before, in the paragraph: "The truce broke on Sunday. Two days later …".

    Parameters
    ----------
    mentions, index, text
        As for `told_on`.

    Returns
    -------
    DateMention or None
        None for a full date, which `WrittenDates.near` finds also further up.
    """
    here = mentions[index].start if index < len(mentions) else len(text)
    for earlier in reversed(mentions[max(0, index - _BACK) : index]):
        if "\n" in text[earlier.end : here]:
            return None
        day = earlier.first.day or earlier.weekday is not None or (earlier.unit == "day" and earlier.kind == "deictic")
        if day and tells_a_day(earlier) and not earlier.reporting and earlier.kind != "anaphoric":
            return None if earlier.day_exact else earlier
    return None


def dated_lines(mentions: Sequence[DateMention], text: str) -> Iterator[DateMention]:
    """Yield the days that lines begin with: "Fri 09:00 Overnight the toll became …".

    Parameters
    ----------
    mentions : sequence of DateMention
        All of the text, in order.
    text : str
        Folded.
    """
    for mention in mentions:
        line = text.rfind("\n", max(0, mention.start - _MARGIN), mention.start) + 1
        begins = line or mention.start <= _MARGIN
        if (
            begins
            and (mention.first.day or mention.weekday is not None)
            and not text[line : mention.start].strip(" *-")
        ):
            yield mention


def only_year(mentions: Sequence[DateMention]) -> int:
    """Return the one year that a text names without a day, 0 for none or several; "since 2011" names none."""
    years = {p.year for m in mentions if not m.bound for p in (m.first, m.last) if p is not None and p.year}
    return years.pop() if len(years) == 1 and not any(m.day_exact for m in mentions) else 0


def tells_a_day(mention: DateMention) -> bool:
    """Say whether an expression may date an event: not a time of day, a stretch of time or a dateline."""
    return mention.kind not in {"time_of_day", "period"} and mention.rule != DATELINE


def day_comes_first(mentions: Sequence[DateMention], text: str) -> bool | None:
    """Learn from "25/03/2017" that the day comes first in a text; None when nothing shows it.

    A note headed "03/12/2016:" in the manner of the Global Terrorism Database writes the month first.
    """
    if _CODED.match(text):
        return False
    votes = set()
    for mention in mentions:
        if mention.rule == "numeric" and not mention.day_first_unsure and mention.first.day != mention.first.month:
            leading = int("".join(c if c.isdecimal() else " " for c in mention.text).split()[0])
            votes.add(leading == mention.first.day)
    return votes.pop() if len(votes) == 1 else None
