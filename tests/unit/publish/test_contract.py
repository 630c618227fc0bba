"""The table of fields, and the page that documents it, say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import samples
from hypothesis import given

from mapper.publish import contract, geojson, manifest, set_aside
from mapper.publish.geojson import Feature
from mapper.publish.tables import COLUMNS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "output.md"
TABLES = {
    "Properties of a feature": contract.PROPERTIES,
    "An entry of `candidates`": contract.CANDIDATE,
    "An entry of `sources`": contract.SOURCE,
    "An entry of `claims`": contract.CLAIM,
    "An entry of `set_aside.json`": contract.SET_ASIDE,
    "An entry of `pairs.json`": contract.PAIR,
    "Members of `manifest.json`": manifest.MEMBERS,
    "An entry of `inputs` and `outputs`": manifest.FILE_MEMBERS,
    "An entry of `articles`": manifest.ARTICLE_MEMBERS,
}


def _documented(heading: str) -> list[tuple[str, str]]:
    text = PAGE.read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \|$", section, flags=re.MULTILINE)
    assert section.count("\n| `") == len(rows), f"a row of {heading!r} has not three cells"
    return [(name, kind.strip()) for name, kind in rows]


@pytest.mark.parametrize("heading", TABLES)
def test_the_page_lists_every_field_in_order_with_its_type(heading: str) -> None:
    assert _documented(heading) == [(name, kind.name) for name, kind in TABLES[heading].items()]


def test_the_page_lists_the_columns_of_tables() -> None:
    text = PAGE.read_text(encoding="utf-8")
    listed = text.split("<!-- columns -->", 1)[1].split("<!-- end -->", 1)[0]
    assert re.findall(r"`(\w+)`", listed) == list(COLUMNS)


def test_the_page_tells_the_limits() -> None:
    section = PAGE.read_text(encoding="utf-8").split("## Limits\n", 1)[1]
    told = [int(number.replace(",", "")) for number in re.findall(r"([\d,]+) bytes", section)]
    assert told == [geojson.INCIDENTS_LIMIT, geojson.FEATURE_LIMIT, set_aside.SET_ASIDE_LIMIT]
    assert manifest.MANIFEST_LIMIT == set_aside.SET_ASIDE_LIMIT


@given(feature=samples.features())
def test_what_keeps_the_contract_has_no_fault(feature: Feature) -> None:
    assert contract.faults(feature["properties"], contract.PROPERTIES) == []


def test_what_stands_for_not_stated_keeps_the_contract() -> None:
    assert list(contract.EMPTY) == list(contract.PROPERTIES)
    assert contract.faults(dict(contract.EMPTY), contract.PROPERTIES) == []


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (contract.DATE, ["", "2018-02-28"], ["2018", "2018-13-01", "2018-02-28T00:00", None, " ", "2018-1-1"]),
        (contract.SHA256, ["0" * 64], ["", "0" * 63, "G" * 64, "A" * 64]),
        (contract.COUNT, [None, 0, 3], [-1, 3.0, True, "3", 2**53]),
        (contract.NUMBER, [0, 0.5, -1], [float("nan"), float("inf"), True, "0.5", None]),
        (contract.BOOLEAN, [True, False], [0, 1, None, "true"]),
        (contract.TEXTS, [[], ["a"]], ["a", ["a", None], None, ("a",)]),
        (contract.DETAIL, [{}, {"a": None, "b": 1}], [{"a": []}, {1: "a"}, [], None]),
        (contract.FILLED, ["a"], ["", None, 1]),
        (contract.SCALAR, [None, 1, "a", 1.5, False], [[], {}, float("nan")]),
    ],
    ids=lambda value: value.name if isinstance(value, contract.Kind) else "",
)
def test_each_kind_of_field_knows_its_own(kind: contract.Kind, good: list[object], bad: list[object]) -> None:
    assert all(kind.holds(value) for value in good)
    assert not any(kind.holds(value) for value in bad)
