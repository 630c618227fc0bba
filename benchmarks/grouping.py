"""Speed and memory of joining accounts of one event: ``python benchmarks/grouping.py``.

Invented accounts, half of them in one crowded strip of land, one to three of
each event, stream through `mapper.incidents.grouping.group`. CPU seconds are of
the grouping alone; memory is what the process took beyond its start.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mapper.incidents.copies import fingerprint
from mapper.incidents.grouping import group
from mapper.incidents.identity import account_id
from mapper.incidents.located import Located, SourceSummary
from mapper.model import Account, Claim, DateValue, PlaceReference, Precision, Resolution, Span

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnrst" for b in "aeiou" for c in ("l", "mar", "nis", "rad", "tel", "vo")]
FIRST_DAY = dt.date(2031, 1, 1)


def accounts(number: int, spent: list[float]) -> Iterator[Located]:
    """Invent accounts; add the CPU seconds it took to `spent`."""
    chance = random.Random(1)
    made = 0
    while made < number:
        begun = time.process_time()
        crowded = chance.random() < 0.5
        at = (chance.uniform(34.2, 34.6), chance.uniform(31.2, 31.6)) if crowded else (chance.uniform(36, 45), 34.0)
        day = (FIRST_DAY + dt.timedelta(chance.randrange(900))).isoformat()
        name, killed = f"{chance.choice(WORDS)} {chance.choice(WORDS)}", int(chance.expovariate(0.15)) + 1
        told = [
            _told(f"s{made + n}", at, day, name, max(1, killed + n), chance) for n in range(chance.choice((1, 1, 2, 3)))
        ]
        made += len(told)
        spent[0] += time.process_time() - begun
        yield from told


def _told(source: str, at: tuple[float, float], day: str, name: str, killed: int, chance: random.Random) -> Located:
    lead = f"Warplanes bombed {name.title()}, {' '.join(chance.choices(WORDS, k=20))}."
    detail = {
        "group": "killed",
        "of": None,
        "population": "civilians",
        "minimum": killed,
        "maximum": killed,
        "lead": True,
    }
    claims = (
        Claim(
            id=f"{source}-1",
            source=source,
            kind="toll",
            value=killed,
            op="=",
            quote="q",
            start=0,
            end=1,
            rule="r",
            detail=detail,
        ),
        Claim(
            id=f"{source}-2",
            source=source,
            kind="actor",
            value="Northern coalition",
            quote="q",
            start=0,
            end=1,
            rule="r",
        ),
    )
    account = Account(
        article=source,
        role="primary",
        lead=Span(0, len(lead)),
        claims=claims,
        event_type="air strike",
        place=PlaceReference(name=name, start=17, end=18),
        date=DateValue(edtf=day, start=day, end=day, text=day),
    )
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    text = " ".join(chance.choices(WORDS, k=300))
    return Located(
        id=account_id(sha256, account),
        account=account,
        resolution=Resolution(
            status="resolved", longitude=at[0], latitude=at[1], precision=Precision.VILLAGE, uncertainty_m=3000
        ),
        source=SourceSummary(id=source, sha256=sha256, publisher="", origin="", published="", print=fingerprint(text)),
        lead=lead,
        context=lead,
    )


def main() -> None:
    """Print a line for each number of accounts."""
    print(f"{'accounts':>10} {'incidents':>10} {'CPU s':>8} {'a second':>9} {'MB':>6}")
    for number in [int(word) for word in sys.argv[1:]] or [1_000, 10_000, 100_000]:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        spent, begun = [0.0], time.process_time()
        incidents = sum(1 for _ in group(accounts(number, spent)))
        seconds = time.process_time() - begun - spent[0]
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
        print(f"{number:>10,} {incidents:>10,} {seconds:>8.1f} {number / seconds:>9,.0f} {memory:>6,.0f}")


if __name__ == "__main__":
    main()
