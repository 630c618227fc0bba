"""A name that is looked up, and what was worked out of it for all that it is looked up in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from mapper.places.index import format as form
from mapper.places.index.buckets import Bounds, bounding
from mapper.places.index.skeletons import edited
from mapper.places.names.keys import Keys

FAR: Final = 2
"""Consonants that are put in or taken out where one is another."""

Probe = tuple[int, int]
"""The hash of a packed skeleton, and it."""


class Query:
    """A name that is looked up under some skeletons.

    Parameters
    ----------
    name : str
        As written.
    keys : Keys
        Of it.
    own, edits : bool
        Whether names of the same consonants are wanted, and those that differ by one.
    """

    def __init__(self, name: str, keys: Keys, *, own: bool = True, edits: bool = False) -> None:
        self.name = name
        self.keys = keys
        self.own = own
        self.code = form.packed(keys.skeleton)
        self.edits: Mapping[int, int] = edited(self.code) if edits else {}
        """Packed skeletons, each with how many consonants must at least be put in or taken out to get there."""

        self._is_near = {keys.skeleton: own}
        self._bounds: dict[int, Bounds] = {}

    @property
    def probe(self) -> Probe:
        """Its own skeleton."""
        return self.code % form.PRIME, self.code

    @cached_property
    def nearer(self) -> list[Probe]:
        """The others that are looked at first."""
        prime = form.PRIME
        return [(code % prime, code) for code, cost in self.edits.items() if cost < FAR]

    @cached_property
    def farther(self) -> list[Probe]:
        """Those that are looked at where nothing nearer is enough."""
        prime = form.PRIME
        return [(code % prime, code) for code, cost in self.edits.items() if cost == FAR]

    def bounds(self, code: int) -> Bounds:
        """Return how much sounds of each length, under one of the skeletons, can be like that of the name."""
        found = self._bounds.get(code)
        if found is None:
            found = self._bounds[code] = bounding(self.keys.sound, self.code, code, self.edits.get(code, 0))
        return found

    @property
    def farthest(self) -> float:
        """How much sounds under the skeletons that are looked at last can be like that of the name at most."""
        return bounding(self.keys.sound, self.code, self.code, FAR)[len(self.keys.sound)]

    def is_near(self, skeleton: str) -> bool:
        """Say whether a skeleton is one of those, or only has the hash of one."""
        near = self._is_near.get(skeleton)
        if near is None:
            near = self._is_near[skeleton] = form.packed(skeleton) in self.edits
        return near
