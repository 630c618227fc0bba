"""The range that several counts of one incident span, and which count sets each end.

Rules, in this order:

1. Counts of fighters stand aside where people are counted as anything else;
   so do counts that the text itself replaced ("initially"), plurals without a
   number, "dozens" beside a number as large, and counts that only point back ("the three victims").
2. Within one article, an assessor's own range ("has adopted a minimum of 15")
   wins. Otherwise the article's own statement where it states the event sets
   the lower end: it weighs the sources that are quoted below it. Counts with
   another reporter, and tolls that rose, widen the upper end; what a text sets
   beside it as another source's ("the police give seven") widens both.
3. Where every count is somebody's, they span the range together, as do
   different articles.
4. An end that any of the counts leaves open ("at least 13") stays open.

A part (women, children) is ranged for itself and never added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mapper.model import Claim, Toll

_DOZEN: Final = 12
_OTHER: Final = "toll-other-count"


@dataclass(frozen=True, slots=True)
class TollRange:
    """A range, and the ids of the claims that set its ends (empty for an open end)."""

    toll: Toll
    minimum_from: str = ""
    maximum_from: str = ""


def counts(claims: Iterable[Claim], group: str, of: str | None = None) -> list[Claim]:
    """Return the toll claims about one group (killed, injured) and part (None, women, children, men).

    Parameters
    ----------
    claims : iterable of Claim
        Of any kind.
    group, of : str
        As in `Claim.detail`.
    """
    return [c for c in claims if c.kind == "toll" and c.detail.get("group") == group and c.detail.get("of") == of]


def toll_range(claims: Sequence[Claim]) -> Toll:
    """Return the range that counts of one group and part span.

    Parameters
    ----------
    claims : sequence of Claim
        From `counts`; of one or several articles, in reading order.

    Returns
    -------
    Toll
        Both ends None where nothing was counted.
    """
    return range_with_sources(claims).toll


def range_with_sources(claims: Sequence[Claim]) -> TollRange:
    """Return the range and the claims that set its ends; see `toll_range`."""
    if not claims:
        return TollRange(Toll())
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(claim.source, []).append(claim)
    return _span([_one_article(group) for group in by_article.values()])


def _one_article(claims: Sequence[Claim]) -> TollRange:
    kept = _worth(claims)
    if not kept:
        return TollRange(Toll())
    assessed = [c for c in kept if c.detail.get("assessed")]
    own = [c for c in kept if c.detail.get("lead") and not c.reporters]
    base = assessed or ([max(own, key=_size)] if own else [])
    others = [] if assessed else [c for c in kept if c.rule == _OTHER]
    base = base or [c for c in kept if c.reporters and c not in others] or kept[:1]
    result = _span([_alone(c) for c in [*base, *others]])
    risen = [c for c in kept if c.rule == "toll-ordinal" and _size(c) == (result.toll.maximum or 0) + 1]
    risen += [
        c for c in kept if c.rule == "toll-added" and _size(c) > (result.toll.maximum or result.toll.minimum or 0)
    ]
    if risen and not assessed:
        result = _alone(risen[-1])  # "a sixth died later": the five killed at once are no count of the dead
    if not (assessed or own):
        return result
    above = [c for c in kept if c not in base and (c.reporters or c.rule == "toll-stated-toll")]
    return _widened(result, above)


def _worth(claims: Sequence[Claim]) -> list[Claim]:
    kept = [
        c for c in claims if _size(c) is not None and (c.detail.get("minimum"), c.detail.get("maximum")) != (None, None)
    ]
    for lesser in (
        lambda c: c.value == 0,
        lambda c: c.detail.get("population") == "fighters",
        lambda c: bool(c.detail.get("plural_only")),
        lambda c: bool(c.detail.get("provisional")),
        lambda c: bool(c.detail.get("definite")),
    ):
        if len(kept) <= 1:
            return kept  # as it nearly always is
        better = [c for c in kept if not lesser(c)]
        kept = better or kept
    words = [c for c in kept if c.op == "word" and _size(c) >= _DOZEN]
    if words and any(c.op != "word" and _size(c) >= _DOZEN for c in kept):
        kept = [c for c in kept if c not in words]
    return kept


def _size(claim: Claim) -> int:
    low, high = _ends(claim)
    return max(low or 0, high or 0)


def _ends(claim: Claim) -> tuple[int | None, int | None]:
    low, high = claim.detail.get("minimum"), claim.detail.get("maximum")
    return (int(low) if isinstance(low, int) else None), (int(high) if isinstance(high, int) else None)


def _alone(claim: Claim) -> TollRange:
    low, high = _ends(claim)
    return TollRange(Toll(minimum=low, maximum=high), "" if low is None else claim.id, "" if high is None else claim.id)


def _span(ranges: Sequence[TollRange]) -> TollRange:
    ranges = [r for r in ranges if r.toll != Toll()]
    if not ranges:
        return TollRange(Toll())
    lows = [r for r in ranges if r.toll.minimum is not None]
    low = min(lows, key=lambda r: r.toll.minimum or 0) if lows else None
    open_end = any(r.toll.maximum is None for r in ranges)
    high = None if open_end else max(ranges, key=lambda r: r.toll.maximum or 0)
    return TollRange(
        Toll(minimum=low.toll.minimum if low else None, maximum=high.toll.maximum if high else None),
        low.minimum_from if low else "",
        high.maximum_from if high else "",
    )


def _widened(base: TollRange, others: Sequence[Claim]) -> TollRange:
    """Raise the upper end to what other reporters counted; the lower end stays."""
    toll = base.toll
    if toll.maximum is None:
        if toll.minimum is None:
            return base
        return base
    top, source = toll.maximum, base.maximum_from
    for claim in others:
        low, high = _ends(claim)
        if high is None and low is not None and low > top:
            return TollRange(Toll(minimum=toll.minimum), base.minimum_from, "")
        if high is not None and high > top:
            top, source = high, claim.id
    return TollRange(Toll(minimum=toll.minimum, maximum=top), base.minimum_from, source)
