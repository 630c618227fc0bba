"""Round-ups: what sums up is set aside, what is told one by one is kept, each with its own place and day."""

from __future__ import annotations

import pytest

from mapper.model import Account, Article, Reading, Toponym
from mapper.reading.reader import RuleReader

PUBLISHED = "2020-01-16"  # a Thursday


def read(text: str, *names: str) -> Reading:
    found = sorted(
        (
            Toponym(start=at, end=at + len(name), text=name, kind="city")
            for name in names
            for at in _occurrences(text, name)
        ),
        key=lambda t: t.start,
    )
    return RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published=PUBLISHED), found)


def _occurrences(text: str, name: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(name, at)]


def told(account: Account) -> tuple[str, str, int | None]:
    place = account.place
    name = (place.name or (place.anchors or ("",))[0]) if place else ""
    killed = (c.value for c in account.claims if c.kind == "toll" and c.detail["group"] == "killed")
    value = next((v for v in killed if isinstance(v, int)), None)
    return name, account.date.edtf if account.date else "", value


ROUND_UP = """Air strikes and shelling killed at least 16 people in Betaville and Gammatown on Wednesday, rescuers said.

In Betaville, nine people died when warplanes bombed a market before noon.

In the evening, artillery shells fell on a camp near Deltaford, killing four people and injuring eleven.

A strike on a house in Gammatown left three dead, according to a monitor, which put the overall toll at 18.

The violence comes a year after a strike on a clinic in Epsilonia killed 13 people."""


def test_what_a_lede_sums_up_is_set_aside_and_its_day_is_kept() -> None:
    reading = read(ROUND_UP, "Betaville", "Gammatown", "Deltaford", "Epsilonia")
    primary = [told(a) for a in reading.accounts if a.role == "primary"]
    assert primary == [("Betaville", "2020-01-15", 9), ("Deltaford", "2020-01-15", 4), ("Gammatown", "2020-01-15", 3)]
    (total,) = [s for s in reading.set_aside if s.kind == "subtotal"]
    assert (total.value, total.reason) == (16, "sums up events that are told one by one")
    assert len(total.contains) == 3


def test_only_the_toll_that_is_called_overall_is_a_total() -> None:
    reading = read(ROUND_UP, "Betaville", "Gammatown", "Deltaford", "Epsilonia")
    assert [(s.kind, s.value) for s in reading.set_aside if s.kind == "cumulative"] == [("cumulative", 18)]


def test_what_came_a_year_after_an_event_tells_of_an_older_one() -> None:
    reading = read(ROUND_UP, "Betaville", "Gammatown", "Deltaford", "Epsilonia")
    assert [told(a) for a in reading.accounts if a.role == "background"] == [("Epsilonia", "2019~", 13)]


def test_one_strike_told_in_a_lede_and_in_detail_is_no_sum() -> None:
    text = (
        "An air strike killed 16 people in Betaville on Wednesday.\n\n"
        "Nine of them died in a market. Seven were killed in a house next to it."
    )
    reading = read(text, "Betaville")
    assert [told(a) for a in reading.accounts] == [("Betaville", "2020-01-15", 16)]


def test_strikes_on_a_town_with_smaller_ones_elsewhere_are_no_sum() -> None:
    text = (
        "Air strikes killed 16 people in Betaville on Wednesday.\n\n"
        "Shelling killed three people in Gammatown on Wednesday.\n\n"
        "In Deltaford, two people were killed by a mine on Wednesday."
    )
    reading = read(text, "Betaville", "Gammatown", "Deltaford")
    assert [told(a)[::2] for a in reading.accounts] == [("Betaville", 16), ("Gammatown", 3), ("Deltaford", 2)]


def test_an_earlier_attack_named_in_passing_keeps_its_own_day() -> None:
    text = (
        "A bomb killed three people in Betaville on Wednesday.\n\n"
        "A rebel group has claimed several earlier ones, including a 3 January explosion in Betaville that killed ten."
    )
    reading = read(text, "Betaville")
    assert [told(a) for a in reading.accounts] == [("Betaville", "2020-01-15", 3), ("Betaville", "2020-01-03", 10)]


def test_the_city_and_the_countryside_about_it_are_two_places() -> None:
    text = (
        "In the western Betaville countryside, rocket fire on Wednesday left four dead.\n\n"
        "Rebel rockets had killed two people in the government-held city of Betaville on Wednesday, officials said."
    )
    reading = read(text, "Betaville")
    assert [(a.place.relation, told(a)[2]) for a in reading.accounts if a.place] == [("countryside", 4), ("at", 2)]


def test_where_talks_were_held_meanwhile_is_not_the_place() -> None:
    text = "An air strike killed 14 people in Betaville on Wednesday, medics said, as talks went on in Gammatown."
    (account,) = read(text, "Betaville", "Gammatown").accounts
    assert told(account)[0] == "Betaville"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("EXAMPLA (Wire) - A car bomb killed nine people in the capital on Wednesday, police said.", "EXAMPLA", "city"),
        ("A car bomb killed nine people in the Somali capital on Wednesday, police said.", "Somali", "capital"),
        ("A car bomb killed nine people in Somalia's capital on Wednesday, police said.", "Somalia", "capital"),
        ("A car bomb killed nine people in Betaville, the capital of the province, on Wednesday.", "Betaville", ""),
    ],
)
def test_a_capital_is_where_the_dateline_or_its_country_says(text: str, name: str, kind: str) -> None:
    at = text.find("Somalia's")
    found = [Toponym(start=at, end=at + 7, text="Somalia", kind="country")] if at >= 0 else []
    article = Article(id="a", file="a.txt", sha256="", text=text, published=PUBLISHED)
    (account,) = RuleReader().read(article, found).accounts
    assert account.place is not None
    assert (account.place.name, account.place.kind) == (name, kind)


CHRONOLOGY = """5 January 2016 - A barrel bomb hit a clinic in Betaville. One nurse was killed.
9 January 2016 - Air strikes struck a health centre in Gammatown, killing three patients.
12 January 2016 - Missiles hit a hospital in Gammatown, leaving 25 people dead. On the same day, another hospital, in \
Deltaford, was hit; ten people were killed."""


def test_each_line_of_a_chronology_is_an_event() -> None:
    reading = read(CHRONOLOGY, "Betaville", "Gammatown", "Deltaford")
    assert [told(a) for a in reading.accounts] == [
        ("Betaville", "2016-01-05", 1),
        ("Gammatown", "2016-01-09", 3),
        ("Gammatown", "2016-01-12", 25),
        ("Deltaford", "2016-01-12", 10),
    ]


def test_one_dead_here_and_one_dead_there_are_two_events() -> None:
    text = (
        "In the north, a bomb struck a street in Betaville, killing a 61-year-old woman.\n\n"
        "In the south, a drone attack on the town of Gammatown killed one man on Wednesday."
    )
    assert [told(a)[::2] for a in read(text, "Betaville", "Gammatown").accounts] == [("Betaville", 1), ("Gammatown", 1)]


def test_the_town_near_which_it_happened_is_taken_where_the_headline_names_a_country() -> None:
    text = (
        "Two killed as mine explodes in Syria\n\nA mine exploded near the town of Betaville on Wednesday, killing two."
    )
    found = [
        Toponym(start=text.index("Syria"), end=text.index("Syria") + 5, text="Syria", kind="country"),
        Toponym(start=text.index("Betaville"), end=text.index("Betaville") + 9, text="Betaville", kind="city"),
    ]
    article = Article(id="a", file="a.txt", sha256="", text=text, published=PUBLISHED)
    (account,) = RuleReader().read(article, found).accounts
    assert account.place is not None
    assert (account.place.relation, account.place.anchors) == ("near", ("Betaville",))


def test_counts_that_leave_out_their_verb_are_events_of_their_own() -> None:
    text = (
        "Shelling on Wednesday killed seven people in Betaville, four in Gammatown and two in Deltaford, a group said. "
        "Three people were killed in a strike on a camp in Epsilonia, and five in a drone strike on a car in Zetaburg."
    )
    reading = read(text, "Betaville", "Gammatown", "Deltaford", "Epsilonia", "Zetaburg")
    assert [told(a)[::2] for a in reading.accounts] == [
        *(("Betaville", 7), ("Gammatown", 4), ("Deltaford", 2)),
        *(("Epsilonia", 3), ("Zetaburg", 5)),
    ]


def test_parts_of_one_count_are_no_events_of_their_own() -> None:
    text = "An air strike on Betaville on Wednesday killed nine people, four in a school and five in a market."
    assert [told(a)[::2] for a in read(text, "Betaville").accounts] == [("Betaville", 9)]


def test_the_reason_says_what_is_missing() -> None:
    text = (
        "A bomb killed three people in Betaville on Wednesday.\n\nThe governor spoke on the radio.\n\n"
        "In Gammaland province, four people were killed, he said."
    )
    asides = [s for s in read(text, "Betaville").set_aside if s.kind == "unlocated"]
    assert [(s.value, s.reason) for s in asides] == [(4, "a place, but no day and no single act")]


def test_a_headline_on_the_province_and_a_lede_with_as_many_dead_are_one_event() -> None:
    text = (
        "Drone strike on market in Gammaland kills 31\n\n"
        "A drone struck a market in the town of Betaville on Wednesday, killing 31 people, doctors said."
    )
    found = [
        Toponym(start=text.index("Gammaland"), end=text.index("Gammaland") + 9, text="Gammaland", kind="governorate"),
        Toponym(start=text.index("Betaville"), end=text.index("Betaville") + 9, text="Betaville", kind="town"),
    ]
    (account,) = (
        RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published=PUBLISHED), found).accounts
    )
    assert told(account) == ("Betaville", "2020-01-15", 31)


def test_a_place_inside_that_of_the_headline_is_the_nearer_one() -> None:
    text = (
        "At least 27 killed as gunmen raid villages in Gammaland\n\n"
        "Gunmen attacked three villages in Betaville district of Gammaland state on Wednesday, killing at least 27."
        " Houses were burned in Deltaford, where 15 of the victims died. Police put the death toll at 18."
    )
    at = text.index("Gammaland")
    found = [Toponym(start=at, end=at + 9, text="Gammaland", kind="governorate")]
    (account,) = (
        RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published=PUBLISHED), found).accounts
    )
    assert told(account)[0] == "Betaville"
    assert 18 in [c.value for c in account.claims if c.kind == "toll"]


@pytest.mark.parametrize(
    "text",
    [
        "Gammaland: On 10 January, two men were killed when a missile landed in Betaville district.",
        "Gammaland\n\nOn 10 January, two men were killed when a missile landed in Betaville district.",
    ],
)
def test_a_heading_contains_what_stands_under_it(text: str) -> None:
    found = [Toponym(start=0, end=9, text="Gammaland", kind="governorate")]
    (account,) = (
        RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published=PUBLISHED), found).accounts
    )
    assert account.place is not None
    assert (account.place.name, account.place.containers) == ("Betaville", ("Gammaland",))


def test_one_night_is_one_day_and_a_heading_may_end_in_a_full_stop() -> None:
    text = (
        "Gammaland. On the night of 6 to 7 January, armed men killed six people at a camp 15 km north of Betaville.\n\n"
        "Deltaland. On 9 January, a shell fell in the Sample quarter; three people died."
    )
    found = [
        *(
            Toponym(start=text.index(n), end=text.index(n) + 9, text=n, kind="governorate")
            for n in ("Gammaland", "Deltaland")
        ),
        Toponym(start=text.index("Betaville"), end=text.index("Betaville") + 9, text="Betaville", kind="town"),
    ]
    found.sort(key=lambda t: t.start)
    reading = RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published=PUBLISHED), found)
    assert [told(a)[1:] for a in reading.accounts] == [("2020-01-06/2020-01-07", 6), ("2020-01-09", 3)]
    assert ["Deltaland" in a.place.containers for a in reading.accounts if a.place] == [False, True]
