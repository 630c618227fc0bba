"""Datelines: where a wire story was filed from, which is not where it happened, but may be "the capital"."""

from __future__ import annotations

from typing import Final

from mapper.reading.page import Page

DASHES: Final = frozenset({"-", "\u2013"})
_LONGEST: Final = 5
_DATED: Final = 9
"""So many words and marks on, the dash stands behind a second place and a date."""
_HEAD: Final = 3
"""Sentences in which a story may begin, after its headline."""


def ends_dateline(page: Page, b: int, end: int) -> bool:
    """Say whether a sentence begins "EXAMPLA (Wire) -": where it was written, not where it happened.

    Parameters
    ----------
    page : Page
        The article.
    b : int
        The word after the place.
    end : int
        The word after the sentence.
    """
    if b < end and page.low[b] in DASHES:
        return True
    if b + 1 < end and page.low[b] == "/" and page.capital(b + 1):  # "Exampla/Betaville, 15 May - …"
        dash = next((i for i in range(b + 1, min(b + _DATED, end)) if page.low[i] in DASHES), -1)
        return dash > 0 and page.text[page.ends[dash] :][:1].isspace()
    if b < end and page.low[b] == ",":  # "Exampla, Deltaland - …"
        wider = b + 1
        while wider < min(b + _LONGEST, end) and page.capital(wider):
            wider += 1
        if b + 1 < wider < end and page.low[wider] in DASHES and page.text[page.ends[wider] :][:1].isspace():
            return True
    ahead = range(b, min(b + 9, end))
    closed = next((i for i in ahead if page.low[i] == ")"), -1)
    opened = any(page.low[i] == "(" for i in range(b, min(b + 4, end)))
    return opened and closed > 0 and closed + 1 < end and page.low[closed + 1] in DASHES


def dateline(page: Page) -> str:
    """Return the place that a wire story was filed from: "EXAMPLA, Deltaland (Wire) - …", or "".

    Parameters
    ----------
    page : Page
        The article.
    """
    for first, end in page.bounds[:_HEAD]:
        last = first
        while last < end and page.words[last].isupper() and page.words[last].isalpha():
            last += 1
        if last > first and last < end and (page.low[last] == "," or ends_dateline(page, last, end)):
            return page.quote(*page.span(first, last))
    return ""
