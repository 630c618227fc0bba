"""What the walk over one sentence knows so far."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final

from mapper.reading.page import Page
from mapper.reading.tolls.people import PeoplePhrase
from mapper.reading.tolls.stated import TollReading

BE: Final = frozenset({"was", "were", "been", "being", "be", "is", "are"})


@dataclass(slots=True)
class Walk:
    """What the walk over one sentence knows so far."""

    page: Page
    sentence: int
    tolls: list[TollReading] = field(default_factory=list)
    phrases: list[PeoplePhrase] = field(default_factory=list)
    pending: list[PeoplePhrase] = field(default_factory=list)
    part: list[PeoplePhrase] = field(default_factory=list)
    linked: list[PeoplePhrase] = field(default_factory=list)
    in_part: bool = False
    part_group: str = ""
    group: str = ""
    waiting: str = ""
    waiting_since: int = 0
    verb: int = 0
    mark: int = 0
    clause: int = 0
    enclosed: int = 1_000_000
    aside: int = 0
    blocked: Container[int] = ()
