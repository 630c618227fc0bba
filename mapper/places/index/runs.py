"""Entries of a bucket and the sounds they have, as they lie in the file: see `index_format`."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat


def numbered(number: int, numbers: bytes, begin: int, end: int) -> list[int]:
    """Return the entries from `begin` to `end` that have a number in `numbers`: see `index_format`."""
    if not numbers:
        return list(range(begin, end))
    width = 2 if len(numbers) > end - begin else 1
    found = []
    wanted = number.to_bytes(width, "little")
    place = numbers.find(wanted)
    while place >= 0:
        if place % width == 0:
            found.append(begin + place // width)
        place = numbers.find(wanted, place + 1)
    return found


@dataclass(frozen=True, slots=True)
class Run:
    """Entries that stand side by side in a bucket, and their sounds."""

    begin: int
    end: int
    sounds: list[str]
    numbers: bytes
    """Which sound each entry has; nothing if there is but one."""

    def entries(self) -> Iterator[tuple[int, str]]:
        """Give all entries with their sounds."""
        if not self.numbers:
            return zip(range(self.begin, self.end), repeat(self.sounds[0]), strict=False)
        return zip(range(self.begin, self.end), map(self.sounds.__getitem__, self._numbers()), strict=True)

    def having(self, number: int) -> list[int]:
        """Return the entries with a sound."""
        return numbered(number, self.numbers, self.begin, self.end)

    def part(self, low: int, high: int) -> Run:
        """Return the entries from `low` to `high`, with the sounds that are there."""
        if not self.numbers or (low, high) == (self.begin, self.end):
            return Run(low, high, self.sounds, self.numbers)
        numbers = self._numbers()[low - self.begin : high - self.begin]
        there = {number: place for place, number in enumerate(dict.fromkeys(numbers))}
        sounds = [self.sounds[number] for number in there]
        code = "B" if len(there) <= 1 << 8 else "H"
        return Run(low, high, sounds, array(code, [there[number] for number in numbers]).tobytes())

    def _numbers(self) -> Sequence[int]:
        is_wide = len(self.numbers) > self.end - self.begin
        return memoryview(self.numbers).cast("H") if is_wide else self.numbers


def having(
    runs: Sequence[Run], bases: Sequence[int], found: Iterable[tuple[str, float, int]]
) -> list[tuple[int, int, str]]:
    """Return the run, the entry and the sound of all entries with some sounds, in order.

    Parameters
    ----------
    runs : sequence of Run
        Where to look.
    bases : sequence of int
        How many sounds the runs before each have.
    found : iterable of (str, float, int)
        Sounds, as `rapidfuzz.process.extract` gives them: with their places among the sounds of all runs.
    """
    entries = []
    for sound, _, at in found:
        number = bisect_right(bases, at) - 1
        entries += [(number, entry, sound) for entry in runs[number].having(at - bases[number])]
    entries.sort()
    return entries
