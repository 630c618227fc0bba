"""What joining accounts of one event gets right, and what it takes: ``python benchmarks/grouping.py``.

First, tellings of invented events (`tellings`): of the pairs of one event, how
many are joined, left to a person (unsure) or missed, by the way they are told;
and how many pairs of two events are joined, which is worse, by what tells them
apart. Then speed and memory: invented accounts, half of them in one crowded strip of land, one to three of
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
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.tellings import Told, tellings
from mapper.incidents.copies import fingerprint
from mapper.incidents.grouping import Link, group
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


def quality(number: int, seed: int) -> None:
    """Print how pairs of accounts are judged that are known to be of one event, or of two."""
    told = list(tellings(number, seed))
    links: list[Link] = []
    incidents = list(group((one.located for one in told), links=links))
    home = {account: at for at, incident in enumerate(incidents) for account in map(_known_by, incident.accounts)}
    at = {one.located.id: home[_known_by(one.located.account)] for one in told}
    doubtful = {frozenset((link.comparison.left, link.comparison.right)) for link in links if not link.joined}
    by_event: dict[int, list[Told]] = {}
    for one in told:
        by_event.setdefault(one.event, []).append(one)
    rows: dict[str, Counter[str]] = {}
    for members in by_event.values():
        for left, right in combinations(members, 2):
            pair = frozenset((left.located.id, right.located.id))
            verdict = (
                "same" if at[left.located.id] == at[right.located.id] else "unsure" if pair in doubtful else "apart"
            )
            for kind in {left.kind, right.kind} - {"plain"} or {"plain"}:
                rows.setdefault(kind, Counter())[verdict] += 1
            rows.setdefault("all", Counter())[verdict] += 1
    print(f"{'told':>20} {'pairs':>7} {'same':>7} {'unsure':>7} {'apart':>7}")
    for kind, found in sorted(rows.items(), key=lambda row: (row[0] == "all", row[0])):
        shares = " ".join(f"{100 * found[v] / found.total():6.1f}%" for v in ("same", "unsure", "apart"))
        print(f"{kind:>20} {found.total():>7,} {shares}")
    event_of = {one.located.id: one.event for one in told}
    joined = [(a, b) for a, b in combinations(event_of, 2) if at[a] == at[b]]
    wrong = sum(event_of[a] != event_of[b] for a, b in joined)
    needless = sum(len({event_of[name] for name in pair}) > 1 for pair in doubtful)
    print(
        f"of {len(joined):,} joined pairs {wrong:,} are two events; of {len(doubtful):,} unsure pairs {needless:,} are"
    )
    print(f"of {sum(found.total() for name, found in rows.items() if name == 'all'):,} pairs of one event ", end="")
    print(f"{rows['all']['same']:,} are joined; {len(by_event):,} events became {len(incidents):,} incidents\n")


def _known_by(account: Account) -> tuple[str, Span]:
    return account.article, account.lead


def main() -> None:
    """Print the quality, then a line for each number of accounts."""
    quality(1_500, 1)
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
