"""Place names in any English text, with exact offsets.

Every name of the gazetteer that stands in the text with a capital is weighed
(`plausible`), together with what only its form or its surroundings give away:
"U.S.", "Ky." after a town, an unknown name before ", Ohio". No model is loaded
and nothing is learned from text: the rules and their weights can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from mapper.model import Toponym
from mapper.places.finding.cues import COUNTRIES_IN_FULL, cues, demonym_openings, demonyms, short_openings
from mapper.places.finding.focus import WELL_KNOWN, home_division
from mapper.places.finding.known import Known, known_of
from mapper.places.finding.lexer import Words, read_words
from mapper.places.finding.plausible import at_most, sure_of
from mapper.places.finding.sightings import Neighbours, Sighting
from mapper.places.finding.weighing import company_of, scores_of
from mapper.places.finding.wordlist import frequency
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.index.scanner import Hit
from mapper.places.names.keys import plain_of
from mapper.places.names.ranking import Alike
from mapper.text import Remembered

EMITTED: Final = 0.35
"""Names less sure than this are not given at all."""

LIKELY: Final = 0.5
EVERYDAY: Final = 500_000
"""Words of this frequency ("As", "Most") are names only where more speaks for it than against."""

_LOOKED_AT: Final = 60
_HEARD: Final = 0.80
_SAME: Final = 1.0
"""Names so similar to others are the same."""

_REMEMBERED: Final = 1 << 16
_LONGEST_UNKNOWN: Final = 3
_DEMONYM_WORDS: Final = 3
_CONTRACTED: Final = frozenset({"ve", "ll", "re", "d", "m", "t"})
"""What an apostrophe parts from "I", "you" and "they"."""

_APOSTROPHIZED: Final = frozenset({"s", "d", "l"})
_PARTS: Final = frozenset({"latin", "central", "north", "south", "middle"})
_COUNTIES: Final = frozenset({"county", "parish"})


class Finder:
    """A `ToponymFinder` over a gazetteer.

    Parameters
    ----------
    gazetteer : Gazetteer
        Its names are looked for.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[tuple[str, str], Known | None] = {}

    def find(self, text: str) -> list[Toponym]:
        """Return the place names in a text, in order, not overlapping.

        Parameters
        ----------
        text : str
            Any text, as received.

        Returns
        -------
        list of Toponym
            With offsets into `text`. `Toponym.sure` below 0.5 marks a name that
            may as well be something else; ``demonym`` a word like "Syrian".
        """
        words = read_words(text)
        if not words.low:
            return []
        seen, company = self._sightings(text, words)
        at = {i: s for s in seen for i in range(s.first, s.last)}
        peoples = [people for people in _demonyms_in(words) if not (people[0] in at and _holds(at[people[0]], people))]
        taken = {i for first, last, _ in peoples for i in range(first, last)}
        seen = [s for s in seen if taken.isdisjoint(range(s.first, s.last))]
        scores = scores_of(words, seen, peoples, company)
        home = home_division(seen, scores)
        found = [_demonym(words, first, last, code) for first, last, code in peoples]
        for sighting, score in zip(seen, scores, strict=True):
            sure = sure_of(score)
            if sure >= EMITTED:
                toponym = _toponym(words, sighting, sure, home)
                if sure >= LIKELY or frequency(toponym.text.lower()) <= EVERYDAY:
                    found.append(toponym)
        found.sort(key=lambda toponym: toponym.start)
        return found

    def _sightings(self, text: str, words: Words) -> tuple[list[Sighting], Neighbours]:
        """Collect what may be a place: short names first, then the gazetteer's, then unknown ones before a region.

        Returns
        -------
        (sightings, company)
            In order; and what the article says of all that may be a name in it.
        """
        found = {s.first: s for s in (*_short_names(words, self._country), *self._with_owners(words))}
        taken = {i for s in found.values() for i in range(s.first, s.last)}
        heard: list[tuple[Sighting, Hit]] = []
        for hit in self._gazetteer.scan(text):
            sighting = self._sighting(hit, words)
            if sighting is not None and taken.isdisjoint(range(sighting.first, sighting.last)):
                found[sighting.first] = sighting
                taken.update(range(sighting.first, sighting.last))
                if hit.how == "sound":
                    heard.append((sighting, hit))
        company = company_of(words, found)
        self._look_up(heard, words, found, company)
        for sighting in _before_regions(words, found):
            found[sighting.first] = sighting
        return [found[first] for first in sorted(found)], company

    def _look_up(
        self, heard: Sequence[tuple[Sighting, Hit]], words: Words, found: dict[int, Sighting], company: Neighbours
    ) -> None:
        """Look up what only sounds like a name, where it may come out as a place at all; leave out the rest."""
        likely: dict[str, bool] = {}
        for sighting, hit in heard:
            if not likely.get(hit.text):
                likely[hit.text] = sure_of(at_most(words, sighting, found, company)) >= EMITTED
        for sighting, hit in heard:
            sighting.known = self._facts(hit) if likely[hit.text] else None
            if sighting.known is None:
                del found[sighting.first]

    def _with_owners(self, words: Words) -> Iterator[Sighting]:
        """Find names with an apostrophe inside that the scan takes for two: "Cox's Bazar", "Coeur d'Alene"."""
        if _APOSTROPHIZED.isdisjoint(words.low):
            return
        for i in [i for i, low in enumerate(words.low[:-1]) if low in _APOSTROPHIZED and i]:
            before, after = words.gaps[i - 1], words.gaps[i]
            is_inside = (before == "'" and after == " ") if words.low[i] == "s" else (before == " " and after == "'")
            if is_inside and words.capitals[i - 1] and words.capitals[i + 1]:
                known = self._spelled(words.text[words.starts[i - 1] : words.ends[i + 1]])
                if known is not None:
                    yield Sighting(i - 1, i + 2, "name", known)

    def _spelled(self, name: str) -> Known | None:
        """Look up a name that the scan takes for two."""
        key = (name, "owner")
        if key not in self._known:
            self._known[key] = known_of(self._gazetteer.facts(name, limit=_LOOKED_AT, alike="name", least=_SAME))
        return self._known[key]

    def _sighting(self, hit: Hit, words: Words) -> Sighting | None:
        first, last = words.at(hit.start), words.at(hit.end - 1) + 1
        if first >= last or words.low[first:last] == ["the"]:
            return None
        if _is_no_name(words, first, last):
            return None
        if True not in words.capitals[first:last] and all(map(str.isascii, words.words[first:last])):
            return None
        if hit.how == "sound":
            return Sighting(first, last, "sound")
        known = self._facts(hit)
        return None if known is None else Sighting(first, last, "name", known)

    def _facts(self, hit: Hit) -> Known | None:
        key = (hit.text, hit.how)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            alike: Alike = "name" if hit.how == "spelling" else "sound"
            # What there is under a name depends on its letters alone: "AL-EXAMPLE" is "al-Example", yet another name.
            plain = (plain_of(hit.text), f"plain {hit.how}")
            if plain not in self._known:
                facts = self._gazetteer.facts(hit.text, limit=_LOOKED_AT, alike=alike, least=_HEARD)
                self._known[plain] = known_of(facts)
            known = self._known[plain]
            self._known[key] = known and replace(known)
        return self._known[key]

    def _country(self, name: str) -> Known | None:
        """Look up a country or division that a short name stands for."""
        key = (name, "short")
        if key not in self._known:
            facts = self._gazetteer.facts(name, limit=_LOOKED_AT, alike="name")
            self._known[key] = known_of([fact for fact in facts if fact.kind in {"country", "governorate", "region"}])
        return self._known[key]


def _is_no_name(words: Words, first: int, last: int) -> bool:
    """Say whether words name no place, whatever the gazetteer has: "Friday", the "Sen." of a senator, "The mill"."""
    low = words.low[first]
    if last - first > 1:
        is_contracted = words.low[last - 1] in _CONTRACTED and words.gaps[last - 2] == "'"
        return is_contracted or (low == "the" and not any(words.capitals[first + 1 : last]))
    return low in cues().never or (low in cues().titles and words.gaps[first].startswith("."))


def _holds(sighting: Sighting, people: tuple[int, int, str]) -> bool:
    """Say whether a demonym is part of a longer name: "Saudi Arabia", "Indian Ocean"."""
    first, last, _ = people
    known = sighting.known
    is_longer = sighting.last - sighting.first > last - first
    return is_longer and sighting.first <= first < last <= sighting.last and known is not None and known.wide


def _toponym(words: Words, sighting: Sighting, sure: float, home: tuple[str, str] | None) -> Toponym:
    start, end = words.starts[sighting.first], words.ends[sighting.last - 1]
    after = sighting.last
    if after < len(words.low) and words.low[after] in _COUNTIES and words.capitals[after] and words.beside(after - 1):
        end = words.ends[after]
    if sighting.form == "short" and words.text[end : end + 1] == "." and _is_abbreviated(words.text[start:end]):
        end += 1
    known = sighting.known
    kind, country, admin1 = known.agreed if known is not None else ("", "", "")
    if home and known is not None and home in known.areas and "country" not in known.kinds:
        if not known.wide and known.population < WELL_KNOWN:
            kind, (country, admin1) = "", home
        elif not known.wide or known.country != home[0]:
            # The town nearby, or the city that all the world knows: more must tell.
            kind, country, admin1 = "", "", ""
    return Toponym(
        start=start, end=end, text=words.text[start:end], kind=kind, country=country, admin1=admin1, sure=round(sure, 3)
    )


def _is_abbreviated(name: str) -> bool:
    """Say whether a full stop after a short name belongs to it: "Ky.", "N.Y.", but not "US."."""
    return "." in name or (not name.isupper() and name in cues().divisions)


def _demonym(words: Words, first: int, last: int, code: str) -> Toponym:
    start, end = words.starts[first], words.ends[last - 1]
    return Toponym(
        start=start, end=end, text=words.text[start:end], kind="country", country=code, demonym=True, sure=0.9
    )


def _demonyms_in(words: Words) -> Iterator[tuple[int, int, str]]:
    known = demonyms()
    leading = demonym_openings()
    free = 0
    for i in words.named:
        if i < free or words.words[i] not in leading:
            continue
        for length in range(min(_DEMONYM_WORDS, len(words.low) - i), 0, -1):
            phrase = " ".join(words.words[i : i + length])
            if phrase in known and len(phrase) == words.ends[i + length - 1] - words.starts[i]:
                free = i + length
                yield i, free, known[phrase].country
                break


def _short_names(words: Words, country: Callable[[str], Known | None]) -> Iterator[Sighting]:
    """Find "US", "U.K.", "Ivory Coast", and "Ky." after a town."""
    listed = cues()
    free = 0
    for i in words.named:
        word = words.words[i]
        if i < free or not _MAY_BE_SHORT[word]:
            continue
        bare = word.rstrip(".")
        pair = f"{word} {words.words[i + 1]}" if i + 1 < len(words.low) else ""
        if pair in listed.short:
            free = i + 2
            yield Sighting(i, free, "short", country(COUNTRIES_IN_FULL[listed.short[pair]]))
        elif (word in listed.short or bare in listed.short) and not _is_part(words, i):
            code = listed.short.get(word) or listed.short[bare]
            yield Sighting(i, i + 1, "short", country(COUNTRIES_IN_FULL[code]))
        elif bare in listed.divisions and _is_division(words, i):
            yield Sighting(i, i + 1, "short", country(listed.divisions[bare]))


def _is_part(words: Words, at: int) -> bool:
    """Say whether a short name is the end of a longer one: "Latin America"."""
    before = at - 1
    is_name = before >= 0 and words.words[at].isalpha() and words.beside(before) and words.low[before] in _PARTS
    return is_name and words.capitals[before]


def _may_be_short(word: str) -> bool:
    """Say whether a short name may begin with a word, wherever it stands."""
    listed, bare = cues(), word.rstrip(".")
    return bare in listed.divisions or word in short_openings() or bare in short_openings()


_MAY_BE_SHORT: Final = Remembered(_may_be_short)


def _is_division(words: Words, at: int) -> bool:
    """Say whether a word such as "Ky." or "OH" stands after a town and a comma."""
    if at == 0 or words.gaps[at - 1] != ", " or not words.capitals[at - 1]:
        return False
    return words.words[at].isupper() or "." in words.words[at] or words.gaps[at].startswith(".")


def _before_regions(words: Words, found: dict[int, Sighting]) -> Iterator[Sighting]:
    """Find names that the gazetteer lacks, in "in Example, Ohio"."""
    listed = cues()
    taken = {i for s in found.values() for i in range(s.first, s.last)}
    for region in list(found.values()):
        if region.known is None or not region.known.wide or region.first < 2 or words.gaps[region.first - 1] != ", ":
            continue
        last = region.first
        first = last
        while first > 0 and last - first < _LONGEST_UNKNOWN and words.capitals[first - 1] and first - 1 not in taken:
            if first < last and words.gaps[first - 1] != " ":
                break
            first -= 1
        if first in {0, last} or words.low[first - 1] not in listed.before:
            continue
        if words.gaps[first - 1] == " " and not any(words.low[i] in listed.never for i in range(first, last)):
            yield Sighting(first, last, "unknown")
