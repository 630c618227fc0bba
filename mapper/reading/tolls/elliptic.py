"""People whose verb is left out, for it stands before: "nine died at once, and three more on the way to hospital"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mapper.reading.page import Page
from mapper.reading.tolls.people import PeoplePhrase, ordinal_at, whole
from mapper.reading.tolls.walk import Walk

_JOINS: Final = frozenset({"and", "while"})
_MORE: Final = frozenset({"others", "other", "more", "another"})
_HOW: Final = frozenset({"at", "days", "during", "from", "hours", "in", "later", "of", "on", "overnight", "shortly"})
_APART: Final = 16
_NEAR: Final = 4


def gap_others(walk: Walk, end: int) -> None:
    """Add those to the last toll of a sentence who are told to have met the same later, or elsewhere in the scene.

    Parameters
    ----------
    walk : Walk
        The walk over the sentence, at its end, with people that no verb was found for.
    end : int
        End of the sentence.
    """
    page = walk.page
    phrase = walk.pending[0]
    toll = max((t for t in walk.tolls if not t.of), key=lambda t: t.last, default=None)
    if toll is None or toll.plural_only or phrase.count.op != "=" or not 0 <= phrase.first - toll.last <= _APART:
        return
    joined = page.low[phrase.first - 1] in _JOINS
    if not joined or not _more(page, phrase, end) or phrase.last >= end or page.low[phrase.last] not in _HOW:
        return
    if any(page.capital(i) for i in range(phrase.last, min(phrase.last + _NEAR, end))) or page.has(
        "harm", toll.last, end
    ):
        return  # "four in Exampla and two in Betaville" is read with its places
    count = whole([PeoplePhrase(toll.count.first, toll.count.last, toll.count, toll.population), phrase])
    walk.tolls[walk.tolls.index(toll)] = replace(toll, last=phrase.last, count=count)


def _more(page: Page, phrase: PeoplePhrase, end: int) -> bool:
    """Say whether a phrase counts more of the same: "three others", "another", "a second"."""
    words = page.low[phrase.first : phrase.last]
    return not _MORE.isdisjoint(words) or ordinal_at(page, phrase.first, end) > 0
