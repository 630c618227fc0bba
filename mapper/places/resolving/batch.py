"""Many names or many articles at once, in constant memory: `mapper resolve` and `mapper places`."""

from __future__ import annotations

import csv
import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import IO, Any, Final

from mapper.cells import OpenQuotes, allow_long_cells, delimiter_of, guarded, open_quote
from mapper.errors import InputError, Problem, Report
from mapper.geo import distance_m, rounded
from mapper.model import (
    ONE_ANSWER_M,
    Article,
    Candidate,
    PlaceContext,
    PlaceResolver,
    Precision,
    Resolution,
    ToponymFinder,
)
from mapper.places.finding.unlisted import unlisted
from mapper.places.resolving.companions import resolve_toponyms
from mapper.places.resolving.written import Written, read_written

COLUMNS: Final = (
    *("name", "context", "country", "longitude", "latitude", "place_id", "place", "precision", "uncertainty_m"),
    *("method", "score", "status", "candidates"),
)
"""Columns of the table that `resolve_names` writes."""

_ASKED: Final = ("name", "context", "country")
_SURPLUS: Final = "\0surplus"
_REMEMBERED: Final = 20_000
_EMPTY: Final = PlaceContext()
_EACH: Final = 5
_SURE: Final = 0.9
_FENCE: Final = "---\n"
_LONGEST_HEAD: Final = 20_000
_SMALL: Final = frozenset({Precision.CITY, Precision.TOWN, Precision.VILLAGE, Precision.NEIGHBOURHOOD})
_Row = tuple[str, str, str]


def resolve_names(lines: Iterable[str], output: IO[str], resolver: PlaceResolver, report: Report) -> int:
    """Resolve the names of a CSV, row by row, in the same order.

    Parameters
    ----------
    lines : iterable of str
        Lines of CSV, parted by commas, semicolons or tabs; the first names the columns ``name``, and perhaps
        ``context`` ("Aleppo, Syria": what contains it, smallest first) and
        ``country`` (ISO code). Other columns are kept.
    output : text stream
        Gets a CSV with the other columns first, then `COLUMNS`; ``candidates`` is JSON. A column that is called like
        one of ours gets "input_" before its name.
    resolver : PlaceResolver
        Finds the positions.
    report : Report
        Is told of rows that have no name.

    Returns
    -------
    int
        How many rows were read, which is how many were written.

    Raises
    ------
    InputError
        It is not CSV, or has no column ``name``.
    """
    rows = (line.replace("\0", "") for line in lines)
    # Blank lines may stand before the first.
    blank, header = next(((n, line) for n, line in enumerate(rows) if line.strip()), (0, ""))
    allow_long_cells()
    delimiter = delimiter_of(header)
    table = OpenQuotes(chain([header], rows), delimiter)
    reader = csv.DictReader(table, delimiter=delimiter, restkey=_SURPLUS)
    writer = csv.writer(output, lineterminator="\n")
    count = 0
    remembered: OrderedDict[_Row, list[str]] = OrderedDict()
    try:
        reader.fieldnames = _header(reader.fieldnames)
        # What was read so far is the line of names.
        table.swallowed()
        kept = [name for name in reader.fieldnames if name not in _ASKED]
        writer.writerow([*(f"input_{name}" if name in COLUMNS else name for name in kept), *COLUMNS])
        for row in reader:
            count += 1
            if swallowed := table.swallowed():
                report(Problem(f"line {blank + reader.line_num - swallowed + 1}", open_quote(swallowed)))
            if _SURPLUS in row:
                what = "more cells than the first line names, left out; a cell with a comma needs quotes."
                report(Problem(f"line {blank + reader.line_num}", what))
            asked = (row.get("name") or "", row.get("context") or "", row.get("country") or "")
            cells = remembered.get(asked)
            if cells is None:
                if not asked[0].strip():
                    report(Problem(f"line {blank + reader.line_num}", "there is no name; nothing was looked up."))
                cells = remembered[asked] = _cells(resolve_written(read_written(*asked), resolver))
                if len(remembered) > _REMEMBERED:
                    remembered.popitem(last=False)
            writer.writerow([*(row.get(name) or "" for name in kept), *asked, *cells])
    except csv.Error as fault:
        message = f"line {blank + reader.line_num} is not CSV: {fault}."
        raise InputError(message) from fault
    return count


def _header(names: Iterable[str] | None) -> list[str]:
    """Read the names of the columns, in small letters."""
    found = [name.strip().lower() for name in names or ()]
    if "name" not in found:
        message = (
            "the first line must name a column 'name', parted by commas, semicolons or tabs from others; "
            f"it has {', '.join(found) or 'nothing'}."
        )
        raise InputError(message)
    return found


def resolve_written(written: Written, resolver: PlaceResolver, context: PlaceContext = _EMPTY) -> Resolution:
    """Resolve a place as written in a table.

    If its name is not known, the others that the cell has are tried, then
    the larger places in it, where it is a part of them: the method is then
    ``parent``.
    """
    found = _resolve_one(written, resolver, context)
    if not written.either:
        return found
    asked = replace(written.reference, near=())
    tried = [found, *(resolver.resolve(replace(asked, name=name), context) for name in written.either)]
    candidates = tuple(candidate for answer in tried for candidate in answer.candidates[:_EACH])
    if not any(answer.status != "not_found" for answer in tried):
        return found
    # "A or B": whoever wrote it did not know which.
    return Resolution(status="ambiguous", candidates=candidates, needs_review=True, flags=("ambiguous-place",))


def _resolve_one(written: Written, resolver: PlaceResolver, context: PlaceContext) -> Resolution:
    reference = written.reference
    best = _with_a_place(resolver.resolve(reference, context))
    if best.status == "resolved":
        return best
    for name in written.others:
        other = _with_a_place(resolver.resolve(replace(reference, name=name, near=()), context))
        # Each name more that is tried is one more to be only like something.
        if other.status == "resolved" and (other.method == "gazetteer" or other.score >= _SURE):
            return other
    for n, whole in enumerate(written.wholes):
        outer = tuple(name for name in reference.containers if name not in written.wholes[: n + 1])
        larger = _with_a_place(
            resolver.resolve(replace(reference, name=whole, kind="", near=(), containers=outer), context)
        )
        # A quarter lies in its town, whatever villages elsewhere are called so.
        is_part = reference.kind == "neighbourhood"
        if larger.precision in _SMALL and (best.status != "ambiguous" or is_part or _one_of(best, larger)):
            return replace(larger, method="parent", needs_review=True)
    return best


def _with_a_place(found: Resolution) -> Resolution:
    """Keep an answer only if it says more than the container that was given with the name."""
    if found.method != "parent":
        return found
    doubtful = "ambiguous-place" in found.flags
    return Resolution(
        status="ambiguous" if doubtful else "not_found",
        candidates=found.candidates,
        score=found.candidates[0].score if doubtful and found.candidates else 0.0,
        needs_review=doubtful,
        flags=found.flags,
    )


def _one_of(doubtful: Resolution, answer: Resolution) -> bool:
    """Say whether an answer lies near one of the candidates of another."""
    if answer.longitude is None or answer.latitude is None:
        return False
    return any(
        distance_m(answer.longitude, answer.latitude, c.place.longitude, c.place.latitude) <= ONE_ANSWER_M * 3
        for c in doubtful.candidates
    )


def _cells(found: Resolution) -> list[str]:
    listed = [_listed(candidate) for candidate in found.candidates]
    return [
        _degrees(found.longitude),
        _degrees(found.latitude),
        # A gazetteer is somebody else's text.
        guarded(found.place_id),
        guarded(found.place_name),
        found.precision.value,
        "" if found.uncertainty_m is None else str(found.uncertainty_m),
        found.method,
        f"{found.score:.4f}",
        found.status,
        json.dumps(listed, ensure_ascii=False, separators=(",", ":")),
    ]


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{rounded(value):.6f}"


def _listed(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "id": place.id,
        "name": place.name,
        "longitude": rounded(place.longitude),
        "latitude": rounded(place.latitude),
        "score": candidate.score,
    }


def places_in(article: Article, finder: ToponymFinder, resolver: PlaceResolver) -> list[dict[str, Any]]:
    """Find and resolve every place that a text names.

    Parameters
    ----------
    article : Article
        The text.
    finder, resolver
        The two halves of a geoparser.

    Returns
    -------
    list of dict
        For each name, in reading order: ``article start end quote status
        place_id place longitude latitude precision score``.
    """
    text = _without_front_matter(article.text)
    toponyms = finder.find(text)
    more = unlisted(text, toponyms)
    spans = [(toponym.start, toponym.end) for toponym in more]
    toponyms = [t for t in toponyms if not any(start < t.end and t.start < end for start, end in spans)]
    toponyms = sorted([*toponyms, *more], key=lambda toponym: toponym.start)
    return [
        {
            "article": article.id,
            "start": toponym.start,
            "end": toponym.end,
            "quote": article.text[toponym.start : toponym.end],
            "status": found.status,
            "place_id": found.place_id,
            "place": found.place_name,
            "longitude": found.longitude,
            "latitude": found.latitude,
            "precision": found.precision.value,
            "score": found.score,
        }
        for toponym, found in resolve_toponyms(text, toponyms, resolver)
    ]


def _without_front_matter(text: str) -> str:
    """Blank out the block of fields at the head of a Markdown file: it is not part of what the article says."""
    if not text.startswith(_FENCE) or (end := text.find("\n" + _FENCE, len(_FENCE), _LONGEST_HEAD)) < 0:
        return text
    end += len("\n" + _FENCE) - 1
    return " " * end + text[end:]
