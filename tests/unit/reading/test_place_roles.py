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
        "In the town of Betaville, the envoy deplored the killing of four on 9 June outside Exampla village.",
        "They met in Betaville town. On 9 June shells landed outside Exampla village. Four people were killed.",
        "A mine killed four on 9 June in the village of Exampla, the governor said in the town of Betaville.",
        "A mine killed four on 9 June in the village of Exampla. A group that sits in Betaville town denied it.",
        "Two shells fired from the direction of Betaville town killed four on 9 June in the village of Exampla.",
        "A mine killed four on 9 June about ten kilometres out of Exampla village, on the track to Betaville town.",
        "He said in the clinic of Betaville that a shell had killed four on 9 June in the village of Exampla.",
        "A mine killed six on 9 June outside Exampla village. A spokesman told of raids in Betaville town.",
        "The State Service found a body on 9 June in the village of Exampla, killed by a shell.",
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
        ("(14 Jun) Exampla: a shell killed four people.", "Exampla"),
        ("14 June: Exampla (4 killed, artillery). 15 June: none.", "Exampla"),
        ("Subdistrict: Exampla. Date: 14/06/2021. Killed: 5. Weapon: artillery.", "Exampla"),
        ("The people of Exampla fear dusk. On Monday at that hour a shell killed four of them.", "Exampla"),
        ("Four people were killed on Monday in the fields of Exampla by a shell.", "Exampla"),
        ("Four harvesters were killed on Monday. Their tractor was hit by a shell as it entered Exampla.", "Exampla"),
        ("Four harvesters were killed by a shell on Monday while returning to Exampla.", "Exampla"),
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


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "16 May 2021, Exampla (Beta). Car bomb beside a bank. Killed: 1, a seller who died in Gammaville town.",
            "Exampla",
        ),
        ("DEL-21-0184 | 7 May 2021 | Exampla (Gamma, Beta) | Landmine. A pickup hit it. Fatalities: 9.", "Exampla"),
        ("30 May 2021 - Exampla, Beta district. Drone. Crew of three. A loader was killed.", "Exampla"),
        ("On 3 May shells came down on a hill above Exampla and killed four people.", "Exampla"),
        ("A shell killed four people on 3 May in the Exampla district of strife-torn Deltaland.", "Exampla"),
        ("A drone killed four people on 3 May in the Ain Exampla suburb of Deltaford.", "Ain Exampla"),
    ],
)
def test_a_record_begins_with_its_day_and_place(text: str, place: str) -> None:
    assert place_of(text) == place


def test_the_day_that_heads_a_record_is_that_of_its_event() -> None:
    text = "30 May 2021 - Exampla, Beta district. Drone. A loader was killed; the driver died in hospital on 31 May."
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2021-06-17")
    (account,) = RuleReader().read(article, ()).accounts
    assert account.date is not None
    assert account.date.edtf == "2021-05-30"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "A lorry blew up in eastern Deltaford on 3 May, killing 16 people. It stood in the Exampla district.",
            "Exampla",
        ),
        (
            "Four people died of a shell on 3 May in eastern Deltaland. They lay at a mill outside Exampla village.",
            "Exampla",
        ),
    ],
)
def test_a_story_goes_on_from_a_part_to_the_place(text: str, place: str) -> None:
    name = "Deltaford" if "Deltaford" in text else "Deltaland"
    start = text.index(name)
    kind = "city" if name == "Deltaford" else "country"
    toponym = Toponym(start=start, end=start + len(name), text=name, kind=kind)
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2021-06-17")
    account = RuleReader().read(article, [toponym]).accounts[0]
    assert account.place is not None
    assert account.place.name == place or account.place.anchors == (place,)


def test_a_chain_from_the_widest_may_end_near_a_place() -> None:
    text = "2021-05-18, Deltaland, Gamma Governorate, Beta district, near Exampla village. Raiders killed 17 people."
    toponym = Toponym(start=12, end=21, text="Deltaland", kind="country")
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2021-06-17")
    account = RuleReader().read(article, [toponym]).accounts[0]
    assert account.place is not None
    assert (account.place.relation, account.place.anchors) == ("near", ("Exampla",))
    assert account.place.containers == ("Beta", "Gamma", "Deltaland")
