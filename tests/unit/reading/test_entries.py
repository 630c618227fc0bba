"""Bulletins, logs and digests: what their paragraphs begin with parts them, and no event goes on beyond."""

from __future__ import annotations

import pytest

from mapper.model import Account, Article, Reading, Toponym
from mapper.reading.reader import RuleReader

PUBLISHED = "2031-03-11"


def read(text: str, *names: str) -> Reading:
    found = [
        Toponym(start=at, end=at + len(name), text=name, kind="city")
        for name in names
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    found.sort(key=lambda t: t.start)
    return RuleReader().read(Article(id="a", file="a", sha256="", text=text, published=PUBLISHED), found)


def told(account: Account) -> tuple[str, str, list[int]]:
    """Where, when and how many were killed, by every count."""
    tolls = [c for c in account.claims if c.kind == "toll" and c.detail["group"] == "killed" and not c.detail["of"]]
    name = account.place.name or account.place.anchors[0] if account.place is not None else ""
    return name, account.date.edtf if account.date else "", [int(str(c.value)) for c in tolls]


BULLETIN = """Weekly bulletin

Gammaland. Betaville was bombed on 4 March. Nine residents were killed.

Deltaland. Three people died in shelling on 5 March.

Epsilonia. On 6 March a drone struck a van in Zetaford, and two were killed."""


def test_a_heading_that_runs_into_its_paragraph_begins_another_event() -> None:
    reading = read(BULLETIN, "Gammaland", "Betaville", "Deltaland", "Epsilonia", "Zetaford")
    assert [told(a) for a in reading.accounts] == [
        ("Betaville", "2031-03-04", [9]),
        ("Deltaland", "2031-03-05", [3]),
        ("Zetaford", "2031-03-06", [2]),
    ]


LOG = """A night on the ward

The ward's log of 10 March 2031.

02:15 - Ambulances from Betaville. Shelling. Three dead on arrival.
03:40 - Generator off.
05:10 - A house in Gammatown was bombed. Six bodies."""


def test_each_line_of_a_log_that_names_a_place_is_an_entry() -> None:
    reading = read(LOG, "Betaville", "Gammatown")
    assert [told(a)[::2] for a in reading.accounts] == [("Betaville", [3]), ("Gammatown", [6])]


COUNTS = """The court heard of two bombs.

Count one. On 4 May 2019 a lorry was set off beside the hall in Betaville. A certificate lists 21 dead.

Count two. On 3 June 2019 a plate on the lane to Gammatown was triggered by a van. Eight people died."""


def test_a_day_and_a_town_pin_down_what_the_next_sentence_counts() -> None:
    reading = read(COUNTS, "Betaville", "Gammatown")
    assert [told(a) for a in reading.accounts] == [
        ("Betaville", "2019-05-04", [21]),
        ("Gammatown", "2019-06-03", [8]),
    ]


def test_a_doctor_who_speaks_at_a_hospital_puts_nothing_there() -> None:
    text = (
        "Betaville: a missile has gone through a roof on 4 March. "
        "Five are dead, the duty doctor at Gammatown has rung to say."
    )
    assert [told(a)[0] for a in read(text, "Betaville", "Gammatown").accounts] == ["Betaville"]


@pytest.mark.parametrize("harm", ["Nobody was hurt.", "There were no casualties."])
def test_what_harmed_nobody_is_no_incident_beside_one_that_did(harm: str) -> None:
    text = f"A shell killed two people in Betaville on 4 March.\n\nA drone fell in a pond in Gammatown. {harm}"
    assert [told(a)[0] for a in read(text, "Betaville", "Gammatown").accounts] == ["Betaville"]


def test_a_log_is_of_the_day_that_its_heading_gives() -> None:
    reading = read(LOG, "Betaville", "Gammatown")
    assert {told(a)[1] for a in reading.accounts} == {"2031-03-10"}


def test_a_bulletin_over_two_days_dates_what_names_none() -> None:
    text = (
        "Period covered: 8:00 on 9 March to 8:00 on 10 March.\n\n"
        "Gammaland. In Betaville a rocket killed four people.\n\nDeltaland. A drone killed a man in Zetaford."
    )
    reading = read(text, "Gammaland", "Betaville", "Deltaland", "Zetaford")
    assert [told(a)[1] for a in reading.accounts] == ["2031-03-09/2031-03-10"] * 2


def test_what_is_told_in_one_breath_with_a_dated_event_is_of_its_day() -> None:
    text = (
        "On Sunday a shell killed three people in Betaville. In Gammatown, a drone killed two.\n\n"
        "An earlier raid had killed nine people in Zetaford."
    )
    days = {told(a)[0]: told(a)[1] for a in read(text, "Betaville", "Gammatown", "Zetaford").accounts}
    assert days["Betaville"] == days["Gammatown"] == "2031-03-09"
    assert days.get("Zetaford", "") == ""


def test_attacks_on_two_days_are_the_sum_of_what_each_is_then_told_to_have_done() -> None:
    text = (
        "Drone attacks on Betaville on 6 and 7 March killed 23 people.\n\n"
        "On 6 March, three drones hit the market of Betaville. Fourteen people were killed.\n\n"
        "A day later, a drone struck a clinic in Betaville. Nine people were killed."
    )
    reading = read(text, "Betaville")
    assert [told(a)[1:] for a in reading.accounts] == [("2031-03-06", [14]), ("2031-03-07", [9])]
    assert {s.value for s in reading.set_aside if s.kind == "subtotal"} == {23}


def test_a_clause_with_where_says_whose_place_it_is() -> None:
    text = "The raid on Betaville brings to mind that of 2 March on Gammatown, where eight people were shot dead."
    assert [told(a)[0] for a in read(text, "Betaville", "Gammatown").accounts] == ["Gammatown"]


def test_the_day_that_owns_an_act_dates_it() -> None:
    text = "In our edition of Saturday we said that nine people died in Wednesday's shelling of Betaville."
    assert [told(a)[1] for a in read(text, "Betaville").accounts] == ["2031-03-05"]


def test_what_somebody_is_made_of_a_name_is_no_place() -> None:
    text = "Gammatown-installed officials said that shelling on 4 March had killed two people in Betaville."
    assert [told(a)[0] for a in read(text, "Gammatown-installed", "Betaville").accounts] == ["Betaville"]


def test_what_was_done_hours_before_elsewhere_is_another_event_and_each_keeps_its_own() -> None:
    text = (
        "A car bomb killed six people in Betaville on 4 March, hours after gunmen shot dead two men in Gammatown.\n\n"
        "In Gammatown, the men were leaving a mosque.\n\nThe Betaville blast wounded 14."
    )
    reading = read(text, "Betaville", "Gammatown")
    assert [told(a) for a in reading.accounts] == [("Betaville", "2031-03-04", [6]), ("Gammatown", "2031-03-04", [2])]
    injured = [
        [c.value for c in a.claims if c.kind == "toll" and c.detail["group"] == "injured"] for a in reading.accounts
    ]
    assert injured == [[14], []]


def test_the_deadliest_of_a_sum_is_no_part_of_its_telling() -> None:
    text = (
        "At least 27 people were killed in a string of attacks across Deltaland on Monday.\n\n"
        "The deadliest was in Betaville, where a bomber blew himself up in a cafe. Police put the toll at 14.\n\n"
        "A roadside bomb killed three people in Gammatown."
    )
    reading = read(text, "Deltaland", "Betaville", "Gammatown")
    assert [told(a)[::2] for a in reading.accounts] == [("Betaville", [14]), ("Gammatown", [3])]


def test_the_same_district_is_the_last_that_was_called_one() -> None:
    text = (
        "On 1 March a strike hit a tent in Betaville, killing 12 people.\n\n"
        "On 2 March shelling in Gamma district killed two women. A day later shells hit the same district, killing one."
    )
    assert [a.place_as_written for a in read(text, "Betaville", "Gamma").accounts][-1] == "the same district (Gamma)"


BY_DAY = """Weekly note, 3 to 9 March

Tuesday 4 March. Betaville: mortar fire on a yard. Eight women killed, three wounded.

Tuesday 4 March, about 19:30: a house near Gammatown. Eight villagers died.

Sunday 9 March. Deltaford: one boy killed by a mine."""


def test_paragraphs_that_begin_with_their_day_are_entries_and_their_headings_places_known_or_not() -> None:
    assert [told(a) for a in read(BY_DAY, "Gammatown").accounts] == [
        ("Betaville", "2031-03-04", [8]),
        ("Gammatown", "2031-03-04", [8]),
        ("Deltaford", "2031-03-09", [1]),
    ]


LISTED = """Over the past day, 10 March

Betaville. A day of alarms.
- 07:40, a bomb on a tram: 3 dead, 8 injured.
- 20:15, rockets on an empty garage.

Gammatown: damage only."""


def test_a_name_alone_heads_what_is_listed_below_it_and_a_later_heading_does_not() -> None:
    assert [told(a)[::2] for a in read(LISTED, "Gammatown").accounts] == [("Betaville", [3])]


def test_paragraphs_that_begin_with_an_hour_in_words_are_events_each_of_the_day_before_it() -> None:
    text = """Daily report

- At about 04:20 on Sunday, 9 March, a missile hit a house in Betaville, killing seven members of a family.
- At about 15:00, gunmen shot and killed a shepherd near Betaville."""
    assert [told(a) for a in read(text, "Betaville").accounts] == [
        ("Betaville", "2031-03-09", [7]),
        ("Betaville", "2031-03-09", [1]),
    ]
