"""Damaged gazetteers, ledgers, lists and caches: read as far as they go, or refused with a line; never a traceback."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import stores
from damaged import SLOWEST_S, in_memory, read_damaged

from mapper import files
from mapper.errors import Problem
from mapper.incidents.judgements import read_ledger
from mapper.model import Place
from mapper.places.gazetteer import own
from mapper.places.gazetteer.sources import read_sources as read_gazetteer_sources
from mapper.places.geocoders.config import config_for
from mapper.places.geocoders.store import Store
from mapper.places.importers import detect
from mapper.places.index.build import compile_index
from mapper.places.index.lookup import Index
from mapper.places.index.scan_table import open_table
from mapper.places.resolving.batch import resolve_names
from mapper.publish.any_incidents import read_any
from mapper.reading.articles.evidence import read_received
from mapper.reading.articles.records import RecordError
from mapper.reading.articles.sources import read_sources
from mapper.reading.articles.withheld import read_withheld

pytestmark = pytest.mark.hostile

DUMP = "".join(
    f"{n}\tTell Number{n}\tTell Number{n}\tTall Raqm,تل\t{33 + n / 100}\t{36 + n / 100}\tP\tPPL\tSY\t\t0{n % 9}\t\t\t\t"
    f"{n * 100}\t\t400\tAsia/Damascus\t2020-01-01\n"
    for n in range(1, 40)
)
LINKED = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "@id": f"x:{n}",
                "properties": {"title": f"Tell Number{n}", "ccodes": ["SY"]},
                "geometry": {"type": "Point", "coordinates": [36.5, 33.5]},
                "names": [{"toponym": f"Tall Raqm {n}"}],
                "types": [{"label": "village"}],
            }
            for n in range(10)
        ],
    }
)
TABLE = "name,longitude,latitude,country\n" + "".join(f"Tell Number{n},36.{n:02},33.5,SY\n" for n in range(30))
CODED = "admin0Pcode,featureName_en,featureName_ar,x,y,featurePcode\n" + "".join(
    f"SY,Tell Number{n},تل رقم,36.{n:02},33.5,C{n:04}\n" for n in range(30)
)
NAMES = "name;context;country\n" + "".join(f"Tell Number{n};North, Syria;SY\n" for n in range(20))
EVENTS = "id,title,latitude,longitude,date,killed\n" + "".join(
    f"e{n},Event,33.5,36.5,2018-02-0{n},{n}\n" for n in range(9)
)
CONFIG = '[nominatim]\nendpoint = "http://127.0.0.1:9"\nkey = "k"\ncountries = ["sy"]\ninterval_s = 1.0\n'
LIST = "file,title,published\n" + "".join(f"{n}.txt,Title {n},2018-02-0{n}\n" for n in range(1, 9))
RECEIVED = json.dumps({"sha256": "0" * 64, "headers": [["Content-Type", "text/html; charset=utf-8"]]})


class _NoResolver:
    """Resolves nothing: the table is what is read here."""

    def resolve(self, *_: object) -> object:
        from mapper.model import Resolution

        return Resolution(status="not_found")


def _told(read: Callable[[Path, Callable[[Problem], None]], object]) -> Callable[[Path], object]:
    """Read to the end, and return the problems that were told."""

    def reading(path: Path) -> object:
        problems: list[Problem] = []
        found = read(path, problems.append)
        if isinstance(found, Iterable):
            for _ in found:
                pass
        assert not any("\n" in str(problem) for problem in problems), problems
        return problems

    return reading


def _looked_up(path: Path) -> object:
    index = Index.open(path)
    for name in ("Tell Number7", "Tal Numbr 9", "تل", "x"):
        index.lookup(name)
    return [*index.within(30, 30, 40, 40, limit=20), *index.near(36.5, 33.5, 1e4), *index.all_names()] == []


def _received(path: Path) -> object:
    try:
        return read_received(path.with_name("page.html")) is None
    except RecordError:
        return True


def _configured(path: Path) -> object:
    return config_for("nominatim", environment={}, file=path) is None


def _resolved(path: Path, report: Callable[[Problem], None]) -> object:
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as lines:
        return [resolve_names(lines, io.StringIO(), _NoResolver(), report)]  # type: ignore[arg-type]


READERS: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "a GeoNames dump": ("SY.txt", DUMP, _told(detect.read_any)),
    "Linked Places": ("linked.json", LINKED, _told(detect.read_any)),
    "a table of places": ("table.csv", TABLE, _told(detect.read_any)),
    "an OCHA table": ("coded.csv", CODED, _told(detect.read_any)),
    "own places.csv": ("places.csv", "", _told(own.read_places)),
    "its sources.csv": ("own/sources.csv", "", _told(lambda path, _: read_gazetteer_sources(path.parent))),
    "sources.csv": ("articles/sources.csv", LIST, _told(lambda path, report: read_sources(path, report).rows)),
    "ledger": ("ledger.jsonl", "", _told(lambda path, report: [len(read_ledger(path, report))])),
    "compiled gazetteer": ("places.index", "", _looked_up),
    "table of names": ("names.scan", "", lambda path: open_table(path) is None),
    "geocoder's cache": ("cache.sqlite3", "", _told(lambda path, report: Store(path, report).answers())),
    "geocoder's configuration": ("geocoders.toml", CONFIG, _configured),
    "a table of incidents": ("events.csv", EVENTS, _told(lambda path, report: read_any(path, {}, report))),
    "names to resolve": ("names.csv", NAMES, _told(_resolved)),
    "withheld names": ("withheld.txt", "Some Body\nاسم\n", lambda path: len(read_withheld(path)) == 0),
    "record of a collected page": ("page.received.json", RECEIVED, _received),
}


def _prepare(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    places = [Place(id=f"x:{n}", name=f"Tell Number{n}", longitude=36.5, latitude=33.5 + n / 99, kind="village",
                    country="SY", aliases=("تل رقم",)) for n in range(60)]  # fmt: skip
    match path.name:
        case "places.csv":
            path.unlink()
            for number in range(5):
                stores.STORES["gazetteer"].add(path.parent, number)
        case "ledger.jsonl" | "cache.sqlite3":
            path.unlink()
            for number in range(5):
                stores.STORES["ledger" if path.suffix == ".jsonl" else "geocoder's cache"].add(path, number)
        case "places.index":
            compile_index(places, path, source="test")
        case "names.scan":
            from mapper.places.index.scan_table import write_table

            write_table([place.name for place in places], path)


@pytest.mark.parametrize("name", READERS)
def test_damaged_files_are_read_as_far_as_they_go_or_refused(
    name: str, full: bool, figure: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file has one reader here: it need not let others look first.
    monkeypatch.setattr(files, "_POLL_SECONDS", 0.0)
    file, text, read = READERS[name]
    count = 10_000 if full else 200
    with in_memory() as folder:
        path = folder / file
        _prepare(path, text)
        found = read_damaged(path, read, count)
    figure(f"{name}: escaped from {count:,} damaged", len(found.escaped), "0")
    figure(f"{name}: slowest", f"{found.slowest:.2f} s", f"<= {SLOWEST_S:.0f} s")
    assert found.escaped == []
    assert found.told > 0
    assert found.slowest <= SLOWEST_S


def test_the_suite_catches_a_reader_of_tables_that_trusts_them(tmp_path: Path, figure: Callable[..., None]) -> None:
    """The reader that most scripts have: split at tabs, and take the columns."""

    def trusting(path: Path) -> object:
        return [(row[1], float(row[4])) for line in path.read_text("utf-8").splitlines() if (row := line.split("\t"))]

    path = tmp_path / "SY.txt"
    _prepare(path, DUMP)
    found = read_damaged(path, lambda path: trusting(path) is None, 200)
    figure("bad build, split at tabs: escaped of 200", len(found.escaped), "> 0")
    assert len(found.escaped) > 20
