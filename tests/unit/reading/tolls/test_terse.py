"""Victims as telegrams and day lists tell them, bodies, and those whom a hospital treats."""

from __future__ import annotations

import pytest

from mapper.reading.dates.finding import find_dates
from mapper.reading.noting import blocked_words
from mapper.reading.page import open_page
from mapper.reading.tolls.casualties import read_tolls
from mapper.reading.vocabulary import vocabulary

Read = list[tuple[str, str, int | None, int | None]]


def read(text: str) -> Read:
    page = open_page(text, vocabulary())
    blocked = blocked_words(page, find_dates(page.text))
    tolls = [t for i in range(len(page.sentences)) for t in read_tolls(page, i, blocked)[0] if not t.of]
    return [(t.group, t.population, t.count.minimum, t.count.maximum) for t in tolls]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ward supervisor (INGO, nat.) + taxi driver killed w/ machetes nr Exampla.", [("killed", "people", 2, 2)]),
        ("UN depot contractor (1) injured by mine while delivering water.", [("injured", "people", 1, 1)]),
        ("Vaccinator (national, 31) shot dead at Exampla.", [("killed", "rescuers", 1, 1)]),
        ("Bus driver killed, conductor wounded in ambush nr Exampla.", [("killed", "people", 1, 1),
                                                                        ("injured", "people", 1, 1)]),
        ("Senior commander killed in strike.", [("killed", "fighters", 1, 1)]),
        ("Exampla: 6, including two women, by car bomb; 10 wounded", [("killed", "people", 6, 6),
                                                                     ("injured", "people", 10, 10)]),
        ("x-12: between 4 and 7 people (porters) by suicide bomber.", [("killed", "people", 4, 7)]),
        ("Exampla: family of 4 by IED in their orchard.", [("killed", "people", 4, 4)]),
        ("Exampla: 1 (tailor), shot by gunmen on his doorstep.", [("killed", "people", 1, 1)]),
        ("Exampla: 3 (1 infant) \u2013 artillery.", [("killed", "people", 3, 3)]),
        ("Body of abducted tinsmith found in canal.", [("killed", "people", 1, 1)]),
        ("Gunmen seized a clerk and his driver; their bodies were later found.", [("killed", "people", 2, 2)]),
        ("Her corpse was dumped by the road.", [("killed", "people", 1, 1)]),
        ("None of the four survived.", [("killed", "people", 4, 4)]),
        ("The clinic admitted 21. Medics treated 14 people.", [("injured", "people", 21, 21),
                                                              ("injured", "people", 14, 14)]),
        ("Two police officers and a shopkeeper were killed.", [("killed", "people", 3, 3)]),
    ],
)  # fmt: skip
def test_terse_victims_are_counted(text: str, expected: Read) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Time: 6 by car to Exampla.",
        "The score: 3 by the striker.",
        "His body of work was found lacking.",
        "The clinic treated 300 patients a month.",
        "He was treated well and admitted guilt.",
        "Their bodies were tired.",
        "None of the four agreed.",
    ],
)
def test_words_alike_count_nobody(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb killed 12 civilians, nine police officers and two assailants.", [("killed", "fighters", 2, 2),
                                                                                  ("killed", "civilians", 21, 21)]),
        ("A group of 20 men dragged the clerks out and executed them.", []),
        ("Two villagers were axed to death.", [("killed", "people", 2, 2)]),
        ("Three other villagers were thrashed with sticks.", [("injured", "people", 3, 3)]),
    ],
)  # fmt: skip
def test_who_is_harmed_and_who_is_not(text: str, expected: Read) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five in the queue were hurt.", [("injured", "people", 5, 5)]),
        ("Three of members of one family were killed.", [("killed", "people", 3, 3)]),
        ("Gunmen executed 8 of police recruits.", [("killed", "people", 8, 8)]),
        ("Dozens, says a paramedic, are wounded.", [("injured", "people", 24, None)]),
        ("Parents + 3 children killed.", [("killed", "relatives", 5, 5)]),
        ("It claimed the life of a midwife and of two other relief workers.", [("killed", "medical staff", 3, 3)]),
        ("Seven persons - four children; two women; the cook - died.", [("killed", "people", 7, 7)]),
        ("She was one of three pupils whom a shell reportedly killed.", [("killed", "people", 3, 3)]),
        ("The number of bodies recovered after the blast amounted to seven.", [("killed", "people", 7, 7)]),
        ("The wounded were nine.", [("injured", "people", 9, 9)]),
    ],
)
def test_people_are_counted_in_looser_forms(text: str, expected: Read) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fire on boats off Exampla. 2 x KIA (civ), 5 x WIA (civ), 1 boat sunk.", [("killed", "people", 2, 2),
                                                                                  ("injured", "people", 5, 5)]),
        ("School hit, 1 dead & 4 inj.", [("killed", "people", 1, 1), ("injured", "people", 4, 4)]),
        ("Killed: the driver and his two sons.", [("killed", "relatives", 3, 3)]),
        ("A body was found in the well.", [("killed", "people", 1, 1)]),
        ("Neither the farmer nor his wife survived.", [("killed", "people", 2, 2)]),
        ("Neither smugglers nor troops are said to have fired.", []),
        ("They fired at a car, which led to his martyrdom.", [("killed", "people", 1, 1)]),
        ("The clinic received 41 wounded, including 9 children, and 6 people who were dead.",
         [("injured", "people", 41, 41), ("killed", "people", 6, 6)]),
        ("The death toll has risen to 9, and the wounded to more than 20.", [("killed", "people", 9, 9),
                                                                       ("injured", "people", 21, None)]),
        ("One porter and two villagers were injured.", [("injured", "people", 3, 3)]),
        ("Doctors treated 23 for shrapnel wounds.", [("injured", "people", 23, 23)]),
    ],
)  # fmt: skip
def test_more_forms_of_notes_and_of_survival(text: str, expected: Read) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three (3) traders were killed and five (5) wounded.", [("killed", "people", 3, 3),
                                                                ("injured", "people", 5, 5)]),
        ("One of four hostages was beheaded.", [("killed", "people", 1, 1)]),
        ("She was one of nine people wounded.", [("injured", "people", 9, 9)]),
        ("3 of the 8 persons injured in the raid have since died.", [("killed", "people", 3, 3),
                                                                    ("injured", "people", 8, 8)]),
        ("Two women of 45 and 52 received shrapnel wounds.", [("injured", "people", 2, 2)]),
        ("1 nat. staff killed, 1 int'l staff injured.", [("killed", "rescuers", 1, 1), ("injured", "rescuers", 1, 1)]),
        ("2 M civ killed.", [("killed", "civilians", 2, 2)]),
        ("A blast left 20 others with varying degrees of burns.", [("injured", "people", 20, 20)]),
    ],
)  # fmt: skip
def test_numbers_beside_other_numbers(text: str, expected: Read) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Settlers beat two farmers. The army beat back an attack.", [("injured", "people", 2, 2)]),
        ("Five were beaten to death. They beat three men to death.", [("killed", "people", 5, 5),
                                                                     ("killed", "people", 3, 3)]),
        ("They beat the champions 3-1.", []),
        ("A boy of 9 was critically injured; he died two days later.", [("injured", "people", 1, 1),
                                                                      ("killed", "people", 1, 1)]),
        ("Villagers buried 12 people.", [("killed", "people", 12, 12)]),
        ("It left five labourers dead and three critically hurt.", [("killed", "people", 5, 5),
                                                                  ("injured", "people", 3, 3)]),
        ("7 pax killed, 12 inj.", [("killed", "people", 7, 7), ("injured", "people", 12, 12)]),
    ],
)  # fmt: skip
def test_blows_burials_and_later_deaths(text: str, expected: Read) -> None:
    assert read(text) == expected
