"""What the words of an account are known again by: names as they sound, families, rarer words."""

from __future__ import annotations

import re
import unicodedata
import zlib
from array import array
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_TOKEN: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+){0,3}")
_ARTICLE: Final = re.compile(r"^(?:a[lnrstdz]|e[lnrstdz]|ash|ad|as|at|az|ar|an)[- ](?=\w)")
_DROPPED: Final = re.compile(r"[aeiouyhw'\-\s`]")
_ONE_SOUND: Final = str.maketrans("cq", "kk")
_DOUBLED: Final = re.compile(r"(.)\1+")
_SENTENCE_END: Final = re.compile(r"[.!?:\"\u201c\u201d\n]\s*$")
_KIN: Final = re.compile(
    r"(?P<before>[^\W\d_][\w'-]{2,30}) (?i:family|families|household|clan)\b"
    r"|\b(?:family|household|home|house|residence) (?:of|belonging to) "
    r"(?:the )?(?:[^\W\d_][\w'-]{1,30} ){0,4}?(?P<after>[^\W\d_][\w'-]{2,30})"
    r"(?=[,.;:)]|\s(?!(?:al|el|abu|bin|ibn)\b)[a-z])"
)
_VOWELS: Final = frozenset("aeiouy")
_POSSESSIVE: Final = re.compile(r"['\u2019]s?$")
_COMMON_WORDS: Final = """
about according after all also among and another area areas around attack attacks been before being between both bombing
bombed but children city civilian civilians coalition confirmed dead death deaths destroyed died during east families
family five forces four from government group had has have her hit his home homes house houses human including injured
its killed killing later least local media members men military more monitor most near neighbourhood neighborhood north
not number observatory one other others over people province raid raids report reported reportedly reports residential
rights said same saying scores several seven six sources south strike strikes struck syrian targeted ten than that the
their them there they this those three town two under village warplanes was were west when where which while who with
woman women wounded year years air airstrike airstrikes israeli russian american iraqi yemeni saudi monday tuesday
wednesday thursday friday saturday sunday january february march april may june july august september october november
december strip army defense defence ministry health hospital mosque school camp street
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """Reduce a name to its consonants, so that transliterations meet.

    Examples
    --------
    >>> name_key("al-Tayyibah") == name_key("At Taybeh") == name_key("Tayba")
    True
    >>> name_key("Qal'at al-Djabal") == name_key("Kalat al-Jabal"), name_key("Achrafiyeh") == name_key("Ashrafia")
    (True, True)
    """
    folded = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    whole = _ARTICLE.sub("", folded.strip().replace("\u2019", "'"))
    alike = whole.replace("dj", "j").replace("ch", "sh").translate(_ONE_SOUND)
    key = _DOUBLED.sub(r"\1", _DROPPED.sub("", alike))
    return key or whole


def tokens(text: str) -> list[str]:
    """Return the words of a text as they are written; "al-Example" is one."""
    return _TOKEN.findall(text)


def proper_names(text: str) -> list[str]:
    """Return the words that are written as names and do not open a sentence, in small letters.

    Examples
    --------
    >>> proper_names("Shells fell on Tell Example. Nobody from al-Mithal was hurt.")
    ['tell', 'example', 'al-mithal']
    """
    found = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word.islower() or not any(part[:1].isupper() for part in word.split("-")):
            continue
        lower = word.casefold().removesuffix("'s")
        opens = match.start() == 0 or _SENTENCE_END.search(text[max(0, match.start() - 4) : match.start()])
        if not opens and len(lower) > 2 and lower not in _COMMON:
            found.append(lower)
    return found


def families(text: str) -> frozenset[str]:
    """Return how the families sound whose homes or members a text speaks of.

    The first and the last letter are kept, for a surname is short: Hasan and
    Hassan meet, Hassan and Hassouna do not.

    Examples
    --------
    >>> sorted(families("The home of Omar al-Mithal and the Namudhaj family's house were hit."))
    ['m-mtl-l', 'n-nmdj-j']
    >>> families("Three families fled; a family of five did not.")
    frozenset()
    """
    found = set()
    for match in _KIN.finditer(text):
        word = _POSSESSIVE.sub("", match["before"] or match["after"])
        if any(part[:1].isupper() for part in word.split("-")) and word.casefold() not in _COMMON:
            found.add(_surname(word))
    return frozenset(found - {""})


def _surname(word: str) -> str:
    folded = _ARTICLE.sub("", word.casefold())
    last = folded.rstrip("h")[-1:]
    return f"{folded[0]}-{name_key(folded)}-{'e' if last in _VOWELS else last}" if last else ""


def rare_words(text: str) -> set[str]:
    """Return the words of a text that are longer than three letters and not in every report."""
    return {w for w in _TOKEN.findall(text.casefold()) if len(w) > 3} - _COMMON


@lru_cache(maxsize=20_000)
def number_of(word: str) -> int:
    """Turn a word into a number that is the same in every run."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def hashed(words: Iterable[str], most: int) -> array[int]:
    """Keep words as numbers, sorted; of many, the same ones in every text."""
    return array("I", sorted(map(number_of, set(words)))[:most])
