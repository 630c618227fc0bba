"""From drafts to accounts: claims with their spans, tied together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mapper.model import Account, Claim, DateValue, JSONScalar
from mapper.reading.actors import read_actors
from mapper.reading.claims import ClaimMaker
from mapper.reading.continuity import Draft
from mapper.reading.events import main_type
from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.placing import written_place
from mapper.reading.reporters import read_reporters
from mapper.reading.response import read_response
from mapper.reading.tolls.labels import ESTIMATE
from mapper.reading.tolls.stated import TollReading

_ACTOR_SENTENCES: Final = 6
_SITE_SENTENCES: Final = 3
_BY_MEANS: Final = {"drone": "drone strike", "aircraft": "air strike"}
_WEAPONS: Final = {
    word: event
    for event, words in {
        "drone strike": ("drone", "drones"),
        "barrel bombing": ("barrels",),
        "shelling": ("artillery", "mortar", "mortars", "shell", "shellfire", "shells"),
        "bombing": ("bomb", "explosive", "explosives", "grenade", "ied", "landmine", "mine"),
        "shooting": ("bullet", "bullets", "gunfire", "rifle", "rifles", "sniper"),
    }.items()
    for word in words
}
"""What a weapon makes of an event for which no word for the act stands: "killed by a shell"."""


def account_of(page: Page, maker: ClaimMaker, draft: Draft, seen: Sequence[Notes], *, lone: bool = False) -> Account:
    """Make the account of one event.

    Parameters
    ----------
    page : Page
        The article.
    maker : ClaimMaker
        Makes the claims.
    draft : Draft
        The event, with at least one segment.
    seen : sequence of Notes
        All segments of the page, for names that the event's own do not repeat.
    lone : bool
        It is the only event that the article is about.
    """
    lead = page.sentences[draft.notes[0].sentence].span
    claims: list[Claim] = []
    written = written_place(page, draft, seen, lone=lone)
    if written is not None:
        value = written.reference.name or (written.reference.anchors or ("",))[0] or written.as_written
        claims.append(maker.make("place", value, written.span, "place-" + written.reference.relation))
    date, flags = _date(maker, draft, claims)
    claims += _tolls(page, maker, draft)
    claims += _actors(page, maker, draft)
    claims += _sites(page, maker, draft)
    claims += _responses(page, maker, draft)
    claims.sort(key=lambda c: (c.start, c.end, c.id))
    return Account(
        article=maker.article.id,
        role=draft.role,
        lead=lead,
        claims=tuple(claims),
        event_type=_event_type(page, draft),
        place=written.reference if written else None,
        place_as_written=written.as_written if written else "",
        date=date,
        flags=flags,
    )


def _event_type(page: Page, draft: Draft) -> str:
    told = draft.notes[:_ACTOR_SENTENCES]
    until = next((i for i, n in enumerate(told) if n is draft.counts), 0) + 1
    # What the event was told with goes before what was said of it later.
    for part in (told[:until], told[until:]):
        for notes in part:
            kind = main_type(notes.acts)
            if kind not in {"unknown", "attack"}:
                return kind
            if kind == "attack":
                for means, event in _BY_MEANS.items():
                    if page.has("doer", notes.first, notes.last, means):
                        return event
        told_with = [n for n in part if n.wholes or n.acts or n in told[:until]]
        weapon = next((w for n in told_with for w in page.low[n.first : n.last] if w in _WEAPONS), "")
        if weapon:
            return _WEAPONS[weapon]
    by_somebody = any(page.has("actor", n.first, n.last, "armed men") and n.wholes for n in told)
    return "attack" if by_somebody or any(n.acts for n in draft.notes) else "unknown"


def _date(maker: ClaimMaker, draft: Draft, claims: list[Claim]) -> tuple[DateValue | None, tuple[str, ...]]:
    mention, when = draft.mention, draft.when
    if mention is None or when is None or when.date is None:
        return None, ("date-unresolved",)
    date = when.date
    detail: dict[str, JSONScalar] = {"start": date.start, "end": date.end, "basis": when.basis, "anchor": when.anchor}
    if when.reason:
        detail["reason"] = when.reason
    claims.append(maker.make("date", date.edtf, (mention.start, mention.end), f"date-{mention.rule}", detail=detail))
    return date, when.flags


def _tolls(page: Page, maker: ClaimMaker, draft: Draft) -> list[Claim]:
    claims: list[Claim] = []
    total = {t.group for _, t in draft.tolls if not t.of and not t.plural_only and t.count.value > 0}
    vague: set[str] = set()
    done: set[tuple[str, str, int | None, int | None, str]] = set()
    for notes, toll in draft.tolls:
        if toll.plural_only and not toll.of:
            if toll.group in total or toll.group in vague or toll.population == "fighters":
                continue
            vague.add(toll.group)
        reporters = read_reporters(page, notes)
        key = (toll.group, toll.of, toll.count.minimum, toll.count.maximum, toll.count.op)
        if not reporters and key in done:
            continue
        done.add(key)
        claims.append(toll_claim(page, maker, notes, toll, reporters, lead=notes is draft.counts))
    return claims


def toll_claim(
    page: Page, maker: ClaimMaker, notes: Notes, toll: TollReading, reporters: tuple[str, ...], *, lead: bool = False
) -> Claim:
    """Make the claim of one toll."""
    detail: dict[str, JSONScalar] = {
        "group": toll.group,
        "of": toll.of or None,
        "population": toll.population,
        "minimum": toll.count.minimum,
        "maximum": toll.count.maximum,
    }
    if toll.definite:
        detail["definite"] = True
    if toll.plural_only:
        detail["plural_only"] = True
    if toll.superseded or page.has("provisional", notes.first, notes.last):
        detail["provisional"] = True
    own = not reporters or maker.article.publisher in reporters
    if own and (toll.rule == ESTIMATE or page.has("assessment", notes.first, notes.last)):
        detail["assessed"] = True
    if lead:
        detail["lead"] = True
    open_end = toll.count.minimum is None and toll.count.maximum is None
    return maker.make(
        "toll",
        None if open_end else toll.count.value,
        page.span(toll.first, toll.last),
        f"toll-{toll.rule}",
        part="/".join(p for p in (toll.group, toll.of) if p),
        op=toll.count.op,
        reporters=reporters,
        detail=detail,
    )


def _actors(page: Page, maker: ClaimMaker, draft: Draft) -> list[Claim]:
    claims: dict[tuple[str, str], Claim] = {}
    counted = {id(notes) for notes, _ in draft.tolls}
    for notes in draft.notes[:_ACTOR_SENTENCES]:
        for actor in read_actors(page, notes):
            # Who harmed people beside the event ("the war began when gunmen killed …") did not do this.
            if actor.stance == "reported" and not actor.means and id(notes) not in counted:
                continue
            # A denial is a response; it makes an actor only of a party that nobody else names.
            if actor.stance == "denied" and any(name == actor.name for name, _ in claims):
                continue
            if (actor.name, actor.stance) not in claims:
                claims[actor.name, actor.stance] = maker.make(
                    "actor",
                    actor.name,
                    page.span(actor.first, actor.last),
                    "actor-of-act",
                    reporters=read_reporters(page, notes),
                    detail={"stance": actor.stance, "means": actor.means},
                )
    return list(claims.values())


def _sites(page: Page, maker: ClaimMaker, draft: Draft) -> list[Claim]:
    claims: dict[str, Claim] = {}
    for notes in draft.notes[:_SITE_SENTENCES]:
        if not notes.acts and not notes.wholes:
            continue
        for mark in page.marked("site", notes.first, notes.last):
            if mark.value not in claims:
                claims[mark.value] = maker.make("site", mark.value, page.span(mark.first, mark.last), "site-word")
    return list(claims.values())


def _responses(page: Page, maker: ClaimMaker, draft: Draft) -> list[Claim]:
    claims: list[Claim] = []
    for notes in draft.notes:
        answer = read_response(page, notes)
        if answer is not None and all(c.value != answer.value for c in claims):
            claims.append(
                maker.make(
                    "response",
                    answer.value,
                    page.span(answer.first, answer.last),
                    "response-of-accused",
                    reporters=(answer.speaker,),
                    detail={"speaker": answer.speaker},
                )
            )
    return claims
