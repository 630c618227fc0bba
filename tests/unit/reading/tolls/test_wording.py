"""Tolls in the wording of bulletins, monitors and wires, beside what only looks like one."""

from __future__ import annotations

import pytest

from mapper.incidents.building import toll_of
from mapper.model import Article, Reading, Toll
from mapper.reading.reader import RuleReader

_WHERE = "the village of Exampleville on 3 May 2020"
_CASES = [
    (
        f"A sniper killed on Sunday 3 May 2020 a girl carrying water in {_WHERE[:-14]}.",
        Toll(minimum=1, maximum=1),
        Toll(),
    ),
    (
        f"Shells hit {_WHERE}. Four certificates of death were issued; five people, a nurse among them, were injured.",
        Toll(),
        Toll(minimum=5, maximum=5),
    ),
    (
        f"Missiles hit {_WHERE}. His mother lay in a hospital. Medics said 29 people, 18 of them children, were hurt.",
        Toll(),
        Toll(minimum=29, maximum=29),
    ),
    (
        f"A shell hit {_WHERE}. Their neighbours, a couple and their infant, were pulled out with wounds.",
        Toll(),
        Toll(minimum=3, maximum=3),
    ),
    (f"A shell hit {_WHERE}. Two customers have burns.", Toll(), Toll(minimum=2, maximum=2)),
    (f"Mortar shells burst in {_WHERE}, taking the life of a vaccinator.", Toll(minimum=1, maximum=1), Toll()),
    (
        f"Missiles hit {_WHERE}. Clans gave the number of dead as 7, all of them from the Albu Example, and 3 hurt.",
        Toll(minimum=7, maximum=7),
        Toll(minimum=3, maximum=3),
    ),
    (f"Since dawn on 3 May 2020, 4 civilians were killed in {_WHERE[:-14]}.", Toll(minimum=4, maximum=4), Toll()),
    (
        f"Two villagers were shot dead in {_WHERE} and four were injured in the course of the chase.",
        Toll(minimum=2, maximum=2),
        Toll(minimum=4, maximum=4),
    ),
    (f"Shells hit {_WHERE}. Crews lifted the body of a fourth victim.", Toll(minimum=4, maximum=4), Toll()),
    (f"Shells hit {_WHERE}. Rescuers recovered the body of a teacher.", Toll(minimum=1, maximum=1), Toll()),
    (
        f"A strike on {_WHERE} killed 53 migrants and refugees and wounded 130.",
        Toll(minimum=53, maximum=53),
        Toll(minimum=130, maximum=130),
    ),
    (f"Jets bombed {_WHERE}. Estimates of the dead range between 29 and 45.", Toll(minimum=29, maximum=45), Toll()),
    (f"Gunmen wounded seven today, medics said, in {_WHERE}.", Toll(), Toll(minimum=7, maximum=7)),
]


def _read(text: str) -> Reading:
    return RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published="2020-05-03"), ())


@pytest.mark.parametrize(("text", "killed", "injured"), _CASES)
def test_the_wording_is_read(text: str, killed: Toll, injured: Toll) -> None:
    accounts = _read(text).accounts
    assert len(accounts) == 1
    assert (toll_of(accounts, "killed"), toll_of(accounts, "injured")) == (killed, injured)


def test_minutes_later_is_the_same_attack() -> None:
    text = (
        f"A bomb hit a market in {_WHERE} and killed 13 people; some ten minutes on, a missile hit those who came to"
        " help, and 20 were wounded."
    )
    (account,) = _read(text).accounts
    assert toll_of([account], "injured") == Toll(minimum=20, maximum=20)


def test_a_war_since_a_year_is_still_set_aside() -> None:
    reading = _read("Since 2014, 3,000 people have died there. On 3 May 2020 a shell hit Exampleville.")
    assert [(s.kind, s.value) for s in reading.set_aside if s.value == 3000] == [("cumulative", 3000)]
