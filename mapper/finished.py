"""What is done with incidents that are there already: draw them, export them, verify them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mapper.console import Console, counted
from mapper.errors import InputError, Problem, Report
from mapper.model import Place
from mapper.publish.coarse import coarsened
from mapper.publish.geojson import Feature
from mapper.reading.articles.loading import read_articles
from mapper.settings import Settings
from mapper.streams import apart
from mapper.toolchain import Toolchain, open_toolchain, read_besides

if TYPE_CHECKING:
    from mapper.reading.articles.withheld import Withheld

_LABELS: Final = 400
_MARGIN_DEG: Final = 0.6
_AROUND_DEG: Final = 0.35
_LEAST_A_CELL: Final = 6
_CELLS: Final = 200


def draw_map(features: Iterable[Feature] | Path, output: Path, tools: Toolchain, **options: Any) -> int:  # noqa: ANN401
    """Write the map of some features, with the places around them as its labels.

    Parameters
    ----------
    features : iterable of dict, or Path
        Incidents that keep the contract, gone through once; or the file they are in.
    output : Path
        The HTML file.
    tools : Toolchain
        Gives the labels.
    **options
        As `mapper.publish.webmap.write_map` takes them; empty ones count as not given.

    Returns
    -------
    int
        How many incidents are on it.
    """
    from mapper.publish.webmap import write_map

    options = {name: value for name, value in options.items() if value not in (None, "")}
    return write_map(features, output, labels=partial(_labels, tools), **options)


def _labels(tools: Toolchain, points: Sequence[tuple[float, float]]) -> list[Place]:
    """Choose the places that the base map names: around each incident, and the most prominent of all.

    Villages are named where incidents are; between them only what a reader knows.
    """
    if not points:
        return []
    cells = sorted({(round(longitude, 1), round(latitude, 1)) for longitude, latitude in points})
    each = max(_LEAST_A_CELL, _LABELS // len(cells))
    longitudes, latitudes = [cell[0] for cell in cells], [cell[1] for cell in cells]
    west, east = min(longitudes) - _MARGIN_DEG, max(longitudes) + _MARGIN_DEG
    south, north = min(latitudes) - _MARGIN_DEG, max(latitudes) + _MARGIN_DEG
    chosen = {place.id: place for place in tools.gazetteer.within(west, south, east, north, limit=_LABELS // 4)}
    for longitude, latitude in cells[:_CELLS]:
        box = (longitude - _AROUND_DEG, latitude - _AROUND_DEG, longitude + _AROUND_DEG, latitude + _AROUND_DEG)
        chosen |= {place.id: place for place in tools.gazetteer.within(*box, limit=each)}
    return list(chosen.values())[:_LABELS]


def read_incidents(incidents: Path, columns: Mapping[str, str], report: Report) -> Iterator[Feature]:
    """Read an incidents file, whoever wrote it: see `mapper.publish.any_incidents.read_any`.

    Raises
    ------
    InputError
        It is no such file, or `columns` names no column of ours.
    """
    from mapper.publish import contract
    from mapper.publish.any_incidents import USUAL, read_any

    unknown = [ours for ours in columns if ours not in USUAL and ours not in contract.PROPERTIES]
    if unknown:
        message = f"{unknown[0]!r} is no column of ours; {', '.join(USUAL)} are, and those of docs/output.md."
        raise InputError(message)
    return read_any(incidents, columns, report)


def draw(
    incidents: Path,
    output: Path,
    settings: Settings,
    console: Console,
    *,
    columns: Mapping[str, str],
    tiles: str | None = None,
    language: str = "en",
    title: str = "",
) -> int:
    """Draw a map from any incidents file.

    Parameters
    ----------
    incidents : Path
        GeoJSON or CSV, written or edited by anyone.
    output : Path
        The HTML file.
    columns : mapping of str to str
        Our column names to those of a CSV.
    settings, console, tiles, language, title
        As in `mapper.pipeline.build`.

    Returns
    -------
    int
        How many incidents are on it.
    """
    apart(output, [incidents, *read_besides(settings)])
    tools = open_toolchain(settings, console)

    def shown() -> Iterator[Feature]:
        for found in read_incidents(incidents, columns, console.report):
            yield _held_back(found, settings, tools)

    options = {"tiles": tiles, "language": language, "title": title}
    if columns or settings.coarse or tools.withheld or not incidents.is_file():
        return draw_map(shown(), output, tools, **options)
    return draw_map(incidents, output, tools, otherwise=shown, **options)


def _held_back(found: Feature, settings: Settings, tools: Toolchain) -> Feature:
    """Leave out of somebody's incident what the settings withhold."""
    shown = coarsened(found) if settings.coarse else found
    return _without_names(shown, tools.withheld) if tools.withheld else shown


def _without_names(value: Any, withheld: Withheld) -> Any:  # noqa: ANN401
    """Take names out of every text of a feature; an address that names somebody is left out."""
    if isinstance(value, str):
        is_address = value.startswith(("http://", "https://"))
        return ("" if withheld.holds(value) else value) if is_address else withheld.redact(value)
    if isinstance(value, list):
        return [_without_names(part, withheld) for part in value]
    if isinstance(value, dict):
        return {name: _without_names(part, withheld) for name, part in value.items()}
    return value


def export(incidents: Path, output: Path, console: Console, **options: Any) -> int:  # noqa: ANN401
    """Write incidents in another format; see `mapper.publish.export`.

    Returns
    -------
    int
        How many incidents were written.

    Raises
    ------
    InputError, OutputError
    """
    from mapper.publish.export import export as export_file

    if not incidents.is_file():
        message = f"{incidents}: there is no such file."
        raise InputError(message)
    apart(output, [incidents])
    return export_file(incidents, output, report=console.report, **options)


def verify(folder: Path, sources: Path | None, console: Console) -> str:
    """Check a finished build; every finding is reported.

    Parameters
    ----------
    folder : Path
        What `build` wrote.
    sources : Path or None
        Where the articles are; looked for beside the build when not given.
    console : Console
        Is told of every finding.

    Returns
    -------
    str
        The outcome, for people.

    Raises
    ------
    InputError
        There is no such folder, or no build in it.
    """
    from mapper.publish.verify import article_root
    from mapper.publish.verify import verify as verify_folder

    if sources is not None and not sources.is_dir():
        message = f"--articles {sources}: there is no such folder."
        raise InputError(message)
    root = sources or article_root(folder)
    articles = read_articles([root], console.report) if root else None
    findings = verify_folder(folder, articles, [root] if root else [])
    for finding in findings:
        console.report(Problem(finding.path, finding.reason))
    if findings:
        return f"{counted(len(findings), 'finding')}."
    return f"{folder}: every hash, span and quote is as it was written."
