"""Hostile text in every field, in a real browser: nothing runs, and each text is shown exactly."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from payloads import ADDRESSES, PAYLOADS
from playwright.sync_api import Browser, Page, expect

from mapper.cells import allow_long_cells
from tests.browser.conftest import PHONE, WIDE, Feature, OpenMap, incidents

pytestmark = [pytest.mark.browser, pytest.mark.hostile, pytest.mark.xdist_group("browser")]

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])

STIR = """() => {
  const kinds = ["mouseover", "mouseenter", "mousemove", "pointerenter", "pointerover", "focus", "focusin", "toggle"];
  const touched = "a:not([target]), summary, .no-link, img, svg, p, i, div[onclick]";
  for (const element of document.body.querySelectorAll("*")) {
    for (const kind of kinds) element.dispatchEvent(new Event(kind, {bubbles: kind !== "mouseenter"}));
    if (element.matches(touched)) element.dispatchEvent(new MouseEvent("click", {bubbles: false}));
    if (element.matches("input, button, textarea, select, [tabindex], a")) element.focus({preventScroll: true});
  }
}"""
"""Hover, focus and touch everything there is, as a curious reader would."""


def stir(page: Page) -> int:
    """Stir the page, and say how often something ran that should not."""
    page.evaluate(STIR)
    page.wait_for_timeout(30)
    return int(page.evaluate("window.hit || 0"))


def poisoned(text: str, number: int) -> Feature:
    """An incident with the text in every field that holds text."""
    source = {
        **dict.fromkeys(
            ("file", "sha256", "title", "publisher", "author", "url", "archived_url", "published", "origin"), text
        ),
        "id": f"s{number}-{text}",
    }
    claims: list[dict[str, Any]] = [
        {
            "id": f"c{number}-{kind}-{text}",
            "source": source["id"],
            "kind": kind,
            "value": 3 if kind == "toll" else text,
            "op": "=" if kind == "toll" else None,
            "reporters": [text],
            "quote": text,
            "start": at,
            "end": at + len(text),
            "rule": text,
            "detail": {"group": text, "of": text, "start": text},
        }
        for at, kind in enumerate(("toll", "place", "date", "actor", "response", "site"))
    ]
    feature = incidents(1)[0]
    feature["id"] = f"i{number}-{text}"
    feature["geometry"] = {"type": "Point", "coordinates": [30.0 + number % 7, 30.0 + number % 5]}
    words = ("title", "event_type", "date_edtf", "date_text", "place_as_written", "place_name", "place_id", "admin1",
             "country", "precision", "method", "status", "role")  # fmt: skip
    feature["properties"].update(
        dict.fromkeys(words, text),
        actors=[text],
        flags=[text],
        sources=[source],
        claims=claims,
        candidates=[
            {"id": f"other {text}", "name": text, "longitude": 30.0, "latitude": 30.0, "score": 0.5, "reasons": [text]}
        ],
    )
    return feature


def test_the_harness_sees_a_naive_page_fail(chromium: Browser, tmp_path: Path) -> None:
    """The test of the test: the same texts, stirred the same way, in a popup made of raw HTML."""
    page = chromium.new_page()
    ran = 0
    for number, text in enumerate(PAYLOADS):
        path = tmp_path / f"{number}.html"
        data = json.dumps(text).replace("</", "<\\/")
        path.write_text(
            f"<!doctype html><meta charset=utf-8><body><div id=popup></div><script>popup.innerHTML = {data}</script>",
            encoding="utf-8",
        )
        page.goto(path.as_uri())
        ran += stir(page) > 0
    page.close()
    assert ran >= 24


@SIZES
def test_no_text_runs_and_each_is_shown_exactly(open_map: OpenMap, size: dict[str, int]) -> None:
    features = [poisoned(text, number) for number, text in enumerate(PAYLOADS)]
    aside = [
        {"source": text, "kind": text, "value": text, "quote": text, "reason": text, "rule": text, "op": text,
         "start": 0, "end": len(text), "contains": [text]}
        for text in PAYLOADS
    ]  # fmt: skip
    opened = open_map(features, size=size, set_aside=aside, title=PAYLOADS[0])
    page = opened.page
    assert page.title() == PAYLOADS[0]
    assert page.locator("h1").evaluate("e => e.textContent") == PAYLOADS[0]
    for feature, text in zip(features, PAYLOADS, strict=True):
        page.evaluate("id => { location.hash = new URLSearchParams({id}).toString(); }", feature["id"])
        page.wait_for_function("t => document.querySelector('.record h2')?.textContent === t", arg=text)
        read = page.evaluate("""() => ({
            quotes: [...document.querySelectorAll('.record .quote p')].map((e) => e.textContent),
            publisher: document.querySelector('.record .publisher').textContent,
            title: document.querySelector('.record .source-title').textContent,
            places: document.querySelector('.record .candidates bdi').textContent,
            chips: [...document.querySelectorAll('.record .chip')].map((e) => e.textContent),
            hash: document.querySelector('.record .custody code').textContent,
            links: document.querySelectorAll('.record a').length,
        })""")
        assert set(read["quotes"]) == {text}
        assert [read["publisher"], read["title"], read["places"], read["hash"]] == [text] * 4
        assert text in read["chips"]
        assert read["links"] == 0
        assert stir(page) == 0, text


@SIZES
def test_nothing_runs_in_popups_filters_tables_prints_or_arabic(open_map: OpenMap, size: dict[str, int]) -> None:
    features = [poisoned(text, number) for number, text in enumerate(PAYLOADS)]
    page = open_map(features, size=size, set_aside=[{"source": t, "quote": t, "reason": t} for t in PAYLOADS]).page
    for number in range(12):
        expect(page.locator(".spot").first).to_be_visible()
        page.evaluate("n => { const all = document.querySelectorAll('.spot'); all[n % all.length].click(); }", number)
        page.wait_for_timeout(40)
        for _ in range(10):
            following = page.locator(".pager .page-button").nth(1)
            if following.count() == 0 or following.is_disabled():
                break
            following.evaluate("e => e.click()")
            page.wait_for_timeout(15)
        assert stir(page) == 0
        page.keyboard.press("Escape")
    page.locator(".bar-button").first.click()
    page.evaluate("() => document.querySelectorAll('.facet .link').forEach((e) => e.click())")
    names = page.locator(".facet .choice-name").all_inner_texts()
    assert len(names) > 60
    for box in page.locator(".choice input").all()[:20]:
        box.evaluate("e => e.click()")
    assert stir(page) == 0
    page.evaluate("location.hash = 'view=table'")
    page.wait_for_timeout(100)
    assert stir(page) == 0
    page.evaluate("window.print = () => window.dispatchEvent(new Event('beforeprint'))")
    page.locator(".menu-items button").nth(2).evaluate("e => e.click()")
    page.wait_for_selector(".print-list li:nth-child(60)", state="attached")
    page.emulate_media(media="print")
    printed = page.locator(".print-list > li")
    titles = {feature["id"]: feature["properties"]["title"] for feature in features}
    names = printed.locator(".identifier").all_text_contents()
    assert printed.locator("h3").first.is_visible()
    assert printed.locator("> h3").all_text_contents() == [titles[name] for name in names]
    assert stir(page) == 0
    page.emulate_media(media="screen")
    page.evaluate("location.hash = 'lang=ar'")
    for panel in range(3):
        page.locator(".tab").nth(panel).evaluate("e => e.click()")
        page.wait_for_timeout(60)
        assert stir(page) == 0
    for text in PAYLOADS[:40:8]:
        page.locator(".search").fill(text)
        page.wait_for_timeout(200)
        assert stir(page) == 0


def test_what_was_set_aside_and_every_filter_show_each_text_exactly(open_map: OpenMap) -> None:
    features = [poisoned(text, number) for number, text in enumerate(PAYLOADS)]
    aside = [
        {"source": text, "kind": text, "value": text, "quote": text, "reason": text, "rule": text, "start": 0, "end": 1}
        for text in PAYLOADS
    ]
    page = open_map(features, set_aside=aside).page
    page.locator(".tab").nth(1).click()
    expect(page.locator(".aside-list li")).to_have_count(50)
    page.locator(".aside .small").click()
    expect(page.locator(".aside-list li")).to_have_count(len(PAYLOADS))
    for name in (".reason bdi", ".quote p", "strong bdi"):
        assert page.locator(f".aside-list {name}").all_text_contents() == list(PAYLOADS)
    page.locator(".bar-button").first.click()
    page.evaluate("() => document.querySelectorAll('.facet .link').forEach((e) => e.click())")
    assert set(PAYLOADS) <= set(page.locator(".facet .choice-name").all_text_contents())
    for number in (0, 21, 40, 58):
        page.locator(".choice input").nth(number).evaluate("e => e.click()")
    assert page.locator(".filter-chip bdi").count() >= 4
    assert stir(page) == 0


@pytest.mark.parametrize("form", ["geojson", "csv"])
def test_saved_files_hold_each_text_and_no_formula(open_map: OpenMap, form: str) -> None:
    features = [poisoned(text, number) for number, text in enumerate((*PAYLOADS, "=1+1", "+1", "-1", "@x", "\t=1"))]
    page = open_map(features).page
    page.locator(".menu summary").click()
    with page.expect_download() as started:
        page.locator(".menu-items button").nth(0 if form == "geojson" else 1).click()
    text = started.value.path().read_text(encoding="utf-8")
    if form == "geojson":
        saved = json.loads(text)["features"]
        for given, found in zip(features, saved, strict=True):
            assert (found["id"], found["geometry"]) == (given["id"], given["geometry"])
            for name in ("title", "place_as_written", "sources", "claims", "candidates", "actors", "flags"):
                assert found["properties"][name] == given["properties"][name]
        return
    allow_long_cells()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(rows) == len(features)
    for given, row in zip(features, rows, strict=True):
        assert row["title"].removeprefix("'") == given["properties"]["title"]
        assert not [cell for cell in row.values() if re.match(r"[\s\0]*[=+@\uff1d]|[\s\0]*-(?!\d)|[\t\r]", cell)]


def test_only_plain_web_addresses_become_links(open_map: OpenMap) -> None:
    good = [
        "https://example.org/a?b=c#d",
        "HTTP://EXAMPLE.ORG/",
        "http://[2001:db8::1]/x",
        "https://xn--mgbh0fb.example/",
    ]
    features = []
    for number, address in enumerate([*ADDRESSES, *good]):
        feature = poisoned("plain", number)
        feature["id"] = f"i{number}"
        feature["properties"]["sources"][0].update(id="s", url=address, archived_url=address, origin=address)
        features.append(feature)
    page = open_map(features).page
    for number, address in enumerate([*ADDRESSES, *good]):
        page.evaluate(f"location.hash = 'id=i{number}'")
        page.wait_for_function("t => document.querySelector('.record .address')?.textContent === t", arg=address)
        links = page.locator(".record a").evaluate_all("all => all.map((e) => [e.protocol, e.rel, e.target])")
        expected = 5 if address in good else 0
        assert len(links) == expected, address
        for protocol, rel, target in links:
            assert protocol in {"http:", "https:"}
            assert (rel, target) == ("noopener noreferrer nofollow", "_blank")
        assert stir(page) == 0
