"""Stretches of an article that report nothing: who wrote it, where else it stood, what it asks for.

A footer that asks for "as little as 1 dollar" holds numbers, and a list of related
links holds incidents of other days. Lines are judged by the words they begin
with, by the words they hold (`boilerplate.toml`), and by what stands above them;
a line that could be part of the report is left alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from mapper.model import Span
from mapper.reading.articles.front_matter import front_matter
from mapper.text import fold_characters

_SHORT: Final = 140
_LINE: Final = 400
_PARAGRAPH: Final = 1_500
_LONGEST: Final = 6_000
_TAIL_LINES: Final = 6
_HEADING: Final = 60

_BIO: Final = re.compile(
    r"(?:(?:the )?author|[A-Z][\w.'-]{1,30}(?: [A-Z][\w.'-]{0,30}){1,3}) "
    r"(?:is|was|writes|covers|reports|has written|works|blogs|tweets)\b[^\n]{0,60}?"
    r"\b(?:journalist|reporter|writer|editor|correspondent|columnist|blogger|author|contributor"
    r"|fellow|professor|lecturer|freelance|producer|photojournalist|for the|about)"
)
_HANDLE: Final = re.compile(r"(?:^|[\s(])@\w{3,20}\b|\bfollow (?:him|her|them)\b|\bcan be (?:reached|followed|found)\b")
_COUNT: Final = re.compile(
    r"(?:\d{1,3}(?:[,.]\d{3}){0,3}[km]?|no) "
    r"(?:comments?|shares?|views?|likes?|replies|reads?|tweets?|min(?:ute)?s? read)"
    r"|\d{1,2}[- ]min(?:ute)?s? read|\d{1,6}|[ |/*_=~\u2022\u00b7\u2013.-]{1,80}",
    re.IGNORECASE,
)
_HARM: Final = re.compile(
    r"\b(?:kill|wound|injur|dead|died|death|casualt|bomb|struck|strike|shell|massacre)", re.IGNORECASE
)
_COPYRIGHT: Final = re.compile(r"\(c\) ?(?:19|20)\d\d", re.IGNORECASE)
_JOINERS: Final = frozenset(
    {"by", "and", "for", "in", "of", "the", "at", "with", "staff", "from", "de", "al", "bin", "van", "von", "|", "&"}
)
_HEADING_END: Final = re.compile(
    r"(?: (?:stories|articles|posts|news|topics|coverage|content|reading|links))?(?: ?\(\d{1,6}\))?[ :.\u2026]{0,5}$"
)
_ASKS_DESPITE_HARM: Final = 4


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    low: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))

    @property
    def is_plain(self) -> bool:
        """Short, and not ended like a sentence: a link, a heading, a name."""
        return len(self.text) <= _SHORT and self.text[-1] not in ".!?\"'"


@dataclass(frozen=True, slots=True)
class _Cues:
    beginnings: tuple[str, ...]
    links: tuple[str, ...]
    headings: tuple[str, ...]
    asking: tuple[str, ...]


@cache
def _cues() -> _Cues:
    data = tomllib.loads(resources.files(__package__).joinpath("boilerplate.toml").read_text("utf-8"))
    lists = {name: tuple(cue for group in table.values() for cue in group) for name, table in data.items()}
    links = tuple(data["beginnings"]["links"] + data["beginnings"]["credit"])
    return _Cues(lists["beginnings"], links, lists["sections"], lists["asking"])


def boilerplate_spans(text: str) -> list[Span]:
    r"""Find what in a text is no report.

    Parameters
    ----------
    text : str
        The text of an article, as it is.

    Returns
    -------
    list of Span
        In order, not overlapping: front matter, bylines, notes of first
        publication, credits, copyright, related links, counts of comments,
        requests to share, subscribe or give, and what is said of the author.

    Examples
    --------
    >>> text = "By Ann Example\n\nA shell fell on a farm.\n\nShare this: Facebook"
    >>> [text[s.start : s.end] for s in boilerplate_spans(text)]
    ['By Ann Example', 'Share this: Facebook']
    """
    _, head = front_matter(text)
    found = [Span(0, head)] if head else []
    lines = list(_lines(text, head))
    in_section = False
    for number, line in enumerate(lines):
        in_section = line.is_plain and (in_section or _is_heading(line))
        if in_section:
            found.append(line.span)
        elif _is_boilerplate(line, len(lines) - number):
            found.append(line.span if len(line.text) <= _LINE or _asks(line) else _first_sentence(line))
    return found


def _lines(text: str, begin: int) -> Iterator[_Line]:
    folded = fold_characters(text)
    start = begin
    while start < len(folded):
        stop = folded.find("\n", start)
        stop = len(folded) if stop == -1 else stop
        # A line without end is no line of the page around an article.
        if stop - start <= _LONGEST:
            piece = folded[start:stop]
            body = piece.strip()
            if body:
                yield _Line(start + len(piece) - len(piece.lstrip()), body, body.lower())
        start = stop + 1


def _is_boilerplate(line: _Line, lines_left: int) -> bool:
    if _COUNT.fullmatch(line.text) or _is_byline(line.text) or _asks(line):
        return True
    if _HARM.search(line.text):
        # A link or a caption may name another day's strike; anything else that does may be the report.
        return line.is_plain and line.low.startswith(_cues().links)
    if line.low.startswith(_cues().beginnings) or _COPYRIGHT.match(line.text):
        return True
    if lines_left > _TAIL_LINES or len(line.text) > _PARAGRAPH:
        return False
    return bool(_BIO.match(line.text)) or (len(line.text) <= _LINE and bool(_HANDLE.search(line.low)))


def _is_heading(line: _Line) -> bool:
    """Tell whether the line is one of the section headings and nothing more."""
    return len(line.text) <= _HEADING and _HEADING_END.sub("", line.low, count=1) in _cues().headings


def _asks(line: _Line) -> bool:
    """Tell whether a paragraph asks the reader for something; more cues are needed where it speaks of harm."""
    if len(line.text) > _PARAGRAPH:
        return False
    cues = sum(cue in line.low for cue in _cues().asking)
    return cues >= (_ASKS_DESPITE_HARM if _HARM.search(line.text) else 2)


def _is_byline(text: str) -> bool:
    """Tell whether a line names its writers and nothing else: every other word in it is a name."""
    if text[:3].lower() != "by " or len(text) > _SHORT or text.endswith((".", "!", "?", ":")):
        return False
    words = text.split("/", 1)[0].split()
    return len(words) > 1 and all(word.lower() in _JOINERS or not word[0].islower() for word in words)


def _first_sentence(line: _Line) -> Span:
    stop = line.text.find(". ")
    return Span(line.start, line.start + (stop + 1 if 0 < stop <= _LINE else len(line.text)))
