"""Events as many articles tell them, and what a person decided."""

from __future__ import annotations

from dataclasses import dataclass

from mapper.model.account import Account, Claim, DateValue
from mapper.model.place import Resolution
from mapper.model.words import ReviewStatus, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """A count as a range; None is an open end, both None means not stated."""

    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One event, seen through the claims of every article that tells of it."""

    id: str
    title: str
    role: Role
    accounts: tuple[Account, ...]
    resolution: Resolution
    place_as_written: str = ""
    event_type: str = "unknown"
    actors: tuple[str, ...] = ()
    date: DateValue | None = None
    killed: Toll = Toll()
    injured: Toll = Toll()
    women_killed: Toll = Toll()
    children_killed: Toll = Toll()
    status: ReviewStatus = "unreviewed"
    flags: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, in reading order."""
        return tuple(claim for account in self.accounts for claim in account.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person decided about two accounts or one incident.

    `verdict` is ``same``, ``different`` or ``unsure`` for a pair, ``accepted``,
    ``rejected`` or ``edited`` for one; `when` is given by the person's clock
    and never read by a build.
    """

    verdict: str
    left: str
    right: str = ""
    who: str = ""
    when: str = ""
    note: str = ""
