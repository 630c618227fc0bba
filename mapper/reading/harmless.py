"""What an article tells besides the harm to civilians: accidents, what missed, fighters alone, how a war began."""

from __future__ import annotations

from typing import Final

from mapper.reading.continuity import Draft
from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.scenes import tells_of_act
from mapper.reading.tolls.stated import TollReading
from mapper.reading.tolls.totals import Scope
from mapper.reading.violence import speaks_of_arms, tells_of_violence

_MISSED: Final = frozenset({"intercepted", "downed", "thwarted", "foiled"})
_WAR: Final = 1_000
"""So many dead, told of weeks before, are how a war began."""


def leave_out_harmless(page: Page, drafts: list[Draft], totals: list[tuple[Notes, TollReading, Scope]]) -> None:
    """Set aside the tolls of what is no harm to civilians.

    Parameters
    ----------
    page : Page
        The article.
    drafts : list of Draft
        What it tells of; what is none is taken out.
    totals : list of (Notes, TollReading, Scope)
        Added to.
    """
    armed = speaks_of_arms(page)
    kept = []
    for at, draft in enumerate(drafts):
        scope = _scope(page, draft, armed=armed, alone=len(drafts) == 1, first=at == 0)
        if scope is None:
            kept.append(draft)
        else:
            totals += [(notes, toll, scope) for notes, toll in draft.tolls if not toll.plural_only]
    drafts[:] = kept


def _scope(page: Page, draft: Draft, *, armed: bool, alone: bool, first: bool) -> Scope | None:
    tolls = [t for _, t in draft.tolls]
    if not alone and tolls and not any(t.count.value for t in tolls):
        words = (word for n in draft.notes for word in page.low[n.first : n.last])
        if any(word in _MISSED for word in words) or not any(tells_of_act(page, n) for n in draft.notes):
            return Scope("no-act", "nobody was harmed")
    if not tells_of_violence(page, draft.notes, armed=armed):
        return Scope("no-act", "nothing says that anybody did it")
    wholes = [t for t in tolls if not t.of and not t.plural_only]
    if not first and wholes and all(t.population == "fighters" for t in wholes):
        return Scope("fighters", "counts fighters alone, beside harm to others")
    if draft.flashback and any(t.group == "killed" and t.count.value >= _WAR for t in wholes):
        return Scope("history", "how the war began")
    return None
