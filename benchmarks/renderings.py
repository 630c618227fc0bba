"""Learn what writers do with the letters of a name, for `mapper/places/data/renderings.csv`.

usage: benchmarks/renderings.py OUTPUT.csv DUMP [DUMP …]

The alternate names of one place in a GeoNames dump are spellings of one name, mostly: pairs of them, in Latin letters
and in Latin and Arabic ones, are aligned letter by letter, and what stands for what is counted, over and over. Dumps
from which `benchmarks/rival_spellings.py` has taken its hidden spellings keep these out of the table. What is written
is the logarithm of how much oftener two letters stand for each other than chance has it; the same dumps give the same
file.
"""

from __future__ import annotations

import csv
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.rival_spellings import SAME_NAME, Entry  # noqa: E402
from mapper.places.names.keys import fold  # noqa: E402
from mapper.places.names.ranking import compared  # noqa: E402
from mapper.places.resolving.renderings import ARABIC, LATIN, LEAST, arabic_letters_of, letters_of  # noqa: E402

PAIRS = 6_000
"""Of each dump, so that the largest does not say it all."""

SPELLINGS = 6
ARABIC_SPELLINGS = 2
ROUNDS = 4
PRIOR = 400.0
"""Pairs of letters by chance that are added to those counted."""

SAME = 2.0
OTHER = -2.5
ALONE = -1.5
"""What two letters count at first that sound the same, or do not, and one that stands alone."""

SHOWN = 2

Spelling = Sequence[str]
Scores = dict[tuple[str, str], float]


def pairs_of(dump: Path, script: str) -> list[tuple[Spelling, Spelling]]:
    """Collect spellings of one name: both ways round where both are in Latin letters."""
    with dump.open(encoding="utf-8", newline="\n") as lines:
        entries = [Entry(line.rstrip("\n").split("\t")) for line in lines]
    found = [pair for entry in entries if entry.cells[6] == "P" for pair in _of_entry(entry, script)]
    random.Random(1).shuffle(found)
    return found[:PAIRS]


def _of_entry(entry: Entry, script: str) -> Iterator[tuple[Spelling, Spelling]]:
    latin = [fold(name) for name in entry.latin()[:SPELLINGS]]
    if script == LATIN:
        for one, other in combinations(latin, 2):
            if compared(one, other)[1] >= SAME_NAME:
                yield letters_of(one), letters_of(other)
                yield letters_of(other), letters_of(one)
        return
    for keys in map(fold, entry.arabic()[:ARABIC_SPELLINGS]):
        for one in latin:
            if compared(one, keys)[1] >= SAME_NAME:
                yield letters_of(one), arabic_letters_of(keys)


def aligned(one: Spelling, other: Spelling, scores: Scores) -> list[tuple[str, str]]:
    """Align two spellings, from their ends: pairs of letters, one empty where only one spelling has a letter."""
    best: list[list[tuple[float, tuple[int, int]]]] = [[(0.0, (0, 0))] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            ways = []
            if i and j:
                ways.append((best[i - 1][j - 1][0] + scores.get((one[i - 1], other[j - 1]), OTHER), (1, 1)))
            if i:
                ways.append((best[i - 1][j][0] + scores.get((one[i - 1], ""), ALONE), (1, 0)))
            if j:
                ways.append((best[i][j - 1][0] + scores.get(("", other[j - 1]), ALONE), (0, 1)))
            if ways:
                best[i][j] = max(ways, key=lambda way: way[0])
    i, j, found = len(one), len(other), []
    while i or j:
        back, aside = best[i][j][1]
        found.append((one[i - 1] if back else "", other[j - 1] if aside else ""))
        i, j = i - back, j - aside
    return found


def learned(pairs: Sequence[tuple[Spelling, Spelling]]) -> tuple[Scores, Counter[tuple[str, str]]]:
    """Align the pairs by the scores so far, count, and score anew."""
    counted: Counter[tuple[str, str]] = Counter()
    scores = _first_scores(pairs)
    for _ in range(ROUNDS):
        counted = Counter(pair for one, other in pairs for pair in aligned(one, other, scores))
        whole = counted.total()
        ones: Counter[str] = Counter()
        others: Counter[str] = Counter()
        for (one, other), count in counted.items():
            ones[one] += count
            others[other] += count
        scores = {}
        for one in ones:
            for other in others:
                chance = (ones[one] if one else whole) * (others[other] if other else whole) / whole**2
                expected = ones[one] * others[other] / whole**2
                share = (counted[one, other] + PRIOR * expected) / (whole + PRIOR)
                scores[one, other] = max(LEAST, math.log(share / chance))
    return scores, counted


def _first_scores(pairs: Iterable[tuple[Spelling, Spelling]]) -> Scores:
    """Score letters by their sounds: those that the folding keys take for one stand for each other."""
    ones = {letter for one, _ in pairs for letter in one}
    others = {letter for _, other in pairs for letter in other}
    sounds = {letter: fold(letter).skeleton for letter in ones | others}
    return {
        (one, other): SAME
        for one in ones
        for other in others
        if one == other or (sounds[one] == sounds[other] and not other.isascii())
    }


def main() -> None:
    """Run."""
    output, *dumps = map(Path, sys.argv[1:])
    rows = []
    for script in (LATIN, ARABIC):
        scores, counted = learned([pair for dump in dumps for pair in pairs_of(dump, script)])
        kept = sorted(pair for pair, score in scores.items() if score > LEAST and counted[pair] >= SHOWN and any(pair))
        rows += [(script, one, other, f"{scores[one, other]:.2f}") for one, other in kept]
    with output.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("script", "one", "other", "score"))
        writer.writerows(rows)
    print(len(rows), "pairs of letters")


if __name__ == "__main__":
    main()
