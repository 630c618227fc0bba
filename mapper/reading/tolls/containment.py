"""Which totals contain an incident that is mapped: 55 in one attack, of 100 in two days, of 170 in a week."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.model import Account, Claim
from mapper.reading.drafting import Drafting
from mapper.reading.notes import Notes
from mapper.reading.tolls.stated import TollReading


def contained_in(drafting: Drafting, accounts: Sequence[Account]) -> dict[tuple[int, int], tuple[str, ...]]:
    """Return, for each total of a period, area or series, the ids of the toll claims it includes.

    A total includes an incident of the same article that has fewer dead and,
    where both are dated, lies in its time. A campaign's total is left alone:
    whether it counts one attack more or less is not in the text.

    Parameters
    ----------
    drafting : Drafting
        With its totals.
    accounts : sequence of Account
        Of the article.

    Returns
    -------
    dict
        Words of the total to claim ids, in reading order.
    """
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for notes, toll, scope in drafting.totals:
        if scope.kind not in {"period", "subtotal", "area"} or toll.of:
            continue
        ids = [
            c.id for a in accounts if (c := _toll(a, toll.group)) and _includes(drafting, notes, toll, a, c, scope.kind)
        ]
        if ids:
            found[(toll.first, toll.last)] = tuple(ids)
    return found


def _toll(account: Account, group: str) -> Claim | None:
    if account.role != "primary":
        return None
    tolls = (c for c in account.claims if c.kind == "toll")
    return next((c for c in tolls if c.detail["group"] == group and c.detail["of"] is None), None)


def _names(account: Account) -> set[str]:
    place = account.place
    return {n.lower() for n in (place.name, *place.anchors, *place.containers)} if place else set()


def _includes(
    drafting: Drafting, notes: Notes, toll: TollReading, account: Account, claim: Claim, scope_kind: str
) -> bool:
    if isinstance(claim.value, int) and claim.value > toll.count.value:
        return False
    where = {name for p in notes.named for name in p.names}
    if scope_kind != "subtotal" and where and not where & _names(account):
        return False
    if account.date is not None and account.date.start:
        for mention in notes.periods:
            when = drafting.timeline.resolve(mention)
            if when.resolved and when.date is not None:
                return when.date.start <= account.date.start and account.date.end <= when.date.end
    return drafting.page.starts[toll.first] <= account.lead.end
