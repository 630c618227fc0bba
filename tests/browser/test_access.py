"""The page holds to WCAG 2.2 AA, as far as axe-core can tell, in each of its states."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import AXE, PHONE, WIDE, OpenMap, incidents

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def violations(page: Page) -> list[str]:
    """What axe-core finds: rule, and the first element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("""() => {
        const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        const said = ({id, nodes: [{html, failureSummary}]}) => `${id}: ${html.slice(0, 160)} ${failureSummary}`;
        return axe.run(document, {runOnly: rules}).then((result) => result.violations.map(said));
    }""")
    return list(found)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("state", ["list", "record", "popup", "filters", "table", "aside", "legend"])
def test_axe_finds_nothing(open_map: OpenMap, size: dict[str, int], language: str, state: str) -> None:
    features = incidents(60)
    aside = [{"source": "a", "kind": "age", "value": 4, "quote": "aged 4", "start": 0, "end": 6, "reason": "An age."}]
    fragment = {"record": f"id={features[3]['id']}", "table": "view=table&event_type=shelling"}.get(state, "")
    page = open_map(features, size=size, language=language, set_aside=aside, fragment=fragment).page
    if state == "popup":
        page.locator(".spot.place").first.evaluate("e => e.click()")
        page.wait_for_selector(".pager .source")
    elif state == "filters":
        page.locator(".bar-button").first.click()
    elif state in {"aside", "legend"}:
        page.locator(".tab").nth(1 if state == "aside" else 2).click()
        page.wait_for_timeout(150)
    assert violations(page) == []


def test_nothing_is_wider_than_a_phone(open_map: OpenMap) -> None:
    page = open_map(incidents(60), size={"width": 320, "height": 640}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_targets_are_large_enough_to_hit(open_map: OpenMap) -> None:
    page = open_map(incidents(200), size=PHONE).page
    sizes = page.locator("button:visible, a:visible, summary:visible").evaluate_all(
        """all => all.filter((e) => !e.closest("p, li") && !e.matches(".link, .skip")).map((e) => {
            const box = e.getBoundingClientRect();
            return [e.className, box.width, box.height];
        })"""
    )
    assert sizes
    assert [size for size in sizes if size[1] < 24 or size[2] < 24] == []
