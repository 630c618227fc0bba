"""What a person sees after reading the five articles the project was made for.

Each story is told twice: over the short summaries in ``examples/articles``, and
over the articles themselves where they lie beside the project. Places come from
the gazetteer that comes with it; no sentence of an article is repeated here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from mapper.console import Console
from mapper.incidents.tolls import counts, toll_range
from mapper.model import Account, Reading, Toll
from mapper.reading.articles.loading import read_articles
from mapper.settings import Settings
from mapper.toolchain import open_toolchain

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "articles"
SEEDS = ROOT.parent / "shared" / "seeds"
FOLDERS = [EXAMPLES, *([SEEDS] if SEEDS.is_dir() else [])]

STORIES = {
    "jerthi": ("deir-ezzor-december-2017", "000_"),
    "hospitals": ("deir-ezzor-winter-2018", "001_"),
    "heisha": ("raqqa-november-2016", "002_"),
    "raqqa": ("raqqa-august-2017", "003_"),
    "march": ("spring-2017", "004_"),
}

Tell = Callable[[str], Reading]


@cache
def readings(folder: Path) -> dict[str, Reading]:
    console = Console(quiet=True)
    tools = open_toolchain(Settings(offline=True), console)
    return {a.file: tools.reader.read(a, tools.finder.find(a.text)) for a in read_articles([folder], console.report)}


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def tell(request: pytest.FixtureRequest) -> Tell:
    def find(story: str) -> Reading:
        example, seed = STORIES[story]
        prefix = example if request.param == EXAMPLES else seed
        return next(r for file, r in readings(request.param).items() if Path(file).name.startswith(prefix))

    return find


def primary(reading: Reading) -> list[Account]:
    return [a for a in reading.accounts if a.role == "primary"]


def at(reading: Reading, name: str) -> list[Account]:
    return [a for a in reading.accounts if name.lower() in folded(a.place_as_written)]


def folded(text: str) -> str:
    return text.lower().replace("\u2019", "'")


def toll(account: Account, group: str = "killed", of: str | None = None) -> tuple[int | None, int | None]:
    found: Toll = toll_range(counts(account.claims, group, of))
    return found.minimum, found.maximum


def day(account: Account) -> str:
    return account.date.edtf if account.date else ""


def kinds(reading: Reading) -> set[tuple[str, object]]:
    return {(s.kind, s.value) for s in reading.set_aside}


def test_one_village_at_dawn(tell: Tell) -> None:
    reading = tell("jerthi")
    (account,) = reading.accounts
    assert "al-jerthi" in folded(account.place_as_written)
    assert account.place is not None
    assert "Deir Ezzor" in account.place.containers
    assert day(account) == "2017-12-13"
    assert toll(account) == (23, 23)
    assert toll(account, of="women") == (6, 6)
    assert toll(account, of="children") == (8, 8)
    assert toll(account, "injured") == (10, 10)
    assert {c.value for c in account.claims if c.kind == "actor"} == {"US-led coalition"}


def test_the_totals_of_a_campaign_are_no_incident(tell: Tell) -> None:
    found = kinds(tell("jerthi"))
    assert ("cumulative", 5975) in found
    assert ("cumulative", 800) in found
    assert ("strike-count", 16) in found


def test_three_strikes_on_al_bahra_on_three_dates(tell: Tell) -> None:
    accounts = at(tell("hospitals"), "al-bahra")
    assert [day(a) for a in accounts] == ["2018-01-30", "2018-02-02", "2018-02-04"]
    assert [toll(a) for a in accounts] == [(3, 3), (11, 11), (13, None)]
    assert toll(accounts[2], of="children") == (5, None)


def test_as_many_as_fifteen_has_no_lower_end(tell: Tell) -> None:
    hospital = next(a for a in primary(tell("hospitals")) if "al-sha'afa" in folded(a.place_as_written))
    assert toll(hospital) == (None, 15)
    assert day(hospital) == "2018-01-23"
    assert any(c.kind == "site" and c.value == "hospital" for c in hospital.claims)


def test_the_following_day_counts_from_the_strike_and_not_from_what_the_town_remembers(tell: Tell) -> None:
    (account,) = at(tell("hospitals"), "hajeen, near")
    assert day(account) == "2018-01-24"
    assert toll(account, of="women") == toll(account) == (3, 3)
    assert account.place is not None
    assert account.place.near == ("al-Baghouz",)


def test_what_the_town_remembers_is_background(tell: Tell) -> None:
    (account,) = [a for a in tell("hospitals").accounts if toll(a) == (53, 53)]
    assert account.role == "background"
    assert day(account) == "2017-11"
    assert account.place is not None
    assert folded(account.place.name) == "al-sha'afa"


def test_a_sum_over_a_list_is_set_aside_and_names_what_it_contains(tell: Tell) -> None:
    reading = tell("hospitals")
    (total,) = [s for s in reading.set_aside if s.value == 33]
    assert total.kind in {"subtotal", "area"}
    assert all(toll(a) != (33, None) for a in reading.accounts)


def test_a_lede_and_its_village_are_one_account(tell: Tell) -> None:
    reading = tell("heisha")
    (account,) = primary(reading)
    assert account.place is not None
    assert account.place.name == "al-Heisha"
    assert (account.place.relation, account.place.anchors, account.place.bearing) == ("direction", ("Raqqa",), 0)
    assert account.place.distance_m == pytest.approx(40_234, abs=1)
    assert toll(account) == (20, 20)
    assert toll(account, "injured") == (32, 32)
    assert toll(account, of="women") == (6, 6)
    assert toll(account, of="children") == (1, 1)
    assert account.date is not None
    assert account.date.start <= "2016-11-08" <= account.date.end


def test_an_eight_of_one_family_near_mosul_is_background(tell: Tell) -> None:
    (account,) = [a for a in tell("heisha").accounts if a.role == "background"]
    assert toll(account) == (8, 8)
    assert toll(account, of="children") == (3, 3)
    assert account.place is not None
    assert (account.place.relation, account.place.anchors) == ("near", ("Mosul",))
    assert day(account) == "2016-10"


def test_two_neighbourhoods_are_a_part_of_raqqa(tell: Tell) -> None:
    reading = tell("raqqa")
    (account,) = reading.accounts
    assert account.place is not None
    assert (account.place.relation, account.place.anchors, account.place.bearing) == ("part_of", ("Raqqa",), 90)
    assert day(account) == "2017-08-21"
    assert toll(account) == (55, 55)
    assert toll(account, of="children") == (19, None)


def test_fifty_five_lie_in_a_hundred(tell: Tell) -> None:
    reading = tell("raqqa")
    killed = counts(reading.accounts[0].claims, "killed")[0]
    totals = [s for s in reading.set_aside if s.value == 100]
    assert totals
    assert all(s.kind == "period" for s in totals)
    assert any(killed.id in s.contains for s in totals)


def test_a_month_of_strikes_in_three_countries(tell: Tell) -> None:
    accounts = primary(tell("march"))
    assert [toll(a) for a in accounts] == [(41, None), (151, None), (201, None), (24, None), (42, None)]
    assert [day(a) for a in accounts[:2]] == ["2017-03-16", "2017-03-22"]
    jina, school, mosul, village, boat = accounts
    assert toll(jina, "injured") == (101, None)
    assert any(c.kind == "response" and c.value == "denied" for c in jina.claims)
    assert school.place is not None
    assert school.place.containers[:1] == ("Raqqa",)
    assert "Mosul" in mosul.place_as_written
    assert village.place is not None
    assert (village.place.relation, village.place.anchors) == ("part_of", ("Al Bayda",))
    assert boat.place is not None
    assert (boat.place.relation, boat.place.anchors) == ("off_coast", ("Yemen",))


def test_bombs_and_bystanders_are_counted_but_not_mapped(tell: Tell) -> None:
    found = kinds(tell("march"))
    assert ("munition-count", 72_771) in found
    assert ("period", 370) in found
    assert ("cumulative", 2715) in found
    assert ("exposed", 100) in found


def test_without_a_publication_date_nothing_relative_is_resolved() -> None:
    console = Console(quiet=True)
    tools = open_toolchain(Settings(offline=True), console)
    for folder in FOLDERS:
        for article in read_articles([folder], console.report):
            undated = replace(article, published="")
            for account in tools.reader.read(undated, tools.finder.find(undated.text)).accounts:
                dates = [c for c in account.claims if c.kind == "date"]
                assert all(c.detail["basis"] != "published" for c in dates)
                assert not any(c.detail["start"] for c in dates if not any(ch.isdigit() for ch in c.quote))
