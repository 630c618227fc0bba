"""What a text says about a time, before anyone counted from anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

MentionKind = Literal["absolute", "partial", "weekday", "deictic", "anaphoric", "period", "time_of_day"]
NOTE: Final = "undated-note"
"""The rule of a note that names no day: its sentence stands for it."""

COUNTED_FROM_DAY: Final = "counted-from-day"
"""The rule of a day that is counted from one that is written: "two days before 3 October"."""
OF_YEAR: Final = frozenset({"last-year", "this-year"})
"""Rules of the years that a day or a month, named before them, may be of: "9 May last year"."""
EITHER: Final = "either-day"
"""The rule of one event on one of two days that follow each other."""

Unit = Literal["", "hour", "day", "weekend", "week", "month", "season", "year"]


@dataclass(frozen=True, slots=True)
class DateParts:
    """The calendar fields that are written; 0 where one is not.

    `season` is 1 (spring) to 4 (winter).
    """

    year: int = 0
    month: int = 0
    day: int = 0
    season: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """One expression of time, with all that is needed to resolve it.

    Parameters
    ----------
    start, end, text
        Where it stands, and the words: ``folded[start:end] == text``.
    kind : MentionKind
        ``absolute`` has a year and at least a month. ``partial`` lacks its year
        or month ("16 March", "the 16th") or has nothing but a month. ``weekday``
        and ``deictic`` count from the day of publication ("on Monday",
        "last week"), ``anaphoric`` from an event told before ("two days
        later"). ``period`` bounds or spans a stretch of time ("since August
        2014", "in the past week", "2015"): it says when a total was counted
        rather than when one thing happened. ``time_of_day`` has no date at all.
    rule : str
        Name of the rule that read it.
    first, last : DateParts
        What is written; `last` of a range ("3-4 February"), else None.
    weekday, last_weekday : int or None
        Monday is 0. Beside an absolute date, the weekday written with it.
    unit, shift
        For relative mentions, how many units from the anchor, at least and at
        most ("a few days later": day, 2 to 5).
    part : str
        ``early``, ``mid``, ``late``, or ``week-1`` … ``week-4`` of the month or year;
        "nth -1 6" and the like where a month counts its days (`nth`).
    bound : str
        ``since``, ``until`` or ``by`` for a period with one end.
    time_of_day : str
        ``dawn``, ``morning``, ``evening``, ``night``, …: recorded, not resolved.
    approximate : bool
        "around 16 March", "a week later".
    reporting : bool
        The words before say that this is when something was said, released
        or published, not when it happened ("a list released on 26 October").
    day_first_unsure : bool
        A numeric date whose day and month may stand either way round.
    hijri : (int, int) or None
        Month and day of the Islamic calendar; month 0 for a feast that may be either Eid.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    rule: str
    first: DateParts = DateParts()
    last: DateParts | None = None
    weekday: int | None = None
    last_weekday: int | None = None
    unit: Unit = ""
    shift: tuple[int, int] | None = None
    part: str = ""
    bound: str = ""
    time_of_day: str = ""
    approximate: bool = False
    reporting: bool = False
    day_first_unsure: bool = False
    hijri: tuple[int, int] | None = None

    @property
    def dates_event(self) -> bool:
        """Whether it can say when one event happened."""
        return self.kind not in {"period", "time_of_day"} and not self.reporting

    @property
    def relative(self) -> bool:
        """Whether it means nothing without a day to count from."""
        return self.kind in {"weekday", "deictic", "anaphoric"} or (self.kind == "period" and not self.first.year)

    @property
    def day_exact(self) -> bool:
        """Whether a single day is written in full."""
        return bool(self.first.year and self.first.month and self.first.day)
