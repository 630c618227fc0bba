"""Positions that stand in one cell: "35.1, 40.2", "35.1°N 40.2°E", "POINT (40.2 35.1)"."""

from __future__ import annotations

import re
from typing import Final, Literal

Order = Literal["latlon", "lonlat", ""]

_DEGREES: Final = r"([NSEW]?)\s{0,2}([-+\u2212]?\d{1,3}(?:\.\d{1,20})?)\s{0,2}°?\s{0,2}([NSEW]?)"
_PAIR: Final = re.compile(rf"[(\[]?\s{{0,2}}{_DEGREES}\s{{0,2}}[,;/ ]\s{{0,2}}{_DEGREES}\s{{0,2}}[)\]]?", re.IGNORECASE)
_POINT: Final = re.compile(
    r"(?:SRID=4326;)?POINT\s{0,2}(?:Z|M|ZM)?\s{0,2}\(\s{0,2}(-?\d{1,3}(?:\.\d{1,20})?)\s{1,4}(-?\d{1,2}(?:\.\d{1,20})?)[^)]{0,60}\)",
    re.IGNORECASE,
)


def position_in(text: str, order: Order) -> tuple[float, float] | str:
    """Read a position from one cell.

    Parameters
    ----------
    text : str
        The cell.
    order : {"latlon", "lonlat", ""}
        Which number comes first, where the name of the column says so.

    Returns
    -------
    (longitude, latitude) or str
        In degrees; or why the cell gives none. Letters for the points of the
        compass say which number is which, and so does one beyond 90.

    Examples
    --------
    >>> position_in("35.1, 40.2", "latlon"), position_in("POINT (40.2 35.1)", ""), position_in("40.2E 35.1N", "")
    ((40.2, 35.1), (40.2, 35.1), (40.2, 35.1))
    >>> position_in("12.5, -120.25", "")
    (-120.25, 12.5)
    >>> position_in("35.1, 40.2", "")
    'may be read either way: say --map latlon=THEIRS or --map lonlat=THEIRS'
    """
    point = _POINT.fullmatch(text.strip())
    if point is not None:
        return float(point[1]), float(point[2])
    pair = _PAIR.fullmatch(text.strip())
    if pair is None:
        return "is no pair of degrees, such as 35.1, 40.2"
    first, second = _number(*pair.group(1, 2, 3)), _number(*pair.group(4, 5, 6))
    marks = (pair[1] or pair[3]).upper(), (pair[4] or pair[6]).upper()
    if all(marks):
        if (marks[0] in "NS") == (marks[1] in "NS"):
            return "has two latitudes, or two longitudes"
        order = "latlon" if marks[0] in "NS" else "lonlat"
    elif not order and (abs(first) > 90) != (abs(second) > 90):
        order = "latlon" if abs(second) > 90 else "lonlat"
    if not order:
        return "may be read either way: say --map latlon=THEIRS or --map lonlat=THEIRS"
    return (second, first) if order == "latlon" else (first, second)


def _number(before: str, digits: str, after: str) -> float:
    value = float(digits.replace("\u2212", "-"))
    return -abs(value) if (before or after).upper() in {"S", "W"} else value
