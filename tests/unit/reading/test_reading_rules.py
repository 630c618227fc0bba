"""The smaller rules of reading: acts, actors, reporters, answers, names, vocabulary."""

from __future__ import annotations

import pytest

from mapper.reading.actors import read_actors
from mapper.reading.events import main_type, read_acts
from mapper.reading.notes import Notes
from mapper.reading.noting import blocked_words, take_notes
from mapper.reading.page import Page, open_page
from mapper.reading.reporters import read_reporters
from mapper.reading.response import read_response
from mapper.reading.tolls.victims import names_before
from mapper.reading.vocabulary import vocabulary, word_set, words_of


def noted(text: str) -> tuple[Page, list[Notes]]:
    page = open_page(text, vocabulary())
    return page, take_notes(page, (), (), blocked_words(page, ()), ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A US airstrike hit a school.", "air strike"),
        ("Warplanes bombed the village.", "air strike"),
        ("A drone strike hit a car.", "drone strike"),
        ("The town was shelled.", "shelling"),
        ("A botched night raid went wrong.", "raid"),
        ("A sniper shot dead a boy.", "shooting"),
        ("A car bomb exploded.", "bombing"),
        ("A chlorine gas attack followed.", "chemical attack"),
        ("They were executed.", "massacre"),
        ("An attack was reported.", "attack"),
        ("The weather was fine.", "unknown"),
    ],
)
def test_an_act_has_a_type(text: str, kind: str) -> None:
    page = open_page(text, vocabulary())
    assert main_type(read_acts(page, 0)) == kind


@pytest.mark.parametrize(
    ("text", "determiner"),
    [
        ("An air strike", "indefinite"),
        ("Another deadly air strike", "new"),
        ("The same air strike", "same"),
        ("Monday's air strike", "dated"),
        ("US-led air strikes", "bare"),
    ],
)
def test_the_words_before_an_act_say_whether_it_is_new(text: str, determiner: str) -> None:
    assert read_acts(open_page(text, vocabulary()), 0)[0].determiner == determiner


def test_an_act_that_only_might_happen_is_none() -> None:
    assert read_acts(open_page("They vowed to bomb the town and would attack it.", vocabulary()), 0) == []


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("A Russian air strike hit a market.", [("Russian forces", "reported")]),
        ("An alleged Israeli airstrike hit a home.", [("Israeli forces", "suspected")]),
        ("A house was bombed by US-led warplanes.", [("US-led coalition", "reported")]),
        (
            "Russian and Syrian government air strikes hit a town.",
            [("Russian forces", "reported"), ("Syrian government", "reported")],
        ),
        ("An air strike hit a village held by ISIS.", []),
        ("Three Syrian civilians died in an explosion.", []),
    ],
)
def test_who_is_said_to_have_done_it(text: str, actors: list[tuple[str, str]]) -> None:
    page, notes = noted(text)
    assert [(a.name, a.stance) for a in read_actors(page, notes[0])] == actors


@pytest.mark.parametrize(
    ("text", "reporters"),
    [
        ("The BBC cites the Syrian Observatory for Human Rights, which said five died.", ("SOHR", "BBC")),
        ("According to Reuters, five died.", ("Reuters",)),
        ("Airwars and SNHR reported five deaths.", ("Airwars", "SNHR")),
        ("Five people died.", ()),
    ],
)
def test_the_origin_comes_before_the_relay(text: str, reporters: tuple[str, ...]) -> None:
    page, notes = noted(text)
    assert read_reporters(page, notes[0]) == reporters


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("The coalition said it was targeting fighters.", ("US-led coalition", "justified")),
        ("The Pentagon denied that a school was hit.", ("US forces", "denied")),
        ("The coalition acknowledged that it flew nine air strikes.", ("US-led coalition", "acknowledged-strikes")),
        ("The Israeli military did not respond to a request.", ("Israeli forces", "no-comment")),
        ("Villagers denied that fighters were there.", None),
    ],
)
def test_what_the_accused_answered(text: str, answer: tuple[str, str] | None) -> None:
    page, notes = noted(text)
    found = read_response(page, notes[0])
    assert (found and (found.speaker, found.value)) == answer


def test_names_are_counted_and_outlets_are_not() -> None:
    page = open_page("Adam Beta, Karim Gamma and Omar Delta were killed.", vocabulary())
    assert len(names_before(page, page.low.index("killed"), 0)) == 3
    page = open_page("Al Jazeera was killed off.", vocabulary())
    assert names_before(page, page.low.index("killed"), 0) == []


def test_a_phrase_is_cut_as_the_text_is() -> None:
    assert words_of("US-led air strike") == ["US-led", "air", "strike"]


def test_a_cue_with_a_capital_is_found_only_as_written() -> None:
    page = open_page("The US told us so.", vocabulary())
    assert [m.first for m in page.marked("actor", 0, len(page.words))] == [1]


def test_the_vocabulary_holds_no_phrase_twice_under_one_tag() -> None:
    cues = [(phrase, tag) for phrase, tag, _ in vocabulary().cues()]
    twice = {cue for cue in cues if cues.count(cue) > 1}
    assert twice == set()


def test_a_missing_word_set_is_a_fault() -> None:
    with pytest.raises(KeyError):
        word_set("no such set")
