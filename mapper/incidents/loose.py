"""What an account without a place or a date can be found by.

Where a place was not read, or only a governorate, or no day, neither cell nor
day leads to the accounts of the same event. What is left are a rare name, an
unusual number, a site that is not hit every day. Accounts that lack something
look for these near their day, and near the day of their publication where they
name none; the others are only kept where something was looked for, so that the
work grows with what is missing and not with all that was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from mapper.incidents.marks import number_of
from mapper.incidents.sketch import Sketch

LARGE_M: Final = 10_000
"""Radius of a position that says little: a governorate, a district, the surroundings of a city."""

_PROMPT: Final = 3
_FEW: Final = 5
_MOST_NAMES: Final = 6
_COMMONEST: Final = 30
_LONGEST_DAYS: Final = 4
_EVERYWHERE: Final = frozenset({"home", "building", "vehicle", "camp"})


def days_of(one: Sketch) -> range:
    """Return the days an account can be of; those before its publication where it names none and tells of the news."""
    if one.start:
        return range(one.start, one.end + 1)
    if one.published and not one.month_day and not one.background:
        return range(one.published - _PROMPT, one.published + 1)
    return range(0)


class Loose:
    """Values under which accounts that lack a place or a day look for others.

    Parameters
    ----------
    sketches : sequence of Sketch
        Of all accounts.
    """

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        self._poor = {one.id for one in sketches if not one.start or not one.radius_m or one.radius_m > LARGE_M}
        wanted = {name for one in sketches if one.id in self._poor for name in (*one.said, *one.parts)}
        self._often: Counter[int] = Counter()
        for one in sketches:
            self._often.update(wanted.intersection((*one.names, *one.parts)))
        self._wanted: set[int] = set()
        for one in sketches:
            self._wanted.update(self.sought(one))

    def sought(self, one: Sketch) -> list[int]:
        """Return what an account looks for; nothing where place and day are known."""
        days = days_of(one)
        if one.id not in self._poor or not 0 < len(days) <= _LONGEST_DAYS:
            return []
        return _numbers(self._traits(one), range(days[0] - 1, days[-1] + 2))

    def kept(self, one: Sketch) -> list[int]:
        """Return what an account can be found by: only what another looks for."""
        days = days_of(one)
        if not 0 < len(days) <= _LONGEST_DAYS:
            return []
        return [number for number in _numbers(self._traits(one), days) if number in self._wanted]

    def _traits(self, one: Sketch) -> list[str]:
        names = (*one.said, *one.parts) if one.id in self._poor else (*one.names, *one.parts)
        known = sorted({name for name in names if 1 < self._often[name] <= _COMMONEST}, key=self._rank)
        traits = [f"n{name}" for name in known[:_MOST_NAMES]]
        traits += [f"k{count}" for count in sorted(one.counts) if count > _FEW][:3]
        if (hurt := one.injured.minimum or 0) > _FEW:
            traits.append(f"i{hurt}")
        return traits + [f"s{site}" for site in sorted(one.sites - _EVERYWHERE)][:2]

    def _rank(self, name: int) -> tuple[int, int]:
        return self._often[name], name


def _numbers(traits: Sequence[str], days: Iterable[int]) -> list[int]:
    return [number_of(f"{trait}/{day}") for day in days for trait in traits]
