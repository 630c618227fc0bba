"""What the words right before and after a name say of it: "near X", "Mayor X", "X University", "X, Ohio"."""

from __future__ import annotations

from typing import Final

from mapper.places.finding.cues import cues, demonyms, given_names
from mapper.places.finding.lexer import Words
from mapper.places.finding.sightings import Sighting
from mapper.places.finding.wordlist import COMMON, frequency

_LARGE: Final = 200_000
_MILLION: Final = 1_000_000
_SPOKE: Final = frozenset({"said", "says"})
_OWNED: Final = -6.5
_RUN: Final = 5
_PAIR: Final = 3
_WHOSE: Final = frozenset({"a", "one", "her", "his", "their", "the"})
_LONGEST_ROAD: Final = 3
_SMALL_WORDS: Final = 2
_STREETS: Final = frozenset({"street", "streets", "avenue", "avenues"})
_BEHIND_ROADS: Final = frozenset(
    {"and", "near", "in", "at", "north", "south", "east", "west", "was", "will", "is", "from", "between", "when"}
)
_TO: Final = frozenset({"-", "\u2013"})
_RELATIVE: Final = {"who": -3.0, "whose": -3.0, "where": 2.0, "which": 1.0}
"""What a clause that follows says of a name."""

_STATE_CITIES: Final = frozenset({"washington", "new york"})
"""States that are called so to tell them from a city; elsewhere "X State" is a university."""


def beside(words: Words, seen: Sighting, starts: dict[int, Sighting]) -> float:
    """Weigh the words beside a name.

    Parameters
    ----------
    words : Words
        The article.
    seen : Sighting
        The name.
    starts : dict of int to Sighting
        All sightings of the article by their first word.

    Returns
    -------
    float
        Log-odds.
    """
    return _before(words, seen, starts) + _after(words, seen, starts) + _as_a_person(words, seen, starts)


def _as_a_person(words: Words, seen: Sighting, starts: dict[int, Sighting]) -> float:
    """Weigh what only a person is called: "a son, X, ", "said X", "X and Y Smith", "X of Sampletown"."""
    known, at = seen.known, seen.first
    if _hails_from(words, seen, starts):
        return -5.0
    if seen.last - at > 1:
        return 0.0
    if _is_a_relative(words, at):
        return _OWNED
    if known is not None and "country" in known.kinds:
        return 0.0
    listed, low, before = cues(), words.low[at], at - 1
    is_and = seen.last + 2 < len(words.low) and words.low[seen.last] == "and"
    if not is_and and (before < 0 or (words.low[before] not in listed.kin and words.low[before] not in _SPOKE)):
        return 0.0
    is_named_so = low in listed.namesakes or low in given_names()
    score = 0.0
    if before >= 0 and words.low[before] in listed.kin and words.gaps[before] in {", ", " "}:
        score -= 4.0 if is_named_so or words.gaps[before] == " " else 2.0
    if before >= 0 and words.low[before] in _SPOKE and not _is_wide(seen) and not _is_large(seen):
        score -= 2.5 * (words.gaps[before] == " " and words.gaps[at] == ", ")
    if (
        is_named_so
        and is_and
        and words.capitals[seen.last + 1]
        and words.beside(seen.last + 1)
        and words.capitals[seen.last + 2]
        and words.low[seen.last + 2] not in listed.days | listed.geography
        and (words.low[seen.last + 1] in given_names() or words.low[seen.last + 1] in listed.namesakes)
    ):
        score -= 5.0
    return score


def _is_a_relative(words: Words, at: int) -> bool:
    """Say whether a first name is that of somebody's kin: "a son, X, of Exampla", "the daughter of X and Y"."""
    listed = cues()

    def is_first_name(word: int) -> bool:
        return words.low[word] in listed.namesakes or words.low[word] in given_names()

    if at < 2 or not is_first_name(at):
        return False
    before, gap = words.low[at - 1], words.gaps[at - 1]
    if before in listed.kin:
        return gap == ", " and words.gaps[at][:1] in {",", ";", " "} and words.low[at - 2] in _WHOSE
    if gap != " ":
        return False
    if before == "and" and at > _PAIR and is_first_name(at - 2):
        at -= 2
    return words.low[at - 1] == "of" and words.low[at - 2] in listed.kin and words.gaps[at - 1] == " "


def _hails_from(words: Words, seen: Sighting, starts: dict[int, Sighting]) -> bool:
    """Say whether a first name is told with where its bearer lives: "daughters X of Sampletown and Y of Exampla"."""
    low, after = words.low[seen.first], seen.last
    if seen.last - seen.first > 1 or (low not in cues().namesakes and low not in given_names()):
        return False
    return after + 1 in starts and words.low[after] == "of" and words.gaps[after - 1] == words.gaps[after] == " "


def _is_wide(seen: Sighting) -> bool:
    return seen.known is not None and seen.known.wide


def _before(words: Words, seen: Sighting, starts: dict[int, Sighting]) -> float:
    at = seen.first - 1
    if at < 0 or "\n" in words.gaps[at]:
        return 0.0
    listed = cues()
    gap, low = words.gaps[at], words.low[at]
    score = 0.0
    if gap.strip(" -'\"") == "" and (words.beside(at) or gap == ' "'):
        score = _after_a_word(words, at, seen)
    if low in listed.titles and words.beside(at) and (words.capitals[at] or low not in listed.kind_before):
        return score - (6.0 if low not in {"saint", "king", "count", "duke"} else 3.0)
    if not words.beside(at) or not words.capitals[at]:
        return score
    if gap == "-" and at not in starts and not _is_wide(seen) and not _is_large(seen):
        score -= 2.0  # "Smith-X"
    if " " in gap and (not words.titled[at] or low in listed.holders):
        score += _leading_capital(words, at, seen)
    return score


def _after_a_word(words: Words, at: int, seen: Sighting) -> float:
    """Weigh the word right before a name: "in X", "the village of X", "the X"."""
    listed, low = cues(), words.low[at]
    if low == "of" and at > 0 and words.low[at - 1] in listed.kind_before:
        return 4.0
    if low == "of" and at > 0 and words.low[at - 1] in listed.others and words.capitals[at - 1]:
        return -7.0  # "University of X"
    if low == "in" and at > 0 and words.low[at - 1] in listed.belief:
        return -1.0  # "shares in X"
    known = (
        (low in listed.where, 2.0),
        (low in listed.whence, 0.9),
        (low in listed.kind_before and not words.capitals[at], 2.5),
        (low.endswith("ern") and low in listed.leads, 1.5),
    )
    for applies, weight in known:
        if applies:
            return weight
    return -1.5 * (low == "the" and not _is_wide(seen) and seen.last - seen.first == 1)


def _leading_capital(words: Words, at: int, seen: Sighting) -> float:
    """Weigh a capitalised word right before the name: "Hotel X", "Jane X", "North X", "When X"."""
    listed = cues()
    low = words.low[at]
    if seen.last - seen.first == 1 and words.low[seen.first] in listed.others:
        return -6.0  # "Example City Star"
    is_opening = words.opening[at] and (low in listed.where or frequency(low) >= COMMON) and low not in given_names()
    if low in listed.holders:
        return -5.0
    if low in listed.leads or is_opening:
        return 0.0
    if low in listed.kind_after or low in listed.kind_before or low in listed.civic:
        return -0.3
    if low in given_names() or low in listed.namesakes or (len(low) == 1 and words.gaps[at].startswith(".")):
        return -5.0
    is_the = at > 0 and words.low[at - 1] == "the" and words.words[at] not in demonyms()
    # "The Sample X" is a ship, a house or a paper.
    return -1.5 if _is_wide(seen) else -5.0 if is_the else -3.0


def _is_large(seen: Sighting) -> bool:
    return seen.known is not None and seen.known.population >= _LARGE


def _after(words: Words, seen: Sighting, starts: dict[int, Sighting]) -> float:
    at = seen.last
    if at >= len(words.low):
        return 0.0
    gap = words.gaps[at - 1]
    score = _after_a_mark(words, seen, starts, gap)
    if gap != " ":
        return score
    listed, low, known = cues(), words.low[at], seen.known
    is_large = known is not None and (known.wide or known.population >= _MILLION)
    if seen.form != "short" and (_is_an_illness(words, at) or low in _STREETS):
        return score + _OWNED
    if not words.capitals[at] and (low in listed.kind_after or low in listed.dwellers):
        return score + 1.5
    if low in listed.speaks or (low in listed.said and not _is_led(words, seen)):
        return score - (0.7 if is_large else 1.5 if low in listed.speaks else 3.0)
    if low.isdigit() and (seen.form == "short" or _is_a_road(words, seen)):
        score -= 6.0  # "U.S. 71"
    if low.isdigit() and words.gaps[at] in _TO and not _is_wide(seen) and not _is_large(seen):
        score -= 4.0  # "beat X 24-20"
    if words.capitals[at] and not words.titled[at]:
        score += _trailing_capital(words, at, seen, starts.get(at))
    return score


def _is_an_illness(words: Words, at: int) -> bool:
    """Say whether what follows makes a name that of an illness: "the X virus", "X and Y viruses"."""
    listed = cues()
    if words.low[at] == "and" and at + 2 < len(words.low) and words.capitals[at + 1] and words.beside(at):
        return words.beside(at + 1) and not words.capitals[at + 2] and words.low[at + 2] in listed.ills
    for word in range(at, min(at + _SMALL_WORDS, len(words.low))):
        if words.capitals[word] or words.low[word] in listed.before:
            return False
        if words.low[word] in listed.ills:
            return True
        if not words.beside(word):
            return False
    return False


def _is_a_road(words: Words, seen: Sighting) -> bool:
    """Say whether a number makes the name of a division that of a road: "Exampla 146"."""
    known, at = seen.known, seen.last
    if known is None or "governorate" not in known.kinds or len(words.low[at]) > _LONGEST_ROAD:
        return False
    before = words.low[seen.first - 1] if seen.first else ""
    return before in {"on", "along", "off", "and", "to"} and words.gaps[at] != " - " and not _is_count(words, at)


def _is_count(words: Words, at: int) -> bool:
    """Say whether a number counts what follows: "to Exampla 12 people"."""
    after = at + 1
    return after < len(words.low) and words.gaps[at] == " " and words.low[after] not in _BEHIND_ROADS


def _is_led(words: Words, seen: Sighting) -> bool:
    """Say whether a preposition stands before a name: in "the mayor of X said", X does nothing."""
    before = seen.first - 1
    listed = cues()
    is_led = before > 0 and words.gaps[before] == " "
    return is_led and (words.low[before] in listed.before or words.low[before] == "of")


def _after_a_mark(words: Words, seen: Sighting, starts: dict[int, Sighting], gap: str) -> float:
    """Weigh what stands behind a comma, a bracket, a dash or an apostrophe."""
    listed, at, known = cues(), seen.last, seen.known
    low = words.low[at]
    score = 0.0
    if gap in {", ", " (", ","} and at in starts:
        score += _followed_by(seen, starts[at])
    if low.isdigit() and len(low) == 2 and (gap == ", " or (gap == " (" and not _is_wide(seen))):
        score -= 4.0 * (words.gaps[at] not in _TO)  # an age; but "beat X, 27-24"
    if gap == ", " and not _is_led(words, seen):
        score += _RELATIVE.get(low, 0.0) if not _is_wide(seen) else 0.0
    if low in listed.agencies and "(" in gap:
        score += 3.0
    if gap in {" \u2013 ", " - ", " -- "} and (seen.first == 0 or "\n" in words.gaps[seen.first - 1]):
        score += 2.5
    if gap == "-" and known is not None and not known.wide and words.capitals[at]:
        score -= 2.0
    if low == "s" and gap == "'" and at + 1 < len(words.low):
        score += 0.5 * (words.low[at + 1] in listed.civic or words.low[at + 1] in listed.kind_after)
    return score


def _trailing_capital(words: Words, at: int, seen: Sighting, after: Sighting | None) -> float:
    """Weigh a capitalised word right after the name: "X University", "X County", "X Smith", "X Monday"."""
    listed = cues()
    low = words.low[at]
    wide = _is_wide(seen)
    first = words.low[seen.first]
    is_person = seen.last - seen.first == 1 and (first in listed.namesakes or first in given_names())
    is_owned = low in listed.others and low not in listed.follow
    is_college = low == "a" and words.gaps[at] == "&"  # "X A&M"
    if is_owned or is_college or _is_of_a_state(words, at, seen) or _names_a_house(words, at):
        return _OWNED
    if low in listed.geography or low in listed.follow:
        return float(low in listed.geography)
    if after is not None and (after.form == "short" or (after.known is not None and after.known.wide)):
        return -5.0 if is_person else 0.0
    if is_person:
        return -5.0
    if _acts(words, at):
        return -4.5
    is_word = frequency(low) >= COMMON and low not in given_names() and after is None
    return (-1.0 if is_word else -1.5) if wide else (-2.0 if is_word else -3.5)


def _acts(words: Words, at: int) -> bool:
    """Say whether the capitalised word `at` ends somebody's name: "X Smith said", "X Smith, who"."""
    after = at + 1
    if after >= len(words.low) or frequency(words.low[at]) >= COMMON:
        return False
    low, gap = words.low[after], words.gaps[at]
    return (gap == " " and low in cues().said) or (gap == ", " and low in {"who", "whose"})


def _is_of_a_state(words: Words, at: int, seen: Sighting) -> bool:
    """Say whether "State" after the name of one of the United States makes it a university's: "Ohio State"."""
    known, first = seen.known, words.low[seen.first]
    if known is None or words.low[at] != "state" or known.country != "US" or "governorate" not in known.kinds:
        return False
    goes_on = at + 1 < len(words.low) and words.capitals[at + 1] and words.beside(at)
    return first not in _STATE_CITIES and seen.last - seen.first == 1 and not goes_on


def _names_a_house(words: Words, at: int) -> bool:
    """Say whether capitalised words from `at` end in a hospital, a school or the like: "X General Hospital"."""
    listed, last = cues(), at
    for last in range(at, min(at + _RUN, len(words.low))):
        low = words.low[last]
        if not words.capitals[last] or low in listed.days:
            return False
        if low in listed.houses:
            after = last + 1
            return after >= len(words.low) or not (words.low[after] in {"district", "board"} and words.beside(last))
        if not words.beside(last):
            return False
    return False


def _followed_by(seen: Sighting, region: Sighting) -> float:
    """Weigh "X, Y": a Y that contains an X says that X is a place."""
    if region.form == "short":
        return 4.5
    if region.known is None or not region.known.wide:
        return 0.6
    if seen.known is None:
        return 2.5
    if "country" in region.known.kinds:
        inside = region.known.country in seen.known.countries
    else:
        inside = bool(seen.known.areas & region.known.areas)
    return 4.5 if inside else 0.8
