"""What a reader does with the map, in a real browser, on a desk and on a phone, in English and Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Feature, OpenMap, incidents, labels_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


def shown(page: Page) -> int:
    """How many incidents the heading says are shown."""
    numbers = re.findall(r"[\d,]+", page.locator(".counts").inner_text())
    return int(numbers[0].replace(",", ""))


def places_of(features: list[Feature]) -> dict[tuple[float, float], list[Feature]]:
    places: dict[tuple[float, float], list[Feature]] = {}
    for feature in features:
        if feature["geometry"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            places.setdefault((longitude, latitude), []).append(feature)
    return places


def go(page: Page, longitude: float, latitude: float, zoom: int = 16) -> None:
    page.evaluate(f"location.hash = 'at={zoom}/{latitude}/{longitude}'")
    page.wait_for_timeout(120)


def pages_of(page: Page) -> Iterator[str]:
    """The text of each page of the open popup or panel."""
    while True:
        expect(page.locator(".pager .source").first).to_be_visible()
        yield " ".join(page.locator(".pager-body").inner_text().split())
        following = page.locator(".pager .page-button").nth(1)
        if following.count() == 0 or following.is_disabled():
            return
        before = page.locator(".pager-count").inner_text()
        following.click()
        expect(page.locator(".pager-count")).not_to_have_text(before)
        page.wait_for_timeout(60)


@SIZES
@LANGUAGES
def test_a_click_on_each_point_shows_every_incident_there_with_its_sources(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = incidents(24)
    page = open_map(features, size=size, language=language).page
    for (longitude, latitude), here in places_of(features).items():
        go(page, longitude, latitude)
        page.locator(".spot.place").first.click()
        texts = list(pages_of(page))
        assert len(texts) == len(here)
        for feature in sorted(here, key=lambda f: f["properties"]["date_start"]):
            properties = feature["properties"]
            text = next(
                text for text in texts if properties["title"] in text and properties["sources"][0]["title"] in text
            )
            for source in properties["sources"]:
                assert source["title"] in text
                assert source["publisher"] in text
            for claim in properties["claims"]:
                assert claim["quote"] in text
                assert re.search(rf"{claim['start']}\D{{1,6}}{claim['end']}", text)


WORDS = {
    "en": ("lower end", "upper end", "Reported killed", "denied"),
    "ar": ("الحد الأدنى", "الحد الأعلى", "القتلى المبلّغ عنهم", "نفى"),
}


@SIZES
@LANGUAGES
def test_the_whole_record_names_hash_link_and_who_sets_each_end(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = incidents(30)
    lower, upper, killed, denied = WORDS[language]
    feature = next(f for f in features if "toll-conflict" in f["properties"]["flags"] and f["geometry"])
    first, second = (source["id"] for source in feature["properties"]["sources"])
    for source, day in ((first, "2016-03-20"), (second, "2016-03-22")):
        words = {"source": source, "quote": "that day", "start": 9000, "end": 9008, "rule": "r", "reporters": []}
        claim = {**words, "id": f"{source}/date/9000-9008", "kind": "date", "op": None}
        feature["properties"]["claims"].append({**claim, "value": day, "detail": {"start": day, "end": day}})
    answer = {**words, "id": "answer", "kind": "response", "op": None, "value": "denied", "detail": {}}
    feature["properties"]["claims"].append({**answer, "quote": "no such raid"})
    page = open_map(features, size=size, language=language, fragment=f"id={feature['id']}").page
    record = page.locator(".record")
    for source in feature["properties"]["sources"]:
        expect(record).to_contain_text(source["sha256"])
        link = record.get_by_role("link", name=source["title"], exact=True)
        assert link.get_attribute("href") == source["url"]
        assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    expect(record.locator(".end", has_text=lower)).to_have_count(1)
    expect(record.locator(".end", has_text=upper)).to_have_count(1)
    low, high = feature["properties"]["killed_min"], feature["properties"]["killed_max"]
    tolls, days = (record.locator(".conflict").nth(number).locator("li strong") for number in (0, 1))
    expect(tolls).to_have_text([str(low), str(high)])
    for day in ("20", "22"):
        expect(days.filter(has_text=re.compile(rf"^{day} "))).to_have_count(1)
    expect(record).to_contain_text(killed)
    expect(record.locator(".responses")).to_contain_text(denied)
    expect(record.locator(".responses")).to_contain_text("no such raid")


@SIZES
@LANGUAGES
def test_facets_narrow_list_markers_time_and_address_together(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = incidents(120)
    page = open_map(features, size=size, language=language).page
    wanted = [f for f in features if f["properties"]["event_type"] == "shelling"]
    page.locator(".bar-button").first.click()
    page.locator('input[data-facet="event_type:shelling"]').check()
    assert shown(page) == len(wanted)
    assert "event_type=shelling" in page.evaluate("location.hash")
    if size is PHONE:
        page.locator(".drawer .small").click()
    expect(page.locator(".rows .item").first).to_be_visible()
    assert page.locator(".rows [aria-setsize]").first.get_attribute("aria-setsize") == str(len(wanted))
    assert incidents_on_map(page) == sum(1 for f in wanted if f["geometry"])
    page.locator(".filter-chip").click()
    assert shown(page) == len(features)


def incidents_on_map(page: Page) -> int:
    """Sum of the incidents of all markers, when the whole area is in sight."""
    page.evaluate("location.hash = location.hash.replace(/at=[^&]*/u, 'at=4/34.6/39.5')")
    page.wait_for_timeout(200)
    discs = page.locator(".spot .disc").all_inner_texts()
    return sum(int(text) if text else 1 for text in discs)


@SIZES
@LANGUAGES
def test_clusters_add_up_to_incidents_and_to_a_range_of_reported_deaths(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = incidents(300)
    placed = [f["properties"] for f in features if f["geometry"]]
    page = open_map(features, size=size, language=language).page
    assert incidents_on_map(page) == len(placed)
    low = high = 0
    for text in page.locator(".spot .toll").all_text_contents():
        ends = [int(end.replace(",", "")) for end in re.findall(r"[\d,]+", text)]
        low, high = low + ends[0], high + ends[-1]
    assert low == sum(p["killed_min"] or 0 for p in placed)
    assert high == sum(p["killed_max"] or 0 for p in placed)


@SIZES
@LANGUAGES
def test_a_place_is_found_in_any_spelling_and_a_quote_by_its_words(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = incidents(40)
    target = next(f for f in features if f["geometry"] and f["properties"]["claims"][0]["kind"] == "toll")
    properties = target["properties"]
    same = [f for f in features if f["properties"]["place_id"] == properties["place_id"]]
    properties["place_name"] = "Tell Shu'bat"
    for feature in same:
        feature["properties"].update(place_name="Tell Shu'bat", place_as_written="Tell Shu'bat")
    labels = labels_of(features, {properties["place_id"]: "تل شعبة"})
    page = open_map(features, size=size, language=language, labels=labels).page
    box = page.locator(".search")
    for spelling in ("Tell Shu’bat", "tell shubat", "تلّ شُعبة", "تل شعبه"):
        box.fill(spelling)
        expect(page.locator(".counts")).to_have_text(re.compile(rf"^\D*{len(same)}\D"))
    words = properties["claims"][0]["quote"]
    box.fill(words)
    expect(page.locator(".rows .item")).to_have_count(1)
    expect(page.locator(".rows .item")).to_contain_text(properties["title"])


@SIZES
@LANGUAGES
def test_the_time_slider_narrows_and_plays(open_map: OpenMap, size: dict[str, int], language: str) -> None:
    features = incidents(200)
    page = open_map(features, size=size, language=language).page
    low = page.locator(".handle.low")
    low.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    start = re.search(r"from=([\d-]+)", page.evaluate("location.hash"))
    assert start is not None
    assert shown(page) == sum(1 for f in features if f["properties"]["date_end"] >= start.group(1))
    before = page.locator(".time-span").inner_text()
    page.locator(".play").click()
    page.wait_for_timeout(900)
    page.locator(".play").click()
    assert page.locator(".time-span").inner_text() != before
    page.locator(".time-bar .link").click()
    assert shown(page) == len(features)


@SIZES
@LANGUAGES
def test_a_permalink_brings_back_incident_view_and_filters(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = incidents(60)
    opened = open_map(features, size=size, language=language)
    page = opened.page
    item = page.locator(".rows .item").nth(3)
    title = item.locator(".item-title").inner_text()
    item.click()
    expect(page.locator(".record h2")).to_have_text(title)
    # On a phone the buttons of the map make room for the record; the map is still there.
    page.evaluate("incident_map.zoomIn(1, {animate: false})")
    page.wait_for_timeout(300)
    address = page.evaluate("location.href")
    assert "id=" in address
    assert "at=" in address
    zoom = re.search(r"at=(\d+)", address)
    other = page.context.new_page()
    other.goto(address)
    other.wait_for_selector("html[data-ready]", state="attached")
    expect(other.locator(".record h2")).to_have_text(title)
    assert zoom is not None
    assert f"at={zoom.group(1)}/" in other.evaluate("location.href")


def test_everything_can_be_reached_and_left_by_keyboard(open_map: OpenMap) -> None:
    features = incidents(20)
    page = open_map(features).page
    (longitude, latitude), _ = next(iter(places_of(features).items()))
    go(page, longitude, latitude)
    marker = page.locator(".spot").first
    marker.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup .source").first).to_be_visible()
    assert page.evaluate("document.querySelector('.leaflet-popup').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    assert page.evaluate("document.activeElement.classList.contains('spot')")
    page.locator(".rows .item").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".record h2")).to_be_focused()


@SIZES
@LANGUAGES
def test_markers_and_clusters_have_names(open_map: OpenMap, size: dict[str, int], language: str) -> None:
    page = open_map(incidents(300), size=size, language=language).page
    names = [spot.locator(".visually-hidden").inner_text() for spot in page.locator(".spot").all()]
    assert names
    assert all(re.search(r"\d", name) or len(name) > 5 for name in names)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")


def test_the_language_changes_without_losing_the_place(open_map: OpenMap) -> None:
    features = incidents(30)
    page = open_map(features, fragment=f"id={features[0]['id']}").page
    page.get_by_role("button", name="العربية").click()
    assert page.evaluate("[document.documentElement.dir, document.documentElement.lang]") == ["rtl", "ar"]
    expect(page.locator(".record h2")).to_have_text(features[0]["properties"]["title"])
    assert page.locator(".record h2 bdi").get_attribute("dir") == "auto"
    page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.dir") == "ltr"


@SIZES
@LANGUAGES
def test_uncertainty_is_drawn_by_shape_and_pattern(open_map: OpenMap, size: dict[str, int], language: str) -> None:
    features = [f for f in incidents(60) if f["geometry"]]
    for number, (method, precision, review) in enumerate(
        [("gazetteer", "village", False), ("geocoder", "town", True), ("relative", "near", False)]
    ):
        feature = features[number]
        feature["geometry"]["coordinates"] = [10.0 + number / 4, 45.0]
        feature["properties"].update(method=method, precision=precision, needs_review=review, uncertainty_m=5000)
    page = open_map(features[:3], size=size, language=language, fragment="at=9/45/10.25").page
    assert page.locator(".spot.place:not(.hollow, .hatched)").count() == 1
    assert page.locator(".spot.hollow").count() == 1
    assert page.locator(".spot.hatched").count() == 1
    for kind, dashes in (("plain", "none"), ("hollow", "5px, 4px"), ("hatched", "2px, 3px")):
        area = page.locator(f"path.area.{kind}")
        expect(area).to_have_count(1)
        assert area.evaluate("e => getComputedStyle(e).strokeDasharray") == dashes
    expect(page.locator("path.area.hatched")).to_have_css("fill", 'url("#hatch")')
    expect(page.locator("path.area.hollow")).to_have_css("fill", "none")
    page.locator(".tab").last.click()
    signs = page.locator(".legend-list li")
    expect(signs).to_have_count(6)
    assert all(len(words) > 15 for words in signs.all_inner_texts())
