"""The entries of one skeleton, as they lie in the file: see `index_format`."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from mapper.places.index import format as form


class Bucket:
    """Entries that lie side by side, and their sounds.

    Parameters
    ----------
    raw : memoryview
        Where it lies in the file: of a large one, little is read.
    area_size : int
        Bytes of an area.
    """

    __slots__ = ("_area_size", "_areas", "_bares", "_checks", "_numbers", "_raw", "_refs", "_sounds", "count")

    def __init__(self, raw: memoryview[int], area_size: int) -> None:
        count, at = _count(raw, 0)
        sounds, at = _count(raw, at) if count > 1 else (1, at)
        self.count = count
        self._raw = raw
        self._area_size = area_size
        self._refs = at
        self._checks = at = at + form.REF_SIZE * count
        self._bares = at = at + count
        self._areas = at = at + count
        self._numbers = at = at + (area_size * count if count > form.FEW else 0)
        self._sounds = at + form.number_size(sounds) * count

    def ref(self, entry: int) -> int:
        """Return the reference of an entry: place number and number of the name in its place."""
        at = self._refs + form.REF_SIZE * entry
        return int.from_bytes(self._raw[at : at + form.REF_SIZE], "little")

    def check(self, entry: int) -> int:
        """Return the byte by which a plain key is told from most others."""
        return self._raw[self._checks + entry]

    def bare(self, entry: int) -> int:
        """Return the byte by which a name key is told from most others."""
        return self._raw[self._bares + entry]

    def same_sound(self, sound: str) -> Sequence[int]:
        """Return the entries that sound just so, without looking at each."""
        raw, begin = self._raw, self._sounds
        wanted = sound.encode("ascii")
        if self._numbers == begin:
            return range(self.count) if raw[begin:] == wanted else ()
        sounds = b"\n%b\n" % bytes(raw[begin:])
        position = sounds.find(b"\n%b\n" % wanted)
        return self._run([]).having(sounds.count(b"\n", 0, position)) if position >= 0 else ()

    def whole(self) -> Run:
        """Return all entries."""
        return self._run(str(self._raw[self._sounds :], "ascii").split("\n"))

    def _run(self, sounds: list[str]) -> Run:
        return Run(self, 0, self.count, sounds, bytes(self._raw[self._numbers : self._sounds]))

    def parts(self, ranges: Iterable[tuple[int, int]]) -> Iterator[Run]:
        """Give the entries in ranges of areas, each with the sounds that are there."""
        whole = self.whole()
        if self.count > form.FEW:
            # Entries are sorted by area: a country's stand together.
            areas = self._raw[self._areas : self._numbers].cast(form.AREA_CODES[self._area_size])
            for first, last in ranges:
                low = bisect_left(areas, first)
                high = bisect_left(areas, last, low)
                if low < high:
                    yield whole.part(low, high)


def _count(raw: memoryview[int], at: int) -> tuple[int, int]:
    """Read how many there are, and where what follows begins."""
    count = raw[at]
    if count < form.MANY:
        return count, at + 1
    return int.from_bytes(raw[at + 1 : at + 5], "little"), at + 5


@dataclass(slots=True)
class Run:
    """Entries that stand side by side in a bucket, and their sounds."""

    bucket: Bucket
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

    def having(self, number: int, limit: int | None = None) -> Sequence[int]:
        """Return the entries with a sound, the first of them where there is a limit."""
        if not self.numbers:
            return range(self.begin, self.end)[:limit]
        width = self._width()
        found: list[int] = []
        wanted = number.to_bytes(width, "little")
        place = self.numbers.find(wanted)
        while place >= 0 and len(found) != limit:
            if place % width == 0:
                found.append(self.begin + place // width)
            place = self.numbers.find(wanted, place + 1)
        return found

    def part(self, low: int, high: int) -> Run:
        """Return the entries from `low` to `high`, with the sounds that are there."""
        if not self.numbers or (low, high) == (self.begin, self.end):
            return Run(self.bucket, low, high, self.sounds, self.numbers)
        numbers = self._numbers()[low - self.begin : high - self.begin]
        there = {number: place for place, number in enumerate(dict.fromkeys(numbers))}
        sounds = [self.sounds[number] for number in there]
        code = "B" if form.number_size(len(there)) < 2 else "H"
        return Run(self.bucket, low, high, sounds, array(code, [there[number] for number in numbers]).tobytes())

    def _numbers(self) -> Sequence[int]:
        return memoryview(self.numbers).cast("H") if self._width() > 1 else self.numbers

    def _width(self) -> int:
        return 2 if len(self.numbers) > self.end - self.begin else 1


def having(
    runs: Sequence[Run], bases: Sequence[int], found: Iterable[tuple[str, float, int]], limit: int | None = None
) -> list[tuple[int, int, str]]:
    """Return the run, the entry and the sound of the first entries with some sounds, in order.

    Parameters
    ----------
    runs : sequence of Run
        Where to look.
    bases : sequence of int
        How many sounds the runs before each have.
    found : iterable of (str, float, int)
        Sounds, as `rapidfuzz.process.extract` gives them: with their places among the sounds of all runs.
    limit : int, optional
        How many entries at most.
    """
    by_run: dict[int, list[tuple[str, int]]] = {}
    for sound, _, at in found:
        number = bisect_right(bases, at) - 1
        by_run.setdefault(number, []).append((sound, at - bases[number]))
    entries: list[tuple[int, int, str]] = []
    for number in sorted(by_run):
        left = None if limit is None else limit - len(entries)
        there = [(number, e, sound) for sound, place in by_run[number] for e in runs[number].having(place, left)]
        entries += sorted(there)[:left]
        if len(entries) == limit:
            break
    return entries
