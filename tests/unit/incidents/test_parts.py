from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.incidents.building import build
from mapper.incidents.copies import CopyFinder, fingerprint, resemblance
from mapper.incidents.grouping import group
from mapper.incidents.identity import account_id, incident_id
from mapper.incidents.located import Located, locate
from mapper.incidents.marks import name_key
from mapper.incidents.origins import count_origins, origin_key
from mapper.incidents.scoring import compare
from mapper.incidents.sketch import sketch
from mapper.incidents.surroundings import Surroundings
from mapper.incidents.totals import TotalLinks, link_totals
from mapper.model import Account, Article, Reading, Resolution, SetAside, Span

Tell = Callable[..., Located]


def test_an_account_is_named_after_its_bytes_and_its_sentence(tell: Tell) -> None:
    account = tell("herald").account
    assert account_id("00", account) == account_id("00", account)
    assert account_id("00", account) != account_id("01", account)
    assert account_id("00", account) != account_id("00", tell("herald", start=9).account)
    assert account_id("00", account) != account_id("00", tell("herald", place="").account)


def test_an_incident_keeps_the_digits_of_one_of_its_accounts() -> None:
    assert incident_id(["a-2", "a-1"]) == incident_id(["a-1", "a-2"]) == "i-1"


def test_accounts_are_located_with_the_words_that_tell_them() -> None:
    text = "Two attacks. A shell hit the mill. It burned. A mine killed a cow. It limped."
    leads = [text.index("A shell"), text.index("A mine")]
    told = [Account(article="h", role="primary", lead=Span(at, at + 21), claims=()) for at in leads]
    article = Article(id="h", file="h.txt", sha256="ab", text=text, publisher="Herald")
    nowhere = [Resolution(status="not_found")] * 2
    located, second = locate(Reading(article=article, accounts=tuple(told), set_aside=()), nowhere)
    assert located.lead == "A shell hit the mill."
    assert located.context == "Two attacks. A shell hit the mill. It burned. "
    assert second.context == "A mine killed a cow. It limped."
    assert (located.source.publisher, located.source.key) == ("Herald", "ab/h")
    with pytest.raises(ValueError, match="shorter"):
        locate(Reading(article=article, accounts=tuple(told), set_aside=()), [])


_PROSE = [f"On day {n} the river rose and {n * 7} boats left the port of number {n * 3} with grain." for n in range(30)]


def _copies(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    finder = CopyFinder()
    for key, text in texts:
        finder.add(key, fingerprint(text))
    return dict(finder.copies())


def test_a_copy_is_known_through_a_footer_and_a_new_headline() -> None:
    story, other = " ".join(_PROSE[:12]), " ".join(_PROSE[15:27])
    footer = "Stand with us: for the price of a coffee you keep this site alive. " * 3
    texts = [("b", story), ("a", f"BREAKING: boats leave! {story} {footer}"), ("c", other)]
    assert _copies(texts) == {"a": "a", "b": "a"}
    assert _copies(reversed(texts)) == {"a": "a", "b": "a"}
    assert resemblance(fingerprint(story), fingerprint(other)) < 0.2


def test_short_texts_are_no_copies_of_each_other() -> None:
    assert fingerprint("too short to tell") == b""
    assert _copies([("a", "short"), ("b", "short"), ("c", "")]) == {}


@given(st.text(max_size=200), st.text(max_size=200))
def test_resemblance_is_a_share_and_symmetric(one: str, other: str) -> None:
    left, right = fingerprint(one), fingerprint(other)
    assert 0.0 <= resemblance(left, right) == resemblance(right, left) <= 1.0
    assert resemblance(left, left) == (1.0 if left else 0.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [("al-Tayyibah", "Taybeh"), ("Deir Hafir", "Dayr Hafer"), ("Hajj Ali", "Haj Aly"), ("As-Sukkariyah", "Sukariya")],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_names_that_only_begin_alike_do_not_meet() -> None:
    assert name_key("Marsa") != name_key("Marj")
    assert name_key("Aleppo") != name_key("Lippo") or name_key("Aleppo")


def test_a_reporter_and_its_initials_are_one_origin() -> None:
    assert origin_key("Example Observatory for Human Rights") == origin_key("EOHR") == "eohr"
    assert origin_key("The Daily Example") == origin_key("Daily Example")
    assert origin_key("local activists") == origin_key("residents")
    assert origin_key("") == ""


def test_origins_without_reporters_are_the_first_publication(tell: Tell) -> None:
    wire = tell("a", origin="https://www.wire.example/story", publisher="Mirror")
    same = tell("b", origin="https://wire.example/other", publisher="Herald")
    third = tell("c", publisher="Gazette")
    assert count_origins([wire, same], {}) == 1
    assert count_origins([wire, same, third], {}) == 2
    assert count_origins([tell("d", origin="http://[broken"), tell("e")], {}) == 2


def test_a_comparison_says_why_in_points(tell: Tell) -> None:
    one, other = (sketch(tell(name, day="2031-01-05", killed=30, site="mosque"), 0) for name in ("a", "b"))
    result = compare(one, other, Surroundings([one, other]))
    assert result == compare(other, one, Surroundings([other, one]))
    assert result.verdict == "same"
    assert {"+2.6 the same place", "+2.0 the same day", "+1.7 the same number killed: 30"} <= {*result.reasons}
    assert any(reason.endswith("a mosque in both") for reason in result.reasons)
    assert result.score == pytest.approx(sum(float(reason.split()[0]) for reason in result.reasons), abs=0.3)


def test_evidence_against_takes_points(tell: Tell) -> None:
    base = sketch(tell("a", day="2031-01-05", killed=3, site="mosque"), 0)
    around = Surroundings([base])
    alike = compare(base, sketch(tell("b", day="2031-01-05", killed=3, site="mosque"), 1), around).score
    for other in (
        {"killed": 30, "site": "mosque"},
        {"killed": 3, "site": "school"},
        {"killed": 3, "site": "mosque", "actors": ("the Southern army",)},
        {"killed": 3, "site": "mosque", "event": "shelling"},
        {"killed": 3, "site": "mosque", "at": (40.03, 35.02)},
    ):
        told = tell("b", day="2031-01-05", **other)
        assert compare(base, sketch(told, 1), around).score < alike


def test_a_rare_name_in_common_counts_and_a_common_one_does_not(tell: Tell) -> None:
    leads = ["A raid hit the home of the Barqan family in the east.", "Five of the Barqan family died in the raid."]
    one, other = [sketch(tell(f"p{n}", day="2031-01-05", lead=lead), n) for n, lead in enumerate(leads)]
    crowd = [sketch(tell(f"c{n}", lead=f"In {n} the Barqan family came.", at=None), n) for n in range(400)]
    rare = compare(one, other, Surroundings([one, other])).score
    common = compare(one, other, Surroundings([one, other, *crowd])).score
    assert rare - common > 0.8


def test_a_total_names_the_incidents_it_includes(tell: Tell) -> None:
    told = tell("herald", killed=55, day="2031-01-05")
    incident = build([told])
    claim = next(claim for claim in incident.claims if claim.kind == "toll")

    def total(value: int, *contains: str) -> SetAside:
        return SetAside(
            source="herald",
            kind="period",
            value=value,
            quote="q",
            start=0,
            end=1,
            reason="",
            rule="",
            contains=contains,
        )

    items = [total(100, claim.id, "unknown"), total(170, claim.id), total(9)]
    assert [item.contains for item in link_totals(items, [incident])] == [(incident.id,), (incident.id,), ()]
    links = TotalLinks()
    links.expect(items)
    links.note(incident)
    assert links.linked(items[0]).contains == (incident.id,)


def test_two_events_of_one_sentence_and_place_are_two_accounts_and_incidents(tell: Tell) -> None:
    one, other = (tell("herald", day=day, killed=n).account for day, n in (("2031-01-30", 3), ("2031-02-02", 11)))
    article = Article(id="herald", file="h.txt", sha256="0" * 64, text="Warplanes bombed Tell Example twice. " * 3)
    nowhere = [Resolution(status="not_found")] * 2
    found = locate(Reading(article=article, accounts=(one, other), set_aside=()), nowhere)
    assert len({located.id for located in found}) == 2
    assert [len(incident.accounts) for incident in group(found)] == [1, 1]
    assert locate(Reading(article=article, accounts=(one,), set_aside=()), nowhere[:1])[0].id == found[0].id
