"""The closed vocabularies: comparators, kinds, relations, precisions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal

JSONScalar = str | int | float | bool | None

Comparator = Literal["=", ">=", ">", "<=", "<", "~", "word"]
ClaimKind = Literal["toll", "place", "date", "actor", "response", "site"]
Role = Literal["primary", "background"]
ReviewStatus = Literal["unreviewed", "accepted", "edited", "rejected"]
ResolutionStatus = Literal["resolved", "ambiguous", "not_found"]
Relation = Literal["at", "near", "direction", "between", "off_coast", "part_of", "countryside"]


class Precision(StrEnum):
    """How exactly a place is known, from a door to a sea."""

    EXACT = "exact"
    SITE = "site"
    STREET = "street"
    LANDMARK = "landmark"
    NEIGHBOURHOOD = "neighbourhood"
    VILLAGE = "village"
    TOWN = "town"
    CITY = "city"
    NEAR = "near"
    PART_OF = "part_of"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    COUNTRY = "country"
    SEA = "sea"
    UNKNOWN = "unknown"


RADIUS_M: Final[Mapping[Precision, int]] = {
    Precision.EXACT: 10,
    Precision.SITE: 100,
    Precision.STREET: 300,
    Precision.LANDMARK: 500,
    Precision.NEIGHBOURHOOD: 2_500,
    Precision.VILLAGE: 3_000,
    Precision.TOWN: 3_000,
    Precision.CITY: 3_000,
    Precision.NEAR: 15_000,
    Precision.PART_OF: 5_000,
    Precision.DISTRICT: 20_000,
    Precision.GOVERNORATE: 60_000,
    Precision.COUNTRY: 300_000,
    Precision.SEA: 200_000,
    Precision.UNKNOWN: 300_000,
}
"""Default radius of each precision, metres: where a better one is not known.

The settlement radii are measured: monitors' village pins lie 1.2 km (median)
and 2.7 km (80th percentile) from the later exact position.
"""

ONE_ANSWER_M: Final = 10_000
"""Near-equal candidates closer than this (metres) are one answer, covered by one circle."""
