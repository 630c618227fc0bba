"""The seams between rooms: what one is handed of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from mapper.model.account import PlaceReference, Reading
from mapper.model.article import Article
from mapper.model.place import Candidate, PlaceContext, Resolution, Toponym


class ToponymFinder(Protocol):
    """Finds place names in text. Implemented by the places room."""

    def find(self, text: str) -> Sequence[Toponym]:
        """Return the names in `text`, in order, not overlapping."""
        ...


class PlaceResolver(Protocol):
    """Turns a reference into a position, or says why not. Implemented by the places room."""

    def resolve(self, reference: PlaceReference, context: PlaceContext) -> Resolution:
        """Resolve one reference; never guesses silently."""
        ...

    def context(self, toponyms: Sequence[Toponym]) -> PlaceContext:
        """Gather what the names of a whole article say about where it plays."""
        ...


class Extractor(Protocol):
    """Reads an article. Implemented by the extract room."""

    @property
    def id(self) -> str:
        """Hash of the extractor's name and settings."""
        ...

    def read(self, article: Article, toponyms: Sequence[Toponym]) -> Reading:
        """Return every account of an event in the article, and what was set aside."""
        ...


class Geocoder(Protocol):
    """A fallback outside the gazetteer. Implemented by `places.geocoders`."""

    def lookup(self, reference: PlaceReference, context: PlaceContext) -> Iterable[Candidate]:
        """Ask for a name; raises LookupFailedError, or ServiceRefusedError to stop."""
        ...
