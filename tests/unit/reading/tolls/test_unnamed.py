"""People whom no noun of the vocabulary names."""

from __future__ import annotations

import pytest

from mapper.model import Article
from mapper.reading.reader import RuleReader


def tolls(text: str) -> list[tuple[str, str | None, int | None]]:
    reading = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published="2020-05-06"), ())
    claims = (c for account in reading.accounts for c in account.claims if c.kind == "toll")
    return [(str(c.detail["group"]), c.detail["of"], c.value) for c in claims]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Troops shot dead a 16-year-old in the town of Betaville on 3 May 2020.",
            [("killed", None, 1), ("killed", "children", 1)],
        ),
        ("Troops shot dead a 61-year-old in the town of Betaville on 3 May 2020.", [("killed", None, 1)]),
        ("Gunmen killed a prayer leader at his home in Betaville on 3 May 2020.", [("killed", None, 1)]),
        ("Shelling wounded a charcoal burner near Betaville on 3 May 2020.", [("injured", None, 1)]),
        (
            "A bomb killed a 5-month-old and two men in the town of Betaville on 3 May 2020.",
            [("killed", None, 3), ("killed", "children", 1)],
        ),
    ],
)
def test_somebody_who_was_harmed_is_a_person(text: str, expected: list[tuple[str, str | None, int]]) -> None:
    found = tolls(text)
    assert [t for t in found if t in expected] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Six men were killed a day after the town of Betaville was shelled on 3 May 2020.",
        "Shelling in Betaville on 3 May 2020 killed a number of people and six goats.",
        "Shelling in Betaville on 3 May 2020 killed a buffalo and wounded six men.",
    ],
)
def test_a_measure_or_an_animal_is_nobody(text: str) -> None:
    assert all(value != 1 for _, _, value in tolls(text))
