"""Invented events, told by several articles as articles do: what grouping is measured on.

Each event has one truth: a village, a day, a toll, what was hit, whose home. Each
telling of it says some of that, in one of the ways of `KINDS`: a place coarser,
misspelt or missing; a day late, only the month, none; a toll of the first
evening or of next week; another doer. And some events have a double that must
stay apart (`DOUBLES`): the same village and toll two days or eight days later,
another site in the same town that day, the village beside it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mapper.incidents.copies import fingerprint
from mapper.incidents.identity import account_id
from mapper.incidents.located import Located, SourceSummary
from mapper.model import (
    RADIUS_M,
    Account,
    Candidate,
    Claim,
    ClaimKind,
    Comparator,
    DateValue,
    Place,
    PlaceReference,
    Precision,
    Resolution,
    Role,
    Span,
)

KINDS = (
    "plain", "spelling", "district", "governorate", "near", "unplaced", "no place", "a day late", "month", "undated",
    "a year later", "risen", "first toll", "civilians only", "other doer", "copy",
)  # fmt: skip
DOUBLES = ("two days later", "eight days later", "same town, same day", "next village", "next day")
FIRST_DAY = dt.date(2031, 1, 1)
_SOUNDS = [f"{a}{b}{c}" for a in "bdfgklmnrst" for b in "aeiou" for c in ("l", "mar", "nis", "rad", "tel", "vo")]
_SITES = ("home",) * 9 + ("",) * 5 + ("market", "hospital", "school", "mosque", "vehicle", "vehicle", "farm", "bakery")
_DOERS = ("Northern coalition", "Northern coalition", "Government forces", "River Brigades")
_MEANS = ("air strike", "air strike", "air strike", "shelling", "shelling", "drone strike", "raid")
_VOWELS = {"a": "e", "e": "a", "i": "e", "o": "u", "u": "o"}
_KM_DEG = 1 / 111.0


@dataclass(frozen=True)
class Village:
    """A place, and the district and governorate that hold it."""

    name: str
    at: tuple[float, float]
    town: bool
    district: tuple[str, tuple[float, float]]
    governorate: tuple[str, tuple[float, float]]


@dataclass(frozen=True)
class Event:
    """What happened; `twin_of` names the event that this one is the double of."""

    number: int
    village: Village
    day: dt.date
    killed: int
    injured: int
    children: int
    site: str
    family: str
    doer: str
    means: str
    hour: int
    words: tuple[str, ...]
    names: tuple[str, ...]
    double: str = ""


@dataclass
class Told:
    """One telling: the event, the way it is told, and the account that came of it."""

    event: int
    kind: str
    located: Located


@dataclass
class World:
    """A small country, and the chance that everything in it is drawn from."""

    chance: random.Random
    villages: list[Village] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw six governorates of five districts, each with a town and ten villages."""
        for g in range(6):
            capital = (38.0 + 1.4 * (g % 3), 33.0 + 1.4 * (g // 3))
            governorate = (self.name(3), capital)
            for _ in range(5):
                centre = self.beside(capital, 20, 55)
                district = (self.name(3), centre)
                self.villages.append(Village(district[0], centre, True, district, governorate))
                self.villages += [
                    Village(self.name(2), self.beside(centre, 4, 16), False, district, governorate) for _ in range(10)
                ]

    def name(self, parts: int) -> str:
        """Invent a name."""
        return "".join(self.chance.choices(_SOUNDS, k=parts)).title()

    def beside(self, at: tuple[float, float], least: float, most: float) -> tuple[float, float]:
        """Give a point some kilometres away."""
        angle, km = self.chance.uniform(-1, 1), self.chance.uniform(least, most)
        other = (1 - angle * angle) ** 0.5 * self.chance.choice((-1, 1))
        return at[0] + angle * km * _KM_DEG * 1.2, at[1] + other * km * _KM_DEG

    def event(self, number: int) -> Event:
        """Let something happen; three villages in ten see most of it."""
        chance = self.chance
        many = self.villages[: len(self.villages) // 3] if chance.random() < 0.6 else self.villages
        killed, site = min(90, int(chance.paretovariate(0.8))), chance.choice(_SITES)
        return Event(
            number=number,
            village=chance.choice(many),
            day=FIRST_DAY + dt.timedelta(chance.randrange(240)),
            killed=killed,
            injured=chance.choice((0, int(killed * chance.uniform(0.5, 3)))),
            children=chance.choice((0, 0, killed // 3)),
            site=site,
            family=self.name(2) if site == "home" and chance.random() < 0.7 else "",
            doer=chance.choice(_DOERS),
            means=chance.choice(_MEANS),
            hour=chance.randrange(24),
            words=tuple(self.name(3).lower() for _ in range(10)),
            names=tuple(self.name(2) for _ in range(4)),
        )

    def double(self, event: Event, number: int) -> Event:
        """Let something happen that is easily taken for another event."""
        kind, chance = self.chance.choice(DOUBLES), self.chance
        fresh = self.event(number)
        twin = replace(
            event,
            number=number,
            double=kind,
            words=fresh.words,
            names=fresh.names,
            family=fresh.family,
            hour=fresh.hour,
        )
        days = {"two days later": 2, "eight days later": 8, "next day": 1}.get(kind, 0)
        if kind == "same town, same day":
            killed = max(1, event.killed + chance.choice((-2, 0, 0, 3)))
            return replace(twin, killed=killed, site=fresh.site, injured=fresh.injured, children=fresh.children)
        if kind == "next village":
            others = [v for v in self.villages if v.district == event.village.district and v != event.village]
            return replace(twin, village=chance.choice(others), site=fresh.site)
        family = twin.family if event.site == "home" else ""
        return replace(twin, day=event.day + dt.timedelta(days), family=family)


def tellings(number: int, seed: int = 1) -> Iterator[Told]:
    """Give the tellings of some events and of their doubles, in the order of publication of none."""
    world = World(random.Random(seed))
    chance, at = world.chance, 0
    for _ in range(number):
        event = world.event(at)
        told = [event] if chance.random() < 0.6 else [event, world.double(event, at + 1)]
        at += len(told)
        for one in told:
            kinds = [chance.choice(KINDS[1:-1]) for _ in range(chance.choice((0, 1, 1, 2, 3)))]
            # An article that tells two strikes on one town apart.
            of_both = f"s{event.number}-0" if one.double == "same town, same day" else f"s{one.number}-0"
            made = [Told(one.number, "plain", _tell(world, one, "plain", of_both))]
            made += [
                Told(one.number, kind, _tell(world, one, kind, f"s{one.number}-{n}")) for n, kind in enumerate(kinds, 1)
            ]
            if chance.random() < 0.1:
                first = made[0].located
                source = replace(first.source, id=f"{first.source.id}c", sha256=f"{first.source.sha256}c")
                copied = replace(first, id=account_id(source.sha256, first.account), source=source)
                made.append(Told(one.number, "copy", copied))
            yield from made


def _tell(world: World, event: Event, kind: str, source: str) -> Located:
    chance = world.chance
    late = {"a year later": 365, "risen": 2, "month": chance.randrange(10, 40)}.get(
        kind, chance.choice((0, 1, 1, 2, 6))
    )
    printed = event.day + dt.timedelta(late)
    date = _date(event, kind, printed, chance)
    reference, resolution, named = _place(world, event, kind)
    killed = _killed(event, kind, chance)
    lead = _sentence(event, kind, named, chance)
    claims = [_count(source, "killed", killed, "=" if chance.random() < 0.8 else ">=")]
    if event.injured and kind != "a year later" and chance.random() < 0.6:
        claims.append(_count(source, "injured", max(1, event.injured + chance.choice((0, 0, 0, 2))), "="))
    if event.children and chance.random() < 0.5:
        claims.append(_count(source, "killed", event.children, "=", "children"))
    if kind == "other doer":
        claims.append(_claim(source, "actor", next(d for d in _DOERS if d != event.doer)))
    elif chance.random() < 0.7:
        claims.append(_claim(source, "actor", event.doer))
    if event.site and (kind in {"no place", "unplaced"} or chance.random() < 0.7):
        claims.append(_claim(source, "site", event.site))
    role: Role = "background" if kind == "a year later" else "primary"
    means = event.means if chance.random() < 0.8 else "attack"
    begin = 1000 * event.number
    account = Account(
        article=source,
        role=role,
        lead=Span(begin, begin + len(lead)),
        claims=tuple(claims),
        event_type=means,
        place=reference,
        place_as_written=named,
        date=date,
    )
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    prose = " ".join(chance.choices(_SOUNDS, k=120))
    print_ = fingerprint(f"{lead} {prose}")
    summary = SourceSummary(
        id=source, sha256=sha256, publisher="", origin="", published=printed.isoformat(), print=print_
    )
    return Located(
        id=account_id(sha256, account), account=account, resolution=resolution, source=summary, lead=lead, context=lead
    )


def _date(event: Event, kind: str, printed: dt.date, chance: random.Random) -> DateValue | None:
    if kind == "undated" or (kind == "no place" and chance.random() < 0.2):
        return None
    first = last = event.day
    if kind == "a day late":
        first = last = min(printed, event.day + dt.timedelta(1)) if printed > event.day else event.day
    elif kind == "month" or (kind == "a year later" and chance.random() < 0.4):
        first = event.day.replace(day=1)
        last = (first + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
    return DateValue(edtf=f"{first}/{last}", start=str(first), end=str(last), text=str(first))


def _place(world: World, event: Event, kind: str) -> tuple[PlaceReference | None, Resolution, str]:
    village, chance = event.village, world.chance
    name, at, precision = village.name, village.at, Precision.TOWN if village.town else Precision.VILLAGE
    identity = f"g{village.name}"
    if kind == "no place":
        return None, Resolution(status="not_found"), ""
    if kind == "spelling":
        name = "".join(_VOWELS.get(c, c) if chance.random() < 0.4 else c for c in name)
    elif kind == "district":
        (name, at), precision, identity = village.district, Precision.DISTRICT, f"d{village.district[0]}"
    elif kind == "governorate":
        (name, at), precision, identity = village.governorate, Precision.GOVERNORATE, f"p{village.governorate[0]}"
    elif kind == "near":
        precision, at = Precision.NEAR, world.beside(at, 0, 9)
        name = village.district[0]
    reference = PlaceReference(name=name, start=event.number, end=event.number + 1)
    if kind == "unplaced":
        places = [Place(id=identity, name=name, longitude=at[0], latitude=at[1], kind="village")]
        places.append(replace(places[0], id="other", longitude=at[0] + 3))
        return (
            reference,
            Resolution(status="ambiguous", candidates=tuple(Candidate(place=p, score=0.4) for p in places)),
            name,
        )
    resolution = Resolution(
        status="resolved", longitude=at[0], latitude=at[1], place_id=identity, place_name=name, country="SY",
        admin1=village.governorate[0], precision=precision, uncertainty_m=RADIUS_M[precision], method="gazetteer",
    )  # fmt: skip
    return reference, resolution, name


def _killed(event: Event, kind: str, chance: random.Random) -> int:
    if kind == "risen":
        return event.killed + max(1, int(event.killed * chance.uniform(0.1, 0.5)))
    if kind == "first toll":
        return max(1, int(event.killed * chance.uniform(0.5, 0.95)))
    if kind == "civilians only":
        return max(1, event.killed - chance.choice((1, 2, 3)))
    return event.killed


def _sentence(event: Event, kind: str, named: str, chance: random.Random) -> str:
    words = [*chance.sample(event.words, chance.randrange(2, 7)), *chance.choices(_SOUNDS, k=14)]
    chance.shuffle(words)
    time = f" at {event.hour}:{chance.randrange(0, 20):02d}" if chance.random() < 0.3 else ""
    home = f" the home of the {event.family} family" if event.family and chance.random() < 0.6 else ""
    people = " and ".join(chance.sample(event.names, chance.choice((0, 0, 1, 2))))
    place = f" in {named}" if named else ""
    shown = f" near {event.village.name}" if kind in {"district", "near"} and chance.random() < 0.3 else ""
    return f"An attack{time}{place}{shown} hit{home} {' '.join(words)}, said {people or 'residents'}."


def _count(source: str, group: str, number: int, op: Comparator, of: str | None = None) -> Claim:
    detail = {
        "group": group, "of": of, "population": "civilians", "minimum": number,
        "maximum": number if op == "=" else None, "lead": True,
    }  # fmt: skip
    return replace(_claim(source, "toll", number), id=f"{source}-{group}-{of}", op=op, detail=detail)


def _claim(source: str, kind: ClaimKind, value: str | int) -> Claim:
    return Claim(id=f"{source}-{kind}", source=source, kind=kind, value=value, quote="q", start=0, end=1, rule="r")
