"""Write the pictures of docs/map.md from the example articles: `python docs/pictures.py`, with Chromium installed."""

from __future__ import annotations

import base64
import json
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

import mapper

DOCS = Path(__file__).resolve().parent
WIDE = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
SHEETS = ViewportSize(width=1384, height=970)
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
# Columns stand for sheets of paper: what may not be parted by a page is not parted by them either.
PAPER = """@media print {
  html { background: #fff; }
  body { height: 874px !important; margin: 48px !important; columns: 2; column-fill: auto; column-gap: 108px;
         column-rule: 12px solid #b3bbc1; overflow: visible !important; }
}"""
BESIDE = "<body style='margin:0;display:flex;gap:{gap}px;background:#b3bbc1'>{images}</body>"
GAP = 12


def open_map(browser: Browser, address: str, size: ViewportSize = WIDE, **state: str) -> Page:
    """Open the map in some state, which its address holds, and wait until it stands still."""
    page = browser.new_context(viewport=size, bypass_csp=True).new_page()
    page.goto(f"{address}#{urlencode(state)}")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.wait_for_timeout(1500)
    return page


def choose(page: Page, incident: str) -> None:
    """Open the record of an incident from the list."""
    page.locator(f'.item[data-key="{incident}"]').click()
    page.wait_for_timeout(800)


def keep(name: str, page: Page) -> None:
    """Save what is in sight."""
    page.screenshot(path=DOCS / f"{name}.png")


def keep_beside(browser: Browser, name: str, pictures: list[bytes], size: ViewportSize) -> None:
    """Save several pictures of one size as one, beside each other."""
    wide = len(pictures) * size["width"] + (len(pictures) - 1) * GAP
    page = browser.new_page(viewport=ViewportSize(width=wide, height=size["height"]))
    images = "".join(f'<img src="data:image/png;base64,{base64.b64encode(one).decode()}">' for one in pictures)
    page.set_content(BESIDE.format(gap=GAP, images=images))
    keep(name, page)


def wide(browser: Browser, address: str, told: str, doubtful: str) -> None:
    """Show the map on a desk."""
    page = open_map(browser, address)
    choose(page, told)
    keep("map", page)
    page.get_by_role("button", name="Show on map").click()
    page.wait_for_timeout(1500)
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    keep("map-record", page)
    page = open_map(browser, address, id=doubtful)
    page.get_by_role("button", name="Show on map").click()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Close").click()
    page.locator(".leaflet-marker-icon .disc").first.click()
    page.wait_for_timeout(1500)
    keep("map-popup", page)
    page = open_map(browser, address)
    page.get_by_role("button", name="Filters").click()
    page.wait_for_timeout(500)
    keep("map-filters", page)
    keep("map-table", open_map(browser, address, view="table"))
    keep("map-arabic", open_map(browser, address, lang="ar"))
    page = open_map(browser, address)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(500)
    keep("map-dark", page)


def beside(browser: Browser, address: str, told: str) -> None:
    """Show the map on a phone and on paper."""
    page = open_map(browser, address, PHONE)
    views = [page.screenshot()]
    choose(page, told)
    keep_beside(browser, "map-phone", [*views, page.screenshot()], PHONE)
    page = open_map(browser, address, SHEETS)
    page.add_style_tag(content=PAPER)
    page.evaluate("window.print = () => undefined")
    page.locator(".menu summary").click()
    page.locator(".menu-items button").last.click()
    page.wait_for_selector(".print-list li .quote", state="attached")
    page.emulate_media(media="print")
    page.wait_for_timeout(1500)
    keep("map-print", page)


def main() -> None:
    """Build the map of the examples, and take its pictures."""
    program = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        output = Path(folder) / "report"
        mapper.build(DOCS.parent / "examples" / "articles", output)
        features = json.loads((output / "incidents.geojson").read_bytes())["features"]
        told = max(features, key=lambda one: len(one["properties"]["place_as_written"]))["id"]
        doubtful = next(one["id"] for one in features if "ambiguous-place" in one["properties"]["flags"])
        address = (output / "map.html").as_uri()
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        wide(browser, address, told, doubtful)
        beside(browser, address, told)
        browser.close()


if __name__ == "__main__":
    main()
