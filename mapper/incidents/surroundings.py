"""What a coincidence is worth depends on what else was read.

A village that was hit once in all that was read on a day says much; a city with
ten attacks that day says little. A surname that two articles alone share says
much; one that stands in every second article says nothing.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from math import floor, log, log2
from typing import Final

from mapper.incidents.sketch import Sketch
from mapper.model import Toll

_CELL_DEG: Final = 0.06
_LONGEST_DAYS: Final = 3
_NAME: Final = 0.7
_NO_NAME: Final = 0.3
_HALVINGS: Final = 6.0
_RARE: Final = 0.45
_RIVAL: Final = 0.6
_FEW: Final = 20
"""Accounts below which nothing can be called common."""
_SIZES: Final = 1.5
_TOLD_APART: Final = 3 << 61
"""Two bits more where one article tells of two events: they are two, whatever their tolls."""
_UNKNOWN: Final = Toll()
_OFTEN: Final = 0.25
_UNSEEN: Final = 6
_READ_BEFORE: Final = 200
"""A word counts as if it had stood in 6 of 200 other texts: what five articles share is not yet rare."""


class Surroundings:
    """How common names and words are, and how many events compete for a place and day.

    Parameters
    ----------
    sketches : iterable of Sketch
        Of all accounts that are grouped together; their order does not matter.
    """

    def __init__(self, sketches: Iterable[Sketch] = ()) -> None:
        self._sources: Counter[int] = Counter()
        self._words: Counter[int] = Counter()
        self._tolls: dict[int, int] = {}
        self._traits: Counter[str] = Counter()
        self._accounts = 0
        seen: set[int] = set()
        known = list(sketches)
        here: dict[int, int] = {}
        source = ""
        for one in known:
            if one.source != source:
                source, here = one.source, {}
            self._accounts += 1
            self._traits.update({*one.actors, one.event, *one.sites})
            self._words.update(one.prose)
            for name in one.names:
                mark = hash((name, one.source_number))
                if mark not in seen:
                    seen.add(mark)
                    self._sources[name] += 1
            for block in _blocks(one):
                # One bit for each size of toll: the same event told often, with a toll that rises, sets few.
                size = _size(one)
                self._tolls[block] = self._tolls.get(block, 0) | 1 << size
                if here.get(block, 0) & _near(size):
                    self._tolls[block] |= _TOLD_APART
                here[block] = here.get(block, 0) | 1 << size

        # Asked for again in each of a million comparisons.
        self._rare = {one.id: sum(self.worth(name) >= _RARE for name in one.names) for one in known}
        self._rivals = {
            one.id: max((self._tolls[b] & _likely(one) for b in _blocks(one)), key=int.bit_count, default=0)
            for one in known
        }

    def worth(self, name: int) -> float:
        """Return the points that a shared name gives: 0.7 for a rare one, less each time it is twice as common."""
        return _NAME * max(0.0, 1.0 - log2(max(self._sources[name], 2) / 2) / _HALVINGS)

    def shared(self, left: array[int], right: array[int]) -> tuple[int, float]:
        """Return how many names two accounts share, and what that is worth."""
        worths = [self.worth(name) for name in sorted(set(left).intersection(right))]
        return sum(worth > 0 for worth in worths), sum(worths)

    def words(self, left: array[int], right: array[int]) -> tuple[int, float]:
        """Return how many rarer words two accounts share, and how far that is from chance, in nats."""
        count, worth = 0, 0.0
        for word in sorted(set(left).intersection(right)):
            share = (self._words[word] + _UNSEEN) / (self._accounts + _READ_BEFORE)
            if share < _OFTEN:
                count += 1
                worth += log(_OFTEN / share)
        return count, worth

    def rare(self, one: Sketch) -> int:
        """Count the names of an account that few other sources have."""
        return self._rare.get(one.id, 0)

    def lacking(self) -> float:
        """Return the points that two accounts lose whose rare names differ: few where little was read."""
        return round(_NO_NAME * self._accounts / (self._accounts + _READ_BEFORE), 2)

    def rarity(self, trait: str) -> float:
        """Return how rare an actor, a kind of attack or of site is, from 0 (all accounts have it) to 1."""
        return 1.0 - self._traits[trait] / (self._accounts + _FEW)

    def rivalry(self, left: Sketch, right: Sketch) -> float:
        """Return the points that a shared place and day lose to other events there."""
        most = max(self._rivals.get(one.id, 0).bit_count() for one in (left, right))
        return _RIVAL * log2(most / 2) if most > 2 else 0.0


def _size(one: Sketch) -> int:
    """Put a toll among those that one event may have on two days: 1, 2 or 3, 4 to 6, 7 to 10, and so on."""
    return round(_SIZES * log2((one.killed.minimum or one.killed.maximum or 0) + 1))


def _likely(one: Sketch) -> int:
    """Return the bits of the tolls that events it may be taken for have: all, where it gives none."""
    return _near(_size(one)) | _TOLD_APART if one.killed != _UNKNOWN else -1


def _near(size: int) -> int:
    """Return the bits of the tolls that an event of one size may also be given."""
    return 7 << size >> 1


def _blocks(one: Sketch) -> list[int]:
    if not one.radius_m or not one.start:
        return []
    x, y = floor(one.longitude / _CELL_DEG), floor(one.latitude / _CELL_DEG)
    return [hash((x, y, day)) for day in range(one.start, min(one.end, one.start + _LONGEST_DAYS) + 1)]
