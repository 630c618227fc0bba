from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from mapper.model import DateValue
from mapper.reading.dates.finding import find_dates
from mapper.reading.dates.resolved import ResolvedDate
from mapper.reading.dates.timeline import Timeline
from mapper.text import fold_characters

EVENT = DateValue(edtf="2018-01-23", start="2018-01-23", end="2018-01-23", text="January 23")
EVENT_WITHOUT_YEAR = DateValue(edtf="XXXX-02-02", start="", end="", text="2 February")


def place(text: str, published: str = "", anchor: DateValue | None = None, index: int = 0) -> ResolvedDate:
    found = find_dates(text)
    return Timeline(published, found, text).resolve(found[index], anchor=anchor)


def edtf(text: str, published: str = "", anchor: DateValue | None = None, index: int = 0) -> str:
    result = place(text, published, anchor, index)
    assert result.date is not None
    return result.date.edtf


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("earlier this week", "2016-11-11", "2016-11-07/2016-11-11"),
        ("this week", "2016-11-11", "2016-11-07/2016-11-11"),
        ("last week", "2017-03-30", "2017-03-20/2017-03-26"),
        ("last week", "2017-03-23/2017-03-31", "2017-03-13/2017-03-24"),
        ("Monday's raid", "2017-08-22", "2017-08-21"),
        ("on Wednesday", "2017-12-15", "2017-12-13"),
        ("on Friday", "2017-12-15", "2017-12-15"),
        ("last Friday", "2017-12-15", "2017-12-08"),
        ("next Friday", "2017-12-15", "2017-12-22"),
        ("Tuesday last week", "2018-02-08", "2018-01-30"),
        ("on Thursday", "2017-03-23/2017-03-31", "2017-03-23/2017-03-30"),
        ("from Sunday to Tuesday", "2017-08-22", "2017-08-20/2017-08-22"),
        ("last month", "2016-11-11", "2016-10"),
        ("last month", "2016-01-11", "2015-12"),
        ("last November", "2018-02-08", "2017-11"),
        ("last November", "2018-11-08", "2017-11"),
        ("earlier this month", "2017-03-23/2017-03-31", "2017-03"),
        ("earlier this month", "2017-03-20", "2017-03-01/2017-03-20"),
        ("late last month", "2017-03-20", "2017-02-21/2017-02-28"),
        ("in January", "2017-03-04", "2017-01"),
        ("in April", "2017-03-04", "2016-04"),
        ("January 23", "2018-02-08", "2018-01-23"),
        ("26 November", "2018-02-08", "2017-11-26"),
        ("on 9 February", "2018-02-08", "2018-02-09"),
        ("on the 16th, two", "2017-03-20", "2017-03-16"),
        ("on the 25th, two", "2017-03-20", "2017-02-25"),
        ("A few days later, on 22 March", "2017-03-28", "2017-03-22"),
        ("over the past few days", "2018-02-08", "2018-02-03/2018-02-08"),
        ("in the last 24 hours", "2018-02-08", "2018-02-07/2018-02-08"),
        ("yesterday", "2018-03-01", "2018-02-28"),
        ("this morning", "2018-03-01", "2018-03-01"),
        ("last night", "2018-03-01", "2018-02-28"),
        ("overnight", "2018-03-01", "2018-02-28/2018-03-01"),
        ("two days ago", "2018-03-01", "2018-02-27"),
        ("two months ago", "2018-03-01", "2018-01~"),
        ("three years ago", "2018-03-01", "2015~"),
        ("over the weekend", "2018-02-08", "2018-02-03/2018-02-04"),
        ("last weekend", "2018-02-10", "2018-02-03/2018-02-04"),
        ("last summer", "2018-02-08", "2017-22"),
        ("last winter", "2018-01-08", "2016-24"),
        ("earlier this year", "2018-02-08", "2018-01-01/2018-02-08"),
        ("last year", "2018-02-08", "2017"),
        ("in the week of 5 February", "2018-02-20", "2018-02-05/2018-02-11"),
        ("in the week ending 11 February", "2018-02-20", "2018-02-05/2018-02-11"),
    ],
)
def test_relative_dates_count_from_the_publication(text: str, published: str, expected: str) -> None:
    assert edtf(text, published) == expected


@pytest.mark.parametrize(
    "text",
    [
        "on Wednesday", "earlier this week", "last week", "last month", "earlier this month", "yesterday", "today",
        "overnight", "last November", "over the past few days", "two days ago", "last Friday", "this year",
        "Two days later", "The following day", "over the weekend", "in the past week",
    ],
)  # fmt: skip
def test_without_a_publication_nothing_is_counted_from_today(text: str) -> None:
    result = place(text)
    assert result.date is not None
    assert (result.date.start, result.date.end, result.date.edtf) == ("", "", "")
    assert result.flags == ("date-unresolved",)
    assert not result.resolved


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The following day", "2018-01-24"),
        ("The next morning", "2018-01-24"),
        ("the same day", "2018-01-23"),
        ("that evening", "2018-01-23"),
        ("Two days later", "2018-01-25"),
        ("a day after", "2018-01-24"),
        ("two days earlier", "2018-01-21"),
        ("the previous night", "2018-01-22"),
        ("the day before", "2018-01-22"),
        ("48 hours later", "2018-01-25"),
        ("hours later", "2018-01-23/2018-01-24"),
        ("a few days later", "2018-01-25/2018-01-28"),
        ("a week later", "2018-01-30~"),
        ("the following week", "2018-01-29/2018-02-04"),
        ("the following month", "2018-02"),
        ("the following Friday", "2018-01-26"),
        ("the previous Tuesday", "2018-01-16"),
        ("the same Friday", "2018-01-26"),
        ("a month later", "2018-02~"),
    ],
)
def test_anaphoric_dates_count_from_the_event_told_before(text: str, expected: str) -> None:
    result = place(text, "2019-05-05", EVENT)
    assert result.date is not None
    assert result.date.edtf == expected
    assert result.basis == "incident"
    assert result.anchor == "January 23"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two days before 3 October 2021", "2021-10-01"),
        ("a day after the 3 October 2021 raid", "2021-10-04"),
        ("three days prior to Sunday, 3 October 2021", "2021-09-30"),
        ("two days before 3 October", "XXXX-10-01"),
        ("Two days later, on 3 October 2021", "2021-10-03"),
    ],
)
def test_days_count_from_a_day_that_is_written(text: str, expected: str) -> None:
    assert edtf(text) == expected


def test_a_date_without_a_year_stays_open_and_says_what_is_known() -> None:
    result = place("On 16 March a raid")
    assert result.date == DateValue(edtf="XXXX-03-16", start="", end="", text="16 March")
    assert result.flags == ("date-unresolved",)
    assert edtf("Two days later", "", EVENT_WITHOUT_YEAR) == "XXXX-02-04"


def test_a_year_is_taken_from_a_full_date_near_by_and_the_result_says_so() -> None:
    text = "On 29 December 2019 a raid hit a mill. Another followed on 3 January."
    result = place(text, index=1)
    assert result.date is not None
    assert result.date.edtf == "2020-01-03"
    assert result.basis == "inferred-year"
    assert result.anchor == "29 December 2019"
    assert result.flags == ("date-inferred",)


def test_an_event_date_that_nobody_handed_over_is_the_last_full_date_before() -> None:
    text = "On 29 December 2019 a raid hit a mill. Later that day a bakery was hit."
    result = place(text, index=1)
    assert result.date is not None
    assert (result.date.edtf, result.basis, result.flags) == ("2019-12-29", "incident", ("date-inferred",))
    assert place("Two days later a raid hit a mill. On 29 December 2019 it burned.").flags == ("date-unresolved",)


@pytest.mark.parametrize(
    "told",
    ["a list of names released on 9 October 2024", "on 9 October 2024 the unit published its findings"],
)
def test_an_event_lies_before_the_report_that_shows_its_year(told: str) -> None:
    assert edtf(f"On 16 October a raid hit a mill; {told}.") == "2023-10-16"


def test_a_year_far_off_is_not_taken_over() -> None:
    text = "A raid on 3 January killed two.\n\nThe tower had stood since its opening; on 11 September 2001 it closed."
    assert edtf(text) == "XXXX-01-03"


def test_a_passage_about_an_earlier_year_keeps_its_year() -> None:
    text = "The siege began on 2 May 2013, and on 9 May a bakery was hit."
    assert edtf(text, "2018-02-08", index=1) == "2013-05-09"


def test_a_weekday_beside_a_full_date_is_resolved_with_that_reason() -> None:
    text = "A raid hit a mill on Tuesday, 3 October 2023. On Wednesday a second one followed."
    result = place(text, index=1)
    assert result.date is not None
    assert result.date.edtf == "2023-10-04"
    assert (result.basis, result.flags) == ("incident", ("date-inferred",))
    assert "3 October 2023" in result.anchor


def test_contradictions_are_flagged() -> None:
    assert place("on Monday, 3 October 2023").flags == ("date-conflict",)
    assert place("on 3 October 2023", "2023-09-01").flags == ("date-conflict",)
    assert place("on Tuesday, 3 October 2023", "2023-10-05").flags == ()


def test_a_weekday_helps_to_find_the_year() -> None:
    assert edtf("Wednesday, 13 December", "2018-12-20") == "2017-12-13"


def test_a_numeric_date_is_not_guessed() -> None:
    result = place("03/04/2017")
    assert result.date is not None
    assert result.date.edtf == "[2017-03-04,2017-04-03]"
    assert result.flags == ("date-unresolved", "date-ambiguous")
    assert edtf("03/04/2017 and 25/04/2017") == "2017-04-03"
    assert edtf("03/04/2017 and 04/25/2017") == "2017-03-04"
    assert edtf("03/04/2017", "2017-03-20") == "2017-03-04"


def test_periods_are_open_intervals() -> None:
    assert edtf("since August 2014") == "2014-08/.."
    since = place("since August 2014", "2018-02-08").date
    assert since == DateValue(edtf="2014-08/..", start="2014-08-01", end="2018-02-08", text="August 2014")
    assert edtf("until 3 March 2016") == "../2016-03-03"


def test_a_dateline_stands_in_for_a_missing_publication_date() -> None:
    text = "Raid on a mill\nPublished: 15 December 2017\n\nOn Wednesday two people died."
    result = place(text, index=1)
    assert result.date is not None
    assert result.date.edtf == "2017-12-13"
    assert result.anchor == "15 December 2017"
    assert edtf("A book published 15 December 2017 says. On Wednesday two died.", index=1) == ""


def test_a_time_of_day_has_no_date() -> None:
    assert place("at dawn").date is None


_WORDS = """
Monday March May 16 16th 3-4 2017 2017-03-16 03/04/2017 last this the next day week month year later earlier two few
days ago since until early in on of at dawn night and to or , . ( ) - from between spring yesterday overnight past 48
hour span same following that weekend first century 1990s summer 2020 29 February decade 999 years Sun sat may
"""
_PIECES = st.sampled_from([*_WORDS.split(), "\n"])
_PUBLISHED = st.one_of(
    st.just(""),
    st.text(max_size=12),
    st.dates().map(str),
    st.tuples(st.dates(), st.dates()).map(lambda pair: f"{min(pair)}/{max(pair)}"),
    st.sampled_from(["2017", "2017-03", "0001-01-01", "9999-12-31", "../2017-01-01", "2017-02-30"]),
)
_ANCHORS = st.one_of(
    st.none(),
    st.just(EVENT_WITHOUT_YEAR),
    st.dates().map(lambda day: DateValue(edtf=str(day), start=str(day), end=str(day), text="then")),
    st.text(max_size=9).map(lambda bad: DateValue(edtf=bad, start=bad, end=bad, text=bad)),
)


@given(st.lists(_PIECES, max_size=30).map(" ".join), _PUBLISHED, _ANCHORS)
def test_whatever_is_written_resolves_to_ordered_days_and_valid_edtf(
    text: str, published: str, anchor: DateValue | None
) -> None:
    _holds(text, published, anchor)


@given(st.text(max_size=300), _PUBLISHED, _ANCHORS)
def test_any_text_resolves(text: str, published: str, anchor: DateValue | None) -> None:
    _holds(fold_characters(text), published, anchor)


def _holds(text: str, published: str, anchor: DateValue | None) -> None:
    found = find_dates(text)
    timeline = Timeline(published, found, text)
    for mention in found:
        result = timeline.resolve(mention, anchor=anchor)
        if result.date is None:
            continue
        assert bool(result.date.start) == bool(result.date.end)
        if result.date.edtf:
            parse_edtf(result.date.edtf)
        if result.date.start:
            assert date.fromisoformat(result.date.start) <= date.fromisoformat(result.date.end)
            assert result.basis
        elif not mention.bound:
            assert "date-unresolved" in result.flags
