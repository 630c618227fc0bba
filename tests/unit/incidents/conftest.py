from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from mapper.incidents.copies import fingerprint
from mapper.incidents.identity import account_id
from mapper.incidents.located import Located, SourceSummary
from mapper.model import (
    RADIUS_M,
    Account,
    Claim,
    ClaimKind,
    Comparator,
    DateValue,
    PlaceReference,
    Precision,
    Resolution,
    Role,
    Span,
)

_ENDS: dict[str, Callable[[int], tuple[int | None, int | None]]] = {
    "=": lambda n: (n, n),
    ">=": lambda n: (n, None),
    "<=": lambda n: (None, n),
}


def _count(source: str, n: int, op: Comparator, group: str, of: str | None, reporters: Sequence[str]) -> Claim:
    low, high = _ENDS[op](n)
    detail = {"group": group, "of": of, "population": "civilians", "minimum": low, "maximum": high, "lead": True}
    return Claim(
        id=f"{source}-{group}-{of}-{n}",
        source=source,
        kind="toll",
        value=n,
        op=op,
        quote="q",
        start=0,
        end=1,
        rule="r",
        reporters=tuple(reporters),
        detail=detail,
    )


def tell_of(
    source: str,
    *,
    day: str | tuple[str, str] | None = None,
    edtf: str = "",
    killed: int | None = None,
    op: Comparator = "=",
    injured: int | None = None,
    women: int | None = None,
    place: str = "Tell Example",
    at: tuple[float, float] | None = (40.0, 35.0),
    precision: Precision = Precision.VILLAGE,
    place_id: str = "",
    candidates: Sequence[Any] = (),
    actors: Sequence[str] = ("the Northern coalition",),
    event: str = "air strike",
    site: str = "",
    lead: str = "",
    start: int = 0,
    text: str = "",
    published: str = "",
    publisher: str = "",
    origin: str = "",
    reporters: Sequence[str] = (),
    role: Role = "primary",
    flags: Sequence[str] = (),
) -> Located:
    """Make one account of an invented event, as if it had been read and located."""
    lead = lead or f"Warplanes bombed {place}, {source} wrote."
    claims = [_count(source, n, op, group, of, reporters) for n, group, of in (
        (killed, "killed", None), (injured, "injured", None), (women, "killed", "women"),
    ) if n is not None]  # fmt: skip
    claims += [_claim(source, "actor", actor) for actor in actors]
    claims += [_claim(source, "site", site)] if site else []
    when = None
    if day is not None:
        first, last = (day, day) if isinstance(day, str) else day
        when = DateValue(edtf=first if first == last else f"{first}/{last}", start=first, end=last, text=f"on {first}")
    elif edtf:
        when = DateValue(edtf=edtf, start="", end="", text=edtf)
    account = Account(
        article=source,
        role=role,
        lead=Span(start, start + len(lead)),
        claims=tuple(claims),
        event_type=event,
        place=PlaceReference(name=place, start=start, end=start + 1) if place else None,
        place_as_written=place,
        date=when,
        flags=tuple(flags),
    )
    resolution = Resolution(
        status="resolved" if at else "ambiguous" if candidates else "not_found",
        longitude=at[0] if at else None,
        latitude=at[1] if at else None,
        place_id=place_id,
        place_name=place,
        precision=precision if at else Precision.UNKNOWN,
        uncertainty_m=RADIUS_M[precision] if at else None,
        candidates=tuple(candidates),
    )
    body = text or f"{lead} Only {source} has this text of its own, and nobody printed it again anywhere."
    sha256 = hashlib.sha256(f"{source}{body}".encode()).hexdigest()
    return Located(
        id=account_id(sha256, account),
        account=account,
        resolution=resolution,
        source=SourceSummary(
            id=source, sha256=sha256, publisher=publisher, origin=origin, published=published, print=fingerprint(body)
        ),
        lead=lead,
        context=lead,
    )


def _claim(source: str, kind: ClaimKind, value: str) -> Claim:
    return Claim(
        id=f"{source}-{kind}-{value}", source=source, kind=kind, value=value, quote="q", start=0, end=1, rule="r"
    )


@pytest.fixture(scope="session")
def tell() -> Callable[..., Located]:
    return tell_of
