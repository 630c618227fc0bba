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
    ],
)
def test_what_somebody_did_is_one(text: str) -> None:
    assert len(read(text).accounts) == 1
