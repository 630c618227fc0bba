"""How common words are: the same as the spelling checker says, from its list or from what was kept of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from spellchecker import SpellChecker

from mapper.places.finding import wordlist


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "cache"
    monkeypatch.setenv("MAPPER_CACHE", str(folder))
    wordlist._frequencies.cache_clear()
    yield folder
    wordlist._frequencies.cache_clear()


def test_counts_are_those_of_the_whole_list(kept: Path) -> None:
    whole = SpellChecker(language="en", distance=1).word_frequency.dictionary
    used = {word: count for word, count in whole.items() if count >= wordlist.DOUBTFUL}
    assert wordlist._frequencies() == used
    wordlist._frequencies.cache_clear()
    assert len(list(kept.iterdir())) == 1
    assert wordlist._frequencies() == used


@pytest.mark.parametrize("damage", [b"", b'{"the": 12', b"[]", b'\xff\n{"the": 12}', None])
def test_what_was_kept_and_is_damaged_is_made_again(kept: Path, damage: bytes | None) -> None:
    before = wordlist.frequency("reading")
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    # Also where it can be read, and only says something else.
    file.write_bytes(whole.replace(b'"reading":', b'"reading":1') if damage is None else damage)
    wordlist._frequencies.cache_clear()
    assert wordlist.frequency("reading") == before > wordlist.COMMON
    assert file.read_bytes() == whole


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MAPPER_CACHE", str(tmp_path / "file"))
    assert wordlist.frequency("reading") > wordlist.COMMON
