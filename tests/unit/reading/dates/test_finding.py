from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.reading.dates.finding import DateMention, DateParts, find_dates
from mapper.text import fold_characters


def only(text: str) -> DateMention:
    found = find_dates(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("written", "year", "month", "day"),
    [
        ("16 March 2017", 2017, 3, 16),
        ("March 16, 2017", 2017, 3, 16),
        ("March 16th 2017", 2017, 3, 16),
        ("16th of March, 2017", 2017, 3, 16),
        ("the 16th of March 2017", 2017, 3, 16),
        ("16-Mar-2017", 2017, 3, 16),
        ("Mar. 16, 2017", 2017, 3, 16),
        ("MARCH 16, 2017", 2017, 3, 16),
        ("2017-03-16", 2017, 3, 16),
        ("2017/3/16", 2017, 3, 16),
        ("16/03/2017", 2017, 3, 16),
        ("16.3.2017", 2017, 3, 16),
        ("3/16/17", 2017, 3, 16),
        ("08 October 2021", 2021, 10, 8),
        ("Sept. 3", 0, 9, 3),
        ("3 Feb", 0, 2, 3),
        ("June 7th", 0, 6, 7),
        ("12 may 2020", 2020, 5, 12),
    ],
)
def test_a_day_is_read_in_all_common_forms(written: str, year: int, month: int, day: int) -> None:
    found = only(f"Shells hit the mill on {written}, people said.")
    assert found.first == DateParts(year, month, day)
    assert found.kind == ("absolute" if year else "partial")
    assert found.last is None
    assert not found.day_first_unsure


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 16-18 March", (0, 3, 16), (0, 3, 18)),
        ("on March 16\u201318, 2017", (2017, 3, 16), (2017, 3, 18)),
        ("between March 3 and 5, two", (0, 3, 3), (0, 3, 5)),
        ("between 3 and 9 March", (0, 3, 3), (0, 3, 9)),
        ("3-4 Feb", (0, 2, 3), (0, 2, 4)),
        ("on the night of 3 to 4 February", (0, 2, 3), (0, 2, 4)),
        ("from 28 February to 2 March 2016", (2016, 2, 28), (2016, 3, 2)),
        ("December 30 to January 2, 2016", (2015, 12, 30), (2016, 1, 2)),
        ("on 7 and 8 October 2020", (2020, 10, 7), (2020, 10, 8)),
        ("either on 10 October or on 11 October", (0, 10, 10), (0, 10, 11)),
    ],
)
def test_ranges_have_two_ends(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    found = only(text)
    assert found.first == DateParts(*first)
    assert found.last == DateParts(*last)


def test_a_number_of_people_is_not_the_end_of_a_range() -> None:
    found = only("On March 5 and 12 people were hurt")
    assert found.first == DateParts(0, 3, 5)
    assert found.last is None


@pytest.mark.parametrize(
    "text",
    [
        "At least 5 may have died and others may march.",
        "He sat in the sun while an august body, the second in line, wed reason to force.",
        "A woman of 45, aged 16-18, at 12:30, 3.5 km away; 1,016 shells; 10.5 million; 3/4 of them.",
        "Jan Egeland and April Jones met Theresa May.",
        "They crossed the 6 October Bridge to the 17 July Street and the Friday Market.",
        "The Sunday Times and the Mail on Sunday wrote it; the 5th Division and the 16th Brigade moved.",
        "On 30 February 2017 nothing happened.",
        "Every Friday they met; each Sunday they prayed.",
        "2017 people lived there, and 2016 shells fell.",
        "IMG_20170316 and v2.3.2017a",
        "See https://news.example/2017/12/15/raid or raid-2017-12-15.pdf or /a/2017/12/15/b.",
        "The March 8 Alliance met.",
    ],
)
def test_ordinary_words_numbers_and_names_are_not_dates(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "rule"),
    [
        ("on Wednesday two fell", "weekday", "weekday"),
        ("Monday's strikes", "weekday", "weekday"),
        ("last Friday", "weekday", "last-weekday"),
        ("from Sunday to Tuesday", "weekday", "weekday-range"),
        ("Tuesday last week", "weekday", "weekday-of-week"),
        ("earlier this week", "deictic", "earlier-this-week"),
        ("Last month, a raid", "deictic", "last-month"),
        ("last November", "deictic", "last-month-name"),
        ("last summer", "deictic", "last-season"),
        ("this morning", "deictic", "part-of-day"),
        ("yesterday", "deictic", "yesterday"),
        ("overnight", "deictic", "overnight"),
        ("over the past few days", "deictic", "stretch"),
        ("two weeks ago", "deictic", "counted-ago"),
        ("over the weekend", "deictic", "weekend"),
        ("in January", "partial", "month"),
        ("on the 16th, two", "partial", "day"),
        ("The following day", "anaphoric", "following-day"),
        ("two days earlier", "anaphoric", "counted-shift"),
        ("a day after", "anaphoric", "counted-shift"),
        ("the previous night", "anaphoric", "previous-day"),
        ("the same day", "anaphoric", "same-day"),
        ("later that day", "anaphoric", "that-day"),
        ("days later", "anaphoric", "counted-shift"),
        ("the night before", "anaphoric", "the-day-after"),
        ("since August 2014", "period", "month-year"),
        ("by last spring", "period", "last-season"),
        ("until 3 March", "period", "day-month"),
        ("in the past week", "period", "stretch"),
        ("in recent months", "period", "stretch"),
        ("in the first week of March", "period", "month"),
        ("in a 36 hour span from Friday to Sunday", "period", "weekday-range"),
        ("in 2015", "period", "year"),
        ("in the week of 3 March 2017", "period", "day-month"),
        ("By Monday evening it", "period", "weekday"),
        ("in the 24 hours to Friday", "period", "weekday"),
        ("the following Friday", "anaphoric", "following-weekday"),
        ("between 2011-2016", "period", "year"),
        ("the 1990s", "period", "era"),
        ("the 19th century", "period", "era"),
        ("at dawn", "time_of_day", "time-of-day"),
        ("in the early hours", "time_of_day", "time-of-day"),
    ],
)
def test_each_kind_of_expression_is_told_apart(text: str, kind: str, rule: str) -> None:
    found = only(text)
    assert (found.kind, found.rule) == (kind, rule)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some days later, on 9 April, a raid", "Some days later, on 9 April"),
        ("At dawn on Tuesday, October 3rd, a raid", "At dawn on Tuesday, October 3rd"),
        ("on the evening of 7 October 2021 it", "on the evening of 7 October 2021"),
        ("in the early hours of Wednesday it", "in the early hours of Wednesday"),
        ("Tuesday night, two fell", "Tuesday night"),
        ("yesterday (3 May) they", "yesterday (3 May"),
    ],
)
def test_neighbours_are_one_expression(text: str, expected: str) -> None:
    assert only(text).text == expected


def test_the_time_of_day_is_kept_with_its_day() -> None:
    assert only("a raid at dawn on 4 March").time_of_day == "dawn"
    assert only("a raid on Tuesday night").time_of_day == "night"


@pytest.mark.parametrize(
    "text",
    [
        "a list of names released on 26 October",
        "the ministry said on Tuesday that",
        "told reporters late on Monday that",
        "an 1 August 2021 Facebook post",
        "he was born on 18 February 1984",
        "after the September 11 attacks",
    ],
)
def test_the_day_of_the_telling_is_not_the_day_of_the_event(text: str) -> None:
    found = only(text)
    assert found.reporting
    assert not found.dates_event


def test_periods_do_not_date_an_event_but_days_do() -> None:
    assert not only("since August 2014").dates_event
    assert only("on 3 August 2014").dates_event


def test_both_orders_of_a_numeric_date_are_said_to_be_possible() -> None:
    assert only("03/04/2017").day_first_unsure
    assert not only("04/04/2017").day_first_unsure


@given(st.text(max_size=400))
def test_every_span_is_its_text_in_any_text(text: str) -> None:
    _spans_hold(fold_characters(text))


_WORDS = """
Monday March May 16 16th 3-4 2017 2017-03-16 03/04/2017 last this the next day week month year later earlier two few
days ago since until early in on of at dawn night and to or , . ( ) - from between spring yesterday overnight past 48
hour span same following that weekend first century 1990s summer 2020 29 February decade 999 years Sun sat may
"""
_PIECES = st.sampled_from([*_WORDS.split(), "\n"])


@given(st.lists(_PIECES, max_size=40))
def test_every_span_is_its_text_in_heaps_of_dates(pieces: list[str]) -> None:
    _spans_hold(" ".join(pieces))


def _spans_hold(text: str) -> None:
    found = find_dates(text)
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize(
    "unit",
    [
        "3 ", "March ", "at dawn ", "Monday and ", "3-4-", "16 March to ", "the ", "two days ", "1/", "a few ", "2017-",
        "early ", "the night of ", " ", "\n", "since the beginning of the ", "03/04/2017 ", "last ", "March 5 and ",
    ],
)  # fmt: skip
def test_reading_is_linear_in_hostile_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        find_dates(text)
        return time.process_time() - start

    short = min(seconds(50_000) for _ in range(3))
    long = min(seconds(100_000) for _ in range(3))
    assert long < 1.0
    assert long < max(4 * short, 0.1)


@pytest.mark.parametrize(
    ("text", "found", "first", "last"),
    [
        ("WHEN: 18JUN31 2130L", "18JUN31", (2031, 6, 18), None),
        ("FLASH (190600Z JUN 31)", "190600Z JUN 31", (2031, 6, 19), None),
        ("driver shot nr Exampla, 9 Feb 32, on his way", "9 Feb 32", (2032, 2, 9), None),
        ("1\t23-Feb-28\tExampla", "23-Feb-28", (2028, 2, 23), None),
        ("Exampla, 26.03.31, 17h10", "26.03.31", (2031, 3, 26), None),
        ("Shells fell from 28 to 29/05/2031", "28 to 29/05/2031", (2031, 5, 28), (2031, 5, 29)),
        ("On 27/5 shells fell", "27/5", (0, 5, 27), None),
        ("27/5 - shells fell", "27/5", (0, 5, 27), None),
        ("on 12 Tishreen al-Thani 2031", "12 Tishreen al-Thani 2031", (2031, 11, 12), None),
        ("on the 3rd of Nisan", "3rd of Nisan", (0, 4, 3), None),
        ("log of 08 MAY, 2005 hrs", "08 MAY", (0, 5, 8), None),
    ],
)
def test_dates_as_notes_abbreviate_them(
    text: str, found: str, first: tuple[int, int, int], last: tuple[int, int, int] | None
) -> None:
    (mention,) = find_dates(text)
    assert mention.text == found
    assert (mention.first.year, mention.first.month, mention.first.day) == first
    assert (mention.last and (mention.last.year, mention.last.month, mention.last.day)) == last


@pytest.mark.parametrize(
    "text", ["Care is given 24/7.", "3/4 of them fled", "On 3/4 of the land, rain fell.", "a 50/50 chance"]
)
def test_fractions_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


def test_the_day_of_a_source_in_brackets_is_a_report() -> None:
    (mention,) = find_dates("Radio Exampla (13 May) said that six had died.")
    assert mention.reporting
