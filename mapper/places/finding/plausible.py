"""How surely a name in a text is a place: evidence for and against, added up in log-odds.

What the gazetteer knows under the name, how common the word is, and the words
around it each count something. The weights are set by hand, on texts of our
own; no single one decides.
"""

from __future__ import annotations

import math
from typing import Final

from mapper.places.finding.beside import beside
from mapper.places.finding.cues import cues, given_names
from mapper.places.finding.lexer import Words
from mapper.places.finding.sightings import Neighbours, Sighting
from mapper.places.finding.wordlist import COMMON, DOUBTFUL, frequency

_MILLION: Final = 1_000_000
_LARGE: Final = 200_000
_SIZES: Final = ((_MILLION, 3.0), (_LARGE, 2.2), (50_000, 1.4), (15_000, 0.8), (5_000, 0.3))
_SMALL: Final = -2.4
_DISTRICT: Final = 1.6
_ANY_LIST: Final = 2.5
_LED: Final = 0.45
_AT_HOME: Final = 2.0
_SHORT: Final = 3.5
_ACRONYM: Final = 4
_NUMERALS: Final = frozenset("IVX")


def weigh(words: Words, seen: Sighting, starts: dict[int, Sighting], around: Neighbours) -> tuple[float, float]:
    """Add up the evidence that a sighting is a place, but for what the rest of the article says: see `elsewhere`.

    Parameters
    ----------
    words : Words
        The article.
    seen : Sighting
        The name.
    starts : dict of int to Sighting
        All sightings of the article by their first word.
    around : Neighbours
        Of it, the words that are also written with a small letter count.

    Returns
    -------
    (whole, near) : tuple of float
        Log-odds: of all evidence, and of the words beside the name alone.
    """
    near = beside(words, seen, starts)
    return _of_itself(words, seen, around) + near, near


def at_most(words: Words, seen: Sighting, starts: dict[int, Sighting], around: Neighbours) -> float:
    """Add up what may speak for a name that only sounds like others before those are looked up.

    What it sounds like lies where the article plays at best, and its company is places for sure.

    Parameters
    ----------
    words, seen, starts
        As for `weigh`.
    around : Neighbours
        With all sightings as places for sure.

    Returns
    -------
    float
        Log-odds: no mention of the name scores more, unless the country that it sounds like is meant.
    """
    return weigh(words, seen, starts, around)[0] + elsewhere(words, seen, around) + _AT_HOME


def sure_of(score: float) -> float:
    """Turn log-odds into a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def _of_itself(words: Words, seen: Sighting, around: Neighbours) -> float:
    """Weigh the name alone: what the gazetteer has under it, and how common its words are."""
    if seen.form == "short":
        return _SHORT
    if seen.last - seen.first > 1:
        return _prior(seen) + _of_words(words, seen)
    return _prior(seen) + _of_word(words, seen, around)


def _prior(seen: Sighting) -> float:
    known = seen.known
    if seen.form == "sound":
        return -1.8
    if known is None:
        return -2.5
    if known.wide:
        return 4.0 if "country" in known.kinds else 3.0
    if "district" in known.kinds and known.population < _MILLION:
        return _DISTRICT
    return next((value for size, value in _SIZES if known.population >= size), _SMALL)


def _of_words(words: Words, seen: Sighting) -> float:
    """Weigh a name of several words."""
    known = seen.known
    is_large = known is not None and (known.wide or known.population >= _LARGE)
    score = 1.2
    if words.low[seen.first] in given_names() and not is_large:
        score -= 2.0
    if all(frequency(words.low[i]) >= COMMON for i in range(seen.first, seen.last)):
        score -= 1.5 if is_large else 2.5
    return score


def _of_word(words: Words, seen: Sighting, around: Neighbours) -> float:
    """Weigh a name of one word."""
    known, at = seen.known, seen.first
    word, low = words.words[at], words.low[at]
    is_sure = known is not None and (known.wide or known.population >= _MILLION)
    is_country = known is not None and "country" in known.kinds
    is_large = is_sure or (known is not None and known.population >= 2 * _LARGE)
    is_city = known is not None and known.population >= _LARGE / 2
    score = 0.0
    if word.isupper() and len(word) > 1 and not _shouted(words, at):
        score -= 5.0 if len(word) <= _ACRONYM else 2.0
    if len(word) > 1 and _NUMERALS.issuperset(word):
        score -= 5.0  # the second chapter
    common = frequency(low)
    if common >= COMMON:
        # A capital inside a sentence, behind "in" or "from", is not that of the word.
        is_led = at > 0 and not words.opening[at] and not words.titled[at] and words.gaps[at - 1] == " "
        is_led = is_led and (words.low[at - 1] in cues().where or words.low[at - 1] in cues().whence)
        score -= (2.0 if is_sure else 3.3 if is_city else 4.5) * (_LED if is_led else 1.0)
    elif common >= DOUBTFUL and not is_large:
        score -= 2.0
    if low in around.lower and not is_country:
        score -= 1.5
    if not is_sure:
        score -= 1.5 * (low in given_names()) + 0.7 * words.opening[at] + 0.7 * words.titled[at]
    return score


def _shouted(words: Words, at: int) -> bool:
    """Say whether the words around are all in capitals too, so that capitals mean nothing."""
    near = [words.words[i] for i in range(max(0, at - 3), min(len(words.low), at + 4)) if i != at]
    long = [word for word in near if len(word) > 3 and word.isalpha()]
    is_dateline = (at == 0 or "\n" in words.gaps[at - 1]) and not (
        at + 1 < len(words.low) and words.gaps[at] == " " and not words.capitals[at + 1]
    )
    return is_dateline or (bool(long) and sum(word.isupper() for word in long) >= 0.6 * len(long))


def _in_a_list(words: Words, seen: Sighting, around: Neighbours) -> float:
    """Weigh the company of places for sure: "in X, Y and Z"."""
    if not around.firsts:
        return 0.0
    score = 0.0
    at, after = seen.first - 1, seen.last
    if at > 0 and words.low[at] in {"and", "or"} and words.gaps[at] == " ":
        score += 1.5 * (at - 1 in around.lasts and words.gaps[at - 1] in {" ", ", "})
    elif at >= 0 and words.gaps[at] == ", ":
        score += at in around.lasts
    if after + 1 < len(words.low) and words.low[after] in {"and", "or"} and words.gaps[after - 1] in {" ", ", "}:
        score += 1.5 * (after + 1 in around.firsts)
    elif after < len(words.low) and words.gaps[after - 1] == ", ":
        score += after in around.firsts
    return min(_ANY_LIST, score)


def elsewhere(words: Words, seen: Sighting, around: Neighbours) -> float:
    """Weigh what the rest of the article says: a person of that name, a place where it plays."""
    known = seen.known
    score = _in_a_list(words, seen, around)
    last = words.low[seen.last - 1]
    is_one_word = seen.last - seen.first == 1
    if is_one_word and last in around.people and not (known is not None and "country" in known.kinds):
        score -= 3.5
    if known is None or known.wide or known.population >= _LARGE:
        return score
    if known.areas & around.areas:
        score += _AT_HOME
    elif not known.countries.isdisjoint(around.countries):
        score += 0.5
    return score
