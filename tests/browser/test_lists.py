"""What leaves the map: the table, what was set aside, saved files and paper."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, Feature, OpenMap, incidents

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


@SIZES
@LANGUAGES
@pytest.mark.parametrize("form", ["geojson", "csv"])
def test_what_is_shown_can_be_saved_and_is_what_was_given(
    open_map: OpenMap, form: str, size: dict[str, int], language: str
) -> None:
    features = incidents(300)
    features[2]["properties"]["title"] = "=SUM(A1) 𝄞 “quoted”"
    page = open_map(features, size=size, language=language, fragment="event_type=airstrike").page
    wanted = [f for f in features if f["properties"]["event_type"] == "airstrike"]
    page.locator(".menu summary").click()
    with page.expect_download() as started:
        page.locator(".menu-items button").nth(0 if form == "geojson" else 1).click()
    text = started.value.path().read_text(encoding="utf-8")
    if form == "geojson":
        saved = json.loads(text)["features"]
        assert [_plain(f) for f in saved] == [_plain(f) for f in wanted]
    else:
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert [row["id"] for row in rows] == [f["id"] for f in wanted]
        assert all(not re.match(r"[=+@\t\r]", cell) for row in rows for cell in row.values())


def _plain(feature: Feature) -> dict[str, Any]:
    properties = {key: value for key, value in feature["properties"].items() if key not in {"sites", "responses"}}
    return {"id": feature["id"], "geometry": feature["geometry"], **properties}


def test_the_table_sorts_all_incidents_and_keeps_the_unstated_last(open_map: OpenMap) -> None:
    features = incidents(80)
    page = open_map(features, fragment="view=table").page
    table = page.get_by_role("table")
    expect(table).to_have_attribute("aria-rowcount", str(len(features) + 1))
    for _ in range(2):
        page.get_by_role("button", name="Sort by Killed").click()
    expect(page.locator(".table-head .cell.killed")).to_have_attribute("aria-sort", "descending")
    first = page.locator(".table-row .cell.killed").first.inner_text()
    assert first.startswith(str(max(f["properties"]["killed_min"] or 0 for f in features)))
    page.locator(".table").evaluate("element => { element.scrollTop = element.scrollHeight; }")
    page.wait_for_timeout(100)
    assert page.locator(".table-row .cell.killed").last.inner_text() == "not stated"
    assert page.locator(".table-row").last.get_attribute("aria-rowindex") == str(len(features) + 1)


@SIZES
@LANGUAGES
def test_what_was_set_aside_is_listed_and_the_counts_add_up(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = incidents(50)
    aside = [
        {"source": "other-text", "kind": "cumulative", "value": 100 + n, "op": ">", "quote": f"over {100 + n} people",
         "start": n, "end": n + 15, "reason": "A total of the whole year.", "rule": "total", "contains": []}
        for n in range(60)
    ]  # fmt: skip
    page = open_map(features, size=size, language=language, set_aside=aside, articles=20).page
    page.locator(".tab").nth(1).click()
    expect(page.locator(".aside-list li")).to_have_count(50)
    page.locator(".aside .small").click()
    expect(page.locator(".aside-list li")).to_have_count(60)
    expect(page.locator(".aside-list li").last).to_contain_text("over 159 people")
    page.locator(".tab").last.click()
    expect(page.locator(".account")).to_be_visible()
    numbers = [int(text) for text in page.locator(".account dd").all_inner_texts()]
    articles, cited, aside_only, silent, total, placed, unplaced, set_aside = numbers
    assert articles == cited + aside_only + silent == 20
    assert total == placed + unplaced == 50
    assert (aside_only, set_aside) == (1, 60)


@SIZES
@LANGUAGES
def test_what_was_set_aside_is_narrowed_by_kind_and_leads_to_what_it_includes(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = incidents(6)
    aside: list[dict[str, Any]] = [
        {"source": "other-text", "kind": "age" if n % 3 else "period", "value": n, "op": "=", "quote": f"row {n}",
         "start": n, "end": n + 5, "reason": "counts something else", "rule": "r", "contains": []}
        for n in range(240)
    ]  # fmt: skip
    aside[3]["contains"] = [features[2]["id"], "i-gone"]
    page = open_map(features, size=size, language=language, set_aside=aside, articles=20).page
    page.locator(".tab").nth(1).click()
    chips = page.locator(".aside .chips button")
    expect(chips).to_have_count(2)
    rows = page.locator(".aside-list > li")
    expect(rows).to_have_count(50)
    chips.nth(1).click()
    expect(chips.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(rows).to_have_count(50)
    assert [int(text.split()[1]) for text in rows.locator(".quote p").all_inner_texts()] == list(range(0, 150, 3))
    more = page.locator(".aside > .small")
    assert "30" in more.inner_text()
    more.click()
    expect(rows).to_have_count(80)
    expect(more).to_be_hidden()
    chips.nth(0).click()
    expect(rows.first).to_contain_text("row 1")
    chips.nth(0).click()
    expect(rows.first).to_contain_text("row 0")
    link = rows.nth(3).locator(".includes button")
    expect(link).to_have_count(1)
    link.click()
    expect(page.locator(".record .identifier")).to_have_text(str(features[2]["id"]))


@SIZES
@LANGUAGES
def test_the_printed_sheet_has_map_list_and_sources(open_map: OpenMap, size: dict[str, int], language: str) -> None:
    features = incidents(12)
    page = open_map(features, size=size, language=language).page
    page.evaluate("window.print = () => window.dispatchEvent(new Event('beforeprint'))")
    page.locator(".menu summary").click()
    page.locator(".menu-items button").last.click()
    page.emulate_media(media="print")
    sheet = page.locator(".print-sheet")
    expect(sheet).to_be_visible()
    expect(page.locator(".folium-map")).to_be_visible()
    expect(page.locator(".panel")).to_be_hidden()
    for feature in features:
        expect(sheet).to_contain_text(feature["properties"]["title"])
        expect(sheet).to_contain_text(feature["properties"]["sources"][1]["sha256"])
        expect(sheet).to_contain_text(feature["properties"]["claims"][0]["quote"])
        expect(sheet).to_contain_text(feature["id"])
        if feature["geometry"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            expect(sheet).to_contain_text(f"{latitude}° N, {longitude}° E")


@LANGUAGES
def test_the_printed_sheet_says_that_it_is_filtered_only_where_it_is(open_map: OpenMap, language: str) -> None:
    features = incidents(12)
    for feature in features:
        feature["properties"]["event_type"] = "shelling"
    features[0]["properties"] |= {"event_type": "raid", "flags": ["possible-duplicate"]}
    page = open_map(features, language=language).page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    note = page.locator(".print-sheet > p").first
    all_told = note.inner_text()
    assert re.findall(r"\d+", all_told) == ["12"]
    page.emulate_media(media="screen")
    page.evaluate("location.hash = 'event_type=raid'")
    expect(page.locator(".filter-chip")).to_have_count(1)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".filter-chip bdi")).to_be_visible()
    assert re.findall(r"\d+", note.inner_text()) == ["1", "12"]
    # Filters that leave nothing out are named all the same.
    page.evaluate("location.hash = 'event_type=raid&event_type=shelling'")
    expect(page.locator(".filter-chip")).to_have_count(2)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert re.findall(r"\d+", note.inner_text()) == ["12", "12"]


def test_a_choice_in_force_says_what_it_is_about(open_map: OpenMap) -> None:
    page = open_map(incidents(12)).page
    page.evaluate("location.hash = 'event_type=unknown&toll=unstated'")
    chips = page.locator(".filter-chip bdi")
    expect(chips).to_have_text(["Kind of event: not stated", "Reported killed: not stated"])


def test_a_row_says_where_its_point_is_not_the_place_as_written(open_map: OpenMap) -> None:
    features = [one for one in incidents(30) if one["geometry"]][:5]
    told: list[tuple[dict[str, Any], list[str]]] = [
        ({"method": "gazetteer", "precision": "village"}, []),
        ({"method": "parent", "precision": "city", "uncertainty_m": 4000}, ["wider place"]),
        ({"method": "relative", "precision": "near"}, ["approximate"]),
        ({"method": "geocoder", "precision": "town", "needs_review": True}, ["answer of a geocoder"]),
        ({"method": "gazetteer", "precision": "village", "role": "background"}, ["in passing"]),
    ]
    for feature, (properties, _) in zip(features, told, strict=True):
        feature["properties"] |= {"role": "primary", "needs_review": False, **properties}
    page = open_map(features).page
    for feature, (_, words) in zip(features, told, strict=True):
        row = page.locator(f'.item[data-key="{feature["id"]}"]')
        expect(row).to_be_visible()
        assert row.locator(".chip").all_inner_texts() == words
    page.locator(f'.item[data-key="{features[1]["id"]}"]').click()
    expect(page.locator(".record .facts")).to_contain_text("within about 4 km of the point, if it lies there")
    page.locator(".wide-button").click()
    cells = page.locator(".table-row .cell.precision").all_inner_texts()
    assert [text for text in cells if "wider place" in text] == ["wider place: city"]


@SIZES
@LANGUAGES
def test_an_incident_that_may_be_another_leads_there_and_back(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = incidents(6)
    one, other, alone = (str(feature["id"]) for feature in features[:3])
    opened = open_map(
        features, size=size, language=language, fragment=f"id={one}", pairs=[(other, one), (one, "i-gone")]
    )
    page = opened.page
    link = page.locator(".record .twins button")
    expect(link).to_have_count(1)
    expect(page.locator(".record .identifier")).to_have_text(one)
    link.click()
    expect(page.locator(".record .identifier")).to_have_text(other)
    link.click()
    expect(page.locator(".record .identifier")).to_have_text(one)
    page.evaluate("id => { location.hash = 'id=' + id; }", alone)
    expect(page.locator(".record .identifier")).to_have_text(alone)
    expect(link).to_have_count(0)
