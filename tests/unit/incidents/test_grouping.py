from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.incidents.grouping import Link, group
from mapper.incidents.judgements import Judgements
from mapper.incidents.located import Located
from mapper.model import Candidate, Incident, Judgement, Place, Precision

Tell = Callable[..., Located]


def sources(incidents: Iterable[Incident]) -> list[list[str]]:
    return [[account.article for account in incident.accounts] for incident in incidents]


def test_two_outlets_with_other_tolls_a_day_apart_and_another_spelling_are_one_incident(tell: Tell) -> None:
    one = tell("herald", day="2031-08-21", killed=55, place="al-Tayyibah", site="hospital")
    other = tell("gazette", day="2031-08-22", killed=42, place="Taybeh", at=(40.005, 35.002), site="hospital")
    (incident,) = group([one, other])
    assert (incident.killed.minimum, incident.killed.maximum) == (42, 55)
    assert {"toll-conflict", "date-conflict"} <= set(incident.flags)
    assert incident.date is not None
    assert (incident.date.start, incident.date.end) == ("2031-08-21", "2031-08-22")


def test_three_strikes_on_one_village_on_three_dates_stay_three(tell: Tell) -> None:
    days = (("2031-01-30", 3), ("2031-02-02", 11), ("2031-02-04", 13))
    one_article = [tell("herald", day=day, killed=n, start=50 * i) for i, (day, n) in enumerate(days)]
    others = [tell(f"gazette-{n}", day=day, killed=n) for day, n in days]
    assert len(list(group(one_article))) == 3
    assert sorted(map(len, sources(group([*one_article, *others])))) == [2, 2, 2]


def test_an_archive_that_gives_two_days_joins_the_nearer_strike(tell: Tell) -> None:
    second = tell("herald", day="2031-02-02", killed=11)
    third = tell("herald", day="2031-02-04", killed=13, op=">=", start=90)
    archive = tell("archive", day=("2031-02-03", "2031-02-04"), killed=38)
    found = sources(group([second, third, archive]))
    assert found == [["herald"], ["herald", "archive"]]


def test_the_same_numbers_eight_days_apart_are_two_incidents(tell: Tell) -> None:
    first = tell("herald", day="2031-12-05", killed=23, injured=10)
    second = tell("gazette", day="2031-12-13", killed=23, injured=10)
    assert len(list(group([first, second]))) == 2


def test_two_families_of_eight_near_one_city_two_days_apart_are_two_incidents(tell: Tell) -> None:
    first = tell("herald", day="2031-10-22", killed=8, place="Marsa", precision=Precision.NEAR, site="home")
    second = tell("gazette", day="2031-10-24", killed=8, place="Marsa", precision=Precision.NEAR, site="home")
    assert len(list(group([first, second]))) == 2


def test_a_chain_of_days_does_not_become_one_incident(tell: Tell) -> None:
    told = [tell(f"paper-{n}", day=f"2031-01-{n:02d}", killed=30, site="market") for n in range(1, 7)]
    assert all(len(members) <= 2 for members in sources(group(told)))


def test_accounts_of_one_article_are_never_joined(tell: Tell) -> None:
    one = tell("herald", day="2031-01-05", killed=30)
    two = tell("herald", day="2031-01-05", killed=30, start=400)
    bridge = tell("gazette", day="2031-01-05", killed=30)
    assert len(list(group([one, two]))) == 2
    # Nothing says which of the two the third tells of: to join it would be to guess.
    found = list(group([one, two, bridge]))
    assert len(found) == 3
    assert all("possible-duplicate" in incident.flags for incident in found)


def test_an_account_that_fits_one_of_two_strikes_better_joins_it(tell: Tell) -> None:
    one = tell("herald", day="2031-01-05", killed=30, site="market")
    two = tell("herald", day="2031-01-05", killed=12, site="school", start=400)
    third = tell("gazette", day="2031-01-05", killed=12, site="school")
    assert sources(group([one, two, third])) == [["herald"], ["herald", "gazette"]]


def test_far_apart_is_not_one_incident(tell: Tell) -> None:
    one = tell("herald", day="2031-01-05", killed=30)
    two = tell("gazette", day="2031-01-05", killed=30, at=(41.5, 35.0))
    assert len(list(group([one, two]))) == 2


def test_undated_accounts_are_never_joined_but_doubt_is_told(tell: Tell) -> None:
    dated = tell("herald", day="2031-01-05", killed=23, injured=10, site="market")
    undated = tell("gazette", killed=23, injured=10, site="market")
    links: list[Link] = []
    found = list(group([dated, undated], links=links))
    assert len(found) == 2
    assert all("possible-duplicate" in incident.flags for incident in found)
    assert [(link.comparison.verdict, link.joined) for link in links] == [("unsure", False)]
    assert "one of them is not dated" in links[0].comparison.reasons


def test_a_link_says_where_its_accounts_went_and_where_they_come_from(tell: Tell) -> None:
    told = {
        one.id: one
        for one in (
            tell("herald", day="2031-01-05", killed=23, injured=10, site="market"),
            tell("courier", day="2031-01-05", killed=23, injured=10, site="market"),
            tell("gazette", killed=23, injured=10, site="market"),
        )
    }
    links: list[Link] = []
    found = {incident.id: incident for incident in group(told.values(), links=links)}
    assert len(found) == 2
    assert {link.joined for link in links} == {True, False}
    for link in links:
        assert (link.left.incident == link.right.incident) == link.joined
        for name, end in ((link.comparison.left, link.left), (link.comparison.right, link.right)):
            assert end.article == told[name].source.id
            assert told[name].account in found[end.incident].accounts


def test_a_day_without_its_year_can_be_the_same_day(tell: Tell) -> None:
    dated = tell("herald", day="2031-03-16", killed=41, site="mosque")
    yearless = tell("gazette", edtf="XXXX-03-16", killed=41, site="mosque")
    other = tell("courier", edtf="XXXX-03-18", killed=41, site="mosque")
    assert sources(group([dated, yearless, other])) == [["herald", "gazette"], ["courier"]]


def test_a_province_joins_the_village_in_it_when_the_numbers_say_so(tell: Tell) -> None:
    village = tell("herald", day="2031-12-13", killed=23, injured=10, women=6)
    province = tell(
        "gazette", day="2031-12-13", killed=23, injured=10, women=6, at=(40.4, 35.2), precision=Precision.GOVERNORATE
    )
    elsewhere = tell("courier", day="2031-12-13", killed=4, at=(40.4, 35.2), precision=Precision.GOVERNORATE)
    assert sources(group([village, province, elsewhere])) == [["herald", "gazette"], ["courier"]]


def test_an_ambiguous_place_joins_one_of_its_candidates(tell: Tell) -> None:
    here = Place(id="p", name="Tell Example", longitude=40.0, latitude=35.0, kind="village")
    there = Place(id="q", name="Tell Example", longitude=44.0, latitude=33.0, kind="village")
    placed = tell("herald", day="2031-12-13", killed=23, injured=10, site="home")
    ambiguous = tell(
        "gazette", day="2031-12-13", killed=23, injured=10, site="home", at=None,
        candidates=[Candidate(place=here, score=0.5), Candidate(place=there, score=0.5)],
    )  # fmt: skip
    (incident,) = group([ambiguous, placed])
    assert incident.resolution.status == "resolved"


_STORY = (
    "On Monday warplanes hit the two eastern quarters of the old town, and fifty people died in the rubble. A monitor "
    "said that the houses were full of people who had fled the front, and that nobody had warned them. The coalition "
    "said that it would look into the reports, as it always does, and that it takes every care to avoid such loss. "
)


def test_a_republished_text_is_a_copy_whatever_the_date_it_was_printed(tell: Tell) -> None:
    lead = _STORY.split(". ", maxsplit=1)[0]
    first = tell("wire", day="2031-08-21", killed=50, lead=lead, text=_STORY, published="2031-08-22")
    copy = tell(
        "mirror", day="2031-08-28", killed=50, lead=lead, text=_STORY + "Give us money.", published="2031-08-29"
    )
    (incident,) = group([first, copy])
    assert incident.date is not None
    assert incident.date.start == incident.date.end == "2031-08-21"
    assert "single-origin" in incident.flags


def test_a_relay_of_one_monitor_is_one_origin_and_two_monitors_are_two(tell: Tell) -> None:
    told = [
        tell("herald", day="2031-08-21", killed=20, reporters=("Example Observatory of Human Rights", "Daily Relay")),
        tell("gazette", day="2031-08-21", killed=20, reporters=("EOHR",)),
    ]
    (one_voice,) = group(told)
    assert "single-origin" in one_voice.flags
    (two_voices,) = group([told[0], tell("gazette", day="2031-08-21", killed=20, reporters=("Another Monitor",))])
    assert "single-origin" not in two_voices.flags


def test_a_crowded_city_needs_more_than_place_and_day(tell: Tell) -> None:
    told = [tell(f"p{n}", day="2031-01-05", killed=n, precision=Precision.CITY) for n in (2, 4, 9, 17, 31)]
    assert len(list(group(told))) == 5


def test_without_merging_every_account_is_an_incident(tell: Tell) -> None:
    told = [tell("herald", day="2031-01-05", killed=30), tell("gazette", day="2031-01-05", killed=30)]
    assert sources(group(told, merge=False)) == [["herald"], ["gazette"]]
    assert len(list(group(told))) == 1


def test_without_merging_nothing_is_held(tell: Tell) -> None:
    def endless() -> Iterable[Located]:
        while True:
            yield tell("herald", day="2031-01-05", killed=30)

    stream = group(endless(), merge=False)
    assert next(stream).accounts[0].article == "herald"


def test_incidents_come_in_reading_order(tell: Tell) -> None:
    told = [
        tell("a", day="2031-05-05", killed=3, at=(40.0, 35.0)),
        tell("b", day="2031-01-05", killed=30, at=(44.0, 33.0)),
        tell("c", day="2031-05-05", killed=3, at=(40.0, 35.0), site="home"),
        tell("d", day="2030-01-05", killed=1, at=(46.0, 15.0)),
    ]
    assert sources(group(told)) == [["a", "c"], ["b"], ["d"]]


def test_nothing_in_nothing_out() -> None:
    assert list(group([])) == []


def judged(verdict: str, left: Located, right: Located) -> Judgement:
    return Judgement(verdict=verdict, left=left.id, right=right.id)


def test_judgements_win_over_every_score_and_can_be_reversed(tell: Tell) -> None:
    one = tell("herald", day="2031-01-05", killed=30, site="market")
    two = tell("gazette", day="2031-01-05", killed=30, site="market")
    far = tell("courier", day="2019-06-01", killed=2, at=(10.0, 10.0))
    told = [one, two, far]
    ledger = [judged("different", one, two), judged("same", far, two)]
    assert sources(group(told, Judgements(ledger))) == [["herald"], ["gazette", "courier"]]
    ledger += [judged("undecided", two, one), judged("different", two, far)]
    assert sources(group(told, Judgements(ledger))) == [["herald", "gazette"], ["courier"]]
    ledger += [judged("same", one, far)]
    assert sources(group(told, Judgements(ledger))) == [["herald", "courier"], ["gazette"]]


def test_an_unsure_person_keeps_two_accounts_apart(tell: Tell) -> None:
    one, two = (tell(name, day="2031-01-05", killed=30) for name in ("herald", "gazette"))
    found = list(group([one, two], Judgements([judged("unsure", one, two)])))
    assert len(found) == 2
    assert all("possible-duplicate" in incident.flags for incident in found)


def test_a_verdict_on_an_incident_follows_its_account_into_a_larger_one(tell: Tell) -> None:
    one, two = (tell(name, day="2031-01-05", killed=30) for name in ("herald", "gazette"))
    (alone,) = group([two])
    ledger = Judgements([Judgement(verdict="accepted", left=alone.id)])
    (merged,) = group([one, two], ledger)
    assert merged.status == "accepted"


_TOWNS = st.sampled_from([(40.0, 35.0), (40.01, 35.01), (40.4, 35.3), (44.0, 33.0)])
_FACTS = st.fixed_dictionaries({
    "day": st.one_of(
        st.none(),
        st.integers(1, 9).map(lambda n: f"2031-01-0{n}"),
        st.just(("2031-01-01", "2031-01-31")),
        st.just(("2031-01-02", "2031-01-04")),
    ),
    "edtf": st.sampled_from(["", "XXXX-01-05"]),
    "killed": st.sampled_from([None, 3, 23, 42, 55]),
    "at": st.one_of(st.none(), _TOWNS),
    "precision": st.sampled_from([Precision.VILLAGE, Precision.CITY, Precision.GOVERNORATE]),
    "site": st.sampled_from(["", "home", "mosque"]),
})  # fmt: skip


_PAPERS = st.tuples(st.integers(0, 5), st.sampled_from([0, 500]))
_STORIES = st.dictionaries(_PAPERS, _FACTS, max_size=9).map(
    lambda found: [{"source": f"paper-{n}", "start": start, **facts} for (n, start), facts in found.items()]
)


def _told(tell: Tell, facts: list[dict[str, object]]) -> list[Located]:
    return [tell(fact.pop("source"), **fact) for fact in [dict(fact) for fact in facts]]


@given(_STORIES, st.randoms(use_true_random=False), st.data())
@settings(max_examples=60)
def test_grouping_does_not_depend_on_the_order_of_reading(
    tell: Tell, facts: list[dict[str, object]], chance: random.Random, data: st.DataObject
) -> None:
    told = _told(tell, facts)
    verdicts = st.sampled_from(["same", "different", "unsure"])
    pairs = st.tuples(verdicts, st.integers(0, 9), st.integers(0, 9))
    drawn = data.draw(st.lists(pairs, max_size=3)) if told else []
    ledger = Judgements(judged(v, told[a % len(told)], told[b % len(told)]) for v, a, b in drawn)
    shuffled = list(told)
    chance.shuffle(shuffled)
    before, after = ({i.id: i for i in group(some, ledger)} for some in (told, shuffled))
    assert before.keys() == after.keys()
    for name, incident in before.items():
        members = [{(a.article, a.lead) for a in one.accounts} for one in (incident, after[name])]
        assert members[0] == members[1]
        assert (incident.killed, set(incident.flags)) == (after[name].killed, set(after[name].flags))
    assert sum(len(incident.accounts) for incident in before.values()) == len(told)


@given(_STORIES, st.data())
@settings(max_examples=60)
def test_a_newest_verdict_always_holds(tell: Tell, facts: list[dict[str, object]], data: st.DataObject) -> None:
    told = {one.id: one for one in _told(tell, facts)}
    if len(told) < 2:
        return
    left, right = data.draw(st.lists(st.sampled_from(sorted(told)), min_size=2, max_size=2, unique=True))
    older = [judged(data.draw(st.sampled_from(["same", "different"])), told[left], told[right])]
    for verdict in ("same", "different"):
        ledger = Judgements([*older, Judgement(verdict=verdict, left=left, right=right)])
        homes = [set(_ids(incident, told)) for incident in group(told.values(), ledger)]
        together = any({left, right} <= home for home in homes)
        assert together == (verdict == "same")


def _ids(incident: Incident, told: dict[str, Located]) -> list[str]:
    return [name for name, one in told.items() if one.account in incident.accounts]


def test_one_account_read_twice_is_one_incident(tell: Tell) -> None:
    one = tell("herald", day="2031-01-05", killed=30)
    again = replace(one, source=replace(one.source, id="herald-again"))
    assert len(list(group([one, again]))) == 1


@pytest.mark.parametrize("count", [1, 300])
def test_many_accounts_of_one_event_are_one_incident(tell: Tell, count: int) -> None:
    told = [tell(f"paper-{n}", day="2031-01-05", killed=30, site="market") for n in range(count)]
    assert len(list(group(told))) == 1
