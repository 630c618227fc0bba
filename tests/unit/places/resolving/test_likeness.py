"""What a person is shown for a name: other spellings of it, and nothing that only has its consonants."""

import pytest

from mapper.model import Place
from mapper.places.gazetteer.memory import MemoryIndex
from mapper.places.names.ranking import Match
from mapper.places.resolving.likeness import is_alike, likeness


def place(name: str, *aliases: str) -> Place:
    return Place(id="x:1", name=name, longitude=0.0, latitude=0.0, kind="town", aliases=aliases)


def met(words: str, known: Place) -> Match:
    return MemoryIndex([known]).lookup(words, countries=(), limit=1)[0]


@pytest.mark.parametrize("words", ["Zarqum", "al-Zarkoum", "Zerqem", "الزرقوم"])
def test_other_spellings_are_shown(words: str) -> None:
    assert is_alike(words, met(words, place("Zarqum", "زرقوم")))


def test_what_only_shares_consonants_with_nonsense_is_not() -> None:
    """Between two scripts only sounds are compared, and "Xyzzyq" sounds like many names."""
    match = met("Xyzzyq", place("Hedrick", "هيدريك"))
    assert match.similarity > 0.8
    assert likeness("Xyzzyq", match) < 0.3
    assert not is_alike("Xyzzyq", match)


def test_a_place_known_in_another_script_alone_is_compared_by_its_sound() -> None:
    match = met("Zarqom", place("زرقوم"))
    assert likeness("Zarqom", match) == match.similarity
