"""What is in sight when the map opens, and how the rest is reached."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, OpenMap, incidents

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


@SIZES
@LANGUAGES
def test_the_first_view_is_where_nearly_all_lie_and_says_how_many_do_not(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = [feature for feature in incidents(60) if feature["geometry"]]
    for feature in features[:2]:
        feature["geometry"] = {"type": "Point", "coordinates": [-60.5, -30.25]}
    page = open_map(features, size=size, language=language).page
    outside = page.locator(".outside")
    expect(outside).to_contain_text("2")
    near = page.evaluate("window.incident_map.getZoom()")
    counts = page.locator(".spot .disc").all_inner_texts()
    assert sum(int(text) for text in counts) == len(features) - 2
    outside.focus()
    page.keyboard.press("Enter")
    expect(outside).to_be_hidden()
    assert page.evaluate("window.incident_map.getZoom()") <= near - 2
    assert page.evaluate("document.activeElement.classList.contains('folium-map')")
    counts = page.locator(".spot .disc").all_inner_texts()
    assert sum(int(text) for text in counts) == len(features)


def test_what_a_filter_shows_outside_of_the_view_is_one_press_away(open_map: OpenMap) -> None:
    features = [feature for feature in incidents(40) if feature["geometry"]]
    features[0]["geometry"] = {"type": "Point", "coordinates": [-60.5, -30.25]}
    features[0]["properties"]["event_type"] = "raid"
    page = open_map(features).page
    page.evaluate("location.hash = 'event_type=raid&at=8/35/39'")
    expect(page.locator(".outside")).to_contain_text("1")
    expect(page.locator(".spot")).to_have_count(0)
    page.locator(".outside").click()
    expect(page.locator(".spot")).to_have_count(1)
    expect(page.locator(".outside")).to_be_hidden()


def test_nothing_lies_over_an_open_popup(open_map: OpenMap) -> None:
    features = [feature for feature in incidents(40) if feature["geometry"]]
    longitude, latitude = features[0]["geometry"]["coordinates"]
    page = open_map(features, fragment=f"at=14/{latitude}/{longitude}").page
    expect(page.locator(".outside")).to_be_visible()
    page.locator(".spot").first.click()
    expect(page.locator(".leaflet-popup")).to_be_visible()
    expect(page.locator(".outside")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".outside")).to_be_visible()


def test_points_on_both_sides_of_the_antimeridian_are_one_view(open_map: OpenMap) -> None:
    features = [f for f in incidents(20) if f["geometry"]][:4]
    for feature, longitude in zip(features, (179.6, -179.7, 178.9, -179.1), strict=True):
        feature["geometry"]["coordinates"] = [longitude, -17.0]
    page = open_map(features).page
    # The address follows the view a moment after it has come to rest.
    expect(page).to_have_url(re.compile(r"[#&]at=\d+"))
    zoom = re.search(r"at=(\d+)", page.evaluate("location.hash"))
    assert zoom is not None
    assert int(zoom.group(1)) >= 7
    assert sum(int(text) if text else 1 for text in page.locator(".spot .disc").all_inner_texts()) == 4


def test_no_incident_is_an_answer_too(open_map: OpenMap) -> None:
    page = open_map([]).page
    expect(page.locator(".empty")).to_contain_text("no incidents")
