"""Compile a gazetteer into the file that `index` looks names up in: see `index_format`."""

from __future__ import annotations

import contextlib
import json
import re
import zlib
from array import array
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from mapper import files
from mapper.errors import GazetteerError
from mapper.model import Place
from mapper.places.index import format as form
from mapper.places.index.folding import Columns, Folders, columns_of

Progress = Callable[[int], None]
Array = Any
"""An array of numpy, which is imported only where it is used."""

_AREA_LIMIT: Final = 1 << 16
_PLACE_LIMIT: Final = 1 << (32 - form.NAME_BITS)
_COMPRESS_FROM: Final = 400_000
_JUMP_BITS: Final = 20
_EVERY: Final = 50_000
_AT_ONCE: Final = 20_000
"""Places whose names are folded at a time."""

_AWAITED: Final = 16
_CONTROL: Final = re.compile("[\x00-\x1f]")


def compile_index(places: Iterable[Place], path: Path, *, source: str, progress: Progress | None = None) -> None:
    """Write the index of `places` to `path`, all or nothing.

    Parameters
    ----------
    places : iterable of Place
        Read once. Control characters in names become spaces.
    path : Path
        The file to write.
    source : str
        What the places come from; kept in the file.
    progress : callable, optional
        Is told how many places were read, from time to time.

    Raises
    ------
    GazetteerError
        There are more places or divisions than the format holds.
    OutputError
        The file could not be written; what was there before is intact.
    """
    gathered = _Gathered()
    first: list[list[str]] = []
    with contextlib.ExitStack() as stack:
        folders = None
        for count, place in enumerate(places, 1):
            first.append(gathered.add(place))
            if len(first) == _AT_ONCE:
                # Helpers take a moment to start: only what is large is worth it.
                folders = folders or stack.enter_context(Folders())
                gathered.wait(folders.fold(first))
                first = []
            if progress is not None and count % _EVERY == 0:
                progress(count)
        gathered.take(columns_of(first))
    sections, head = gathered.finished()
    _write(path, sections, {"source": source, **head})


class _Gathered:
    """Places and names as they come in, in columns."""

    def __init__(self) -> None:
        self.skeletons: list[Array] = []
        self.refs: list[Array] = []
        self.areas: list[Array] = []
        self.checks: list[Array] = []
        self.lengths: list[Array] = []
        self.sounds: list[Array] = []
        self.awaited: deque[Future[Columns]] = deque()
        self.folded = 0
        self.records = bytearray()
        self.texts: list[bytes] = []
        self.place_areas, self.cells, self.populations, self.identifiers = (array("I") for _ in range(4))
        self.area_numbers: dict[tuple[str, str], int] = {}
        self.prefixes: dict[tuple[str, str], int] = {}
        self.admin2: dict[str, int] = {"": 0}
        self.kinds = {kind: number for number, kind in enumerate(form.KINDS)}

    def add(self, place: Place) -> list[str]:
        """Take one place in; return its names, whose keys are to be given by `take` or `wait`, in order."""
        number = len(self.texts)
        if number >= _PLACE_LIMIT:
            raise GazetteerError(f"a gazetteer of more than {_PLACE_LIMIT:,} places cannot be compiled; split it.")
        area = self.area_numbers.setdefault((_clean(place.country), _clean(place.admin1)), len(self.area_numbers))
        names = [_clean(place.name), *map(_clean, place.aliases)]
        rare: dict[str, int | str] = {"radius_m": place.radius_m, "parent": place.parent}
        prefix, identifier = self._identified(place, rare)
        population = max(0, min(place.population, (1 << 32) - 1))
        self.records += form.PLACE.pack(
            round(place.longitude * 1e6),
            round(place.latitude * 1e6),
            0,
            self.kinds.setdefault(place.kind, len(self.kinds)),
            prefix,
            identifier,
            self.admin2.setdefault(_clean(place.admin2), len(self.admin2)),
            population,
        )
        self.place_areas.append(area)
        self.cells.append(form.cell_of(place.longitude, place.latitude))
        self.populations.append(population)
        self.identifiers.append(identifier)
        text = form.NAME_END.join(names)
        said = {field: value for field, value in rare.items() if value}
        if said:
            text += form.RARE_FIELDS + json.dumps(said, separators=(",", ":"))
        self.texts.append(text.encode("utf-8", "surrogatepass"))
        return names

    def wait(self, columns: Future[Columns]) -> None:
        """Take keys in when they are there; no more of them are awaited at a time than fit in memory."""
        self.awaited.append(columns)
        while self.awaited and (len(self.awaited) > _AWAITED or self.awaited[0].done()):
            self._add(self.awaited.popleft().result())

    def take(self, columns: Columns) -> None:
        """Take the last keys in, after all that are awaited."""
        while self.awaited:
            self._add(self.awaited.popleft().result())
        self._add(columns)

    def _add(self, columns: Columns) -> None:
        import numpy as np

        places = _numbers(columns.places) + np.uint32(self.folded)
        self.refs.append((places << form.NAME_BITS | _numbers(columns.positions)).astype(np.uint32))
        self.areas.append(np.frombuffer(self.place_areas, np.uint32)[places].copy())
        self.skeletons.append(_numbers(columns.skeletons))
        self.checks.append(_numbers(columns.checks))
        self.lengths.append(_numbers(columns.lengths))
        self.sounds.append(_numbers(columns.sounds))
        self.folded += _AT_ONCE

    def _identified(self, place: Place, rare: dict[str, int | str]) -> tuple[int, int]:
        """Take an id apart into a prefix that others share and a number, where it has that shape."""
        numbered = form.split_id(place.id)
        if numbered:
            key = (numbered[0], place.source)
            if key in self.prefixes or len(self.prefixes) < form.TEXT_ID:
                return self.prefixes.setdefault(key, len(self.prefixes)), numbered[1]
        rare["id"], rare["source"] = place.id, place.source
        return form.TEXT_ID, form.number_of(place.id)

    def finished(self) -> tuple[dict[str, bytes], dict[str, Any]]:
        """Sort everything into the sections of the file."""
        import numpy as np

        areas = sorted(self.area_numbers)
        if len(areas) > _AREA_LIMIT:
            raise GazetteerError(
                f"{len(areas):,} divisions are more than the format holds ({_AREA_LIMIT:,}); split it."
            )
        final = np.zeros(len(areas) + 1, np.uint16)
        for new, area in enumerate(areas):
            final[self.area_numbers[area]] = new
        order = np.lexsort((_numbers(self.populations)[::1].astype(np.int64) * -1, _numbers(self.cells)))
        renumbered = np.empty(len(order), np.uint32)
        renumbered[order] = np.arange(len(order), dtype=np.uint32)
        entries = sum(map(len, self.refs))
        compress = entries >= _COMPRESS_FROM
        sections = self._place_sections(order, final) | self._block_sections(order, compress=compress)
        sections |= self._entry_sections(final, renumbered)
        sections["areanames"] = "\n".join("\t".join(area) for area in areas).encode("utf-8", "surrogatepass")
        divisions = [name.encode("utf-8", "surrogatepass") for name in self.admin2]
        sections["admin2"] = b"".join(divisions)
        sections["admin2starts"] = _little(array("I", accumulate(map(len, divisions), initial=0)))
        countries: dict[str, list[int]] = {}
        for number, (country, _) in enumerate(areas):
            countries.setdefault(country, [number, number])[1] = number + 1
        return sections, {
            "places": len(self.texts),
            "entries": entries,
            "kinds": list(self.kinds),
            "prefixes": list(self.prefixes),
            "countries": countries,
            "compressed": compress,
            "jump_bits": _JUMP_BITS if compress else _JUMP_BITS - 4,
        }

    def _place_sections(self, order: Array, final: Array) -> dict[str, bytes]:
        import numpy as np

        records = np.frombuffer(bytes(self.records), np.uint8).reshape(-1, form.PLACE.size)[order]
        records[:, 8:10] = final[_numbers(self.place_areas)[order]].astype("<u2").view(np.uint8).reshape(-1, 2)
        cells, starts = _groups(_numbers(self.cells)[order])
        return {
            "places": records.tobytes(),
            "ids": np.argsort(_numbers(self.identifiers)[order], kind="stable").astype("<u4").tobytes(),
            "cells": cells.astype("<u4").tobytes(),
            "cellstarts": starts.astype("<u4").tobytes(),
        }

    def _block_sections(self, order: Array, *, compress: bool) -> dict[str, bytes]:
        offsets, packed = array("I", [0]), bytearray()
        end = form.PLACE_END.encode()
        numbers = order.tolist()
        for start in range(0, len(numbers), form.BLOCK):
            block = end.join([self.texts[number] for number in numbers[start : start + form.BLOCK]])
            packed += zlib.compress(block, 1) if compress else block
            offsets.append(len(packed))
        return {"blocks": _little(offsets), "names": bytes(packed)}

    def _entry_sections(self, final: Array, renumbered: Array) -> dict[str, bytes]:
        import numpy as np

        areas = final[np.concatenate(self.areas)]
        skeletons = np.concatenate(self.skeletons)
        order = np.lexsort((areas, skeletons))
        refs = np.concatenate(self.refs)
        refs = renumbered[refs >> form.NAME_BITS] << form.NAME_BITS | refs & form.LAST_NAME
        skeletons, starts = _groups(skeletons[order])
        lengths = np.concatenate(self.lengths)
        begins = np.concatenate(([0], np.cumsum(lengths[order], dtype=np.int64)))
        bits = _JUMP_BITS if len(refs) >= _COMPRESS_FROM else _JUMP_BITS - 4
        tops = np.arange((1 << bits) + 1, dtype=np.uint64) << np.uint64(form.SKELETON_BITS - bits)
        return {
            "jump": np.searchsorted(skeletons, tops).astype("<u4").tobytes(),
            "skeletons": skeletons.astype("<u8").tobytes(),
            "starts": starts.astype("<u4").tobytes(),
            "offsets": begins[starts].astype("<u4").tobytes(),
            "sounds": _gathered_bytes(np.concatenate(self.sounds), lengths, order),
            "refs": refs[order].astype("<u4").tobytes(),
            "areas": areas[order].astype("<u2").tobytes(),
            "checks": np.concatenate(self.checks)[order].tobytes(),
        }


def _clean(name: str) -> str:
    return _CONTROL.sub(" ", name)


def _numbers(column: array[int]) -> Array:
    import numpy as np

    return np.frombuffer(column, dtype=f"u{column.itemsize}") if column else np.empty(0, f"u{column.itemsize}")


def _groups(values: Array) -> tuple[Array, Array]:
    """Return the distinct values of a sorted column, where each begins, and (last) the length of the column."""
    import numpy as np

    first = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))) if len(values) else np.empty(0, int)
    return values[first], np.append(first, len(values))


def _gathered_bytes(data: Array, lengths: Array, order: Array) -> bytes:
    """Put the pieces of a blob in another order, a million at a time."""
    import numpy as np

    begins = np.cumsum(lengths, dtype=np.int64) - lengths
    parts = []
    for start in range(0, len(order), 1 << 20):
        chosen = order[start : start + (1 << 20)]
        sizes = lengths[chosen].astype(np.int64)
        ends = np.cumsum(sizes)
        shift = begins[chosen] - (ends - sizes)
        parts.append(data[np.arange(ends[-1]) + np.repeat(shift, sizes)].tobytes())
    return b"".join(parts)


def _little(column: array[int]) -> bytes:
    return bytes(_numbers(column).astype(f"<u{column.itemsize}").tobytes())


def _write(path: Path, sections: dict[str, bytes], head: dict[str, Any]) -> None:
    """Lay the sections out behind a head that says where each is."""
    places: dict[str, tuple[int, int]] = {}
    # The head's own length moves the sections: offsets count from its end until it is known.
    position = 0
    for name in form.SECTIONS:
        places[name] = (position, len(sections[name]))
        position += form.aligned(len(sections[name]))
    raw = form.head_of(head, places, position)
    with files.replacing(path) as stream:
        stream.write(raw)
        for name in form.SECTIONS:
            stream.write(sections[name])
            stream.write(bytes(form.aligned(len(sections[name])) - len(sections[name])))
