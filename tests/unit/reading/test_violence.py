"""What harms people without anybody doing it is no incident; its numbers are set aside with the reason."""

from __future__ import annotations

import pytest

from mapper.model import Article, Reading
from mapper.reading.reader import RuleReader


def read(text: str) -> Reading:
    return RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published="2020-05-06"), ())


@pytest.mark.parametrize(
    "text",
    [
        "Floods in the town of Exampleville on 3 May 2020 left 14 people dead and 30 injured, officials said.",
        "Ann Sample, 88, of the village of Exampleville, died on 3 May 2020. She leaves two sons and a daughter.",
        "A virus that began in the city of Exampleville in May 2020 has led to the deaths of 61 people.",
        "The home side lost five of six games in the city of Exampleville after the captain was hurt on 3 May 2020.",
        "Ferry workers in the city of Exampleville voted on 3 May 2020 for a strike over wages.",
    ],
)
def test_what_nobody_did_is_no_incident(text: str) -> None:
    assert read(text).accounts == ()


def test_the_dead_of_a_flood_are_set_aside_with_the_reason() -> None:
    aside = read("Floods in the town of Exampleville on 3 May 2020 left 14 people dead, officials said.").set_aside
    assert [(s.kind, s.value, s.reason) for s in aside] == [("no-act", 14, "nothing says that anybody did it")]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen came to the village of Exampleville on 3 May 2020. Seven herders died.",
        "On 3 May 2020 rockets fell on the town of Exampleville days after an earthquake, killing two.",
        "Five people were killed in the village of Exampleville on 3 May 2020, a monitor said.",
        "Polio vaccinator shot dead by two men in Exampleville on 3 May 2020.",
        "Two guards were stabbed to death in a robbery of a store in the town of Exampleville on 3 May 2020.",
    ],
)
def test_what_somebody_did_is_one(text: str) -> None:
    assert len(read(text).accounts) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed and four wounded when a lorry fell into a ravine near Exampleville on 3 May 2020.",
        "A gas cylinder exploded in a kitchen in the town of Exampleville on 3 May 2020, killing two and injuring six.",
        "On 3 May 2020 an elephant killed a farmer and injured his son in the village of Exampleville.",
        "A shutter-down strike was observed in the city of Exampleville on 3 May 2020 after the death of a porter.",
        "The striker from the city of Exampleville killed off the visitors on 3 May 2020; two defenders were injured.",
        "On 3 May 2020 firemen in the city of Exampleville held an exercise in which a bomb had killed 20 people.",
        "The film is set in the city of Exampleville, where a sniper kills a boy. The film lasts two hours.",
        "A jury in the city of Exampleville found a man guilty on 3 May 2020. He had stabbed a neighbour, who died.",
        "The mayor of the city of Exampleville came under fire on 3 May 2020 over an assault on the budget.",
        "Hackers struck a hospital in the city of Exampleville on 3 May 2020 and one patient died.",
        "A rebel commander has threatened to kill 40 people in the city of Exampleville on 3 May 2020.",
        "A single rocket that falls on a street in the city of Exampleville can kill dozens.",
        "The city of Exampleville marked on 3 May 2020 the anniversary of the bombing.",
    ],
)
def test_what_is_told_in_the_words_of_violence_is_none(text: str) -> None:
    assert read(text).accounts == ()


@pytest.mark.parametrize(
    "text",
    [
        "A rocket hit a gas cylinder in the town of Exampleville on 3 May 2020, killing two and injuring six.",
        "Four people drowned off the town of Exampleville on 3 May 2020 when a gunboat fired on their boat.",
        "On 3 May 2020 a shell hit the football ground of the town of Exampleville, killing a referee and two boys.",
        "On 3 May 2020 a column of families was fired on near the town of Exampleville.",
        "On 3 May 2020 a strike on the town of Exampleville killed three workers who were on strike.",
    ],
)
def test_an_accident_or_a_match_beside_arms_is_an_incident(text: str) -> None:
    assert len(read(text).accounts) == 1


def test_what_was_done_a_lifetime_ago_is_history() -> None:
    reading = read("On the night of 7 May 1941 a bomb fell on the town of Exampleville and 16 people died.")
    assert reading.accounts == ()
    assert {(s.kind, s.value) for s in reading.set_aside} >= {("history", 16)}
