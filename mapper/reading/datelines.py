"""Datelines: where a wire story was filed from, which is not where it happened, but may be "the capital"."""

from __future__ import annotations

from typing import Final

from mapper.reading.page import Page
from mapper.reading.vocabulary import word_set

_DASHES: Final = frozenset({"-", "\u2013"})
_ENDS: Final = frozenset({":", "|", "-", "\u2013"})
_URGENT: Final = frozenset({"urgent", "breaking", "update", "flash", "new", "just", "in"})
_NO_PLACE: Final = ("reporter", "actor", "person_cue", "people", "report", "act", "harm", "speaker", "site", "doer")
_NOT_NAMES: Final = word_set("not_a_place") | word_set("calendar")
_JOINERS: Final = frozenset({"al", "el", "as", "ar", "ad", "az", "an", "-", "of"})
_LONGEST: Final = 5
_KINDS: Final = frozenset({"village", "town", "city", "camp"})
_HERE: Final = 3
_ACRONYM: Final = 4
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
    if b < end and page.low[b] in _DASHES:
        return True
    if b < end and page.low[b] == ",":  # "Exampla, Deltaland - …"
        wider = b + 1
        while wider < min(b + _LONGEST, end) and page.capital(wider):
            wider += 1
        if b + 1 < wider < end and page.low[wider] in _DASHES and page.text[page.ends[wider] :][:1].isspace():
            return True
    ahead = range(b, min(b + 9, end))
    closed = next((i for i in ahead if page.low[i] == ")"), -1)
    opened = any(page.low[i] == "(" for i in range(b, min(b + 4, end)))
    return opened and closed > 0 and closed + 1 < end and page.low[closed + 1] in _DASHES


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


def heading_place(page: Page, first: int, end: int) -> tuple[int, int] | None:
    """Return the words of the place that a note is headed with: "Exampla: five killed", "14:07 Exampla - shells fall".

    Parameters
    ----------
    page : Page
        The article.
    first, end : int
        Words of the sentence that the note begins with; `end` is exclusive.
    """
    start = first
    while start < end and (page.low[start] in _URGENT or page.low[start] in _ENDS or page.low[start][0].isdigit()):
        start += 1
    last = start
    while last < end and last - start < _LONGEST and (page.capital(last) or page.low[last] in _JOINERS):
        last += 1
    while last > start and not any(c.isupper() for c in page.words[last - 1]):
        last -= 1
    wider = last
    if wider < end and page.low[wider] == ",":
        wider += 1
        while wider < end and wider - last < _LONGEST and (page.capital(wider) or page.low[wider].isdecimal()):
            wider += 1
    if last == start or wider >= end or page.low[wider] not in _ENDS or not _is_apart(page, wider):
        return None
    if any(page.low[i] in _NOT_NAMES or any(page.mark(tag, i) for tag in _NO_PLACE) for i in range(start, last)):
        return None
    short = last - start == 1 and page.words[start].isupper() and len(page.words[start]) <= _ACRONYM
    return None if short else (start, last)


def _is_apart(page: Page, mark: int) -> bool:
    """Say whether a colon or a dash parts a heading from its text: not the hyphen of a name."""
    return page.text[page.ends[mark] : page.ends[mark] + 1].isspace()


def filed_here(page: Page, first: int, end: int) -> tuple[int, int] | None:
    """Return the words of "this farming town", which is where the story was filed from.

    Parameters
    ----------
    page : Page
        The article.
    first, end : int
        Words of a passage; `end` is exclusive.
    """
    for at in [at for at in range(first, end) if page.low[at] == "this"]:
        for ahead in range(at + 1, min(at + _HERE, end)):
            kind = page.mark("place_kind", ahead)
            if kind is not None and kind.value in _KINDS:
                return at, kind.last
    return None
