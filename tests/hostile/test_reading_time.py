"""Reading takes time in proportion to the text, whatever the text is made of."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest

from mapper.model import Article, Reading, Toponym
from mapper.reading.reader import RuleReader

pytestmark = pytest.mark.hostile

LONG = 40_000
LISTED = 200_000
"""Characters: so long that what is cheap for each count told before outweighs the reading."""
MOST_SECONDS = 5.0
MOST_GROWTH = 3.0
NOISE_SECONDS = 0.1

BRICKS = [
    "a man and ",
    "five people were killed and ",
    "including two children, ",
    "On 3 May 2020 an air strike killed five people in Exampleville. ",
    "Another strike killed 3 in Foo and a raid killed 4 in Bar and ",
    "1 or perhaps ",
    "between 3 and ",
    "in the village of Al ",
    "the town ",
    "Airwars reported that ",
    "( ",
    "A ",
    ". ",
    "5 ",
    "-",
    "\n\n",
    "killed 5 people in X.\n\n",
    "3 May 2019 - Shelling killed 5 people in Foo.\n4 May 2019 - Shelling killed 7 people in Bar.\n",
    "air strikes by the army and rebels killed 5 in Foo and ",
    "\u201c",
    "Dead: M/44, F/39, ",
    "5 dead (2F, 3M, ",
    "Five men were inside. All of them died. ",
    "Nine died. Six of the nine were men. An agency gave seven. ",
    "Women: 2. dead ..... 3 ",
    "among the dead: three women; as did two guards, ",
]


def seconds(text: str, reader: RuleReader | None = None) -> float:
    reader = reader or RuleReader()
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2020-05-05")
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        reader.read(article, ())
        best = min(best, time.process_time() - begin)
    return best


class Quadratic(RuleReader):
    """Looks from every word to every other, as a rule in a hurry would."""

    def read(self, article: Article, toponyms: Sequence[Toponym]) -> Reading:
        words = article.text.split()[::4]
        assert sum(one == other for one in words for other in words) >= len(words)
        return super().read(article, toponyms)


def measured(brick: str, reader: RuleReader | None = None, *, length: int = LONG) -> tuple[float, float]:
    half = seconds(brick * (length // 2 // len(brick)), reader)
    return half, seconds(brick * (length // len(brick)), reader)


@pytest.mark.parametrize("brick", BRICKS)
def test_twice_the_text_takes_about_twice_the_time(brick: str) -> None:
    half, full = measured(brick)
    assert full <= MOST_SECONDS
    assert full <= max(MOST_GROWTH * half, NOISE_SECONDS), f"{half:.3f} s, then {full:.3f} s"


def test_an_event_that_is_counted_thousands_of_times_takes_no_longer_for_each() -> None:
    half, full = measured("Six women and two children were wounded in X. ", length=LISTED)
    assert full <= MOST_GROWTH * half, f"{half:.3f} s, then {full:.3f} s"


def test_the_suite_catches_a_reader_that_looks_from_every_word_to_every_other(figure: Callable[..., None]) -> None:
    half, full = measured("a man and ", Quadratic())
    figure("bad build, every word to every other", f"{full:.2f} s, {half:.2f} s for half", "> 3 times")
    assert full > max(MOST_GROWTH * half, NOISE_SECONDS)
