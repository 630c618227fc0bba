"""A hundred withheld names, in five scripts and every dress: none reaches what was read."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

import pytest

from mapper.errors import Problem
from mapper.model import Article
from mapper.reading.articles.loading import read_articles
from mapper.reading.articles.withheld import Withheld, read_withheld
from mapper.reading.reader import RuleReader

pytestmark = pytest.mark.hostile

Figure = Callable[[str, object, str], None]
Redact = Callable[[Article], Article]

SCRIPTS = {
    "latin": ("ka", "m\u00ee", "ri", "\u0161a", "tel", "n\u00f6", "v\u00e1", "zu", "d\u0131", "\u00f8r"),
    "arabic": ("كا", "مي", "را", "شا", "تل", "نو", "فا", "زو", "دي", "أر"),
    "cyrillic": ("ка", "ми", "рё", "ша", "тел", "но", "ва", "зу", "дй", "юр"),
    "greek": ("κα", "μί", "ξα", "θα", "τελ", "νό", "βα", "ζυ", "δη", "ωρ"),
    "hebrew": ("כא", "מי", "רא", "שא", "תל", "נו", "בא", "זו", "די", "אר"),
}


def names() -> dict[str, str]:
    """Make up twenty names for each script, each with the name of its script."""
    made: dict[str, str] = {}
    for script, syllables in SCRIPTS.items():
        chance = random.Random(script)
        while sum(s == script for s in made.values()) < 20:
            words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(2)]
            made[" ".join(word.capitalize() for word in words)] = script
    return made


def dresses(name: str) -> Iterator[str]:
    """Write a name as it may stand in a text, an address or a file name."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    slug = bare.lower().replace(" ", "-")
    yield from (name, name.upper(), unicodedata.normalize("NFD", name), bare, slug, quote(name), quote(slug))
    yield from (slug.replace("-", "_"), name.replace(" ", "\u00a0"), "\u200f".join(name), name.replace(" ", ""))


def evidence(folder: Path) -> list[str]:
    """Write articles that name each name in each dress in every field; return what must not be found again."""
    records: list[dict[str, str]] = []
    for number, name in enumerate(names()):
        for dress in dresses(name):
            text = (
                f"On 3 May 2017 an air strike killed 12 people in Exampleton, {dress} said. {dress}, 45, was hurt.\n\n"
                f"See https://example.org/{dress}/1 and @{dress}."
            )
            records.append(
                {
                    "id": f"{number}-{len(records)}-{dress}"[:200].replace("\u200f", "").replace("\u00a0", " "),
                    "text": text,
                    "title": f"What {dress} saw",
                    "author": dress,
                    "publisher": f"{dress}'s page",
                    "url": f"https://example.org/{quote(dress, safe='%')}",
                    "origin": f"https://example.org/?q={quote(dress, safe='%')}",
                    "published": f"by {dress}",
                }
            )
        (folder / f"{name}.txt").write_text(f"{name} saw it.", encoding="utf-8")
        (folder / f"{name}.html").write_text(f"<html><body><p>{name}</p></body></html>", encoding="utf-8")
    (folder / "all.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return [dress for name in names() for dress in dresses(name)]


def everything(folder: Path, list_: Withheld, redact: Redact) -> list[str]:
    """Read all of it, as a run does; return everything that could be written or printed."""
    problems: list[Problem] = []
    out: list[str] = []
    reader = RuleReader()
    for article in read_articles([folder], list_.reporting(problems.append)):
        held = redact(article)
        reading = reader.read(held, ())
        out.append(json.dumps(asdict(reading), ensure_ascii=False))
    return [*out, *map(str, problems)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("named")


def leaks(out: list[str], forbidden: list[str], list_: Withheld) -> int:
    text = "\n".join(out)
    return sum(dress in text for dress in forbidden) + sum(bool(list_.spans(part)) for part in out)


def test_no_name_reaches_what_was_read(folder: Path, tmp_path: Path, figure: Figure) -> None:
    forbidden = evidence(folder)
    path = tmp_path / "names.txt"
    path.write_text("\n".join(names()), encoding="utf-8")
    list_ = read_withheld(path)
    out = everything(folder, list_, list_.redact_article)
    found = leaks(out, forbidden, list_)
    figure(f"leaks of {len(list_)} withheld names in {len(forbidden):,} forms", found, "0")
    assert len(list_) == 100
    assert len(out) > 1_000
    assert found == 0


def test_the_search_sees_a_naive_redaction(folder: Path) -> None:
    forbidden = evidence(folder)
    list_ = Withheld(names())

    def naive(article: Article) -> Article:
        text = article.text
        for name in names():
            text = text.replace(name, "\u2588" * len(name))
        return Article(id=article.id, file=article.file, sha256=article.sha256, text=text, title=article.title)

    assert leaks(everything(folder, list_, naive), forbidden, list_) > 500
