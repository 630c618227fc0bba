"""What the page is for, on a desk and on a phone, in English and in Arabic, from disk and with no network."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from mapper.publish.any_incidents import read_any
from mapper.publish.view import MapView
from mapper.publish.webmap import write_map
from tests.browser.conftest import PHONE, ROOT, WIDE, Feature, OpenMap, incidents, labels_of
from tests.browser.test_access import violations
from tests.browser.test_map import shown

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


def ours(event: str, place: str, toll: int) -> Feature:
    """An incident as `mapper build` writes it: its title says what it says."""
    feature = next(f for f in incidents(20) if f["geometry"])
    feature["properties"].update(
        title=f"{event.capitalize()} reported in {place}: {toll} killed",
        event_type=event,
        actors=["government forces"],
        **dict.fromkeys(("killed_min", "killed_max"), toll),
        **dict.fromkeys(("injured_min", "injured_max")),
    )
    return feature


@SIZES
@LANGUAGES
def test_nothing_is_asked_for_and_only_the_scripts_of_the_page_may_run(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = incidents(40)
    page = open_map(features, size=size, language=language).page
    page.context.set_offline(True)
    page.locator(".rows .item").first.click()
    expect(page.locator(".record .source").first).to_be_visible()
    page.locator(".search").fill(features[7]["properties"]["claims"][0]["quote"])
    expect(page.locator(".counts")).to_contain_text("40")
    found = page.evaluate("""() => ({
        policy: document.querySelector("meta[http-equiv]").content,
        handlers: [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes])
            .filter(({name}) => name.startsWith("on")).length,
        pictures: document.querySelectorAll("img, iframe, object, embed, link[href], script[src]").length,
        asked: performance.getEntriesByType("resource").length,
    })""")
    assert found["policy"].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in found["policy"]
    assert (found["handlers"], found["pictures"], found["asked"]) == (0, 0, 0)


@SIZES
@LANGUAGES
def test_each_column_puts_the_table_in_order_both_ways(open_map: OpenMap, size: dict[str, int], language: str) -> None:
    features = incidents(60)
    page = open_map(features, size=size, language=language, fragment="view=table").page
    page.locator(".wide-button").click()
    page.locator(".tab").last.click()
    page.locator(".wide-button").click()
    box = page.locator(".table").bounding_box()
    assert box is not None
    assert box["height"] > 300
    page.locator(".table").evaluate("e => { e.style.height = '4000px'; e.style.flex = 'none'; }")
    for number in range(9):
        orders = []
        for direction in ("ascending", "descending"):
            head = page.locator(".table-head .cell").nth(number)
            if head.get_attribute("aria-sort") != direction:
                head.locator("button").click()
            expect(head).to_have_attribute("aria-sort", direction)
            page.locator(".table").evaluate("e => { e.scrollTop = 0; }")
            orders.append(page.locator(".table-row").evaluate_all(
                "(all, n) => all.map((row) => row.children[n].textContent)", number
            ))  # fmt: skip
        there, back = ([text for text in order if text] for order in orders)
        assert len(there) >= 5
        assert len(set(there[:1] + back[:1])) == min(2, len(set(there)))
    page.locator(".table-head button").first.click()
    identity = min(features, key=lambda f: f["properties"]["date_start"])["properties"]["title"]
    expect(page.locator(".table-row .link").first).to_have_text(identity)


@SIZES
@LANGUAGES
def test_what_was_opened_is_closed_by_the_button_back(open_map: OpenMap, size: dict[str, int], language: str) -> None:
    page = open_map(incidents(30), size=size, language=language, fragment="event_type=shelling").page
    count = shown(page)
    first, second = (page.locator(".rows .item").nth(number) for number in (0, 1))
    titles = [item.locator(".item-title").inner_text() for item in (first, second)]
    first.click()
    expect(page.locator(".record h2")).to_have_text(titles[0])
    page.locator(".record-bar button").first.click()
    expect(page.locator(".rows .item").first).to_be_focused()
    second.click()
    expect(page.locator(".record h2")).to_have_text(titles[1])
    page.locator(".wide-button").click()
    expect(page.locator(".table-row").first).to_be_visible()
    page.go_back()
    expect(page.locator(".table")).to_be_hidden()
    expect(page.locator(".record h2")).to_have_text(titles[1])
    page.go_back()
    expect(page.locator(".rows .item").first).to_be_visible()
    assert shown(page) == count
    page.go_forward()
    expect(page.locator(".record h2")).to_have_text(titles[1])


@SIZES
@LANGUAGES
def test_a_walk_by_keyboard_alone(open_map: OpenMap, size: dict[str, int], language: str) -> None:
    page = open_map(incidents(12), size=size, language=language).page
    walked: list[str] = []
    where = "(e) => `${e.tagName} ${e.className} ${e.getAttribute('role')}`"
    for _ in range(60):
        page.keyboard.press("Tab")
        walked.append(page.evaluate(f"({where})(document.activeElement)"))
    for part in ("skip", "search", "bar-button", "spot", "play", "handle low", "handle high", "tab tab", "item"):
        assert any(part in name for name in walked), part
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-body")).to_be_focused()
    page.locator(".tab").first.focus()
    page.keyboard.press("ArrowLeft" if language == "ar" else "ArrowRight")
    expect(page.locator(".tab").nth(1)).to_be_focused()
    expect(page.locator(".tab").nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowRight" if language == "ar" else "ArrowLeft")
    page.locator(".rows .item").nth(2).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".record h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".rows .item").nth(2)).to_be_focused()
    page.locator(".bar-button").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".filter-chip")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".bar-button").first).to_be_focused()


@SIZES
@LANGUAGES
def test_a_record_on_a_phone_is_a_sheet_with_the_place_above_it(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = incidents(30)
    page = open_map(features, size=size, language=language).page
    page.locator(".rows .item").nth(1).click()
    expect(page.locator(".record h2")).to_be_visible()
    page.wait_for_timeout(150)
    marker, map_, panel = (
        page.locator(name).first.bounding_box() for name in (".spot.chosen", ".map-holder", ".panel")
    )
    assert marker is not None
    assert map_ is not None
    assert panel is not None
    assert map_["y"] <= marker["y"] + marker["height"] / 2 <= map_["y"] + map_["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    if size is PHONE:
        assert panel["height"] > 0.55 * size["height"]


@SIZES
@LANGUAGES
def test_what_the_reader_of_articles_says_is_said_in_the_language_of_the_page(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    feature = ours("air strike", "Tell Example", 7)
    row = {"source": "a", "kind": "distance", "value": 40, "quote": "40 km", "start": 0, "end": 5}
    aside = [{**row, "reason": "a distance"}, {**row, "reason": "something of their own"}]
    page = open_map([feature], size=size, language=language, set_aside=aside).page
    title, actor, reason = {
        "en": (feature["properties"]["title"], "government forces", "a distance"),
        "ar": ("بلاغ عن غارة جوية في \u2068Tell Example\u2069: القتلى 7", "قوات حكومية", "مسافة"),
    }[language]
    expect(page.locator(".item-title")).to_have_text(title)
    page.locator(".rows .item").click()
    expect(page.locator(".record h2")).to_have_text(title)
    expect(page.locator(".record .facts")).to_contain_text(actor)
    page.locator(".tab").nth(2).click()
    expect(page.locator(".reason")).to_have_text([reason, "something of their own"])
    assert page.locator(".record h2, .reason bdi").first.evaluate("e => getComputedStyle(e).unicodeBidi") == "isolate"


@SIZES
@LANGUAGES
def test_quotes_stand_after_a_note_and_can_be_hidden(open_map: OpenMap, size: dict[str, int], language: str) -> None:
    features = incidents(8)
    page = open_map(features, size=size, language=language, fragment=f"id={features[0]['id']}").page
    note, quote = page.locator(".record .content-note"), page.locator(".record .source .quote p").first
    assert note.evaluate("(note) => !!(note.compareDocumentPosition(document.querySelector('.source .quote')) & 4)")
    expect(quote).to_be_visible()
    note.locator("button").click()
    expect(quote).to_be_hidden()
    note.locator("button").click()
    expect(quote).to_be_visible()


@SIZES
@LANGUAGES
def test_the_base_map_is_drawn_with_no_network(open_map: OpenMap, size: dict[str, int], language: str) -> None:
    features = incidents(200)
    labels = labels_of(features, {f"x:{number}": "تل المثال" for number in range(50)})
    page = open_map(features, size=size, language=language, labels=labels, fragment="at=7/34.6/37.5").page
    has = """(wanted) => {
        const canvas = document.querySelector(".base-canvas");
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", {willReadFrequently: true});
        copy.drawImage(canvas, 0, 0);
        const {data} = copy.getImageData(0, 0, canvas.width, canvas.height);
        const found = new Map();
        for (let at = 0; at < data.length; at += 4) {
            const colour = `${data[at]},${data[at + 1]},${data[at + 2]}`;
            found.set(colour, (found.get(colour) ?? 0) + 1);
        }
        const most = [...found].sort(([, a], [, b]) => b - a).slice(0, 2).map(([colour]) => colour);
        return most.sort().join() === wanted;
    }"""
    page.wait_for_function(has, arg="221,230,234,246,243,236")
    before = page.evaluate("document.querySelector('.base-canvas').toDataURL()")
    page.locator(".bar-button[lang]").click()
    page.wait_for_timeout(100)
    assert page.evaluate("document.querySelector('.base-canvas').toDataURL()") != before
    expect(page.locator(".leaflet-control-scale-line")).to_contain_text("km")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(has, arg="16,22,27,35,42,48")


@SIZES
@LANGUAGES
@pytest.mark.parametrize("state", ["list", "record", "popup", "filters", "table", "aside", "legend"])
def test_a_dark_page_holds_to_the_same_contrasts(
    open_map: OpenMap, size: dict[str, int], language: str, state: str
) -> None:
    features = incidents(40)
    aside = [{"source": "a", "kind": "age", "value": 4, "quote": "aged 4", "start": 0, "end": 6, "reason": "an age"}]
    fragment = {"record": f"id={features[3]['id']}", "table": "view=table&event_type=shelling"}.get(state, "")
    page = open_map(features, size=size, language=language, set_aside=aside, fragment=fragment).page
    page.emulate_media(color_scheme="dark")
    if state == "popup":
        page.locator(".spot.place").first.evaluate("e => e.click()")
        page.wait_for_selector(".pager .source")
    elif state == "filters":
        page.locator(".bar-button").first.click()
    elif state in {"aside", "legend"}:
        page.locator(".tab").nth(1 if state == "aside" else 2).click()
        page.wait_for_timeout(150)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 25, 29)"
    assert violations(page) == []
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@SIZES
@LANGUAGES
def test_kinds_of_markers_differ_for_every_kind_of_sight(
    open_map: OpenMap, size: dict[str, int], language: str
) -> None:
    features = [f for f in incidents(60) if f["geometry"]][:3]
    kinds = (("gazetteer", "village"), ("geocoder", "village"), ("relative", "near"))
    for number, (feature, (method, precision)) in enumerate(zip(features, kinds, strict=True)):
        feature["geometry"]["coordinates"] = [10.0 + number / 4, 45.0]
        feature["properties"].update(method=method, precision=precision, needs_review=method == "geocoder")
    page = open_map(features, size=size, language=language, fragment="at=9/45/10.25").page
    session = page.context.new_cdp_session(page)
    for sight in ("none", "protanopia", "deuteranopia", "tritanopia", "achromatopsia"):
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": sight})
        pictures = {spot.locator(".disc").screenshot() for spot in page.locator(".spot").all()}
        assert len(pictures) == 3, sight


TABLE = """when;Lat, Lon;where;deaths;source;link;what
3 February 2018;34.5, 40.9;Sunny Hill;12-15;Hill Post;https://example.org/a;A raid on the hill
2018-02;;Deep Vale;a few;Vale Wire;javascript:alert(1);Smoke over the vale
"""
LINES = (
    {"type": "Feature", "properties": {"name": "Mill"}, "geometry": {"type": "Point", "coordinates": [40, 35]}},
    {"name": "Weir", "lat": 35.5, "lon": 40.5, "fatalities": 4},
)


@SIZES
@LANGUAGES
@pytest.mark.parametrize("form", ["table", "lines"])
def test_a_file_that_somebody_else_wrote_is_drawn(
    open_map: OpenMap, tmp_path: Path, size: dict[str, int], language: str, form: str
) -> None:
    path = tmp_path / "theirs"
    path.write_text(TABLE if form == "table" else "\n".join(map(json.dumps, LINES)), encoding="utf-8")
    features: list[Any] = list(read_any(path, {}, lambda _: None))
    page = open_map(features, size=size, language=language).page
    assert shown(page) == 2
    titles = page.locator(".item-title").all_inner_texts()
    if form == "lines":
        assert titles == ["Mill", "Weir"]
        assert page.locator(".spot").count() >= 1
        return
    page.locator(".rows .item", has_text="A raid on the hill").click()
    expect(page.locator(".record .facts strong")).to_have_text(re.compile("12.{1,6}15"))
    assert page.locator(".record .source-title a").get_attribute("href") == "https://example.org/a"
    page.locator(".record-bar button").first.click()
    page.locator(".rows .item", has_text="Smoke over the vale").click()
    expect(page.locator(".record .source")).to_contain_text("Vale Wire")
    expect(page.locator(".record a")).to_have_count(0)


@SIZES
@LANGUAGES
def test_a_notebook_shows_the_map_in_a_frame_that_reaches_nothing(
    chromium: Browser, size: dict[str, int], language: str
) -> None:
    view = MapView({"type": "FeatureCollection", "features": incidents(20)}, language=language)
    context = chromium.new_context(viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]
    page: Page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(f"<!doctype html><title>Notebook</title><p id=secret>mine</p>{view._repr_html_()}")
    element = page.locator("iframe")
    assert element.get_attribute("sandbox") == "allow-scripts allow-downloads allow-popups"
    frame = page.frame_locator("iframe")
    expect(frame.locator("html[data-ready]")).to_be_attached(timeout=20_000)
    frame.locator(".rows .item").first.click()
    expect(frame.locator(".record .source").first).to_be_visible()
    inside = page.frames[-1]
    assert inside.evaluate("(() => { try { return parent.document.title; } catch { return 'shut'; } })()") == "shut"
    assert inside.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    assert asked == []
    context.close()


@SIZES
@LANGUAGES
def test_tiles_come_from_the_host_that_was_named_and_the_page_says_what_it_learns(
    chromium: Browser, tmp_path: Path, size: dict[str, int], language: str
) -> None:
    features = {"type": "FeatureCollection", "features": incidents(20)}
    address = "https://tiles.example/{z}/{x}/{y}.png"
    write_map(features, tmp_path / "map.html", tiles=address, attribution="© Example tiles", language=language)
    context = chromium.new_context(viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("https://**", lambda route: route.abort())
    page.goto((tmp_path / "map.html").as_uri())
    expect(page.locator("html[data-ready]")).to_be_attached(timeout=20_000)
    expect(page.locator(".attribution")).to_have_text("© Example tiles")
    page.locator(".tab").last.click()
    expect(page.locator(".warning")).to_contain_text("tiles.example")
    assert len(asked) > 4
    assert all(url.startswith("https://tiles.example/") for url in asked[1:])
    context.close()


def test_the_benchmark_measures_every_map_beside_ours() -> None:
    command = [sys.executable, "benchmarks/map.py", "--counts", "60", "--limit", "60"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in done.stdout.splitlines()[2:]]
    assert [row[0] for row in rows] == [
        *("ours", "folium.MarkerCluster", "FastMarkerCluster", "folium.GeoJson", "geopandas.explore")
    ]
    for maker, count, *figures, note in rows:
        assert count == "60"
        assert all(float(figure) >= 0 for figure in figures[: 8 if maker == "ours" else 6]), (maker, figures, note)
        assert ("size x" in note) == (maker != "ours")
