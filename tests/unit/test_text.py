"""Folding never moves an offset, and folds what it says."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.text import fold_characters

FOLDS = {
    " ": "\u00a0\u2009\u202f\u3000",
    "'": "\u2018\u2019\u02bc\u02be\u02bf\u2032`\u00b4",
    '"': "\u201c\u201d\u201e\u00ab\u00bb",
    "-": "\u2010\u2011\u2212\u00ad",
    "\u2013": "\u2013\u2014\u2015",
    "\n": "\n\r\u2028\u2029\u0085",
}


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold_characters(text)
    assert len(folded) == len(text)
    assert fold_characters(folded) == folded


@given(st.text(st.characters(exclude_characters="\r")), st.integers(0, 20), st.integers(0, 20))
def test_a_slice_folds_like_the_whole(text: str, start: int, length: int) -> None:
    assert fold_characters(text)[start : start + length] == fold_characters(text[start : start + length])


@pytest.mark.parametrize("plain", FOLDS)
def test_look_alikes_fold_to_the_plain_one(plain: str) -> None:
    assert fold_characters(FOLDS[plain]) == plain * len(FOLDS[plain])


def test_letters_digits_and_other_scripts_stay() -> None:
    text = "al-Sha'afa \u0627\u0644\u0634\u0639\u0641\u0629 \u0448 \u00e9 e\u0301 \u0131 \u0130 42 \u0664\u0662"
    assert fold_characters(text) == text


def test_every_space_separator_of_unicode_is_a_space() -> None:
    spaces = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Zs"]
    assert {fold_characters(space) for space in spaces} == {" "}


def test_a_line_end_of_two_characters_is_one_line_end() -> None:
    assert fold_characters("a\r\nb\r\n\r\nc\rd") == "a \nb \n \nc\nd"
