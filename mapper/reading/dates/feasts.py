"""Placing a feast in the calendar: Easter of East and West, Ramadan and the two Eids."""

from __future__ import annotations

from mapper.reading.dates import easter, hijri
from mapper.reading.dates.edtf import Interval
from mapper.reading.dates.mention import DateMention
from mapper.reading.dates.resolved import INFERRED, ResolvedDate, left_open, placed


def resolve_feast(mention: DateMention, published: Interval | None, words: str) -> ResolvedDate:
    """Return the day of a feast: that of its year, else the last one before the publication.

    Parameters
    ----------
    mention : DateMention
        Read by `easter` or `hijri`.
    published : Interval or None
        The days of publication.
    words : str
        The publication as it is written.
    """
    if mention.rule == easter.RULE:
        return _easter(mention, published, words)
    days = hijri.resolve(mention, published) if published is not None else None
    if days is None:
        return left_open(mention, "a day of the Islamic calendar, with no publication date to count from")
    reason = f"the last one before the publication ({words}), a day either way as the moon was seen"
    return placed(days, mention, "published", words, reason, flags=(INFERRED,))


def _easter(mention: DateMention, published: Interval | None, words: str) -> ResolvedDate:
    days = easter.resolve(mention, published)
    if days is None:
        return left_open(mention, "East and West keep this feast on different days, or no year is known")
    if mention.first.year:
        return placed(days, mention, "absolute", "", "the day of the feast in that year")
    reason = f"the last one before the publication ({words})"
    return placed(days, mention, "published", words, reason, flags=(INFERRED,))
