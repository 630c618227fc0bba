"""What each kind of evidence counts, and how evidence becomes probability.

The weights are log-odds. Those of names and of the container are fitted by
``benchmarks/resolver.py``, held near hand-set ones by a penalty, to what
``benchmarks/rival_spellings.py`` makes of GeoNames' dumps of Iraq, Yemen and
Palestine (5,000 places, seed 23): spellings that are hidden and asked for,
places that are hidden altogether, spellings of reporters. No table of
monitors' places takes part: such tables are for tests. What `renderings` says of
spellings was learned from the same dumps, without what was hidden. The other
weights are set by hand, those of `peers` among them: where spellings are drawn by
lot, a place goes by its own name no oftener than by any other that it has. So are
those of what is well known, which are drawn too seldom there: ``benchmarks/towns.py``
says whether towns and seats of districts are found among their namesakes. The
script prints the table, and how often an answer of each probability was right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts, in log-odds; `scoring` says what each is."""

    similarity: float = 14.67
    exact: float = 1.72
    sound: float = 0.91
    skeleton: float = 0.71
    edit: float = -0.17
    prominence: float = 2.4
    size: float = 0.2
    fame: float = 2.0
    alias: float = -0.66
    brief: float = -1.33
    spelling: float = -1.02
    sounding: float = -1.13
    settlement: float = 1.7
    area: float = -2.4
    site: float = -1.5
    own: float = 2.5
    country: float = 4.0
    in_country: float = 0.8
    out_of_country: float = -4.3
    inside: float = 1.7
    outside: float = -4.12
    apart: float = -0.9
    near: float = 2.5
    far: float = -2.9
    company: float = 3.0
    division: float = 2.2
    home: float = 7.5
    secondhand: float = -3.0
    sector: float = 4.0
    off_sector: float = -3.0
    kind: float = 0.5
    other_kind: float = -1.3
    other_level: float = -3.0
    obscure: float = -0.78
    support: float = -0.02
    borrowed: float = -0.61
    unsupported: float = -3.5
    unasked: float = -5.5
    article: float = -2.5
    none: float = 12.8
    letters: float = 2.55
    common: float = 0.55
    rendering: float = 1.69
    latin: float = 2.37
    has_latin: float = -1.35
    arabic: float = 0.27
    has_arabic: float = -0.54
    wordy: float = -0.36
    twins: float = -0.8
    shadowed: float = -1.0
    seat: float = 2.5
    known: float = 2.0
    renown: float = 1.2


WEIGHTS: Final = Weights()
FEATURES: Final = tuple(each.name for each in fields(Weights))
_BY_NAME: Final[Mapping[str, float]] = {name: float(getattr(WEIGHTS, name)) for name in FEATURES}


def energy(found: Mapping[str, float]) -> float:
    """Add evidence up, for a candidate or for "none of these"."""
    return sum([_BY_NAME[name] * value for name, value in found.items()])


def probabilities(energies: Sequence[float], none: float) -> list[float]:
    """Turn energies into probabilities which, with that of "none of these", add up to one.

    Examples
    --------
    >>> [round(p, 2) for p in probabilities([2.0, 2.0], none=2.0)]
    [0.33, 0.33]
    """
    top = max([none, *energies])
    shares = [math.exp(value - top) for value in energies]
    whole = math.exp(none - top) + sum(shares)
    return [share / whole for share in shares]
