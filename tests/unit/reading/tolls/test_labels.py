"""Tolls of forms, telegrams and data sets: a label and a number, and no verb."""

from __future__ import annotations

import pytest

from mapper.incidents.building import toll_of
from mapper.model import Article, Toll
from mapper.reading.dates.finding import find_dates
from mapper.reading.noting import blocked_words
from mapper.reading.page import open_page
from mapper.reading.reader import RuleReader
from mapper.reading.tolls.casualties import read_tolls
from mapper.reading.vocabulary import vocabulary

Read = list[tuple[str, str, int | None, int | None]]


def read(text: str) -> Read:
    page = open_page(text, vocabulary())
    blocked = blocked_words(page, find_dates(page.text))
    tolls = [t for i in range(len(page.sentences)) for t in read_tolls(page, i, blocked)[0]]
    return [(t.group, t.of, t.count.minimum, t.count.maximum) for t in tolls]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deaths => 7", [("killed", "", 7, 7)]),
        ("Wounded -> 30-45", [("injured", "", 30, 45)]),
        ("CIV KIA 3 (M 40, F 31). WIA 5.", [("killed", "", 3, 3), ("killed", "men", 1, 1), ("killed", "women", 1, 1),
                                                ("injured", "", 5, 5)]),
        ("KIA 11 WIA 53", [("killed", "", 11, 11), ("injured", "", 53, 53)]),
        ("K: 2 - I: 9+", [("killed", "", 2, 2), ("injured", "", 9, None)]),
        ("DEAD: 1. INJ: 0.", [("killed", "", 1, 1), ("injured", "", 0, 0)]),
        ("Dead 6 (2 shepherds, 4 unknown)", [("killed", "", 6, 6)]),
        ("• dead: five (cook, guard, three pupils)", [("killed", "", 5, 5)]),
        ('Deaths: 12 (mayor), "about 20" (clinic), "no more than 9" (army)', [("killed", "", 9, 20)]),
        ("Killed - 5 (incl. 2 children), wounded - 12", [("killed", "", 5, 5), ("killed", "children", 2, 2),
                                                         ("injured", "", 12, 12)]),
        ("Injured: none reported", [("injured", "", 0, 0)]),
        ("best 9 | high 12 | low 7", [("killed", "", 7, 12)]),
        ("Estimates (best/low/high): 4/3/6", [("killed", "", 3, 6)]),
        ("best_est 2, high_est 4", [("killed", "", 2, 4)]),
    ],
)  # fmt: skip
def test_a_label_counts(text: str, expected: Read) -> None:
    assert read(text) == expected


def test_a_label_may_count_several_kinds_of_people() -> None:
    killed = [t for t in read("Killed: three men, two women, four kids. Displaced: 900 people.") if t[0] == "killed"]
    assert killed[0] == ("killed", "", 9, 9)
    assert {t[1:] for t in killed[1:]} == {("men", 3, 3), ("women", 2, 2), ("children", 4, 4)}


@pytest.mark.parametrize(
    "text",
    ["The best 10 players met; the low 3 did not.", "Let I = 5 and W: 3 stand.", "Dead 3 days later, he was missed."],
)
def test_other_numbers_behind_such_words_count_nobody(text: str) -> None:
    assert read(text) == []


def test_a_verb_is_no_label() -> None:
    assert read("The strike hurt villagers and killed a married couple, their daughter and two sons.")[1][2:] == (5, 5)


def test_a_form_is_one_incident() -> None:
    text = (
        "FLASH 07/31\n1. WHEN: 14FEB31 0630L\n2. WHERE: EXAMPLEVILLE, HARBOUR\n3. WHAT: 6 X ARTY 152MM\n"
        "4. CAS: CIV KIA 4. CIV WIA 13.\n5. DMG: 9 HOUSES"
    )
    (account,) = RuleReader().read(Article(id="a", file="a", sha256="", text=text), ()).accounts
    assert account.date is not None
    assert account.date.edtf == "2031-02-14"
    assert account.place is not None
    assert account.place.name == "EXAMPLEVILLE"
    assert toll_of([account], "killed") == Toll(minimum=4, maximum=4)
    assert toll_of([account], "injured") == Toll(minimum=13, maximum=13)


def test_an_estimate_sets_both_ends() -> None:
    text = (
        "On 3 May 2031 gunmen fired on a bus near Exampleville; three of its passengers died. "
        "One source only. best_est 3, high_est 5."
    )
    (account,) = RuleReader().read(Article(id="a", file="a", sha256="", text=text), ()).accounts
    assert toll_of([account], "killed") == Toll(minimum=3, maximum=5)
