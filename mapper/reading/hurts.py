"""What says that somebody was hurt in words too many to list: "has a broken arm", "was shot in the thigh".

A phrase of a verb, of what it may be said with, and of a hurt is one cue of the
tag `harm`, as those of the vocabulary are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mapper.reading.vocabulary import word_set

_BEARS: Final = frozenset(
    {"had", "has", "have", "incurred", "needed", "received", "suffered", "suffering", "sustained", "sustaining", "with"}
)
_BREAKS: Final = frozenset({"broke", "dislocated", "fractured", "sprained"})
_HITS: Final = frozenset({"hit", "shot", "stabbed", "struck"})
HURT_OPENS: Final = _BEARS | _BREAKS | _HITS | {"lost"}
"""The words that a phrase for a hurt begins with."""

_HURTS: Final = word_set("hurts")
_WITH_HURTS: Final = word_set("said_of_hurts")
_PARTS: Final = word_set("parts_of_the_body")
_BROKEN: Final = frozenset({"broken", "fractured", "amputated", "shattered", "dislocated", "sprained"})
_OWN: Final = frozenset({"a", "an", "her", "his", "one", "their", "the", "both"})
_DIES: Final = frozenset({"died", "killed", "dead", "succumbed"})
_SIGHT: Final = (["the", "sight", "of"], ["the", "use", "of"], ["sight", "in", "one"], ["sight", "in", "both"])
_LONGEST: Final = 6
_TO_DEATH: Final = 8


def hurt_at(low: Sequence[str], at: int) -> tuple[int, str] | None:
    """Read a phrase for a hurt that begins at a word.

    Parameters
    ----------
    low : sequence of str
        The words of a text in lower case.
    at : int
        The word.

    Returns
    -------
    (last, value) or None
        The word after it, and the value of its cue.

    Examples
    --------
    >>> hurt_at("sustained a deep cut".split(), 0), hurt_at("shot in the thigh".split(), 0)
    ((4, 'injured bare'), (4, 'injured bare'))
    >>> hurt_at("had a broken promise".split(), 0) is None
    True
    """
    word = low[at]
    if word in _BEARS:
        return _borne(low, at)
    if word in _HITS:
        return _hit(low, at)
    if word == "lost":
        return (at + 5, "injured bare") if low[at + 1 : at + 4] in _SIGHT and at + 5 <= len(low) else None
    if word in _BREAKS and at + 2 < len(low) and low[at + 1] in _OWN:
        part = next((i for i in range(at + 2, min(at + 4, len(low))) if low[i] in _PARTS), 0)
        return (part + 1, "injured bare") if part else None
    return None


def _borne(low: Sequence[str], at: int) -> tuple[int, str] | None:
    """Read "has a broken arm", "with deep cuts", "needed nine stitches"."""
    broken = False
    for i in range(at + 1, min(at + _LONGEST, len(low))):
        if low[i] == "shrapnel" and low[i + 1 : i + 2] == ["in"]:
            return i + 1, "injured bare"
        if low[i] in _HURTS or (broken and low[i] in _PARTS):
            return i + 1, "injured state" if low[at] == "with" else "injured bare"
        if low[i] in _BROKEN:
            broken = True
        elif low[i] not in _WITH_HURTS and low[i] not in _PARTS and low[i + 1 : i + 2] != ["stitches"]:
            return None
    return None


def _hit(low: Sequence[str], at: int) -> tuple[int, str] | None:
    """Read "shot in the thigh", "hit in both legs", unless whoever was hit died."""
    if low[at + 1 : at + 2] != ["in"]:
        return None
    part = next((i for i in range(at + 2, min(at + 5, len(low))) if low[i] in _PARTS), 0)
    if not part or low[part - 1] not in _OWN | {"left", "right", "lower", "upper", "in"}:
        return None
    if not _DIES.isdisjoint(low[part + 1 : part + _TO_DEATH]):
        return None
    return part + 1, "injured bare"
