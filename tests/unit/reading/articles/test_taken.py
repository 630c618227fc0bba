"""Names that are taken: told apart by the hundred thousand, in a few bytes each."""

import tracemalloc

import pytest

from mapper.reading.articles import taken as module
from mapper.reading.articles.taken import Taken


def test_each_name_is_taken_once() -> None:
    taken = Taken()
    names = [f"report-{n}" for n in range(20_000)]
    assert all(taken.take(name) for name in names)
    assert not any(taken.take(name) for name in names)
    assert len(taken) == len(names)


def test_names_whose_hashes_choose_one_place_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    # The last two have one hash, and so count as one; that of the first stands for nothing.
    hashes = {"a": 0, "b": 1 << 40, "c": 2 << 40, "d": 3 << 40, "e": 3 << 40}
    monkeypatch.setattr(module, "sha256_of", lambda name: f"{hashes[name.decode()]:016x}".ljust(64, "0"))
    taken = Taken()
    assert [taken.take(name) for name in "abcdeab"] == [True, True, True, True, False, False, False]


def test_a_hundred_thousand_names_take_little_memory() -> None:
    tracemalloc.start()
    taken = Taken()
    for number in range(100_000):
        taken.take(str(number))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(taken) == 100_000
    assert size < 25 * len(taken)
