"""Forms in which names of places stand: what leads to one, and which of two contains the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper.reading.page import ACT, HARM, Mark, Page
from mapper.reading.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.reading.place_names import NameAt

_ASIDE: Final = 14
LONGEST_ASIDE: Final = 5
_ASIDE_LEADS: Final = frozenset({"in", "near", "outside", "north", "south", "east", "west", "a"})
_PASSIVE: Final = frozenset({"was", "were", "came"})
_ON_PLACES: Final = frozenset({"bombed", "bombarded", "shelled", "raided", "stormed", "pounded", "struck"})
OFFICES: Final = frozenset(
    {"mayor", "mukhtar", "municipality", "council", "residents", "resident", "inhabitants", "villagers", "farmers"}
)
"""Before "of", these say whose they are, and not where something happened: "the mayor of Exampla"."""
_TOWNS: Final = frozenset({"village", "town", "city"})
_ENCLOSES: Final = frozenset({"(", ",", "in", "the", "at"})
_BRACKET: Final = 6
NAMED_AFTER_TOWNS: Final = frozenset({"checkpoint"})
"""Sites that bear the name of the town or village that they are in, or on the way to."""
PREFIXES: Final = ("al-", "el-", "ad-", "ar-", "as-", "at-", "an-", "az-", "ash-", "adh-")
_SETTLEMENTS: Final = word_set("settlement_words")
_JOINERS: Final = frozenset({"al", "el", "abu", "ibn", "bin", "umm", "ad", "as", "ash", "an", "ar", "az", "-", "ul"})
BEFORE_OK: Final = frozenset(
    {"in", "at", "on", "of", "near", "from", "to", "into", "the", "around", "across", "inside", "outside"}
)
LONGEST_NAME: Final = 5
LABEL_SIGNS: Final = frozenset({":", "=", ">"})
_SIGN: Final = 2


def suffers(page: Page, last: int, end: int) -> bool:
    """Say whether the words behind a subject make it a place that was hit: "X was shelled", "X, in Beta, was attacked".

    Parameters
    ----------
    page : Page
        The article.
    last, end : int
        The word behind the subject, and the one after its sentence.
    """
    verb = next((at for at in range(last, min(last + _ASIDE, end)) if page.low[at] in _PASSIVE), -1)
    if verb < 0 or verb + 2 >= end:
        return False
    mark = page.mark("act", verb + 1) or page.mark("act", verb + 2)
    if mark is None:
        return False
    if verb > last:
        return page.low[last] == "," == page.low[verb - 1] and page.low[last + 1] in _ASIDE_LEADS
    return page.low[verb] == "came" or page.low[mark.first] in _ON_PLACES


def label_sign(page: Page, label: Mark, end: int) -> int:
    """Return the word that parts a label from the name of a place: the colon of "Where: Exampla"; 0 for none.

    Parameters
    ----------
    page : Page
        The article.
    label : Mark
        Cue of the tag `place_label`.
    end : int
        The word after the sentence.
    """
    sign = label.last
    while sign < min(label.last + _SIGN, end) and page.low[sign] in LABEL_SIGNS:
        sign += 1
    return sign - 1 if sign > label.last else 0


def at_site(page: Page, at: int) -> bool:
    """Say whether "at" follows a site or a road: "a dental clinic at Exampla", "the highway at Exampla".

    Parameters
    ----------
    page : Page
        The article.
    at : int
        A word of it, not the first.
    """
    if page.low[at] != "at":
        return False
    site, kind = page.mark("site", at - 1), page.mark("place_kind", at - 1)
    return (site is not None and site.last == at) or (kind is not None and kind.value == "street")


def at_aside(page: Page, at: int) -> bool:
    """Say whether "at" and a name stand between commas: "the camp, at Exampla, is home to thousands".

    Parameters
    ----------
    page : Page
        The article.
    at : int
        A word of it, not the first.
    """
    last = at + 1
    while last < min(at + LONGEST_ASIDE, len(page.low)) and page.capital(last):
        last += 1
    apart = page.low[at] == "at" and page.low[at - 1] == ","
    return apart and at + 1 < last < len(page.low) and page.low[last] == ","


def of_division(page: Page, sign: int) -> bool:
    """Say whether a sign parts the label of a division from its name: "District: Exampla".

    Parameters
    ----------
    page : Page
        The article.
    sign : int
        A word of it.
    """
    return any(mark.last == sign for mark in page.marked("division_label", max(0, sign - _SIGN), sign))


def at_settlement(page: Page, at: int) -> bool:
    """Say whether "at" goes on with a name in the form of a settlement's: "at Kafr Example".

    Parameters
    ----------
    page : Page
        The article.
    at : int
        A word of it.
    """
    if page.low[at] != "at" or at + 1 >= len(page.low) or not page.capital(at + 1):
        return False
    following = page.low[at + 1]
    return following.startswith(PREFIXES) or following in _SETTLEMENTS


def names_next(page: Page, kind: Mark, end: int) -> bool:
    """Say whether a kind of place belongs to the name behind it: "the Idlib town of X", "the Damascus suburb of X".

    Parameters
    ----------
    page : Page
        The article.
    kind : Mark
        The cue of the kind.
    end : int
        End of the sentence.
    """
    smaller = kind.value in _TOWNS or page.low[kind.last - 1] == "suburb"
    if not smaller or kind.last + 1 >= end or page.low[kind.last] != "of" or _own_suburb(page, kind):
        return False
    following = page.words[kind.last + 1]
    return following[0].isupper() or following.startswith(PREFIXES)


def _own_suburb(page: Page, kind: Mark) -> bool:
    """Say whether the name before "suburb" is the suburb's own, by its form: "the Ain Example suburb of Deltaford"."""
    if page.low[kind.last - 1] != "suburb":
        return False
    name = name_before(page, kind.first, max(0, kind.first - LONGEST_NAME))
    if name is None:
        return False
    first = page.low[name[0]]
    return name[1] - name[0] > 1 or first.startswith(PREFIXES) or first in _SETTLEMENTS


def contains_next(page: Page, name: NameAt, following: NameAt, gap: Sequence[int]) -> bool:
    """Say whether a name contains the next: "the Idlib town of X", "Raqqa (X quarter)", "Raqqa, in the X quarter".

    Parameters
    ----------
    page : Page
        The article.
    name, following : NameAt
        Two names of one sentence.
    gap : sequence of int
        The words between them and their kinds.
    """
    if not gap:
        return following.outer_first < following.first and page.low[following.first - 1] == "of"
    smaller = (
        following.said and following.kind == "neighbourhood" and name.kind not in {"neighbourhood", "street", "site"}
    )
    return smaller and all(page.low[i] in _ENCLOSES for i in gap)


def is_suburb(page: Page, part: int, first: int) -> bool:
    """Say whether "suburb of" comes before the name of the suburb: "the X suburb of Y", not "a suburb of X".

    Parameters
    ----------
    page : Page
        The article.
    part : int
        Word of "suburb".
    first : int
        First word of the sentence.
    """
    if page.low[part] != "suburb" or part == first:
        return False
    return page.low[part - 1] in {"the", "'s"} or (page.low[part - 1] not in {"a", "an"} and page.capital(part - 1))


def before_bracket(page: Page, at: int) -> int:
    """Return the word of the bracket that ends right before a word: "Ministry (MoE) in"; the word itself for none.

    Parameters
    ----------
    page : Page
        The article.
    at : int
        A word of it.
    """
    if at and page.low[at - 1] == ")":
        return next((i for i in range(at - 2, max(0, at - _BRACKET), -1) if page.low[i] == "("), at)
    return at


def name_after(page: Page, at: int, end: int) -> tuple[int, int] | None:
    """Read the name in "village of X" or "village called X"."""
    if page.low[at] not in {"of", "called", "named", "known"}:
        return None
    at += 1
    if at < end and page.low[at] == "as":
        at += 1
    start = at
    while at < end and at - start < LONGEST_NAME and (namelike(page, at)):
        at += 1
    while at > start and not page.capital(at - 1) and "-" not in page.words[at - 1]:
        at -= 1
    return (start, at) if at > start else None


def namelike(page: Page, at: int) -> bool:
    """Say whether a word may be one of a name: a capital, an article, "Abu"; neither an act nor a kind of place."""
    word = page.words[at]
    if page.kinds[at] & (ACT | HARM):
        return False
    return (
        (word[0].isupper() and not page.mark("place_kind", at))
        or page.low[at] in _JOINERS
        or (word.lower().startswith(("al-", "el-", "ad-", "as-", "ar-", "az-", "an-")))
    )


def name_before(page: Page, kind: int, first: int) -> tuple[int, int] | None:
    """Read the name in "the X neighbourhood"."""
    at = kind
    while at > first and kind - at < LONGEST_NAME and namelike(page, at - 1) and not page.mark("bearing", at - 1):
        at -= 1
    while at < kind and (not page.capital(at) and "-" not in page.words[at] and page.low[at] not in _JOINERS):
        at += 1
    while at < kind and page.mark("locative", at) is not None and "-" not in page.words[at]:
        at += 1  # "In" begins a sentence, not the name
    if at == kind:
        return None
    lead = page.low[at - 1] if at > first else ","
    led = lead in BEFORE_OK or lead in {",", "and", "(", "'s"}
    led = led or any(page.mark(tag, at - 1) for tag in ("bearing", "locative", "near", "act"))
    if not led or page.mark("reporter", at) or (page.mark("actor", at) and kind - at == 1):
        return None
    if at == first and kind - at == 1 and not page.capital(kind):
        return None
    return at, kind
