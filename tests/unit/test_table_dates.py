"""Dates as tables, mails, feeds and pages write them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.table_dates import edtf_of, one_span

FORMS = (
    "%a, %d %b %Y %H:%M:%S GMT",
    "%A %d %B %Y",
    "%A, %B %d, %Y at %I:%M %p",
    "%Y-%m-%d %H:%M UTC",
    "%Y-%m-%dT%H:%M:%S.%f+03:00",
    "%Y%m%dT%H%M%SZ",
)


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 05 Mar 2018 06:10:00 GMT",
        "5 Mar 2018 06:10:00 +0000 (UTC)",
        "Monday, March 5, 2018",
        "Monday 5 March 2018",
        "March 5, 2018 at 6:10 p.m. EST",
        "2018-03-05 23:30 UTC",
        "2018-03-05T23:30:00.125+03:00",
        "20180305T2330Z",
        "201803052330",
        "05 Mar 2018, 6.10 am",
    ],
)
def test_the_name_of_the_day_and_the_hour_do_not_hide_a_date(written: str) -> None:
    assert one_span(written) == ("2018-03-05", "2018-03-05")


@pytest.mark.parametrize(
    "written", ["Monday", "06:10 GMT", "Mon, 05 Mar 18 06:10:00 GMT", "Mon, 03/05/2018 06:10", "5 Mar 2018 25:10", ""]
)
def test_what_is_no_day_or_may_mean_two_stays_unread(written: str) -> None:
    assert one_span(written) is None


@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)), hour=st.times(), form=st.sampled_from(FORMS))
def test_a_day_is_read_back_however_it_was_written(day: date, hour: time, form: str) -> None:
    found = one_span(f"{datetime.combine(day, hour):{form}}")
    assert found is not None
    assert edtf_of(*found) == day.isoformat()
