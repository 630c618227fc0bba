"""How well articles that tell of one event meet: invented ones in `benchmarks/clusters`, read, placed and joined.

Each file there holds a few articles on events that lie near each other in place, day or toll.
An article begins with ``## publisher | day | headline``; ``{a}`` stands where it tells of event a
of that file.

    python benchmarks/joined.py      figures
    python benchmarks/joined.py -v   also each pair that was not joined, or wrongly, and why
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mapper.console import Console
from mapper.incidents.grouping import Link, group
from mapper.incidents.located import Located
from mapper.model import Account, Article
from mapper.settings import Settings
from mapper.toolchain import open_toolchain
from mapper.workers import read_one

FOLDER = Path(__file__).resolve().parent / "clusters"
_HEAD = re.compile(r"^## (?P<publisher>[^|\n]+) \| (?P<published>[\d-]*) \| (?P<title>[^\n]+)\n", re.MULTILINE)
_MARK = re.compile(r"\{([a-z])\}")
_NEAR = 60
"""Letters between a count and its mark, at most."""


@dataclass(frozen=True)
class Marked:
    """An article, and where it tells of which event: offsets in its text to names of events."""

    article: Article
    events: dict[int, str]


@dataclass
class Outcome:
    """What became of the pairs of accounts that tell of one event, and of all that was joined.

    `pairs` counts those ``joined``, ``unsure`` (left to a person), ``apart`` and ``unread`` (one of
    them was not found); `mixed` names what one incident holds that are several events.
    """

    pairs: Counter[str] = field(default_factory=Counter)
    mixed: list[tuple[str, ...]] = field(default_factory=list)
    needless: int = 0
    told: list[str] = field(default_factory=list)


def articles(folder: Path = FOLDER) -> Iterator[Marked]:
    """Read the articles, without their marks."""
    for path in sorted(folder.glob("*.txt")):
        content = path.read_text(encoding="utf-8")
        heads = list(_HEAD.finditer(content))
        for number, head in enumerate(heads):
            end = heads[number + 1].start() if number + 1 < len(heads) else len(content)
            marked = f"{head['title']}\n\n{content[head.end() : end]}"
            events: dict[int, str] = {}
            for removed, mark in enumerate(_MARK.finditer(marked)):
                events[mark.start() - len(mark[0]) * removed] = f"{path.stem}-{mark[1]}"
            text = _MARK.sub("", marked)
            article = Article(
                id=f"{path.stem}-{number + 1}",
                file=path.name,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                text=text,
                title=head["title"],
                publisher=head["publisher"],
                published=head["published"],
            )
            yield Marked(article, events)


def outcome(folder: Path = FOLDER) -> Outcome:
    """Read, place and join the articles, and compare that with their marks."""
    tools = open_toolchain(Settings(gazetteers=(folder / "places.csv",), offline=True), Console(quiet=True))
    located: list[Located] = []
    of_event: dict[str, list[tuple[str, Located | None]]] = {}
    for marked in articles(folder):
        _, found = read_one(marked.article, tools)
        located += found
        for at, event in marked.events.items():
            of_event.setdefault(event, []).append((marked.article.id, _told_at(found, at)))
    links: list[Link] = []
    at = {
        _claimed(account): number
        for number, incident in enumerate(group(iter(located), links=links))
        for account in incident.accounts
    }
    return _compare(of_event, {one.id: at[_claimed(one.account)] for one in located}, links)


def _claimed(account: Account) -> tuple[str, ...]:
    return account.article, *(claim.id for claim in account.claims)


def _told_at(found: list[Located], at: int) -> Located | None:
    """Return the account whose count of dead ends nearest before a mark, or the only one; None where there is none."""
    near = [
        (at - claim.end, number)
        for number, one in enumerate(found)
        for claim in one.account.claims
        if claim.kind == "toll" and claim.detail.get("group") == "killed" and -1 <= at - claim.end <= _NEAR
    ]
    if not near and len(found) == 1:
        return found[0]  # its headline counted them already
    return found[min(near)[1]] if near else None


def _compare(of_event: dict[str, list[tuple[str, Located | None]]], home: dict[str, int], links: list[Link]) -> Outcome:
    made, events = Outcome(), dict[str, str]()
    told: dict[int, set[str]] = {}
    for event, tellings in of_event.items():
        for _, one in tellings:
            if one is not None:
                events[one.id] = event
                told.setdefault(home[one.id], set()).add(event)
    made.mixed = [tuple(sorted(several)) for several in told.values() if len(several) > 1]
    known = {frozenset((link.comparison.left, link.comparison.right)): link for link in links}
    doubtful = {pair: link for pair, link in known.items() if link.doubtful}
    made.needless = sum(len({events.get(one, one) for one in pair}) > 1 for pair in doubtful)
    for event, tellings in of_event.items():
        for (left, one), (right, other) in combinations(tellings, 2):
            reasons: tuple[str, ...] = ()
            if one is None or other is None:
                verdict, reasons = "unread", tuple(name for name, it in ((left, one), (right, other)) if it is None)
            elif home[one.id] == home[other.id]:
                verdict = "joined"
            elif link := doubtful.get(frozenset((one.id, other.id))):
                verdict, reasons = "unsure", link.comparison.reasons
            else:
                verdict, reasons = "apart", (_said(one), _said(other))
            made.pairs[verdict] += 1
            if verdict != "joined":
                made.told.append(f"{verdict}: {event}, {left} and {right}: {'; '.join(reasons)}")
    return made


def _said(one: Located) -> str:
    date = one.account.date.edtf if one.account.date else "no day"
    return f"{one.account.place_as_written!r} ({one.resolution.place_name}), {date}"


def main() -> None:
    """Print what became of the pairs of accounts of one event."""
    found = outcome()
    if "-v" in sys.argv[1:]:
        print("\n".join(found.told))
    print(", ".join(f"{found.pairs[verdict]} {verdict}" for verdict in ("joined", "unsure", "apart", "unread")), end="")
    print(f" of {found.pairs.total()} pairs of accounts of one event; {found.needless} unsure pairs are of two events")
    print(f"incidents that mix events: {'; '.join(' + '.join(mixed) for mixed in found.mixed) or 'none'}")


if __name__ == "__main__":
    main()
