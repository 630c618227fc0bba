"""Days in the forms of notes, forms and speech; each in words of our own."""

from __future__ import annotations

import pytest

from mapper.reading.dates.easter import orthodox, western
from mapper.reading.dates.finding import find_dates
from mapper.reading.dates.resolved import ResolvedDate
from mapper.reading.dates.timeline import Timeline


def place(text: str, published: str = "", index: int = 0) -> ResolvedDate:
    found = [m for m in find_dates(text) if m.kind != "time_of_day"]
    return Timeline(published, found, text).resolve(found[index])


def edtf(text: str, published: str = "", index: int = 0) -> str:
    result = place(text, published, index)
    return result.date.edtf if result.date is not None else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("overnight into 12 June, shells fell", "2021-06-11/2021-06-12"),
        ("Overnight Friday to Saturday, 12 June, shells fell", "2021-06-11/2021-06-12"),
        ("shells fell overnight Friday into Saturday", "2021-06-18/2021-06-19"),
        ("late on 11 June and into the early hours of 12 June shells fell", "2021-06-11/2021-06-12"),
        ("between the evening of 11 June and the morning of 12 June", "2021-06-11/2021-06-12"),
        ("on the night of 11/12 June shells fell", "2021-06-11/2021-06-12"),
        ("Fri/Sat 11/12 June: shells fell", "2021-06-11/2021-06-12"),
        ("on the 21st of last month shells fell", "2021-05-21"),
        ("on the fifth of this month shells fell", "2021-06-05"),
        ("Monday last, shells fell", "2021-06-14"),
        ("on Monday and early Tuesday last week shells fell", "2021-06-14/2021-06-15"),
        ("the day before yesterday shells fell", "2021-06-19"),
        ("The night before last, shells fell", "2021-06-19"),
        ("the Friday before last, shells fell", "2021-06-11"),
        ("a week ago today shells fell", "2021-06-14"),
        ("two weeks ago yesterday, shells fell", "2021-06-06"),
        ("two weeks ago on Tuesday, shells fell", "2021-06-08"),
        ("on the last day of February shells fell", "2021-02-28"),
        ("on Christmas morning shells fell", "2020-12-25"),
        ("12.06. Exampla: shells fell", "2021-06-12"),
        ("20210612 Exampla: shells fell", "2021-06-12"),
        ("date_start=2021-06-12; killed=2", "2021-06-12"),
        ("on 7.6.2021 shells fell", "2021-06-07"),
        ("on the last Sunday of May shells fell", "2021-05-30"),
        ("on the first Saturday in March 2020 shells fell", "2020-03-07"),
        ("on the last weekend of May shells fell", "2021-05-29/2021-05-30"),
        ("in the last week of May shells fell", "2021-05-25/2021-05-31"),
        ("in the first ten days of June shells fell", "2021-06-01/2021-06-10"),
        ("in the last 40 days of May shells fell", "2021-05"),
        ("on the weekend before last shells fell", "2021-06-12/2021-06-13"),
        ("on 7.6. shells fell", "2021-06-07"),
        ("Second of March, 2020. Shells fell", "2020-03-02"),
        ("late on 11 June or early on 12 June shells fell", "2021-06-11/2021-06-12"),
        ("in the night of Friday 11 to Saturday 12 June shells fell", "2021-06-11/2021-06-12"),
        ("on 11 or 12 June shells fell", "2021-06-11/2021-06-12"),
        ("late Friday or early Saturday shells fell", "2021-06-18/2021-06-19"),
        ("on the eve of 12 June shells fell", "2021-06-11"),
        ("three days on from the 9 June raid shells fell", "2021-06-12"),
        ("on 9 May last year shells fell", "2020-05-09"),
        ("on May 9 of this year shells fell", "2021-05-09"),
        ("in May last year shells fell", "2020-05"),
        ("on Easter Sunday 2016 shells fell", ""),
        ("on Easter Sunday 2017 shells fell", "2017-04-16"),
        ("on Orthodox Easter Sunday 2016 shells fell", "2016-05-01"),
    ],
)
def test_a_day_is_placed(text: str, expected: str) -> None:
    assert edtf(text, "2021-06-21") == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2021-04-09", "2021-04-02"), ("2021-05-07", "2021-04-30"), ("2021-08-09", ""), ("", "")],
)
def test_a_feast_that_east_and_west_keep_apart_is_the_one_just_past(published: str, expected: str) -> None:
    assert edtf("on Good Friday shells fell", published) == expected


@pytest.mark.parametrize("year", range(1901, 2099))
def test_easter_is_a_sunday_in_spring_and_never_later_in_the_west(year: int) -> None:
    assert western(year).weekday() == orthodox(year).weekday() == 6
    assert (3, 22) <= (western(year).month, western(year).day) <= (4, 25)
    assert western(year) <= orthodox(year)


@pytest.mark.parametrize("text", ["At 12.06 shells fell", "12.06 km away", "a file x20210612 of 4", "/x?id=2021-06-12"])
def test_an_hour_or_a_number_is_no_day(text: str) -> None:
    assert not [m for m in find_dates(text) if m.first.day]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said on Saturday that a shell had killed two the day before.", "2021-06-18"),
        ("A monitor said on 19 June that an air raid two days earlier had killed two.", "2021-06-17"),
    ],
)
def test_what_was_told_on_a_day_counts_from_it(text: str, expected: str) -> None:
    assert edtf(text, "2021-06-21", index=1) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The truce broke on Saturday. Two days later shells fell.", "2021-06-21"),
        ("On 12 June a bridge fell. The next day shells did.", "2021-06-13"),
        ("The mayor said on Saturday, three days on, that 12 had died.", "2021-06-16"),
        ("They were buried on 12 June, one day after the raid.", "2021-06-11"),
    ],
)
def test_what_counts_from_a_day_named_before_finds_it(text: str, expected: str) -> None:
    found = [m for m in find_dates(text) if m.kind != "time_of_day"]
    result = Timeline("2021-06-21", found, text).resolve(found[-1])
    assert result.date is not None
    assert result.date.edtf == expected


def test_a_bare_day_is_of_the_month_that_the_text_is_in() -> None:
    text = "On 4 August 2018 men came at night.\n\nThey left at 1 a.m. on the 5th."
    assert edtf(text, "2019-10-31", index=1) == "2018-08-05"
    assert edtf("We visited on 4 October 2019. On the 5th, shells fell.", "2019-10-31", index=1) == "2019-10-05"


def test_the_line_that_says_when_a_page_was_posted_beats_a_later_catalogue() -> None:
    text = "Posted: 9 June 2021 10:22\nYesterday two shells fell."
    assert edtf(text, "2021-06-21", index=1) == "2021-06-08"
    assert edtf(text, "2021-06-05", index=1) == "2021-06-04"


def test_a_statement_of_a_day_is_no_event_of_that_day() -> None:
    (told,) = find_dates("in a report of 11 June about the killing of two")
    (act,) = find_dates("amid reports of a heavy 11 June strike")
    assert (told.reporting, act.reporting) == (True, False)
    (said,) = find_dates('"Six are dead," an officer said to the press yesterday')
    assert said.reporting


def test_the_first_of_no_month_is_not_tomorrow() -> None:
    assert edtf("The worst was on the 1st, when a bus was hit.", "2021-06-30") == "2021-06-01"
    assert edtf("The worst was on 1 July, when a bus was hit.", "2021-06-30") == "2021-07-01"


def test_a_month_that_heads_a_list_is_no_part_of_its_first_day() -> None:
    assert [m.text for m in find_dates("June\n\n11 June: a bus was hit")] == ["11 June"]


@pytest.mark.parametrize(
    "text", ["On Monday last", "the day before yesterday", "the 21st of last month", "on Good Friday"]
)
def test_without_a_publication_nothing_is_counted(text: str) -> None:
    assert not place(f"{text}, shells fell.").resolved


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saturday 06-10-18, 19:40: shells fell", "2018-10-06"),
        ("Saturday 10/06/2018: shells fell", "2018-10-06"),
        ("Sunday 06/10/2018: shells fell", "2018-06-10"),
        ("26-10-18: shells fell", "2018-10-26"),
        ("Shells fell on 26-10-18.", "2018-10-26"),
    ],
)
def test_numbers_with_hyphens_are_days_and_a_weekday_tells_day_from_month(text: str, expected: str) -> None:
    assert edtf(text, "2019-01-02") == expected


@pytest.mark.parametrize("text", ["Call 06-10-18-33.", "They won 21-10-18 in the end.", "Case 26-10-18 goes on."])
def test_numbers_with_hyphens_elsewhere_are_no_day(text: str) -> None:
    assert find_dates(text) == []
