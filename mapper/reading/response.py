"""What the accused party answered: it denied, acknowledged strikes, conceded, reviews, justified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mapper.reading.notes import Notes
from mapper.reading.page import Page

_REACH: Final = 18


@dataclass(frozen=True, slots=True)
class ResponseReading:
    """An answer in words ``first..last`` (last exclusive): whose, and of which kind."""

    first: int
    last: int
    speaker: str
    value: str


def read_response(page: Page, notes: Notes) -> ResponseReading | None:
    """Return the answer of an accused party that a segment holds, if any."""
    speakers = list(page.marked("speaker", notes.first, notes.last))
    if not speakers:
        return None
    speaker = speakers[0]
    for cue in page.marked("response", notes.first, notes.last):
        nearest = min(speakers, key=lambda s: abs(s.first - cue.first))
        if abs(cue.first - nearest.first) <= _REACH:
            speaker = nearest
            return ResponseReading(min(cue.first, speaker.first), max(cue.last, speaker.last), speaker.value, cue.value)
    return None
