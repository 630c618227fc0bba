"""The commands of the gazetteer: add, find, check, remove, import, export, review."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from mapper.cli_options import FILE, FOLDER, columns_from, ending, finish, settings_from
from mapper.console import counted, printable
from mapper.errors import EntryRefusedError, GazetteerError

_KINDS: Final = (
    "country governorate district city town village neighbourhood site sea region".split()  # noqa: SIM905
)
_WORDS: Final = {
    "title": "NAME",
    "types": "--kind",
    "lon": "--longitude",
    "lat": "--latitude",
    "radius_m": "--radius",
    "ccodes": "--country",
    "parent_id": "--parent",
    "parent_name": "--parent",
    "variants": "--alias",
    "geo_source": "--source",
    "geo_source_id": "--source-id",
    "note": "--note",
    "author": "--author",
}
"""The words of `add` for the columns that it fills."""

_OWN = click.option(
    "--own-gazetteer",
    "own",
    type=FOLDER,
    metavar="DIR",
    envvar="MAPPER_GAZETTEER",
    help="Folder of the own gazetteer (default: gazetteer/ here).",
)
_DEBUG = click.option("--debug", is_flag=True, help="Show a traceback on an error.")


@click.group()
def gazetteer() -> None:
    """Add, find, check and import places."""


@gazetteer.command()
@click.argument("name")
@click.option("--longitude", type=float, required=True, help="Degrees east, WGS 84.")
@click.option("--latitude", type=float, required=True, help="Degrees north, WGS 84.")
@click.option("--kind", type=click.Choice(_KINDS), required=True, help="What the place is.")
@click.option("--source", required=True, help="Where the position comes from: an id of sources.csv, or words.")
@click.option("--source-id", default="", help="Its id there.")
@click.option("--parent", default="", help="Name or id of the place that contains it.")
@click.option("--country", default="", help="ISO 3166-1 code of two letters; else the parent's.")
@click.option("--alias", "aliases", multiple=True, help="Another spelling, in any script (again for more).")
@click.option("--radius", "radius_m", type=int, default=0, help="Metres around the point that a report may mean.")
@click.option("--note", default="", help="What the next person should know.")
@click.option("--author", default="", help="Who adds it.")
@click.option("--excuse", "excuses", multiple=True, help="A check not to insist on; the refusal names it.")
@click.option("--build", type=FOLDER, help="A finished build: say which of its incidents would move, and how far.")
@_OWN
@_DEBUG
def add(name: str, own: Path | None, build: Path | None, debug: bool, **fields: Any) -> None:
    """Add a place to the own gazetteer, or say for each field why not.

    \b
    Example:
      mapper gazetteer add "Tell Example" --longitude 40.61 --latitude 35.02 --kind village \\
          --parent "Deir Ezzor" --alias "Tal Example" --source "survey map, sheet 12"
    """
    from mapper import curation

    settings, console = settings_from({"own": own, "debug": debug})
    incidents = curation.incidents_of(build) if build else None
    try:
        entry = curation.add(settings, name, console, **fields)
    except EntryRefusedError as refusal:
        for column, why in refusal.reasons.items():
            click.echo(printable(f"refused: {_WORDS.get(column, column)}: {why}"), err=True)
        message = f"{name} was not added; {counted(len(refusal.reasons), 'field')} to mend."
        raise GazetteerError(message) from refusal
    console.note(f"Added {entry.place.name} as {entry.place.id}.")
    for line in curation.namesakes(settings, entry):
        console.note(line)
    if incidents is not None:
        for line in curation.moved_by(entry, incidents):
            console.note(line)
    finish(console)


@gazetteer.command()
@click.argument("words")
@click.option("--everywhere", is_flag=True, help="Look in the imported gazetteers and the world too.")
@click.option("--gazetteer", "gazetteers", type=FILE, multiple=True, metavar="FILE", help="And in this file.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Most places to list.")
@_OWN
@_DEBUG
def find(words: str, everywhere: bool, gazetteers: tuple[Path, ...], limit: int, own: Path | None, debug: bool) -> None:
    """Find places by name in any spelling; one line each on stdout.

    Parted by tabs: id, name, kind, division and country, longitude, latitude, and the source of the position
    or, with --everywhere, how the name was met and how like it is (1.00: the same).

    \b
    Examples:
      mapper gazetteer find "al jarthi"
      mapper gazetteer find Mansoura --everywhere --gazetteer SY.txt
    """
    from mapper import curation

    settings, console = settings_from({"own": own, "gazetteers": gazetteers, "debug": debug})
    everywhere = everywhere or bool(gazetteers)
    none = True
    for line in curation.find(settings, words, console, everywhere=everywhere, limit=limit):
        none = False
        click.echo(line)
    if none:
        wider = "mapper gazetteer add makes one" if everywhere else "--everywhere looks in the other gazetteers too"
        console.note(f"No place found; {wider}.")
    finish(console)


@gazetteer.command(short_help="Check every entry of the own gazetteer.")
@_OWN
@_DEBUG
def check(own: Path | None, debug: bool) -> None:
    """Check every entry of the own gazetteer, alone and among the others.

    \b
    Example:
      mapper gazetteer check
    """
    from mapper import curation

    settings, console = settings_from({"own": own, "debug": debug})
    console.note(f"{counted(curation.check(settings, console), 'entry', 'entries')} checked.")
    finish(console)


@gazetteer.command()
@click.argument("identifier", metavar="ID")
@_OWN
@_DEBUG
def remove(identifier: str, own: Path | None, debug: bool) -> None:
    """Remove an entry from the own gazetteer.

    \b
    Example:
      mapper gazetteer remove sy-tell-example
    """
    from mapper import curation

    settings, console = settings_from({"own": own, "debug": debug})
    entry = curation.remove(settings, identifier)
    console.note(f"Removed {entry.place.name} ({entry.place.id}).")
    finish(console)


@gazetteer.command("import")
@click.argument("form", type=click.Choice(["geonames", "cod", "linked-places", "csv"]))
@click.argument("file", type=FILE, required=False)
@click.option("--country", default="", help="geonames: download this country's dump first (two letters).")
@click.option("--map", "mapping", multiple=True, metavar="OURS=THEIRS", help="csv: name a column (again for more).")
@click.option("--name", default="", help="What to call it here; else the name of the file.")
@_OWN
@_DEBUG
def import_(
    form: str, file: Path | None, country: str, mapping: tuple[str, ...], name: str, own: Path | None, debug: bool
) -> None:
    """Compile a gazetteer file once, so that every later build uses it.

    It goes into imported/ in the folder of the own gazetteer; remove the file there to be rid of it.

    \b
    Examples:
      mapper gazetteer import geonames SY.txt
      mapper gazetteer import geonames --country SY
      mapper gazetteer import csv villages.csv --map name=village --map longitude=x --map latitude=y
      mapper gazetteer import cod syr_pplp.xlsx
    """
    from mapper import curation

    if (file is None) == (not country):
        raise click.UsageError("give a FILE, or for geonames --country.")
    if country and form != "geonames":
        raise click.UsageError("--country goes with geonames.")
    settings, console = settings_from({"own": own, "debug": debug})
    path = file or curation.download(settings, country, console)
    count, target = curation.import_places(settings, form, path, console, name=name, columns=columns_from(mapping))
    console.note(f"{counted(count, 'place')} imported into {target}.")
    finish(console)


@gazetteer.command("export")
@click.option("--output", type=FILE, required=True, help="File to write.")
@click.option(
    "--form", type=click.Choice(["linked-places", "geojson"]), default="linked-places", show_default=True, help="Which."
)
@_OWN
@_DEBUG
def export_(output: Path, form: str, own: Path | None, debug: bool) -> None:
    """Write the own gazetteer for other programs.

    \b
    Example:
      mapper gazetteer export --output places.geojson --form geojson
    """
    from mapper import curation

    settings, console = settings_from({"own": own, "debug": debug})
    ending(output, ".geojson", ".json")
    console.note(f"{counted(curation.export(settings, output, form, console), 'place')} written to {output}.")
    finish(console)


@gazetteer.command(short_help="Decide on what a geocoder answered.")
@click.option("--accept", metavar="ID", help="Make this answer an entry of the own gazetteer.")
@click.option("--choice", type=click.IntRange(min=1), default=1, show_default=True, help="Which of its places.")
@click.option("--reject", metavar="ID", help="Put this answer aside.")
@click.option("--author", default="", help="Who decides.")
@_OWN
@_DEBUG
def review(accept: str | None, choice: int, reject: str | None, author: str, own: Path | None, debug: bool) -> None:
    """List the answers of a geocoder that nobody has decided on, or decide on one.

    \b
    Examples:
      mapper gazetteer review
      mapper gazetteer review --accept 3f2a --choice 2 --author "R. Example"
    """
    from mapper import curation

    if accept and reject:
        raise click.UsageError("either --accept or --reject, one at a time.")
    settings, console = settings_from({"own": own, "debug": debug})
    if accept:
        entry = curation.accept(settings, accept, console, choice=choice, author=author)
        console.note(f"Added {entry.place.name} as {entry.place.id}. The next build uses it.")
    elif reject:
        console.note(f"Rejected the answer for {curation.reject(reject, console)}.")
    else:
        none = True
        for line in curation.pending(console):
            none = False
            click.echo(line)
        if none:
            console.note("No answer of a geocoder is waiting for a decision.")
    finish(console)
