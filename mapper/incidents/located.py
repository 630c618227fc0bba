"""An account with everything that grouping needs: its place, its source, its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapper.incidents.copies import Fingerprint, fingerprint
from mapper.incidents.identity import account_id
from mapper.model import Account, Article, Reading, Resolution, Span

_BEFORE = 500
_AFTER = 1_200


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """What is kept of an article once it has been read.

    `print` is the fingerprint of its whole text, by which copies are known; empty where nothing is joined.
    """

    id: str
    sha256: str
    publisher: str
    origin: str
    published: str
    print: Fingerprint

    @property
    def key(self) -> str:
        """Tell articles apart, also two records that hold the same bytes."""
        return f"{self.sha256}/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """One account, where it was found to be, and where it was read.

    Parameters
    ----------
    id : str
        See `identity.account_id`.
    account : Account
        What is told.
    resolution : Resolution
        Where.
    source : SourceSummary
        By whom; shared by the accounts of one article.
    lead : str
        The sentence that states it.
    context : str
        What the article says of it: from that sentence to where the next event
        is told, and for the first event what stands before it, its headline too.
    """

    id: str
    account: Account
    resolution: Resolution
    source: SourceSummary
    lead: str
    context: str


def summarise(article: Article, *, joined: bool = True) -> SourceSummary:
    """Keep of an article what grouping needs."""
    return SourceSummary(
        id=article.id,
        sha256=article.sha256,
        publisher=article.publisher,
        origin=article.origin,
        published=article.published,
        print=fingerprint(article.text) if joined else b"",
    )


def locate(reading: Reading, resolutions: Sequence[Resolution], *, joined: bool = True) -> list[Located]:
    """Put the accounts of one article and their resolutions together.

    Parameters
    ----------
    reading : Reading
        One article, read.
    resolutions : sequence of Resolution
        One for each account of it, in the same order.
    joined : bool
        Whether accounts of several articles are to be joined, for which copies must be known.

    Returns
    -------
    list of Located
        In the order of the accounts.

    Raises
    ------
    ValueError
        The two are not as many.
    """
    source = summarise(reading.article, joined=joined)
    text = reading.article.text
    leads = sorted({account.lead.start for account in reading.accounts})
    found: list[Located] = []
    taken: set[str] = set()
    for account, resolution in zip(reading.accounts, resolutions, strict=True):
        name = account_id(source.sha256, account, taken)
        taken.add(name)
        lead, context = text[account.lead.start : account.lead.end], _context(text, account.lead, leads)
        found.append(
            Located(id=name, account=account, resolution=resolution, source=source, lead=lead, context=context)
        )
    return found


def _context(text: str, lead: Span, leads: Sequence[int]) -> str:
    """Cut out what an article says of one event; `leads` says where each of its events begins."""
    start = lead.start if lead.start > leads[0] else max(0, lead.start - _BEFORE)
    following = next((other for other in leads if other > lead.start), len(text))
    return text[start : max(lead.end, min(following, lead.end + _AFTER))]
