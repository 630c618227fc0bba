"""Chromium, and maps to open in it."""

from __future__ import annotations

import os
import runpy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from mapper.model import Place
from mapper.publish.webmap import write_map

ROOT = Path(__file__).resolve().parents[2]
SYNTHETIC = runpy.run_path(str(ROOT / "benchmarks" / "synthetic.py"))
AXE = ROOT / "mapper" / "publish" / "web" / "node_modules" / "axe-core" / "axe.min.js"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

Feature = dict[str, Any]


def incidents(count: int, seed: int = 7) -> list[Feature]:
    """Invented incidents."""
    return list(SYNTHETIC["features"](count, seed=seed))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser; without one the tests are skipped, or fail where one is required."""
    program = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if program is None:
        message = "Chromium is not installed: no page was opened. `sh tests/prepare.sh` says how to get it."
        if os.environ.get("MAPPER_REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


class Opened:
    """A page, with everything that it asked for and complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type in {"error", "warning"} else None,
        )

    def ready(self) -> Page:
        """Wait until the page can be used."""
        self.page.wait_for_selector("html[data-ready]", state="attached", timeout=20_000)
        return self.page


OpenMap = Callable[..., Opened]


@pytest.fixture
def open_map(chromium: Browser, tmp_path: Path) -> Iterator[OpenMap]:
    """Write a map and open it from disk; at the end nothing else may have been asked for."""
    opened: list[tuple[Opened, Path]] = []
    contexts = []

    def open_(
        features: list[Feature],
        *,
        size: dict[str, int] | None = None,
        fragment: str = "",
        **options: Any,  # noqa: ANN401 - those of write_map
    ) -> Opened:
        path = tmp_path / f"map-{len(opened)}.html"
        write_map({"type": "FeatureCollection", "features": features}, path, **options)
        context = chromium.new_context(viewport=size or WIDE, accept_downloads=True, reduced_motion="reduce")  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = Opened(context.new_page())
        opened.append((page, path))
        page.page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
        page.ready()
        return page

    yield open_
    for page, path in opened:
        strangers = [url for url in page.requests if not url.startswith((path.as_uri(), "blob:"))]
        assert not strangers, f"the page asked for {strangers[:3]}"
        assert not page.errors, page.errors[:3]
    for context in contexts:
        context.close()


def labels_of(features: list[Feature], aliases: dict[str, str] | None = None) -> list[Place]:
    """Gazetteer entries for the places of some incidents."""
    places = {}
    for feature in features:
        properties = feature["properties"]
        if feature["geometry"] and properties["place_id"] not in places:
            longitude, latitude = feature["geometry"]["coordinates"]
            places[properties["place_id"]] = Place(
                id=properties["place_id"],
                name=properties["place_name"],
                longitude=longitude,
                latitude=latitude,
                kind="town",
                aliases=tuple(filter(None, [(aliases or {}).get(properties["place_id"])])),
            )
    return list(places.values())
