"""Every limit that the documentation states is that of the code, and lies where it says: at it, and one beyond."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from mapper import files, streams, wire
from mapper.errors import MapperError, Problem
from mapper.incidents import judgements
from mapper.model import Judgement
from mapper.places.gazetteer import checks, entries, own
from mapper.places.geocoders import services
from mapper.places.importers import lines, rows, sheets
from mapper.publish import geojson, manifest, set_aside
from mapper.reading.articles import evidence, listing, loading, metadata, sources, webpage, withheld

ROOT = Path(__file__).resolve().parents[2]

# As it stands in docs/articles.md and docs/output.md.
DOCUMENTED: Final = {
    "article file, line of a `.jsonl`, `sources.csv`": f"{files.ARTICLE_LIMIT:,} bytes",
    "tags and texts in a page": f"{webpage.PARTS_LIMIT:,}",
    "attributes of a tag in a page": f"{webpage.ATTRIBUTES_LIMIT:,}",
    "text in a page, menus included": f"{webpage.TEXT_LIMIT:,} characters",
    "title, name or address": f"{metadata.FIELD_LIMIT:,} characters",
    "`id` of a record": f"{loading.ID_LIMIT:,} characters",
    "folders below one another": f"{listing.DEPTH_LIMIT}",
    "withheld names": f"{withheld.NAMES_LIMIT:,}",
    "record of how a page was received": f"{evidence.RECORD_LIMIT:,} bytes",
    "ledger of judgements": f"{judgements.LEDGER_LIMIT:,} bytes",
    "line of a table of names": f"{streams.LINE_LIMIT:,} characters",
    "own gazetteer, and its list of sources": f"{entries.FILE_LIMIT:,} bytes",
    "names of one entry": f"{checks.NAMES_LIMIT}",
    "name of an entry": f"{checks.NAME_LIMIT} characters",
    "other text of an entry": f"{checks.TEXT_LIMIT:,} characters",
    "line of a gazetteer file": f"{lines.LINE_LIMIT:,} bytes",
    "name in a gazetteer file": f"{rows.NAME_LIMIT} characters",
    "spreadsheet: files in it": f"{sheets.MEMBERS_LIMIT:,}",
    "spreadsheet: all of it unpacked": f"{sheets.UNPACKED_LIMIT:,} bytes",
    "spreadsheet: a file in it, unpacked, beyond a megabyte": f"{sheets.RATIO_LIMIT} times its size",
    "address to be collected": f"{wire.URL_LIMIT:,} characters",
    "answer of a geocoder": f"{services.BODY_LIMIT:,} bytes",
    "file of incidents": f"{geojson.INCIDENTS_LIMIT:,} bytes",
    "one feature, or a file not laid out one feature a line": f"{geojson.FEATURE_LIMIT:,} bytes",
    "`set_aside.json`, `manifest.json`": f"{set_aside.SET_ASIDE_LIMIT:,} bytes",
}


def test_the_documentation_states_every_limit_as_it_is() -> None:
    page = "\n".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("articles.md", "output.md"))
    stated = dict(line.strip("| ").split(" | ")[:2] for line in page.splitlines() if line.count(" | ") in {1, 2})
    assert {what: stated.get(what) for what in DOCUMENTED} == DOCUMENTED
    assert manifest.MANIFEST_LIMIT == set_aside.SET_ASIDE_LIMIT


def test_every_field_of_an_article_is_documented() -> None:
    text = (ROOT / "docs" / "articles.md").read_text(encoding="utf-8")
    columns = next(line for line in text.splitlines() if line.startswith("    file,")).strip().split(",")
    assert sorted(columns) == sorted(sources.COLUMNS)
    assert all(f"`{name}`" in text for name in metadata.FIELDS)


@dataclass(frozen=True, slots=True)
class Edge:
    """A limit, lowered where it is large, and a try with something of some size: whether it was taken whole."""

    takes: Callable[[Path, int], bool]
    size: int
    lowered: tuple[object, str] | None = None


def _told(read: Callable[[Callable[[Problem], None]], object]) -> bool:
    """Read, and say whether nothing was refused."""
    problems: list[Problem] = []
    try:
        read(problems.append)
    except MapperError:
        return False
    return not problems


def _articles(name: str, text: str, count: int = 1) -> Callable[[Path], bool]:
    def takes(folder: Path) -> bool:
        (folder / name).write_text(text, encoding="utf-8")
        problems: list[Problem] = []
        found = list(loading.read_articles([folder], problems.append))
        return len(found) == count and not problems

    return takes


def _record(**values: str) -> str:
    return json.dumps({"id": "a", "text": "Text.", **values}) + "\n"


def _exactly(size: int) -> str:
    """Make a record of so many bytes, with its line end."""
    return _record(text="x" * (size - len(_record(text=""))))


def _tag(count: int) -> str:
    """Make a page whose only paragraph has attributes."""
    names = " ".join(f"a{n}" for n in range(count))
    return f"<html><body><p {names}>Some text of an article.</p></body></html>"


def _listed(folder: Path, size: int) -> bool:
    head = "file,title\na.txt,x\n"
    (folder / "a.txt").write_text("Text.", encoding="utf-8")
    return _articles("sources.csv", head + "\n" * (size - len(head)))(folder)


def _deep(folder: Path, size: int) -> bool:
    folder.joinpath(*["d"] * size).mkdir(parents=True)
    return _articles("/".join([*["d"] * size, "a.txt"]), "Text.")(folder)


def _withheld(folder: Path, size: int) -> bool:
    (folder / "w").write_text("".join(f"Name{n:x}\n" for n in range(size)), encoding="utf-8")
    return _told(lambda _: withheld.read_withheld(folder / "w"))


def _received(folder: Path, size: int) -> bool:
    record = json.dumps({"sha256": "0" * 64, "headers": []})
    (folder / "p.received.json").write_text(record + " " * (size - len(record)), encoding="utf-8")
    try:
        return evidence.read_received(folder / "p.html") is not None
    except ValueError:
        return False


def _ledger(folder: Path, size: int) -> bool:
    path = folder / "l.jsonl"
    judgements.append(path, Judgement(verdict="accepted", left="a-1"))
    path.write_bytes(path.read_bytes() + b"\n" * (size - path.stat().st_size))
    return _told(lambda report: judgements.read_ledger(path, report))


def _names(folder: Path, size: int) -> bool:
    (folder / "n.csv").write_text("name\n" + "x" * size, encoding="utf-8")

    def read(_: object) -> None:
        with streams.text_input(folder / "n.csv") as text:
            list(text)

    return _told(read)


def _own(folder: Path, size: int) -> bool:
    own.add(folder, "Tell Probe", longitude=36.5, latitude=33.5, kind="village", country="SY", source="a map")
    path = folder / "places.csv"
    path.write_bytes(path.read_bytes() + b"\n" * (size - path.stat().st_size))
    return _told(lambda report: own.read_places(folder, report))


def _entry(**given: Any) -> Callable[[Path], bool]:  # noqa: ANN401 - what `own.add` takes
    known: dict[str, Any] = {"longitude": 36.5, "latitude": 33.5, "kind": "village", "country": "SY", "source": "a map"}
    return lambda folder: _told(lambda _: own.add(folder, str(given.pop("name", "Tell Probe")), **{**known, **given}))


def _word(number: int) -> str:
    """Make names that differ and are no words."""
    letters = "bdfghklmnrst"
    return "Tell " + (letters[number // 12] + "a" + letters[number % 12] + "uq").capitalize()


def _table(text: str) -> Callable[[Path], bool]:
    def takes(folder: Path) -> bool:
        from mapper.places.importers.detect import read_any as read_gazetteer

        (folder / "t.csv").write_text(text, encoding="utf-8")
        return _told(lambda report: list(read_gazetteer(folder / "t.csv", report)))

    return takes


def _line(folder: Path, size: int) -> bool:
    row = "1\tTell Probe\tTell Probe\t{}\t33.5\t36.5\tP\tPPL\tSY\t\t00\t\t\t\t100\t\t400\tAsia/Damascus\t2020-01-01\n"
    names = "Tell Probe," * (size // 11)
    return _table(row.format(names[: size - len(row.format(""))]))(folder)


def _spreadsheet(members: list[tuple[str, int]]) -> Callable[[Path], bool]:
    def takes(folder: Path) -> bool:
        path = folder / "s.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, size in [("[Content_Types].xml", 0), ("xl/a.xml", 0), *members]:
                archive.writestr(name, b"0" * size)
        return _told(lambda _: sheets._check(path))

    return takes


def _ratio(folder: Path, size: int) -> bool:
    """Pack a file that is `size` times what it was packed to, by saying so."""
    made = zipfile.ZipInfo("xl/b.xml")
    path = folder / "s.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", b"")
        archive.writestr(made, b"0" * 10_000)
    data = path.read_bytes()
    told = (10_000).to_bytes(4, "little")
    # The size unpacked stands after the size packed, in the list at the end of the archive.
    at = data.rindex(told + told)
    path.write_bytes(data[: at + 4] + (10_000 * size).to_bytes(4, "little") + data[at + 8 :])
    return _told(lambda _: sheets._check(path))


def _incidents(folder: Path, size: int) -> bool:
    document = json.dumps({"type": "FeatureCollection", "features": []})
    (folder / "i.geojson").write_text(document + " " * (size - len(document)), encoding="utf-8")
    return _told(lambda _: list(geojson.read_features(folder / "i.geojson")))


def _aside(folder: Path, size: int) -> bool:
    (folder / "s.json").write_text("[]" + " " * (size - 2), encoding="utf-8")
    return _told(lambda _: set_aside.read_set_aside(folder / "s.json"))


EDGES: Final[dict[str, Edge]] = {
    "a text": Edge(lambda f, n: _articles("a.txt", "x" * n)(f), files.ARTICLE_LIMIT),
    "a line of records": Edge(lambda f, n: _articles("a.jsonl", _exactly(n + 1))(f), files.ARTICLE_LIMIT),
    "sources.csv": Edge(_listed, files.ARTICLE_LIMIT),
    # A tag and a text each, and the tags around them.
    "parts of a page": Edge(
        lambda f, n: _articles("a.html", "<html><body>" + "<p>Some text" * ((n - 4) // 2) + "<br>" * ((n - 4) % 2)
                               + "</body></html>")(f),
        600, (webpage, "PARTS_LIMIT"),
    ),
    "attributes of a tag": Edge(lambda f, n: _articles("a.html", _tag(n))(f), webpage.ATTRIBUTES_LIMIT),
    "attributes of a tag that is not shown": Edge(
        lambda f, n: _articles("a.html", f"<noscript>{_tag(n)}</noscript><p>Some text.</p>")(f),
        webpage.ATTRIBUTES_LIMIT,
    ),
    "text of a page": Edge(
        lambda f, n: _articles("a.html", f"<html><body><p>{'word ' * (n // 5)}{'x' * (n % 5)}</p></body></html>")(f),
        2_000, (webpage, "TEXT_LIMIT"),
    ),
    "a title": Edge(lambda f, n: _articles("a.jsonl", _record(title="x" * n))(f), metadata.FIELD_LIMIT),
    "an id": Edge(lambda f, n: _articles("a.jsonl", _record(id="x" * n))(f), loading.ID_LIMIT),
    "folders": Edge(_deep, listing.DEPTH_LIMIT),
    "withheld names": Edge(_withheld, withheld.NAMES_LIMIT),
    "a record of a page": Edge(_received, evidence.RECORD_LIMIT),
    "a ledger": Edge(_ledger, 5_000, (judgements, "LEDGER_LIMIT")),
    "a line of names": Edge(_names, streams.LINE_LIMIT),
    "the own gazetteer": Edge(_own, 5_000, (entries, "FILE_LIMIT")),
    "names of an entry": Edge(
        lambda f, n: _entry(aliases=tuple(_word(k) for k in range(n)))(f), checks.NAMES_LIMIT
    ),
    "a name of an entry": Edge(lambda f, n: _entry(name=("Tell " + "Ab" * 99)[:n])(f), checks.NAME_LIMIT),
    "a text of an entry": Edge(lambda f, n: _entry(note="x" * n)(f), checks.TEXT_LIMIT),
    "a line of a gazetteer": Edge(_line, lines.LINE_LIMIT),
    "a name in a gazetteer": Edge(
        lambda f, n: _table(f"name,longitude,latitude,country\n{'x' * n},36.5,33.5,SY\n")(f), rows.NAME_LIMIT
    ),
    "files of a spreadsheet": Edge(
        lambda f, n: _spreadsheet([(f"xl/{k}", 0) for k in range(n - 2)])(f), sheets.MEMBERS_LIMIT
    ),
    "a spreadsheet unpacked": Edge(
        lambda f, n: _spreadsheet([("xl/b.xml", n)])(f), 10_000, (sheets, "UNPACKED_LIMIT")
    ),
    "what a file in a spreadsheet swells to": Edge(_ratio, sheets.RATIO_LIMIT),
    "an address": Edge(lambda _, n: _told(lambda _: wire.target("http://example.org/".ljust(n, "x"))), wire.URL_LIMIT),
    "a file of incidents": Edge(_incidents, 5_000, (geojson, "INCIDENTS_LIMIT")),
    "a file not laid out by lines": Edge(_incidents, 5_000, (geojson, "FEATURE_LIMIT")),
    "what was set aside": Edge(_aside, 5_000, (set_aside, "SET_ASIDE_LIMIT")),
}  # fmt: skip


@pytest.mark.parametrize("what", EDGES)
def test_a_limit_lies_where_it_is_said_to_lie(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edge = EDGES[what]
    if edge.lowered is not None:
        monkeypatch.setattr(edge.lowered[0], edge.lowered[1], edge.size)
    for name, size in (("at", edge.size), ("beyond", edge.size + 1)):
        (tmp_path / name).mkdir()
        assert edge.takes(tmp_path / name, size) is (name == "at"), f"{what}, {size:,}"
