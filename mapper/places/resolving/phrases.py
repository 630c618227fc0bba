"""What the words around a name say of it: what contains it, which list it is part of, whether it is a division."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mapper.model import Toponym
from mapper.places.finding.cues import cues, spelled_out
from mapper.places.finding.known import WIDE

SAID: Final = frozenset({"country", "region", "sea"})
_GAP: Final = len(", and ")
_LISTED: Final = frozenset({",", "and", ", and", "or", ", or"})
_DISTRICTS: Final = frozenset({"department", "district", "county", "prefecture", "region", "province"})
_LONGEST_GAP: Final = 70
_TOWNLY: Final = "village|town|city|suburb|hamlet|community|settlement|neighbou?rhood|quarter|district|port|resort|camp"
_POINTS: Final = "(?:north|south|east|west|northeast|northwest|southeast|southwest|outside|just outside)"
_PART_OF: Final = re.compile(
    rf",? an? (?:[\w-]{{2,14}} ){{0,3}}(?:{_TOWNLY}) (?:in|near|outside|{_POINTS} of) (?:the )?(?:\w{{2,12}} of )?"
    rf"| (?:{_TOWNLY}|area|section) (?:of|in) (?:the )?(?:city of )?"
    rf"|, (?:about )?(?:\w{{1,8}} (?:miles|km|kilomet(?:er|re)s) )?{_POINTS} of (?:the )?"
)
_OPENING: Final = re.compile(
    r"(?:^|[.!?\n\u201c\u201d\"]\s{0,3})(?:In|Across) (?:the )?"
    r"(?:(?:north|south|east|west|northern|southern|eastern|western|central) )?$"
)
_LONGEST_OPENING: Final = 24
_KINDS: Final = ("state", "province", "State", "Province", "governorate", "Governorate")


def in_full(toponym: Toponym) -> str:
    """Write an abbreviated division or country in full."""
    if toponym.kind in WIDE and (full := cues().divisions.get(toponym.text.rstrip("."))):
        return full
    return spelled_out(toponym.text)


def containers_of(text: str, kept: Sequence[Toponym], n: int) -> tuple[str, ...]:
    """Read what contains a name: the divisions and countries that follow it after commas."""
    found: list[str] = []
    if _breadth(kept[n]) and not _breadth(kept[n]) < _breadth(kept[min(n + 1, len(kept) - 1)]):
        return ()
    while n + 1 < len(kept) and len(found) < 2:
        gap = text[kept[n].end : kept[n + 1].start]
        if gap.strip() not in {",", "("} or len(gap) > 3 or kept[n + 1].kind not in WIDE or kept[n + 1].demonym:
            break
        found.append(in_full(kept[n + 1]))
        n += 1
    return tuple(found)


def opened_by(text: str, kept: Sequence[Toponym], n: int) -> str:
    """Read what a sentence says first of where all that it tells happened: "In Exampla, Birk was flooded".

    Not of a name that all the world knows elsewhere.

    Examples
    --------
    >>> names = [Toponym(start=3, end=10, text="Exampla", kind="country"), Toponym(start=12, end=16, text="Birk")]
    >>> opened_by("In Exampla, Birk was flooded.", names, 1)
    'Exampla'
    """
    if n == 0 or kept[n].kind in WIDE or kept[n - 1].kind not in WIDE or kept[n - 1].demonym:
        return ""
    whole, one = kept[n - 1], kept[n]
    if text[whole.end : one.start] != ", " or (one.country and one.country != whole.country):
        return ""
    is_opening = _OPENING.search(text, max(0, whole.start - _LONGEST_OPENING), whole.start) is not None
    return in_full(whole) if is_opening else ""


def whole_of(text: str, kept: Sequence[Toponym], n: int) -> str:
    """Read what a name is said to be in, or to lie by: "X, a village in Y", "the X district of Y", "X, south of Y".

    Examples
    --------
    >>> names = [Toponym(start=4, end=11, text="Exampla"), Toponym(start=24, end=34, text="Samplecity")]
    >>> whole_of("the Exampla district of Samplecity", names, 0)
    'Samplecity'
    """
    if n + 1 == len(kept) or kept[n].kind in SAID or kept[n + 1].demonym:
        return ""
    gap = text[kept[n].end : min(kept[n + 1].start, kept[n].end + _LONGEST_GAP + 1)]
    is_said = len(gap) <= _LONGEST_GAP and _PART_OF.fullmatch(gap) is not None
    return in_full(kept[n + 1]) if is_said else ""


def as_a_town(text: str, toponyms: Sequence[Toponym], n: int) -> Toponym:
    """Take the name of a country or division before that of a division for a town there: "Lebanon, Tenn."."""
    one = toponyms[n]
    if one.kind not in {"country", "governorate"} or one.demonym or n + 1 == len(toponyms):
        return one
    whole = toponyms[n + 1]
    if whole.kind != "governorate" or whole.demonym or text[one.end : whole.start] != ", ":
        return one
    is_short = in_full(whole).casefold() != whole.text.casefold()
    is_abroad = bool(whole.country) and bool(one.country) and whole.country != one.country
    after = text[whole.end : whole.end + 2]
    is_aside = after == ", " and not text[whole.end + 2 :].startswith(("and ", "or ")) and not _goes_on(toponyms, n + 1)
    is_listed = n > 0 and toponyms[n - 1].kind == one.kind and text[toponyms[n - 1].end : one.start] == ", "
    if is_short or ((is_abroad or is_aside) and not is_listed and not _goes_on(toponyms, n + 1)):
        return replace(one, kind="", country="", admin1="")
    return one


def _goes_on(toponyms: Sequence[Toponym], n: int) -> bool:
    """Say whether a list of divisions or countries goes on behind one."""
    return n + 1 < len(toponyms) and toponyms[n + 1].kind in WIDE and toponyms[n + 1].start - toponyms[n].end <= _GAP


def is_among_divisions(text: str, kept: Sequence[Toponym], n: int) -> bool:
    """Say whether a name stands between divisions: "Oregon, Washington and Idaho"."""
    for one, other, peer in ((n - 1, n, n - 1), (n, n + 1, n + 1)):
        if 0 <= peer < len(kept) and kept[peer].kind == "governorate" and kept[peer].country:
            gap = text[kept[one].end : kept[other].start].split()
            if " ".join(gap) in _LISTED and (kept[n].kind == "governorate" or peer == n - 1):
                return True
    return False


def is_division(text: str, kept: Sequence[Toponym], n: int) -> bool:
    """Say whether a name that is also a city's is here that of the division: "Albany, New York", "Washington state"."""
    one = kept[n]
    if one.kind != "governorate":
        return False
    after = text[one.end : one.end + 12].split(" ")
    if len(after) > 1 and after[0] == "" and after[1].rstrip(".,;:") in _KINDS:
        return True
    if n == 0 or kept[n - 1].kind in WIDE or text[kept[n - 1].end : one.start] != ", ":
        return False
    is_listed = n > 1 and text[kept[n - 2].end : kept[n - 1].start] == ", " and kept[n - 2].kind not in WIDE
    return not is_listed and not _listed(text, kept, n)


def is_district(text: str, one: Toponym) -> bool:
    """Say whether a name is called a division of a lower order: "the Ain department"."""
    after = text[one.end : one.end + 14].split(" ")
    return len(after) > 1 and after[0] == "" and after[1].rstrip(".,;:") in _DISTRICTS


def _listed(text: str, kept: Sequence[Toponym], n: int) -> bool:
    """Say whether a list goes on behind a name."""
    return n + 1 < len(kept) and " ".join(text[kept[n].end : kept[n + 1].start].split()) in _LISTED


def _breadth(toponym: Toponym) -> int:
    """Order countries and the like above divisions above all else."""
    return 2 if toponym.kind in SAID else 1 if toponym.kind in WIDE else 0
