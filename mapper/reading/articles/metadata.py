"""What is said about an article, by whoever says it, made safe to carry.

The same fields come from ``sources.csv``, from front matter, from a record of a
``.jsonl`` and from the head of a page; here each is checked once. A field that
will not do is reported and left empty: an article is never lost for its title.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Final
from urllib.parse import urlsplit

from mapper.reading.dates.edtf import parse_published
from mapper.table_dates import edtf_of, one_span, why_unread

FIELD_LIMIT: Final = 2_000
"""Longest title, name or address that is kept, characters."""

_ADDRESSES: Final = frozenset({"url", "archived_url", "origin"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Title, origin and date of an article; each empty where it is not known."""

    title: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    archived_url: str = ""
    published: str = ""
    origin: str = ""

    def over(self, other: Metadata) -> Metadata:
        """Fill what is empty here from `other`.

        Examples
        --------
        >>> Metadata(title="A").over(Metadata(title="B", author="C")).author
        'C'
        """
        return Metadata(**{name: getattr(self, name) or getattr(other, name) for name in FIELDS})


FIELDS: Final = tuple(field.name for field in fields(Metadata))


def checked(values: Mapping[str, object], complain: Callable[[str], None]) -> Metadata:
    """Check fields as they were found.

    Parameters
    ----------
    values : mapping of str to object
        Keys other than `FIELDS` are not looked at; None is empty.
    complain : callable
        Is given one line for each field that was left out.

    Examples
    --------
    >>> lines: list[str] = []
    >>> checked({"title": " A  title ", "url": "javascript:0", "published": "yesterday"}, lines.append)
    Metadata(title='A title', publisher='', author='', url='', archived_url='', published='', origin='')
    >>> len(lines)
    2
    """
    kept: dict[str, str] = {}
    for name in FIELDS:
        value = values.get(name)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            complain(f"{name} is not text; it is left empty.")
            continue
        clean, fault = _field(name, value)
        if fault:
            complain(f"{name} {fault}; it is left empty.")
        else:
            kept[name] = clean
    return Metadata(**kept)


def _field(name: str, value: str) -> tuple[str, str]:
    """Return the value to keep and what is wrong with it, one of them empty."""
    clean = " ".join(value.split())
    if len(clean) > FIELD_LIMIT:
        return "", f"has more than {FIELD_LIMIT:,} characters"
    if any(c < " " or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" for c in clean):
        return "", "holds control characters"
    if name == "published":
        return (clean, "") if not clean or parse_published(clean) else _date_of_a_table(clean)
    if name in _ADDRESSES and clean:
        return (clean, "") if is_web_address(clean) else ("", "is no http or https address")
    return clean, ""


def _date_of_a_table(value: str) -> tuple[str, str]:
    """Read a date as people and spreadsheets write it, where it can mean one alone."""
    span = one_span(value)
    if span:
        return edtf_of(*span), ""
    shown = value if len(value) <= 40 else f"{value[:40]}\u2026"
    return "", f'"{shown}" {why_unread(value)}'


def is_web_address(value: str) -> bool:
    """Tell whether a link to this address may be shown: http or https, with a host and without blanks.

    Examples
    --------
    >>> is_web_address("https://example.org/a?b"), is_web_address("//example.org"), is_web_address("http:///a")
    (True, False, False)
    """
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(c.isspace() for c in value)
    except ValueError:
        return False
