"""What writers do with the letters of a name, and what it says of two spellings."""

import csv

import pytest

from benchmarks.renderings import aligned, learned
from mapper.places.names.keys import fold
from mapper.places.resolving.renderings import (
    ARABIC,
    LATIN,
    LEAST,
    Table,
    arabic_letters_of,
    letters_of,
    rendered,
    tables,
    tables_of,
)


def likeness(one: str, other: str) -> float:
    return tables()[LATIN].likeness(letters_of(fold(one)), letters_of(fold(other)))


@pytest.mark.parametrize(
    ("one", "rendering", "other"),
    [
        ("Qamhana", "Kamhaneh", "Jamhana"),
        ("al-Qushayb", "Kusheyb", "Mushayb"),
        ("Dhahab", "Zahab", "Rahab"),
        ("Tall Wazir", "Tell Wazeer", "Tall Nazir"),
    ],
)
def test_a_habit_of_writers_costs_less_than_another_name(one: str, rendering: str, other: str) -> None:
    assert likeness(one, rendering) > likeness(one, other)


def test_long_names_that_agree_tell_more_than_short_ones() -> None:
    assert likeness("Kafr Batikha", "Kafr Batikhah") > likeness("Kafr", "Kafr") > 0


def test_an_arabic_name_is_rendered_by_its_latin_spelling() -> None:
    table, asked = tables()[ARABIC], arabic_letters_of(fold("القمحانة"))
    near, far = (table.likeness(letters_of(fold(name)), asked) for name in ("Qamhana", "Jarmana"))
    assert near > far


def test_the_likest_spelling_of_a_place_is_what_tells() -> None:
    alone = rendered(fold("Kamhaneh"), [fold("Qamhanah")])
    assert rendered(fold("Kamhaneh"), [fold("Qamhanah"), fold("Rasm Zayn")]) == alone
    assert alone["rendering"] > 0


def test_a_place_without_a_latin_name_tells_nothing_of_latin_spellings() -> None:
    assert "rendering" not in rendered(fold("Qamhana"), [fold("قمحانة")])
    assert rendered(fold("قمحانة"), []) == {}


def test_an_arabic_spelling_tells_which_vowels_are_long() -> None:
    spelled = [fold("سامورة")]
    long, short = (rendered(fold(name), spelled) for name in ("Samoura", "Simra"))
    assert long["arabic"] > short["arabic"]
    assert long["has_arabic"] == 1.0


def test_letters_that_no_table_has_count_least() -> None:
    table = Table({"a": {"a": 1.0}}, {}, {})
    assert table.likeness(["a", "ß"], ["a"]) == 1.0 + LEAST
    assert table.likeness([], ["ß", "ß"]) == 2 * LEAST
    assert table.likeness([], []) == 0.0


def test_tables_are_read_as_they_are_written() -> None:
    rows = csv.DictReader(["script,one,other,score", "latin,q,k,1.00", "latin,q,,-2.00", "latin,,k,-1.50"])
    table = tables_of(rows)[LATIN]
    assert table.likeness(["q"], ["k"]) == 1.0
    assert table.likeness(["q"], []) == -2.0
    assert table.likeness([], ["k"]) == -1.5


def test_what_is_counted_is_learned() -> None:
    """Where q is written k again and again, that comes to cost little; q for b, never seen, costs more."""
    pairs = [(list("qabar"), list("kabar")), (list("raqib"), list("rakib")), (list("qasim"), list("kasim"))] * 30
    scores, counted = learned(pairs)
    assert counted["q", "k"] == 90
    assert scores["q", "k"] > 1 > scores["q", "b"]
    assert aligned(list("qab"), list("kabr"), scores) == [("", "r"), ("b", "b"), ("a", "a"), ("q", "k")]
