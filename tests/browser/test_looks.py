"""What the page looks like at a glance: nothing over another thing, nothing cut off, nothing left unexplained."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, OpenMap, incidents

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


def boxes(page: Page, selector: str) -> list[dict[str, Any]]:
    """Boxes of what is really to be seen."""
    found: list[dict[str, Any]] = page.locator(selector).evaluate_all(
        """all => all.filter((e) => getComputedStyle(e).opacity !== "0").map((e) => {
            const {left, top, right, bottom} = e.getBoundingClientRect();
            return {left, top, right, bottom, of: e.closest(".spot")?.querySelector(".visually-hidden").textContent};
        })"""
    )
    return found


def touch(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two boxes share more than a hair's breadth."""
    across = min(a["right"], b["right"]) - max(a["left"], b["left"])
    down = min(a["bottom"], b["bottom"]) - max(a["top"], b["top"])
    return bool(across > 2 and down > 2)


@SIZES
def test_no_line_of_deaths_lies_over_another_marker(open_map: OpenMap, size: dict[str, int]) -> None:
    page = open_map(incidents(2000), size=size).page
    lines, discs = boxes(page, ".spot .toll"), boxes(page, ".spot .disc")
    assert lines
    assert len(discs) > 3
    assert [one for one in lines for other in discs if one["of"] != other["of"] and touch(one, other)] == []
    assert [(a, b) for n, a in enumerate(lines) for b in lines[:n] if touch(a, b)] == []


def test_a_line_of_deaths_that_waits_is_shown_where_its_marker_is_pointed_at(open_map: OpenMap) -> None:
    page = open_map(incidents(2000)).page
    crowded = page.locator(".spot.crowded").first
    expect(crowded.locator(".toll")).to_have_css("opacity", "0")
    crowded.focus()
    page.keyboard.press("Shift")
    expect(crowded.locator(".toll")).to_have_css("opacity", "1")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_table_draws_what_is_in_sight_and_no_more(open_map: OpenMap, width: int) -> None:
    page = open_map(incidents(1500), size={"width": width, "height": 844}, fragment="view=table").page
    assert 8 < page.locator(".table-row").count() < 60
    page.locator(".table").evaluate("e => { e.scrollTop = e.scrollHeight; }")
    expect(page.locator(".table-row").last).to_have_attribute("aria-rowindex", "1501")


@SIZES
def test_a_long_title_keeps_its_beginning_in_either_direction(open_map: OpenMap, size: dict[str, int]) -> None:
    features = incidents(6)
    for feature in features:
        feature["properties"]["title"] = "Shelling reported at the mill by the river, " + "and more " * 20
    page = open_map(features, size=size, language="ar").page
    title = page.locator(".item-title").first
    assert title.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert title.evaluate("e => getComputedStyle(e).textAlign") == "right"
    assert title.evaluate("e => e.scrollWidth > e.clientWidth")


@LANGUAGES
def test_the_map_says_what_its_numbers_are_and_the_axis_when(open_map: OpenMap, language: str) -> None:
    page = open_map(incidents(600), language=language).page
    key = page.locator(".map-key")
    expect(key).to_contain_text("reported killed" if language == "en" else "القتلى المبلّغ عنهم")
    expect(page.locator("h1")).to_have_text("Incident map" if language == "en" else "خريطة الحوادث")
    ticks = page.locator(".tick").all_inner_texts()
    assert len(ticks) >= 2
    assert all(any(c.isdigit() for c in text) for text in ticks)
    page.get_by_role("button", name="العربية" if language == "en" else "English").click()
    expect(key).not_to_contain_text("reported killed" if language == "en" else "القتلى المبلّغ عنهم")


def test_a_title_that_was_given_is_kept_in_both_languages(open_map: OpenMap) -> None:
    page = open_map(incidents(3), title="The river, spring").page
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("h1")).to_have_text("The river, spring")


def test_the_cluster_that_holds_the_open_record_is_marked(open_map: OpenMap) -> None:
    features = [f for f in incidents(300) if f["geometry"]]
    page = open_map(features, fragment="at=4/34.6/39.5").page
    expect(page.locator(".spot.chosen")).to_have_count(0)
    page.locator(".rows .item").first.click()
    expect(page.locator(".spot.chosen")).to_have_count(1)
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".spot.chosen")).to_have_count(0)


def test_a_set_aside_number_names_its_article_and_keeps_its_comparator(open_map: OpenMap) -> None:
    features = incidents(3)
    source = features[0]["properties"]["sources"][0]
    row = {"source": source["id"], "kind": "cumulative", "value": 5975, "op": ">=", "quote": "at least 5,975"}
    page = open_map(features, set_aside=[{**row, "start": 0, "end": 14, "reason": "A whole year."}]).page
    page.get_by_role("tab", name="Set aside").click()
    entry = page.locator(".aside-list li").first
    expect(entry).to_contain_text("at least 5,975 · ")
    expect(entry).to_contain_text(source["title"])


def test_the_place_itself_is_no_candidate_for_the_place(open_map: OpenMap) -> None:
    feature = next(f for f in incidents(9) if f["geometry"])
    properties = feature["properties"]
    same = {"id": properties["place_id"], "name": properties["place_name"], "score": 0.9, "kind": "village"}
    other = {**same, "id": "x:other", "name": "Other Mill"}
    properties["candidates"] = [{**row, "longitude": 1.0, "latitude": 2.0} for row in (same, other)]
    page = open_map([feature], fragment=f"id={feature['id']}").page
    expect(page.locator(".candidates li")).to_have_count(1)
    expect(page.locator(".candidates li")).to_contain_text("Other Mill")


def test_system_colours_leave_the_kinds_of_markers_apart(open_map: OpenMap) -> None:
    features = [f for f in incidents(60) if f["geometry"]][:2]
    for number, method in enumerate(("gazetteer", "geocoder")):
        features[number]["geometry"]["coordinates"] = [10.0 + number, 45.0]
        features[number]["properties"].update(method=method, precision="village", needs_review=method == "geocoder")
    page = open_map(features, fragment="at=9/45/10.5").page
    page.emulate_media(forced_colors="active")
    colours = page.locator(".spot .disc").evaluate_all("all => all.map((e) => getComputedStyle(e).backgroundColor)")
    assert len(set(colours)) == 2


def test_paper_keeps_the_markers_that_were_in_sight_as_large_as_it_can(open_map: OpenMap) -> None:
    page = open_map(incidents(300)).page
    before = page.locator(".spot").count()
    zoom = page.evaluate("incident_map.getZoom()")
    page.emulate_media(media="print")
    page.wait_for_timeout(200)
    assert page.evaluate("incident_map.getZoom()") >= zoom - 1
    assert page.locator(".spot").count() >= min(before, 2)
    page.emulate_media(media="screen")
    page.wait_for_timeout(200)
    assert page.evaluate("incident_map.getZoom()") == zoom
