"""Invented reports in any number, in the shape of a monitor's narratives: the same for the same seed.

Their places are those of the project's own gazetteer, so that looking them up
costs what it costs on real ones; what is said of them is made up.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

GAZETTEER = Path(__file__).resolve().parent.parent / "gazetteer" / "places.csv"
ACTS = ("an air strike", "a drone strike", "artillery shelling", "a rocket attack", "an alleged missile strike")
TARGETS = (
    "a house",
    "a market",
    "a clinic",
    "a school where families had found shelter",
    "a car",
    "a farm",
    "a bakery",
)
PEOPLE = ("civilians", "people", "members of one family", "farmers", "residents")
WHO = ("local media", "a monitor group", "medics", "the health ministry", "residents", "a rescue service")
ACTORS = ("US-led coalition", "Russian", "Syrian government", "Israeli", "Turkish", "unknown")
FILLERS = (
    "{who} said that the {when} had been quiet until then, and that nobody had warned the people who lived there.",
    "Pictures that {who} shared show a collapsed wall, two burnt cars and a crowd around an excavator.",
    "The {actor} military did not answer questions about the strike; earlier it had said that it takes care.",
    "A man of {age} told {who} that he had carried three of the wounded to the hospital, 12 km away, on a cart.",
    "The road between {place} and {other} stayed closed for {days} days, and bread was sold at four times its price.",
    "Since the beginning of the campaign more than {many:,} strikes have been counted in the province, {who} said.",
    "According to {who}, over {many:,} people have fled from {place} and the villages around it since the spring.",
    "It is not clear whether fighters were near the place at the time; {who} said that there were none.",
    "Electricity and water were cut in {place} for most of the week, and schools did not open.",
)


def places() -> list[str]:
    """Return the names of the settlements in the project's own gazetteer."""
    with GAZETTEER.open(encoding="utf-8", newline="") as stream:
        return [row["title"] for row in csv.DictReader(stream) if row["types"] in {"village", "town", "city"}]


def reports(count: int, *, seed: int = 1, sentences: int = 16) -> Iterator[dict[str, str]]:
    """Yield reports of about 2,000 characters, one incident each.

    Parameters
    ----------
    count : int
        How many.
    seed : int
        Another one gives other reports.
    sentences : int
        How many there are besides those that tell of the incident.

    Yields
    ------
    dict
        A record of a ``.jsonl``.
    """
    names = places()
    for number in range(count):
        draw = random.Random(f"{seed}/{number}")
        day = date(2016, 1, 1) + timedelta(days=draw.randrange(3_000))
        place, other = draw.sample(names, 2)
        killed, injured = draw.randint(1, 60), draw.randint(2, 90)
        facts = {
            "place": place,
            "other": other,
            "who": draw.choice(WHO),
            "actor": draw.choice(ACTORS),
            "when": draw.choice(("morning", "week", "day")),
            "age": draw.randint(19, 80),
            "days": draw.randint(2, 9),
            "many": draw.randint(200, 40_000),
        }
        bound = draw.choice(("At least ", "As many as ", "", "More than "))
        children = f", among them {killed // 3} children" if killed > 5 else ""
        told = [
            f"On {day:%B} {day.day}, {day.year}, {draw.choice(ACTS)} hit {draw.choice(TARGETS)} in {place}.",
            f"{bound}{killed} {draw.choice(PEOPLE)} were killed{children}, and {injured} were wounded.",
        ]
        told += [draw.choice(FILLERS).format(**facts | {"who": draw.choice(WHO)}) for _ in range(sentences)]
        paragraphs = [" ".join(told[at : at + 4]) for at in range(0, len(told), 4)]
        yield {
            "id": f"made-up-{number:07}",
            "text": "\n\n".join(paragraphs),
            "title": f"Strike in {place}",
            "publisher": "Made up for a benchmark",
            "url": f"https://example.org/{number}",
            "published": (day + timedelta(days=draw.randint(0, 3))).isoformat(),
        }


def write_reports(path: Path, count: int) -> int:
    """Write reports as lines of JSON; return how many bytes."""
    size = 0
    with path.open("wb") as stream:
        for record in reports(count):
            size += stream.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
    return size
