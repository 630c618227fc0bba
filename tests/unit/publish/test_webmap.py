"""One file, from constants and inert data: the string-level half of the promises that Chromium checks."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import runpy
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from payloads import PAYLOADS

from mapper.errors import InputError, OutputError
from mapper.model import Place
from mapper.publish import assets_folder, geojson
from mapper.publish.assets_folder import read_asset
from mapper.publish.shell import page_shell, render_shell
from mapper.publish.view import MapView
from mapper.publish.webmap import render_map, write_map

ROOT = Path(__file__).resolve().parents[3]
FEATURES = runpy.run_path(str(ROOT / "benchmarks" / "synthetic.py"))["features"]


def page_of(features: list[dict[str, Any]], **options: Any) -> str:  # noqa: ANN401 - those of render_map
    return b"".join(render_map({"type": "FeatureCollection", "features": features}, **options)).decode("utf-8")


class Tags(HTMLParser):
    """Elements and attributes that a browser would make."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._at = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._at = dict(attrs).get("id") or tag

    def handle_data(self, data: str) -> None:
        self.texts[self._at] = self.texts.get(self._at, "") + data


def block(page: str, name: str) -> Any:  # noqa: ANN401 - any JSON
    tags = Tags(page)
    kind = next(attrs["type"] for tag, attrs in tags.tags if attrs.get("id") == f"mapper-{name}")
    text = tags.texts[f"mapper-{name}"]
    assert text.isascii()
    return json.loads(text) if kind == "application/json" else json.loads(gzip.decompress(base64.b64decode(text)))


def test_two_builds_are_the_same_bytes() -> None:
    features = list(FEATURES(40))
    first = page_of(features, title="One")
    command = (
        "import runpy,sys,pathlib;from mapper.publish.webmap import write_map;"
        f"f=list(runpy.run_path({str(ROOT / 'benchmarks' / 'synthetic.py')!r})['features'](40));"
        "write_map({'features':f},pathlib.Path(sys.argv[1]),title='One')"
    )
    for seed in ("1", "2"):
        target = Path(subprocess.run(["mktemp"], capture_output=True, text=True, check=True).stdout.strip())
        subprocess.run(
            [sys.executable, "-c", command, str(target)],
            check=True,
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        )
        assert target.read_text(encoding="utf-8") == first
        target.unlink()


def test_every_script_and_style_is_hashed_and_nothing_else_may_run_or_load() -> None:
    page = page_of(list(FEATURES(5)))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy.group(1).startswith("default-src 'none'; script-src 'sha256-")
    for kind in ("script", "style"):
        for text in re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy.group(1)
    assert "unsafe" not in policy.group(1)
    assert "img-src" not in policy.group(1)
    for tag, attrs in Tags(page).tags:
        assert not [name for name in attrs if name.startswith("on") or name in {"style", "src", "srcset"}], tag
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form"}


def test_hostile_text_is_never_markup_and_never_evaluated() -> None:
    features = list(FEATURES(len(PAYLOADS)))
    for feature, text in zip(features, PAYLOADS, strict=True):
        feature["properties"].update(title=text, place_as_written=text, actors=[text])
    labels = [
        Place(id=text, name=text, longitude=1.0, latitude=1.0 + n / 9, kind="town") for n, text in enumerate(PAYLOADS)
    ]
    plain = page_of(list(FEATURES(len(PAYLOADS))))
    hostile = page_of(
        features, labels=labels, set_aside=[{"source": t, "reason": t} for t in PAYLOADS], title=PAYLOADS[0]
    )
    assert [tag for tag, _ in Tags(hostile).tags if tag != "script"] == [
        tag for tag, _ in Tags(plain).tags if tag != "script"
    ]
    assert block(hostile, "names")["title"] == list(PAYLOADS)
    assert block(hostile, "head")["title"] == PAYLOADS[0]
    assert ">49<" not in hostile


def test_the_data_of_the_page_is_what_was_given() -> None:
    features = list(FEATURES(30))
    page = page_of(features)
    index = block(page, "index")
    assert block(page, "names")["id"] == [feature["id"] for feature in features]
    points = list(zip(index["places"]["longitude"], index["places"]["latitude"], strict=True))
    for feature, place in zip(features, index["place"], strict=True):
        expected = feature["geometry"] and tuple(feature["geometry"]["coordinates"])
        assert (points[place] if place >= 0 else None) == expected
    killed = index["numbers"]["killed_min"]
    assert killed == [feature["properties"]["killed_min"] for feature in features]


def test_pairs_that_may_be_one_event_are_told_once_each() -> None:
    features = list(FEATURES(3))
    first, second, third = (feature["id"] for feature in features)
    page = page_of(features, pairs=[(second, first), (first, second), (third, first)])
    assert block(page, "head")["pairs"] == sorted([sorted([first, second]), sorted([first, third])])
    assert block(page_of(features), "head")["pairs"] == []


def test_fifty_incidents_fit_in_300_kb() -> None:
    assert len(page_of(list(FEATURES(50))).encode()) <= 300_000


def test_a_file_of_features_and_the_features_make_the_same_map(tmp_path: Path) -> None:
    features = list(FEATURES(20))
    geojson.write_features(features, tmp_path / "incidents.geojson")
    write_map(tmp_path / "incidents.geojson", tmp_path / "a.html")
    (tmp_path / "pretty.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}, indent=1))
    write_map(tmp_path / "pretty.geojson", tmp_path / "b.html")
    write_map({"features": features}, tmp_path / "c.html")
    assert (
        (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes() == (tmp_path / "c.html").read_bytes()
    )


def test_tiles_open_the_policy_for_their_host_alone_and_say_so() -> None:
    page = page_of([], tiles="https://tiles.example.org:8080/a/{z}/{x}/{y}.png", attribution="<b>Someone</b>")
    assert "; img-src https://tiles.example.org:8080;" in page
    assert "L.tileLayer" in page
    assert block(page, "head")["tiles"] == {
        "address": "https://tiles.example.org:8080/a/{z}/{x}/{y}.png",
        "attribution": "<b>Someone</b>",
    }
    assert "© OpenStreetMap" in block(page_of([], tiles="openstreetmap"), "head")["tiles"]["attribution"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)//{z}{x}{y}",
        "https://t.example/{z}/{x}.png",
        "https://t.example/{{7*7}}/{z}/{x}/{y}.png",
        "https://t.example/{z}/{x}/{y}.png' onerror=x",
        "https://t.example/{z}/{x}/{y}/{%x%}",
        "https://'unsafe-inline';/{z}/{x}/{y}",
        "ftp://t.example/{z}/{x}/{y}",
    ],
)
def test_an_address_of_tiles_that_is_more_than_an_address_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="tiles must be"):
        page_of([], tiles=address)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [200.0, 10.0]},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": ["a", "b"]},
        {"type": "LineString", "coordinates": [[1, 2], [3, 4]]},
        {"type": "Point"},
    ],
)
def test_an_impossible_position_stops_the_map_with_its_reason(geometry: dict[str, Any], tmp_path: Path) -> None:
    feature = {**next(FEATURES(1)), "geometry": geometry}
    (tmp_path / "map.html").write_text("before")
    with pytest.raises(InputError, match=re.escape(feature["id"])):
        write_map({"features": [feature]}, tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text() == "before"


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        write_map({"features": []}, tmp_path / "file" / "map.html")


def test_missing_assets_say_how_to_build_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets_folder, "ASSETS", tmp_path)
    with pytest.raises(InputError, match="make map"):
        page_of([])


def test_a_language_that_the_page_does_not_speak_is_refused() -> None:
    with pytest.raises(InputError, match="en and ar"):
        page_of([], language="xx")


def test_half_a_surrogate_pair_does_not_stop_the_map() -> None:
    feature = next(FEATURES(1))
    feature["properties"]["title"] = "half \ud800 a pair"
    assert block(page_of([feature]), "names")["title"] == ["half \ud800 a pair"]


def test_drawing_a_map_does_not_load_pandas_and_leaves_folium_whole_for_others() -> None:
    code = (
        "import sys;from mapper.publish.shell import render_shell;a=render_shell();"
        "assert 'pandas' not in sys.modules;import folium.utilities as u;assert u.pd is not None;"
        "assert a==render_shell()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_the_shell_among_the_assets_is_the_one_that_folium_makes_and_is_drawn_without_it() -> None:
    assert page_shell() == render_shell()
    assert read_asset("shell.html").decode() == render_shell()
    code = (
        "import sys;from pathlib import Path;from mapper.publish.webmap import write_map;"
        "write_map({'features': []}, Path(sys.argv[1]));assert 'folium' not in sys.modules"
    )
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-c", code, f"{folder}/map.html"], check=True, cwd=ROOT)


def test_a_notebook_gets_the_map_in_a_sandbox_of_its_own(tmp_path: Path) -> None:
    view = MapView({"features": list(FEATURES(3))}, title='"quoted" & <b>')
    frame = Tags(view._repr_html_()).tags
    assert [tag for tag, _ in frame] == ["iframe"]
    attrs = frame[0][1]
    assert attrs["sandbox"] == "allow-scripts allow-downloads allow-popups"
    saved = view.save(tmp_path / "map.html")
    assert attrs["srcdoc"] == saved.read_text(encoding="utf-8")


def test_a_refusal_of_tiles_names_what_the_help_names() -> None:
    with pytest.raises(InputError, match="tiles must be `osm` or"):
        page_of([], tiles="nowhere")


def test_the_base_map_names_a_place_in_both_scripts_whichever_is_its_own() -> None:
    feature = next(f for f in FEATURES(9) if f["geometry"])
    longitude, latitude = feature["geometry"]["coordinates"]
    place = Place(id="x:1", name="نهر", longitude=longitude, latitude=latitude, kind="city", aliases=("Nahr", "Nahar"))
    other = Place(id="x:2", name="Tell", longitude=longitude + 1, latitude=latitude, kind="city", aliases=("تل",))
    labels = block(page_of([feature], labels=[place, other]), "base")["labels"]
    assert sorted(row[3:5] for row in labels) == [["Nahr", "نهر"], ["Tell", "تل"]]
