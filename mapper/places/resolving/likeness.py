"""How like two names look to a person, who sees letters: the index goes by sounds."""

from __future__ import annotations

from typing import Final

from rapidfuzz.fuzz import ratio

from mapper.places.names.keys import fold
from mapper.places.names.ranking import Match

_BY_SOUND: Final = frozenset({"skeleton", "edit"})
_LEAST: Final = 0.55
"""Of names of one script that only share consonants, such as are taken for spellings of one have these letters in
common: "Deraa" and "Daraa" 0.8, nonsense and what sounds like it 0.3."""


def likeness(words: str, match: Match) -> float:
    """Say how like a match is, 0 to 1: in letters where it was met by its consonants alone, else by `Match.similarity`.

    Parameters
    ----------
    words : str
        The name that was looked up.
    match : Match
        What was found.

    Examples
    --------
    >>> from mapper.model import Place
    >>> place = Place(id="x:1", name="Hedrick", longitude=0.0, latitude=0.0, kind="town", aliases=("هيدريك",))
    >>> likeness("Xyzzyq", Match(place, "هيدريك", 1, "edit", 0.88)) < 0.3
    True
    """
    if match.how not in _BY_SOUND:
        return match.similarity
    asked = fold(words)
    spelled = (fold(name) for name in dict.fromkeys((match.name, match.place.name, *match.place.aliases)))
    # Of a place that is known in another script only, its sound is all there is to compare.
    alike = [
        (ratio(asked.plain, keys.plain) + ratio(asked.name, keys.name)) / 200
        for keys in spelled
        if keys.plain.isascii() == asked.plain.isascii()
    ]
    return min(match.similarity, max(alike)) if alike else match.similarity


def is_alike(words: str, match: Match) -> bool:
    """Say whether a person would take a match for another spelling of the name."""
    return likeness(words, match) >= _LEAST
