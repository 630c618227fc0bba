"""The fallback: services that are asked for a place that no gazetteer has. Off unless asked for.

Each question tells a third party which village is looked at. So nothing is
asked twice (a cache), nothing is asked fast (one question a second, over all
processes of the machine), nothing is believed unchecked, and a service that
says no is not asked again. An answer is a proposal: it waits in quarantine
until a person accepts it into the gazetteer.
"""

from __future__ import annotations

from mapper.errors import Report
from mapper.places.gazetteer.cache import cache_folder
from mapper.places.geocoders.config import SERVICES, GeocoderConfig, config_for
from mapper.places.geocoders.fallback import Fallback
from mapper.places.geocoders.services import service_for
from mapper.places.geocoders.store import Store


def open_geocoder(name: str, *, report: Report, config: GeocoderConfig | None = None) -> Fallback:
    """Open a fallback geocoder by name.

    Parameters
    ----------
    name : str
        One of `SERVICES`.
    report : Report
        Is told of questions that failed, and of a cache that had to be made anew.
    config : GeocoderConfig, optional
        How; from environment and file when not given (see `config_for`).

    Raises
    ------
    GazetteerError
        The name or the configuration is no good.
    """
    chosen = config or config_for(name)
    folder = cache_folder()
    return Fallback(chosen, service_for(chosen), Store(folder / "geocoder.sqlite3", report), folder, report)


__all__ = ["SERVICES", "Fallback", "GeocoderConfig", "config_for", "open_geocoder"]
