"""Folding keys: what must meet, what must stay apart, and what no name may break."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.places.names.keys import NAME_LIMIT, fold, plain_of
from mapper.places.names.spelling import CONSONANTS


@pytest.mark.parametrize(
    "names",
    [
        ("al-Shaddadah", "Ash Shaddādah", "ash-shaddada", "El Shaddadeh"),
        ("Tell Rifaat", "Tall Rif`at", "Tal Rifat"),
        ("Sheikh Miskin", "Shaykh Miskeen", "Cheikh Miskin"),
        ("Deir al-Asal", "Dayr al \u2018Asal"),
        ("Kyiv", "Київ"),
        ("Saint-Denis", "St. Denis", "SAINT DENIS"),
        ("West Ghouta", "al-Ghouta al-Gharbiyah"),
    ],
)
def test_spellings_of_one_name_sound_alike(names: tuple[str, ...]) -> None:
    assert len({fold(name).sound for name in names}) == 1


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Manbij", "منبج"),
        ("Al-Qusayr", "القصير"),
        ("Tal Abyad", "تل أبيض"),
        ("Kafr Nabl", "كفر نبل"),
        ("Abu Ghraib", "أبو غريب"),
        ("Eastern Ghariya", "الغارية الشرقية"),
        ("Ma'arrat Misrin", "معرة مصرين"),
    ],
)
def test_latin_and_arabic_meet_in_the_skeleton(latin: str, arabic: str) -> None:
    assert fold(latin).skeleton == fold(arabic).skeleton


@pytest.mark.parametrize(
    ("one", "other"), [("Homs", "Hama"), ("Raqqa", "Ramadi"), ("Paris", "Berlin"), ("東京", "京都")]
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one).skeleton != fold(other).skeleton


@pytest.mark.parametrize("name", ["", " ", "!?", "\u200f", "\x00", "\U0001f600", "'", "\u0301", "\ud800"])
def test_what_has_no_letter_has_empty_keys(name: str) -> None:
    assert set(map(fold, [name])) == {fold("")}


def test_marks_of_direction_and_null_vanish() -> None:
    assert fold("\u200fحلب\u200e") == fold("حلب")
    assert fold("Ra\x00qqa") == fold("Raqqa")


def test_a_name_of_five_thousand_characters_is_cut() -> None:
    begin = time.process_time()
    assert fold("Hama " * 1000) == fold(("Hama " * 1000)[:NAME_LIMIT])
    assert time.process_time() - begin < 1


def test_mixed_scripts_are_folded_letter_by_letter() -> None:
    assert fold("Tell حلب").skeleton == fold("Tall Halab").skeleton


@given(st.text())
def test_folding_never_fails_and_what_is_folded_stays(name: str) -> None:
    keys = fold(name)
    assert fold(keys.plain) == keys
    assert plain_of(name) == keys.plain
    assert set(keys.skeleton) <= set(CONSONANTS + "A")
    assert bool(keys.plain) == bool(keys.name) == bool(keys.skeleton)


@given(st.text(alphabet="аъьщж\u0301صىةءئאןαωßıſ東ーカ\u0e01ა-' "))
def test_every_script_has_keys_wherever_it_has_letters(name: str) -> None:
    keys = fold(name)
    assert fold(keys.plain) == keys
    assert bool(keys.plain) == bool(keys.sound) == bool(keys.skeleton)


@given(st.text(alphabet="abdeghijklmnoqrstuwyz'- "))
def test_case_and_apostrophes_change_nothing(name: str) -> None:
    assert fold(name.upper()) == fold(name)
    assert fold(name.replace("'", "\u2019")) == fold(name)
