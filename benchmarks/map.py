"""Our map beside folium's and geopandas' own, with the same incidents, in one run and in real Chromium.

    make bench-map                               1,000, 10,000 and 100,000 incidents
    python benchmarks/map.py --counts 1000       fewer

Each map is built in a process of its own, from the same file of incidents
(each reported by two sources), imports and reading included. The other
libraries load their scripts from the network, which a benchmark must not; so
these are put into their pages from the packages beside our own. A build that
takes longer than `--limit` seconds is given up, and said so. A last column says how
many times as much as ours another map takes to build and to be usable, and
how many times as large it is.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import resource
import runpy
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "mapper" / "publish" / "web" / "node_modules"
LOCAL = {
    "leaflet.js": PACKAGES / "leaflet/dist/leaflet.js",
    "leaflet.css": PACKAGES / "leaflet/dist/leaflet.css",
    "jquery": PACKAGES / "jquery/dist/jquery.min.js",
    "leaflet.markercluster.js": PACKAGES / "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": PACKAGES / "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": PACKAGES / "leaflet.markercluster/dist/MarkerCluster.Default.css",
}
OURS = "ours"
MAKERS = (OURS, "folium.MarkerCluster", "FastMarkerCluster", "folium.GeoJson", "geopandas.explore")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


DIGITS = {"build": 2, "peak": 0, "size": 2, "usable": 2, "pan": 1, "heap": 1, "slide": 0, "tick": 0}
HEADING = (
    "| map | incidents | build s | peak MB | HTML MB | usable s | pan ms | heap MB | slider ms | filter ms "
    "| against ours |"
)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Give the features that have a place."""
    with path.open("rb") as stream:
        stream.readline()
        for line in stream:
            if line.startswith(b"{"):
                feature = json.loads(line.rstrip(b",\n"))
                if feature["geometry"]:
                    yield feature


def popup(feature: dict[str, Any]) -> str:
    """Say in HTML what our popup says: each source, in its words."""
    properties = feature["properties"]
    place, toll = html.escape(properties["place_name"]), f"{properties['killed_min']} to {properties['killed_max']}"
    parts = [f"<b>{html.escape(properties['title'])}</b><br>{properties['date_start']} {place}<br>{toll}"]
    for source in properties["sources"]:
        quotes = " ".join(html.escape(c["quote"]) for c in properties["claims"] if c["source"] == source["id"])
        link = f'<a href="{html.escape(source["url"])}">{html.escape(source["title"])}</a>'
        paper = f"{html.escape(source['publisher'])} {source['published']} {source['sha256']}"
        parts.append(f"<p>{link} {paper}<q>{quotes}</q></p>")
    return "".join(parts)


def plain(data: Path) -> list[dict[str, Any]]:
    """Give features whose one property is the popup."""
    return [{"type": "Feature", "geometry": f["geometry"], "properties": {"popup": popup(f)}} for f in read(data)]


def build(maker: str, data: Path, output: Path) -> None:
    """Build one map."""
    if maker == OURS:
        from mapper.publish.webmap import write_map

        write_map(data, output)
        return
    import folium
    from folium import plugins

    page = folium.Map(location=[34.6, 39.5], zoom_start=6, tiles=None, prefer_canvas=True)
    page.options.update(max_zoom=16)
    if maker == "folium.MarkerCluster":
        cluster = plugins.MarkerCluster().add_to(page)
        for feature in read(data):
            longitude, latitude = feature["geometry"]["coordinates"]
            folium.CircleMarker([latitude, longitude], popup=folium.Popup(popup(feature))).add_to(cluster)
    elif maker == "FastMarkerCluster":
        rows = [[*reversed(f["geometry"]["coordinates"]), popup(f)] for f in read(data)]
        callback = "(row) => L.marker(new L.LatLng(row[0], row[1])).bindPopup(() => row[2])"
        plugins.FastMarkerCluster(rows, callback=callback).add_to(page)
    elif maker == "folium.GeoJson":
        folium.GeoJson(
            {"type": "FeatureCollection", "features": plain(data)},
            marker=folium.CircleMarker(radius=4),
            popup=folium.GeoJsonPopup(["popup"]),
        ).add_to(page)
    else:
        import geopandas

        for name in ("matplotlib", "matplotlib.colors", "matplotlib.pyplot", "mapclassify"):
            # Asked for by `explore`, and used for classes of colours alone, which this map has none of.
            sys.modules.setdefault(name, ModuleType(name))
        vars(sys.modules["mapclassify"]).setdefault("classify", None)
        for name in ("colormaps", "colors", "pyplot"):
            vars(sys.modules["matplotlib"]).setdefault(name, sys.modules.get(f"matplotlib.{name}"))
        frame = geopandas.GeoDataFrame.from_features(plain(data), crs="EPSG:4326")
        frame.explore(m=page, popup=["popup"], tooltip=False)
    output.write_text(inlined(page.get_root().render()), encoding="utf-8")


def inlined(page: str) -> str:
    """Put the scripts and styles that a page loads into it; those it can do without are left out."""

    def local(found: re.Match[str]) -> str:
        name = found.group(1).rsplit("/", 1)[-1]
        key = "jquery" if name.startswith("jquery") else name.replace(".min", "")
        if key not in LOCAL:
            return ""
        text = LOCAL[key].read_text(encoding="utf-8")
        return f"<style>{text}</style>" if key.endswith("css") else f"<script>{text}</script>"

    page = re.sub(r'<script src="([^"]+)"></script>', local, page)
    return re.sub(r'<link rel="stylesheet" href="([^"]+)"\s*/>', local, page)


TIMES = """
const soon = (act) => requestAnimationFrame(() => requestAnimationFrame(act));
window.addEventListener("load", () => soon(() => { window.loadedAt = performance.now(); }));
new MutationObserver(() => {
  if (document.documentElement.dataset.ready && !window.readyAt) {
    window.readyAt = -1;
    soon(() => { window.readyAt = performance.now(); });
  }
}).observe(document, {attributes: true, subtree: true, attributeFilter: ["data-ready"]});
"""
PAN = """async () => {
  const name = Object.keys(window).find((key) => key.startsWith("map_") && window[key].panBy);
  const map = window.incident_map ?? window[name];
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const times = [];
  for (let step = 0; step < 15; step += 1) {
    await frame();
    const start = performance.now();
    map.panBy([step % 2 ? -40 : 40, 0], {animate: false});
    await frame();
    times.push(performance.now() - start);
  }
  return times;
}"""
STEPS = """() => {
  const timed = (act) => { const start = performance.now(); act(); return performance.now() - start; };
  const handle = document.querySelector(".handle.low");
  const move = (value) => { handle.value = value; handle.dispatchEvent(new Event("input")); };
  const slide = [10, 20, 30, 40, 50].map((value) => timed(() => move(value)));
  document.querySelector(".bar-button").click();
  const boxes = [...document.querySelectorAll(".choice input")].slice(0, 3).map((box) => box.dataset.facet);
  const tick = boxes.map((name) => timed(() => document.querySelector(`[data-facet="${CSS.escape(name)}"]`).click()));
  return {slide, tick};
}"""


def measure(page_file: Path, *, ours: bool, limit: int) -> dict[str, Any]:
    """Open a page in Chromium and measure it."""
    from playwright.sync_api import Error, sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(limit * 1000)
        page.add_init_script(TIMES)
        try:
            page.goto(page_file.as_uri(), wait_until="commit")
            sign = "readyAt" if ours else "loadedAt"
            end = time.monotonic() + limit
            while (usable := page.evaluate(f"window.{sign} || 0")) <= 0 and time.monotonic() < end:
                time.sleep(0.05)
            if usable <= 0:
                raise Error(f"not usable in {limit} s")  # noqa: TRY301 - told as the browser's own failures are
            found = {"usable": usable / 1000, "pan": statistics.median(page.evaluate(PAN))}
            session = page.context.new_cdp_session(page)
            session.send("HeapProfiler.collectGarbage")
            found["heap"] = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
            if ours:
                steps = page.evaluate(STEPS)
                found.update(slide=statistics.median(steps["slide"]), tick=statistics.median(steps["tick"]))
        except Error as fault:
            found = {"fault": str(fault).splitlines()[0]}
        browser.close()
    return found


def built(maker: str, data: Path, output: Path, limit: int) -> dict[str, Any]:
    """Build a map in a process of its own; give seconds, peak memory and size, or why not."""
    command = [sys.executable, __file__, "--build", maker, str(data), str(output)]
    start = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False, cwd=ROOT)
    except subprocess.TimeoutExpired:
        return {"fault": f"not built in {limit} s"}
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        return {"fault": (done.stderr.strip().splitlines() or ["failed"])[-1]}
    return {"build": seconds, "peak": json.loads(done.stdout)["peak"], "size": output.stat().st_size / 1e6}


def main() -> None:
    """Run the benchmark and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--counts", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--makers", nargs="*", default=list(MAKERS), choices=MAKERS)
    parser.add_argument("--limit", type=int, default=240, help="seconds until a build or a page is given up")
    parser.add_argument("--build", nargs=3, metavar=("MAKER", "DATA", "OUTPUT"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.build:
        maker, data, output = wanted.build
        sys.path.insert(0, str(ROOT))
        build(maker, Path(data), Path(output))
        print(json.dumps({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))
        return
    synthetic = runpy.run_path(str(Path(__file__).with_name("synthetic.py")))
    print(HEADING)
    print("|---" * HEADING.count(" | ") + "|---|")
    own: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in wanted.counts:
            data = Path(folder) / f"{count}.geojson"
            with data.open("w", encoding="utf-8") as stream:
                stream.write('{"type":"FeatureCollection","features":[\n')
                for number, feature in enumerate(synthetic["features"](count)):
                    line = json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
                    stream.write((",\n" if number else "") + line)
                stream.write("\n]}\n")
            for maker in wanted.makers:
                output = Path(folder) / "map.html"
                row = built(maker, data, output, wanted.limit)
                if "fault" not in row:
                    row |= measure(output, ours=maker == OURS, limit=wanted.limit)
                own = row if maker == OURS else own
                print(line_of(maker, count, row, own), flush=True)


def line_of(maker: str, count: int, row: dict[str, Any], own: dict[str, Any]) -> str:
    """Write one row of the table."""
    cells = [f"{row[name]:.{places}f}" if name in row else "" for name, places in DIGITS.items()]
    if "fault" in row:
        note = row["fault"]
    elif maker == OURS:
        note = ""
    else:
        both = [(name, row[name] / own[name]) for name in ("build", "size", "usable", "heap") if own.get(name)]
        note = ", ".join(f"{name} x {times:.1f}" for name, times in both)
    return f"| {maker} | {count:,} | {' | '.join(cells)} | {note} |"


if __name__ == "__main__":
    main()
