"""Making one incident of the accounts that tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from mapper.incidents.copies import first_prints
from mapper.incidents.identity import incident_id
from mapper.incidents.located import Located
from mapper.incidents.origins import count_origins
from mapper.incidents.titles import title_of
from mapper.incidents.tolls import counts, toll_range
from mapper.model import Account, DateValue, Incident, Resolution, ReviewStatus, Role, Toll

_STATUS_ORDER: Final = {"resolved": 0, "ambiguous": 1, "not_found": 2}
_UNRESOLVED: Final = "date-unresolved"
_INFERRED: Final = "date-inferred"
_FAR: Final = 10**9


def build(
    members: Sequence[Located],
    status: ReviewStatus = "unreviewed",
    *,
    copies: Mapping[str, str] | None = None,
    flags: Sequence[str] = (),
) -> Incident:
    """Make one incident of its accounts.

    Parameters
    ----------
    members : sequence of Located
        At least one, in reading order. The place is that of the account that
        is known most exactly, the date the days that all accounts agree on
        (all days named, and ``date-conflict``, where they do not), each toll
        the range that the claims span.
    status : ReviewStatus
        What a person decided.
    copies : mapping of str to str
        For a source that has copies, the one that stands for them all. Of
        copies, the first that was published says when "on Monday" was.
    flags : sequence of str
        More flags.

    Returns
    -------
    Incident
    """
    best = min(enumerate(members), key=lambda row: (*_exactness(row[1].resolution), row[0]))[1]
    accounts = tuple(member.account for member in members)
    killed, injured = toll_of(accounts, "killed"), toll_of(accounts, "injured")
    texts = copies or {}
    prints = first_prints(members, lambda m: texts.get(m.source.key, m.source.key), _printed)
    when, conflict = common_date([member.account.date for member in prints])
    raised = [*_merged_flags(members, resolved=when is not None and bool(when.start))]
    raised += ["date-conflict"] if conflict else []
    raised += ["toll-conflict"] if any(tolls_conflict(accounts, group) for group in ("killed", "injured")) else []
    raised += ["actor-conflict"] if _name_other_actors(members) else []
    several = len({member.source.key for member in members}) > 1
    raised += ["single-origin"] if several and count_origins(members, texts) == 1 else []
    role: Role = "primary" if any(account.role == "primary" for account in accounts) else "background"
    event_type = next((a.event_type for a in accounts if a.event_type != "unknown"), "unknown")
    written = next((a.place_as_written for a in (best.account, *accounts) if a.place_as_written), "")
    return Incident(
        id=incident_id(member.id for member in members),
        title=title_of(event_type, best, killed, injured),
        role=role,
        accounts=accounts,
        resolution=best.resolution,
        place_as_written=written,
        event_type=event_type,
        actors=_actors(members),
        date=when,
        killed=killed,
        injured=injured,
        women_killed=toll_of(accounts, "killed", "women"),
        children_killed=toll_of(accounts, "killed", "children"),
        status=status,
        flags=tuple(dict.fromkeys((*raised, *flags))),
    )


def toll_of(accounts: Iterable[Account], group: str, of: str | None = None) -> Toll:
    """Span the counts of one group of people over some accounts."""
    return toll_range(counts([claim for account in accounts for claim in account.claims], group, of))


def tolls_conflict(accounts: Sequence[Account], group: str) -> bool:
    """Tell whether two accounts give counts that cannot both be right ("42" and "55")."""
    if len(accounts) < 2:
        return False
    ranges = [toll for account in accounts if (toll := toll_of([account], group)) != Toll()]
    floors = [toll.minimum for toll in ranges if toll.minimum is not None]
    ceilings = [toll.maximum for toll in ranges if toll.maximum is not None]
    return bool(floors and ceilings) and max(floors) > min(ceilings)


def common_date(dates: Iterable[DateValue | None]) -> tuple[DateValue | None, bool]:
    """Find the days that all dates of one event allow.

    Returns
    -------
    date : DateValue or None
        Their intersection; where they share no day, all days they name, and a
        conflict. Without a resolved date, the first that says anything.
    conflict : bool
        Whether they share no day.
    """
    known = [value for value in dates if value is not None]
    resolved = [value for value in known if value.start]
    if not resolved:
        return next((value for value in known if value.edtf), known[0] if known else None), False
    latest_start = max(value.start for value in resolved)
    earliest_end = min(value.end for value in resolved)
    if latest_start > earliest_end:
        first, last = min(value.start for value in resolved), max(value.end for value in resolved)
        text = "; ".join(dict.fromkeys(value.text for value in resolved))
        return DateValue(edtf=f"{first}/{last}", start=first, end=last, text=text), True
    exact = min(resolved, key=_length)
    if (exact.start, exact.end) == (latest_start, earliest_end):
        return exact, False
    edtf = latest_start if latest_start == earliest_end else f"{latest_start}/{earliest_end}"
    text = "; ".join(dict.fromkeys(value.text for value in resolved))
    return DateValue(edtf=edtf, start=latest_start, end=earliest_end, text=text), False


def _printed(member: Located) -> tuple[bool, str, str]:
    return not member.source.published, member.source.published, member.source.key


def _length(value: DateValue) -> int:
    return (date.fromisoformat(value.end) - date.fromisoformat(value.start)).days


def _exactness(resolution: Resolution) -> tuple[int, bool, int]:
    radius = resolution.uncertainty_m
    return _STATUS_ORDER[resolution.status], resolution.needs_review, _FAR if radius is None else radius


def _merged_flags(members: Sequence[Located], *, resolved: bool) -> list[str]:
    """Collect what accounts and places are flagged with, but what another account made good."""
    dates = [m.account for m in members if m.account.date is not None and m.account.date.start]
    stated = any(_INFERRED not in account.flags for account in dates)
    settled = {_UNRESOLVED} if resolved else set()
    settled |= {_INFERRED} if stated else set()
    flags = [flag for m in members for flag in m.account.flags if flag not in settled]
    placed = any(m.resolution.status == "resolved" for m in members)
    flags += [flag for m in members for flag in m.resolution.flags if m.resolution.status == "resolved" or not placed]
    return flags


def _name_other_actors(members: Sequence[Located]) -> bool:
    """Tell whether two accounts name actors and none in common."""
    named = [{str(c.value) for c in m.account.claims if c.kind == "actor" and c.value} for m in members]
    named = [actors for actors in named if actors]
    return any(not one & other for index, one in enumerate(named) for other in named[index + 1 :])


def _actors(members: Sequence[Located]) -> tuple[str, ...]:
    names = (str(c.value) for m in members for c in m.account.claims if c.kind == "actor" and c.value)
    return tuple(dict.fromkeys(names))
