"""Whether two accounts tell of one event, with the reasons and a score.

Each kind of evidence (`evidence`) adds or takes points. Some facts decide
alone: an article does not tell one event twice, nothing is in print before it
happened, and what lies three days or out of reach apart is not one event. And
some leave a doubt whatever the points say, which is a person's to settle.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from mapper.incidents.evidence import Points
from mapper.incidents.evidence.act import doers, site
from mapper.incidents.evidence.harm import harm
from mapper.incidents.evidence.place import distance_m, may_be_one_place, names_the_other, out_of_reach, place
from mapper.incidents.evidence.text import share, text
from mapper.incidents.evidence.time import (
    LONGEST_GAP,
    dated_alike,
    days_between,
    lag,
    name_other_days,
    printed_before,
    time,
)
from mapper.incidents.sketch import Sketch
from mapper.incidents.surroundings import Surroundings

Verdict = Literal["same", "different", "unsure"]

SAME: Final = 4.6
UNSURE: Final = 3.6

_TELLING: Final = 0.8
"""Points of the strongest finding beside place, day and doer: an unusual number, a family, a rare site or name."""
_MUCH: Final = 1.0
"""Points of all such findings together, of which none is telling by itself."""
_LONE_PLACE: Final = ((2.5, 2), (2.2, 5))
"""What a place must say for itself where nothing else does, and how many dead there may be of what happens there
every day: a village, or a point within one; a town."""
_HIGH: Final = 15
"""Dead of an attack that has no like that week, at least."""
_AGAINST: Final = -1.5
"""Points of one finding against that no others can outweigh."""
_AGAINST_IN_ALL: Final = -0.9
_LOUD: Final = 1.9
"""Points of all findings against, and of the one for that outweighs them."""
_TELLING_UNDATED: Final = 2.5
_PROMPT: Final = 3
_COPIED: Final = 10.0
_COPIED_WORDS: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What became of two accounts.

    Parameters
    ----------
    left, right : str
        Ids of the accounts, the smaller first.
    verdict : Verdict
        ``same`` from `SAME` points, ``unsure`` from `UNSURE`.
    score : float
        Points, rounded to two decimals.
    reasons : tuple of str
        Each with its points, for people.
    against : float
        The sum of the points below zero; minus infinity where a fact decided.
    """

    left: str
    right: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...] = ()
    against: float = 0.0


def compare(one: Sketch, other: Sketch, around: Surroundings, *, copied: bool = False) -> Comparison:
    """Compare two accounts.

    Parameters
    ----------
    one, other : Sketch
        In any order.
    around : Surroundings
        How common their names are, and how many events compete.
    copied : bool
        Whether their articles are copies of one text.

    Returns
    -------
    Comparison
    """
    left, right = (one, other) if one.id <= other.id else (other, one)
    if copied and left.source != right.source and share(left.words, right.words) >= _COPIED_WORDS:
        return _comparison(left, right, [(_COPIED, "the same sentence in a copy of the same text")])
    if veto := told_apart(left, right):
        return Comparison(
            left=left.id, right=right.id, verdict="different", score=0.0, reasons=(veto,), against=float("-inf")
        )
    when, lost = time(left, right), around.rivalry(left, right)
    found: Points = [*place(left, right), *when]
    if lost and all(value > 0 for value, _ in found):
        found.append((-round(lost, 2), "other events there that day"))
    found += doers(left, right, around)
    toll, hit, said = harm(left, right), site(left, right, around), text(left, right, around)
    result = _comparison(left, right, [*found, *toll, *hit, *said])
    if result.verdict != "same":
        return result
    # Beside place, day and doer.
    told = [*when[1:], *toll, *hit, *said]
    doubt = _doubt_in_time(left, right, told, [*when, *said]) or _doubt(left, right, told, crowded=lost > 0)
    doubt = doubt or _doubt_in_all([*found, *toll, *hit, *said], told)
    return replace(result, verdict="unsure", reasons=(*result.reasons, doubt)) if doubt else result


def _comparison(left: Sketch, right: Sketch, points: Points) -> Comparison:
    score = round(sum(value for value, _ in points), 2)
    verdict: Verdict = "same" if score >= SAME else "unsure" if score >= UNSURE else "different"
    reasons = tuple(f"{value:+.1f} {reason}" for value, reason in points if value)
    against = round(sum(value for value, _ in points if value < 0), 2)
    return Comparison(left=left.id, right=right.id, verdict=verdict, score=score, reasons=reasons, against=against)


def told_apart(left: Sketch, right: Sketch) -> str:
    """Say why two accounts cannot be of one event; empty where they can."""
    if left.source == right.source and left.id != right.id:
        return "one article tells them apart"
    if (gap := days_between(left, right)) > LONGEST_GAP:
        return f"{gap} days apart"
    if printed_before(left, right):
        return "one was published before the other happened"
    if out_of_reach(left, right) and not (names_the_other(left, right) or may_be_one_place(left, right)):
        return f"{distance_m(left, right) / 1000:.0f} km apart"
    return ""


def _doubt_in_time(left: Sketch, right: Sketch, told: Points, said: Points) -> str:
    """Say why their dates should keep two accounts apart, whatever else agrees; empty where they need not."""
    if not dated_alike(left, right):
        days = lag(left, right)
        is_prompt = days is not None and days <= _PROMPT
        return "" if is_prompt and sum(value for value, _ in told) >= _TELLING_UNDATED else "one of them is not dated"
    if not name_other_days(left, right):
        return ""
    # One of two days may be a mistake: where words, names or a high toll say so.
    less, more = sorted((_dead(left), _dead(right)))
    high = less > _HIGH and 2 * less >= more and min(said)[0] > 0
    mistaken = days_between(left, right) == 1 and (high or _strongest(said) >= _TELLING)
    return "" if mistaken else "each names another day"


def _doubt(left: Sketch, right: Sketch, told: Points, *, crowded: bool) -> str:
    """Say why points alone should not join two accounts; empty where they may.

    `told` is all that was found beside place, day and doer; `crowded` says whether other events are told of there.
    """
    if out_of_reach(left, right):
        return "their places lie apart"
    weight, dead = min(left.weight, right.weight), max(_dead(left), _dead(right))
    lone = not crowded and any(weight >= least and dead > daily for least, daily in _LONE_PLACE)
    if _strongest(told) < _TELLING and not lone and not _much(told):
        return "little but place and day in common"
    if told and (worst := min(told))[0] <= _AGAINST:
        return f"much agrees, but not: {worst[1]}"
    return ""


def _doubt_in_all(points: Points, told: Points) -> str:
    """Say which findings together speak too loudly against one event; empty where what speaks for it is louder."""
    against = [(value, words) for value, words in points if value < 0]
    if sum(value for value, _ in against) > _AGAINST_IN_ALL or _strongest(told) >= _LOUD:
        return ""
    return "some agrees, but not: " + ", ".join(words for _, words in against)


def _much(told: Points) -> bool:
    """Tell whether many small findings agree, and hardly any does not."""
    return sum(value for value, _ in told) >= _MUCH and min(told)[0] > -0.5


def _strongest(points: Points) -> float:
    return max((value for value, _ in points), default=0.0)


def _dead(one: Sketch) -> int:
    return one.killed.minimum or one.killed.maximum or 0
