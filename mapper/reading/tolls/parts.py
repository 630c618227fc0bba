"""Parts of a whole: "including six women", "among them a child". A part is counted as a subset, never added."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mapper.reading.page import Mark, Page
from mapper.reading.tolls.coordination import alike, is_police, subject_of
from mapper.reading.tolls.nouns import noun_at
from mapper.reading.tolls.numbers import exactly
from mapper.reading.tolls.people import PeoplePhrase
from mapper.reading.tolls.shares import harm_after, predicated
from mapper.reading.tolls.stated import subset
from mapper.reading.tolls.walk import BE, Walk
from mapper.reading.vocabulary import word_set

_AUXILIARY: Final = word_set("auxiliary")
_OF_THEM: Final = (["of", "them"], ["of", "these"], ["of", "those"])
_PRONOUN: Final = 3
_NAMED: Final = {
    "killed": frozenset(
        {"bodies", "dead", "deceased", "fallen", "fatalities", "killed", "martyred", "martyrs", "slain", "victims"}
    ),
    "injured": frozenset({"wounded", "injured", "hurt"}),
}
_OPENS_CLAUSE: Final = frozenset({",", "and", ";", "(", "."})
_APPOSES: Final = frozenset({",", "(", "-", "\u2013", "\u2014"})
_ATTACKERS: Final = frozenset(
    {"assailant", "assailants", "attacker", "attackers", "bomber", "bombers", "gunman", "gunmen", "militants"}
)
_PEOPLE_NUMBERS: Final = frozenset({"more", "other", "others"})


def opens_part(walk: Walk, part: Mark) -> bool:
    """Say whether "including" follows people, not "groups including Airwars"."""
    if part.value != "including":
        return True
    if not (walk.pending or walk.group or walk.waiting):
        return False
    if part.last - part.first == 1 and walk.page.low[part.first] == "all":
        return _all_of_one_kind(walk.page, part)
    if walk.page.low[part.first] not in {"include", "included", "includes"} or part.last - part.first > 1:
        return True
    return bool(walk.tolls) and walk.tolls[-1].last == part.first  # "the eight dead included three women"


def _all_of_one_kind(page: Page, part: Mark) -> bool:
    """Say whether "all" says what those before it are: "six people, all women"; not "all five"."""
    noun = noun_at(page, part.last, len(page.low)) if part.last < len(page.low) else None
    return page.low[part.first - 1] in _APPOSES and noun is not None and bool(noun[2]) and not noun[3]


def open_part(walk: Walk, part: Mark) -> int:
    """Begin a part; what was counted just before "among the dead" already is one. Return the word after the cue."""
    if part.value == "dead_were" or part.value.startswith("among"):
        group = "injured" if part.value == "among_injured" else "killed"
        following = walk.page.low[part.last] if part.last < len(walk.page.low) else ""
        lists = _lists_behind(walk.page, part) or (not walk.pending and following in BE | {":", ","})
        if part.value == "dead_were" or lists:
            close_part(walk)
            walk.in_part, walk.part_group = True, group
        else:
            for phrase in subject_of(walk.page, walk.pending):
                _add_subset(walk, phrase, group=group)
            walk.pending.clear()
        return part.last
    if _trails(walk.page, part) and walk.group:
        parts = [phrase for phrase in subject_of(walk.page, walk.pending) if phrase.of]
        if walk.pending and not parts:
            return part.last  # "five people, a nurse among them, were hurt"
        for phrase in parts:
            _add_subset(walk, phrase, group=walk.group)
        walk.pending.clear()
    # What follows those counted as dead is part of them, whatever the sentence counts after it.
    walk.in_part, walk.part_group = True, _group_behind(walk)
    return part.last


def _lists_behind(page: Page, part: Mark) -> bool:
    """Say whether "among the dead" opens its clause and a number follows: "and among the dead 6 children"."""
    counts = part.last < len(page.low) and page.counting[part.last]
    return bool(counts) and (part.first == 0 or page.low[part.first - 1] in _OPENS_CLAUSE)


def as_part(walk: Walk, phrase: PeoplePhrase, end: int) -> int:  # noqa: PLR0911 - a table of decisions, read from the top
    """Take a phrase as part of a whole, if it is one: return the word after it, else 0."""
    page = walk.page
    pronoun = phrase.definite and page.mark("people_pronoun", phrase.count.last) is not None
    if pronoun and not phrase.of and (harmed := harm_after(page, phrase.last, end)) and harmed[0] != walk.group:
        close_part(walk)
        walk.pending[:] = [phrase]  # "eleven people were wounded, three of whom died"
        return phrase.last
    if phrase.of and page.low[phrase.first - 2 : phrase.first] in _OF_THEM and (walk.group or walk.pending):
        walk.part.append(phrase)  # "31 dead, of them 12 children"
        walk.in_part, walk.part_group = True, _group_behind(walk)
        return phrase.last
    stated = phrase.of and not BE.isdisjoint(page.low[phrase.count.last : phrase.last])
    if pronoun and (walk.group or (walk.pending and not stated)):
        walk.part.append(phrase)
        walk.in_part, walk.part_group = True, _harm_named(page, phrase) or _group_behind(walk)
        return phrase.last
    if pronoun and phrase.of:
        group = _harm_named(page, phrase) or "killed"
        if phrase.count.value == 1 and page.low[phrase.first - 1] == "not":
            phrase = replace(phrase, count=exactly(phrase.count.first, phrase.count.last, 0))  # "not one of the dead"
        _add_subset(walk, phrase, group=group)  # "At least 19 of them were children."
        return phrase.last
    if _part_of_whom(page, phrase) and harm_after(page, phrase.last, end) and not walk.group:
        walk.pending[:] = [phrase]  # "eight people were seized, of whom five were killed"
        walk.in_part = False
        return phrase.last
    told = walk.in_part or walk.group or pronoun or phrase.first == page.bounds[walk.sentence][0] or _goes_on(walk)
    said = predicated(page, phrase, end) if told else None
    if said is not None:
        close_part(walk)
        walk.in_part, walk.part_group = True, _harm_named(page, phrase) or walk.group or "killed"
        _add_subset(walk, said, group=walk.part_group)  # "Of the 20 killed, 12 were women."
        return said.last
    if walk.pending and _is_among(page, phrase) and harm_after(page, phrase.last, end):
        walk.part, walk.pending = subject_of(page, walk.pending), [phrase]
        return phrase.last
    if walk.in_part and not _leaves_part(walk, phrase, end):
        walk.part.append(phrase)
        return phrase.last
    return 0


def beside_civilians(walk: Walk, phrase: PeoplePhrase) -> bool:
    """Say whether police are counted beside civilians whose parts come first.

    "Killing 14 civilians, among them two women, and three police officers" counts 17.

    Parameters
    ----------
    walk : Walk
        The walk over the sentence, in a part.
    phrase : PeoplePhrase
        Those met next.
    """
    if not (walk.waiting and walk.linked and walk.part) or walk.page.low[phrase.first - 1] != "and":
        return False
    return walk.linked[0].population == "civilians" and is_police(walk.page, phrase)


def _group_behind(walk: Walk) -> str:
    """Return the harm of those counted last, where nobody was named since whom a verb may still be about."""
    since = walk.pending[-1].first if walk.pending else -1
    counted = bool(walk.tolls) and since < walk.tolls[-1].first
    return walk.group if counted and not walk.waiting else ""


def _goes_on(walk: Walk) -> bool:
    """Say whether a part was counted just before: "four of the dead were children and two were women"."""
    return bool(walk.tolls) and walk.tolls[-1].rule == "subset"


def _harm_named(page: Page, phrase: PeoplePhrase) -> str:
    """Return the harm that a pronoun names: "three of the dead", "two of the wounded"; "" for none."""
    words = page.low[phrase.count.last : phrase.count.last + _PRONOUN]
    return next((group for group, names in _NAMED.items() if not names.isdisjoint(words)), "")


def close_part(walk: Walk) -> None:
    """Count what stood after "including" as subsets of what it was part of."""
    group = walk.part_group or walk.group
    if group:
        for phrases in alike(walk.page, walk.part):
            _add_subset(walk, *phrases, group=group)
    if group or not walk.pending:
        walk.part.clear()
    walk.in_part, walk.part_group = False, ""


def _leaves_part(walk: Walk, phrase: PeoplePhrase, end: int) -> bool:
    """Say whether a phrase after "including …" begins a whole of its own ("and 15 others were …")."""
    page = walk.page
    if page.low[phrase.last - 1] in _PEOPLE_NUMBERS:
        return True
    if phrase.last == phrase.count.last and phrase.last < end and page.mark("harm", phrase.last):
        return True
    if not phrase.of and (harmed := harm_after(page, phrase.last, end)) and harmed[0] != walk.group != "":
        return True  # "41 wounded, including nine children, and six people who were dead"
    harm = page.mark("harm", phrase.last) if phrase.last < end and not phrase.of else None
    if harm is not None and harm.value.split()[1] in {"bare", "state"}:
        return True
    before = page.low[phrase.first - 1] if phrase.first else ""
    verb = _passive_after(page, phrase.last, end)
    return verb and not walk.pending and before != ","


def _part_of_whom(page: Page, phrase: PeoplePhrase) -> bool:
    """Say whether a bare number stands behind "of whom"."""
    return phrase.last == phrase.count.last and page.low[max(0, phrase.first - 2) : phrase.first] == ["of", "whom"]


def _passive_after(page: Page, at: int, end: int) -> bool:
    seen = False
    for _ in range(4):
        if at >= end:
            return False
        if page.mark("harm", at):
            return seen
        if page.low[at] not in _AUXILIARY:
            return False
        seen = seen or page.low[at] in BE
        at += 1
    return False


def _trails(page: Page, part: Mark) -> bool:
    """Say whether "among them" ends its clause, and speaks of what stands before it."""
    return page.low[part.first] in {"among", "amongst"} and (
        part.last >= len(page.low) or page.low[part.last] in {".", ",", ";"}
    )


def _is_among(page: Page, phrase: PeoplePhrase) -> bool:
    """Say whether people are told to be part of these: "a woman and her son were among nine people"."""
    before = phrase.first - 1 - (page.low[phrase.first - 1] == "the")
    return before > 0 and page.low[before] in {"among", "amongst"} and page.low[before - 1] in BE


def _leave_out_attackers(walk: Walk, phrase: PeoplePhrase, group: str) -> None:
    """Take the attackers out of a count that they are part of: "five people, including an assailant, were killed"."""
    wholes = [i for i, t in enumerate(walk.tolls) if not t.of and t.group == group and t.population != "fighters"]
    at = wholes[-1] if wholes else -1
    if at < 0 or phrase.count.op != "=" or phrase.count.value >= walk.tolls[at].count.value:
        return
    toll = walk.tolls[at]
    if walk.page.low[phrase.last - 1] in _ATTACKERS:
        less = phrase.count.value
        count = replace(
            toll.count,
            value=toll.count.value - less,
            minimum=None if toll.count.minimum is None else toll.count.minimum - less,
            maximum=None if toll.count.maximum is None else toll.count.maximum - less,
        )
        walk.tolls[at] = replace(toll, count=count)


def _add_subset(walk: Walk, *phrases: PeoplePhrase, group: str) -> None:
    if phrases[0].population == "fighters":
        _leave_out_attackers(walk, phrases[0], group)
    if phrases[0].of:
        walk.tolls.append(subset(walk.sentence, phrases, group))
