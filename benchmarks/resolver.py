"""How often the resolver is right about places whose position is known, and weights fitted to them.

usage: benchmarks/resolver.py PLACES.csv --gazetteer FILE [--gazetteer FILE …] [--fit]

PLACES.csv has the columns name, context, country, latitude and longitude, and perhaps name_ar and absent (not empty: no
answer is right). Each place is asked for with its context, without it, and by its Arabic name. Without --fit: recall
and precision within 10 km, by halves, and the reliability of the scores. With --fit: weights for
`places/resolving/weights.py`, to be fitted to what `benchmarks/rival_spellings.py` writes; tables of places from
elsewhere are there to test them. They are fitted to features, never to names, and held near `HAND_SET` (a penalty on
squared change, in units of a feature's spread); what it prints first is cross-validated, each fifth judged by weights
that never saw it. Halves and fifths are by position, in cells of about 5 km, so that one place is never on both sides.
Weights outside `FITTED` stay: some need articles to fit; and what a place is near, what several containers say, how
kinds of places are called and what a word more or less means, a table of settlements with one division each cannot
tell.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mapper.geo import distance_m  # noqa: E402
from mapper.model import ONE_ANSWER_M, PlaceContext, Resolution  # noqa: E402
from mapper.places.gazetteer.layers import Gazetteer  # noqa: E402
from mapper.places.names.ranking import Match  # noqa: E402
from mapper.places.resolving.answers import Weighed, answer, apart_m  # noqa: E402
from mapper.places.resolving.batch import resolve_written  # noqa: E402
from mapper.places.resolving.resolver import Resolver  # noqa: E402
from mapper.places.resolving.weights import FEATURES, WEIGHTS, Weights  # noqa: E402
from mapper.places.resolving.written import read_written  # noqa: E402

RIGHT_M = 10_000.0
CELL_DEG = 0.05
FOLDS = 5
PENALTY = 2.0
"""Weight of a squared change, in units of the spread of the feature."""

STEPS = 400

HAND_SET = (
    {"similarity": 17.5, "sound": 1.7, "skeleton": 1.4, "edit": 0.8, "alias": -0.25, "brief": -4.3}
    | {"sounding": -3.4, "inside": 1.5, "outside": -2.9}
    | {"none": 18.6, "obscure": 0.0, "support": 0.0, "borrowed": 0.0, "letters": 0.0, "exact": 0.55, "spelling": -1.8}
    | {"common": 0.0, "rendering": 0.0, "latin": 0.0, "has_latin": 0.0}
    | {"arabic": 0.0, "has_arabic": 0.0, "wordy": 0.0}
)
"""What the fitted weights were before anything was fitted: where each fit starts, and what it is held near."""

FITTED = tuple(HAND_SET)
# Thresholds to try, for those of `places/resolving/thresholds.py`.
RESOLVED = (0.40, 0.52, 0.55, 0.60, 0.70)
DISTINCT = (0.60, 0.70, 0.82, 0.90)
BUCKETS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One place, asked for in one way."""

    way: str
    name: str
    context: str
    country: str
    longitude: float
    latitude: float
    absent: bool = False

    def fold(self, count: int) -> int:
        """Say in which part it falls: by its position alone."""
        cell = f"{round(self.latitude / CELL_DEG)}:{round(self.longitude / CELL_DEG)}"
        return hashlib.sha256(cell.encode()).digest()[0] % count

    def away_m(self, longitude: float, latitude: float) -> float:
        """Return how far a point is from the right one, where there is one."""
        return float("inf") if self.absent else distance_m(self.longitude, self.latitude, longitude, latitude)


@dataclass(frozen=True)
class Question:
    """A row with its candidates and their evidence; the last row of `features` is that of "none of these"."""

    row: Row
    contained: bool
    matches: Sequence[Match]
    features: Array
    right: npt.NDArray[np.bool_]


def rows(path: Path) -> Iterator[Row]:
    """Read the table, three ways."""
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            row = Row(
                "context", line["name"], line["context"], line["country"], *position(line), bool(line.get("absent"))
            )
            yield row
            yield replace(row, way="alone", context="")
            if line.get("name_ar"):
                yield replace(row, way="arabic", name=line["name_ar"])


def position(line: dict[str, str]) -> tuple[float, float]:
    """Read a position, longitude first."""
    return float(line["longitude"]), float(line["latitude"])


def questions(asked: Sequence[Row], resolver: Resolver) -> Iterator[Question]:
    """Gather the evidence for every candidate of every row."""
    column = {name: n for n, name in enumerate(FEATURES)}
    for row in asked:
        written = read_written(row.name, row.context, row.country)
        if not written.reference.name:
            continue
        matches, found, doubts = resolver.evidence(written.reference, PlaceContext())
        features = np.zeros((len(matches) + 1, len(FEATURES)))
        for line, values in zip(features, [*found, doubts], strict=True):
            for name, value in values.items():
                line[column[name]] = value
        right = [row.away_m(match.place.longitude, match.place.latitude) <= RIGHT_M for match in matches]
        # Where no candidate is right, "none of these" is.
        contained = any("inside" in each for each in found)
        yield Question(row, contained, matches, features, np.array([*right, not any(right)]))


def chances(question: Question, weights: Array) -> Array:
    """Return the probability of each candidate, and of none."""
    energies = question.features @ weights
    shares = np.exp(energies - energies.max())
    return np.asarray(shares / shares.sum())


class Learnt:
    """Questions to learn from, in one array: a row for each candidate, those of a question together."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._of = np.repeat(np.arange(len(questions)), [len(question.features) for question in questions])
        self._first = np.searchsorted(self._of, np.arange(len(questions)))
        self._right = np.concatenate([question.right for question in questions])
        self.features = np.vstack([question.features for question in questions])

    def loss(self, weights: Array) -> tuple[float, Array]:
        """Return the negative logarithm of the likelihood, and its slope."""
        energies = self.features @ weights
        shares = np.exp(energies - np.maximum.reduceat(energies, self._first)[self._of])
        shares /= np.add.reduceat(shares, self._first)[self._of]
        right = np.where(self._right, shares, 0.0)
        known = np.maximum(1e-12, np.add.reduceat(right, self._first))
        return -float(np.log(known).sum()), (shares - right / known[self._of]) @ self.features


def fit(learnt: Sequence[Question], start: Array) -> Array:
    """Fit by gradient descent with momentum, each feature in units of its spread; steps that lead up are halved."""
    table = Learnt(learnt)
    spread = np.maximum(table.features.std(axis=0), 0.02)
    free = np.array([name in FITTED for name in FEATURES])
    stiff = PENALTY * spread**2

    def loss(weights: Array) -> tuple[float, Array]:
        value, slope = table.loss(weights)
        return value + float(stiff @ (weights - start) ** 2), slope + 2 * stiff * (weights - start)

    weights, step = start.copy(), 0.5 / len(learnt)
    value, slope = loss(weights)
    moving = np.zeros_like(weights)
    for _ in range(STEPS):
        moving = 0.8 * moving - step * np.where(free, slope / spread**2, 0.0)
        tried, tried_slope = loss(weights + moving)
        if tried > value:
            step, moving = step / 2, np.zeros_like(moving)
            continue
        weights, value, slope, step = weights + moving, tried, tried_slope, step * 1.1
    return weights


def decided(question: Question, weights: Array, at_hand: AbstractSet[str]) -> Resolution:
    """Answer as the resolver does, with other weights; `at_hand` are the countries of the gazetteers."""
    shares = chances(question, weights)
    weighed = [Weighed(match, float(share)) for match, share in zip(question.matches, shares, strict=False)]
    weighed.sort(key=lambda w: (-w.probability, w.match.layer, w.place.id))
    in_arabic = question.row.way == "arabic"
    return answer(weighed, contained=question.contained, at_hand=at_hand, in_arabic=in_arabic)


def certainties(question: Question, weights: Array) -> tuple[float, float, bool]:
    """Return the probability of the likeliest answer, that of all candidates, and whether the answer is right."""
    shares = chances(question, weights)[:-1]
    if not len(shares):
        return 0.0, 0.0, False
    places = [match.place for match in question.matches]
    best = int(shares.argmax())
    one = [share for share, place in zip(shares, places, strict=True) if apart_m(place, places[best]) <= ONE_ANSWER_M]
    return float(sum(one)), float(shares.sum()), bool(question.right[best])


def thresholds(judged: Sequence[tuple[Question, tuple[float, float, bool]]]) -> None:
    """Print what recall and precision each pair of thresholds gives, with what contains the name and without."""
    for contained in (True, False):
        some = [found for question, found in judged if question.contained == contained]
        for distinct in DISTINCT:
            for resolved in RESOLVED:
                given = [right for sure, known, right in some if sure >= max(resolved, distinct * known)]
                precision, recall = sum(given) / max(1, len(given)), sum(given) / max(1, len(some))
                where = "contained" if contained else "alone"
                print(f"  {where} resolved {resolved} distinct {distinct} {recall:6.1%} {precision:6.1%}")


def report(label: str, answers: Sequence[tuple[Row, Resolution]]) -> None:
    """Print how many of the answers are right."""
    judged = [
        (found.score, row.away_m(found.longitude, found.latitude) <= RIGHT_M)
        for row, found in answers
        if found.longitude is not None and found.latitude is not None
    ]
    doubtful = [(row, found) for row, found in answers if found.status == "ambiguous"]
    among = sum(
        any(row.away_m(c.place.longitude, c.place.latitude) <= RIGHT_M for c in found.candidates)
        for row, found in doubtful
    )
    right = sum(is_right for _, is_right in judged)
    print(
        f"{label:24s} of {len(answers):5d} recall {right / max(1, len(answers)):6.1%} "
        f"precision {right / max(1, len(judged)):6.1%} ambiguous {len(doubtful):4d}, "
        f"right among them {among / max(1, len(doubtful)):6.1%}"
    )


def reliability(answers: Sequence[tuple[Row, Resolution]]) -> None:
    """Print, for the answers of each score, how many are right: a calibrated score says just that."""
    for low, high in pairwise(BUCKETS):
        inside = [(row, found) for row, found in answers if found.longitude is not None and low <= found.score < high]
        right = sum(row.away_m(found.longitude or 0.0, found.latitude or 0.0) <= RIGHT_M for row, found in inside)
        if inside:
            said = sum(found.score for _, found in inside) / len(inside)
            print(f"  said {said:6.1%}  were right {right / len(inside):6.1%}  of {len(inside)}")


def by_way(answers: Sequence[tuple[Row, Resolution]], label: str, also: Callable[[Row], str] | None = None) -> None:
    """Report each way of asking, and each part of it."""
    for way in dict.fromkeys(row.way for row, _ in answers):
        of_way = [pair for pair in answers if pair[0].way == way]
        report(f"{label} {way}", of_way)
        for part in sorted({also(row) for row, _ in of_way}) if also else ():
            report(f"  {part}", [pair for pair in of_way if also and also(pair[0]) == part])


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", type=Path)
    parser.add_argument("--gazetteer", type=Path, action="append", required=True)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    gazetteer = Gazetteer.open((), options.gazetteer, report=print)
    resolver, at_hand = Resolver(gazetteer), gazetteer.at_hand
    asked = list(rows(options.places))
    if not options.fit:
        whole = [(row, resolve_written(read_written(row.name, row.context, row.country), resolver)) for row in asked]
        by_way(whole, "resolve", lambda row: f"half {'AB'[row.fold(2)]}")
        by_way(whole, "resolve", lambda row: row.country)
        reliability(whole)
        return
    posed = list(questions(asked, resolver))
    present = np.array([float(value) for value in asdict(WEIGHTS).values()])
    start = np.array([float(value) for value in asdict(replace(WEIGHTS, **HAND_SET)).values()])
    for label, weights in (("present", present), ("hand-set", start)):
        by_way(
            [(question.row, decided(question, weights, at_hand)) for question in posed], label, lambda row: row.country
        )
    apart: list[tuple[Row, Resolution]] = []
    judged: list[tuple[Question, tuple[float, float, bool]]] = []
    for fold in range(FOLDS):
        learnt = fit([question for question in posed if question.row.fold(FOLDS) != fold], start)
        left_out = [question for question in posed if question.row.fold(FOLDS) == fold]
        apart += [(question.row, decided(question, learnt, at_hand)) for question in left_out]
        judged += [(question, certainties(question, learnt)) for question in left_out]
    by_way(apart, "cross-validated", lambda row: row.country)
    reliability(apart)
    thresholds(judged)
    print(Weights(*(round(float(value), 2) for value in fit(posed, start))))


if __name__ == "__main__":
    main()
