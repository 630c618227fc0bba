"""The commands. Each parses its words, calls the pipeline, and says what happened.

Data goes to stdout or the named file; everything else to stderr. Exit codes:
0 done, 1 done with warnings, 2 usage, 3 bad input, 4 gazetteer, 5 output,
70 a fault of `mapper` itself, 130 interrupted (129, 143: ended by a signal).
"""

from __future__ import annotations

import errno
import io
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from mapper import __version__
from mapper.cli_gazetteer import gazetteer
from mapper.cli_options import FILE, FOLDER, articles, columns_from, ending, finish, settings_from, with_settings
from mapper.cli_review import judge, review
from mapper.console import counted, printable
from mapper.errors import InputError, MapperError, OutputError
from mapper.settings import calculate_in_one_thread, collect_seldom
from mapper.signals import StoppedError, ended_by_signals

EXIT_FAULT: Final = 70
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
EXIT_INTERRUPTED: Final = 130
_FORMATS: Final = (".csv", ".gpkg", ".parquet", ".fgb", ".kml", ".geojson")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="mapper", message="%(prog)s %(version)s")
def cli() -> None:
    """Read articles on harm to civilians; draw a map on which every point cites its sources.

    \b
    Start here:
      mapper build examples/articles --output output
      open output/map.html
    """


@cli.command(short_help="Read articles; write the map and what lies behind it.")
@articles
@click.option("--output", type=FOLDER, default=Path("output"), show_default=True, help="Folder to write into.")
@click.option(
    "--tiles",
    metavar="TEMPLATE",
    help="Background tiles: 'osm' or an address with {z} {x} {y}. The tile server then learns what is looked at.",
)
@click.option(
    "--language", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Language the map opens in."
)
@click.option("--title", default="", help="Title of the map.")
@with_settings()
def build(paths: tuple[Path, ...], output: Path, tiles: str | None, language: str, title: str, **options: Any) -> None:
    """Read ARTICLES and write map.html, incidents.geojson, set_aside.json, pairs.json, manifest.json.

    ARTICLES are files or folders: .txt, .md, .html, .jsonl, with a sources.csv beside them.

    \b
    Examples:
      mapper build articles/ --output report
      mapper build articles/ --gazetteer SY.txt --gazetteer IQ.txt
    """
    from mapper.helpers import started_ahead

    settings, console = settings_from(options)
    with started_ahead(paths, settings):
        from mapper import pipeline

        totals = pipeline.build(paths, output, settings, console, tiles=tiles, language=language, title=title)
    console.note(totals.sentence())
    for line in totals.next_steps():
        console.note(line)
    console.note(f"Open {output / 'map.html'} in a browser.")
    console.note(f"SHA-256 of manifest.json, to keep elsewhere: {totals.manifest}")
    finish(console)


@cli.command()
@articles
@click.option("--output", type=FILE, required=True, help="GeoJSON file to write, or - for stdout.")
@click.option("--no-merge", is_flag=True, help="Keep every article's account apart; memory then stays constant.")
@with_settings()
def extract(paths: tuple[Path, ...], output: Path, no_merge: bool, **options: Any) -> None:
    """Read ARTICLES and write the incidents alone.

    \b
    Examples:
      mapper extract articles/ --output incidents.geojson
      mapper extract reports.jsonl --gazetteer PS.txt --no-merge --output incidents.geojson
    """
    from mapper.helpers import started_ahead

    ending(output, ".geojson", ".json")
    if no_merge and options["judgements"]:
        raise click.UsageError("--judgements joins accounts, --no-merge keeps them apart: one of the two.")
    settings, console = settings_from(options, merge=not no_merge)
    with started_ahead(paths, settings):
        from mapper import pipeline

        totals = pipeline.extract(paths, output, settings, console)
    console.note(totals.sentence())
    finish(console)


@cli.command()
@articles
@click.option("--output", type=FILE, required=True, help="FILE.jsonl or FILE.geojson; - for JSON lines on stdout.")
@with_settings("judgements", "precision")
def places(paths: tuple[Path, ...], output: Path, **options: Any) -> None:
    """Find and resolve every place named in any text.

    \b
    Examples:
      mapper places news/ --output places.jsonl
      mapper places article.txt --output - | head
    """
    from mapper.helpers import started_ahead

    ending(output, ".jsonl", ".geojson")
    settings, console = settings_from(options)
    with started_ahead(paths, settings):
        from mapper import pipeline

        count = pipeline.places(paths, output, settings, console)
    console.note(f"{counted(count, 'place name')} found.")
    finish(console)


@cli.command(short_help="Find the positions of the names in a CSV.")
@click.argument("names", type=FILE)
@click.option("--output", type=FILE, required=True, help="CSV file to write, or - for stdout.")
@with_settings("judgements", "withheld", "precision", "jobs")
def resolve(names: Path, output: Path, **options: Any) -> None:
    """Find the positions of the names in NAMES.csv (columns name[,context][,country]).

    Rows come out in the same order with all their columns, and longitude, latitude, place_id, place,
    precision, uncertainty_m, method, score, status and candidates. A place's name or id that a spreadsheet
    could take for a formula begins with an apostrophe.

    \b
    Example:
      mapper resolve names.csv --gazetteer SY.txt --output resolved.csv
    """
    from mapper import pipeline

    ending(output, ".csv")
    settings, console = settings_from(options)
    count = pipeline.resolve(names, output, settings, console)
    console.note(f"{counted(count, 'name')} read.")
    finish(console)


@cli.command()
@click.argument("incidents", type=FILE)
@click.option(
    "--output", type=FILE, required=True, help=f"File to write; its ending says the format ({' '.join(_FORMATS)})."
)
@click.option("--bom", is_flag=True, help="CSV: begin with a byte order mark, for spreadsheets.")
@click.option("--include-unreviewed", is_flag=True, help="Keep places that only the geocoder gave.")
@click.option("--precision", type=click.Choice(["district"]), help="Write coordinates no finer than this.")
@click.option("--debug", is_flag=True, help="Show a traceback on an error.")
def export(
    incidents: Path, output: Path, bom: bool, include_unreviewed: bool, precision: str | None, debug: bool
) -> None:
    """Write INCIDENTS.geojson in another format.

    \b
    Examples:
      mapper export output/incidents.geojson --output incidents.csv --bom
      mapper export output/incidents.geojson --output incidents.gpkg
    """
    from mapper import finished

    if output.suffix.lower() not in _FORMATS:
        raise click.UsageError(f"--output {output}: its ending says the format, one of {' '.join(_FORMATS)}.")
    _, console = settings_from({"debug": debug})
    count = finished.export(
        incidents, output, console, bom=bom, include_unreviewed=include_unreviewed, precision=precision
    )
    console.note(f"{counted(count, 'incident')} written to {output}.")
    finish(console)


@cli.command("map", short_help="Draw a map from any incidents file.")
@click.argument("incidents", type=FILE)
@click.option("--output", type=FILE, required=True, help="HTML file to write.")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="OURS=THEIRS",
    help="Name a column of the file (again for more): latitude=lat, or latlon=gps for both in one.",
)
@click.option("--tiles", metavar="TEMPLATE", help="Background tiles: 'osm' or an address with {z} {x} {y}.")
@click.option(
    "--language", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Language the map opens in."
)
@click.option("--title", default="", help="Title of the map.")
@with_settings("geocoder", "judgements", "jobs")
def map_(
    incidents: Path,
    output: Path,
    mapping: tuple[str, ...],
    tiles: str | None,
    language: str,
    title: str,
    **options: Any,
) -> None:
    """Draw a map from any incidents file: GeoJSON, JSON (a list, or one a line) or CSV, written or edited by anyone.

    \b
    Examples:
      mapper map incidents.geojson --output map.html
      mapper map events.csv --map latitude=lat --map longitude=lon --map title=what --output map.html
    """
    from mapper import finished

    if str(output) == "-":
        raise click.UsageError("--output -: a map goes into a file; name one that ends in .html.")
    ending(output, ".html", ".htm")
    settings, console = settings_from(options)
    columns = columns_from(mapping)
    count = finished.draw(
        incidents, output, settings, console, columns=columns, tiles=tiles, language=language, title=title
    )
    console.note(f"{counted(count, 'incident')} drawn. Open {output} in a browser.")
    finish(console)


@cli.command(short_help="Save web pages as evidence.")
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--into", type=FOLDER, required=True, help="Folder that gets the pages and their rows in sources.csv.")
@click.option("--allow-private", is_flag=True, help="Allow addresses of this machine and its network.")
@click.option("--debug", is_flag=True, help="Show a traceback on an error.")
def collect(urls: tuple[str, ...], into: Path, allow_private: bool, debug: bool) -> None:
    """Save web pages as evidence: bytes as received, headers, time and hash.

    \b
    Example:
      mapper collect https://example.org/report --into articles
    """
    from mapper.collect import collect as collect_pages

    _, console = settings_from({"debug": debug})
    saved = collect_pages(urls, into, allow_private=allow_private, report=console.report)
    console.note(f"{len(saved)} of {counted(len(urls), 'page')} saved in {into}.")
    if saved:
        console.note(f"Next: mapper build {shlex.quote(str(into))}")
    finish(console)


@cli.command()
@click.argument("folder", type=FOLDER)
@click.option(
    "--articles", "sources", type=FOLDER, help="Folder of the articles, to check every quote against its text."
)
@click.option("--debug", is_flag=True, help="Show a traceback on an error.")
def verify(folder: Path, sources: Path | None, debug: bool) -> None:
    """Check a finished build: every hash, every span, every quote.

    \b
    Example:
      mapper verify output --articles examples/articles
    """
    from mapper import finished

    _, console = settings_from({"debug": debug})
    console.note(finished.verify(folder, sources, console))
    finish(console)


for command in (gazetteer, judge, review):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit with its code; show a traceback only with --debug."""
    words = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in words
    if arguments is None:
        # Nobody else works in this process.
        collect_seldom()
        calculate_in_one_thread()
    if sys.stderr is None:
        # Closed by whoever started us: what is said goes nowhere, and the work is done all the same.
        sys.stderr = io.StringIO()
    with ended_by_signals():
        code = _guarded(lambda: _run(words), debug=debug)
    sys.exit(code)


def _run(words: list[str]) -> Any:
    # Not `cli.main`: it would end with 1 where the reader of a pipe has seen enough.
    with cli.make_context("mapper", list(words)) as context:
        return cli.invoke(context)


def _guarded(run: Callable[[], Any], *, debug: bool) -> int:
    try:
        result = run()
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as fault:
        # What was typed may have come from a list of file names.
        said = io.StringIO()
        fault.show(said)
        for line in said.getvalue().rstrip("\n").split("\n"):
            click.echo(printable(line), err=True)
        code = fault.exit_code
    except (click.Abort, KeyboardInterrupt) as stop:
        click.echo("Stopped. Files that were complete are kept; none is half written.", err=True)
        code = stop.code if isinstance(stop, StoppedError) else EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our stdout went away (mapper … | head): not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except (MapperError, OSError) as fault:
        if debug:
            raise
        click.echo(f"error: {printable(_told(fault))}", err=True)
        code = _code_of(fault)
    except Exception as fault:
        # What nobody thought of. Not 1, which says that the work was done.
        if debug:
            raise
        # Not its words either: they may hold a name that is withheld.
        what = f"mapper met a fault of its own ({type(fault).__name__})"
        click.echo(f"error: {what}. Run it again with --debug, and report what is printed.", err=True)
        code = EXIT_FAULT
    else:
        code = result if isinstance(result, int) else 0
    return code


def _code_of(fault: MapperError | OSError) -> int:
    if isinstance(fault, MapperError):
        return fault.exit_code
    return OutputError.exit_code if fault.errno in _NO_ROOM else InputError.exit_code


def _told(fault: MapperError | OSError) -> str:
    """Say in words what the operating system says with a number."""
    if isinstance(fault, MapperError):
        return str(fault)
    if not fault.filename:
        return f"cannot write all of it: {fault.strerror}." if fault.errno in _NO_ROOM else str(fault)
    if isinstance(fault, FileNotFoundError):
        return f"{fault.filename}: there is no such file."
    return f"{fault.filename}: {fault.strerror}. Is it the right one, and may it be read?"


if __name__ == "__main__":
    main()
