"""The block of ``key: value`` lines that a Markdown file may begin with.

Only that much of YAML is read: one key and one plain or quoted value a line.
The block stays part of the text, so that offsets are those of the file; what
reads the text is told where it ends.
"""

from __future__ import annotations

import re
from typing import Final

_FENCE: Final = "---"
_ENDS: Final = frozenset({"---", "..."})
_LINES: Final = 100
_PAIR: Final = re.compile(r"([A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(.*))?")
_SAME: Final = {
    "date": "published",
    "source": "publisher",
    "link": "url",
    "archived": "archived_url",
    "archive": "archived_url",
    "site": "publisher",
    "by": "author",
}


def front_matter(text: str) -> tuple[dict[str, str], int]:
    r"""Read the block at the head of a text.

    Parameters
    ----------
    text : str
        The whole text.

    Returns
    -------
    fields : dict of str to str
        By lower-case key; ``date`` counts as ``published``, ``link`` as
        ``url``. Empty if the text begins with no such block.
    end : int
        Where the block ends, 0 if there is none.

    Examples
    --------
    >>> front_matter("---\ntitle: \"A: B\"\ndate: 2017-12-15\n---\nText.")
    ({'title': 'A: B', 'published': '2017-12-15'}, 39)
    >>> front_matter("--- no block")
    ({}, 0)
    """
    first = text.find("\n")
    if first == -1 or text[:first].rstrip() != _FENCE:
        return {}, 0
    fields: dict[str, str] = {}
    start = first + 1
    for _ in range(_LINES):
        stop = text.find("\n", start)
        line = text[start : len(text) if stop == -1 else stop].rstrip()
        after = len(text) if stop == -1 else stop + 1
        if line in _ENDS:
            # A rule above a first paragraph is no block: something must have been said in it.
            return (fields, after) if fields else ({}, 0)
        if stop == -1:
            break
        pair = _PAIR.fullmatch(line)
        if pair:
            key = pair[1].strip().lower().replace(" ", "_").replace("-", "_")
            value = _plain(pair[2] or "")
            if value:
                fields.setdefault(_SAME.get(key, key), value)
        elif line and not line.startswith((" ", "\t", "#", "-")):
            return {}, 0
        start = after
    return {}, 0


def _plain(value: str) -> str:
    """Take a value out of its quotes, and a comment off its end."""
    value = value.strip()
    if value[:1] in {'"', "'"}:
        closing = value.find(value[0], 1)
        return value[1:closing] if closing > 0 else value[1:]
    if value[:1] in {"[", "{", "|", ">", "&", "*", "!"}:
        return ""
    return value.split(" #", 1)[0].rstrip()
