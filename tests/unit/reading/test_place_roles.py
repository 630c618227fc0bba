"""Where something happened, and the other places of its report: homes, hospitals, graves, guns and interviews."""

from __future__ import annotations

import pytest

from mapper.model import Article, Toponym
from mapper.reading.reader import RuleReader


def place_of(text: str, known: str = "") -> str:
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2021-06-17")
    start = text.index(known)
    toponyms = [Toponym(start=start, end=start + len(known), text=known, kind="city")] if known else []
    account = RuleReader().read(article, toponyms).accounts[0]
    return account.place.name or (account.place.anchors or ("",))[0] if account.place is not None else ""


@pytest.mark.parametrize(
    "text",
    [
        "Troops in the village of Betaville shelled the village of Exampla on 9 June, killing four people.",
        "From positions in the village of Betaville, gunners fired rockets at the village of Exampla, killing four.",
        "Artillery stationed in the town of Betaville killed four people in the village of Exampla on 9 June.",
        "Rockets fired by forces in the town of Betaville killed four people in the village of Exampla on 9 June.",
        "A jet flying from the town of Betaville killed four people in the village of Exampla on 9 June.",
    ],
)
def test_where_the_guns_stand_is_not_where_the_shells_fall(text: str) -> None:
    assert place_of(text) == "Exampla"


@pytest.mark.parametrize(
    "text",
    [
        "Families from the village of Betaville were shelled in the village of Exampla on 9 June; four were killed.",
        "On 9 June a shell killed a baker from the town of Betaville and three girls in the village of Exampla.",
        "Residents of Betaville town who had fled were hit in the village of Exampla on 9 June; four were killed.",
        "On 9 June four were killed on the way to the town of Betaville, by a shell in the village of Exampla.",
        "Like the town of Betaville before it, the village of Exampla was shelled on 9 June; four people were killed.",
        "A witness, now in the town of Betaville, said that four were killed on 9 June in the village of Exampla.",
        "On 9 June a shell killed four in the village of Exampla, who were buried in the town of Betaville.",
        "We interviewed six men in the town of Betaville: a shell killed four on 9 June in the village of Exampla.",
        "A strike on the village of Exampla on 9 June killed four. The hurt were taken to a clinic in Betaville town.",
    ],
)
def test_homes_graves_hospitals_and_interviews_are_elsewhere(text: str) -> None:
    assert place_of(text) == "Exampla"


@pytest.mark.parametrize(
    "text",
    [
        "A monitor spoke of an attack in the village of Exampla on 9 June that killed four people.",
        "Four residents of the village of Exampla were killed by a shell on 9 June.",
        "Soldiers stationed in the village of Exampla were shelled on 9 June; four people were killed.",
        "Four people, all from the village of Exampla, were killed by a shell on 9 June.",
    ],
)
def test_a_place_that_nothing_beats_is_kept(text: str) -> None:
    assert place_of(text) == "Exampla"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("#Exampla: a shell killed four people on 9 June.", "Exampla"),
        ("DELTALAND: EXAMPLA\nA shell killed four people on 9 June.", "EXAMPLA"),
        ("Exampla market: a shell killed four people on 9 June.", "Exampla"),
        ("Abu Exampla: a shell killed four people on 9 June.", "Abu Exampla"),
        ("A shell killed four people near the Exampla checkpoint on 9 June.", "Exampla"),
        ("A raid last night on Exampla killed four people.", "Exampla"),
        ("An air strike on Exampla on 9 June killed four people.", "Exampla"),
        ("Two people died on 9 June in the raid on Abu Exampla.", "Abu Exampla"),
        ("Four died on 9 June on the road linking Exampla with Betaville when a mine went off.", "Exampla"),
        ("Four people died on 9 June in a fire bomb attack. The camp, at Exampla, is home to thousands.", "Exampla"),
    ],
)
def test_a_place_is_read_in_headings_beside_checkpoints_and_between_commas(text: str, place: str) -> None:
    assert place_of(text) == place


def test_a_note_without_a_place_takes_the_one_whose_market_it_names() -> None:
    note = "Exampla's market had long been feared for.\n\nFour were killed by a shell on 9 June."
    assert place_of(note, "Exampla") == "Exampla"
    assert place_of(note + " They said so to all who asked." * 60, "Exampla") == ""


def test_an_entry_of_a_bulletin_happened_in_the_place_that_heads_it() -> None:
    note = "Bulletin for 4 April 2021.\nExampla: 3 (1 infant), by artillery; rest: 0."
    assert place_of(note, "Exampla") == "Exampla"
