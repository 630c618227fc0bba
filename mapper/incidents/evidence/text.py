"""In what words: the same family, names that few other texts have, words that are not in every report."""

from __future__ import annotations

from array import array
from typing import Final

from mapper.incidents.evidence import Points
from mapper.incidents.sketch import Sketch
from mapper.incidents.surroundings import Surroundings

_FAMILY: Final = 2.2
_OTHER_FAMILY: Final = -2.0
_MOST_NAMES: Final = 2.2
_MOST_WORDS: Final = 1.5
_LEAST: Final = 0.05
_A_WORD: Final = 0.09
_BY_CHANCE: Final = 0.3
_SAME_SENTENCE: Final = 0.3


def text(left: Sketch, right: Sketch, around: Surroundings) -> Points:
    """Weigh the words of two accounts."""
    points: Points = []
    if left.families and right.families:
        points.append(
            (_FAMILY, "the same family") if left.families & right.families else (_OTHER_FAMILY, "other families")
        )
    shared, worth = around.shared(left.names, right.names)
    if worth >= 0.1:
        points.append((min(_MOST_NAMES, round(worth, 2)), f"{shared} name{'s' if shared > 1 else ''} in common"))
    elif min(around.rare(left), around.rare(right)) >= 2 and (lacking := around.lacking()) >= _LEAST:
        points.append((-lacking, "no name in common"))
    alike, told = around.words(left.prose, right.prose)
    gained = min(_MOST_WORDS, _A_WORD * told - _BY_CHANCE)
    if gained > 0:
        points.append((round(gained, 2), f"{alike} rarer words in common"))
    if (same := share(left.words, right.words)) >= _SAME_SENTENCE:
        points.append((round(1.2 * same, 2), "nearly the same sentence"))
    return points


def share(left: array[int], right: array[int]) -> float:
    """Return the share of words that two sentences have in common, 0 to 1."""
    if not left or not right:
        return 0.0
    common = len(set(left).intersection(right))
    return common / (len(left) + len(right) - common)
