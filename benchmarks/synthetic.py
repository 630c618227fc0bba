"""Invented incidents in any number, in the shape of ``incidents.geojson``: the same for the same seed.

Places, people, papers and sentences are made up from syllables and from a
small vocabulary that is drawn with the skew of real language, so that sizes
and compression are those of news, and nobody's death is anybody's test data.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

SYLLABLES = ("ka", "ra", "mi", "ta", "bel", "sho", "dur", "an", "wa", "ri", "jel", "ho", "na", "zu", "qar", "im", "sa")
ARABIC = ("كا", "را", "مي", "تا", "بل", "شو", "در", "ان", "وا", "ري", "جل", "هو", "نا", "زو", "قار", "يم", "سا")
ACTORS = ("Northern Alliance", "River Brigade", "Republic air force", "Unknown forces", "Coast Guard of Aranda")
EVENTS = ("airstrike", "shelling", "shooting", "drone-strike", "explosion", "unknown")
SITES = ("hospital", "school", "market", "home", "mosque", "camp")
METHODS = ("gazetteer",) * 7 + ("variant", "relative", "parent", "geocoder")
OPENINGS = ("At least", "Local reporters said that", "On Monday", "In the early morning", "Up to", "More than", "Some")
WHOM = ("five civilians", "a dozen people", "a family", "two women and a child", "people at the well", "villagers")
VERBS = ("were reported killed", "were said to have died", "lost their lives", "were killed or hurt")
FILLERS = (
    "witnesses said",
    "the ministry did not comment",
    "rescue workers reached the street in the evening",
    "electricity was cut",
    "the road to the north stayed closed",
)


class World:
    """Everything that incidents are drawn from."""

    def __init__(self, *, places: int, articles: int, seed: int, words: int = 3000) -> None:
        self.random = random.Random(seed)
        self.words = [self.name().lower() for _ in range(words)]
        self.weights = [1 / (rank + 2.7) for rank in range(words)]
        self.cumulative = [sum(self.weights[: rank + 1]) for rank in range(0)] or _running(self.weights)
        self.places = [self.place(number) for number in range(places)]
        self.papers = [f"{self.name()} {kind}" for kind in ("Post", "Monitor", "Daily", "Wire") for _ in range(12)]
        self.articles = [self.article(number) for number in range(articles)]

    def name(self) -> str:
        """Make up a name."""
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(2, 4))).capitalize()

    def place(self, number: int) -> dict[str, Any]:
        """Make up a settlement."""
        draw = self.random
        return {
            "name": f"{draw.choice(('', '', 'al-', 'Tell '))}{self.name()}",
            "arabic": "".join(draw.choice(ARABIC) for _ in range(3)),
            "id": f"x:{number}",
            "admin1": f"{SYLLABLES[number % 14].capitalize()}land",
            "longitude": round(draw.gauss(39.5, 2.2), 5),
            "latitude": round(draw.gauss(34.6, 1.1), 5),
        }

    def article(self, number: int) -> dict[str, Any]:
        """Make up an article."""
        digest = hashlib.sha256(f"article {number}".encode()).hexdigest()
        paper = self.papers[number % len(self.papers)]
        day = date(2016, 1, 1) + timedelta(days=number % 900)
        return {
            "id": f"{number:06d}_{digest[:8]}",
            "file": f"{number:06d}_{digest[:8]}.txt",
            "sha256": digest,
            "title": self.sentence(8),
            "publisher": paper,
            "author": f"{self.name()} {self.name()}" if number % 3 else "",
            "url": f"https://{paper.split()[0].lower()}.example/{day:%Y/%m}/{number}",
            "archived_url": f"https://archive.example/{number}" if number % 2 else "",
            "published": day.isoformat(),
            "origin": "",
        }

    def sentence(self, length: int) -> str:
        """Draw words as often as a language uses them."""
        return " ".join(self.random.choices(self.words, cum_weights=self.cumulative, k=length)).capitalize()


def _running(weights: list[float]) -> list[float]:
    total, sums = 0.0, []
    for weight in weights:
        total += weight
        sums.append(total)
    return sums


def features(
    count: int, *, seed: int = 7, places: int | None = None, articles: int | None = None
) -> Iterator[dict[str, Any]]:
    """Give `count` incidents, each reported by two sources."""
    world = World(
        places=places or max(12, min(2500, count // 4)),
        articles=articles or max(4, count // 8),
        seed=seed,
    )
    for number in range(count):
        yield _feature(world, number)


def _feature(world: World, number: int) -> dict[str, Any]:
    draw = world.random
    place = world.places[int(len(world.places) * draw.random() ** 2)]
    first = world.articles[number * 2 // 10 % len(world.articles)]
    second = world.articles[(number * 2 // 10 + 1) % len(world.articles)]
    day = date.fromisoformat(first["published"]) - timedelta(days=draw.randint(0, 20))
    killed = draw.choice((None, 0, 1, 2, 3, 3, 5, 8, 12, 23, 60))
    higher = None if killed is None else killed + draw.choice((0, 0, 0, 2, 15))
    method = METHODS[number % len(METHODS)]
    precision = {"relative": "near", "parent": "governorate"}.get(method, draw.choice(("village", "town", "city")))
    claims = [
        claim
        for source, toll in ((first, killed), (second, higher))
        for claim in _claims(world, source, place, day, toll, number, leads=source is first)
    ]
    unplaced = number % 17 == 5
    flags = ["toll-conflict"] * (killed != higher) + ["ambiguous-place"] * unplaced
    event = EVENTS[number % len(EVENTS)]
    return {
        "type": "Feature",
        "id": f"i-{hashlib.sha256(f'incident {number}'.encode()).hexdigest()[:10]}",
        "geometry": None if unplaced else {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]},
        "properties": {
            "title": f"{event.capitalize()} in {place['name']}: {'deaths' if killed is None else killed} reported",
            "role": "background" if number % 9 == 0 else "primary",
            "status": "accepted" if number % 11 == 0 else "unreviewed",
            "event_type": event,
            "actors": [ACTORS[number % len(ACTORS)]] if number % 4 else [],
            "sites": [str(claim["value"]) for claim in claims if claim["kind"] == "site"][:1],
            "responses": [str(claim["value"]) for claim in claims if claim["kind"] == "response"][:1],
            "date_edtf": day.isoformat(),
            "date_start": day.isoformat(),
            "date_end": day.isoformat(),
            "date_text": "on Monday",
            "place_as_written": f"the village of {place['name']}" if number % 3 else place["arabic"],
            "place_name": "" if unplaced else place["name"],
            "place_id": "" if unplaced else place["id"],
            "admin1": place["admin1"],
            "country": "SY",
            "precision": "unknown" if unplaced else precision,
            "uncertainty_m": None if unplaced else {"near": 15000, "governorate": 60000}.get(precision, 3000),
            "method": "" if unplaced else method,
            "score": 0.0 if unplaced else 0.93,
            "needs_review": method == "geocoder",
            "candidates": [_candidate(place, 0.1), _candidate(place, -0.2)] if unplaced else [],
            "killed_min": killed,
            "killed_max": higher,
            "injured_min": draw.choice((None, None, 4, 10)),
            "injured_max": None,
            "women_killed_min": 1 if killed and killed > 4 else None,
            "women_killed_max": 1 if killed and killed > 4 else None,
            "children_killed_min": None,
            "children_killed_max": None,
            "sources": [first, second],
            "claims": claims,
            "flags": flags,
        },
    }


def _candidate(place: dict[str, Any], shift: float) -> dict[str, Any]:
    return {
        "id": f"{place['id']}{'e' if shift > 0 else 'w'}",
        "name": f"{place['name']} {'East' if shift > 0 else 'West'}",
        "longitude": round(place["longitude"] + shift, 4),
        "latitude": place["latitude"],
        "score": 0.71,
        "kind": "village",
        "admin1": place["admin1"],
        "country": "SY",
        "reasons": ["same name"],
    }


def _claims(
    world: World,
    source: dict[str, Any],
    place: dict[str, Any],
    day: date,
    toll: int | None,
    number: int,
    *,
    leads: bool,
) -> Iterator[dict[str, Any]]:
    draw = world.random
    start = draw.randint(0, 4000)
    opening = f"{draw.choice(OPENINGS)} {draw.choice(WHOM)} {draw.choice(VERBS)} in {place['name']}"
    sentence = f"{opening} {draw.choice(FILLERS)}, {world.sentence(3).lower()}."
    reporters = [draw.choice(world.papers)] if number % 2 else []

    def claim(kind: str, value: object, words: str, at: int, **detail: object) -> dict[str, Any]:
        return {
            "id": f"{source['id']}/{kind}/{at}-{at + len(words)}",
            "source": source["id"],
            "kind": kind,
            "value": value,
            "op": "=" if kind == "toll" else None,
            "reporters": reporters,
            "quote": words,
            "start": at,
            "end": at + len(words),
            "rule": f"{kind}-plain",
            "detail": detail,
        }

    if toll is not None:
        yield claim("toll", toll, sentence, start, group="killed", of=None, minimum=toll, maximum=toll)
    if not leads:
        return
    yield claim("place", place["name"], place["name"], start + sentence.index(place["name"]))
    yield claim(
        "date", day.isoformat(), "on Monday", start + len(sentence) + 8, start=day.isoformat(), end=day.isoformat()
    )
    if number % 5 == 0:
        yield claim("response", "denied", f"the army denied it: {draw.choice(FILLERS)}", start + 400)
    if number % 6 == 1:
        yield claim("site", SITES[number % len(SITES)], "the building", start + 40)
