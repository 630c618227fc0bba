"""The dead who are told of as bodies, or as those who did not survive.

"Body of a kidnapped dentist found", "seized a driver and his son; their bodies
were found", "none of the three survived".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.page import Mark, Page
from mapper.reading.tolls.coordination import OWN, subject_of
from mapper.reading.tolls.numbers import exactly, quantity_at
from mapper.reading.tolls.people import PeoplePhrase, ordinal_at, people_at
from mapper.reading.tolls.stated import TollReading
from mapper.reading.vocabulary import word_set

_BODIES: Final = {"body": 1, "corpse": 1, "remains": 0, "bodies": 0, "corpses": 0}
_FOUND: Final = word_set("found_dead")
_BE: Final = frozenset({"was", "were", "been", "have", "has", "had", "later", "also", "found", "subsequently"})
_TO_FOUND: Final = 6
_OBJECT: Final = 4
_LIVED: Final = frozenset({"survived", "lived"})
_NOBODY: Final = frozenset(
    {"evidence", "knowledge", "land", "law", "literature", "men", "opinion", "research", "water", "work"}
)
_NONE: Final = frozenset({"none", "neither"})
_AMONG: Final = (["among"], ["of"], ["from"])
_SURVIVE: Final = 5
_PAIR: Final = 10
_DEATH: Final = frozenset({"death", "demise", "killing", "martyrdom", "murder"})
_LED: Final = frozenset({"to", "causing", "in"})


def own_bodies(page: Page, sentence: int, at: int, end: int, told: Sequence[PeoplePhrase]) -> TollReading | None:
    """Read "their bodies were found", as many as were told of right before, "a fourth body", "led to his death".

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    at, end : int
        The word "their" or "a", and the end of the sentence.
    told : sequence of PeoplePhrase
        Those that the sentence has spoken of.
    """
    noun = at + 1 + bool(ordinal_at(page, at, end))
    if noun >= end:
        return None
    if page.low[noun] in _DEATH and page.low[at] in OWN and page.low[at - 1] in _LED:
        count = exactly(at, noun + 1, 1)
        return TollReading(sentence, at, noun + 1, "killed", "", "people", count, "bodies")  # "which led to his death"
    if page.low[noun] not in _BODIES or not _found(page, noun + 1, end):
        return None
    if page.low[at] not in OWN:
        count = exactly(at, at + 1, 1)
        indefinite = page.low[at] != "the" or noun > at + 1
        return TollReading(sentence, at, noun + 1, "killed", "", "people", count, "bodies") if indefinite else None
    counted = [p for p in told if not p.plural_only and p.population != "fighters" and not p.group]
    run = subject_of(page, counted)
    one = _BODIES[page.low[noun]]
    number = one or sum(p.count.value for p in run)
    if not number:
        return None
    count = exactly(at, at + 2, number)
    return TollReading(sentence, at, at + 2, "killed", "", "people", count, "bodies")


def lone_body(page: Page, harm: Mark, end: int) -> PeoplePhrase | None:
    """Read "body of kidnapped dentist": one, where no count follows.

    Parameters
    ----------
    page : Page
        The article.
    harm : Mark
        Cue of the form `noun`.
    end : int
        The end of the sentence.
    """
    if page.low[harm.first] not in {"body", "corpse"} or page.low[min(harm.last, end - 1)] in _NOBODY:
        return None
    if any(people_at(page, at, end, ()) is not None for at in range(harm.last, min(harm.last + _OBJECT, end))):
        return None
    if not any(_found(page, at, end) for at in range(harm.last + 1, min(harm.last + _OBJECT + 1, end))):
        return None
    return PeoplePhrase(harm.first, harm.last, exactly(harm.first, harm.last, 1), "people")


def _found(page: Page, first: int, end: int) -> bool:
    """Say whether bodies are found, brought or seen: "were later found", "was dumped"."""
    for at in range(first, min(first + _TO_FOUND, end)):
        if page.low[at] in _FOUND:
            return True
        if page.low[at] not in _BE and not page.low[at].endswith("ly"):
            return False
    return False


def nobody_survived(page: Page, sentence: int, at: int, end: int) -> TollReading | None:
    """Read "none of the three survived": three are dead.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    at, end : int
        The word "none", and the end of the sentence.
    """
    if page.low[at] == "neither" and "nor" in page.low[at + 1 : at + _PAIR]:
        nor = page.low.index("nor", at)
        lived = next((i for i in range(nor + 1, min(nor + _SURVIVE, end)) if page.low[i] in _LIVED), 0)
        both = exactly(at, at + 1, 2)
        return TollReading(sentence, at, lived + 1, "killed", "", "people", both, "bodies") if lived else None
    survivors = (
        page.low[at] == "no" and page.low[at + 1 : at + 2] == ["survivors"] and page.low[at + 2 : at + 3] in _AMONG
    )
    begin = at + 3 + (survivors and page.low[at + 3 : at + 4] == ["the"])
    if not survivors and (page.low[at] not in _NONE or page.low[at + 1 : at + 3] != ["of", "the"]):
        return None
    whole = people_at(page, begin, end, ()) if begin < end else None
    count = quantity_at(page, begin, end)
    if count is None:
        return None
    last = whole.last if whole is not None else count.last
    lived = last - 1 if survivors else 0
    lived = lived or next((i for i in range(last, min(last + _SURVIVE, end)) if page.low[i] in _LIVED), 0)
    if not lived:
        return None
    return TollReading(sentence, at, lived + 1, "killed", "", "people", replace(count, op="="), "bodies")
