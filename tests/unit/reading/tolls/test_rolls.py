"""People told by name are counted, however they are listed; no name is kept but as a span."""

from __future__ import annotations

import pytest

from mapper.incidents.building import toll_of
from mapper.model import Article, Toll
from mapper.reading.reader import RuleReader

ROLLS = [
    ("19 year old Ann Em Sample, 61 year old Bo Sample, and her two year old cousin Cy Sample were killed.", 3),
    ("Baker Ann Sample, aged 51, was killed, along with three of her pupils Bo, Cy and Di.", 4),
    ("Teacher Ann Em (44), together with her brother Bo Em, their two aunts Cy and Di, and their niece Ed, died.", 5),
    ("The blast led to the death of 70-year-old tailor Ann Sample and her 12-year-old neighbour Bea Sample.", 2),
    ("Bo Sample was killed alongside his uncle, 58-year-old Cy Sample and his two cousins, Di and 20-year-old Ed.", 4),
    ("Two villagers, 37 year old Bo Sample and his 9 year old niece Cy Sample, were killed.", 2),
    ("A man named Bo (Boris) Abel Sample was killed.", 1),
]


@pytest.mark.parametrize(("sentence", "number"), ROLLS, ids=[sentence[:50] for sentence, _ in ROLLS])
def test_a_roll_is_counted(sentence: str, number: int) -> None:
    text = f"On 3 May 2020 an air strike hit a house in the village of Exampleville. {sentence}"
    (account,) = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text), ()).accounts
    assert toll_of([account], "killed") == Toll(minimum=number, maximum=number)


def test_the_span_of_a_roll_begins_with_its_first_name() -> None:
    text = "On 3 May 2020 Ann Sample, Bo Sample and Cy Sample were killed in the village of Exampleville."
    (account,) = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text), ()).accounts
    (toll,) = [claim for claim in account.claims if claim.kind == "toll"]
    assert text[toll.start : toll.end] == toll.quote
    assert toll.quote.startswith("Ann Sample")
