"""One incident, many articles: which accounts tell of the same event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mapper.incidents.building import build
from mapper.incidents.judgements import Judgements
from mapper.incidents.located import Located
from mapper.model import Incident


def group(
    accounts: Iterable[Located], judgements: Judgements | None = None, *, merge: bool = True
) -> Iterator[Incident]:
    """Make incidents of accounts.

    Parameters
    ----------
    accounts : iterable of Located
        In reading order: first source first, first sentence first.
    judgements : Judgements, optional
        What people decided: it wins over every score.
    merge : bool
        Whether accounts of different articles may be one incident. Without it
        nothing is held in memory.

    Yields
    ------
    Incident
        In reading order of their first accounts.
    """
    decided = judgements or Judgements()
    if not merge:
        for located in accounts:
            yield build([located], decided.status([located.id]))
        return
    for located in accounts:
        yield build([located], decided.status([located.id]))
