"""How well places are found and put on the map in news: invented articles in `benchmarks/news`.

Each toponym there is marked up with where it lies, ``{Peoria|-89.59,40.69}``. The articles in
``seen`` are for looking at while rules are written, those in ``kept`` only for their figures.

    python benchmarks/news.py            figures for both parts
    python benchmarks/news.py -v         also what went wrong in `seen`
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mapper.errors import Problem
from mapper.geo import distance_m
from mapper.model import Article
from mapper.places.finding.finder import Finder
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.resolving.batch import find_places
from mapper.places.resolving.resolver import Resolver

FOLDER = Path(__file__).resolve().parent / "news"
MARKED = re.compile(r"\{([^|{}]{1,60})\|(-?[\d.]{1,8}),(-?[\d.]{1,8})\}")
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
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("-v", "--verbose", action="store_true")
    verbose = arguments.parse_args().verbose
    problems: list[Problem] = []
    gazetteer = Gazetteer.open((), report=problems.append)
    finder, resolver = Finder(gazetteer), Resolver(gazetteer)
    for part in ("seen", "kept"):
        styles: dict[str, dict[str, int]] = {}
        for path in sorted((FOLDER / part).glob("*.txt")):
            text, gold = read(path)
            article = Article(id=path.stem, file=path.name, sha256="", text=text)
            rows = list(find_places([article], finder, resolver))
            for outcome, what in compare(text, gold, rows):
                for style in (path.stem.rsplit("-", 1)[0], "all"):
                    counts = styles.setdefault(style, dict.fromkeys(("right", "far", "open", "missed", "false"), 0))
                    counts[outcome] += 1
                if verbose and part == "seen" and outcome != "right":
                    print(f"{path.stem:11s} {outcome:6s} {what}")
        for style, counts in sorted(styles.items()):
            print(f"{part} {style:9s} {figures(counts)}")


def figures(counts: dict[str, int]) -> str:
    """Write the figures of some articles."""
    found = counts["right"] + counts["far"] + counts["open"]
    precision = found / max(1, found + counts["false"])
    recall = found / max(1, found + counts["missed"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    placed = counts["right"] / max(1, counts["right"] + counts["far"])
    within = counts["right"] / max(1, found + counts["missed"])
    return (
        f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of the placed within 161 km {placed:.3f}  "
        f"of all {within:.3f}  {counts}"
    )


if __name__ == "__main__":
    main()
