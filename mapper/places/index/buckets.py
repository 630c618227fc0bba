"""The entries of one skeleton, as they lie in the file: see `index_format`."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Final

from mapper.places.index import format as form
from mapper.places.index.skeletons import is_whole, letters_of

LIKE_ALL: Final = 100.0
"""How much two sounds have in common at most."""

_ENTRY_SIZE: Final = form.REF_SIZE + 2
"""Bytes of each entry: its reference, and one each of the sums of two keys."""

_FEW_OF: Final = 16
"""To find one sound of many takes as long as to read so many."""

Group = tuple[int, int, int, int]
"""Sounds of one length: it, the number of the first, how many there are, and where they begin."""

Bounded = tuple[float, "Bucket", Group]
"""How much sounds can be like a sound, and what they are."""


class Bucket:
    """Entries that lie side by side, and their sounds.

    Parameters
    ----------
    raw : memoryview
        Where it lies in the file: of a large one, little is read.
    area_size : int
        Bytes of an area.
    code : int
        The packed skeleton that it was looked up by.
    base : int
        What references of its layer have in common, see `index_format.LAYER_AT`.
    """

    __slots__ = (
        *("_area_size", "_numbers", "_raw", "_read", "_refs", "_sounds", "_table"),
        *("base", "code", "count", "sounds"),
    )

    def __init__(self, raw: memoryview[int], area_size: int, code: int, base: int) -> None:
        count, at, sounds = raw[0], 1, 1
        self.code = code
        self.base = base
        self._raw = raw
        self._area_size = area_size
        self._read: bytes | None = None
        if count == 1:
            self.count = self.sounds = self._table = self._refs = 1
            self._numbers = self._sounds = 1 + _ENTRY_SIZE
            return
        if count == form.MANY:
            count, at = _large(raw, at)
        if count > 1:
            sounds = raw[at]
            at += 1
            if sounds == form.MANY:
                sounds, at = _large(raw, at)
        self.count = count
        self.sounds = sounds
        self._table = at
        if sounds > form.MANY_SOUNDS:
            at += 2 + form.LENGTHS.size * (raw[at] | raw[at + 1] << 8)
        self._refs = at
        # References, and two bytes to tell keys by; then areas, where there are many entries.
        self._numbers = at = at + (_ENTRY_SIZE + (area_size if count > form.FEW else 0)) * count
        self._sounds = at + ((sounds > 1) + (sounds > 1 << 8)) * count

    @property
    def lines(self) -> memoryview[int]:
        """Its sounds, with line feeds between them."""
        return self._raw[self._sounds :]

    def ref(self, entry: int) -> int:
        """Return the reference of an entry: layer, place number and number of the name in its place."""
        at = self._refs + form.REF_SIZE * entry
        return self.base | int.from_bytes(self._raw[at : at + form.REF_SIZE], "little")

    def refs(self) -> memoryview[int]:
        """Return the references of all entries, without their layer."""
        return self._raw[self._refs : self._refs + form.REF_SIZE * self.count].cast("I")

    def checks(self) -> bytes:
        """Return the byte of each entry by which its plain key is told from most others."""
        at = self._refs + form.REF_SIZE * self.count
        return bytes(self._raw[at : at + self.count])

    def bares(self) -> bytes:
        """Return the byte of each entry by which its name key is told from most others."""
        at = self._refs + (form.REF_SIZE + 1) * self.count
        return bytes(self._raw[at : at + self.count])

    def numbers(self) -> bytes:
        """Return which sound each entry has; nothing if there is but one."""
        if self._read is None:
            self._read = bytes(self._raw[self._numbers : self._sounds])
        return self._read

    def has_sound(self, sound: str) -> bool:
        """Say whether an entry sounds just so."""
        return self._run_of(sound).number_of(sound) >= 0

    def same_sound(self, sound: str) -> Sequence[int]:
        """Return the entries that sound just so, without looking at each."""
        if self.sounds == 1:
            return range(self.count) if self.lines == sound.encode("ascii") else ()
        run = self._run_of(sound)
        number = run.number_of(sound)
        return () if number < 0 else run.having(number)

    def _run_of(self, sound: str) -> Run:
        """Return the entries among which are all that sound so: of many sounds those of its length."""
        if self.sounds > form.MANY_SOUNDS:
            for group in self._groups():
                if group[0] == len(sound):
                    return self.run(group)
        return self.whole()

    def whole(self) -> Run:
        """Return all entries as one run."""
        return Run(self, 0, self.count, 0, self.sounds, self.lines)

    def run(self, group: Group) -> Run:
        """Return the entries of a group."""
        length, first, count, at = group
        return Run(self, 0, self.count, first, count, self._raw[at : at + (length + 1) * count - 1])

    def by_length(self, bounds: Bounds, least: float, most: float) -> list[Bounded]:
        """Give the sounds of a bucket that has many in groups, each with how much it can be like a sound.

        Parameters
        ----------
        bounds : Bounds
            How much sounds of each length can be like it.
        least, most : float
            Only groups that can be like it so much, but not so much, are given.
        """
        at, first = self._sounds, 0
        groups: list[Bounded] = []
        for length, count in form.LENGTHS.iter_unpack(self._raw[self._table + 2 : self._refs]):
            if least <= (bound := bounds[length]) < most:
                groups.append((bound, self, (length, first, count, at)))
            first += count
            at += (length + 1) * count
        return groups

    def _groups(self) -> list[Group]:
        """Return a group for each length that sounds have: of many sounds only."""
        at, first = self._sounds, 0
        groups = []
        for length, count in form.LENGTHS.iter_unpack(self._raw[self._table + 2 : self._refs]):
            groups.append((length, first, count, at))
            first += count
            at += (length + 1) * count
        return groups

    def parts(self, ranges: Iterable[tuple[int, int]]) -> Iterator[Run]:
        """Give the entries in ranges of areas, each with the sounds that are there."""
        if self.count > form.FEW:
            # Entries are sorted by area: a country's stand together.
            begin = self._refs + _ENTRY_SIZE * self.count
            areas = self._raw[begin : self._numbers].cast(form.AREA_CODES[self._area_size])
            for first, last in ranges:
                low = bisect_left(areas, first)
                high = bisect_left(areas, last, low)
                if low < high:
                    yield self.part(low, high)

    def part(self, low: int, high: int) -> Run:
        """Return the entries from `low` to `high`, with the sounds that are there."""
        if self.sounds < 2 or (low, high) == (0, self.count):
            return Run(self, low, high, 0, self.sounds, self._raw[self._sounds :])
        width = form.number_size(self.sounds)
        raw = bytes(self._raw[self._numbers + low * width : self._numbers + high * width])
        numbers: Sequence[int] = memoryview(raw).cast("H") if width > 1 else raw
        there = {number: place for place, number in enumerate(dict.fromkeys(numbers))}
        run = Run(self, low, high, 0, len(there), b"\n".join(self._lines(there)))
        code = "B" if form.number_size(len(there)) < 2 else "H"
        run.numbers = array(code, [there[number] for number in numbers]).tobytes()
        return run

    def _lines(self, numbers: Collection[int]) -> Sequence[bytes | memoryview[int]]:
        """Return the sounds with some numbers: few of many are read where they lie."""
        if len(numbers) * _FEW_OF >= self.sounds or self.sounds <= form.MANY_SOUNDS:
            lines = bytes(self._raw[self._sounds :]).split(b"\n")
            return [lines[number] for number in numbers]
        groups = self._groups()
        firsts = [group[1] for group in groups]
        chosen = [(number, groups[bisect_right(firsts, number) - 1]) for number in numbers]
        begins = [(at + (length + 1) * (number - first), length) for number, (length, first, _, at) in chosen]
        return [self._raw[begin : begin + length] for begin, length in begins]


def _large(raw: memoryview[int], at: int) -> tuple[int, int]:
    """Read a number that takes more than a byte, and where what follows begins."""
    return int.from_bytes(raw[at : at + 4], "little"), at + 4


class Bounds(dict[int, float]):
    """How much sounds of each length can be like a sound: worked out when a length is first met."""

    def __init__(self, length: int, alike: int, cost: int) -> None:
        self._length, self._alike, self._cost = length, alike, cost

    def __missing__(self, extent: int) -> float:
        """Return the bound for a length."""
        self[extent] = LIKE_ALL * (1 - (self._cost + abs(extent - self._alike)) / (extent + self._length))
        return self[extent]


@lru_cache(maxsize=1 << 3)
def _bounds(length: int, alike: int, cost: int) -> Bounds:
    return Bounds(length, alike, cost)


def bounding(sound: str, skeleton: int, other: int, cost: int) -> Bounds:
    """Return how much sounds of each length, of another skeleton, can be like a sound.

    Parameters
    ----------
    sound : str
        What is looked up.
    skeleton, other : int
        Its skeleton and the other, packed.
    cost : int
        How many consonants must at least be put in or taken out to get from one to the other.

    Examples
    --------
    >>> from rapidfuzz.fuzz import ratio
    >>> bounds = bounding("bakud", form.packed("bkd"), form.packed("bkdr"), 1)
    >>> bounds[len("bakudar")] >= ratio("bakud", "bakudar") > bounds[len("bkdr")]
    True
    """
    length = len(sound)
    if is_whole(skeleton) and is_whole(other):
        # Vowels and doubled letters can only be put in or taken out on top of consonants.
        return _bounds(length, length + letters_of(other) - letters_of(skeleton), cost)
    return _bounds(length, length, 0)


class Run:
    """Entries that stand side by side in a bucket, and some of their sounds.

    Parameters
    ----------
    bucket : Bucket
        Where they stand.
    begin, end : int
        The entries.
    first : int
        Number of the first sound.
    sounds : int
        How many sounds.
    lines : memoryview or bytes
        The sounds, with line feeds between them.
    """

    __slots__ = ("begin", "bucket", "end", "first", "lines", "numbers", "sounds")

    def __init__(
        self, bucket: Bucket, begin: int, end: int, first: int, sounds: int, lines: memoryview[int] | bytes
    ) -> None:
        self.bucket = bucket
        self.begin = begin
        self.end = end
        self.first = first
        self.sounds = sounds
        self.lines = lines
        self.numbers: bytes | None = None
        """Which sound each entry has, where its own numbers differ from those of the bucket."""

    def entries(self) -> Iterator[tuple[int, str]]:
        """Give all entries with their sounds, of a run that has all sounds of its entries."""
        sounds = str(self.lines, "ascii").split("\n")
        if self.sounds < 2:
            return zip(range(self.begin, self.end), repeat(sounds[0]), strict=False)
        numbers, width = self._numbers()
        each: Sequence[int] = memoryview(numbers).cast("H") if width > 1 else numbers
        return zip(range(self.begin, self.end), map(sounds.__getitem__, each), strict=True)

    def number_of(self, sound: str) -> int:
        """Return which of its sounds a sound is; -1 for none."""
        wanted = sound.encode("ascii")
        if self.sounds < 2:
            return 0 if self.lines == wanted else -1
        lines = b"\n%b\n" % bytes(self.lines)
        position = lines.find(b"\n%b\n" % wanted)
        return lines.count(b"\n", 0, position) if position >= 0 else -1

    def having(self, number: int, limit: int | None = None) -> Sequence[int]:
        """Return the entries with one of its sounds, the first of them where there is a limit."""
        numbers, width = self._numbers()
        if not width:
            return range(self.begin, self.end)[:limit]
        found: list[int] = []
        wanted = (self.first + number).to_bytes(width, "little")
        place = numbers.find(wanted)
        while place >= 0 and len(found) != limit:
            if place % width == 0:
                found.append(self.begin + place // width)
            place = numbers.find(wanted, place + 1)
        return found

    def _numbers(self) -> tuple[bytes, int]:
        """Return the numbers of sounds, and the bytes of each."""
        if self.numbers is not None:
            return self.numbers, form.number_size(self.sounds)
        return self.bucket.numbers(), form.number_size(self.bucket.sounds)
