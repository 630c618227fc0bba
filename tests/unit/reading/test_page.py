"""What a page says of its words, before any rule is tried."""

import pytest

from mapper.reading.page import COUNT, Page, open_page
from mapper.reading.tolls.numbers import quantity_at
from mapper.reading.vocabulary import vocabulary


def _page(text: str) -> Page:
    return open_page(text, vocabulary())


@pytest.mark.parametrize("text", ["twenty-five", "Ninety-one people", "12", "dozens", "between 3 and 5", "at least 4"])
def test_a_number_may_begin_where_one_does(text: str) -> None:
    page = _page(text)
    assert page.kinds[0] & COUNT
    assert quantity_at(page, 0, len(page.words)) is not None


@pytest.mark.parametrize("text", ["al-Example", "well-known", "US-led", "twentieth-century", "rain"])
def test_words_joined_by_a_hyphen_are_seldom_a_number(text: str) -> None:
    page = _page(text)
    assert not page.kinds[0] & COUNT
    assert quantity_at(page, 0, len(page.words)) is None


def test_cues_are_asked_for_by_tag_and_value() -> None:
    page = _page("The strike killed four people near the hospital.")
    words = len(page.words)
    assert page.has("harm", 0, words)
    assert page.has("site", 0, words, "hospital")
    assert not page.has("site", 0, words, "school")
    assert not page.has("site", 0, 2)
