"""How a party named in a sentence stands to the act: did it, is blamed for it, owns to it, denies it.

A party is only said to have done an act where the sentence says so in one of a
few forms: it stands before the noun for the act ("a Turkish drone strike"), is
the subject of its verb ("gunmen on motorcycles killed six farmers"), follows
"by" ("shot dead by police"), is blamed ("residents blamed the army") or speaks
of its own act ("the army said it had shelled the area"). A party that is harmed,
condemns, investigates or reports did nothing.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from mapper.reading.events import Act, is_violence
from mapper.reading.notes import Notes
from mapper.reading.page import Mark, Page
from mapper.reading.vocabulary import word_set

Stance = Literal["reported", "suspected", "claimed", "acknowledged", "denied"]

_ATTRIBUTIVE: Final = 4
_SUBJECT: Final = 8
_AGENT: Final = 8
_ANSWER: Final = 9
_DEED: Final = 8
_BLAME: Final = 4

_GROUP: Final = word_set("of_a_party")
_NO_ATTRIBUTE: Final = word_set("ends_attribute")
_ADJECTIVES: Final = word_set("participles_before_acts")
_PASSIVE: Final = word_set("makes_passive")
_AFTER_PASSIVE: Final = word_set("after_passive")
_LIGHT: Final = word_set("carries_out")
_HOLDING: Final = word_set("stands_to_a_party")
_BLAMES: Final = word_set("blames")
_OWNS: Final = word_set("owns_to")
_SAYS: Final = word_set("says_of_itself")
_DENIES: Final = word_set("denies")
_DENIED: Final = word_set("may_be_denied")
_ITSELF: Final = frozenset({"it", "its", "they", "their", "we", "our"})
_ATTRIBUTES: Final = frozenset({"attributed", "attributes", "attributing", "attribute"})
_BEFORE_PARTY: Final = frozenset({"the", "a", "an", "suspected", "alleged", "both", "rival", "some", "local"})
_NOBODY: Final = frozenset({"no", "not", "nobody", "never", "n't"})
_OTHER_SUBJECT: Final = frozenset(
    {*",;.-()", "after", "before", "as", "when", "while", "because", "but", "since", "until"}
)
_WITH_PARTY: Final = _HOLDING | {"and"}
_HARMING: Final = frozenset({"verb", "gerund"})


class Doing(NamedTuple):
    """What a party has to do with an act: how surely, by what means ("" where no act is named)."""

    stance: Stance
    means: str


def party_end(page: Page, mark: Mark, last: int) -> int:
    """Return the word after all that names a party: "Israeli settlers", "M23 rebel fighters", "army tanks"."""
    at = mark.last
    while at < last and not page.mark("act", at):
        more = page.mark("doer", at) or (page.mark("actor", at) if page.low[at] in _GROUP else None)
        if more is not None:
            at = more.last
        elif page.low[at] in _GROUP:
            at += 1
        else:
            break
    return at


def doing_of(page: Page, mark: Mark, head: int, notes: Notes) -> Doing | None:
    """Say what a party has to do with an act that a segment tells of, or None for nothing.

    Parameters
    ----------
    page : Page
        The article.
    mark : Mark
        The party.
    head : int
        The word after the party, see `party_end`.
    notes : Notes
        The segment.
    """
    stance = _answer(page, mark, head, notes.last)
    if stance is not None:
        return Doing(stance, _means(notes))
    if _is_blamed(page, mark, head, notes):
        return Doing("suspected", _means(notes))
    at = _before(page, mark, notes.first)
    if at >= notes.first and page.low[at] in _HOLDING:
        return None
    means = _done(page, mark, head, notes)
    if means is None:
        return None
    return Doing("suspected" if _is_suspected(page, mark, notes) else "reported", means)


def _means(notes: Notes) -> str:
    return next((a.type for a in notes.acts if is_violence(a)), "")


def _done(page: Page, mark: Mark, head: int, notes: Notes) -> str | None:
    """Return the type of the act that a party did, "" for harm without an act, or None."""
    acts = {a.first: a for a in notes.acts if is_violence(a)}
    for form in (_before_noun, _as_subject):
        means = form(page, head, notes.last, acts)
        if means is not None:
            return means
    return _as_agent(page, mark, notes, acts)


def _before_noun(page: Page, head: int, last: int, acts: dict[int, Act]) -> str | None:
    """Read "an Israeli (heavy) air strike", "the army's shelling", "Turkish and Russian strikes"."""
    for at in range(head, min(head + _ATTRIBUTIVE, last)):
        act = acts.get(at)
        if act is not None and not act.verb:
            return act.type
        low = page.low[at]
        if low in _NO_ATTRIBUTE or page.mark("report", at) or page.mark("harm", at) or page.mark("people", at):
            return None
        if act is not None or (low.endswith("ed") and "-" not in low and low not in _ADJECTIVES):
            return None
    return None


def _as_subject(page: Page, head: int, last: int, acts: dict[int, Act]) -> str | None:
    """Read "gunmen on motorcycles attacked", "militants killed nine", "rebels launched an assault"."""
    past = head
    for at in range(head, min(head + _SUBJECT, last)):
        low = page.low[at]
        if low in _PASSIVE or low in _OTHER_SUBJECT or low in _BLAMES or page.mark("report", at):
            return None
        other = page.mark("actor", at)
        if other is not None and at >= past:
            if page.low[_before(page, other, head - 1)] not in _WITH_PARTY:
                return None
            past = other.last
        act = acts.get(at)
        harm = page.mark("harm", at)
        if act is not None and act.verb:
            done_to_it = (harm is not None or act.last - at == 1) and act.last < last
            return None if done_to_it and page.low[act.last] in _AFTER_PASSIVE else act.type
        if harm is not None and harm.value.rpartition(" ")[2] in _HARMING:
            harms = harm.last < last and (page.telling[harm.last] or page.counting[harm.last])
            return "" if harms else None
        if low in _LIGHT:
            deed = next((acts[i] for i in range(at, min(at + _DEED, last)) if i in acts and not acts[i].verb), None)
            return deed.type if deed is not None else "" if low in {"fired", "firing"} else None
    return None


def _as_agent(page: Page, mark: Mark, notes: Notes, acts: dict[int, Act]) -> str | None:
    """Read "killed by the army", "shelling from Exampleland", "clashes between the army and rebels"."""
    at = _before(page, mark, notes.first)
    if at < notes.first:
        return None
    nouns = {act.last: act for act in acts.values() if not act.verb}
    low = page.low[at]
    if low == "by":
        return _agent_of(page, at, notes, acts)
    if low in {"from", "between"} and at in nouns:
        return nouns[at].type
    if low == "and" and "between" in page.low[max(notes.first, at - _AGENT) : at]:
        between = max(i for i in range(max(notes.first, at - _AGENT), at) if page.low[i] == "between")
        return nouns[between].type if between in nouns else None
    return None


def _agent_of(page: Page, by: int, notes: Notes, acts: dict[int, Act]) -> str | None:
    for at in range(by - 1, max(notes.first, by - _AGENT) - 1, -1):
        if at in acts:
            return acts[at].type
        if page.mark("harm", at):
            return ""
        if page.low[at] in _LIGHT:
            return _means(notes)
        if page.low[at] in _HOLDING or page.low[at] in {",", ";"} or page.mark("report", at):
            return None
    return None


def _before(page: Page, mark: Mark, first: int) -> int:
    """Return the word before a party and what stands with its name ("the", "suspected"), or one before `first`."""
    at = mark.first - 1
    while at >= first and page.low[at] in _BEFORE_PARTY:
        at -= 1
    return at


def _is_blamed(page: Page, mark: Mark, head: int, notes: Notes) -> bool:
    """Read "blamed (the strike on) the army", "accused rebels of shelling", "attributed to", "suspect"."""
    back = range(max(notes.first, mark.first - _BLAME), mark.first)
    low = page.low
    at = _before(page, mark, notes.first)
    if at < notes.first or any(low[i] in _NOBODY for i in back):
        return False
    if low[at] == "to":
        return any(low[i] in _ATTRIBUTES for i in back)
    if low[at] == "on" and at > notes.first and low[at - 1] == "blamed":
        return True
    if low[at] not in _BLAMES:
        return False
    if head < notes.last and low[head] in {"for", "of"}:
        end = min(head + _DEED, notes.last)
        return any(page.has(tag, head, end) for tag in ("act", "harm", "toll", "same_act"))
    return not low[at].startswith("accus")


def _answer(page: Page, mark: Mark, head: int, last: int) -> Stance | None:
    """Read what a party says of its own act: it claims, acknowledges or denies it."""
    for at in range(head, min(head + 4, last)):
        low = page.low[at]
        cue = page.mark("stance", at)
        if cue is not None and cue.value == "claimed" and low != "declared":
            return None if mark.first and page.low[mark.first - 1] in _NOBODY else "claimed"
        if low in _DENIES:
            return "denied" if any(page.low[i] in _DENIED for i in range(at, min(at + _ANSWER, last))) else None
        if low in _OWNS and _names_own_deed(page, at + 1, last, alone=True):
            return "acknowledged"
        if low in _SAYS and _names_own_deed(page, at + 1, last, alone=False):
            return "acknowledged"
        if low in {",", ";"} or page.mark("act", at) or page.mark("harm", at):
            return None
    return None


def _names_own_deed(page: Page, first: int, last: int, *, alone: bool) -> bool:
    """Say whether words go on with a deed of the speaker's: "it had struck", or, `alone`, "the strike" itself."""
    own = alone
    for at in range(first, min(first + _DEED, last)):
        low = page.low[at]
        if low in _PASSIVE or low in {",", ";", "not", "no"}:
            return False
        own = own or low in _ITSELF
        act = page.mark("act", at)
        if own and act is not None:
            return not low.startswith(("came", "come"))
        if own and (low in _LIGHT or low == "responsibility" or page.mark("harm", at)):
            return True
    return False


def _is_suspected(page: Page, mark: Mark, notes: Notes) -> bool:
    """Say whether "suspected" and the like are said of a party, or "allegedly" of what it did."""
    for cue in page.marked("stance", max(notes.first, mark.first - 6), min(mark.last + 6, notes.last)):
        if cue.value != "suspected":
            continue
        of_act = any(a.first in {cue.last, cue.last + 1} for a in notes.acts)
        of_party = 0 <= mark.first - cue.last <= 1
        if of_act or of_party or cue.first > mark.first or page.low[cue.first].endswith("ly"):
            return True
    return False
