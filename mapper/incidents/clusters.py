"""Joining accounts into incidents, best evidence first, without breaking what is known.

What a person decided comes first. Then pairs are joined from the highest score
down, unless the join would put two accounts of one article together, accounts
that a person called different, or days or places that cannot be one event: a
chain of pairs a day apart must not become a week.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice, product
from typing import Final

from mapper.incidents.copies import first_prints
from mapper.incidents.evidence.place import out_of_reach
from mapper.incidents.evidence.time import name_other_days
from mapper.incidents.scoring import Comparison
from mapper.incidents.sketch import Sketch

_LONGEST_GAP: Final = 1
_MOST: Final = 6
"""Accounts of a group that are held against those of another, at most."""
_AGAINST: Final = -2.5
"""Points against, from which two accounts are of two events whatever links them."""


class Clusters:
    """Groups of accounts that only grow together.

    Parameters
    ----------
    sketches : sequence of Sketch
        Of all accounts; those with one id are one account from the start.
    copies : mapping of str to str
        For a source that has copies, the one that stands for them all.
    compared : callable
        Compares two accounts by where they stand in `sketches`.
    """

    def __init__(
        self, sketches: Sequence[Sketch], copies: Mapping[str, str], compared: Callable[[int, int], Comparison]
    ) -> None:
        self._compared = compared
        self._sketches = sketches
        self._copies = copies
        self._parent = list(range(len(sketches)))
        self._members: dict[int, list[int]] = {}
        self._apart: dict[int, set[int]] = {}
        self._by_id: dict[str, int] = {}
        for index, one in enumerate(sketches):
            first = self._by_id.setdefault(one.id, index)
            if first != index:
                self._union(first, index)

    def judge(self, pairs: Mapping[tuple[str, str], str]) -> None:
        """Apply what people decided, newest first, so that a newer verdict stands against an older."""
        for (left, right), verdict in reversed(list(pairs.items())):
            if left not in self._by_id or right not in self._by_id:
                continue
            a, b = self._root(self._by_id[left]), self._root(self._by_id[right])
            if verdict == "same" and not self._told_apart(a, b):
                self._union(a, b)
            elif verdict != "same" and a != b:
                self._apart.setdefault(a, set()).add(b)
                self._apart.setdefault(b, set()).add(a)

    def join(self, pairs: Iterable[tuple[Comparison, int, int]]) -> None:
        """Join the pairs that are the same event, best first."""
        for _, left, right in sorted(pairs, key=lambda pair: (-pair[0].score, pair[0].left, pair[0].right)):
            a, b = self._root(left), self._root(right)
            if a != b and not self._told_apart(a, b) and self._fit(a, b):
                self._union(a, b)

    def groups(self) -> list[list[int]]:
        """Return the groups, each in reading order, by their first accounts."""
        found: dict[int, list[int]] = {}
        for index in sorted(range(len(self._sketches)), key=lambda i: self._sketches[i].order):
            found.setdefault(self._root(index), []).append(index)
        return list(found.values())

    def together(self, left: int, right: int) -> bool:
        """Tell whether two accounts are in one group."""
        return self._root(left) == self._root(right)

    def _root(self, index: int) -> int:
        root = index
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[index] != root:
            self._parent[index], index = root, self._parent[index]
        return root

    def _told_apart(self, a: int, b: int) -> bool:
        return b in self._apart.get(a, ())

    def _union(self, left: int, right: int) -> None:
        a, b = self._root(left), self._root(right)
        if a == b:
            return
        a, b = (a, b) if len(self._of(a)) >= len(self._of(b)) else (b, a)
        self._parent[b] = a
        self._members[a] = [*self._of(a), *self._of(b)]
        self._members.pop(b, None)
        for other in self._apart.pop(b, ()):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart.setdefault(a, set()).add(other)

    def _of(self, root: int) -> list[int]:
        return self._members.get(root, [root])

    def _fit(self, a: int, b: int) -> bool:
        """Tell whether two groups can be one event."""
        ones = [self._sketches[i] for i in self._of(a)]
        others = [self._sketches[i] for i in self._of(b)]
        sources = {one.source: one.id for one in ones}
        if any(sources.get(other.source, other.id) != other.id for other in others):
            return False
        prints = first_prints([*ones, *others], lambda one: self._copies.get(one.source, one.source), _printed)
        dated = [one for one in prints if one.start]
        if dated and max(one.start for one in dated) - min(one.end for one in dated) > _LONGEST_GAP:
            return False
        best, other = (min((o for o in group if o.radius_m), key=_exactness, default=None) for group in (ones, others))
        if best is not None and other is not None and out_of_reach(best, other):
            return False
        return len(ones) == len(others) == 1 or self._agree(self._of(a), self._of(b))

    def _agree(self, ones: Sequence[int], others: Sequence[int]) -> bool:
        """Tell whether no two accounts of two groups speak of two events: what the best pair shares is not enough."""
        some = islice(product(ones[:_MOST], others[:_MOST]), _MOST * _MOST)
        return all(self._compatible(one, other) for one, other in some)

    def _compatible(self, one: int, other: int) -> bool:
        comparison = self._compared(one, other)
        # An account that says only "in May" must not tie what happened on two days of it.
        days_differ = name_other_days(self._sketches[one], self._sketches[other])
        return comparison.against > _AGAINST and (comparison.verdict == "same" or not days_differ)


def _printed(one: Sketch) -> tuple[bool, str, str]:
    return not one.printed, one.printed, one.source


def _exactness(one: Sketch) -> tuple[int, str]:
    return one.radius_m, one.id
