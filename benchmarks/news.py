"""How well places are found and put on the map in news: invented articles in `benchmarks/news`.

Each toponym there is marked up with where it lies, ``{Peoria|-89.59,40.69}``. The articles in
``seen`` are for looking at while rules are written, and so are those in ``hard``: towns of local papers that are called
like capitals, people, teams, ships and roads that are called like towns. Those in ``kept`` are only for their figures.

    python benchmarks/news.py               figures for all parts
    python benchmarks/news.py FOLDER …      figures for other articles marked up so
    python benchmarks/news.py -v [FOLDER …] also what went wrong, but for folders that are kept from view

Found is what overlaps a toponym of the article; "exact" is what has its very span.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mapper.errors import Problem
from mapper.geo import distance_m
from mapper.model import Article
from mapper.places.finding.finder import Finder
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.resolving.batch import places_in
from mapper.places.resolving.resolver import Resolver

FOLDER = Path(__file__).resolve().parent / "news"
MARKED = re.compile(r"\{([^|{}]{1,60})\|(-?[\d.]{1,8}),(-?[\d.]{1,8})\}")
UNSEEN = frozenset({"kept", "b"})
"""Folders of articles that nobody reads, so that their figures stay honest."""

NEAR_M = 161_000
"""The measure of the field: a hundred miles."""


class Gold(NamedTuple):
    """A toponym of an article, and where it lies."""

    start: int
    end: int
    name: str
    longitude: float
    latitude: float


def read(path: Path) -> tuple[str, list[Gold]]:
    """Part an article from its markup."""
    marked = path.read_text(encoding="utf-8")
    text, gold, last = "", [], 0
    for match in MARKED.finditer(marked):
        text += marked[last : match.start()]
        gold.append(Gold(len(text), len(text) + len(match[1]), match[1], float(match[2]), float(match[3])))
        text += match[1]
        last = match.end()
    return text + marked[last:], gold


def compare(text: str, gold: Sequence[Gold], rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Say of each toponym and each answer what it is: right, far, open, missed or false; and what it was."""
    free = list(rows)
    for want in gold:
        row = next((r for r in free if r["start"] < want.end and want.start < r["end"]), None)
        around = f"{want.name!r} in …{text[max(0, want.start - 30) : want.end + 30]!r}"
        if row is None:
            yield "missed", around
            continue
        free.remove(row)
        if row["longitude"] is None:
            yield "open", f"{around}: {row['status']} {row['score']}"
            continue
        away = distance_m(want.longitude, want.latitude, row["longitude"], row["latitude"])
        yield ("right" if away <= NEAR_M else "far"), f"{around}: {row['place']}, {away / 1000:.0f} km ({row['score']})"
    for row in free:
        yield "false", f"{row['quote']!r} in …{text[max(0, row['start'] - 30) : row['end'] + 30]!r}: {row['place']}"


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("-v", "--verbose", action="store_true")
    arguments.add_argument("folders", nargs="*", type=Path, default=[FOLDER / "seen", FOLDER / "hard", FOLDER / "kept"])
    asked = arguments.parse_args()
    problems: list[Problem] = []
    gazetteer = Gazetteer.open((), report=problems.append)
    finder, resolver = Finder(gazetteer), Resolver(gazetteer)
    for folder in asked.folders:
        styles: dict[str, Counter[str]] = {}
        for path in sorted(folder.glob("*.txt")):
            text, gold = read(path)
            article = Article(id=path.stem, file=path.name, sha256="", text=text)
            rows = places_in(article, finder, resolver)
            outcomes = list(compare(text, gold, rows))
            counts = Counter(outcome for outcome, _ in outcomes)
            counts["exact"] = len({(g.start, g.end) for g in gold} & {(r["start"], r["end"]) for r in rows})
            for style in (path.stem.rsplit("-", 1)[0], "all"):
                styles.setdefault(style, Counter()).update(counts)
            if asked.verbose and folder.name not in UNSEEN:
                for outcome, what in outcomes:
                    if outcome != "right":
                        print(f"{path.stem:11s} {outcome:6s} {what}")
        for style, counts in sorted(styles.items()):
            print(f"{folder.name} {style:9s} {figures(counts)}")


def figures(counts: Counter[str]) -> str:
    """Write the figures of some articles."""
    found = counts["right"] + counts["far"] + counts["open"]
    given, wanted = found + counts["false"], found + counts["missed"]
    placed = counts["right"] / max(1, counts["right"] + counts["far"])
    return (
        f"P {found / max(1, given):.3f}  R {found / max(1, wanted):.3f}  F1 {2 * found / max(1, given + wanted):.3f}  "
        f"exact F1 {2 * counts['exact'] / max(1, given + wanted):.3f}  of the placed within 161 km {placed:.3f}  "
        f"of all {counts['right'] / max(1, wanted):.3f}  "
        + " ".join(f"{outcome} {counts[outcome]}" for outcome in ("right", "far", "open", "missed", "false"))
    )


if __name__ == "__main__":
    main()
