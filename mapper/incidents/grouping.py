"""One incident, many articles: which accounts tell of the same event.

Accounts stream in and incidents stream out. Between the two, each account is on
disk, and in memory only its `Sketch` of about a kilobyte: candidate pairs are
found by place and day (`blocking`), compared (`scoring`), and joined best first
(`clusters`); people's judgements come before any of it.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from mapper import files
from mapper.incidents.blocking import candidate_pairs
from mapper.incidents.building import build
from mapper.incidents.clusters import Clusters
from mapper.incidents.copies import CopyFinder
from mapper.incidents.identity import incident_id
from mapper.incidents.judgements import Judgements
from mapper.incidents.located import Located
from mapper.incidents.rivals import Pair, without_rivals
from mapper.incidents.scoring import Comparison, compare
from mapper.incidents.sketch import Sketch, sketch
from mapper.incidents.surroundings import Surroundings
from mapper.model import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Of an account in a pair, the ids of the incident that it went into and of the article that gives it."""

    incident: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two accounts that are, or may be, one event, and why.

    `joined` says whether they are in one incident; `judged` holds a person's
    verdict where there is one; `left` and `right` say what became of either.
    """

    comparison: Comparison
    joined: bool
    left: End
    right: End
    judged: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether they are two incidents that may be one event, and nobody said that they are not."""
        return not self.joined and self.judged != "different"


def group(
    accounts: Iterable[Located],
    judgements: Judgements | None = None,
    *,
    merge: bool = True,
    links: list[Link] | None = None,
) -> Iterator[Incident]:
    """Make incidents of accounts.

    Parameters
    ----------
    accounts : iterable of Located
        In reading order: first source first, first sentence first.
    judgements : Judgements, optional
        What people decided: it wins over every score.
    merge : bool
        Whether accounts of different articles may be one incident. Without it
        nothing is held in memory.
    links : list of Link, optional
        Is given every pair that was joined or is unsure, with its reasons,
        before the first incident comes out.

    Yields
    ------
    Incident
        In reading order of their first accounts. One with an unsure link to
        another is flagged ``possible-duplicate``.
    """
    decided = judgements or Judgements()
    if not merge:
        for located in accounts:
            yield build([located], decided.status([located.id]))
        return
    with files.scratch() as stream:
        grouper = _Grouper(stream)
        for located in accounts:
            grouper.add(located)
        found = grouper.settle(decided)
        if links is not None:
            links.extend(found)
        yield from grouper.incidents(decided)


class _Grouper:
    """Holds sketches in memory and accounts on disk."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._places: list[int] = []
        self._sketches: list[Sketch] = []
        self._copies = CopyFinder()
        self._groups: list[list[int]] = []
        self._doubtful: set[str] = set()
        self._copy_of: Mapping[str, str] = {}

    def add(self, located: Located) -> None:
        one = sketch(located, len(self._sketches))
        self._sketches.append(one)
        self._copies.add(one.source, located.source.print)
        self._places.append(self._stream.tell())
        pickle.dump(located, self._stream, protocol=pickle.HIGHEST_PROTOCOL)

    def settle(self, decided: Judgements) -> list[Link]:
        """Compare, judge and join; return the links worth telling."""
        self._copy_of = self._copies.copies()
        around = Surroundings(self._sketches)
        likely: list[Pair] = []

        known: dict[tuple[int, int], Comparison] = {}

        def compared(here: int, there: int) -> Comparison:
            found = known.get((min(here, there), max(here, there)))
            return found or compare(self._sketches[here], self._sketches[there], around)

        for here, there, copied in candidate_pairs(self._sketches, self._copy_of):
            comparison = compare(self._sketches[here], self._sketches[there], around, copied=copied)
            if comparison.verdict != "different":
                likely.append((comparison, here, there))
                known[min(here, there), max(here, there)] = comparison
        likely = list(without_rivals(likely, self._sketches, compared))
        clusters = Clusters(self._sketches, self._copy_of, compared)
        clusters.judge(decided.pairs)
        clusters.join(pair for pair in likely if pair[0].verdict == "same")
        self._groups = clusters.groups()
        ends = self._ends({index for _, here, there in likely for index in (here, there)})
        found = []
        for comparison, here, there in likely:
            judged = decided.pairs.get((comparison.left, comparison.right), "")
            joined = clusters.together(here, there)
            if not joined and judged != "different":
                self._doubtful.update((comparison.left, comparison.right))
            if comparison.left != comparison.right:
                left, right = ends[comparison.left], ends[comparison.right]
                found.append(Link(comparison=comparison, joined=joined, left=left, right=right, judged=judged))
        return sorted(found, key=lambda link: (-link.comparison.score, link.comparison.left, link.comparison.right))

    def _ends(self, wanted: set[int]) -> dict[str, End]:
        """Say of some accounts where they went and where they come from."""
        ends: dict[str, End] = {}
        for members in self._groups:
            if wanted.isdisjoint(members):
                continue
            told = [self._sketches[index] for index in members]
            incident = incident_id(one.id for one in told)
            ends |= {one.id: End(incident=incident, article=one.source.partition("/")[2]) for one in told}
        return ends

    def incidents(self, decided: Judgements) -> Iterator[Incident]:
        for members in self._groups:
            told = [self._read(index) for index in members]
            ids = [one.id for one in told]
            extra = ("possible-duplicate",) if self._doubtful.intersection(ids) else ()
            yield build(told, decided.status(ids), copies=self._copy_of, flags=extra)

    def _read(self, index: int) -> Located:
        self._stream.seek(self._places[index])
        located: Located = pickle.load(self._stream)  # noqa: S301 - written above, in a file without a name
        return located
