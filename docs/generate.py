"""Write docs/commands.md from the commands themselves: `python docs/generate.py`.

A test fails when the page and the commands differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from mapper.cli import cli

PAGE = Path(__file__).resolve().parent / "commands.md"
INTRODUCTION = """# Commands

Written by `python docs/generate.py` from the commands themselves.

Data goes to stdout or the named file, messages to stderr. A traceback appears only with `--debug`.

Exit codes: 0 done, 1 done with warnings, 2 usage, 3 bad input, 4 gazetteer or network, 5 output,
70 a fault of `mapper` itself, 130 interrupted (129, 143: ended by a signal).
"""


def commands(group: click.Group, prefix: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command below a group with its full name, in order."""
    for name in sorted(group.commands):
        command = group.commands[name]
        yield f"{prefix} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")


def page() -> str:
    """Return the text of the page."""
    parts = [INTRODUCTION]
    for name, command in commands(cli, "mapper"):
        settings = {**cli.context_settings, "max_content_width": 100, "terminal_width": 100}
        context = click.Context(command, info_name=name, **settings)
        parts.append(f"\n## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
