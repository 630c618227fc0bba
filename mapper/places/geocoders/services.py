"""Nominatim, Photon and Pelias by way of geopy: it words the question, `mapper.net` asks it.

geopy's own reading of an answer puts a hit without coordinates at 0, 0 and
wraps longitude 999 round the globe, so the answer goes past it to `answers`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from mapper import net
from mapper.errors import GazetteerError
from mapper.places.geocoders.answers import UnusableAnswerError
from mapper.places.geocoders.config import GeocoderConfig

BODY_LIMIT: Final = 1_000_000
"""Largest answer, bytes."""
_HITS: Final = 10


class Service(Protocol):
    """Asks one question."""

    def ask(self, name: str, countries: tuple[str, ...], timeout: float) -> Any:  # noqa: ANN401 - JSON
        """Return the answer as JSON.

        Raises
        ------
        ServiceRefusedError
            The service said no.
        LimitError, NetworkError, UnusableAnswerError
            There is no answer that could be read.
        """
        ...


def service_for(config: GeocoderConfig) -> Service:
    """Make the service that a configuration names."""
    return _Geopy(config)


class _Geopy:
    def __init__(self, config: GeocoderConfig) -> None:
        self._config = config
        self._geocoder: Any = None

    def ask(self, name: str, countries: tuple[str, ...], timeout: float) -> Any:  # noqa: ANN401 - JSON
        if self._geocoder is None:
            self._geocoder = _geocoder(self._config)
        more: dict[str, Any] = {"language": self._config.language or None}
        lower = [code.lower() for code in countries]
        if self._config.service == "nominatim":
            more |= {"limit": _HITS, "country_codes": lower or None, "addressdetails": True, "namedetails": True}
        elif self._config.service == "pelias":
            more |= {"countries": [code.upper() for code in countries] or None}
        else:
            more |= {"limit": _HITS}
        return self._geocoder.geocode(name, exactly_one=False, timeout=timeout, **more)


def _geocoder(config: GeocoderConfig) -> Any:  # noqa: ANN401 - geopy has no types
    """Make geopy's geocoder, with our way of asking and without its way of reading."""
    import geopy.exc
    import geopy.geocoders

    kind: type[Any] = {
        "nominatim": geopy.geocoders.Nominatim,
        "photon": geopy.geocoders.Photon,
        "pelias": geopy.geocoders.Pelias,
    }[config.service]

    class AsItCame(kind):  # type: ignore[misc] # geopy has no types
        """A geocoder that hands on the answer as it came."""

        def _parse_json(self, answer: Any, exactly_one: bool = True) -> Any:  # noqa: ANN401
            del exactly_one
            return answer

    parts = urlsplit(config.endpoint)
    try:
        return AsItCame(
            domain=f"{parts.netloc}{parts.path}",
            scheme=parts.scheme,
            user_agent=config.user_agent,
            proxies={},
            adapter_factory=_adapter(config),
        )
    except geopy.exc.ConfigurationError as fault:
        raise GazetteerError(f"{config.service}: {fault}") from fault


def _adapter(config: GeocoderConfig) -> Callable[..., Any]:
    """Make the adapter through which geopy asks: bounded, on one host, with the key out of sight."""
    from geopy.adapters import BaseSyncAdapter

    # Nominatim drops the second of two villages that have one name in one division, unless told not to.
    more = "&dedupe=0" if config.service == "nominatim" else ""
    secret = {"api_key" if config.service == "pelias" else "key": config.key} if config.key else None

    class Bounded(BaseSyncAdapter):  # type: ignore[misc] # geopy has no types
        """geopy's seam to the network."""

        def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
            got = net.fetch(
                url + more,
                # Whoever configures a server on their own network means it.
                allow_private=True,
                max_bytes=BODY_LIMIT,
                timeout=timeout,
                headers=headers,
                same_host=True,
                secret=secret,
            )
            kind = got.header("content-type").partition(";")[0].strip().lower()
            if kind and "json" not in kind:
                raise UnusableAnswerError(f"{config.service} answered with {kind[:40]}, not with JSON")
            return got.body.decode("utf-8", "replace")

        def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:  # noqa: ANN401
            return _parsed(config.service, self.get_text(url, timeout=timeout, headers=headers))

    return Bounded


def _parsed(service: str, text: str) -> Any:  # noqa: ANN401 - JSON
    """Read JSON from a stranger."""
    if not text.strip():
        raise UnusableAnswerError(f"{service} answered with nothing")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UnusableAnswerError(f"{service} answered with what is not JSON") from fault
