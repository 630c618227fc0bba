"""Asking a geocoder as a good guest: the cache first, slowly, and not again once it said no."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

from mapper.errors import LimitError, LookupFailedError, NetworkError, OutputError, Problem, Report, ServiceRefusedError
from mapper.model import Candidate, PlaceContext, PlaceReference
from mapper.net import StatusError
from mapper.places.geocoders.answers import UnusableAnswerError, candidates_of, licence_of
from mapper.places.geocoders.config import GeocoderConfig
from mapper.places.geocoders.pace import Pace
from mapper.places.geocoders.services import Service
from mapper.places.geocoders.store import Answer, Question, Store, now

TRIES: Final = 3
RETRY_AFTER_CAP_S: Final = 10.0
"""Longest wait that a server may ask for; beyond it the look-up has failed."""
GIVE_UP_AFTER: Final = 3
"""Look-ups that fail one after another, until the service is not asked any more in this run."""
NAME_LIMIT: Final = 150

_WORTH_ANOTHER_TRY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_ASK_LATER: Final = frozenset({429, 503})
_LEADING: Final = 0.2
_SHOWN: Final = 5


class Fallback:
    """A `Geocoder` (see `mapper.model`) that keeps its manners.

    Parameters
    ----------
    config : GeocoderConfig
        Whom to ask, and how.
    service : Service
        Asks one question.
    store : Store
        The cache.
    folder : Path
        Where processes tell each other when they asked.
    report : Report
        Is told of the first failures, and of a service that is not asked any more.
    clock, sleep, today : callable
        Time of day in seconds, waiting, and the time written to the cache; given by tests.
    """

    def __init__(
        self,
        config: GeocoderConfig,
        service: Service,
        store: Store,
        folder: Path,
        report: Report,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        today: Callable[[], str] = now,
    ) -> None:
        self._config, self._service, self._store, self._report = config, service, store, report
        self._clock, self._sleep, self._today = clock, sleep, today
        self._pace = Pace(folder, config.host, config.interval_s, clock=clock, sleep=sleep)
        self._refusal = ""
        self._failures = self._in_a_row = 0

    def lookup(self, reference: PlaceReference, context: PlaceContext) -> tuple[Candidate, ...]:
        """Ask for a name, unless it was asked for before.

        Parameters
        ----------
        reference : PlaceReference
            Only its name is sent.
        context : PlaceContext
            Countries that the text speaks of; they are sent too, unless the configuration names others.

        Returns
        -------
        tuple of Candidate
            Best first; each was checked. Empty when the service has nothing of that name.

        Raises
        ------
        LookupFailedError
            Nobody knows whether there is such a place; other look-ups may succeed.
        ServiceRefusedError
            The service is not to be asked any more.
        """
        name = " ".join(
            re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", " ", reference.name).split()
        )
        if not name or len(name) > NAME_LIMIT or not any(c.isalpha() for c in name):
            return ()
        question = Question(
            service=self._config.service,
            host=self._config.host,
            name=name,
            countries=self._config.countries or _leading(context),
            language=self._config.language,
        )
        known = self._store.get(question)
        if known is not None:
            return () if known.verdict == "rejected" else known.candidates
        if self._refusal:
            raise ServiceRefusedError(self._refusal)
        candidates = self._asked(question)
        self._store.put(
            Answer(
                question=question,
                asked=self._today(),
                licence=licence_of(question.service),
                candidates=candidates,
            )
        )
        return candidates

    def _asked(self, question: Question) -> tuple[Candidate, ...]:
        try:
            answer = self._patiently(question)
            candidates = candidates_of(question.service, answer, question.name, question.countries)
        except ServiceRefusedError as fault:
            self._stop(str(fault))
            raise
        except OutputError as fault:
            # Without the cache folder no pace can be kept, and nobody is asked without one.
            self._stop(str(fault))
            raise ServiceRefusedError(self._refusal) from fault
        except (NetworkError, LimitError, UnusableAnswerError) as fault:
            raise self._failed(question, fault) from fault
        self._in_a_row = 0
        return candidates

    def _patiently(self, question: Question) -> Any:  # noqa: ANN401 - JSON
        """Try a few times, within the time that one look-up has."""
        end = self._clock() + self._config.lookup_s
        for attempt in range(1, TRIES + 1):
            left = end - self._clock()
            if left <= 0 or not self._pace.wait(left):
                break
            left = max(0.1, end - self._clock())
            try:
                return self._service.ask(question.name, question.countries, min(left, self._config.try_s))
            except StatusError as fault:
                if fault.status not in _WORTH_ANOTHER_TRY or attempt == TRIES:
                    raise
                self._sleep(self._rest(fault, attempt))
            except LookupFailedError:
                if attempt == TRIES:
                    raise
        raise LookupFailedError(f"{question.service} did not answer in {self._config.lookup_s:g} s")

    def _rest(self, fault: StatusError, attempt: int) -> float:
        """Return how long to wait before the next try: what the server asks for, up to the cap."""
        asked = _seconds(fault.retry_after, self._clock()) if fault.status in _ASK_LATER else None
        if asked is None:
            return float(attempt)
        if asked > RETRY_AFTER_CAP_S:
            # Others would be told the same: to go on asking is what it asks not to do.
            raise ServiceRefusedError(f"{self._config.service} wants to be left alone for {asked:.0f} s") from fault
        return asked

    def _failed(self, question: Question, fault: Exception) -> LookupFailedError:
        self._failures += 1
        # A strange answer costs a second; a server that does not answer costs the run its time.
        self._in_a_row += not isinstance(fault, UnusableAnswerError)
        # The address has the question in it; the key never is.
        what = f"the look-up failed: {fault}"
        if self._failures <= _SHOWN:
            self._report(Problem(f"{question.service}, {question.name!r}", what))
        if self._in_a_row >= GIVE_UP_AFTER:
            self._stop(f"{question.service} failed {self._in_a_row} times in a row")
        return LookupFailedError(what)

    def _stop(self, why: str) -> None:
        if not self._refusal:
            self._refusal = f"{why}; it is not asked any more in this run"
            self._report(Problem(self._config.service, self._refusal))


def _leading(context: PlaceContext) -> tuple[str, ...]:
    """Return the countries that a text mostly speaks of."""
    return tuple(sorted(code for code, share in context.countries.items() if share >= _LEADING and len(code) == 2))


def _seconds(header: str, clock: float) -> float | None:
    """Read Retry-After: seconds, or a date; None where it is neither."""
    text = header.strip()[:60]
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - clock)
    except (TypeError, ValueError, OverflowError):
        return None
