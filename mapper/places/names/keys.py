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

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from mapper.places.names.letters import FOLD, SOUND
from mapper.places.names.spelling import sounded, spelled, undoubled
from mapper.places.names.words import ALIKE, ARTICLES, DIRECTIONS, GENERIC, SUN_ARTICLES

NAME_LIMIT: Final = 400
"""Characters of a name that are looked at; longer names are folded as if they ended there."""

PLAIN_WORD, _ARTICLE, _GENERIC, _DIRECTION = range(4)
Word = tuple[str, str, int]
"""What is known of a word of a name: its spelling, its sound, and what it is there for."""

Parts = tuple[str, str, int, bool]
"""See `parts_of`."""

_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_VOCABULARY: Final = frozenset().union(ARTICLES, SUN_ARTICLES, GENERIC, ALIKE, DIRECTIONS)
_NO_VOWELS: Final = str.maketrans("", "", "aiu")


class Keys(NamedTuple):
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
    kept = kept_of(words, _entries(words))
    sound = undoubled("".join([word[1] for word in kept]))
    return Keys(" ".join(words), " ".join([word[0] for word in kept]), sound, skeleton_of(sound))


def plain_of(name: str) -> str:
    """Return the plain key alone, which takes a fraction of the time of all.

    Examples
    --------
    >>> plain_of("Al-Baghūz")
    'al baghuz'
    """
    return " ".join(name[:NAME_LIMIT].translate(FOLD).split())


def has_generic(name: str) -> bool:
    """Say whether a name has a word for what it is beside others: such a word is no part of its name key.

    Examples
    --------
    >>> has_generic("Hajin City"), has_generic("al-Hajin"), has_generic("Village")
    (True, False, False)
    """
    words = name[:NAME_LIMIT].translate(FOLD).split()
    return len(words) > 1 and any(word in GENERIC for word in words)


@lru_cache(maxsize=1 << 12)
def skeleton_of(sound: str) -> str:
    """Return the consonants of a sound key.

    Examples
    --------
    >>> skeleton_of("bakud"), skeleton_of("ia"), skeleton_of("")
    ('bkd', 'A', '')
    """
    bare = sound.translate(_NO_VOWELS)
    return undoubled(bare) if bare else "A" * bool(sound)


def skeletons_of(sounds: Sequence[str]) -> list[str]:
    """Return the consonants of each of some sound keys: a few microseconds for dozens.

    Examples
    --------
    >>> skeletons_of(["bakud", "ia", "nin"]), skeletons_of([])
    (['bkd', 'A', 'n'], [])
    """
    # No sound has a line feed.
    bare = undoubled("\n".join(sounds).translate(_NO_VOWELS)).split("\n") if sounds else []
    return [skeleton or "A" * bool(sound) for skeleton, sound in zip(bare, sounds, strict=True)]


def _entries(words: Sequence[str]) -> list[Word]:
    end = len(words) - 1
    return [_word(word, place == end) for place, word in enumerate(words)]


def kept_of(words: Sequence[str], entries: Sequence[Word]) -> Sequence[Word]:
    """Leave out articles and generic words, and put words of direction last.

    Parameters
    ----------
    words : sequence of str
        The plain key.
    entries : sequence of Word
        What is known of each.
    """
    end = len(words) - 1
    if not end:
        return entries
    kept, last = [], []
    for place, entry in enumerate(entries):
        role = entry[2]
        if role == PLAIN_WORD:
            kept.append(entry)
        elif role == _DIRECTION:
            last.append(entry)
        elif role == _ARTICLE and (place == end or not words[place + 1].startswith(SUN_ARTICLES.get(words[place], ""))):
            kept.append(entry)
    if len(last) > 1:
        last.sort()
    return kept + last or [_word(word, True) for word in words]


@lru_cache(maxsize=1 << 16)
def _word(word: str, is_last: bool) -> Word:
    """Return the spelling, the sound and the role of one word of a plain key."""
    bare, latin, role, has_rules = parts_of(word)
    latin = f"\n{latin}\n"
    spelling = spelled(latin, is_last=is_last) if has_rules else latin
    return (bare or spelling[1:-1]), sounded(spelling)[1:-1], role


def parts_of(word: str) -> Parts:
    """Return what the vocabulary says of one word of a plain key.

    Returns
    -------
    bare : str
        Its spelling, where the letters that follow are only for its sound: a word in Arabic.
    latin : str
        It in Latin letters, without article, in its canonical form.
    role : int
        `PLAIN_WORD` for one like any other.
    has_rules : bool
        Whether the rules of spelling apply to it.
    """
    if word.isascii() and word.isalpha() and word not in _VOCABULARY:
        return "", word, PLAIN_WORD, True
    role = PLAIN_WORD
    if word in ARTICLES or word in SUN_ARTICLES:
        role = _ARTICLE
    elif word in GENERIC:
        role = _GENERIC
    bare = _without_article(word)
    if bare in GENERIC:
        role = _GENERIC
    elif bare in DIRECTIONS:
        bare = DIRECTIONS[bare]
        role = _DIRECTION
    bare = ALIKE.get(bare, bare)
    is_arabic = "\u0600" <= bare[0] <= "\u06ff"
    latin = bare if _LATIN.issuperset(bare) else _in_latin(bare)
    return (bare if is_arabic else ""), latin, role, role == PLAIN_WORD and bare not in ALIKE


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


def _in_latin(word: str) -> str:
    letters = [letter if letter in _LATIN else SOUND[letter] for letter in word]
    # The feminine ending, folded to h, is a vowel.
    if len(letters) > 2 and word[-1] == "ه":
        letters[-1] = "a"
    # A word of signs that have no sound of their own, such as a hard sign, stands for itself.
    return "".join(letters) or word
