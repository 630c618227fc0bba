"""Who was killed and who was injured, sentence by sentence.

The reader walks once over the words of a sentence with the people that it has
met and the harm that it waits for: "killed" looks right for an object or, after
"were", left for a subject; "including" opens the part of a whole, which is
counted as a subset and never added.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.page import COUNT, DETERMINER, HARM, MAY_KILL, PART, PEOPLE, TOLL, Mark, Page
from mapper.reading.tolls.bodies import lone_body, nobody_survived, own_bodies
from mapper.reading.tolls.composition import spelled_out
from mapper.reading.tolls.coordination import COMPANY, OWN, goes_on
from mapper.reading.tolls.elliptic import gap_others
from mapper.reading.tolls.labels import labelled_toll
from mapper.reading.tolls.linking import await_object, count_fatal, link, link_left, one_with_others, whom
from mapper.reading.tolls.part_labels import labelled_part
from mapper.reading.tolls.parts import as_part, beside_civilians, close_part, open_part, opens_part
from mapper.reading.tolls.passing import TURNS, go_past
from mapper.reading.tolls.people import PeoplePhrase, harmed_noun, ordinal_at, people_at
from mapper.reading.tolls.rolls import call_roll
from mapper.reading.tolls.sexes import coded_person
from mapper.reading.tolls.shares import share_of
from mapper.reading.tolls.stated import (
    TollReading,
    brought_to,
    counted_off,
    nobody,
    number_harmed,
    plural_harm,
    stated_toll,
)
from mapper.reading.tolls.terse import ENTRY, entry_at
from mapper.reading.tolls.unnamed import person_harmed
from mapper.reading.tolls.verbs import (
    OBJECT_GAP,
    auxiliary_before,
    ends_in_death,
    has_before,
    inverted,
    object_follows,
)
from mapper.reading.tolls.victims import aged_name, name_at
from mapper.reading.tolls.walk import Walk
from mapper.reading.tolls.young import by_age
from mapper.reading.vocabulary import word_set

_TOLD: Final = COUNT | DETERMINER | PEOPLE | HARM | TOLL | PART | MAY_KILL
_SAYS_WHOLE: Final = COUNT | HARM | TOLL
_AFTER_BARE: Final = word_set("after_bare_count") | {"", ".", ",", ";", ":", "("}
_PLURAL_HARM: Final = frozenset({"injuries", "deaths", "fatalities", "martyrs"})
_LIST: Final = frozenset({"and", ",", "the", "his", "her", "their"})
_LIST_GAP: Final = 3
_OF_WOUNDS: Final = word_set("kinds_of_wounds")
_ONE: Final = frozenset({"a", "an", "the"})
_SAYS: Final = frozenset({"say", "says", "said"})
_PRONOUNS: Final = frozenset({"them", "him", "us", "me"})
_ONLY_PEOPLE: Final = frozenset({"beat", "beating", "buried", "burying"})
_CARED_FOR_DAILY: Final = frozenset({"patients", "births", "cases"})
_NEWS: Final = frozenset({"confirmation", "details", "information", "news", "report", "reports", "word"})
_FATALLY: Final = frozenset({"fatally", "mortally"})
_BACK: Final = 5
_NOBODY: Final = frozenset({"nobody", "no-one", "none", "no"})
_EITHER: Final = frozenset({"casualties", "casualty"})
_COUNTING_VERBS: Final = frozenset(
    {"named", "identified", "listed", "counted", "documented", "recorded", "naming", "identifying", "listing"}
)


def read_tolls(page: Page, sentence: int, blocked: Container[int]) -> tuple[list[TollReading], list[PeoplePhrase]]:
    """Read every toll of one sentence.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    blocked : container of int
        Words that belong to dates and ages.

    Returns
    -------
    tolls : list of TollReading
        In reading order; subsets follow their whole.
    phrases : list of PeoplePhrase
        Every phrase for people, harmed or not.
    """
    first, end = page.bounds[sentence]
    walk = Walk(page, sentence, clause=first, blocked=blocked)
    kinds, low = page.kinds, page.low
    at = first
    while at < end:
        if kinds[at] & _TOLD:
            at = _step(walk, at, end, blocked)
        elif low[at] in TURNS or (walk.waiting and at - walk.waiting_since > OBJECT_GAP):
            at = go_past(walk, at)
        else:
            at += 1
    close_part(walk)
    if walk.pending and walk.tolls:
        gap_others(walk, end)
    if len(walk.phrases) > 1 and walk.tolls:
        walk.tolls = spelled_out(page, sentence, walk.tolls, walk.phrases)
    walk.tolls.sort(key=lambda t: (t.first, t.of != "", t.last))
    return walk.tolls, walk.phrases


def _step(walk: Walk, at: int, end: int, blocked: Container[int]) -> int:  # noqa: PLR0911 - a table of decisions, read from the top
    page = walk.page
    kinds = page.kinds[at]
    part = page.mark("part", at) if kinds & PART else None
    if part is not None and page.low[at - 1] == "not" and part.value == "including":
        return _past_those(page, part.last, end)
    if part is not None and opens_part(walk, part):
        return open_part(walk, part)
    if kinds & PEOPLE and (labelled := labelled_part(page, walk.sentence, at, end, blocked)) is not None:
        walk.tolls.append(labelled)
        return labelled.last
    said = kinds & _SAYS_WHOLE or (kinds & DETERMINER and (ordinal_at(page, at, end) or _may_own(page, at, end)))
    said = said or (kinds & PEOPLE and page.low[at - 1] == ":")
    if said and (whole := _said_whole(walk, at, end, blocked)):
        walk.tolls += whole
        return max(toll.last for toll in whole if not toll.of)
    harm = page.mark("harm", at) if kinds & HARM else None
    may_kill = kinds & MAY_KILL and (harm is None or harm.value.endswith("care"))
    split = page.mark("to_death", at) if may_kill else None
    if split is not None and ends_in_death(page, split, end):
        close_part(walk)
        await_object(walk, "killed", split)
        return split.last
    if harm is not None and harm.value.endswith("noun"):
        return _harm(walk, harm, end)  # "the bodies of eight villagers": eight people, not some bodies
    coded = coded_person(page, at - 2, end) if kinds & COUNT and page.low[at - 1] == "/" and at > 1 else None
    phrase = coded or people_at(page, at, end, blocked)
    fatally = phrase is not None and phrase.last < end and page.low[phrase.last] in _FATALLY
    if phrase is not None and fatally and phrase.first > walk.clause and page.mark("harm", phrase.last) is None:
        return count_fatal(walk, phrase)
    if phrase is not None and not phrase.population:
        phrase = _bare(walk, phrase)
    if phrase is not None:
        return _meet(walk, by_age(page, phrase, end), end)
    if harm is not None:
        return one_with_others(walk, harm, end) or _harm(walk, harm, end)
    return go_past(walk, at)


def _past_those(page: Page, at: int, end: int) -> int:
    """Return the word after the people who are left out of a count: "six people, not including the bomber, died"."""
    those = people_at(page, at, end, ())
    return those.last if those is not None else at


def _said_whole(walk: Walk, at: int, end: int, blocked: Container[int]) -> Sequence[TollReading]:
    """Read the forms that say a toll by themselves: "Killed: 4", "no casualties", "six of the nine killed"."""
    page, sentence = walk.page, walk.sentence
    kinds = page.kinds[at]
    labelled = labelled_toll(page, sentence, at, end, blocked) if kinds & (HARM | TOLL) else None
    if labelled:
        close_part(walk)
        walk.group = labelled[0].group
        if walk.pending and walk.pending[-1].last == labelled[0].first:
            walk.pending.clear()  # "CIV KIA 2 (M 37, F 64)"
        return labelled
    if kinds & TOLL and (alone := nobody(page, sentence, at)):
        return alone
    if (one := _said_once(walk, at, end, blocked)) is not None:
        walk.group = one.group if one.rule == ENTRY else walk.group
        return [one]
    share = share_of(page, sentence, at, end, blocked) if kinds & COUNT else None
    if share:
        walk.group = share[0].group
        return share
    toll = (page.mark("toll", at) or number_harmed(page, at, end)) if kinds & TOLL else None
    stated = stated_toll(page, sentence, toll, end, blocked) if toll is not None else None
    if stated is None:
        return []
    walk.group = stated.group  # "the toll rose to eight, including three women"
    return [stated]


def _may_own(page: Page, at: int, end: int) -> bool:
    """Say whether "their bodies", "a corpse" may begin at a word."""
    return page.low[at] in OWN or (at + 1 < end and page.low[at + 1] in {"body", "corpse"})


def _said_once(walk: Walk, at: int, end: int, blocked: Container[int]) -> TollReading | None:
    """Read "the third to die", "their bodies were found", "none of the three survived", "Exampla: 6 by car bomb"."""
    page, sentence = walk.page, walk.sentence
    if page.kinds[at] & DETERMINER:
        counted = counted_off(page, sentence, at, end) if page.low[at] == "the" else None
        return counted or own_bodies(page, sentence, at, end, walk.phrases)
    if page.low[at - 1] == ":":
        return entry_at(page, sentence, at, end, blocked) if not walk.tolls else None
    if page.kinds[at] & COUNT and (brought := brought_to(page, sentence, at, end, blocked)) is not None:
        return brought
    return nobody_survived(page, sentence, at, end) if page.kinds[at] & (COUNT | TOLL) else None


def _bare(walk: Walk, phrase: PeoplePhrase) -> PeoplePhrase | None:
    """Keep a number without a noun only as the object of a waiting verb ("killing at least 13.")."""
    page, last = walk.page, phrase.last
    following = page.low[last] if last < len(page.low) else ""
    gap = page.low[walk.waiting_since : phrase.first]
    near = walk.waiting and (len(gap) <= 1 or (bool(walk.linked) and len(gap) <= _LIST_GAP and _LIST.issuperset(gap)))
    if near and (following in _AFTER_BARE or (not phrase.count.value and page.low[phrase.first] in _NOBODY)):
        return replace(phrase, population="people")
    return harmed_noun(walk.page, phrase, len(page.low)) if near else None


def _meet(walk: Walk, phrase: PeoplePhrase, end: int) -> int:
    page = walk.page
    walk.phrases.append(phrase)
    if _speaks(page, phrase, end):
        return phrase.last
    if phrase.plural_only and phrase.last < end and page.low[phrase.last] == "than":
        walk.waiting = ""
        return phrase.last
    if not phrase.group and _counted_victims(page, phrase):
        phrase = replace(phrase, group="killed")
    if phrase.group:
        link(walk, phrase.group, [phrase], (phrase.first, phrase.last), "counted-harm")
        if walk.waiting == phrase.group and phrase.first == walk.waiting_since:
            walk.waiting = ""  # "the remains of six martyrs, and nine wounded"
        return phrase.last
    beside = walk.in_part and beside_civilians(walk, phrase)
    of_them = walk.waiting and not walk.linked and phrase.first == walk.waiting_since and not phrase.of
    part = 0 if of_them or beside else as_part(walk, phrase, end)  # but "the bodies of ten of them"
    if part:
        return part
    if walk.in_part:
        close_part(walk)
    if walk.waiting and phrase.population == "relatives" and page.low[walk.verb] == "lost":
        walk.waiting = ""  # "a man who lost three brothers" speaks of his loss, not of one act
    ends = page.mark("report", phrase.last) or (walk.linked and not goes_on(page, walk.linked, phrase))
    if walk.waiting and ends and not beside:
        walk.waiting = ""  # "wounding seven, medics said"
    if walk.waiting and (walk.linked or phrase.first - walk.waiting_since <= OBJECT_GAP):
        together = [*walk.linked, phrase] if walk.linked else [phrase]
        if walk.linked:
            walk.tolls[walk.mark :] = [t for t in walk.tolls[walk.mark :] if t.rule == "subset"]
        link(walk, walk.waiting, together, (walk.verb, phrase.last), "harm-object")
        walk.linked = together
        walk.waiting_since = phrase.last
        return phrase.last
    walk.waiting = ""
    walk.pending.append(phrase)
    return phrase.last


def _to_death(page: Page, harm: Mark) -> Mark:
    """Take "to death" into a harm: "five were beaten to death"."""
    if page.low[harm.last : harm.last + 2] != ["to", "death"]:
        return harm
    return Mark(harm.first, harm.last + 2, harm.value.replace("injured", "killed"))


def _speaks(page: Page, phrase: PeoplePhrase, end: int) -> bool:
    """Say whether people are none who were harmed: "dozens, says a paramedic, are hurt", "42 casualties, 12 killed"."""
    if (page.low[phrase.last - 1] in _EITHER and not phrase.group) or _left_out(page, phrase):
        return True
    said = page.low[phrase.first] in _ONE and page.low[phrase.first - 1] in _SAYS
    return said and phrase.last < end and page.low[phrase.last] == ","


def _left_out(page: Page, phrase: PeoplePhrase) -> bool:
    """Say whether people are left out of a count: "nine people, not counting the two attackers, died"."""
    before = phrase.first - 1 - (page.low[phrase.first - 1] == "the")
    return page.low[before] == "excluding" or page.low[before - 1 : before + 1] == ["not", "counting"]


def _harm(walk: Walk, harm: Mark, end: int) -> int:
    page = walk.page
    harm = _to_death(page, harm)
    group, form = harm.value.split()
    at = harm.first
    match form:
        case "count" if page.low[at] in _PLURAL_HARM:
            plural = plural_harm(page, walk.sentence, harm, group, walk.clause)
            if plural is not None:
                walk.tolls.append(plural)
        case "gerund" | "noun" | "care":
            _object_next(walk, harm, end)
        case "bare" | "state":
            link_left(walk, harm, group)
            call_roll(walk, harm, group, end)
        case "verb" if at == walk.clause + (page.low[walk.clause] == "also") and (be := inverted(page, harm.last, end)):
            await_object(walk, group, harm)  # "Killed yesterday were a porter and his aunt"
            walk.waiting_since = be
            return _take_unknown(walk, group, be, end) or be
        case "verb" if _has_other_object(walk, harm, end):
            pass
        case "verb":
            passive = auxiliary_before(page, at, walk.clause) or _number_before(walk, at) or bool(whom(walk, harm))
            if not passive and person_harmed(page, harm.last, end) is not None:
                close_part(walk)
                await_object(walk, group, harm)
                return _take_unknown(walk, group, harm.last, end)
            named = name_at(page, harm.last, end) > harm.last + 1 or aged_name(page, harm.last, end)
            if passive or not (has_before(page, at) or named or object_follows(page, harm.last, end)):
                link_left(walk, harm, group)
                call_roll(walk, harm, group, end)
                if (
                    walk.group == group
                    and harm.last < end
                    and page.low[min(harm.last + (page.low[harm.last] == ","), end - 1)] in COMPANY
                ):
                    await_object(walk, group, harm, keep=True)
            else:
                close_part(walk)
                await_object(walk, group, harm)
                if named:
                    call_roll(walk, harm, group, end, active=True)
    return harm.last


def _take_unknown(walk: Walk, group: str, at: int, end: int) -> int:
    """Count one person whom no known noun names as harmed; return the word after, or 0 where there is none."""
    person = person_harmed(walk.page, at, end)
    if person is None:
        return 0
    phrase = PeoplePhrase(at, person[0], person[1], "people")
    link(walk, group, [phrase], (walk.verb, phrase.last), "harm-object")
    walk.linked, walk.waiting_since = [phrase], phrase.last
    return phrase.last


def _has_other_object(walk: Walk, harm: Mark, end: int) -> bool:
    """Say whether a verb counts nobody: "lost a leg", "the group seized two men and executed them"."""
    page = walk.page
    if page.low[harm.first] in {"lost", "massacre"}:
        return not object_follows(page, harm.last, end, known=True)
    if page.low[harm.first] == "wounds" and page.low[harm.first - 1] in _OF_WOUNDS:
        return True
    them = harm.last < end and page.low[harm.last] in _PRONOUNS
    if not them or auxiliary_before(page, harm.first, walk.clause):
        return False
    walk.pending.clear()
    return True


def _object_next(walk: Walk, harm: Mark, end: int) -> None:
    """Wait for the people that "killing", "the death of" or "treated" is about."""
    page = walk.page
    group, form = harm.value.split()
    if form == "care" and (auxiliary_before(page, harm.first, walk.clause) or not _cares_for(page, harm, end)):
        return
    if form == "noun" and _is_unknown(page, harm.first):
        return
    close_part(walk)
    if form == "noun" and (body := lone_body(page, harm, end)) is not None:
        link(walk, group, [body], (harm.first, harm.last), "bodies")
        return
    await_object(walk, group, harm)
    if form != "care":
        call_roll(walk, harm, group, end)


def _is_unknown(page: Page, at: int) -> bool:
    """Say whether nothing is known of a harm: "no information about loss of lives", "no word of the death of"."""
    back = page.low[max(0, at - _BACK) : at]
    return "no" in back and not _NEWS.isdisjoint(back)


def _cares_for(page: Page, harm: Mark, end: int) -> bool:
    """Say whether "treated" or "admitted" goes on with a number of people, and not with "300 patients a month"."""
    phrase = people_at(page, harm.last, end, ()) if harm.last < end else None
    if phrase is None or phrase.plural_only or phrase.definite or phrase.group or page.low[phrase.count.last] == "of":
        return False
    if not phrase.population and page.low[harm.first] in _ONLY_PEOPLE:
        return False
    following = page.low[phrase.last] if phrase.last < end else "."
    return page.low[phrase.last - 1] not in _CARED_FOR_DAILY and following not in {"a", "per", "every", "each"}


def _number_before(walk: Walk, at: int) -> bool:
    """Say whether a number stands right before a participle: "3 killed and 5 injured"."""
    last = walk.pending[-1] if walk.pending else None
    return last is not None and not last.plural_only and last.last == at == last.count.last


def _counted_victims(page: Page, phrase: PeoplePhrase) -> bool:
    """Say whether somebody counts victims: "a local network named nine victims"."""
    if phrase.plural_only or page.low[phrase.last - 1] != "victims" or phrase.first == 0:
        return False
    return page.low[phrase.first - 1] in _COUNTING_VERBS
