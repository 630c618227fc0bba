"""Days of the Islamic calendar: a day either way, as the moon was seen, and never counted from the clock."""

from __future__ import annotations

from datetime import date

import pytest

from mapper.reading.dates.finding import find_dates
from mapper.reading.dates.hijri import gregorian
from mapper.reading.dates.resolved import ResolvedDate
from mapper.reading.dates.timeline import Timeline

# First days that were announced: New Year 1445, feasts of 1442 and 1444, the fast of 1436.
_ANNOUNCED = [
    ((1445, 1, 1), date(2023, 7, 19)),
    ((1442, 10, 1), date(2021, 5, 13)),
    ((1444, 12, 10), date(2023, 6, 28)),
    ((1436, 9, 1), date(2015, 6, 18)),
]


def _resolved(text: str, published: str) -> list[ResolvedDate]:
    mentions = find_dates(text)
    timeline = Timeline(published, mentions, text)
    return [timeline.resolve(m) for m in mentions]


@pytest.mark.parametrize(("day", "there"), _ANNOUNCED)
def test_an_announced_day_lies_within_a_day_of_the_tabular_one(day: tuple[int, int, int], there: date) -> None:
    days = gregorian(*day)
    assert days is not None
    assert days.first <= there <= days.last
    assert days.days == 2


@pytest.mark.parametrize(
    ("text", "published", "there"),
    [
        ("It fell on the first day of Eid al-Adha.", "2023-06-30", "2023-06-28"),
        ("It fell on the second day of Eid.", "2021-05-16", "2021-05-14"),
        ("It fell on Eid al-Fitr.", "2021-05-16", "2021-05-13"),
        ("It fell on the 15th of Ramadan.", "2015-07-10", "2015-07-02"),
        ("It fell on 15 Ramadan 1436.", "", "2015-07-02"),
    ],
)
def test_a_day_of_the_islamic_calendar_is_placed(text: str, published: str, there: str) -> None:
    (when,) = _resolved(text, published)
    assert when.date is not None
    assert when.date.start <= there <= when.date.end


@pytest.mark.parametrize("text", ["They bought Eid clothes.", "Before Eid they fled.", "Ramadan Abu Example spoke."])
def test_a_feast_that_dates_nothing_is_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_a_feast_stays_open_without_a_publication_date() -> None:
    (when,) = _resolved("It fell on the first day of Eid al-Adha.", "")
    assert not when.resolved


def test_christmas_eve_and_new_year_have_their_days() -> None:
    found = [
        w.date.start for w in _resolved("On Christmas Eve one fell, on New Year's Day another.", "2024-01-05") if w.date
    ]
    assert found == ["2023-12-24", "2024-01-01"]
