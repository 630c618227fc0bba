"""Who was harmed, by kind and by how English says it: lists, brackets, ages, and verbs that are left out."""

from __future__ import annotations

import pytest

from mapper.incidents.building import toll_of
from mapper.model import Article, Toll
from mapper.reading.reader import RuleReader

_AT = "in the village of Exampleville on 3 May 2020"
_SHELL = f"A shell hit a house {_AT}."


def _exactly(number: int) -> Toll:
    return Toll(minimum=number, maximum=number)


def _read(text: str) -> list[Toll]:
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2020-05-05")
    accounts = RuleReader().read(article, ()).accounts
    assert len(accounts) == 1
    return [toll_of(accounts, "killed"), toll_of(accounts, "killed", "women"), toll_of(accounts, "killed", "children")]


@pytest.mark.parametrize(
    ("text", "killed", "women", "children"),
    [
        (f"A rocket {_AT} left 6 dead (3 men, 2 women, 1 child).", 6, 2, 1),
        (f"{_SHELL} Dead: 7 (4 F, 2 M, 1 child).", 7, 4, 1),
        (f"Nine relatives - the parents, five children and two uncles - were killed {_AT}.", 9, None, 5),
        (f"Six people (four women and two girls) were killed {_AT}.", 6, 4, 2),
        (f"Gunmen killed a clerk and his three sons, aged 4, 7 and 16, {_AT}.", 4, None, 3),
        (f"Gunmen killed a clerk and his sons, 22 and 25, {_AT}.", 3, None, None),
        (f"Gunmen killed a 15-year-old apprentice {_AT}.", 1, None, 1),
        (f"Nine-month-old twins and their aunt were killed {_AT}.", 3, 1, 2),
        (f"Gunmen killed a mother of five, her cook and a lodger {_AT}.", 3, 1, None),
        (f"Gunmen killed a woman (also known as Umm Example) and her four nieces {_AT}.", 5, 1, None),
        (f"A barber and both of his brothers were killed {_AT}.", 3, None, None),
        (f"Killed {_AT}: 1 man, 2 women, 4 children.", 7, 2, 4),
        (f"Killed in the attack on a mill {_AT} were a miller and his wife.", 2, 1, None),
        (f"{_SHELL} The victims of the attack were a man, his wife, 40, and their two daughters.", 4, 1, None),
        (f"Six people were killed {_AT}, half of them children.", 6, None, 3),
        (f"Six people, all women, were killed {_AT}.", 6, 6, None),
        (f"Seven people were killed {_AT}. Four of the dead were children and two were women.", 7, 2, 4),
        (f"Seven people were killed {_AT}. Among them were a woman and her three children.", 7, 1, 3),
        (f"Gunmen killed eight people {_AT}: three women and five children.", 8, 3, 5),
        (f"{_SHELL} Nine lodgers died at once, and three others on the way to a clinic.", 12, None, None),
        (f"{_SHELL} There were no survivors among the five lodgers.", 5, None, None),
        (f"A bomb {_AT} killed nobody.", 0, None, None),
        (f"The blast cost four lodgers their lives {_AT}.", 4, None, None),
        (f"Civilians killed {_AT}: two (a clerk and his son).", 2, None, None),
        (
            f"Gunmen killed Exemplar (32), his wife Exempla (30), their children Exemplo (7) and Exemple (4) {_AT}.",
            4,
            1,
            None,
        ),
        (f"{_SHELL} A man, the owner of the mill, died.", 1, None, None),
        (f"{_SHELL} 4 lodgers died. Six is the sum of the four found dead and two who died later.", 4, None, None),
        (f"Five people, including an assailant, were killed {_AT}.", 4, None, None),
        (f"Gunmen killed a mother and son {_AT}.", 2, 1, None),
        (f"A porter, a 14 yo boy, and one guest were shot dead {_AT}.", 3, None, 1),
        (
            f"The cook, her trainee \u2013 both cousins \u2013 and a miller who had asked for bread were killed {_AT}.",
            3,
            None,
            None,
        ),
        (f"The cook (52) was killed on the steps, and a girl of nine died on the way {_AT}.", 2, None, 1),
        (f"{_SHELL} It hit a man (61) who was mending nets. He died before help came.", 1, None, None),
        (f"{_SHELL} Her father, two uncles and an aunt's twin babies died.", 5, None, 2),
        (f"{_SHELL} Registered dead at this hour: 31, of them 12 children.", 31, None, 12),
        (f"{_SHELL} A guard was found strangled.", 1, None, None),
        (f"Three cousins whom a rocket had killed {_AT} were buried.", 3, None, None),
        (f"Killed while queueing for flour {_AT}: a teacher, her brother, and two guests.", 4, None, None),
        (f"Of the twenty men who were seized {_AT}, eighteen were executed.", 18, None, None),
        (f"{_SHELL} The death of a second boy brought to two the number of fatalities.", 2, None, 1),
        (f"{_SHELL} The child died at night; she was the fourth victim of the rocket.", 4, None, 1),
        (f"{_SHELL} A clinic took in nine bodies, including those of four children, and 26 injured.", 9, None, 4),
        (f"{_SHELL} A herder stepped on a shard; he lost both legs and died on the way.", 1, None, None),
        (f"Six members of a rescue team, three cooks and three drivers, were killed {_AT}.", 6, None, None),
        (f"Medics recorded 3 deaths - two of them children - and 14 injuries {_AT} after shelling.", 3, None, 2),
        (f"A drone hit a van {_AT}; driver + 2 passengers dead.", 3, None, None),
        (f"Medics put the dead from a raid {_AT}, which lasted an hour, at nine.", 9, None, None),
        (f"Gunmen seized ten drivers {_AT}, killing two of them.", 2, None, None),
        (f"Four siblings, the oldest of them 19, were killed {_AT}.", 4, None, None),
    ],
)
def test_people_are_counted_by_kind(text: str, killed: int, women: int | None, children: int | None) -> None:
    told = _read(text)
    assert told[0] == _exactly(killed)
    assert [toll.minimum for toll in told[1:]] == [women, children]


def test_the_dead_and_the_hurt_counted_together_are_an_upper_end() -> None:
    assert _read(f"Twenty people were killed or wounded {_AT}.")[0] == Toll(minimum=None, maximum=20)


@pytest.mark.parametrize(
    "text",
    [
        f"{_SHELL} Surgeons saw the wounded at a clinic, where 40 beds are free.",
    ],
)
def test_what_only_looks_like_a_toll_is_left(text: str) -> None:
    assert _read(text)[0] == Toll()


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        (f"{_SHELL} A cook has concussion.", 1),
        (f"{_SHELL} A clerk needed nine stitches.", 1),
        (f"{_SHELL} A boy was hit in the thigh and two porters were hit in the legs.", 3),
        (f"{_SHELL} Two boys sustained deep facial cuts.", 2),
        (f"{_SHELL} A midwife sprained her wrist.", 1),
        (f"{_SHELL} A guest lost the sight of both eyes.", 1),
        (f"{_SHELL} The wounded exceeded 10.", 11),
        (f"{_SHELL} The hospital has a burns ward and a broken lift.", None),
    ],
)
def test_hurts_are_read_in_many_words(text: str, injured: int | None) -> None:
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2020-05-05")
    assert toll_of(RuleReader().read(article, ()).accounts, "injured").minimum == injured


def test_another_source_counts_otherwise() -> None:
    text = f"A shell {_AT} killed 7 people and injured 11, medics report; the police give 9 and 28."
    accounts = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published=""), ()).accounts
    assert toll_of(accounts, "killed") == Toll(minimum=7, maximum=9)
    assert toll_of(accounts, "injured") == Toll(minimum=11, maximum=28)


def test_who_was_hit_there_and_killed_is_not_hurt() -> None:
    text = f"A man was shot in the back and killed {_AT}."
    accounts = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published=""), ()).accounts
    assert (toll_of(accounts, "killed"), toll_of(accounts, "injured")) == (_exactly(1), Toll())


@pytest.mark.parametrize("digits", [4, 5_000])
def test_a_number_too_long_for_an_age_is_none(digits: int) -> None:
    number = "9" * digits
    text = f"Six people, {number} two of them women, were killed {_AT}."
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2020-05-05")
    accounts = RuleReader().read(article, ()).accounts
    assert all(str(claim.value) != number for account in accounts for claim in account.claims)
