"""What a person sees in the terminal while a command runs: all of it on stderr."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import click

from mapper.errors import Problem

T = TypeVar("T")

_SHOWN_OF_A_KIND = 200


@dataclass(slots=True)
class Console:
    """Prints messages, problems and progress, and remembers whether there were problems.

    Parameters
    ----------
    quiet : bool
        Print problems only.
    filter : callable
        Changes every line before it is printed: names that are withheld reach no terminal either.
    """

    quiet: bool = False
    filter: Callable[[str], str] = str
    problems: list[Problem] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)

    def report(self, problem: Problem) -> None:
        """Print a problem as one line, once; the command will exit 1."""
        line = self.filter(printable(str(problem)))
        self._seen[line] += 1
        if self._seen[line] > 1:
            return
        self.problems.append(problem)
        if len(self.problems) <= _SHOWN_OF_A_KIND:
            click.echo(f"warning: {line}", err=True)

    def note(self, message: str) -> None:
        """Print a message."""
        if not self.quiet:
            click.echo(self.filter(printable(message)), err=True)

    def tell(self, message: str) -> None:
        """Print what a long piece of work has come to, on a terminal."""
        if sys.stderr.isatty():
            self.note(message)

    def progress(self, items: Iterable[T], label: str) -> Iterator[T]:
        """Count items as they pass, on a terminal."""
        if self.quiet or not sys.stderr.isatty():
            yield from items
            return
        with click.progressbar(items, label=label, show_pos=True, file=sys.stderr) as bar:
            yield from bar

    def finish(self) -> int:
        """Sum up, and return the exit code: 0, or 1 where there were problems."""
        hidden = len(self.problems) - _SHOWN_OF_A_KIND
        if hidden > 0:
            click.echo(f"warning: and {hidden} more", err=True)
        return 1 if self.problems else 0


def counted(number: int, one: str, many: str = "") -> str:
    """Name a number of things.

    Examples
    --------
    >>> counted(1, "article"), counted(2000, "entry", "entries")
    ('1 article', '2,000 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def printable(text: str) -> str:
    r"""Make text from outside safe for a terminal: one line, no control or direction characters.

    Examples
    --------
    >>> printable("a\x1b[31mb\nc")
    'a\ufffd[31mb c'
    """
    kept = []
    for character in text:
        if character in "\n\r\t\u2028\u2029":
            kept.append(" ")
        elif _is_unsafe(character):
            kept.append("\ufffd")
        else:
            kept.append(character)
    return "".join(kept)


def _is_unsafe(character: str) -> bool:
    code = ord(character)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or character in _DIRECTION


_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
