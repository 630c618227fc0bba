"""Whole short reports, in invented words, read from text to accounts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.model import Account, Article, Claim, Reading, Toponym
from mapper.reading.reader import RuleReader

READER = RuleReader()
NAMES = {"Exampla": "town", "Betaville": "village", "Gammatown": "village", "Deltaland": "country"}


def read(text: str, published: str = "", publisher: str = "") -> Reading:
    toponyms = []
    for name, kind in NAMES.items():
        start = text.find(name)
        while start != -1:
            toponyms.append(Toponym(start=start, end=start + len(name), text=name, kind=kind))
            start = text.find(name, start + 1)
    toponyms.sort(key=lambda t: t.start)
    article = Article(id="a", file="a.txt", sha256="", text=text, published=published, publisher=publisher)
    return READER.read(article, toponyms)


def killed(account: Account) -> list[Claim]:
    return [c for c in account.claims if c.kind == "toll" and c.detail["group"] == "killed" and c.detail["of"] is None]


def test_a_lede_and_its_detail_are_one_account() -> None:
    text = (
        "An air strike killed at least 20 people near Exampla on Monday.\n\n"
        "The strike hit the village of Betaville, 10 km north of Exampla. Nine others were wounded."
    )
    (account,) = read(text, "2020-05-06").accounts
    assert account.place is not None
    assert account.date is not None
    assert (account.place.name, account.date.edtf) == ("Betaville", "2020-05-04")
    assert {(c.detail["group"], c.value) for c in account.claims if c.kind == "toll"} == {
        ("killed", 20),
        ("injured", 9),
    }


def test_strikes_on_one_village_on_three_days_are_three_accounts() -> None:
    text = (
        "On 3 May 2020 an air strike killed three people in Betaville.\n\n"
        "Another house, this one also in Betaville, was bombed on 6 May. Eleven people were killed in the strike.\n\n"
        "Two days later, at least 13 people were killed in more air strikes on Betaville."
    )
    accounts = read(text).accounts
    assert [a.date and a.date.edtf for a in accounts] == ["2020-05-03", "2020-05-06", "2020-05-08"]
    assert [killed(a)[0].value for a in accounts] == [3, 11, 13]


def test_without_a_publication_date_monday_stays_open() -> None:
    (account,) = read("On Monday a raid killed five people in Betaville.").accounts
    assert account.date is not None
    assert (account.date.start, account.date.end) == ("", "")
    assert "date-unresolved" in account.flags


def test_a_war_total_is_set_aside_with_its_reason() -> None:
    reading = read(
        "A raid killed five people in Betaville on 3 May 2020.\n\n"
        "More than 400,000 people have died since the war began. The army has carried out 502 air strikes."
    )
    assert len(reading.accounts) == 1
    kinds = {s.kind: s.value for s in reading.set_aside}
    assert kinds["cumulative"] == 400_000
    assert kinds["strike-count"] == 502
    assert all(s.reason for s in reading.set_aside)


def test_a_period_total_names_the_incident_it_contains() -> None:
    reading = read(
        "At least 100 people were killed in 48 hours.\n\nMonday's air strikes were the deadliest, with 55 people "
        "killed in Betaville.",
        "2020-05-06",
    )
    (account,) = reading.accounts
    total = next(s for s in reading.set_aside if s.kind == "period")
    assert total.contains == (killed(account)[0].id,)


def test_a_smaller_earlier_event_is_background() -> None:
    reading = read(
        "On 3 May 2020 a raid killed five people in Betaville. The town is still reeling from a bombing that killed "
        "nine people in November 2018.",
    )
    assert [a.role for a in reading.accounts] == ["primary", "background"]


def test_an_event_without_a_place_is_kept() -> None:
    (account,) = read("On 3 May 2020 an air strike killed five people.").accounts
    assert account.place is None
    assert killed(account)[0].value == 5


def test_fighters_without_place_and_day_are_set_aside() -> None:
    reading = read("Officials condemned strikes that killed some 100 fighters.")
    assert reading.accounts == ()
    assert [s.kind for s in reading.set_aside] == ["fighters"]


def test_a_place_told_before_is_taken_up() -> None:
    text = (
        "In Deltaland the army advanced on Exampla. On 3 May 2020 an air strike hit three buildings, killing 20 people."
    )
    (account,) = read(text).accounts
    assert account.place is not None
    assert account.place.name == "Exampla"


def test_who_did_it_who_says_so_and_what_the_accused_answered() -> None:
    text = (
        "A suspected Russian air strike killed five people in Betaville on 3 May 2020, according to Airwars. "
        "The Russian Foreign Ministry denied it."
    )
    (account,) = read(text).accounts
    by_kind = {c.kind: c for c in account.claims}
    assert (by_kind["actor"].value, by_kind["actor"].detail["stance"]) == ("Russian forces", "suspected")
    assert killed(account)[0].reporters == ("Airwars",)
    assert by_kind["response"].value == "denied"


def test_two_places_in_one_sentence_are_two_accounts() -> None:
    text = (
        "On 3 May 2020 shelling killed two people in Betaville, while three were killed by an air strike in Gammatown."
    )
    assert [a.place and a.place.name for a in read(text).accounts] == ["Betaville", "Gammatown"]


def test_reading_is_the_same_twice_and_ids_are_unique() -> None:
    text = "On 3 May 2020 an air strike killed five people, including a child, in Betaville. Five people were killed."
    one, two = read(text), read(text)
    assert one == two
    ids = [c.id for a in one.accounts for c in a.claims]
    assert len(ids) == len(set(ids))


def test_the_id_names_the_reader() -> None:
    assert READER.id == RuleReader().id
    assert len(READER.id) == 16


TEXT = """killed five people including children were in Betaville on 3 May 2020 an air strike the town near Exampla . ,
injured dozens of at least another bombing Monday said Airwars denied (45) 25 miles north \u201c \u201d \u2019s"""
WORDS = st.sampled_from([*TEXT.split(), "\n\n"])


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=80).map(" ".join)))
def test_every_span_is_its_quote(text: str) -> None:
    reading = read(text, "2020-05-06")
    for account in reading.accounts:
        assert text[account.lead.start : account.lead.end].strip()
        for claim in account.claims:
            assert text[claim.start : claim.end] == claim.quote != ""
            assert claim.source == "a"
    for aside in reading.set_aside:
        assert text[aside.start : aside.end] == aside.quote != ""


def test_another_town_hit_on_the_same_day_is_another_account() -> None:
    text = (
        "A missile hit a block of flats in Betaville late on 3 May 2020, killing three people.\n\n"
        "In Gammatown, a 67-year-old man was killed when a drone dropped an explosive on his car on 3 May."
    )
    accounts = read(text).accounts
    assert [(a.place.name, killed(a)[0].value) for a in accounts if a.place] == [("Betaville", 3), ("Gammatown", 1)]


def test_a_village_where_some_of_the_dead_fell_is_not_the_place_of_all() -> None:
    text = (
        "Gunmen attacked three villages in Exampla district on 3 May 2020, killing at least 27 people. "
        "Houses were burned in the village of Betaville, where 15 of the victims died."
    )
    (account,) = read(text).accounts
    assert account.place is not None
    assert account.place.name == "Exampla"
