"""Incidents in the formats that other programs read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from mapper import files
from mapper.errors import InputError, OutputError, Problem, Report
from mapper.publish import tables
from mapper.publish.coarse import coarsened, is_unreviewed, without_unreviewed
from mapper.publish.frame import claims_frame, sources_frame, to_geodataframe
from mapper.publish.geojson import Feature, read_features, write_features
from mapper.publish.kml import write_kml

if TYPE_CHECKING:
    import pandas as pd

# A GeoPackage records when each layer was changed: always this, so that the same incidents give the same bytes.
_NO_TIME: Final = "2000-01-01T00:00:00.000Z"
_NUL_SHOWN: Final = "\ufffd"


def export(
    incidents: Path,
    output: Path,
    *,
    bom: bool = False,
    include_unreviewed: bool = False,
    precision: Literal["district"] | None = None,
    report: Report | None = None,
) -> int:
    """Write a file of incidents in another format.

    Parameters
    ----------
    incidents : Path
        `incidents.geojson`; read strictly.
    output : Path
        Its ending says the format: ``.csv``, ``.gpkg``, ``.parquet``,
        ``.fgb``, ``.kml`` or ``.geojson``. Replaced all at once.
    bom : bool
        CSV: begin with a byte order mark.
    include_unreviewed : bool
        Keep places that only a geocoder gave and nobody has reviewed.
    precision : "district" or None
        Write coordinates no finer than this.
    report : Report, optional
        Told how many places were held back.

    Returns
    -------
    int
        How many incidents were written.

    Raises
    ------
    InputError
        The incidents cannot be read, or the ending is none of the formats.
    OutputError
        It could not be written, or the format needs a library that is not
        there; what was there before is intact.
    """
    write = WRITERS.get(output.suffix.lower())
    if write is None:
        message = f"{output.name}: the ending says the format; it may be {' '.join(WRITERS)}."
        raise InputError(message)
    if bom:
        if write is not tables.write_csv:
            message = f"{output.name}: only CSV has a byte order mark."
            raise InputError(message)
        write = partial(tables.write_csv, bom=True)
    withheld: list[str] = []
    features: Iterable[Feature] = read_features(incidents)
    if not include_unreviewed:
        features = without_unreviewed(_noting(features, withheld))
    if precision == "district":
        features = map(coarsened, features)
    count = write(features, output)
    if withheld and report is not None:
        what = (
            f"{len(withheld):,} places that only a geocoder gave were left out; their incidents have no place. "
            "Review them, or use --include-unreviewed."
        )
        report(Problem(output.name, what))
    return count


def _noting(features: Iterable[Feature], withheld: list[str]) -> Iterator[Feature]:
    for feature in features:
        if is_unreviewed(feature):
            withheld.append(feature["id"])
        yield feature


def _write_geopackage(features: Iterable[Feature], output: Path) -> int:
    """Write three layers: incidents (points), claims and sources (tables)."""
    import pyogrio

    kept = list(features)
    layers = {
        "incidents": to_geodataframe(kept),
        "claims": claims_frame(tables.claim_rows(kept)),
        "sources": sources_frame(tables.source_rows(kept)),
    }
    with _from_gdal(output), files.replacing_path(output) as made, _without_clock():
        for name, table in layers.items():
            options: dict[str, str] = {"geometry_type": "Point"} if name == "incidents" else {}
            append = name != "incidents"
            _show_nul(table)
            pyogrio.write_dataframe(table, made, driver="GPKG", layer=name, append=append, **options)
    return len(kept)


def _write_flatgeobuf(features: Iterable[Feature], output: Path) -> int:
    import pyogrio

    table = to_geodataframe(features)
    _show_nul(table)
    # The format's index has no room for an incident without a point.
    index = "YES" if len(table) and table.geometry.notna().all() else "NO"
    with _from_gdal(output), files.replacing_path(output) as made:
        pyogrio.write_dataframe(
            table, made, driver="FlatGeobuf", layer="incidents", geometry_type="Point", SPATIAL_INDEX=index
        )
    return len(table)


def _write_parquet(features: Iterable[Feature], output: Path) -> int:
    try:
        import pyarrow as pa
    except ImportError as fault:
        message = (
            f"cannot write {output.name}: GeoParquet needs pyarrow. Install it with: pip install 'mapper[parquet]'."
        )
        raise OutputError(message) from fault
    table = to_geodataframe(features)
    with files.replacing_path(output) as made:
        try:
            table.to_parquet(made, index=False, compression="zstd")
        except (pa.ArrowException, OSError) as fault:
            raise _refused(output, fault) from fault
    return len(table)


def _show_nul(table: pd.DataFrame) -> None:
    """Write NUL as U+FFFD in text: GDAL would cut the text there, silently."""
    for name in table.columns:
        if table[name].dtype == "str":
            table[name] = table[name].str.replace("\0", _NUL_SHOWN, regex=False)


@contextlib.contextmanager
def _without_clock() -> Iterator[None]:
    import pyogrio

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _NO_TIME})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


@contextlib.contextmanager
def _from_gdal(output: Path) -> Iterator[None]:
    """Turn the faults of the libraries that write into ours."""
    import pyogrio.errors

    try:
        yield
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as fault:
        raise _refused(output, fault) from fault


def _refused(output: Path, fault: Exception) -> OutputError:
    reason = " ".join(str(fault).split()).rstrip(".")
    return OutputError(f"cannot write {output}: {reason}. What was there before is unchanged.")


WRITERS: Final[Mapping[str, Callable[[Iterable[Feature], Path], int]]] = {
    ".csv": tables.write_csv,
    ".gpkg": _write_geopackage,
    ".parquet": _write_parquet,
    ".fgb": _write_flatgeobuf,
    ".kml": write_kml,
    ".geojson": write_features,
}
"""A writer for each ending. To add a format, add a writer here; see CONTRIBUTING.md."""
