"""Whom an article names: people whose surnames are also places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mapper.places.finding.cues import cues, given_names
from mapper.places.finding.lexer import Words

_NAME_REACH: Final = 3


def people_in(words: Words, is_place: Callable[[int], bool]) -> frozenset[str]:
    """Collect the surnames of a text: the last capitalised word after a given name or a title.

    Parameters
    ----------
    words : Words
        The article.
    is_place : callable
        Says whether a surely known place starts at a word.
    """
    listed, given = cues(), given_names()
    found: set[str] = set()
    for i in words.named:
        low = words.low[i]
        if low not in given and not (low in listed.titles and low not in listed.kind_before):
            continue
        if words.titled[i]:
            continue
        if low in given and is_place(i):
            continue
        last = i
        while last + 1 < len(words.low) and last - i < _NAME_REACH and words.beside(last) and words.capitals[last + 1]:
            if words.low[last + 1] in listed.titles or words.gaps[last] == "-":
                break
            last += 1
        if last > i and not (low in listed.titles and is_place(i + 1) and words.low[i + 1] not in given):
            found.add(words.low[last])
    return frozenset(found)
