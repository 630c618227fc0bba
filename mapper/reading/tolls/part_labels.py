"""Parts of a toll as forms label them: "Women: 2", "Children killed: 3", "of whom women = 1"."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from mapper.reading.page import Page
from mapper.reading.tolls.labels import begins_line
from mapper.reading.tolls.nouns import noun_at
from mapper.reading.tolls.numbers import quantity_at
from mapper.reading.tolls.stated import TollReading

_SIGNS: Final = frozenset({":", "=", "|"})
_BETWEEN: Final = frozenset({"within", "among", "amongst", "of", "the", "those", "were", "reported"})
_OPENS: Final = frozenset(
    {".", ",", ";", ":", "(", "/", "|", "-", "\u2013", "\u2014", "\u2022", "*", "whom", "which", "and"}
)
_CLOSES: Final = frozenset({".", ",", ";", ")", "/", "|", "-", "\u2013", "\u2014", "\u2022", "and", "&", "+", "("})
_TO_SIGN: Final = 5


def labelled_part(page: Page, sentence: int, at: int, end: int, blocked: Container[int]) -> TollReading | None:
    """Read a label for women, children or men with its number; of the dead, unless it names the hurt.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    at, end : int
        The word of the noun, and the end of the sentence.
    blocked : container of int
        Words of dates and ages.
    """
    noun = None if _SIGNS.isdisjoint(page.low[at + 1 : at + _TO_SIGN + 2]) else noun_at(page, at, end)
    if noun is None or not noun[2] or noun[3]:
        return None
    sign, group = noun[0], "killed"
    while sign < min(noun[0] + _TO_SIGN, end) and page.low[sign] not in _SIGNS:
        harm = page.mark("harm", sign)
        if harm is None and page.low[sign] not in _BETWEEN:
            return None
        group = harm.value.split()[0] if harm is not None else group
        sign += 1
    opens = at == page.bounds[sentence][0] or page.low[at - 1] in _OPENS or begins_line(page, at)
    if sign >= end or page.low[sign] not in _SIGNS or not opens:
        return None
    count = quantity_at(page, sign + 1, end, blocked)
    if count is None or count.op == "word":
        return None
    if count.last < end and page.low[count.last] not in _CLOSES and not begins_line(page, count.last):
        return None
    return TollReading(sentence, at, count.last, group, noun[2], "people", count, "part-label")
