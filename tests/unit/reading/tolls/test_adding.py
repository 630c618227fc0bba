"""Reports count as they go: what they tell as more of the same is added to what they told before."""

from __future__ import annotations

import pytest

from mapper.incidents.building import toll_of
from mapper.model import Article, Toll
from mapper.reading.reader import RuleReader

_LEAD = "Rockets hit the village of Exampleville on 3 May 2020 and killed six people"
_SUMS = [
    (f"{_LEAD}. Two more died later in hospital.", 8),
    (f"{_LEAD}, and two others later died of their wounds.", 8),
    (f"{_LEAD}. Two bystanders, a woman and her son, also died.", 8),
    (f"{_LEAD}.\n\nTwo bystanders also died.", 8),
    (f"{_LEAD}. Another three civilians were killed in a side street.", 9),
    (f"{_LEAD}. Their two grandmothers died with them.", 8),
    (f"{_LEAD}. A seventh died of his wounds the next day.", 7),
    (f"{_LEAD}. Three more succumbed overnight, bringing the death toll to nine.", 9),
    ("Four were dead on arrival and two died in the theatre after shells hit Exampleville on 3 May 2020.", 6),
]
_NO_SUMS = [
    (f"{_LEAD}. The dead include two children.", 6),
    (f"{_LEAD}. Two women were also killed, the agency reported.", 6),
    (f"{_LEAD}. The mayor also said that six people had been killed.", 6),
    (f"{_LEAD}. A woman was also among those killed.", 6),
]


def _killed(text: str) -> Toll:
    reading = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text), ())
    assert len(reading.accounts) == 1
    return toll_of(reading.accounts, "killed")


@pytest.mark.parametrize(("text", "number"), [*_SUMS, *_NO_SUMS])
def test_what_is_told_as_more_is_added_and_nothing_else(text: str, number: int) -> None:
    assert _killed(text) == Toll(minimum=number, maximum=number)


def test_a_sum_names_its_rule_and_quotes_what_was_added() -> None:
    text = f"{_LEAD}. Two more died later in hospital."
    reading = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text), ())
    tolls = [c for c in reading.accounts[0].claims if c.kind == "toll"]
    assert [(c.value, c.rule) for c in tolls] == [(6, "toll-harm-object"), (8, "toll-added")]
    assert all(text[c.start : c.end] == c.quote for c in tolls)


def test_a_toll_without_bounds_adds_its_floor() -> None:
    assert _killed(f"{_LEAD}. At least two more died later in hospital.") == Toll(minimum=8, maximum=None)
