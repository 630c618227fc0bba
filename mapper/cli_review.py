"""The commands of an editor: what is in doubt, and what was decided."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from mapper.cli_options import FILE, FOLDER, finish, settings_from
from mapper.console import counted

VERDICTS: Final = ("same", "different", "unsure", "undecided", "accepted", "rejected", "edited", "unreviewed")
_LEDGER: Final = "judgements.jsonl"


@click.command(short_help="Show the pairs of a build that may be one event.")
@click.argument("folder", type=FOLDER)
@click.option("--joined", is_flag=True, help="Show the pairs that were joined instead, to check them.")
@click.option("--judgements", type=FILE, metavar="FILE", help="Ledger to name in the commands that are shown.")
@click.option("--debug", is_flag=True, help="Show a traceback on an error.")
def review(folder: Path, joined: bool, judgements: Path | None, debug: bool) -> None:
    """Show the pairs of a finished build that may be one event, with what speaks for it and against it.

    What mapper was not sure of is kept apart; each pair ends with the commands that decide it.
    Pairs that were decided are not shown again once a build has followed them (--judgements).

    \b
    Example:
      mapper review output
      mapper judge same ACCOUNT ACCOUNT --judgements judgements.jsonl
      mapper build articles --output output --judgements judgements.jsonl
    """
    from mapper import review as shown

    _, console = settings_from({"debug": debug})
    for line in shown.review(folder, str(judgements or _LEDGER), joined=joined):
        click.echo(line)
    count = len(shown.to_decide(shown.pairs_of(folder), joined=joined))
    console.note(f"{counted(count, 'pair')} {'joined' if joined else 'to decide on'}.")
    finish(console)


@click.command(short_help="Decide on one incident, or on two that may be one.")
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.argument("ids", nargs=-1, required=True, metavar="ID [ID]")
@click.option("--judgements", type=FILE, required=True, metavar="FILE", help="Ledger that the verdict is added to.")
@click.option("--who", default="", help="Who decides.")
@click.option("--note", default="", help="Why.")
@click.option("--debug", is_flag=True, help="Show a traceback on an error.")
def judge(verdict: str, ids: tuple[str, ...], judgements: Path, who: str, note: str, debug: bool) -> None:
    """Decide on one incident, or on two that may be the same; builds with --judgements follow.

    The ledger only grows: a later verdict takes an earlier one back ('undecided', 'unreviewed').

    \b
    Examples:
      mapper judge same INCIDENT INCIDENT --judgements judgements.jsonl --who "R. Example"
      mapper judge accepted INCIDENT --judgements judgements.jsonl
    """
    from mapper import curation

    _, console = settings_from({"debug": debug})
    curation.judge(verdict, ids, judgements, who=who, note=note)
    console.note(f"Noted in {judgements}: {verdict}.")
    finish(console)
