"""Claims: each value with its words, its rule and a name that stays the same between runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mapper.model import Article, Claim, ClaimKind, Comparator, JSONScalar
from mapper.reading.page import Page


@dataclass(slots=True)
class ClaimMaker:
    """Makes the claims of one article; an id is its kind, its span and, for a subset, its group."""

    article: Article
    page: Page
    _seen: dict[str, int] = field(default_factory=dict)

    def make(
        self,
        kind: ClaimKind,
        value: JSONScalar,
        span: tuple[int, int],
        rule: str,
        *,
        part: str = "",
        op: Comparator | None = None,
        reporters: tuple[str, ...] = (),
        detail: Mapping[str, JSONScalar] | None = None,
    ) -> Claim:
        """Return a claim on the words of `span` (characters)."""
        start, end = span
        name = f"{self.article.id}/{kind}/{start}-{end}" + (f"/{part}" if part else "")
        again = self._seen[name] = self._seen.get(name, 0) + 1
        return Claim(
            id=name if again == 1 else f"{name}/{again}",
            source=self.article.id,
            kind=kind,
            value=value,
            quote=self.page.quote(start, end),
            start=start,
            end=end,
            rule=rule,
            op=op,
            reporters=reporters,
            detail=dict(detail or {}),
        )
