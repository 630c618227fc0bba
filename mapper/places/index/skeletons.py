"""Packed skeletons: see `index_format.packed`. How long they are, and which differ by one letter."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from mapper.places.index import format as form
from mapper.places.names.spelling import CONSONANTS

_SHIFTS: Final = range(form.SKELETON_BITS - form.SYMBOL_BITS, -1, -form.SYMBOL_BITS)
_LETTERS_AT: Final = {shift: [letter << shift for letter in range(1, len(CONSONANTS) + 1)] for shift in _SHIFTS}


def letters_of(code: int) -> int:
    """Return the number of letters of a packed skeleton.

    Examples
    --------
    >>> letters_of(form.packed("bd"))
    2
    """
    return form.SYMBOLS - ((code & -code).bit_length() - 1) // form.SYMBOL_BITS


def is_whole(code: int) -> bool:
    """Say whether a packed skeleton has all consonants of its names, and nothing else.

    Examples
    --------
    >>> is_whole(form.packed("bd")), is_whole(form.packed("bd" * 8)), is_whole(form.packed("A"))
    (True, False, False)
    """
    return not code & 15 and code != form.VOWELS


@lru_cache(maxsize=1 << 3)
def edited(code: int) -> Mapping[int, int]:
    """Return the packed skeletons with one letter more, less or other, or two neighbours swapped.

    Returns
    -------
    mapping of int to int
        To each, how many letters must at least be put in or taken out: 1 or 2.

    Examples
    --------
    >>> form.packed("bk") in edited(form.packed("bdk")), form.packed("b") in edited(form.packed("b"))
    (True, False)
    >>> edited(form.packed("bk"))[form.packed("kb")]
    2
    """
    bits = form.SYMBOL_BITS
    nearer: list[int] = []
    codes: list[int] = []
    for shift in _SHIFTS:
        head = code >> (shift + bits) << (shift + bits)
        letter, tail = code >> shift & 15, code & ((1 << shift) - 1)
        if code & 15 == 0:
            moved = (code - head) >> bits
            nearer += [head | other | moved for other in _LETTERS_AT[shift]]
        if not letter:
            break
        nearer.append(head | tail << bits)
        codes += [head | other | tail for other in _LETTERS_AT[shift]]
        if shift and (following := tail >> (shift - bits)):
            rest = tail & ((1 << (shift - bits)) - 1)
            codes.append(head | following << shift | letter << (shift - bits) | rest)
    costs = dict.fromkeys(nearer, 1) | dict.fromkeys(codes, 2)
    for none in (code, 0):
        costs.pop(none, None)
    return costs
