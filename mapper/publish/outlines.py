"""Chooses the country outlines that a page carries: fine near the incidents, coarse elsewhere."""

from __future__ import annotations

import base64
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from mapper.publish.assets_folder import read_asset

_LARGEST_TILE: Final = 65_535
_MARGIN: Final = 2.5
"""Degrees around an incident that should be drawn finely: what a screen shows at town zoom."""


def choose_outlines(points: Iterable[tuple[float, float]], *, budget: int) -> tuple[bytes, list[list[Any]]]:
    """Choose a level of detail for each tile of the world.

    Parameters
    ----------
    points : iterable of (longitude, latitude)
        Where the incidents are, degrees.
    budget : int
        Bytes to spend on finer tiles, beyond the coarse world.

    Returns
    -------
    bytes
        For each tile: column + 18, row + 9, its length in two bytes (low one
        first), and its outlines as ``web/build/outlines.mjs`` writes them.
    list
        Of countries: code, longitude, latitude, rank.
    """
    document = json.loads(read_asset("outlines.json"))
    coarse, *finer = [level["tiles"] for level in document["levels"]]
    chosen = {key: base64.b64decode(text) for key, text in coarse.items()}
    wanted = _tiles_near(points, document["tile"])
    left = budget
    for key in wanted:
        left -= _upgrade(chosen, key, finer[0], left)
    for key in wanted:
        left -= _upgrade(chosen, key, finer[1], left)
    return b"".join(_framed(key, tile) for key, tile in sorted(chosen.items())), document["countries"]


def _framed(key: str, tile: bytes) -> bytes:
    column, row = (int(number) for number in key.split(","))
    return bytes((column + 18, row + 9)) + len(tile).to_bytes(2, "little") + tile


def _upgrade(chosen: dict[str, bytes], key: str, level: Mapping[str, str], left: int) -> int:
    if key not in level:
        return 0
    finer = base64.b64decode(level[key])
    cost = len(finer) - len(chosen.get(key, b""))
    if cost > left or len(finer) > _LARGEST_TILE:
        return 0
    chosen[key] = finer
    return max(cost, 0)


def _tiles_near(points: Iterable[tuple[float, float]], degrees: int) -> list[str]:
    """Tiles that a view of the points shows, the most needed first."""
    needed: Counter[tuple[int, int]] = Counter()
    for longitude, latitude in points:
        columns = {math.floor((longitude + shift) / degrees) for shift in (-_MARGIN, 0.0, _MARGIN)}
        rows = {math.floor((latitude + shift) / degrees) for shift in (-_MARGIN, 0.0, _MARGIN)}
        home = (math.floor(longitude / degrees), math.floor(latitude / degrees))
        for column in columns:
            for row in rows:
                cell = ((column + 18) % 36 - 18, row)
                needed[cell] += 3 if (column, row) == home else 1
    ranked = sorted(needed, key=lambda cell: (-needed[cell], cell))
    return [f"{column},{row}" for column, row in ranked]
