"""Sort the keys of names into the sections of a compiled gazetteer: see `index_format`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from mapper.places.index import format as form
from mapper.places.index.folding import Columns

Array = Any
"""An array of numpy, which is imported only where it is used."""

_MOST_JUMP_BITS: Final = 20
_MOST_FILTER_BITS: Final = 28
_NARROW: Final = 1 << 24
"""Place numbers below it take three bytes."""

_LINE_END: Final = ord("\n")
_AT_ONCE: Final = 1 << 20


class Gathered:
    """Columns of keys, as they come in."""

    def __init__(self) -> None:
        self.count = 0
        self._folded = 0
        self._parts: dict[str, list[Array]] = {name: [] for name in Columns.__slots__ if name != "positions"}

    def add(self, columns: Columns, places: int) -> None:
        """Take the keys of so many more places in."""
        import numpy as np

        self.count += len(columns.skeletons)
        refs = (columns.places + np.uint32(self._folded)) << np.uint32(form.NAME_BITS) | columns.positions
        for name, parts in self._parts.items():
            if name == "skeletons":
                parts.append(form.hashed(columns.skeletons).astype(np.uint32))
            else:
                parts.append(refs.astype(np.uint32) if name == "places" else getattr(columns, name))
        self._folded += places

    def taken(self, name: str) -> Array:
        """Return a column, which is then kept no longer; "places" refer to names, "skeletons" are hashes."""
        import numpy as np

        parts = self._parts.pop(name)
        return np.concatenate(parts)


def entry_sections(
    keys: Gathered, place_areas: Array, renumbered: Array, *, wide_areas: bool
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Sort entries by skeleton, then by area; return their sections, and what the head says of them.

    Parameters
    ----------
    keys : Gathered
        Its columns are taken.
    place_areas : array of uint16
        The area of each place, in the order in which places came in.
    renumbered : array of uint32
        The number of each place in the file.
    wide_areas : bool
        Whether areas need two bytes.
    """
    import numpy as np

    refs = keys.taken("places")
    areas = place_areas[refs >> form.NAME_BITS]
    refs = renumbered[refs >> form.NAME_BITS] << np.uint32(form.NAME_BITS) | refs & form.LAST_NAME
    hashes = keys.taken("skeletons")
    order = np.argsort(hashes.astype(np.uint64) << np.uint64(16) | areas, kind="stable")
    hashes = hashes[order]
    distinct, starts = form.groups(hashes)
    sounds, lengths = keys.taken("sounds"), keys.taken("lengths")
    heard = _numbered(hashes, keys.taken("hashes")[order], starts, lengths[order])
    del hashes
    sums = keys.taken("checks")
    plain_sections, plain_head = _plains(sums, refs >> np.uint32(form.NAME_BITS))
    columns = [refs[order].astype("<u4"), sums[order].astype(np.uint8), keys.taken("bares")[order]]
    columns.append(areas[order].astype("<u2" if wide_areas else "u1"))
    del refs, areas, sums
    buckets, offsets = _buckets(columns, starts, heard, (sounds, lengths, order[heard.firsts]))
    return (
        {**_skeletons(distinct, offsets), "buckets": buckets, **plain_sections},
        {"entries": keys.count, "area_size": 2 if wide_areas else 1, **plain_head},
    )


def _skeletons(distinct: Array, offsets: Array) -> dict[str, bytes]:
    """Write what leads from a hash to its bucket."""
    import numpy as np

    count = len(distinct)
    bits = form.top_bits(count, form.FILTER_BITS, _MOST_FILTER_BITS)
    there = np.zeros(1 << bits, bool)
    there[distinct >> np.uint32(form.HASH_BITS - bits)] = True
    skeletons = np.append(distinct.astype(np.uint64), np.uint64(form.HASH_MASK)) << np.uint64(32)
    return {
        "filter": np.packbits(there, bitorder="little").tobytes(),
        "jump": _jump(distinct, form.top_bits(count, form.JUMP_BITS, _MOST_JUMP_BITS)),
        "skeletons": (skeletons | offsets.astype(np.uint64)).astype("<u8").tobytes(),
    }


def _jump(hashes: Array, bits: int) -> bytes:
    """Write where the hashes with each value of their top bits begin, and their number."""
    import numpy as np

    tops = np.arange(1 << bits, dtype=np.uint32) << np.uint32(form.HASH_BITS - bits)
    return np.append(np.searchsorted(hashes, tops), len(hashes)).astype("<u4").tobytes()


def _plains(sums: Array, numbers: Array) -> tuple[dict[str, bytes], dict[str, int]]:
    """Write which places have each plain key: see `index_format`.

    Parameters
    ----------
    sums : array of uint32
        Of the plain keys.
    numbers : array of uint32
        Of the places that have them.
    """
    import numpy as np

    bits = form.top_bits(len(sums), form.PLAIN_BITS, _MOST_JUMP_BITS)
    width = 3 if int(numbers.max(initial=0)) < _NARROW else 4
    # Sorted by slot, byte and place, which one number holds.
    values = (sums >> np.uint32(form.HASH_BITS - bits)).astype(np.uint64) << np.uint64(40)
    values |= (sums & np.uint32(0xFF)).astype(np.uint64) << np.uint64(32) | numbers
    values.sort()
    tops = np.arange(1 << bits, dtype=np.uint64) << np.uint64(40)
    begins: Array = np.searchsorted(values, tops)
    starts = np.append(begins, len(values))
    out = np.empty(len(values) * (1 + width), np.uint8)
    for begin in range(0, len(values), _AT_ONCE):
        part = values[begin : begin + _AT_ONCE]
        slots = (part >> np.uint64(40)).astype(np.int64)
        first, steps = starts[slots], np.arange(begin, begin + len(part)) - starts[slots]
        out[first * (1 + width) + steps] = (part >> np.uint64(32)).astype(np.uint8)
        at = first * (1 + width) + (starts[slots + 1] - first) + steps * width
        for byte in range(width):
            out[at + byte] = (part >> np.uint64(8 * byte)).astype(np.uint8)
    return {"plainjump": starts.astype("<u4").tobytes(), "plains": out.tobytes()}, {"plain_size": 1 + width}


@dataclass(frozen=True, slots=True)
class _Heard:
    """The sounds of each bucket.

    Parameters
    ----------
    numbers : array of int, one for each entry
        Of its sound, in its bucket.
    firsts : array of int, one for each sound of each bucket
        The first entry that has it; buckets one after the other, in the order of numbers.
    bounds : array of int
        First sound of each bucket, and the number of sounds.
    buckets, lengths, counts : array of int
        For each length of the sounds of a bucket that has many: the bucket, the length, and how many are so long.
    """

    numbers: Array
    firsts: Array
    bounds: Array
    buckets: Array
    lengths: Array
    counts: Array


def _numbered(skeletons: Array, hashes: Array, starts: Array, lengths: Array) -> _Heard:
    """Give the sounds of each bucket numbers: in the order in which they first stand there; of many, shortest first."""
    import numpy as np

    by_sound = np.lexsort((hashes, skeletons))
    hashes, skeletons = hashes[by_sound], skeletons[by_sound]
    new = np.ones(len(hashes), bool)
    new[1:] = (hashes[1:] != hashes[:-1]) | (skeletons[1:] != skeletons[:-1])
    # The sort is stable: the first of a group is the first in its bucket too.
    groups = np.cumsum(new) - 1
    group_firsts = by_sound[new]
    order = np.argsort(group_firsts, kind="stable")
    firsts = group_firsts[order]
    bounds: Array = np.searchsorted(firsts, starts)
    counts: Array = np.diff(bounds)
    many = np.flatnonzero(np.repeat(counts > form.MANY_SOUNDS, counts))
    # A bucket and a length (of two bytes) as one number.
    sorts = np.repeat(np.arange(len(counts)), counts)[many] << 16 | lengths[firsts[many]]
    by_length = np.argsort(sorts, kind="stable")
    order[many] = order[many[by_length]]
    firsts[many] = firsts[many[by_length]]
    alike, alike_counts = np.unique(sorts, return_counts=True)
    ranks = np.empty(len(firsts), np.int64)
    ranks[order] = np.arange(len(firsts))
    numbers = np.empty(len(by_sound), np.int64)
    numbers[by_sound] = ranks[groups]
    numbers -= np.repeat(bounds[:-1], np.diff(starts))
    # Its line feed is no part of a sound.
    return _Heard(numbers, firsts, bounds, alike >> 16, (alike & 0xFFFF) - 1, alike_counts)


def _buckets(
    columns: Sequence[Array], starts: Array, heard: _Heard, sounds: tuple[Array, Array, Array]
) -> tuple[bytes, Array]:
    """Write the buckets, and where each begins.

    Parameters
    ----------
    columns : sequence of array
        References, both checks and areas of all entries.
    starts : array of int
        First entry of each bucket, and the number of entries.
    heard : _Heard
        The sounds of each bucket.
    sounds : (array of uint8, array of uint16, array of int)
        The sounds of all names, as they came in, each ended by a line feed; their lengths; which of them to write.
    """
    import numpy as np

    data, lengths, chosen = sounds
    sizes: Array = lengths[chosen].astype(np.int64)
    sources = (np.cumsum(lengths, dtype=np.int64) - lengths)[chosen]
    del lengths
    bounds = heard.bounds
    counts, entries = np.diff(bounds), np.diff(starts)
    sums: Array = np.concatenate(([0], np.cumsum(sizes)))
    heads = [(entries, np.ones(len(entries), bool)), (counts, entries > 1)]
    tables = np.bincount(heard.buckets, minlength=len(entries))
    widths: list[Array] = [column.itemsize for column in columns[:-1]]
    widths.append(np.where(entries > form.FEW, columns[-1].itemsize, 0))
    widths.append((counts > 1).astype(np.int64) + (counts > 1 << 8))
    room = sum(np.where(there, _head_sizes(values), 0) for values, there in heads)
    table_room = np.where(tables, 2 + tables * form.LENGTHS.size, 0)
    # No line feed stands behind the last sound.
    room = room + table_room + sum(width * entries for width in widths) + sums[bounds[1:]] - sums[bounds[:-1]] - 1
    offsets: Array = np.concatenate(([0], np.cumsum(room)))
    out = np.empty(offsets[-1] + 1, np.uint8)
    at = offsets[:-1].copy()
    for values, there in heads:
        at += _write_heads(out, at, values, there)
    _write_tables(out, at, tables, heard)
    at += table_room
    for column, width in zip([*columns, heard.numbers], widths, strict=True):
        _write_entries(out, at, column, np.broadcast_to(width, len(entries)), starts)
        at += width * entries
    targets = sums[:-1] + np.repeat(at - sums[bounds[:-1]], counts)
    for begin in range(0, len(chosen), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        steps = np.arange(sizes[part].sum()) - np.repeat(sums[:-1][part] - sums[begin], sizes[part])
        place = np.repeat(targets[part], sizes[part]) + steps
        written = data[np.repeat(sources[part], sizes[part]) + steps]
        # What stands behind the last sound of a bucket is the next bucket's.
        kept = (written != _LINE_END) | (place != np.repeat(np.repeat(offsets[1:], counts)[part], sizes[part]))
        out[place[kept]] = written[kept]
    return out[:-1].tobytes(), offsets


def _head_sizes(values: Array) -> Array:
    import numpy as np

    return np.where(values < form.MANY, 1, 5)


def _write_heads(out: Array, at: Array, values: Array, there: Array) -> Array:
    """Write a number at the beginning of each bucket where it is there; return how much room each took."""
    import numpy as np

    out[at[there]] = np.minimum(values[there], form.MANY).astype(np.uint8)
    large = np.flatnonzero(there & (values >= form.MANY))
    for byte in range(4):
        out[at[large] + 1 + byte] = (values[large] >> (8 * byte)).astype(np.uint8)
    return np.where(there, _head_sizes(values), 0)


def _write_tables(out: Array, at: Array, tables: Array, heard: _Heard) -> None:
    """Write how many sounds have each length, where a bucket has many sounds."""
    import numpy as np

    those = np.flatnonzero(tables)
    for byte in range(2):
        out[at[those] + byte] = (tables[those] >> (8 * byte)).astype(np.uint8)
    rows = np.empty(len(heard.buckets), np.dtype([("length", "<u2"), ("count", "<u4")]))
    rows["length"], rows["count"] = heard.lengths, heard.counts
    ranks = np.arange(len(rows)) - (np.cumsum(tables) - tables)[heard.buckets]
    places = at[heard.buckets] + 2 + ranks * form.LENGTHS.size
    out[places[:, None] + np.arange(form.LENGTHS.size)] = rows.view(np.uint8).reshape(len(rows), form.LENGTHS.size)


def _write_entries(out: Array, at: Array, column: Array, widths: Array, starts: Array) -> None:
    """Write what each entry of each bucket has, in so many bytes."""
    import numpy as np

    entries = np.diff(starts)
    for width in range(1, 1 + int(widths.max(initial=0))):
        buckets = np.flatnonzero(widths == width)
        for begin in range(0, len(buckets), _AT_ONCE):
            chosen = buckets[begin : begin + _AT_ONCE]
            each = entries[chosen]
            steps = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
            values = column[np.repeat(starts[:-1][chosen], each) + steps]
            places = np.repeat(at[chosen], each) + steps * width
            for byte in range(width):
                out[places + byte] = (values >> (8 * byte)).astype(np.uint8)
