"""Which numbers are ages: "13-year-old", "aged 40", "A. Example, 45,", "Example (45)"."""

from __future__ import annotations

from mapper.reading.page import Page


def is_age(page: Page, at: int) -> bool:
    """Say whether a number is an age: "13-year-old", "aged 40", "A. Example, 45,", "Example (45)"."""
    low = page.low
    n = len(low)
    after = at + 1
    if after < n and low[after] == "-":
        after += 1
    if after < n and (low[after].startswith(("year", "month")) and after + 1 < n):
        tail = low[after : after + 3]
        if "old" in tail or "old" in low[after] or "age" in tail:
            return True
    if at > 0 and low[at - 1] in {"aged", "age"}:
        return True
    if not (low[at].isdecimal() and len(low[at]) <= 3 and int(low[at]) < 120 and at >= 2 and after < n):
        return False
    enclosed = low[at - 1] == "(" and low[after] == ")"
    apposed = low[at - 1] == "," and low[after] in {",", ".", ";"} and at >= 3
    apposed = apposed and _named(page, at - 2) and _named(page, at - 3)
    return enclosed or apposed


def _named(page: Page, word: int) -> bool:
    """Say whether a word looks like part of a name ("Example", "al-Example")."""
    return any(c.isupper() for c in page.words[word])
