"""Incidents made up for tests: plain ones, and every kind that Hypothesis can think of."""

from __future__ import annotations

from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from mapper.files import sha256_of
from mapper.model import (
    Account,
    Article,
    Candidate,
    Claim,
    DateValue,
    Incident,
    JSONScalar,
    Place,
    PlaceReference,
    Precision,
    Resolution,
    SetAside,
    Span,
    Toll,
)
from mapper.publish import contract
from mapper.publish.geojson import Feature, feature

TEXT: Final = (
    "At least three people, two women among them, were reported killed in an air strike on the village of "
    "Tell Example on 2 February 2018, according to a local monitor. The military denied it."
)

ARTICLE: Final = Article(
    id="report-1",
    file="reports/one.txt",
    sha256=sha256_of(TEXT.encode()),
    text=TEXT,
    title="A report",
    publisher="Example Monitor",
    url="https://example.org/report",
    published="2018-02-03",
)


def claim(kind: str, value: JSONScalar, quote: str, **more: Any) -> Claim:  # noqa: ANN401 - any field of the record
    """Make a claim of a quote that stands in `TEXT`."""
    start = TEXT.index(quote)
    number = more.pop("number", 1)
    return Claim(
        id=f"{ARTICLE.id}:{kind}:{start}:{number}",
        source=ARTICLE.id,
        kind=kind,  # type: ignore[arg-type]
        value=value,
        quote=quote,
        start=start,
        end=start + len(quote),
        rule=f"{kind}-rule",
        **more,
    )


CLAIMS: Final = (
    claim("toll", 3, "At least three people", op=">=", detail={"group": "killed", "of": None, "minimum": 3}),
    claim("toll", 2, "two women", op="=", detail={"group": "killed", "of": "women"}),
    claim("date", "2018-02-02", "2 February 2018", detail={"basis": "absolute"}),
    claim("place", "Tell Example", "the village of Tell Example", reporters=("a local monitor",)),
    claim("actor", "the military", "The military", detail={"stance": "denied"}),
    claim("response", "denied", "The military denied it"),
)

RESOLUTION: Final = Resolution(
    status="resolved",
    longitude=40.6412345678,
    latitude=34.8733,
    place_id="own:tell-example",
    place_name="Tell Example",
    admin1="Example Governorate",
    country="SY",
    precision=Precision.VILLAGE,
    uncertainty_m=3000,
    method="gazetteer",
    score=0.98765,
    candidates=(
        Candidate(
            place=Place(
                id="own:tell-example", name="Tell Example", longitude=40.64123456, latitude=34.8733, kind="village"
            ),
            score=0.98765,
            reasons=("name",),
        ),
    ),
)


def incident(**changes: Any) -> Incident:  # noqa: ANN401 - any field of the record
    """Make an incident of one article, with claims for every value."""
    account = Account(
        article=ARTICLE.id,
        role="primary",
        lead=Span(0, len(TEXT)),
        claims=CLAIMS,
        place=PlaceReference(name="Tell Example", start=0, end=12),
    )
    values: dict[str, Any] = {
        "id": "incident-1",
        "title": "Air strike reported, Tell Example",
        "role": "primary",
        "accounts": (account,),
        "resolution": RESOLUTION,
        "place_as_written": "the village of Tell Example",
        "event_type": "air strike",
        "actors": ("the military",),
        "date": DateValue(edtf="2018-02-02", start="2018-02-02", end="2018-02-02", text="2 February 2018"),
        "killed": Toll(minimum=3),
        "women_killed": Toll(minimum=2, maximum=2),
    }
    return Incident(**{**values, **changes})


def sample(**properties: Any) -> Feature:  # noqa: ANN401 - any property
    """Make a feature; keyword arguments replace its properties."""
    made = feature(incident(), {ARTICLE.id: ARTICLE})
    made["properties"] |= properties
    return made


def set_aside(**changes: Any) -> SetAside:  # noqa: ANN401 - any field of the record
    """Make an entry of what was set aside."""
    quote = "three people"
    start = TEXT.index(quote)
    values: dict[str, Any] = {
        "source": ARTICLE.id,
        "kind": "cumulative",
        "value": 3,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "reason": "a total",
        "rule": "total",
        "op": "=",
    }
    return SetAside(**{**values, **changes})


_HARD: Final = st.sampled_from(
    (
        *("=1+1", "-3", "+3", "@x", "'quoted", "\ttab", " =x", "\uff1d1", "'", "''", "'=", ""),
        *("a;b", "a; b", '["x"]', "[1]", "{}", "null", "NaN", "1", "true", "2018-01-02", 'say "x"', "]]>"),
        *("\u0642\u0631\u064a\u0629", "\u202eabc", "<b>&amp;</b>", "{{7*7}}", "C\u0327", "\U0001f5fa"),
        *("line\nbreak", "cr\r\nlf", "\x00", "a\x00b", "\x1b[31m"),
    )
)
texts: SearchStrategy[str] = _HARD | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
filled: SearchStrategy[str] = texts.filter(bool)
counts = st.none() | st.integers(0, 10_000) | st.just(contract.LARGEST_INTEGER)
dates: SearchStrategy[str] = st.just("") | st.dates().map(lambda day: day.isoformat())
longitudes = st.floats(-180, 180).map(lambda degrees: round(degrees, 6) + 0.0)
latitudes = st.floats(-90, 90).map(lambda degrees: round(degrees, 6) + 0.0)
scores = st.floats(0, 1).map(lambda score: round(score, 3))
scalars = st.none() | st.booleans() | st.integers(-1000, 1000) | scores | texts

_OF_KIND: Final[dict[contract.Kind, SearchStrategy[Any]]] = {
    contract.TEXT: texts,
    contract.FILLED: filled,
    contract.DATE: dates,
    contract.SHA256: st.binary(max_size=4).map(sha256_of),
    contract.BOOLEAN: st.booleans(),
    contract.NUMBER: scores,
    contract.OFFSET: st.integers(0, 100_000),
    contract.COUNT: counts,
    contract.SCALAR: scalars,
    contract.TEXTS: st.lists(texts, max_size=3),
    contract.DETAIL: st.dictionaries(texts, scalars, max_size=3),
}


def _row(kinds: dict[str, contract.Kind]) -> SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: _of(name, kind) for name, kind in kinds.items()})


def _of(name: str, kind: contract.Kind) -> SearchStrategy[Any]:
    if kind is contract.ROWS:
        return st.lists(_row(dict(contract.ROWS_OF[name])), max_size=2)
    if name == "longitude":
        return longitudes
    if name == "latitude":
        return latitudes
    if kind in _OF_KIND:
        return _OF_KIND[kind]
    words = [word for word in (*kind.name.replace("`", "").split(), None) if kind.holds(word)]
    return st.sampled_from(words)


@st.composite
def features(draw: DrawFn) -> Feature:
    """Draw any feature that keeps the contract."""
    longitude, latitude = draw(longitudes), draw(latitudes)
    placed = draw(st.booleans()) and (longitude, latitude) != (0.0, 0.0)
    return {
        "type": "Feature",
        "id": draw(filled),
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]} if placed else None,
        "properties": draw(_row(dict(contract.PROPERTIES))),
    }
