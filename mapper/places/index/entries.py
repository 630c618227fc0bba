"""Sort the keys of names into the sections of a compiled gazetteer: see `index_format`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from mapper.places.index import format as form
from mapper.places.index.folding import Columns

Array = Any
"""An array of numpy, which is imported only where it is used."""

_MOST_JUMP_BITS: Final = 20
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
    numbers, firsts = _numbered(hashes, keys.taken("hashes")[order], starts)
    del hashes
    columns = [refs[order].astype("<u4"), keys.taken("checks")[order], keys.taken("bares")[order]]
    columns.append(areas[order].astype("<u2" if wide_areas else "u1"))
    del refs, areas
    buckets, offsets = _buckets(
        columns, numbers, firsts, starts, (keys.taken("sounds"), keys.taken("lengths"), order[firsts])
    )
    bits = min(max(len(distinct).bit_length() - 1, 1), _MOST_JUMP_BITS)
    tops = np.arange((1 << bits) + 1, dtype=np.uint64) << np.uint64(form.HASH_BITS - bits)
    sections = {
        "jump": np.searchsorted(distinct, tops).astype("<u4").tobytes(),
        "hashes": distinct.astype("<u4").tobytes(),
        "offsets": offsets.astype("<u4").tobytes(),
        "buckets": buckets,
    }
    return sections, {"entries": keys.count, "jump_bits": bits, "area_size": 2 if wide_areas else 1}


def _numbered(skeletons: Array, hashes: Array, starts: Array) -> tuple[Array, Array]:
    """Give the sounds of each bucket numbers, in the order in which they first stand there.

    Returns
    -------
    numbers : array of int, one for each entry
        Of its sound, in its bucket.
    firsts : array of int, one for each sound of each bucket
        The first entry that has it; buckets one after the other.
    """
    import numpy as np

    by_sound = np.lexsort((hashes, skeletons))
    hashes, skeletons = hashes[by_sound], skeletons[by_sound]
    new = np.ones(len(hashes), bool)
    new[1:] = (hashes[1:] != hashes[:-1]) | (skeletons[1:] != skeletons[:-1])
    # The sort is stable: the first of a group is the first in its bucket too.
    groups = np.cumsum(new) - 1
    group_firsts = by_sound[new]
    firsts = np.sort(group_firsts)
    ranks = np.empty(len(firsts), np.int64)
    ranks[np.argsort(group_firsts, kind="stable")] = np.arange(len(firsts))
    numbers = np.empty(len(by_sound), np.int64)
    numbers[by_sound] = ranks[groups]
    bucket_firsts = np.searchsorted(firsts, starts[:-1])
    return numbers - np.repeat(bucket_firsts, np.diff(starts)), firsts


def _buckets(
    columns: Sequence[Array], numbers: Array, firsts: Array, starts: Array, sounds: tuple[Array, Array, Array]
) -> tuple[bytes, Array]:
    """Write the buckets, and where each begins.

    Parameters
    ----------
    columns : sequence of array
        References, both checks and areas of all entries.
    numbers, firsts : array of int
        See `_numbered`.
    starts : array of int
        First entry of each bucket, and the number of entries.
    sounds : (array of uint8, array of uint16, array of int)
        The sounds of all names, as they came in, each ended by a line feed; their lengths; which of them to write.
    """
    import numpy as np

    data, lengths, chosen = sounds
    sizes: Array = lengths[chosen].astype(np.int64)
    sources = (np.cumsum(lengths, dtype=np.int64) - lengths)[chosen]
    del lengths
    bounds: Array = np.searchsorted(firsts, starts)
    counts, entries = np.diff(bounds), np.diff(starts)
    sums: Array = np.concatenate(([0], np.cumsum(sizes)))
    heads = [(entries, np.ones(len(entries), bool)), (counts, entries > 1)]
    widths: list[Array] = [column.itemsize for column in columns[:-1]]
    widths.append(np.where(entries > form.FEW, columns[-1].itemsize, 0))
    widths.append((counts > 1).astype(np.int64) + (counts > 1 << 8))
    room = sum(np.where(there, _head_sizes(values), 0) for values, there in heads)
    # No line feed stands behind the last sound.
    room = room + sum(width * entries for width in widths) + sums[bounds[1:]] - sums[bounds[:-1]] - 1
    offsets: Array = np.concatenate(([0], np.cumsum(room)))
    out = np.empty(offsets[-1] + 1, np.uint8)
    at = offsets[:-1].copy()
    for values, there in heads:
        at += _write_heads(out, at, values, there)
    for column, width in zip([*columns, numbers], widths, strict=True):
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
