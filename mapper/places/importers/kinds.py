"""What others call a place, in our words."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = {
    "country": "country", "nation": "country", "state": "governorate", "province": "governorate",
    "governorate": "governorate", "muhafazah": "governorate", "admin1": "governorate", "adm1": "governorate",
    "oblast": "governorate", "district": "district", "subdistrict": "district", "county": "district",
    "municipality": "district", "admin2": "district", "admin3": "district", "adm2": "district", "adm3": "district",
    "capital": "city", "city": "city", "cities": "city", "ppla": "city", "pplc": "city", "town": "town",
    "towns": "town", "village": "village", "villages": "village", "hamlet": "village", "settlement": "village",
    "community": "village", "farm": "village", "camp": "village", "ppl": "village", "inhabited": "village",
    "populated": "village", "locality": "village", "neighbourhood": "neighbourhood", "neighborhood": "neighbourhood",
    "suburb": "neighbourhood", "quarter": "neighbourhood", "pplx": "neighbourhood", "site": "site",
    "hospital": "site", "school": "site", "mosque": "site", "church": "site", "airport": "site", "building": "site",
    "bridge": "site", "monument": "site", "sea": "sea", "gulf": "sea", "bay": "sea", "ocean": "sea",
    "strait": "sea", "region": "region", "area": "region", "desert": "region", "valley": "region",
}  # fmt: skip
# Getty's Art and Architecture Thesaurus, which Linked Places types refer to.
_AAT: Final = {
    "300128207": "country", "300000774": "governorate", "300000776": "governorate", "300000705": "district",
    "300008389": "city", "300008375": "town", "300008372": "village", "300008347": "village",
    "300000745": "neighbourhood", "300182722": "region", "300008687": "sea",
}  # fmt: skip
_FEATURE_CLASSES: Final = {"p": "village", "a": "governorate", "s": "site", "h": "region", "t": "region", "l": "region"}


def kind_called(*labels: str) -> str:
    """Find our word for the first label that has one; empty if none has.

    Examples
    --------
    >>> kind_called("aat:300008372"), kind_called("Large Town"), kind_called("P"), kind_called("windmill")
    ('village', 'town', 'village', '')
    """
    for label in labels:
        for number in re.findall(r"\d{9}", label[:200]):
            if number in _AAT:
                return _AAT[number]
        lowered = label.strip().lower()[:200]
        if lowered in _FEATURE_CLASSES:
            return _FEATURE_CLASSES[lowered]
        for word in re.findall(r"[a-z]+\d?", lowered):
            if word in _WORDS:
                return _WORDS[word]
    return ""
