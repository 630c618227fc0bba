"""What each part of a text speaks of, before anything is tied together.

A *segment* is a sentence, or a part of one that tells of an event of its own
("…, while three were killed in …"). Its `Notes` are the tolls, acts, places
and dates in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mapper.reading.dates.mention import DateMention
from mapper.reading.events import Act
from mapper.reading.page import Page
from mapper.reading.places_written import PlaceMention
from mapper.reading.tolls.people import PeoplePhrase
from mapper.reading.tolls.stated import TollReading

_MEANWHILE = frozenset({"as", "ahead"})


@dataclass(slots=True)
class Notes:
    """Everything that words ``first..last`` (last exclusive) speak of.

    `times` are dates of events, `periods` stretches of time;
    `boilerplate` marks text about the outlet; `order` counts segments;
    `beside` marks what one sentence tells beside another event; `news` are the
    tolls that may be of one event, once totals are told apart; `under` is the
    day of the line that heads it in a chronology, `heads_day` marks that line;
    `parts` are the segments that it stands for, where it is made of several;
    `entry` numbers the entry of a bulletin that it stands in (0 for none), and
    `heads` are the places that head it.
    """

    sentence: int
    paragraph: int
    first: int
    last: int
    tolls: list[TollReading] = field(default_factory=list)
    phrases: list[PeoplePhrase] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    times: list[DateMention] = field(default_factory=list)
    periods: list[DateMention] = field(default_factory=list)
    boilerplate: bool = False
    order: int = 0
    beside: bool = False
    news: list[TollReading] = field(default_factory=list)
    under: DateMention | None = None
    heads_day: bool = False
    parts: list[Notes] = field(default_factory=list)
    entry: int = 0
    heads: list[PlaceMention] = field(default_factory=list)

    @property
    def wholes(self) -> list[TollReading]:
        """The tolls that are no subset."""
        return [t for t in self.tolls if not t.of]

    @property
    def named(self) -> list[PlaceMention]:
        """The places that are named and smaller than a country."""
        return [p for p in self.places if p.names and p.rank > 1]


def day_level(mention: DateMention) -> bool:
    """Say whether a mention is about one day or a few ("16 March", "Monday", "two days later")."""
    return bool(mention.first.day) or mention.weekday is not None or mention.unit in {"day", "hour"}


def heads_a_form(notes: Notes) -> bool:
    """Say whether a segment is the head of a form, which its narrative follows: "Civilian deaths: 4".

    Parameters
    ----------
    notes : Notes
        A segment.
    """
    return notes.paragraph == 0 and any(t.rule == "label" for t in notes.tolls)


def places_of_act(page: Page, notes: Notes) -> Sequence[PlaceMention]:
    """Leave out the places of what only went on meanwhile: "…, as talks resumed in Exampla".

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        A segment; one that names no other place keeps all.
    """
    told = [t.last for t in notes.wholes] + [a.last for a in notes.acts]
    meanwhile = next(
        (i for i in range(notes.first + 1, notes.last) if page.low[i] in _MEANWHILE and page.low[i - 1] == ","), 0
    )
    if not meanwhile or not told or max(told) > meanwhile:
        return notes.places
    return [p for p in notes.places if p.first < meanwhile] or notes.places
