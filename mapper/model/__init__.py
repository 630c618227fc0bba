"""The nouns of the project, and the seams between its rooms.

Data flows one way: an `Article` is read into a `Reading` (one `Account` for each
event that the article tells of, and what was `SetAside`); each account's
`PlaceReference` gets a `Resolution`; accounts of one event become an
`Incident`. Every value is a `Claim` that names the span of text it came from.

Offsets count characters of `Article.text`, from 0, end-exclusive:
``article.text[claim.start:claim.end] == claim.quote``, always.
"""

from __future__ import annotations

from mapper.model.account import Account, Claim, DateValue, PlaceReference, Reading, SetAside
from mapper.model.article import Article, SourceRun, Span
from mapper.model.incident import Incident, Judgement, Toll
from mapper.model.place import Candidate, Place, PlaceContext, Resolution, Toponym
from mapper.model.seams import Extractor, Geocoder, PlaceResolver, ToponymFinder
from mapper.model.words import (
    ONE_ANSWER_M,
    RADIUS_M,
    ClaimKind,
    Comparator,
    JSONScalar,
    Precision,
    Relation,
    ResolutionStatus,
    ReviewStatus,
    Role,
)

__all__ = [
    "ONE_ANSWER_M",
    "RADIUS_M",
    "Account",
    "Article",
    "Candidate",
    "Claim",
    "ClaimKind",
    "Comparator",
    "DateValue",
    "Extractor",
    "Geocoder",
    "Incident",
    "JSONScalar",
    "Judgement",
    "Place",
    "PlaceContext",
    "PlaceReference",
    "PlaceResolver",
    "Precision",
    "Reading",
    "Relation",
    "Resolution",
    "ResolutionStatus",
    "ReviewStatus",
    "Role",
    "SetAside",
    "SourceRun",
    "Span",
    "Toll",
    "Toponym",
    "ToponymFinder",
]
