"""Titles that say what is reported and nothing more."""

from __future__ import annotations

from typing import Final

from mapper.incidents.located import Located
from mapper.model import PlaceReference, Toll

_RELATIONS: Final = {"near": "near", "off_coast": "off", "countryside": "in the countryside of", "part_of": "in"}


def title_of(event_type: str, told: Located, killed: Toll, injured: Toll) -> str:
    """Compose a neutral title.

    Parameters
    ----------
    event_type : str
        "air strike", "shelling", …, or "unknown".
    told : Located
        The account whose place is known best.
    killed, injured : Toll
        Ranges.

    Returns
    -------
    str
        "Air strike reported in Tell Example: 3 to 5 killed"; the one "reported" governs it all.
    """
    kind = "incident" if event_type in {"", "unknown"} else event_type.replace("_", " ").replace("-", " ")
    harm = [
        f"{words} {what}" for toll, what in ((killed, "killed"), (injured, "injured")) if (words := range_words(toll))
    ]
    return f"{kind[:1].upper()}{kind[1:]} reported{_where(told)}" + (f": {', '.join(harm)}" if harm else "")


def range_words(toll: Toll) -> str:
    """Say a range in words.

    Examples
    --------
    >>> range_words(Toll(minimum=3, maximum=3)), range_words(Toll(minimum=13)), range_words(Toll(maximum=15))
    ('3', 'at least 13', 'up to 15')
    >>> range_words(Toll(minimum=42, maximum=55))
    '42 to 55'
    """
    low, high = toll.minimum, toll.maximum
    if low is None:
        return "" if high is None else f"up to {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _where(told: Located) -> str:
    place = told.account.place
    if place is None:
        return ""
    name = _name(place) or told.resolution.place_name
    if name:
        return f" {_RELATIONS.get(place.relation, 'in')} {name}"
    return f", {told.account.place_as_written}" if told.account.place_as_written else ""


def _name(place: PlaceReference) -> str:
    """Name the place as the source does; one that is only described is not named."""
    if place.relation in {"direction", "between"} and not place.name:
        return ""
    return place.name or (place.anchors[0] if place.anchors else "")
