"""Names of accounts and incidents that stay the same between runs.

An account is named after the bytes of its article and the sentence that states
it, so that neither the order of the articles nor what else is read changes it.
An incident carries the digits of one of its accounts: whatever it is merged
with later, its old id still leads to the incident that holds that account.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable
from typing import Final

from mapper.model import Account

ACCOUNT: Final = "a-"
INCIDENT: Final = "i-"
_DIGITS: Final = 16


def account_id(sha256: str, account: Account, taken: Container[str] = ()) -> str:
    """Name an account.

    Parameters
    ----------
    sha256 : str
        Hash of the article.
    account : Account
        Two accounts of one sentence are told apart by their places, or else by
        their first claims.
    taken : container of str
        Names of the accounts before it in its article: a second one of the same
        sentence and place is named after all that it claims too.

    Returns
    -------
    str
        "a-" and 16 hexadecimal digits.
    """
    marks = [sha256, account.lead.start, account.lead.end]
    if account.place is not None:
        marks += [account.place.start, account.place.end]
    elif account.claims:
        first = min((claim.start, claim.end) for claim in account.claims)
        marks += list(first)
    name = _named(marks)
    if name in taken:
        name = _named([*marks, *(f"{claim.kind}/{claim.start}/{claim.end}" for claim in account.claims)])
    return name


def _named(marks: Iterable[object]) -> str:
    digest = hashlib.sha256("|".join(map(str, marks)).encode()).hexdigest()
    return f"{ACCOUNT}{digest[:_DIGITS]}"


def incident_id(account_ids: Iterable[str]) -> str:
    """Name an incident after the smallest of its accounts' names.

    Examples
    --------
    >>> incident_id(["a-9f", "a-03"])
    'i-03'
    """
    return INCIDENT + min(account_ids).removeprefix(ACCOUNT)


def account_of(name: str) -> str:
    """Return the account that an id of an account or incident stands for.

    Examples
    --------
    >>> account_of("i-03"), account_of("a-03")
    ('a-03', 'a-03')
    """
    return ACCOUNT + name.removeprefix(INCIDENT).removeprefix(ACCOUNT)


def is_id(name: str) -> bool:
    """Tell whether a word has the form of the id of an account or incident.

    Examples
    --------
    >>> is_id("i-0123456789abcdef"), is_id("a-0123456789abcdef"), is_id("i-0123"), is_id("Raqqa")
    (True, True, False, False)
    """
    return re.fullmatch(rf"(?:{ACCOUNT}|{INCIDENT})[0-9a-f]{{{_DIGITS}}}", name) is not None
