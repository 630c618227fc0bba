from __future__ import annotations

from collections.abc import Callable

import pytest

from mapper.incidents.building import build, common_date
from mapper.incidents.located import Located
from mapper.incidents.titles import title_of
from mapper.model import DateValue, Precision, Toll

Tell = Callable[..., Located]


def when(start: str, end: str = "", edtf: str = "") -> DateValue:
    end = end or start
    return DateValue(edtf=edtf or (start if start == end else f"{start}/{end}"), start=start, end=end, text=start)


def test_the_date_is_what_all_accounts_allow() -> None:
    month, days = when("2031-11-01", "2031-11-30", "2031-11"), when("2031-11-26", "2031-11-28")
    assert common_date([month, days]) == (days, False)
    assert common_date([days, month]) == (days, False)
    shared, conflict = common_date([when("2031-11-20", "2031-11-26"), days])
    assert shared is not None
    assert (shared.edtf, conflict) == ("2031-11-26", False)
    shared, conflict = common_date([when("2031-11-20", "2031-11-27"), days])
    assert shared is not None
    assert (shared.edtf, conflict) == ("2031-11-26/2031-11-27", False)


def test_dates_without_a_common_day_are_all_kept_and_conflict() -> None:
    both, conflict = common_date([when("2031-03-22"), when("2031-03-20"), None])
    assert both is not None
    assert (both.edtf, both.text, conflict) == ("2031-03-20/2031-03-22", "2031-03-22; 2031-03-20", True)


def test_an_unresolved_date_is_kept_only_where_there_is_no_better() -> None:
    yearless = DateValue(edtf="XXXX-03-16", start="", end="", text="16 March")
    words = DateValue(edtf="", start="", end="", text="on Monday")
    assert common_date([words, yearless]) == (yearless, False)
    assert common_date([words]) == (words, False)
    assert common_date([yearless, when("2031-03-16")]) == (when("2031-03-16"), False)
    assert common_date([None]) == (None, False)


def test_what_another_account_makes_good_is_not_flagged(tell: Tell) -> None:
    vague = tell("herald", edtf="XXXX-03-16", at=None, flags=("date-unresolved", "total-not-mapped"))
    exact = tell("gazette", day="2031-03-16")
    incident = build([vague, exact])
    assert incident.flags == ("total-not-mapped",)
    assert incident.resolution.status == "resolved"
    assert "date-unresolved" in build([vague]).flags


def test_a_date_that_one_account_states_is_not_inferred(tell: Tell) -> None:
    inferred, stated = tell("a", day="2031-03-16", flags=("date-inferred",)), tell("b", day="2031-03-16")
    assert build([inferred, stated]).flags == ()
    assert build([inferred, tell("b")]).flags == ("date-inferred",)


def test_attribution_to_others_is_flagged_and_all_are_named(tell: Tell) -> None:
    one, other, silent = tell("a", actors=("X", "Y")), tell("b", actors=("Z",)), tell("c", actors=())
    incident = build([one, other, silent])
    assert incident.actors == ("X", "Y", "Z")
    assert incident.flags == ("actor-conflict",)
    assert build([one, tell("b", actors=("Y",)), silent]).flags == ()


def test_the_best_known_place_is_taken(tell: Tell) -> None:
    city = tell("herald", precision=Precision.CITY, place="Marsa")
    street = tell("gazette", precision=Precision.STREET, place="Mill Street")
    incident = build([city, street])
    assert incident.resolution.precision is Precision.STREET
    assert incident.place_as_written == "Mill Street"
    assert incident.accounts == (city.account, street.account)


def test_an_incident_is_primary_if_any_account_is(tell: Tell) -> None:
    assert build([tell("a", role="background"), tell("b")]).role == "primary"
    assert build([tell("a", role="background")]).role == "background"


def test_parts_are_ranged_and_never_added(tell: Tell) -> None:
    incident = build([tell("a", killed=23, women=6), tell("b", killed=20, women=9)])
    assert incident.killed == Toll(minimum=20, maximum=23)
    assert incident.women_killed == Toll(minimum=6, maximum=9)
    assert incident.children_killed == Toll()


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ({"killed": 3, "place": "Marsa"}, "Air strike reported in Marsa: 3 killed"),
        ({"killed": 13, "op": ">=", "place": "Marsa"}, "Air strike reported in Marsa: at least 13 killed"),
        ({"injured": 4, "place": "Marsa", "event": "shelling"}, "Shelling reported in Marsa: 4 injured"),
        (
            {"killed": 2, "injured": 4, "place": "Marsa"},
            "Air strike reported in Marsa: 2 killed, 4 injured",
        ),
        ({"place": "Marsa", "event": "unknown"}, "Incident reported in Marsa"),
        ({"place": "", "event": "unknown", "at": None}, "Incident reported"),
    ],
)
def test_titles_say_what_is_reported_and_no_more(tell: Tell, facts: dict[str, object], title: str) -> None:
    told = tell("herald", **facts)
    incident = build([told])
    assert incident.title == title
    assert title_of(incident.event_type, told, incident.killed, incident.injured) == title
