"""Counting who says so: a relay of a relay is one voice.

A newspaper that cites an agency that cites a monitor adds nothing to what the
monitor knew. What counts is the reporter nearest to the event, under whatever
name; without one, the first publication of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from mapper.incidents.located import Located

_NAME: Final = re.compile(r"[^\W_]+(?:'s)?")
_SMALL: Final = frozenset({"the", "of", "for", "in", "and", "on", "to", "a"})
_UNNAMED: Final = frozenset(
    {"local", "media", "activists", "activist", "sources", "source", "residents", "witnesses", "reports", "people"}
)


def origin_key(name: str) -> str:
    """Fold the name of a reporter, so that a name and its initials are one.

    Examples
    --------
    >>> origin_key("the Example Observatory for Human Rights") == origin_key("EOHR")
    True
    >>> origin_key("local media") == origin_key("activists")
    True
    """
    words = [word.removesuffix("'s") for word in _NAME.findall(name)]
    if words and all(word.lower() in _UNNAMED for word in words):
        return "unnamed local sources"
    large = [word for word in words if word.lower() not in _SMALL]
    if len(large) >= 3 and all(word[0].isupper() for word in large):
        return "".join(word[0] for word in large).casefold()
    return "".join(large).casefold()


def origins_of(told: Located, copies: Mapping[str, str]) -> frozenset[str]:
    """Return the origins that one account leans on.

    Returns
    -------
    frozenset of str
        The reporter nearest to the event for each toll, or for any claim where
        no toll has one; else the site or publisher the text first came from,
        and for a copy the text that stands for all copies.
    """
    claims = told.account.claims
    tolls = {origin_key(c.reporters[0]) for c in claims if c.kind == "toll" and c.reporters}
    named = tolls or {origin_key(c.reporters[0]) for c in claims if c.reporters}
    return frozenset(named or {copies.get(told.source.key) or _publication(told)})


def count_origins(members: Sequence[Located], copies: Mapping[str, str]) -> int:
    """Count the independent origins behind the accounts of one incident.

    Parameters
    ----------
    members : sequence of Located
        The accounts.
    copies : mapping of str to str
        For a source that has copies, the one that stands for them all.
    """
    return len(frozenset().union(*(origins_of(member, copies) for member in members)))


def _publication(told: Located) -> str:
    """Name where a text came from: the host of its first address, its publisher, or the text itself."""
    source = told.source
    host = _host(source.origin)
    name = (host or source.origin or source.publisher).removeprefix("www.")
    return origin_key(name.rsplit(".", 1)[0] if host else name) or source.key


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "") if "//" in address else ""
    except ValueError:  # an address that is none names no host
        return ""
