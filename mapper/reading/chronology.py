"""Chronologies: days that stand on lines of their own, and date what is told under them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from mapper.reading.dates.mention import DateMention
from mapper.reading.page import Page

_MORE: Final = 3
"""So many words may stand beside a day on its line: "Day 4:", "(Friday)", "morning"."""
_MARKS: Final = frozenset("()[]:.,;-*#\u2013\u2014\u2022|/")
_PARTS_OF_DAY: Final = {"dawn": 0, "morning": 1, "noon": 2, "midday": 2, "afternoon": 3, "evening": 4, "dusk": 4}
_AT_HOUR: Final = re.compile(
    r"\W{0,3}(?:At|Around|About)\s(?:(?:about|around|approximately|roughly|some|nearly)\s)?"
    r"(\d{1,2}[:.]\d\d|\d{1,2}\s?[ap]\.?m\b)",
    re.IGNORECASE,
)
_TELLING: Final = ("act", "harm", "people", "report", "site", "toll")


def heads_a_day(page: Page, sentence: int, dates: Sequence[DateMention]) -> DateMention | None:
    """Return the day that a line of its own gives to what stands under it, or None.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    dates : sequence of DateMention
        Those inside it.
    """
    days = [d for d in dates if d.first.day and not d.bound and d.last is None]
    if len(days) != 1 or len(dates) > 1 or not stands_alone(page, sentence):
        return None
    (day,) = days
    first, last = page.bounds[sentence]
    inside = range(page.word_at(day.start), page.word_at(day.end - 1) + 1)
    beside = [at for at in range(first, last) if at not in inside and page.low[at] not in _MARKS]
    if len(beside) > _MORE or any(page.mark(tag, at) for tag in _TELLING for at in beside):
        return None
    return day


def stands_alone(page: Page, sentence: int) -> bool:
    """Say whether a sentence has its line, or lines, for itself, with text under it, and ends without a full stop.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    """
    here = page.sentences[sentence]
    begins = (
        not page.text[:1]
        or page.text[page.text.rfind("\n", 0, here.start) + 1 : here.start].strip(" \t*#-\u2022") == ""
    )
    following = page.text[here.end : here.end + 1]
    return begins and following == "\n" and page.text[here.end - 1] not in '.!?"'


def part_of_day(page: Page, first: int, end: int) -> int | None:
    """Return which part of the day the first word for one names, in order from dawn; None where there is none.

    Parameters
    ----------
    page : Page
        The article.
    first, end : int
        Words to look at; `end` is exclusive.
    """
    return next((_PARTS_OF_DAY[low] for low in page.low[first:end] if low in _PARTS_OF_DAY), None)


def hour_at(page: Page, paragraph: int) -> str:
    """Return the hour that a paragraph begins with in words: "At about 15:00, …"; "" for none.

    Parameters
    ----------
    page : Page
        The article.
    paragraph : int
        Its number.
    """
    first = bisect_left(page.sentences, paragraph, key=lambda told: told.paragraph)
    found = _AT_HOUR.match(page.text, page.sentences[first].start)
    return found[1] if found is not None else ""
