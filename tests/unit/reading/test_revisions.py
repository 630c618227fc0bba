"""Live pages, revised counts, and tolls that only the lone event of a text can be about."""

from __future__ import annotations

import pytest

from mapper.incidents.building import toll_of
from mapper.model import Account, Article, Toll
from mapper.reading.page import open_page
from mapper.reading.reader import RuleReader
from mapper.reading.revisions import is_log
from mapper.reading.vocabulary import vocabulary

LIVE = (
    "13:58 - Blast heard near the spare parts market of Exampla.\n\n14:20 - Hospital spokesman: 2 dead, 9 hurt.\n\n"
    "16:10 - Minister to travel.\n\n17:45 - Mayor confirms 9 dead.\n\n19:30 - Hospital: 11 bodies, 52 injured.\n\n"
    "22:40 - The death toll stands at 13.\n"
)


def only(text: str, published: str = "") -> Account:
    (account,) = RuleReader().read(Article(id="a", file="a", sha256="", text=text, published=published), ()).accounts
    return account


def test_the_last_count_of_a_live_page_holds() -> None:
    account = only(LIVE, "2031-10-19")
    assert toll_of([account], "killed") == Toll(minimum=13, maximum=13)
    assert toll_of([account], "injured") == Toll(minimum=52, maximum=52)


def test_a_live_page_tells_of_its_day() -> None:
    account = only(LIVE + "23:15 - We close this page for tonight.\n", "2031-10-19")
    assert account.date is not None
    assert account.date.end == "2031-10-19"


@pytest.mark.parametrize(("text", "log"), [(LIVE, True), ("At 13:58 a shell fell.\nAt 14:20 two died.\n", False)])
def test_a_log_is_known_by_its_hours(text: str, log: bool) -> None:
    assert is_log(open_page(text, vocabulary())) is log


def test_a_count_that_was_revised_does_not_hold() -> None:
    account = only(
        "A glide bomb hit a house in Exampleville on 3 May 2031. Casualties: 2 killed, 7 wounded. "
        "On 4 May the prosecutor updated: 3 dead, 9 wounded."
    )
    assert toll_of([account], "killed") == Toll(minimum=3, maximum=3)
    assert toll_of([account], "injured") == Toll(minimum=9, maximum=9)


def test_the_lone_event_of_a_short_text_takes_in_what_is_counted_further_down() -> None:
    account = only(
        "Jets bombed the fish yard of Exampleville on 3 May 2031.\n\nThe owner of a boat saw two planes.\n\n"
        "A clinic's register lists eight dead.\n\nIt also has 21 wounded."
    )
    assert toll_of([account], "killed") == Toll(minimum=8, maximum=8)
    assert toll_of([account], "injured") == Toll(minimum=21, maximum=21)


def test_what_is_counted_elsewhere_stays_apart() -> None:
    account = only(
        "Jets bombed the fish yard of Exampleville on 3 May 2031, killing two boatmen.\n\n"
        "All over the country, 45 were wounded."
    )
    assert toll_of([account], "injured") == Toll()


def test_the_paragraph_after_a_lede_without_a_day_dates_it() -> None:
    account = only(
        "No fewer than 17 persons were killed when herdsmen attacked the town of Exampleville.\n\n"
        "The gunmen came to the outskirts of Exampleville at 9 pm on Monday, shooting at whoever fled.",
        "2031-04-16",
    )
    assert account.date is not None
    assert account.date.edtf == "2031-04-14"


def test_the_day_of_the_heading_dates_a_lone_event_that_is_told_further_down() -> None:
    account = only(
        "Exampleville, Sunday 3 December 2031.\n\n- Photographs show a lorry.\n\n- Tower matched.\n\n"
        "- Toll: an official to a wire: 16 dead after the drone strike and over 30 injured."
    )
    assert account.date is not None
    assert account.date.edtf == "2031-12-03"


def test_the_morning_after_does_not_keep_an_event_undated() -> None:
    account = only(
        "Gunmen fired on a kitchen in Exampleville, killing five cooks, and a blast the next morning hurt two.\n\n"
        "They came at 7 p.m. Sunday, the police said.",
        "2031-10-14",
    )
    assert account.date is not None
    assert account.date.edtf == "2031-10-12"


def test_a_day_at_the_head_of_a_note_that_was_sent_later_dates_its_event() -> None:
    account = only("Exampleville, 6 May 2031 - IED attack on a convoy: 2 drivers killed.", "2031-05-10")
    assert account.date is not None
    assert account.date.edtf == "2031-05-06"


def test_the_same_count_said_again_replaces_nothing() -> None:
    account = only(LIVE + "23:10 - The mayor repeats that 13 are dead.\n", "2031-10-19")
    assert toll_of([account], "killed") == Toll(minimum=13, maximum=13)
