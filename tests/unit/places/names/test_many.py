"""Many names at once have the keys that each has alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.places.names.keys import NAME_LIMIT, fold
from mapper.places.names.many import plain_keys
from mapper.places.names.spelling import undoubled
from mapper.places.names.vocabulary import Vocabulary
from mapper.places.names.words import ALIKE, ARTICLES, DIRECTIONS, GENERIC, SUN_ARTICLES

WORDS = sorted({*ARTICLES, *SUN_ARTICLES, *GENERIC, *ALIKE, *DIRECTIONS})
PARTS = [
    "iy",
    "ey",
    "ay",
    "ou",
    "ow",
    "aw",
    "ie",
    "dj",
    "sh",
    "kh",
    "tsch",
    "ss",
    "ah",
    "eh",
    "at",
    "et",
    "ash",
    "iyya",
]
NAMES = st.one_of(
    st.text(max_size=12),
    st.lists(st.sampled_from(PARTS + list("bdghklmnrstz")), min_size=1, max_size=6).map("".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(PARTS)), min_size=1, max_size=4).map(" ".join),
    st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي ةءأ", max_size=12),
)


@given(st.lists(NAMES, max_size=40))
def test_keys_of_many_names_are_those_of_each(names: list[str]) -> None:
    plains = plain_keys(names)
    bares, sounds = Vocabulary(1_000, has_sounds=True).names_and_sounds(plains)
    alone = [fold(name) for name in names]
    assert plains == [keys.plain for keys in alone]
    assert bares == [keys.name for keys in alone]
    assert [undoubled(sound) for sound in sounds] == [keys.sound for keys in alone]


@given(st.lists(NAMES, max_size=40), st.booleans())
def test_the_finer_keys_of_some_names_are_those_of_each(names: list[str], has_sounds: bool) -> None:
    finer = Vocabulary(1_000, has_sounds=has_sounds).finer_keys(names)
    assert finer == [(keys.plain, keys.name) for keys in map(fold, names)]


@pytest.mark.parametrize("remembered", [0, 3, 1_000])
def test_words_that_recur_sound_as_at_first(remembered: int) -> None:
    vocabulary = Vocabulary(remembered, has_sounds=True)
    plains = ["tell rowdat", "rowdat salih", "village", "old village", ""]
    alone = [fold(plain) for plain in plains]
    expected = ([keys.name for keys in alone], [keys.sound for keys in alone])
    assert vocabulary.names_and_sounds(plains) == vocabulary.names_and_sounds(plains) == expected


def test_a_name_may_hold_what_stands_between_names() -> None:
    assert Vocabulary(9, has_sounds=False).finer_keys(["a\x1fb", "c"]) == [("ab", "ab"), ("c", "c")]


def test_what_is_long_or_strange_folds_alike_too() -> None:
    names = [
        "x" * (2 * NAME_LIMIT),
        "a\nb",
        "\ud800 lone",
        "½ ß Æ ŉ",
        "\x1c\x1d",
        " \u2028 ",
        *("aab" * n for n in range(500)),
    ]
    assert plain_keys(names) == [fold(name).plain for name in names]
    assert undoubled("\n".join("aabb" for _ in range(1_000))) == "\n".join("ab" for _ in range(1_000))
