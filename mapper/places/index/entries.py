"""Sort the keys of names into the sections of a compiled gazetteer: see `index_format`."""

from __future__ import annotations

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
            parts.append(refs.astype(np.uint32) if name == "places" else getattr(columns, name))
        self._folded += places

    def taken(self, name: str) -> Array:
        """Return a column, which is then kept no longer; "places" are entries' references to names."""
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
    skeletons = keys.taken("skeletons")
    order = np.lexsort((areas, skeletons))
    sections = {
        "refs": refs[order].astype("<u4").tobytes(),
        "areas": areas[order].astype("<u2" if wide_areas else "u1").tobytes(),
        "checks": keys.taken("checks")[order].tobytes(),
    }
    del refs, areas
    skeletons = skeletons[order]
    distinct, starts = form.groups(skeletons)
    numbers, firsts = _numbered(skeletons, keys.taken("hashes")[order], starts)
    del skeletons
    sounds, offsets = _sounds(keys.taken("sounds"), keys.taken("lengths"), order[firsts], numbers, firsts, starts)
    bits = min(max(len(distinct).bit_length() - 1, 1), _MOST_JUMP_BITS)
    tops = np.arange((1 << bits) + 1, dtype=np.uint64) << np.uint64(form.SKELETON_BITS - bits)
    sections |= {
        "jump": np.searchsorted(distinct, tops).astype("<u4").tobytes(),
        "skeletons": distinct.astype("<u8").tobytes(),
        "starts": starts.astype("<u4").tobytes(),
        "offsets": offsets.astype("<u4").tobytes(),
        "sounds": sounds,
    }
    return sections, {"entries": keys.count, "jump_bits": bits, "wide_areas": wide_areas}


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


def _sounds(
    data: Array, lengths: Array, chosen: Array, numbers: Array, firsts: Array, starts: Array
) -> tuple[bytes, Array]:
    """Write the sounds of each bucket, and where there are several which entry has which.

    Parameters
    ----------
    data, lengths : array
        The sounds of all names, as they came in.
    chosen : array of int
        Which of them to write.
    numbers, firsts : array of int
        See `_numbered`.
    starts : array of int
        First entry of each bucket, and the number of entries.
    """
    import numpy as np

    sizes: Array = lengths[chosen].astype(np.int64)
    sources = (np.cumsum(lengths, dtype=np.int64) - lengths)[chosen]
    del lengths
    bounds: Array = np.searchsorted(firsts, starts)
    counts, entries = np.diff(bounds), np.diff(starts)
    sums: Array = np.concatenate(([0], np.cumsum(sizes)))
    text_sizes = sums[bounds[1:]] - sums[bounds[:-1]]
    widths = np.where(counts > 1 << 8, 2, np.where(counts > 1, 1, 0))
    offsets: Array = np.concatenate(([0], np.cumsum(text_sizes + (counts > 1) + widths * entries)))
    out = np.empty(offsets[-1], np.uint8)
    targets = sums[:-1] + np.repeat(offsets[:-1] - sums[bounds[:-1]], counts)
    for begin in range(0, len(chosen), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        steps = np.arange(sizes[part].sum()) - np.repeat(sums[:-1][part] - sums[begin], sizes[part])
        out[np.repeat(targets[part], sizes[part]) + steps] = data[np.repeat(sources[part], sizes[part]) + steps]
    several = counts > 1
    ends = offsets[:-1] + text_sizes
    out[ends[several]] = _LINE_END
    for width in (1, 2):
        buckets = np.flatnonzero(widths == width)
        each = entries[buckets]
        steps = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
        values = numbers[np.repeat(starts[:-1][buckets], each) + steps]
        places = np.repeat(ends[buckets] + 1, each) + steps * width
        for byte in range(width):
            out[places + byte] = (values >> (8 * byte)).astype(np.uint8)
    return out.tobytes(), offsets
