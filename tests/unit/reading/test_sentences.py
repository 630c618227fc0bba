from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.reading.sentences import split


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell. Two died.", ["Shells fell.", "Two died."]),
        ("Col. A. Example denied it. He left.", ["Col. A. Example denied it.", "He left."]),
        ("It was 3.5 km away. Nobody came.", ["It was 3.5 km away.", "Nobody came."]),
        ('"They fled." Then it was quiet.', ['"They fled."', "Then it was quiet."]),
        ("The U.S. military said so. It left.", ["The U.S. military said so.", "It left."]),
        ("Was it a mosque? It was.", ["Was it a mosque?", "It was."]),
        ("Nobody came… and then they did.", ["Nobody came… and then they did."]),
        ("At 6 a.m. on Monday it began.", ["At 6 a.m. on Monday it began."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_headline_is_a_sentence_and_a_paragraph_of_its_own() -> None:
    sentences = split("Raid kills five in Exampleville\n\nFive people died on Monday.")
    assert [s.paragraph for s in sentences] == [0, 1]
    assert len(sentences) == 2


def test_a_wrapped_line_goes_on() -> None:
    assert cut("An air strike on the market of a village killed five people and\nwounded nine.") == [
        "An air strike on the market of a village killed five people and\nwounded nine."
    ]


def test_what_is_too_long_to_be_a_sentence_is_cut() -> None:
    sentences = split("word " * 5_000)
    assert max(s.end - s.start for s in sentences) <= 4_000


@given(st.text(max_size=400))
def test_sentences_are_in_order_and_hold_every_word(text: str) -> None:
    sentences = split(text)
    past = 0
    for sentence in sentences:
        assert past <= sentence.start < sentence.end <= len(text)
        assert not text[past : sentence.start].strip()
        past = sentence.end
    assert not text[past:].strip()
