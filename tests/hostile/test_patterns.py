"""Every compiled pattern that runs over articles is linear on the worst text that can be made for it.

Worst texts are made from a pattern's own parse tree: each thing that it
repeats is repeated to 100,000 characters, with and without the words that lead
to it, and ends in a character that makes the match fail. Patterns of other
rooms see names and cells, not articles: none may run away on 2,000 characters.
"""

# ruff: noqa: ANN401, PLR0911 - the parse tree of a pattern has no types
from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import mapper

pytestmark = pytest.mark.hostile

OVER_ARTICLES = (
    "mapper.reading.",
    "mapper.incidents.marks.",
    "mapper.incidents.hours.",
    "mapper.text.",
    "mapper.places.resolving.written._KIND:",
    "mapper.places.resolving.written._SITE_TAIL:",
    "mapper.places.importers.linked_places._POINT:",
    "mapper.places.importers.rows._NUMBER:",
)
LONG = 100_000
SHORT = 2_000
MOST_SECONDS = 1.0
MOST_GROWTH = 2.5
NOISE_SECONDS = 0.05
QUICK_SECONDS = 0.002
FAILS = "\x00"


def compiled(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, dict):
        for item in value.values():
            yield from compiled(item, depth + 1)
    elif depth < 3 and isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from compiled(item, depth + 1)


def patterns() -> dict[str, re.Pattern[Any]]:
    found: dict[str, re.Pattern[Any]] = {}
    for info in pkgutil.walk_packages(mapper.__path__, "mapper."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in sorted(vars(module).items()):
            for pattern in compiled(value):
                found.setdefault(f"{info.name}.{name}:{pattern.pattern!r}:{pattern.flags}", pattern)
    return {key: found[key] for key in sorted(found)}


def sample(tree: Any) -> str:
    """Return a short text that the parsed pattern matches, as far as one can tell."""
    return "".join(one(op, value) for op, value in tree)


def one(op: Any, value: Any) -> str:
    match op:
        case ops.LITERAL:
            return chr(value)
        case ops.NOT_LITERAL:
            return "b" if value == ord("a") else "a"
        case ops.ANY:
            return "a"
        case ops.IN:
            return member(value)
        case ops.BRANCH:
            return sample(value[1][0])
        case ops.SUBPATTERN:
            return sample(value[3])
        case ops.MAX_REPEAT | ops.MIN_REPEAT | ops.POSSESSIVE_REPEAT:
            return sample(value[2]) * max(1, int(value[0]))
        case ops.ATOMIC_GROUP:
            return sample(value)
        case _:
            return ""


def member(choices: Any) -> str:
    negated = bool(choices) and choices[0][0] is ops.NEGATE
    if negated:
        pattern = re.compile("[" + "".join(describe(op, value) for op, value in choices[1:]) + "]")
        return next(c for c in "a1 .,-\n\"'" + "".join(map(chr, range(33, 500))) if not pattern.match(c))
    op, value = choices[0]
    if op is ops.RANGE:
        return chr(value[0])
    if op is ops.CATEGORY:
        return {ops.CATEGORY_DIGIT: "1", ops.CATEGORY_SPACE: " ", ops.CATEGORY_WORD: "a"}.get(value, "-")
    return chr(value)


def describe(op: Any, value: Any) -> str:
    if op is ops.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    if op is ops.CATEGORY:
        names = {
            ops.CATEGORY_DIGIT: r"\d",
            ops.CATEGORY_NOT_DIGIT: r"\D",
            ops.CATEGORY_SPACE: r"\s",
            ops.CATEGORY_NOT_SPACE: r"\S",
            ops.CATEGORY_WORD: r"\w",
            ops.CATEGORY_NOT_WORD: r"\W",
        }
        return str(names[value])
    return re.escape(chr(value))


def pumps(tree: Any, lead: str = "") -> Iterator[tuple[str, str]]:
    """Yield (what leads to a repetition, what it repeats) for each repetition in the tree."""
    so_far = lead
    for op, value in tree:
        if op in {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}:
            body = sample(value[2])
            if body:
                yield so_far, body
            yield from pumps(value[2], so_far)
        elif op is ops.SUBPATTERN:
            yield from pumps(value[3], so_far)
        elif op is ops.BRANCH:
            for branch in value[1]:
                yield from pumps(branch, so_far)
        so_far += one(op, value)


def worst_texts(pattern: re.Pattern[Any]) -> set[str]:
    source = pattern.pattern
    text = source if isinstance(source, str) else source.decode("latin-1")
    flags = pattern.flags & ~re.UNICODE if isinstance(source, bytes) else pattern.flags
    tree = parser.parse(text, flags)
    whole = sample(tree) or "a"
    pieces = {("", whole), ("", whole[:-1] or "a"), ("", whole + " ")}
    pieces |= set(pumps(tree))
    pieces |= {("", body) for _, body in pumps(tree)}
    pieces |= {("", lead + body) for lead, body in pumps(tree)}
    return {lead + "\x01" + body for lead, body in pieces}


def grown(seed: str, length: int) -> str:
    lead, _, body = seed.partition("\x01")
    return lead + body * (max(1, length - len(lead)) // len(body)) + FAILS


def seconds(pattern: re.Pattern[Any], text: str) -> float:
    given: Any = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    best = float("inf")
    for _ in range(2):
        begin = time.process_time()
        for count, _match in enumerate(pattern.finditer(given)):
            if count > LONG:
                break
        best = min(best, time.process_time() - begin)
        if best < NOISE_SECONDS:
            break
    return best


PATTERNS = patterns()


def test_patterns_were_found() -> None:
    assert len(PATTERNS) > 20


@pytest.mark.parametrize("key", list(PATTERNS), ids=lambda key: key[:60])
def test_pattern_is_linear(key: str) -> None:
    pattern = PATTERNS[key]
    if not key.startswith(OVER_ARTICLES):
        for seed in sorted(worst_texts(pattern)):
            took = seconds(pattern, grown(seed, SHORT))
            assert took <= MOST_SECONDS, f"{took:.2f} s on {SHORT:,} characters of {seed!r}"
        return
    for seed in sorted(worst_texts(pattern)):
        if seconds(pattern, grown(seed, LONG // 8)) < QUICK_SECONDS:
            continue  # even a square would stay far below the limit at full length
        half = seconds(pattern, grown(seed, LONG // 2))
        assert half <= MOST_SECONDS, f"{half:.2f} s on {LONG // 2:,} characters of {seed!r}"
        full = seconds(pattern, grown(seed, LONG))
        assert full <= MOST_SECONDS, f"{full:.2f} s on {LONG:,} characters of {seed!r}"
        if full > max(MOST_GROWTH * half, NOISE_SECONDS):  # once more: a neighbour may have taken the cache
            half, full = (min(seconds(pattern, grown(seed, size)) for _ in range(3)) for size in (LONG // 2, LONG))
        assert full <= max(MOST_GROWTH * half, NOISE_SECONDS), f"{half:.3f} s, then {full:.3f} s, on {seed!r}"


def test_a_quadratic_pattern_would_be_caught() -> None:
    bad = re.compile(r"\s+$")
    worst = max(worst_texts(bad), key=lambda seed: seconds(bad, grown(seed, 2_000)))
    half, full = seconds(bad, grown(worst, 10_000)), seconds(bad, grown(worst, 20_000))
    assert full > MOST_GROWTH * half
    assert full > NOISE_SECONDS
