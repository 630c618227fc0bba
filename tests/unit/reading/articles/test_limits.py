"""The limits that the documentation states are those of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapper.errors import Problem
from mapper.files import ARTICLE_LIMIT
from mapper.reading.articles import evidence, listing, metadata, sources, webpage, withheld
from mapper.reading.articles import loading as articles

PAGE = Path(__file__).resolve().parents[4] / "docs" / "articles.md"

LIMITS = {
    "article file, line of a `.jsonl`, `sources.csv`": f"{ARTICLE_LIMIT:,} bytes",
    "tags and texts in a page": f"{webpage.PARTS_LIMIT:,}",
    "text in a page, menus included": f"{webpage.TEXT_LIMIT:,} characters",
    "title, name or address": f"{metadata.FIELD_LIMIT:,} characters",
    "`id` of a record": f"{articles.ID_LIMIT:,} characters",
    "folders below one another": f"{listing.DEPTH_LIMIT}",
    "withheld names": f"{withheld.NAMES_LIMIT:,}",
    "record of how a page was received": f"{evidence.RECORD_LIMIT:,} bytes",
}


@pytest.mark.parametrize("what", LIMITS)
def test_a_limit_is_documented_as_it_is(what: str) -> None:
    rows = [line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert [row[1] for row in rows if row[0] == f"| {what}"] == [LIMITS[what]]


def test_every_field_of_an_article_is_documented() -> None:
    text = PAGE.read_text(encoding="utf-8")
    columns = next(line for line in text.splitlines() if line.startswith("    file,")).strip().split(",")
    assert sorted(columns) == sorted(sources.COLUMNS)
    assert all(f"`{name}`" in text for name in metadata.FIELDS)


def test_folders_beyond_the_limit_are_passed_over(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * (listing.DEPTH_LIMIT + 1))
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("Text.", encoding="utf-8")
    (deep.parent / "b.txt").write_text("Text.", encoding="utf-8")
    problems: list[Problem] = []
    assert [a.file[-5:] for a in articles.read_articles([tmp_path], problems.append)] == ["b.txt"]
    assert len(problems) == 1
