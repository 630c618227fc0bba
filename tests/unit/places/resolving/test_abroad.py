"""A likeness in a country that nothing points to is no answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mapper.model import PlaceContext, PlaceReference, Toponym
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.resolving.context import gather
from mapper.places.resolving.resolver import Resolver

NOWHERE = PlaceContext()
ROW = "{}\t{}\t{}\t\t{}\t{}\tP\t{}\t{}\t\t\t\t\t\t{}\t\t\t\t2020-01-01\n"
WORLD = (
    ROW.format(1, "Takhel", "Takhel", 17.0, 105.0, "PPL", "LA", 900_000),
    ROW.format(2, "Gulur", "Gulur", 2.0, 32.0, "PPL", "UG", 500_000),
)
AT_HOME = (ROW.format(3, "Salqat", "Salqat", 36.0, 36.5, "PPL", "SY", 0),)
ABROAD = ROW.format(4, "Salqat", "Salqat", 40.0, 116.0, "PPL", "CN", 3_000)


def resolver(folder: Path, *lists: tuple[str, ...]) -> Resolver:
    files = []
    for number, rows in enumerate(lists):
        files.append(folder / f"{number}.txt")
        files[-1].write_text("".join(rows), encoding="utf-8")
    return Resolver(Gazetteer.open((), files, world=False, cache=folder / "cache", report=lambda _: None))


def ask(name: str) -> PlaceReference:
    return PlaceReference(name=name, start=0, end=len(name))


def test_an_unknown_village_is_not_the_famous_city_that_it_sounds_like(tmp_path: Path) -> None:
    found = resolver(tmp_path, WORLD).resolve(ask("Dahil"), NOWHERE)
    assert found.status == "not_found"


def test_an_arabic_article_says_where_a_name_is_at_home(tmp_path: Path) -> None:
    names = resolver(tmp_path, WORLD)
    assert names.resolve(ask("Gulur"), NOWHERE).status == "resolved"
    assert names.resolve(ask("Al-Gulur"), NOWHERE).score < names.resolve(ask("Gulur"), NOWHERE).score


@pytest.mark.parametrize(("context", "country"), [(NOWHERE, "SY"), (PlaceContext(countries={"CN": 0.9}), "CN")])
def test_countries_whose_gazetteers_were_imported_come_first_where_nothing_points_elsewhere(
    tmp_path: Path, context: PlaceContext, country: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = resolver(tmp_path, AT_HOME, (ABROAD,))
    monkeypatch.setattr(both, "_at_hand", frozenset({"SY"}))
    assert both.resolve(ask("Salqat"), context).candidates[0].place.country == country


def test_a_likeness_in_a_country_that_only_itself_speaks_of_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finder takes "Ghulour" for Gulur, and so for a word about its country."""
    names = resolver(tmp_path, WORLD, AT_HOME)
    monkeypatch.setattr(names, "_at_hand", frozenset({"SY"}))
    spoken = PlaceContext(countries={"SY": 0.7, "UG": 0.3}, alone={"UG": "Ghulour"})
    assert names.resolve(ask("Ghulour"), spoken).status == "ambiguous"
    assert names.resolve(ask("Ghulour"), replace(spoken, alone={"UG": "Kampala"})).country == "UG"
    assert names.resolve(ask("Gulur"), spoken).country == "UG"


def test_an_article_knows_which_name_alone_speaks_of_a_country() -> None:
    def named(text: str, country: str) -> Toponym:
        return Toponym(start=0, end=len(text), text=text, country=country)

    one = [named("Salqat", "SY"), named("Hama", "SY"), named("Ghulour", "UG"), named("Ghulour", "UG")]
    assert gather(one).alone == {"UG": "Ghulour"}
    assert gather(one[2:]).alone == {}


def test_what_is_at_hand_is_what_was_imported(tmp_path: Path) -> None:
    path = tmp_path / "home.txt"
    path.write_text("".join(AT_HOME), encoding="utf-8")
    cache = tmp_path / "cache"
    assert Gazetteer.open((), [path], world=False, cache=cache, report=lambda _: None).at_hand == {"SY"}
    assert Gazetteer.open((), (), world=False, cache=cache, report=lambda _: None).at_hand == frozenset()
