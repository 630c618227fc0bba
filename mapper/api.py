"""The commands as functions, for Python and notebooks: the same names, the same results.

import mapper

view = mapper.build("articles/", "report", gazetteers=["SY.txt"])
view                                   # in a notebook: the map
frame = mapper.extract("articles/")    # a GeoDataFrame
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper import pipeline
from mapper.console import Console
from mapper.finished import read_incidents
from mapper.model import PlaceContext, Reading, Resolution
from mapper.places.resolving.batch import resolve_written
from mapper.places.resolving.written import read_written
from mapper.settings import Settings
from mapper.toolchain import open_toolchain

if TYPE_CHECKING:
    import geopandas

    from mapper.publish.view import MapView

PathLike = str | os.PathLike[str]


def read(articles: PathLike | Iterable[PathLike], **settings: Any) -> Iterator[Reading]:  # noqa: ANN401
    """Read articles: every account of an event, and what was set aside.

    Parameters
    ----------
    articles : path or paths
        Files and folders.
    **settings
        Fields of `mapper.settings.Settings`; paths may be strings.

    Yields
    ------
    Reading
        One for each article, in reading order.

    Raises
    ------
    InputError
        No article could be read.
    """
    console = Console(quiet=True)
    tools = open_toolchain(_settings(settings), console)
    totals = pipeline.Totals()
    for article in tools.articles(_paths(articles)):
        totals.articles += 1
        yield tools.read(article)[0]
    pipeline.read_something(totals)


def extract(articles: PathLike | Iterable[PathLike], **settings: Any) -> geopandas.GeoDataFrame:  # noqa: ANN401
    """Read articles and return their incidents.

    Parameters
    ----------
    articles, **settings
        As in `read`.

    Returns
    -------
    GeoDataFrame
        A row an incident, columns as in ``incidents.geojson``; WGS 84.
        `mapper.publish.frame.from_geodataframe` goes back.
    """
    from mapper.publish.frame import to_geodataframe

    run = pipeline.start(_settings(settings), Console(quiet=True))
    features = list(run.features(_paths(articles)))
    pipeline.read_something(run.totals)
    return to_geodataframe(features)


def build(
    articles: PathLike | Iterable[PathLike],
    output: PathLike,
    *,
    title: str = "",
    language: str = "en",
    **settings: Any,  # noqa: ANN401
) -> MapView:
    """Do the main job; see `mapper.pipeline.build`.

    Parameters
    ----------
    articles, **settings
        As in `read`.
    output : path
        Folder for the five files.
    title, language : str
        Of the map.

    Returns
    -------
    MapView
        The map; a notebook shows it.
    """
    folder = Path(output)
    pipeline.build(_paths(articles), folder, _settings(settings), Console(), title=title, language=language)
    return map(folder / pipeline.INCIDENTS, title=title, language=language)


def map(  # noqa: A001
    incidents: PathLike,
    *,
    columns: Mapping[str, str] | None = None,
    **options: Any,  # noqa: ANN401
) -> MapView:
    """Draw the incidents of a file.

    Parameters
    ----------
    incidents : path
        ``incidents.geojson`` of a build, or a GeoJSON or CSV that anyone wrote or edited.
    columns : mapping of str to str, optional
        Our column names to those of a CSV: ``{"latitude": "lat"}``.
    **options
        As `mapper.publish.webmap.write_map` takes them.

    Returns
    -------
    MapView
        Shown by a notebook, or saved with its `save`.

    Raises
    ------
    InputError
        It is no file of incidents.
    """
    from mapper.publish.view import MapView

    features = list(read_incidents(Path(incidents), columns or {}, Console(quiet=True).report))
    return MapView(features, **{name: value for name, value in options.items() if value})


def resolve(
    names: str | Iterable[str | tuple[str, str]],
    *,
    countries: Mapping[str, float] | None = None,
    **settings: Any,  # noqa: ANN401
) -> list[Resolution]:
    """Find the positions of some names.

    Parameters
    ----------
    names : str, or iterable of str or (str, str)
        A name, or a name and the places that contain it ("Aleppo, Syria").
    countries : mapping, optional
        ISO codes to the share of the evidence for each.
    **settings
        As in `read`.

    Returns
    -------
    list of Resolution
        One for each name, in order.
    """
    tools = open_toolchain(_settings(settings), Console(quiet=True))
    context = PlaceContext(countries=countries or {})
    given = [names] if isinstance(names, str) else names
    cells = [(name, "") if isinstance(name, str) else name for name in given]
    return [resolve_written(read_written(name, around), tools.resolver, context) for name, around in cells]


def _paths(articles: PathLike | Iterable[PathLike]) -> list[Path]:
    if isinstance(articles, str | os.PathLike):
        return [Path(articles)]
    return [Path(path) for path in articles]


def _settings(given: Mapping[str, Any]) -> Settings:
    known = [part.name for part in fields(Settings)]
    unknown = [name for name in given if name not in known]
    if unknown:
        message = f"there is no setting {unknown[0]!r}; there are {', '.join(known)}."
        raise TypeError(message)
    paths = {"own", "judgements", "withheld"}
    values: dict[str, Any] = {
        name: Path(value) if name in paths and value is not None else value for name, value in given.items()
    }
    if "gazetteers" in values:
        values["gazetteers"] = tuple(_paths(values["gazetteers"]))
    return replace(Settings(), **values)
