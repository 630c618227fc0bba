"""Compile a gazetteer into the file that `index` looks names up in: see `index_format`."""

from __future__ import annotations

import contextlib
import json
import re
import struct
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
from mapper.places.index.entries import Gathered, entry_sections
from mapper.places.index.folding import Columns, Folder, Folders

Progress = Callable[[int], None]
Array = Any
"""An array of numpy, which is imported only where it is used."""

_AREA_LIMIT: Final = 1 << 16
_PLACE_LIMIT: Final = 1 << (32 - form.NAME_BITS)
_EVERY: Final = 50_000
_AT_ONCE: Final = 5_000
"""Places whose names are folded at a time."""

_AWAITED: Final = 16
_CONTROL: Final = re.compile("[\x00-\x1f]")
_RECORD: Final = struct.Struct("<iiIIIIBB")
"""A place as it comes in: `index_format.PLACE_FIELDS`, as wide as they can be."""


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
    taken = _Places()
    keys = _Keys()
    waiting: list[str] = []
    with contextlib.ExitStack() as stack:
        folders = None
        for count, place in enumerate(places, 1):
            waiting.append(taken.add(place))
            if len(waiting) == _AT_ONCE:
                # Helpers take a moment to start: only what is large is worth it.
                folders = folders or stack.enter_context(Folders())
                keys.wait(folders.fold(waiting))
                waiting = []
            if progress is not None and count % _EVERY == 0:
                progress(count)
        keys.take(Folder().columns_of(waiting))
    sections, head = taken.finished(keys.gathered)
    _write(path, sections, {"source": source, **head})


class _Keys:
    """Keys of names as they come in."""

    def __init__(self) -> None:
        self.gathered = Gathered()
        self._awaited: deque[Future[Columns]] = deque()

    def wait(self, columns: Future[Columns]) -> None:
        """Take keys in when they are there; no more of them are awaited at a time than fit in memory."""
        self._awaited.append(columns)
        while self._awaited and (len(self._awaited) > _AWAITED or self._awaited[0].done()):
            self.gathered.add(self._awaited.popleft().result(), _AT_ONCE)

    def take(self, columns: Columns) -> None:
        """Take the last keys in, after all that are awaited."""
        while self._awaited:
            self.gathered.add(self._awaited.popleft().result(), _AT_ONCE)
        self.gathered.add(columns, _AT_ONCE)


class _Places:
    """Places as they come in."""

    def __init__(self) -> None:
        self._records = bytearray()
        self._texts = bytearray()
        self._ends = array("Q", [0])
        self._areas: dict[tuple[str, str], int] = {}
        self._prefixes: dict[tuple[str, str], int] = {}
        self._admin2: dict[str, int] = {"": 0}
        self._kinds = {kind: number for number, kind in enumerate(form.KINDS)}

    def add(self, place: Place) -> str:
        """Take one place in; return its names, with `index_format.NAME_END` between them."""
        if len(self._ends) > _PLACE_LIMIT:
            raise GazetteerError(f"a gazetteer of more than {_PLACE_LIMIT:,} places cannot be compiled; split it.")
        area = (_clean(place.country), _clean(place.admin1))
        spellings = [place.name, *place.aliases]
        if not "".join(spellings).isprintable():
            spellings = [*map(_clean, spellings)]
        names = form.NAME_END.join(spellings)
        rare: dict[str, int | str] = {}
        if place.radius_m:
            rare["radius_m"] = place.radius_m
        if place.parent:
            rare["parent"] = place.parent
        prefix, identifier = self._identified(place, rare)
        self._records += _RECORD.pack(
            round(place.longitude * 1e6),
            round(place.latitude * 1e6),
            identifier,
            max(0, min(place.population, (1 << 32) - 1)),
            self._admin2.setdefault(_clean(place.admin2), len(self._admin2)),
            self._areas.setdefault(area, len(self._areas)),
            self._kinds.setdefault(place.kind, len(self._kinds)),
            prefix,
        )
        text = names + form.RARE_FIELDS + json.dumps(rare, separators=(",", ":")) if rare else names
        self._texts += (text + form.PLACE_END).encode("utf-8", "surrogatepass")
        self._ends.append(len(self._texts))
        return names

    def _identified(self, place: Place, rare: dict[str, int | str]) -> tuple[int, int]:
        """Take an id apart into a prefix that others share and a number, where it has that shape."""
        numbered = form.split_id(place.id)
        if numbered:
            key = (numbered[0], place.source)
            if key in self._prefixes or len(self._prefixes) < form.TEXT_ID:
                return self._prefixes.setdefault(key, len(self._prefixes)), numbered[1]
        rare["id"] = place.id
        if place.source:
            rare["source"] = place.source
        return form.TEXT_ID, 0

    def finished(self, keys: Gathered) -> tuple[dict[str, bytes], dict[str, Any]]:
        """Sort everything into the sections of the file."""
        import numpy as np

        names = [(field, "<i4" if field in {"longitude", "latitude"} else "<u4") for field in form.PLACE_FIELDS[:6]]
        records = np.frombuffer(self._records, np.dtype([*names, *((field, "u1") for field in form.PLACE_FIELDS[6:])]))
        areas = sorted(self._areas)
        if len(areas) > _AREA_LIMIT:
            raise GazetteerError(
                f"{len(areas):,} divisions are more than the format holds ({_AREA_LIMIT:,}); split it."
            )
        final = np.zeros(len(areas) + 1, np.uint16)
        for new, area in enumerate(areas):
            final[self._areas[area]] = new
        cells = _cells(records)
        order = np.lexsort((records["population"].astype(np.int64) * -1, cells))
        renumbered = np.empty(len(order), np.uint32)
        renumbered[order] = np.arange(len(order), dtype=np.uint32)
        place_areas = final[records["area"]]
        sections, head = entry_sections(keys, place_areas, renumbered, wide_areas=len(areas) > 1 << 8)
        sections |= self._block_sections(order)
        sections |= _place_sections(records[order], place_areas[order], cells[order], head)
        sections["areanames"] = "\n".join("\t".join(area) for area in areas).encode("utf-8", "surrogatepass")
        divisions = [name.encode("utf-8", "surrogatepass") for name in self._admin2]
        sections["admin2"] = b"".join(divisions)
        sections["admin2starts"] = np.array([*accumulate(map(len, divisions), initial=0)], "<u4").tobytes()
        countries: dict[str, list[int]] = {}
        for number, (country, _) in enumerate(areas):
            countries.setdefault(country, [number, number])[1] = number + 1
        return sections, head | {
            "places": len(records),
            "kinds": list(self._kinds),
            "prefixes": list(self._prefixes),
            "countries": countries,
        }

    def _block_sections(self, order: Array) -> dict[str, bytes]:
        import numpy as np

        ends = np.frombuffer(self._ends, np.uint64)
        begins, ends = ends[:-1][order], ends[1:][order]
        offsets = np.concatenate(([0], np.cumsum(ends - begins)))
        blocks = np.append(offsets[: -1 : form.BLOCK], offsets[-1])
        texts = memoryview(self._texts)
        names = b"".join([texts[a:b] for a, b in zip(begins.tolist(), ends.tolist(), strict=True)])
        return {"blocks": blocks.astype("<u4").tobytes(), "names": names}


def _place_sections(records: Array, areas: Array, cells: Array, head: dict[str, Any]) -> dict[str, bytes]:
    """Write the places, sorted by cell; the head is told their shape."""
    import numpy as np

    columns = {field: areas if field == "area" else records[field] for field in form.PLACE_FIELDS}
    codes = {field: form.width_of(int(column.max(initial=0))) for field, column in columns.items()}
    codes["longitude"] = codes["latitude"] = "i"
    head["place"] = "<" + "".join(codes.values())
    kept = [field for field, code in codes.items() if code != "0s"]
    shaped = np.empty(len(records), np.dtype([(field, f"<{codes[field]}") for field in kept]))
    for field in kept:
        shaped[field] = columns[field]
    cells, starts = form.groups(cells)
    return {
        "places": shaped.tobytes(),
        "cells": cells.astype("<u4").tobytes(),
        "cellstarts": starts.astype("<u4").tobytes(),
    }


def _cells(records: Array) -> Array:
    """Return the cell of each place, as `index_format.cell_of` does."""
    import numpy as np

    rows = ((records["latitude"] / 1e6 + 90) * form.CELLS_PER_DEGREE).astype(np.int64)
    columns = ((records["longitude"] / 1e6 + 180) * form.CELLS_PER_DEGREE).astype(np.int64)
    rows = np.clip(rows, 0, 180 * form.CELLS_PER_DEGREE - 1)
    return (rows * form.CELLS_PER_ROW + np.clip(columns, 0, form.CELLS_PER_ROW - 1)).astype(np.uint32)


def _clean(name: str) -> str:
    return name if name.isprintable() else _CONTROL.sub(" ", name)


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
