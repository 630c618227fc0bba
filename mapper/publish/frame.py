"""Incidents as a GeoDataFrame, and back. This and `export` are the only door to geopandas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from mapper.errors import InputError
from mapper.geo import rounded
from mapper.publish import contract
from mapper.publish.geojson import Feature, check_feature
from mapper.publish.tables import CLAIM_COLUMNS, COLUMNS, SOURCE_COLUMNS, Cell, feature_of, row_of

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

_WGS84: Final = "EPSG:4326"
_POSITION: Final = frozenset({"longitude", "latitude"})


def to_geodataframe(features: Iterable[Feature]) -> geopandas.GeoDataFrame:
    """Put incidents into a GeoDataFrame.

    Parameters
    ----------
    features : iterable of dict
        Features that keep the contract.

    Returns
    -------
    geopandas.GeoDataFrame
        A row each, in order; the columns of `tables.COLUMNS` without
        longitude and latitude, which are its geometry (WGS 84; None for an
        incident without a place). Counts are nullable integers (``Int64``),
        dates are text.
    """
    import geopandas
    import numpy as np
    import shapely

    rows = [row_of(feature) for feature in features]
    table = _frame(rows, [name for name in COLUMNS if name not in _POSITION])
    degrees = np.array([(r["longitude"], r["latitude"]) for r in rows], dtype=float).reshape(-1, 2)
    placed = ~np.isnan(degrees).any(axis=1)
    points = np.full(len(rows), None, dtype=object)
    points[placed] = shapely.points(degrees[placed])
    return geopandas.GeoDataFrame(table, geometry=points, crs=_WGS84)


def claims_frame(rows: Iterable[Mapping[str, Cell]]) -> pd.DataFrame:
    """Put rows of `tables.claim_rows` into a DataFrame."""
    return _frame(list(rows), CLAIM_COLUMNS)


def sources_frame(rows: Iterable[Mapping[str, Cell]]) -> pd.DataFrame:
    """Put rows of `tables.source_rows` into a DataFrame."""
    return _frame(list(rows), SOURCE_COLUMNS)


def _frame(rows: list[Any], columns: Iterable[str]) -> pd.DataFrame:
    import pandas as pd

    kinds: dict[str, contract.Kind] = {**contract.PROPERTIES}
    types = {contract.COUNT: "Int64", contract.OFFSET: "Int64", contract.NUMBER: "float64", contract.BOOLEAN: "bool"}
    kinds |= {"start": contract.OFFSET, "end": contract.OFFSET}
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=types.get(kinds.get(name, contract.TEXT), "str"))
            for name in columns
        }
    )


def from_geodataframe(table: geopandas.GeoDataFrame) -> Iterator[Feature]:
    """Read incidents from a GeoDataFrame, by the names of `tables.COLUMNS`.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        Geometry of points or None, in any coordinate system (WGS 84 where it
        names none). What has no column is "not stated"; other columns are
        left alone.

    Yields
    ------
    dict
        Features that keep the contract. Without a column `id` they are
        numbered from 1, in order.

    Raises
    ------
    InputError
        A geometry is not a point, or a cell does not hold what its column
        is for.
    """
    if table.crs is not None and table.crs != _WGS84:
        table = table.to_crs(_WGS84)
    names = [name for name in table.columns if name in COLUMNS and name not in _POSITION]
    columns = [[_scalar(cell) for cell in table[name].tolist()] for name in names]
    cells: list[tuple[Cell, ...]] = list(zip(*columns, strict=True)) if names else [()] * len(table)
    for number, (values, point) in enumerate(zip(cells, table.geometry, strict=True), 1):
        where = f"row {number}"
        row: dict[str, Cell] = {"id": str(number), **dict(zip(names, values, strict=True))}
        if point is not None and not point.is_empty:
            if point.geom_type != "Point":
                message = f"{where}: the geometry is a {point.geom_type}; an incident has a point, or none."
                raise InputError(message)
            row |= {"longitude": rounded(point.x), "latitude": rounded(point.y)}
        feature = feature_of(row, where)
        check_feature(feature, where)
        yield feature


def _scalar(cell: Any) -> Cell:  # noqa: ANN401 - whatever a column of pandas holds
    """Turn what pandas made of a cell into what the contract has."""
    import pandas as pd

    if isinstance(cell, list | tuple):
        return str(cell)
    if pd.isna(cell):
        return None
    if isinstance(cell, pd.Timestamp):
        return str(cell.date().isoformat())
    if isinstance(cell, str | int | float | bool):
        return cell
    return str(cell)
