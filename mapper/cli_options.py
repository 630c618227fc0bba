"""Options that many commands share, and what they turn into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from mapper.console import Console
from mapper.settings import Settings

FILE: Final = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
FOLDER: Final = click.Path(path_type=Path, file_okay=False)
PATHS: Final = click.Path(path_type=Path)

F = TypeVar("F", bound=Callable[..., Any])


def articles(command: F) -> F:
    """Give a command its ARTICLES argument."""
    return click.argument("paths", nargs=-1, required=True, type=PATHS, metavar="ARTICLES...")(command)


_SHARED: Final[dict[str, Callable[[Any], Any]]] = {
    "gazetteer": click.option(
        "--gazetteer",
        "gazetteers",
        type=FILE,
        multiple=True,
        metavar="FILE",
        help="A GeoNames dump or any importable gazetteer (again for more).",
    ),
    "own-gazetteer": click.option(
        "--own-gazetteer",
        "own",
        type=FOLDER,
        metavar="DIR",
        envvar="MAPPER_GAZETTEER",
        help="Folder of the own gazetteer (default: gazetteer/ here).",
    ),
    "no-world": click.option("--no-world", is_flag=True, help="Leave out the default world gazetteer."),
    "geocoder": click.option(
        "--geocoder",
        type=click.Choice(["nominatim", "photon", "pelias"]),
        help="Ask this service for names that no gazetteer has. It learns what you look for.",
    ),
    "offline": click.option("--offline", is_flag=True, help="Open no network connection, whatever else is said."),
    "judgements": click.option(
        "--judgements", type=FILE, metavar="FILE", help="Ledger of decisions on incidents, kept across runs."
    ),
    "withheld": click.option(
        "--withheld", type=FILE, metavar="FILE", help="Names, one a line, that must reach no output."
    ),
    "precision": click.option(
        "--precision", type=click.Choice(["district"]), help="Write coordinates no finer than this."
    ),
    "jobs": click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        envvar="MAPPER_JOBS",
        help="Processes that read articles (default: one for each core, where there are many articles).",
    ),
    "quiet": click.option("--quiet", "-q", is_flag=True, help="Print warnings and errors only."),
    "debug": click.option("--debug", is_flag=True, help="Show a traceback on an error."),
}
_FORMATS: Final = frozenset(
    ".csv .tsv .xlsx .ods .gpkg .parquet .fgb .kml .shp .geojson .json .jsonl .html .htm .pdf".split()  # noqa: SIM905
)


def with_settings(*without: str) -> Callable[[F], F]:
    """Give a command the options that reading commands share, but for those that would change nothing there."""

    def decorated(command: F) -> F:
        for name, option in reversed(_SHARED.items()):
            if name not in without:
                command = option(command)
        return command

    return decorated


def ending(output: Path, *fitting: str) -> None:
    """Refuse an output whose ending promises another format than it would get.

    An ending that says nothing (``.out``, none at all) and ``-`` are taken.

    Raises
    ------
    UsageError
    """
    end = output.suffix.lower()
    if end in _FORMATS and end not in fitting:
        hint = "; mapper export writes other formats" if ".geojson" in fitting else ""
        message = f"--output {output}: what is written is no {end}; let it end in {' or '.join(fitting)}{hint}."
        raise click.UsageError(message)


def settings_from(options: Mapping[str, Any], *, merge: bool = True) -> tuple[Settings, Console]:
    """Turn shared options into settings, and open the console."""
    settings = Settings(
        gazetteers=tuple(options.get("gazetteers", ())),
        own=options.get("own"),
        world=not options.get("no_world", False),
        geocoder=options.get("geocoder") or "",
        offline=options.get("offline", False),
        merge=merge,
        judgements=options.get("judgements"),
        withheld=options.get("withheld"),
        coarse=options.get("precision") == "district",
        jobs=options.get("jobs") or 0,
    )
    return settings, Console(quiet=options.get("quiet", False))


def finish(console: Console) -> None:
    """End a command: exit 1 where there were problems."""
    code = console.finish()
    if code:
        raise click.exceptions.Exit(code)


def columns_from(mapping: tuple[str, ...]) -> dict[str, str]:
    """Read the words of --map, each OURS=THEIRS."""
    columns = {}
    for pair in mapping:
        ours, equals, theirs = pair.partition("=")
        if not (ours and equals and theirs):
            message = f"--map {pair}: write OURS=THEIRS, such as latitude=lat"
            raise click.UsageError(message)
        columns[ours] = theirs
    return columns
