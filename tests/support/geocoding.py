"""A geocoder that answers from a list, and what asks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mapper.errors import Problem
from mapper.model import PlaceContext, PlaceReference
from mapper.places.geocoders import Fallback, GeocoderConfig
from mapper.places.geocoders.store import Store

CONTEXT = PlaceContext(countries={"SY": 0.9, "US": 0.1})
HIT: dict[str, Any] = {
    "osm_type": "node", "osm_id": 7, "lat": "35.5", "lon": "40.25", "name": "Tell Mithal", "addresstype": "village",
    "address": {"country_code": "sy", "state": "Some Governorate"}, "namedetails": {"name:ar": "تل مثال", "ref": "1"},
}  # fmt: skip


def reference(name: str) -> PlaceReference:
    return PlaceReference(name=name, start=0, end=1)


class Service:
    """Answers from a list, and keeps the questions."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(self, name: str, countries: tuple[str, ...], timeout: float) -> object:
        assert timeout > 0
        self.asked.append((name, countries))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def made(folder: Path, service: Service, problems: list[Problem] | None = None, **changes: Any) -> Fallback:  # noqa: ANN401
    told = [] if problems is None else problems
    config = GeocoderConfig(**{"service": "nominatim", "endpoint": "http://127.0.0.1:9", "interval_s": 0.0, **changes})
    store = Store(folder / "geocoder.sqlite3", told.append)
    return Fallback(
        config, service, store, folder, told.append, sleep=lambda _: None, today=lambda: "2024-01-01T00:00:00Z"
    )
