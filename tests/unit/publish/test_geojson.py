"""An incident in a file is what the contract says, or there is no file."""

from __future__ import annotations

import json
import math
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import InputError, LimitError
from mapper.model import Claim, Resolution, Toll
from mapper.publish import contract, geojson
from mapper.publish.geojson import feature, feature_faults, read_features, write_features

ARTICLES = {samples.ARTICLE.id: samples.ARTICLE}


def _written(tmp_path: Path, *features: geojson.Feature) -> bytes:
    path = tmp_path / "incidents.geojson"
    assert write_features(features, path) == len(features)
    return path.read_bytes()


def _refused(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "given.geojson"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        list(read_features(path))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_feature_has_the_properties_of_the_contract_in_its_order() -> None:
    made = samples.sample()
    assert list(made) == ["type", "id", "geometry", "properties"]
    assert list(made["properties"]) == list(contract.PROPERTIES)
    for name, kinds in contract.ROWS_OF.items():
        for row in made["properties"][name]:
            assert list(row) == list(kinds)
    assert feature_faults(made) == []


def test_the_values_are_those_of_the_incident() -> None:
    made = samples.sample()
    properties = made["properties"]
    assert made["geometry"] == {"type": "Point", "coordinates": [40.641235, 34.8733]}
    assert (properties["killed_min"], properties["killed_max"]) == (3, None)
    assert (properties["women_killed_min"], properties["women_killed_max"]) == (2, 2)
    assert (properties["injured_min"], properties["children_killed_max"]) == (None, None)
    assert properties["responses"] == ["denied"]
    assert properties["sites"] == []
    assert properties["score"] == 0.988
    assert [source["sha256"] for source in properties["sources"]] == [samples.ARTICLE.sha256]
    for claim in properties["claims"]:
        assert samples.TEXT[claim["start"] : claim["end"]] == claim["quote"]
    assert properties["claims"][0]["detail"] == {"group": "killed", "minimum": 3, "of": None}


def test_an_incident_without_a_point_has_a_null_geometry() -> None:
    made = feature(samples.incident(resolution=Resolution(status="not_found"), date=None), ARTICLES)
    assert made["geometry"] is None
    assert made["properties"]["uncertainty_m"] is None
    assert made["properties"]["date_start"] == ""
    assert feature_faults(made) == []


@pytest.mark.parametrize("pair", [(0.0, 0.0), (999.0, 34.0), (40.0, 91.0), (math.nan, 34.0), (math.inf, 0.0)])
def test_an_impossible_point_is_never_written_and_says_so(pair: tuple[float, float]) -> None:
    resolution = Resolution(status="resolved", longitude=pair[0], latitude=pair[1])
    made = feature(samples.incident(resolution=resolution), ARTICLES)
    assert made["geometry"] is None
    assert made["properties"]["flags"] == ["coordinates-refused"]
    assert feature_faults(made) == []


def test_a_number_that_readers_would_bend_is_not_written_as_one(tmp_path: Path) -> None:
    huge = 10**30
    account = samples.incident().accounts[0]
    claim = samples.claim("toll", huge, "At least three people")
    changed = type(account)(article=account.article, role="primary", lead=account.lead, claims=(claim,))
    made = feature(samples.incident(killed=Toll(minimum=huge), accounts=(changed,)), ARTICLES)
    assert made["properties"]["killed_min"] is None
    assert made["properties"]["claims"][0]["value"] == str(huge)
    assert made["properties"]["flags"] == ["number-too-large"]
    assert str(huge).encode() in _written(tmp_path, made)


def test_a_claim_of_an_unknown_article_is_refused() -> None:
    with pytest.raises(InputError, match="cites report-1, which is not among the articles"):
        feature(samples.incident(), {})


def test_the_file_is_one_feature_a_line_and_plain_json(tmp_path: Path) -> None:
    data = _written(tmp_path, samples.sample(), samples.sample())
    assert len(data.splitlines()) == 4
    document = json.loads(data)
    assert document == {"type": "FeatureCollection", "features": [samples.sample(), samples.sample()]}
    assert _written(tmp_path, samples.sample(), samples.sample()) == data


def test_an_empty_collection_is_a_file_too(tmp_path: Path) -> None:
    assert json.loads(_written(tmp_path)) == {"type": "FeatureCollection", "features": []}
    assert list(read_features(tmp_path / "incidents.geojson")) == []


@pytest.mark.parametrize("value", ["half \ud800 pair", 2**70, object()])
def test_what_json_cannot_hold_leaves_the_old_file(tmp_path: Path, value: object) -> None:
    before = _written(tmp_path, samples.sample())
    with pytest.raises(InputError, match="incident 'incident-1' cannot be written as JSON"):
        _written(tmp_path, samples.sample(title=value))
    assert (tmp_path / "incidents.geojson").read_bytes() == before


@given(given=st.lists(samples.features(), max_size=4))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, given: list[geojson.Feature]) -> None:
    path = tmp_path_factory.mktemp("geojson") / "a.geojson"
    write_features(given, path)
    assert list(read_features(path)) == given
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=2), encoding="utf-8")
    assert list(read_features(path)) == given, "another layout says the same"


def test_writing_and_reading_hold_no_more_than_a_buffer_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    tracemalloc.start()
    write_features((samples.sample(title=str(number)) for number in range(2_000)), path)
    assert sum(1 for _ in read_features(path)) == 2_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 3_000_000
    assert most < 1_000_000


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((b'"score":0.988', b'"score":NaN'), "not strict JSON"),
        ((b'"score":0.988', b'"score":0.988,"score":0.1'), "'score' appears twice"),
        ((b'"score":0.988', b'"score":1e999'), "not strict JSON"),
        ((b'"score":0.988', b'"score":"0.988"'), "properties.score is not number"),
        ((b'"killed_min":3', b'"killed_min":3.0'), "properties.killed_min is not integer or null"),
        ((b'"killed_min":3', b'"killed_min":true'), "properties.killed_min is not integer or null"),
        ((b'"killed_min":3', b'"killed_min":-3'), "properties.killed_min is not integer or null"),
        ((b'"killed_min":3', b'"killed_min":' + b"9" * 5000), "not strict JSON"),
        ((b'"killed_min":3', b'"killed_min":99999999999999999999'), "not strict JSON"),
        ((b'"role":"primary"', b'"role":"other"'), "properties.role is not one of `primary` `background`"),
        ((b'"flags":[]', b'"flags":"[]"'), "properties.flags is not list of text"),
        ((b'"flags":[]', b'"flag":[]'), "properties.flags is missing"),
        ((b'"title":"Air', b'"title":"\\ud800Air'), "not strict JSON"),
        ((b'"title":"Air', b'"title":"\xff\xfeAir'), "not strict JSON"),
        ((b"[40.641235,34.8733]", b"[999,34.8733]"), "longitude 999 is outside -180 to 180"),
        ((b"[40.641235,34.8733]", b"[0,0]"), "0, 0 is what a missing coordinate looks like"),
        ((b"[40.641235,34.8733]", b'["40.6","34.8"]'), "geometry.coordinates is not a pair of numbers"),
        ((b"[40.641235,34.8733]", b"[40.641235]"), "geometry.coordinates is not a pair of numbers"),
        ((b'"type":"Point"', b'"type":"Polygon"'), "geometry is neither a Point nor null"),
        ((b'"type":"Feature",', b""), "type is not `Feature`"),
        ((b'"id":"incident-1",', b""), "id is not text, not empty"),
        ((b'"quote":"two women"', b'"quote":""'), "claims[1].quote is not text, not empty"),
        ((b'"detail":{', b'"detail":{"more":{},'), "claims[0].detail is not object of scalars"),
        ((b"\n]}\n", b""), "cut off or added to"),
        ((b"\n]}\n", b"\n]}\n{}"), "cut off or added to"),
        ((b"\n]}\n", b'\n],"crs":1}\n'), "there is no comma after features[0]"),
        ((b'"FeatureCollection","features"', b'"FeatureCollection","feature"'), "`features` is not a list"),
        ((b"FeatureCollection", b"Topology"), "is not a GeoJSON FeatureCollection"),
    ],
    ids=lambda value: str(value[1][:30]) if isinstance(value, tuple) else "",
)
def test_a_file_that_another_reader_might_misread_is_refused(
    tmp_path: Path, change: tuple[bytes, bytes], words: str
) -> None:
    data = _written(tmp_path, samples.sample())
    assert data.count(change[0]) >= 1
    assert words in _refused(tmp_path, data.replace(*change, 1))


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"null", b"{", b"[" * 100_000, b'{"type":"FeatureCollection"}', b"\0" * 9]
)
def test_what_is_no_collection_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "given.geojson" in _refused(tmp_path, data)


def test_two_features_without_a_comma_are_refused(tmp_path: Path) -> None:
    data = _written(tmp_path, samples.sample(), samples.sample())
    assert "no comma after features[0]" in _refused(tmp_path, data.replace(b"},\n{", b"}\n{"))


def test_a_feature_or_file_past_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = _written(tmp_path, samples.sample())
    monkeypatch.setattr(geojson, "FEATURE_LIMIT", 1000)
    with pytest.raises(LimitError, match=r"features\[0\] is larger than the limit of 1,000 bytes"):
        list(read_features(tmp_path / "incidents.geojson"))
    (tmp_path / "other.geojson").write_bytes(data.replace(b"\n", b" "))
    with pytest.raises(LimitError, match="the limit is 1,000"):
        list(read_features(tmp_path / "other.geojson"))
    monkeypatch.setattr(geojson, "INCIDENTS_LIMIT", 100)
    with pytest.raises(LimitError, match="larger than the limit of 100 bytes"):
        list(read_features(tmp_path / "incidents.geojson"))


def test_every_field_of_a_claim_and_source_reaches_the_file() -> None:
    fields = set(Claim.__dataclass_fields__)
    assert fields == set(contract.CLAIM)
    article: Any = samples.ARTICLE
    assert all(hasattr(article, name) for name in contract.SOURCE)


def test_a_table_is_refused_with_what_to_give_instead(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("name,longitude\nTell Example,40.1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"names\.csv is not strict JSON: .*incidents\.geojson.*mapper map"):
        list(read_features(tmp_path / "names.csv"))
