"""Look names up in a compiled gazetteer, where it lies on the disk.

Nothing is loaded: the file is mapped into memory, and a look-up touches a few
pages of it. A name is looked up by its consonants (`names.Keys.skeleton`): all
spellings of a name, in Latin and in Arabic, lie side by side in one bucket, so
that one probe finds what otherwise takes a search. Where no good match lies
there, the buckets that differ by one consonant are probed as well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from mapper.places.index import format as form
from mapper.places.index.buckets import Bucket, Run
from mapper.places.index.choosing import Likely
from mapper.places.index.damage import whole
from mapper.places.index.query import Probe
from mapper.places.index.records import Records
from mapper.places.index.search import Search
from mapper.places.names.keys import Keys, fold, plain_of
from mapper.places.names.ranking import Alike, Match, compared
from mapper.places.names.spelling import undoubled
from mapper.places.names.vocabulary import Vocabulary, folded

_MANY_ASKED: Final = 40
_LATE: Final = 1 << 5
"""Places with many names whose last names are kept in memory, some ten kilobytes each: they are those of capitals."""

_REMEMBERED: Final = 1 << 12
"""Words of the last names of places with many that are kept in memory."""


@whole("exact", "has_sound")
class Index(Records):
    """One compiled gazetteer. Make one with `Index.open`."""

    def __init__(self, compiled: form.Compiled, layer: int = 0) -> None:
        super().__init__(compiled)
        part = compiled.sections
        self.layer = layer
        self._filter, self._jump = part["filter"], part["jump"]
        self._skeletons, self._buckets = part["skeletons"], part["buckets"]
        self._plainjump, self._plains = part["plainjump"], part["plains"]
        self._filter_shift = form.HASH_BITS - (len(self._filter) * 8).bit_length() + 1
        self._jump_shift = form.HASH_BITS - len(self._jump).bit_length() + 1
        self._plain_shift = form.HASH_BITS - len(self._plainjump).bit_length() + 1
        self._plain_size, self._area_size = self._head["plain_size"], self._head["area_size"]
        self._vocabulary = Vocabulary(_REMEMBERED, has_sounds=True)
        self._late = lru_cache(maxsize=_LATE)(self._read_late)
        self._countries = frozenset(self._head["countries"]) - {""}
        self._search = Search([self])
        self._asked = 0

    @classmethod
    def open(cls, path: Path, *, layer: int = 0) -> Index:
        """Open a compiled gazetteer.

        Raises
        ------
        GazetteerIndexError
            It is truncated, foreign or of another version: compile it again.
        """
        return cls(form.opened(path), layer)

    @property
    def entries(self) -> int:
        """The number of names."""
        return int(self._head["entries"])

    @property
    def countries(self) -> frozenset[str]:
        """The codes of the countries that its places lie in."""
        return self._countries

    @property
    def source(self) -> str:
        """What the places come from."""
        return str(self._head["source"])

    def lookup(
        self, name: str, *, countries: Sequence[str] = (), limit: int = 20, alike: Alike = "consonants"
    ) -> list[Match]:
        """Return the places that a name may mean, best first.

        Parameters
        ----------
        name : str
            As written, in any script.
        countries : sequence of str
            ISO codes: places there stand first.
        limit : int
            How many places at most.
        alike : {"consonants", "home", "sound", "name"}
            What names must have in common: their consonants but for one,
            everywhere or (faster) in the countries asked for alone; or (much
            faster) their sound, or the name but for article, generic words and
            habits of spelling.

        Returns
        -------
        list of Match
            Empty when nothing is near.
        """
        return self._search.lookup(name, countries, limit, alike)

    def bucket(self, probe: Probe) -> Bucket | None:
        """Return the entries under a skeleton, if there are any: what `buckets` does, for one in half the time."""
        self._count()
        value, code = probe
        shift = self._filter_shift
        if not self._filter[value >> shift + 3] >> (value >> shift & 7) & 1:
            return None
        jump, skeletons = self._jump, self._skeletons
        top = value >> self._jump_shift
        place = bisect_left(skeletons, value << 32, jump[top], jump[top + 1])
        skeleton = skeletons[place]
        if skeleton >> 32 != value:
            return None
        raw = self._buckets[skeleton & form.HASH_MASK : skeletons[place + 1] & form.HASH_MASK]
        return Bucket(raw, self._area_size, code, self.layer << form.LAYER_AT)

    def buckets(self, probes: Iterable[Probe]) -> list[Bucket]:
        """Return the entries under some skeletons."""
        self._count()
        there, bit_shift = self._filter, self._filter_shift
        byte_shift = bit_shift + 3
        probes = [probe for probe in probes if there[probe[0] >> byte_shift] >> (probe[0] >> bit_shift & 7) & 1]
        if not probes:
            return []
        jump, skeletons, shift, mask = self._jump, self._skeletons, self._jump_shift, form.HASH_MASK
        area_size, base = self._area_size, self.layer << form.LAYER_AT
        found = []
        for value, code in probes:
            top = value >> shift
            place = bisect_left(skeletons, value << 32, jump[top], jump[top + 1])
            skeleton = skeletons[place]
            if skeleton >> 32 == value:
                raw = self._buckets[skeleton & mask : skeletons[place + 1] & mask]
                found.append(Bucket(raw, area_size, code, base))
        return found

    def inside(self, buckets: Iterable[Bucket], countries: Sequence[str]) -> list[Run]:
        """Return those of its entries that lie in some countries."""
        places, base = self._head["countries"], self.layer << form.LAYER_AT
        ranges = sorted(places[country] for country in set(countries) if country in places)
        own = [bucket for bucket in buckets if bucket.base == base] if ranges else []
        if len(ranges) == len(places):
            # A file of one country needs no look at each of its places.
            return [bucket.whole() for bucket in own]
        return [part for bucket in own for part in self._parts(bucket, ranges)]

    def exact(self, name: str) -> list[int]:
        """Return the numbers of the places that have a name with the same plain key, see `at`."""
        self._count()
        plain = plain_of(name)
        value = form.sum_of(plain)
        jump, size = self._plainjump, self._plain_size
        slot = value >> self._plain_shift
        low, high = jump[slot], jump[slot + 1]
        if not plain or low == high:
            return []
        slots = bytes(self._plains[low * size : high * size])
        check, count = value & 0xFF, high - low
        written = name.encode("utf-8", "surrogatepass")
        found = []
        place = slots.find(check, 0, count)
        while place >= 0:
            at = count + place * (size - 1)
            number = int.from_bytes(slots[at : at + size - 1], "little")
            # Most names are asked for as they are written.
            if written in self.spellings(number) or plain in self.plains(number):
                found.append(number)
            place = slots.find(check, place + 1, count)
        return found

    def has_sound(self, sound: str, code: int) -> bool:
        """Say whether a name has this sound key; `code` is its skeleton, packed."""
        bucket = self.bucket((code % form.PRIME, code))
        return bucket is not None and bucket.has_sound(sound)

    def _count(self) -> None:
        """Count what is asked, some times for each name: few names need some pages of a file, and many all of them."""
        self._asked += 1
        if self._asked == _MANY_ASKED:
            self._compiled.to_be_read_ahead()

    def _parts(self, bucket: Bucket, ranges: Sequence[tuple[int, int]]) -> Iterable[Run]:
        """Give the entries of a bucket whose areas are in ranges."""
        if bucket.count > form.FEW:
            return bucket.parts(ranges)
        size = self._shape.size
        at = [(ref >> form.NAME_BITS) * size for ref in bucket.refs()]
        areas = [self._area.unpack_from(self._places, place)[0] or 0 for place in at]
        if len(areas) == 1:
            return [bucket.whole()] if any(first <= areas[0] < last for first, last in ranges) else []
        bounds = [(bisect_left(areas, first), bisect_left(areas, last)) for first, last in ranges]
        return [bucket.part(low, high) for low, high in bounds if low < high]

    def later(self, likely: Likely, keys: Keys) -> int:
        """Return how many names behind the last number is the likeliest of those with one sound.

        Parameters
        ----------
        likely : Likely
            What the names are referred to by, and the sound.
        keys : Keys
            Of what is looked up.
        """
        ref, sound = likely
        late = self._late((ref & form.REF) >> form.NAME_BITS)[sound]
        return max(late, key=lambda place: (compared(keys, fold(late[place]))[1], -place))

    def _read_late(self, number: int) -> dict[str, dict[int, str]]:
        """Return the names of a place from the last number on, with their places behind it, by their sounds."""
        late = [str(name, *form.ENCODING) for name in self.spellings(number)[form.LAST_NAME :]]
        plains = [" ".join(words.split()) for words in folded(late)]
        heard: dict[str, dict[int, str]] = {}
        for place, sound in enumerate(self._vocabulary.names_and_sounds(plains)[1]):
            heard.setdefault(undoubled(sound), {})[place] = late[place]
        return heard

    def spelled(self, refs: Iterable[int]) -> list[tuple[int, str, bool]]:
        """Return for each reference the layer and number of a place, a name of it, and whether it goes by that."""
        base, last = self.layer << form.LAYER_AT, form.LAST_NAME
        found = []
        for ref in refs:
            number, position = (ref & form.REF) >> form.NAME_BITS, ref & last
            names = self.spellings(number)
            name = names[position if position < last else position + (ref >> form.LATER_AT & form.REF)]
            found.append((base | number, str(name, *form.ENCODING), name == names[0]))
        return found
