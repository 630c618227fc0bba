"""Many names at once have the keys that each has alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapper.places.names.keys import NAME_LIMIT, fold
from mapper.places.names.many import Sounds, plain_keys
from mapper.places.names.spelling import undoubled
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
    sounds = [undoubled(sound) for sound in Sounds().of(plains)]
    alone = [fold(name) for name in names]
    assert plains == [keys.plain for keys in alone]
    assert sounds == [keys.sound for keys in alone]


def test_words_that_recur_sound_as_at_first() -> None:
    sounds = Sounds()
    plains = ["tell rowdat", "rowdat salih", "village", "old village", ""]
    assert sounds.of(plains) == sounds.of(plains) == [fold(plain).sound for plain in plains]


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
