"""The extractor: text in, accounts and what was set aside out. Rules only, no model to download."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from mapper.model import Article, Reading, SetAside, Toponym
from mapper.reading.articles.boilerplate import boilerplate_spans
from mapper.reading.assembly import account_of
from mapper.reading.claims import ClaimMaker
from mapper.reading.dates.finding import find_dates
from mapper.reading.dates.timeline import Timeline
from mapper.reading.drafting import Drafting
from mapper.reading.entries import mark_entries
from mapper.reading.noting import blocked_words, take_notes
from mapper.reading.page import Page, open_page
from mapper.reading.set_aside import Aside, in_step, other_numbers, passing_mentions
from mapper.reading.tolls.containment import contained_in
from mapper.reading.vocabulary import vocabulary

_NAME: Final = "rules"
_VERSION: Final = "1"


class RuleReader:
    """Reads English reports by rules over words.

    Its `id` is the hash of its name, version and vocabulary: a changed cue word
    is another extractor.

    Examples
    --------
    >>> from mapper.model import Article
    >>> text = "On 3 May 2020 an air strike killed at least five people in the village of Exampleville."
    >>> reading = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text), ())
    >>> account = reading.accounts[0]
    >>> account.event_type, account.date.edtf, account.place.name
    ('air strike', '2020-05-03', 'Exampleville')
    >>> [(c.value, c.op) for c in account.claims if c.kind == "toll"]
    [(5, '>=')]
    """

    def __init__(self) -> None:
        self._words = vocabulary()
        self._id = hashlib.sha256(f"{_NAME}/{_VERSION}/{self._words.digest}".encode()).hexdigest()[:16]

    @property
    def id(self) -> str:
        """Hash of the extractor's name and settings."""
        return self._id

    def read(self, article: Article, toponyms: Sequence[Toponym]) -> Reading:
        """Return every account of an event in the article, and what was set aside.

        Parameters
        ----------
        article : Article
            Its text may be empty, very long or no language at all.
        toponyms : sequence of Toponym
            Place names found in the text, in order, not overlapping.
        """
        page = open_page(article.text, self._words)
        dates = find_dates(page.text, (page.words, page.starts))
        blocked = blocked_words(page, dates)
        notes = take_notes(page, toponyms, dates, blocked, boilerplate_spans(article.text))
        mark_entries(page, notes)
        drafting = Drafting(page, Timeline(article.published, dates, page.text))
        for segment in notes:
            drafting.take(segment)
        drafting.finish()
        maker = ClaimMaker(article, page)
        drafts = sorted(drafting.drafts, key=lambda d: (d.notes[0].first, d.notes[0].last))
        lone = sum(d.role == "primary" for d in drafts) == 1
        accounts = tuple(account_of(page, maker, d, drafting.seen, lone=lone and d.role == "primary") for d in drafts)
        asides = _asides(page, drafting, blocked)
        contains = contained_in(drafting, accounts)
        return Reading(article=article, accounts=accounts, set_aside=_set_aside(page, article, asides, contains))


def _asides(page: Page, drafting: Drafting, blocked: frozenset[int]) -> list[Aside]:
    """Gather what was read and belongs to no account."""
    used: set[int] = set()
    found: list[Aside] = []
    for draft in drafting.drafts:
        for _, toll in draft.tolls:
            used.update(range(toll.first, toll.last))
    for _, toll, scope in drafting.totals:
        if toll.plural_only:
            continue
        used.update(range(toll.first, toll.last))
        value = None if toll.count.minimum is None and toll.count.maximum is None else toll.count.value
        found.append(
            Aside(toll.first, toll.last, scope.kind, value, toll.count.op, scope.reason, f"total-{scope.kind}")
        )
    for notes, told in drafting.passing:
        numbers = list(other_numbers(page, notes, used, blocked))
        used.update(w for a in numbers for w in range(a.first, a.last))
        found += numbers
        if not notes.boilerplate:
            found += [a for a in passing_mentions(page, notes, told=told) if used.isdisjoint(range(a.first, a.last))]
    found.sort(key=lambda a: (a.first, a.last, a.kind))
    return in_step(page, found)


def _set_aside(
    page: Page, article: Article, asides: Sequence[Aside], contains: dict[tuple[int, int], tuple[str, ...]]
) -> tuple[SetAside, ...]:
    result: list[SetAside] = []
    for aside in asides:
        start, end = page.span(aside.first, aside.last)
        result.append(
            SetAside(
                source=article.id,
                kind=aside.kind,
                value=aside.value,
                quote=page.quote(start, end),
                start=start,
                end=end,
                reason=aside.reason,
                rule=aside.rule,
                op=aside.op,
                contains=contains.get((aside.first, aside.last), ()),
            )
        )
    return tuple(result)
