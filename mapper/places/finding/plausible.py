"""How surely a name in a text is a place: evidence for and against, added up in log-odds.

What the gazetteer knows under the name, how common the word is, and the words
around it each count something. The weights are set by hand, on texts of our
own; no single one decides.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from mapper.places.finding.cues import cues, given_names
from mapper.places.finding.known import Known
from mapper.places.finding.lexer import Words
from mapper.places.finding.wordlist import COMMON, DOUBTFUL, frequency

_MILLION: Final = 1_000_000
_LARGE: Final = 200_000
_SIZES: Final = ((_MILLION, 3.0), (_LARGE, 2.2), (50_000, 1.4), (15_000, 0.8), (5_000, 0.3))
_SMALL: Final = -2.4
_DISTRICT: Final = 1.6
_ANY_LIST: Final = 2.5
_SHORT: Final = 3.5
_ACRONYM: Final = 4


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name in words ``first..last`` (last exclusive) that may be a place.

    `form` is ``name`` (the gazetteer has it), ``short`` ("U.S.", "Ky."),
    ``unknown`` (only form and surroundings speak for it).
    """

    first: int
    last: int
    form: str
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the rest of the article says about its names.

    Parameters
    ----------
    people : frozenset of str
        Surnames, in lower case, that follow a given name or a title somewhere.
    areas : frozenset of (country, admin1)
        Divisions that the article speaks of.
    countries : frozenset of str
        Countries that it speaks of most.
    lower : frozenset of str
        Words that it also writes with a small letter.
    firsts, lasts : frozenset of int
        First and last words of the names that are places for sure.
    """

    people: frozenset[str] = frozenset()
    areas: frozenset[tuple[str, str]] = frozenset()
    countries: frozenset[str] = frozenset()
    lower: frozenset[str] = frozenset()
    firsts: frozenset[int] = frozenset()
    lasts: frozenset[int] = frozenset()


def weigh(words: Words, seen: Sighting, starts: dict[int, Sighting], around: Neighbours) -> float:
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
    float
        Log-odds.
    """
    score = _of_itself(words, seen, around)
    score += _before(words, seen)
    return score + _after(words, seen, starts)


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
    if known is None:
        return -2.5
    if seen.form == "sound":
        return -1.8
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
    common = frequency(low)
    if common >= COMMON:
        score -= 2.0 if is_sure else 3.3 if is_city else 4.5
    elif common >= DOUBTFUL and not is_large:
        score -= 2.0
    if low in around.lower and not is_country:
        score -= 1.5
    if not is_sure:
        score -= 1.5 * (low in given_names()) + 0.7 * words.opening[at] + 0.7 * words.titled[at]
    return score


def _shouted(words: Words, at: int) -> bool:
    """Say whether the words around are all in capitals too, so that capitals mean nothing."""
    near = [words.words[i] for i in range(max(0, at - 3), min(len(words), at + 4)) if i != at]
    long = [word for word in near if len(word) > 3 and word.isalpha()]
    is_dateline = at == 0 or "\n" in words.gaps[at - 1]
    return is_dateline or (bool(long) and sum(word.isupper() for word in long) >= 0.6 * len(long))


def _before(words: Words, seen: Sighting) -> float:
    at = seen.first - 1
    if at < 0:
        return 0.0
    listed = cues()
    gap, low = words.gaps[at], words.low[at]
    if "\n" in gap:
        return 0.0
    beside = words.beside(at) or gap in {", ", " (", ' "'}
    score = 0.0
    if gap.strip(" -'\"") == "" and beside:
        if low == "of" and at > 0 and words.low[at - 1] in listed.kind_before:
            return 4.0
        if low == "of" and at > 0 and words.low[at - 1] in listed.others and words.capitals[at - 1]:
            return -7.0  # "University of X"
        if low in listed.where:
            score += 2.0
        elif low in listed.whence:
            score += 0.9
        elif low in listed.kind_before and not words.capitals[at]:
            score += 2.5
        elif low.endswith("ern") and low in listed.leads:
            score += 1.5
        elif low == "the" and seen.known is not None and not seen.known.wide and seen.last - seen.first == 1:
            score -= 1.5
    if low in listed.titles and words.beside(at) and (words.capitals[at] or low not in listed.kind_before):
        return score - (6.0 if low not in {"saint", "king", "count", "duke"} else 3.0)
    if words.beside(at) and words.capitals[at] and " " in gap and not words.titled[at]:
        score += _leading_capital(words, at, seen)
    return score


def _leading_capital(words: Words, at: int, seen: Sighting) -> float:
    """Weigh a capitalised word right before the name: "Hotel X", "Jane X", "North X", "When X"."""
    listed = cues()
    low = words.low[at]
    is_wide = seen.known is not None and seen.known.wide
    is_opening = words.opening[at] and (low in listed.where or frequency(low) >= COMMON) and low not in given_names()
    if low in listed.holders:
        return -5.0
    if low in listed.leads or is_opening:
        return 0.0
    if low in listed.kind_after or low in listed.kind_before or low in listed.civic:
        return -0.3
    if low in given_names() or low in listed.namesakes or (len(low) == 1 and words.gaps[at].startswith(".")):
        return -5.0
    return -1.5 if is_wide else -3.0


def _after(words: Words, seen: Sighting, starts: dict[int, Sighting]) -> float:
    at = seen.last
    if at >= len(words):
        return 0.0
    gap = words.gaps[at - 1]
    score = _after_a_mark(words, seen, starts, gap)
    if gap != " ":
        return score
    listed, low, known = cues(), words.low[at], seen.known
    is_large = known is not None and (known.wide or known.population >= _MILLION)
    if (low in listed.kind_after or low in listed.dwellers) and not words.capitals[at]:
        return score + 1.5
    if low in listed.speaks:
        return score - (0.7 if is_large else 1.5)
    if low in listed.said:
        return score - (0.7 if is_large else 3.0)
    if words.capitals[at] and not words.titled[at]:
        score += _trailing_capital(words, at, seen, starts.get(at))
    return score


def _after_a_mark(words: Words, seen: Sighting, starts: dict[int, Sighting], gap: str) -> float:
    """Weigh what stands behind a comma, a bracket, a dash or an apostrophe."""
    listed, at, known = cues(), seen.last, seen.known
    low = words.low[at]
    score = 0.0
    if gap in {", ", " (", ","} and at in starts:
        score += _followed_by(seen, starts[at])
    if gap.startswith((", ", " (")) and low.isdigit() and len(low) == 2:
        score -= 4.0  # an age
    if low in listed.agencies and "(" in gap:
        score += 3.0
    if gap in {" \u2013 ", " - ", " -- "} and (seen.first == 0 or "\n" in words.gaps[seen.first - 1]):
        score += 2.5
    if gap == "-" and known is not None and not known.wide and words.capitals[at]:
        score -= 2.0
    if low == "s" and gap == "'" and at + 1 < len(words):
        score += 0.5 * (words.low[at + 1] in listed.civic or words.low[at + 1] in listed.kind_after)
    return score


def _trailing_capital(words: Words, at: int, seen: Sighting, after: Sighting | None) -> float:
    """Weigh a capitalised word right after the name: "X University", "X County", "X Smith", "X Monday"."""
    listed = cues()
    low, known = words.low[at], seen.known
    wide = known is not None and known.wide
    first = words.low[seen.first]
    is_person = seen.last - seen.first == 1 and (first in listed.namesakes or first in given_names())
    if low in listed.geography:
        return 1.0
    if low in listed.follow:
        return 0.0
    if low in listed.others:
        return -4.5
    if after is not None and (after.form == "short" or (after.known is not None and after.known.wide)):
        return -4.0 if is_person else 0.0
    if is_person:
        return -5.0
    is_word = frequency(low) >= COMMON and low not in given_names() and after is None
    return (-1.0 if is_word else -1.5) if wide else (-2.0 if is_word else -3.5)


def _in_a_list(words: Words, seen: Sighting, around: Neighbours) -> float:
    """Weigh the company of places for sure: "in X, Y and Z"."""
    score = 0.0
    at, after = seen.first - 1, seen.last
    if at > 0 and words.low[at] in {"and", "or"} and words.gaps[at] == " ":
        score += 1.5 * (at - 1 in around.lasts and words.gaps[at - 1] in {" ", ", "})
    elif at >= 0 and words.gaps[at] == ", ":
        score += at in around.lasts
    if after + 1 < len(words) and words.low[after] in {"and", "or"} and words.gaps[after - 1] in {" ", ", "}:
        score += 1.5 * (after + 1 in around.firsts)
    elif after < len(words) and words.gaps[after - 1] == ", ":
        score += after in around.firsts
    return min(_ANY_LIST, score)


def _followed_by(seen: Sighting, region: Sighting) -> float:
    """Weigh "X, Y": a Y that contains an X says that X is a place."""
    if region.form == "short":
        return 4.5
    if region.known is None or not region.known.wide:
        return 0.6
    if seen.known is None:
        return 2.5
    if "country" in region.known.kinds:
        inside = any(country == region.known.country for country, _ in seen.known.areas)
    else:
        inside = bool(seen.known.areas & region.known.areas)
    return 4.5 if inside else 0.8


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
        score += 2.0
    elif any(country in around.countries for country, _ in known.areas):
        score += 0.5
    return score
