"""Tolls of forms, telegrams and data sets: a label and its number, with no verb between them.

"Killed: 4", "Wounded => 12", "CIV KIA 2 (M 37, F 64).", "dead: four men, five
women", "Deaths: 17 (hosts), "about 24" (relief group)", "best 3 | low 2 |
high 5".
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.page import COUNT, HARM, PEOPLE, Mark, Page
from mapper.reading.tolls.coordination import OWN
from mapper.reading.tolls.numbers import Quantity, quantity_at
from mapper.reading.tolls.people import PeoplePhrase, people_at
from mapper.reading.tolls.sexes import coded_person
from mapper.reading.tolls.stated import TollReading, readings
from mapper.reading.tolls.walk import BE

ESTIMATE: Final = "estimate"
"""The rule of a toll whose ends a data set gives apart."""

_SIGNS: Final = frozenset({":", "=", "-", "\u2013", "\u2014", ">", "|"})
_SURE_SIGNS: Final = frozenset({":", "=", ">", "|"})
_OPENS: Final = frozenset(
    {".", ",", ";", ":", ")", "(", "/", "|", "-", "\u2013", "\u2014", "\u2022", "*", "civ", "and"}
)
_CLOSES: Final = frozenset(
    {".", ",", ";", ")", "(", "/", "|", "-", "\u2013", "\u2014", "\u2022", "and", "&", "+", "per"}
)
_LISTS: Final = frozenset({",", ";", "and", "&", "+", "plus"})
_AGES_OPEN: Final = frozenset({",", "("})
_BETWEEN: Final = frozenset({",", ";", "/", "or", '"'})
_FORMS: Final = frozenset({"verb", "count", "state"})
_SURE: Final = frozenset({"confirmed", "known", "registered", "reported", "total"})
_LONGEST_SIGN: Final = 2
_LEADER: Final = 60
_DOTS: Final = 3
_WORDS: Final = 6
_BRACKET: Final = 12
_MOST: Final = 12
_APART: Final = 4
_TWO: Final = 2
_DIGITS: Final = 6
_SLASHED: Final = "/"


def labelled_toll(page: Page, sentence: int, at: int, end: int, blocked: Container[int]) -> list[TollReading] | None:
    """Read a label with its number, or the ends of an estimate.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    at, end : int
        The word of the label, and the end of the sentence.
    blocked : container of int
        Words of dates and ages.
    """
    estimate = _estimate(page, sentence, at, end, blocked)
    if estimate is not None:
        return [estimate]
    label = _label(page, at)
    if label is None or page.low[at - 1] in BE or _counts_before(page, at, label.last, end):
        return None  # "a family was killed: the father and three sons", "7 KIA 9 WIA", "27 dead: an aunt, …"
    begin = _past_sign(page, _past_words(page, label.last, end) if _opens(page, at, sentence) else label.last, end)
    sign = page.low[begin - 1] if begin > label.last else ""
    phrases = _people(page, begin, end, blocked) if _may_label(page, at, sentence, sign) else []
    if not phrases or not (sign or not phrases[0].population):
        return None  # "killed a couple and their son" has a verb
    last = phrases[-1].last
    closed = last >= end or page.low[last] in _CLOSES or begins_line(page, last) or _label(page, last) is not None
    if not (closed or (sign and (phrases[-1].population or _opens(page, at, sentence)))):
        return None
    if len(phrases) == 1 and not phrases[0].population:
        count, last = _others(page, phrases[0].count, end, blocked)
        phrases = [replace(phrases[0], count=count, last=last, population="people")]
    return list(readings(page, sentence, label.value, phrases, (at, last), "label"))


def _counts_before(page: Page, at: int, last: int, end: int) -> bool:
    """Say whether the number of a label stands before it, and that behind it is the next one's: "7 KIA 9 WIA"."""
    if at == 0 or last + 1 >= end or not page.counting[at - 1] or begins_line(page, at):
        return False
    if page.low[last] == ":" and not page.counting[last + 1]:
        return True
    if not page.counting[last]:
        return False
    return page.mark("harm", last + 1) is not None or page.mark("toll_label", last + 1) is not None


def _may_label(page: Page, at: int, sentence: int, sign: str) -> bool:
    """Say whether a word labels what follows it: a letter before a sign only, a word at the head of something."""
    if len(page.words[at]) == 1:
        return sign in _SURE_SIGNS and _has_letters(page)
    return bool(sign) or page.words[at].isupper() or _opens(page, at, sentence)


def _has_letters(page: Page) -> bool:
    """Say whether "K", "I" and "W" are labels here: both the killed and the injured have one."""
    marks = page.marked("toll_label", 0, len(page.low))
    return len({m.value for m in marks if len(page.words[m.first]) == 1}) == _TWO


def begins_line(page: Page, word: int) -> bool:
    """Say whether a word begins a line."""
    return word == 0 or word >= len(page.low) or "\n" in page.text[page.ends[word - 1] : page.starts[word]]


def _label(page: Page, at: int) -> Mark | None:
    label = page.mark("toll_label", at)
    harm = page.mark("harm", at)
    if harm is not None and (label is None or harm.last > label.last):
        group, form = harm.value.split()
        return Mark(harm.first, harm.last, group) if form in _FORMS else None
    return label


def _opens(page: Page, at: int, sentence: int) -> bool:
    """Say whether a label may begin at a word: that of a sentence or line, or behind a mark."""
    at -= at > page.bounds[sentence][0] and page.low[at - 1] in _SURE  # "Registered dead: 31"
    return at == page.bounds[sentence][0] or page.low[at - 1] in _OPENS or begins_line(page, at)


def _past_words(page: Page, at: int, end: int) -> int:
    """Return the colon behind a few words after a label: "Dead at this hour: 31", "Wounded so far: 8"."""
    if at >= end or not page.low[at].isalpha():
        return at
    for word in range(at + 1, min(at + _WORDS, end)):
        if page.low[word] == ":" and word + 1 < end and page.kinds[word + 1] & COUNT:
            return word
        if page.kinds[word] & (COUNT | PEOPLE | HARM) or not page.low[word].isalpha():
            return at
    return at


def _past_sign(page: Page, at: int, end: int) -> int:
    """Return the word after ":", "=>", "->"."""
    last = at
    while last < min(at + _LEADER, end) and page.low[last] == ".":
        last += 1
    if last - at >= _DOTS:
        return last  # "dead ..... 2"
    last = at
    while last < min(at + _LONGEST_SIGN, end) and page.low[last] in _SIGNS:
        last += 1
    return last


def _people(page: Page, at: int, end: int, blocked: Container[int]) -> list[PeoplePhrase]:
    """Read the people that a label counts: "4", "six children", "four men, five women, seven kids"."""
    found: list[PeoplePhrase] = []
    at += at < end and page.low[at] == '"'
    while at < end and len(found) < _MOST:
        phrase = coded_person(page, at, end) or people_at(page, at, end, blocked)
        count = quantity_at(page, at, end, blocked)
        if phrase is None and count is not None:
            phrase = PeoplePhrase(at, count.last, count, "")
        if phrase is None or phrase.group or (found and not _goes_on(page, phrase, end)):
            break
        next_label = phrase.last < end and page.low[phrase.last] in _SURE_SIGNS  # "Killed: 5 Women: 2"
        if count is not None and (phrase.population == "" or phrase.last == count.last or next_label):
            phrase = replace(phrase, last=count.last, population="")
        found.append(phrase)
        at = _past_ages(page, phrase.last, end, blocked)
        if not phrase.population or at >= end or page.low[at] not in _LISTS:
            break
        at += 1
        at += at + 1 < end and page.low[at] in OWN and page.counting[at + 1]  # "the driver and his two sons"
    return found


def _past_ages(page: Page, at: int, end: int, blocked: Container[int]) -> int:
    """Return the word after the ages that follow people: "a woman, 34;", "two females (39, 16)"."""
    if at >= end or page.low[at] not in _AGES_OPEN:
        return at
    last = at
    while last + 1 < end and (last + 1 in blocked or (page.low[last + 1] in _LISTS and last + 2 in blocked)):
        last += 1
    if last == at:
        return at
    return last + 1 + (last + 1 < end and page.low[last + 1] == ")")


def _goes_on(page: Page, phrase: PeoplePhrase, end: int) -> bool:
    """Say whether a label counts one more kind of people, of whom nothing else is said: not ", 3 children injured"."""
    if phrase.plural_only or not phrase.population or phrase.count.op != "=":
        return False
    return phrase.last >= end or page.mark("harm", phrase.last) is None


def _others(page: Page, count: Quantity, end: int, blocked: Container[int]) -> tuple[Quantity, int]:
    """Read what other sources count: '18 (organisers), "about 25" (aid group)'."""
    counts = [count]
    at = _past_bracket(page, count.last, end)
    last = count.last
    while at > last and at + 1 < end and len(counts) < _MOST:
        ahead = at
        while ahead < min(at + _APART, end) and page.low[ahead] in _BETWEEN:
            ahead += 1
        other = quantity_at(page, ahead, end, blocked) if ahead > at else None
        if other is None:
            break
        quoted = other.last + (other.last < end and page.low[other.last] == '"')
        following = _past_bracket(page, quoted, end)
        if following == quoted:
            break
        counts.append(other)
        last, at = quoted, following
    if len(counts) == 1:
        return count, count.last
    low = min((c.minimum for c in counts if c.minimum is not None), default=None)
    tops = [c.maximum for c in counts]
    high = None if None in tops and not any(c.op == "<=" for c in counts) else max(t for t in tops if t is not None)
    low = low if low is None else min(low, *(t for t in tops if t is not None))
    return replace(count, last=last, minimum=low, maximum=high), last


def _past_bracket(page: Page, at: int, end: int) -> int:
    if at >= end or page.low[at] != "(":
        return at
    return next((i + 1 for i in range(at, min(at + _BRACKET, end)) if page.low[i] == ")"), at)


def _estimate(page: Page, sentence: int, at: int, end: int, blocked: Container[int]) -> TollReading | None:
    """Read "best 3 | low 2 | high 5", "best_est 3, high_est 5", "best/low/high estimate: 3/2/5"."""
    if page.mark("estimate", at) is None:
        return None
    ends: dict[str, int] = {}
    last = at
    names: list[str] = []
    while last < end and (mark := page.mark("estimate", last)) is not None:
        names.append(mark.value)
        begin = _past_sign(page, mark.last, end)
        count = quantity_at(page, begin, end, blocked)
        if count is not None and count.op == "=" and len(names) == 1 + len(ends):
            ends[mark.value] = count.value
            last = count.last
        elif begin < end and page.low[begin] == _SLASHED:
            last = begin
        else:
            last = begin + (begin < end and page.low[begin] == ")")
            break
        last += last < end and page.low[last] in {",", ";", "|", _SLASHED}
        last += last < end and page.low[last] == "and"
    if not ends and len(names) >= _TWO:
        ends, last = _slashed(page, names, last, end)
    if len(ends) < _TWO:
        return None
    low = ends.get("low", min(ends.values()))
    high = ends.get("high", max(ends.values()))
    best = ends.get("best", low)
    count = Quantity(at, last, best, "=", min(low, best), max(high, best), float(best))
    return TollReading(sentence, at, last, "killed", "", "people", count, ESTIMATE)


def _slashed(page: Page, names: Sequence[str], at: int, end: int) -> tuple[dict[str, int], int]:
    """Read the numbers of "best/low/high: 3/2/5"."""
    at = _past_sign(page, at, end)
    ends: dict[str, int] = {}
    for name in names:
        number = page.low[at] if at < end else ""
        if not (number.isdecimal() and number.isascii() and len(number) <= _DIGITS):
            return {}, at
        ends[name] = int(number)
        at += 1 + (at + 1 < end and page.low[at + 1] == _SLASHED)
    return ends, at
