"""Folding keys: what is left of a name when the ways of spelling it are taken away.

Four keys, each coarser than the one before. `Keys.plain` forgets case, accents
and punctuation; `Keys.name` the article, generic words and habits of spelling;
`Keys.sound` the letters that writers confuse; `Keys.skeleton` the vowels. Latin
and Arabic script (and Cyrillic, Greek, Hebrew) meet in the last two.

The rules, in the order they are applied:

Apostrophes, ayn and hamza are not written by everyone.

>>> fold("Sha`fah").plain, fold("Shaʿfah").plain, fold("Shafah").plain
('shafah', 'shafah', 'shafah')

Hyphens, spaces and other punctuation separate words, and all do it alike.

>>> fold("Saint-Denis").plain == fold("saint\u00a0denis").plain
True

The article al- goes, also where it has taken the sound of the next word; so does "the".

>>> {fold(n).name for n in ("al-Shaddadah", "ash-Shaddadah", "Ash Shaddadah", "El Shaddada", "ashShaddadah")}
{'shadada'}
>>> fold("As Sukhnah").name, fold("Asmara").name, fold("an Island").name
('sukhna', 'asmara', 'an jazira')

So does an article that was written into the next word.

>>> fold("Deir Ezzor").sound, fold("Dayr az-Zawr").sound
('dirdur', 'dirdur')

Words for what a place is go, where others remain.

>>> fold("Village of Hajin").name, fold("qaryat Hajin").name, fold("Village").name
('of hajin', 'hajin', 'village')

Words with many spellings get one.

>>> {fold(n).name for n in ("Tell Abyad", "Tall Abyad", "Til Abyad", "Tal Abiad")}
{'tal abiad'}
>>> fold("Kfar Nabl").name, fold("Kafr Nubl").sound[:4], fold("Abou Kamal").name, fold("Beer Ajam").name
('kafr nabl', 'kafr', 'abu kamal', 'bir ajam')

Words of direction, height, size and age are translated, and stand last.

>>> fold("Eastern Ghariyah").name, fold("al-Ghariyah al-Sharqiyah").name
('gharia sharqi', 'gharia sharqi')
>>> fold("Upper Kafr Nabl").name == fold("Kafr Nabl al-Fawqani").name
True

An Arabic feminine ending is -a, -ah or -eh, and -at before another word.

>>> {fold(n).name for n in ("Hishah", "Hisheh", "Hisha")}, fold("Rawdat Salih").name
({'hisha'}, 'rauda salih')

So are -iya, -iyya, -iyah, -iyeh and -ieh.

>>> {fold(n).name for n in ("Salhiyah", "Salhiyya", "Salhieh", "Salhia")}
{'salhia'}

Long vowels have several spellings: ou, oo and ow; ee and ie; au and aw; ei, ey, ay and ai.

>>> fold("Daroosh").name, fold("Hajeen").name, fold("Rowda").name, fold("Suwayda").name
('darush', 'hajin', 'ruda', 'suwaida')

A doubled letter is a letter.

>>> fold("Raqqa").name, fold("Ra'qa").name
('raqa', 'raqa')

q, k, g and gh sound alike, and so do dh, th, z and d; kh, x and h; j and dj; ch and sh; p and b; v and f.

>>> fold("Qamishli").sound == fold("Kamishly").sound, fold("Dhahab").sound == fold("Zahab").sound
(True, True)
>>> fold("Djarablus").sound == fold("Jarabulus").sound, fold("Djarablus").skeleton == fold("Jarabulus").skeleton
(False, True)

A run of vowels is one vowel: i if it has an i, else u if it has a u.

>>> fold("Heisha").sound, fold("Hishah").sound, fold("هيشة").sound
('hiSa', 'hiSa', 'hiSa')

The skeleton has no vowels; w and y count as vowels. So Arabic, which writes only the long ones, meets Latin.

>>> fold("Sha'afa").skeleton, fold("الشعفة").skeleton, fold("Manbij").skeleton, fold("منبج").skeleton
('Sf', 'Sf', 'mnbJ', 'mnbJ')

Other scripts are spelled in Latin letters first, as far as they are known; the rest stands for itself.

>>> fold("Київ").name, fold("Kyiv").name, fold("Αθήνα").skeleton, fold("São Paulo").plain, fold("東京").name
('kiv', 'kiv', 'dn', 'sao paulo', '東京')
"""

# ruff: noqa: RUF001 - Arabic letters

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from mapper.places.letters import FOLD, SOUND
from mapper.places.words import ALIKE, ARTICLES, DIRECTIONS, GENERIC, SUN_ARTICLES

NAME_LIMIT: Final = 400
"""Characters of a name that are looked at; longer names are folded as if they ended there."""

CONSONANTS: Final = "bdfhJklmnrsSt"
"""The letters of a skeleton."""

_PLAIN_WORD, _ARTICLE, _GENERIC, _DIRECTION = range(4)
_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_WRITTEN_IN: Final = re.compile(r"^[aeiu](?:([sztdrn])\1|sh(?=sh))(?=\w\w)")
_SPELLING: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"d[jg](?=[aeiouy])|dzh", "j"),
        (r"ck", "k"),
        (r"ph", "f"),
        (r"t?sch|tch", "ch"),
        (r"ou|oo|ow(?![aeiouy])", "u"),
        (r"aw(?![aeiouy])", "au"),
        (r"(?<=.)(?:i?yy?|ii?|ee?)(?:ah|eh|a|e)$|(?<=.)i[iy]?[ae]h?$", "ia"),
        (r"ee|ie(?!u)|iy|yi", "i"),
        (r"[ae][iy]", "ai"),
        (r"(?<=..)(?:ah|eh|e|a)$", "a"),
        (r"(?<=[^aeiou])y(?![aeiou])", "i"),
        (r"(?<=[^aeiouy])y(?=[aeo])|(?<=[aeou])y$", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_SOUNDING: Final = (
    (re.compile(r"kh"), "h"),
    (re.compile(r"[sc]h"), "S"),
    (re.compile(r"gh|q|g"), "k"),
    (re.compile(r"[dtz]h|z"), "d"),
    (re.compile(r"x"), "h"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"p"), "b"),
    (re.compile(r"v"), "f"),
    (re.compile(r"j"), "J"),
)
_VOWEL_RUN: Final = re.compile(r"[aeiouwy]+")
_DOUBLED: Final = re.compile(r"(.)\1+")
_VOWELS: Final = re.compile(r"[aiu]")
_AT: Final = re.compile(r"(?<=...)[ae]t$")


@dataclass(frozen=True, slots=True)
class Keys:
    """The four keys of a name, from fine to coarse; empty where nothing of the name is a letter.

    Parameters
    ----------
    plain : str
        Words in lower case, without marks, in their own script.
    name : str
        Words without article and generic words, in one spelling; Latin, but
        for scripts whose letters have no known sound and for Arabic.
    sound : str
        One word of consonant classes and the vowels a, i, u.
    skeleton : str
        `sound` without vowels: letters of `CONSONANTS`, and ``A`` for a name
        that only has vowels. A character of unknown sound stands as two letters.
    """

    plain: str
    name: str
    sound: str
    skeleton: str


def fold(name: str) -> Keys:
    """Return the keys of a name; never raises.

    Examples
    --------
    >>> fold("Al-Baghūz")
    Keys(plain='al baghuz', name='baghuz', sound='bakud', skeleton='bkd')
    >>> fold("!?")
    Keys(plain='', name='', sound='', skeleton='')
    """
    return _fold(name[:NAME_LIMIT])


@lru_cache(maxsize=1 << 13)
def _fold(name: str) -> Keys:
    words = name.translate(FOLD).split()
    if not words:
        return Keys("", "", "", "")
    kept = _kept(words) or [_word(word, True) for word in words]
    sound = _DOUBLED.sub(r"\1", "".join([word[1] for word in kept]))
    return Keys(" ".join(words), " ".join([word[0] for word in kept]), sound, skeleton_of(sound))


def skeleton_of(sound: str) -> str:
    """Return the consonants of a sound key.

    Examples
    --------
    >>> skeleton_of("bakud"), skeleton_of("ia"), skeleton_of("")
    ('bkd', 'A', '')
    """
    bare = _VOWELS.sub("", sound)
    return _DOUBLED.sub(r"\1", bare) if bare else "A" * bool(sound)


def _kept(words: list[str]) -> list[tuple[str, str, int]]:
    """Leave out articles and generic words, and put words of direction last."""
    kept, last = [], []
    end = len(words) - 1
    for place, word in enumerate(words):
        entry = _word(word, place == end)
        role = entry[2]
        if role == _PLAIN_WORD:
            kept.append(entry)
        elif role == _DIRECTION:
            last.append(entry)
        elif role == _ARTICLE and (place == end or not words[place + 1].startswith(SUN_ARTICLES.get(word, ""))):
            kept.append(entry)
    if len(last) > 1:
        last.sort()
    return kept + last


@lru_cache(maxsize=1 << 14)
def _word(word: str, is_last: bool) -> tuple[str, str, int]:
    """Return the spelling, the sound and the role of one word of a plain key."""
    role = _PLAIN_WORD
    if word in ARTICLES or word in SUN_ARTICLES:
        role = _ARTICLE
    elif word in GENERIC:
        role = _GENERIC
    bare = word[2:] if word.startswith("ال") and len(word) > 3 else word
    if bare in GENERIC:
        role = _GENERIC
    elif bare in DIRECTIONS:
        bare = DIRECTIONS[bare]
        role = _DIRECTION
    bare = ALIKE.get(bare, bare)
    latin = bare if _LATIN.issuperset(bare) else _in_latin(bare)
    spelling = _spelled(latin, is_last) if role == _PLAIN_WORD and bare not in ALIKE else latin
    is_arabic = "\u0600" <= bare[0] <= "\u06ff"
    return (bare if is_arabic else spelling), _sounded(spelling), role


def _in_latin(word: str) -> str:
    letters = [letter if letter in _LATIN else SOUND[letter] for letter in word]
    # The feminine ending, folded to h, is a vowel.
    if len(letters) > 2 and word[-1] == "ه":
        letters[-1] = "a"
    return "".join(letters)


def _spelled(word: str, is_last: bool) -> str:
    if not is_last:
        word = _AT.sub("a", word)
    word = _WRITTEN_IN.sub(lambda found: found.group(1) or "", word)
    for pattern, replacement in _SPELLING:
        word = pattern.sub(replacement, word)
    return ALIKE.get(word, word)


def _sounded(word: str) -> str:
    for pattern, replacement in _SOUNDING:
        word = pattern.sub(replacement, word)
    word = _VOWEL_RUN.sub(_one_vowel, word)
    if not word.isascii() or not word.isalpha():
        word = "".join([letter if letter.isascii() and letter.isalpha() else _stand_in(letter) for letter in word])
    return _DOUBLED.sub(r"\1", word)


def _one_vowel(run: re.Match[str]) -> str:
    letters = run.group()
    if any(letter in letters for letter in "iey"):
        return "i"
    return "u" if any(letter in letters for letter in "uow") else "a"


def _stand_in(letter: str) -> str:
    """Give a character of unknown sound two consonants of its own, as good as any."""
    first, second = divmod(ord(letter) % (len(CONSONANTS) ** 2), len(CONSONANTS))
    return CONSONANTS[first] + CONSONANTS[second]
