"""The whole story on one page: articles in, a cited map out.

::

    articles ─▶ readings ─▶ located accounts ─▶ incidents ─▶ map · GeoJSON · tables · manifest

ARCHITECTURE.md names the few other modules that see more than one room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, Final

import orjson

from mapper import files
from mapper.console import Console, counted
from mapper.errors import InputError, Problem
from mapper.finished import draw_map
from mapper.incidents.grouping import Link, group
from mapper.incidents.judgements import read_ledger
from mapper.incidents.located import Located
from mapper.incidents.totals import link_totals
from mapper.model import Article, Incident, Reading, SetAside
from mapper.publish.coarse import coarsened
from mapper.publish.geojson import Feature, feature, write_features, write_stream
from mapper.publish.manifest import NAME as MANIFEST
from mapper.publish.manifest import FileRecord, Setting, file_record, write_manifest
from mapper.publish.set_aside import set_aside_rows, write_set_aside
from mapper.reading.articles.evidence import EVIDENCE_END
from mapper.reading.articles.listing import FORMS
from mapper.reading.articles.loading import Received
from mapper.reading.articles.sources import SOURCES_NAME
from mapper.settings import Settings
from mapper.streams import apart, binary_output, text_input, text_output
from mapper.toolchain import PLACES, Toolchain, imported, open_toolchain, own_folder, read_besides
from mapper.workers import in_order, places_of, read_one

INCIDENTS: Final = "incidents.geojson"
SET_ASIDE: Final = "set_aside.json"
MAP: Final = "map.html"
PAIRS: Final = "pairs.json"
OUTPUTS: Final = (INCIDENTS, SET_ASIDE, PAIRS, MAP, MANIFEST)
"""Files of a build, in the order in which they are put in place."""
LOCK: Final = ".mapper"
READ: Final = (*FORMS, ".csv", EVIDENCE_END)
"""Endings of files that are read where a folder of articles is given."""


@dataclass(slots=True)
class Totals:
    """Counts of a run, which must add up, and the hash of its manifest."""

    articles: int = 0
    incidents: int = 0
    placed: int = 0
    set_aside: int = 0
    to_review: int = 0
    doubtful: int = 0
    undated: int = 0
    unpublished: int = 0
    villages: bool = True
    manifest: str = ""

    def sentence(self) -> str:
        """Say it for people."""
        return (
            f"{counted(self.articles, 'article')} read: {counted(self.incidents, 'incident')} proposed, "
            f"{self.placed:,} of them placed; "
            f"{counted(self.set_aside, 'number or place', 'numbers and places')} set aside."
        )

    def next_steps(self) -> Iterator[str]:
        """Say what a person should look at first, and what would make the next build know more."""
        pairs = f"{counted(self.doubtful, 'pair')} that may be one event, in {PAIRS} (mapper review shows them)"
        parts = [
            f"{counted(self.to_review, 'place that needs review', 'places that need review')}"
            if self.to_review
            else "",
            pairs if self.doubtful else "",
        ]
        if first := "; ".join(part for part in parts if part):
            yield f"To look at first: {first}."
        if self.undated and self.unpublished:
            yield (
                f"Without a date: {counted(self.undated, 'incident')}. "
                f"Not known when they were published: {counted(self.unpublished, 'article')}; "
                f'days such as "on Monday" count from the column published of {SOURCES_NAME}.'
            )
        if self.incidents > self.placed and not self.villages:
            yield (
                f"Without a place: {counted(self.incidents - self.placed, 'incident')}. "
                "No gazetteer knows its villages: --gazetteer FILE, or mapper gazetteer import geonames --country SY."
            )


@dataclass(slots=True)
class Run:
    """A run under way: what it works with, and what is kept of the articles that passed."""

    settings: Settings
    console: Console
    tools: Toolchain
    articles: dict[str, Article] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    received: list[Received] | None = None

    def readings(self, paths: Sequence[Path]) -> Iterator[tuple[Reading, list[Located]]]:
        """Read and locate, one article at a time."""
        articles = self.tools.articles(paths, self.received.append if self.received is not None else None)
        outcomes = in_order(read_one, articles, self.tools, self.settings)
        for reading, located in self.console.progress(outcomes, "reading"):
            self.totals.articles += 1
            self.totals.unpublished += not reading.article.published
            self.totals.set_aside += len(reading.set_aside)
            yield reading, located

    def features(self, paths: Sequence[Path]) -> Iterator[Feature]:
        """Give the incidents as GeoJSON features, in reading order.

        Without merging, an article is forgotten as soon as its incidents are
        written, so that memory does not grow with the number of articles.
        """
        if not self.settings.merge:
            for reading, located in self.readings(paths):
                known = {reading.article.id: reading.article}
                for incident in group(located, merge=False):
                    yield self._feature(incident, known)
            return
        for incident in self.incidents(paths):
            yield self._feature(incident, self.articles)

    def incidents(self, paths: Sequence[Path]) -> list[Incident]:
        """Read everything, then join the accounts of each event."""
        ledger = self.settings.judgements
        if ledger is not None and not ledger.is_file():
            what = "there is no such file, so that no decision counts; mapper judge makes it."
            self.console.report(Problem(str(ledger), what))
        judgements = read_ledger(ledger, self.console.report) if ledger else None
        met: set[str] = set()
        incidents = list(group(self._accounts(paths, met), judgements, links=self.links))
        if judgements is not None and (idle := len(judgements.without_effect(met))):
            # A ledger outlives the articles: this is worth a word, and is no fault.
            concern = "concerns" if idle == 1 else "concern"
            self.console.note(f"{idle:,} of {counted(len(judgements), 'judgement')} {concern} no incident here.")
        self.set_aside = list(link_totals(self.set_aside, incidents))
        return incidents

    def _accounts(self, paths: Sequence[Path], met: set[str]) -> Iterator[Located]:
        for reading, located in self.readings(paths):
            # Without its text: of a hundred thousand articles only the labels are kept.
            self.articles[reading.article.id] = reading.article
            self.set_aside += reading.set_aside
            met.update(account.id for account in located)
            yield from located

    def _feature(self, incident: Incident, articles: dict[str, Article]) -> Feature:
        self.totals.incidents += 1
        made = feature(incident, articles)
        self.totals.placed += made["geometry"] is not None
        self.totals.to_review += made["properties"]["needs_review"]
        self.totals.undated += not made["properties"]["date_start"]
        return coarsened(made) if self.settings.coarse else made


def start(settings: Settings, console: Console) -> Run:
    """Open the rooms for a run."""
    return Run(settings, console, open_toolchain(settings, console))


def extract(paths: Sequence[Path], output: Path, settings: Settings, console: Console) -> Totals:
    """Write the incidents of some articles as GeoJSON.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders of articles.
    output : Path
        The file; ``-`` is stdout.
    settings : Settings
        How.
    console : Console
        Is told of problems and progress.

    Raises
    ------
    InputError, GazetteerError, OutputError
    """
    apart(output, [*paths, *read_besides(settings)], READ)
    run = start(settings, console)
    features = run.features(paths)
    if str(output) == "-":
        with binary_output(output) as stream:
            write_stream(features, stream)
    else:
        write_features(features, output)
    return read_something(run.totals)


def build(
    paths: Sequence[Path],
    folder: Path,
    settings: Settings,
    console: Console,
    *,
    tiles: str | None = None,
    language: str = "en",
    title: str = "",
) -> Totals:
    """Do the main job: map, incidents, what was set aside, pairs to judge, and the manifest.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders of articles.
    folder : Path
        Where the files go; made when it is not there.
    settings, console
        As in `extract`.
    tiles, language, title
        As in `mapper.publish.webmap.write_map`.

    Raises
    ------
    InputError, GazetteerError, OutputError
    """
    apart(folder, paths)
    for name in OUTPUTS:
        apart(folder / name, read_besides(settings))
    run = start(settings, console)
    run.received = []
    features = list(run.features(paths))
    totals = read_something(run.totals)
    totals.villages = bool(settings.gazetteers or imported(own_folder(settings)))
    totals.doubtful = sum(link.doubtful and not link.judged for link in run.links)
    # Before anything is written: the folder may lie among the articles.
    inputs = _inputs(run.received, settings, run.tools)
    order = list(run.articles)
    # A second run into the same folder waits: files of two runs beside each other would be no build.
    with files.locked(folder / LOCK), files.together(folder, OUTPUTS) as made:
        write_features(features, made / INCIDENTS)
        write_set_aside(run.set_aside, order, made / SET_ASIDE)
        _write_pairs(run.links, features, made / PAIRS)
        draw_map(
            features,
            made / MAP,
            run.tools,
            set_aside=set_aside_rows(run.set_aside, order),
            pairs=[(link.left.incident, link.right.incident) for link in run.links if link.doubtful],
            articles=totals.articles,
            tiles=tiles,
            language=language,
            title=title,
        )
        totals.manifest = write_manifest(
            made,
            inputs=inputs,
            articles=run.articles.values(),
            outputs=[INCIDENTS, SET_ASIDE, PAIRS, MAP],
            settings=_recorded(settings, run.tools, tiles=tiles, language=language, title=title),
        )
    return totals


def _write_pairs(links: Sequence[Link], features: Sequence[Feature], output: Path) -> None:
    """Write which accounts were joined, or may tell of one event: what `mapper judge` decides on."""
    titles = {made["id"]: made["properties"]["title"] for made in features}
    rows = [
        {
            "left": link.comparison.left,
            "right": link.comparison.right,
            "left_incident": link.left.incident,
            "right_incident": link.right.incident,
            "left_title": titles[link.left.incident],
            "right_title": titles[link.right.incident],
            "left_source": link.left.article,
            "right_source": link.right.article,
            "verdict": link.judged or link.comparison.verdict,
            "joined": link.joined,
            "judged": bool(link.judged),
            "score": link.comparison.score,
            "reasons": list(link.comparison.reasons),
        }
        for link in links
    ]
    files.write_bytes(output, orjson.dumps(rows, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def read_something(totals: Totals) -> Totals:
    """Pass on the counts of a run that read at least one article.

    Raises
    ------
    InputError
        It read none.
    """
    if totals.articles == 0:
        message = "no article could be read; give .txt, .md, .html or .jsonl files, or a folder of them."
        raise InputError(message)
    return totals


def _inputs(received: Sequence[Received], settings: Settings, tools: Toolchain) -> list[FileRecord]:
    """Record every file that a run read; a name that is withheld is not told by a file's name either.

    The hash of an article's file is that of the bytes that were read, not of
    what lies there when the build ends.
    """
    shown = tools.withheld.redact if tools.withheld else str
    records = []
    lists: dict[str, Path] = {}
    for one in received:
        records.append(FileRecord(role="article", file=shown(one.label), sha256=one.sha256, bytes=one.bytes))
        beside = one.path.with_name(SOURCES_NAME)
        if beside.is_file():
            lists[str(PurePosixPath(one.label).with_name(SOURCES_NAME))] = beside
    records += [file_record("sources", path, shown(name)) for name, path in lists.items()]
    own = own_folder(settings)
    records += [
        file_record("gazetteer", path)
        for path in (own / PLACES, *settings.gazetteers, *imported(own))
        if path.is_file()
    ]
    # The list of withheld names is not hashed: a short one could be guessed from its hash.
    if settings.judgements is not None and settings.judgements.is_file():
        records.append(file_record("judgements", settings.judgements))
    return records


def _recorded(settings: Settings, tools: Toolchain, **options: str | None) -> dict[str, Setting]:
    """Say what was asked for: no path of this machine, no key, no time."""
    return {
        "extractor": tools.reader.id,
        "geocoder": settings.geocoder if not settings.offline else "",
        "layers": [f"{name} {digest}" for name, digest in tools.gazetteer.identity().items()],
        "merge": settings.merge,
        "precision": "district" if settings.coarse else "",
        "withheld": len(tools.withheld) if tools.withheld else 0,
        "world": settings.world,
        **options,
    }


def resolve(names: Path, output: Path, settings: Settings, console: Console) -> int:
    """Find the positions of the names in a CSV; see `mapper.places.resolving.batch`.

    Returns
    -------
    int
        How many rows were read and written.
    """
    from mapper.places.resolving.batch import resolve_names

    apart(output, [names, *read_besides(settings)])
    tools = open_toolchain(settings, console)
    with text_input(names) as rows, text_output(output) as stream:
        return resolve_names(console.progress(rows, "resolving"), stream, tools.resolver, console.report)


def places(paths: Sequence[Path], output: Path, settings: Settings, console: Console) -> int:
    """Find and resolve every place that some texts name; see `mapper.places.resolving.batch.places_in`.

    Returns
    -------
    int
        How many names were found.
    """
    apart(output, [*paths, *read_besides(settings)], READ)
    tools = open_toolchain(settings, console)
    found = in_order(places_of, tools.articles(paths), tools, settings)
    rows = chain.from_iterable(console.progress(found, "reading"))
    if output.suffix == ".geojson":
        return write_features(map(_place_feature, rows), output)
    count = 0
    with binary_output(output) as stream:
        for row in rows:
            stream.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count


def _place_feature(row: Mapping[str, Any]) -> Feature:
    position = [row["longitude"], row["latitude"]]
    return {
        "type": "Feature",
        "id": f"{row['article']}/{row['start']}",
        "geometry": None if None in position else {"type": "Point", "coordinates": position},
        "properties": dict(row),
    }
