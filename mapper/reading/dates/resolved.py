"""What became of a mention: a day of the calendar with its reason, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from mapper.model import DateValue
from mapper.reading.dates.edtf import Interval, unresolved, value_of
from mapper.reading.dates.mention import DateMention

Basis = Literal["absolute", "published", "incident", "inferred-year", ""]

UNRESOLVED: Final = "date-unresolved"
INFERRED: Final = "date-inferred"
CONFLICT: Final = "date-conflict"
AMBIGUOUS: Final = "date-ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedDate:
    """A mention in the calendar, or the reason why it is not.

    Parameters
    ----------
    date : DateValue or None
        None for a mention without a date (a time of day). `start` and `end` are
        empty while `edtf` may still hold what is known ("XXXX-03-16").
    basis : str
        ``absolute`` (all of it is written), ``published``, ``incident`` (counted
        from the anchor), ``inferred-year``; empty when unresolved.
    anchor : str
        What it was counted from, in the text's words or as a date.
    flags : tuple of str
        ``date-unresolved``, ``date-inferred``, ``date-conflict``, ``date-ambiguous``.
    reason : str
        The same for people.
    """

    date: DateValue | None
    basis: Basis = ""
    anchor: str = ""
    flags: tuple[str, ...] = ()
    reason: str = ""

    @property
    def resolved(self) -> bool:
        """Whether it has days of the calendar."""
        return self.date is not None and bool(self.date.start)


def left_open(mention: DateMention, reason: str, *, edtf: str = "") -> ResolvedDate:
    """Say why a mention has no day; `edtf` is what is known of it all the same."""
    return ResolvedDate(date=unresolved(mention.text, edtf), flags=(UNRESOLVED,), reason=reason)


def placed(
    days: Interval,
    mention: DateMention,
    basis: Basis,
    anchor: str,
    reason: str,
    *,
    edtf: str = "",
    flags: tuple[str, ...] = (),
) -> ResolvedDate:
    """Give a mention its days, with what they were counted from and why."""
    value = value_of(days, mention.text, edtf=edtf, approximate=mention.approximate)
    return ResolvedDate(date=value, basis=basis, anchor=anchor, flags=flags, reason=reason)
