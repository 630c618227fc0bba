"""Which incidents a total is known to include: 55 in one attack, of 100 in two days, of 170 in a week.

A total is never an incident and is never added to one; it names what it
contains, so that nobody counts the same dead twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mapper.model import Incident, SetAside


class TotalLinks:
    """Follows claims that totals include to the incidents that hold them.

    The extractor names the toll claims that a total includes. Incidents stream
    by once; only the claims that were asked for are remembered.

    Examples
    --------
    >>> total = SetAside(
    ...     source="s", kind="period", value=100, quote="100", start=0, end=3, reason="", rule="", contains=("c-1",)
    ... )
    >>> TotalLinks([total]).linked(total).contains
    ()
    """

    def __init__(self, set_aside: Iterable[SetAside] = ()) -> None:
        self._incident_of: dict[str, str] = {}
        self.expect(set_aside)

    def expect(self, set_aside: Iterable[SetAside]) -> None:
        """Ask for the incidents of the claims that these totals include."""
        for item in set_aside:
            for claim in item.contains:
                self._incident_of.setdefault(claim, "")

    def note(self, incident: Incident) -> None:
        """Remember the incident of each claim that was asked for."""
        for claim in incident.claims:
            if claim.id in self._incident_of:
                self._incident_of[claim.id] = incident.id

    def linked(self, item: SetAside) -> SetAside:
        """Name incidents where the item names claims; a claim that no incident holds is left out."""
        if not item.contains:
            return item
        found = (self._incident_of.get(claim, "") for claim in item.contains)
        return replace(item, contains=tuple(dict.fromkeys(name for name in found if name)))


def link_totals(set_aside: Iterable[SetAside], incidents: Iterable[Incident]) -> Iterator[SetAside]:
    """Name, in each total, the incidents that it includes.

    Parameters
    ----------
    set_aside : iterable of SetAside
        With the ids of toll claims in `contains`. Held in memory; for a stream
        use `TotalLinks`.
    incidents : iterable of Incident
        All incidents of the run.

    Yields
    ------
    SetAside
        The same, with ids of incidents.
    """
    items = list(set_aside)
    links = TotalLinks(items)
    for incident in incidents:
        links.note(incident)
    return (links.linked(item) for item in items)
