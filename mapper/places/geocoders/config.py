"""How a geocoder is asked: which server, in whose name, how often."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from mapper import __version__
from mapper.errors import GazetteerError

SERVICES: Final = ("nominatim", "photon", "pelias")
PREFIX: Final = "MAPPER_GEOCODER_"
"""Of the environment variables: ``MAPPER_GEOCODER_ENDPOINT``, ``_KEY``, ``_COUNTRIES``, ``_LANGUAGE``, ``_CONTACT``."""

_ENDPOINTS: Final = {"nominatim": "https://nominatim.openstreetmap.org", "photon": "https://photon.komoot.io"}
_PUBLIC_INTERVAL_S: Final = 1.0
_PLAIN: Final = re.compile(r"[\x20-\x7e]{0,200}")


@dataclass(frozen=True, slots=True, kw_only=True)
class GeocoderConfig:
    """How one geocoder is asked.

    Parameters
    ----------
    service : str
        One of `SERVICES`: what the server speaks.
    endpoint : str
        Its address, http or https, without a query.
    key : str
        Sent with each question; never stored, shown or logged.
    countries : tuple of str
        ISO codes to look in; empty: those that the article speaks of.
    language : str
        Language of the answers' names.
    contact : str
        Added to the User-Agent, so that the service can reach whoever asks.
    interval_s : float
        Least seconds between two questions, over all processes of the machine.
    try_s : float
        Seconds for one try: connection, answer, everything.
    lookup_s : float
        Seconds for one look-up with all its tries.
    """

    service: str
    endpoint: str
    key: str = field(default="", repr=False)
    countries: tuple[str, ...] = ()
    language: str = "en"
    contact: str = ""
    interval_s: float = _PUBLIC_INTERVAL_S
    try_s: float = 8.0
    lookup_s: float = 15.0

    def __post_init__(self) -> None:
        """Refuse what no service can be asked with."""
        try:
            parts = urlsplit(self.endpoint)
            # Asking for the port is what finds that it is none.
            host, _ = parts.hostname, parts.port
        except ValueError:
            parts, host = urlsplit(""), None
        if self.service not in SERVICES:
            raise GazetteerError(f"no geocoder is called {self.service[:40]!r}; there are {', '.join(SERVICES)}")
        if parts.scheme not in {"http", "https"} or not host or parts.query or parts.username:
            message = f"the endpoint of {self.service} must be an http or https address, as https://geo.example.org"
            raise GazetteerError(message)
        if any(not re.fullmatch("[A-Z]{2}", code) for code in self.countries):
            raise GazetteerError(f"countries of {self.service}: codes of two letters, with commas between them")
        if not all(map(_PLAIN.fullmatch, (self.contact, self.key, self.language))):
            raise GazetteerError(
                f"contact, key and language of {self.service}: printable ASCII, 200 characters at most"
            )
        # Whoever runs the server may set the pace; the public one's rule is one a second.
        if self.interval_s < _PUBLIC_INTERVAL_S and not _is_own(host):
            raise GazetteerError(f"{self.service} is asked at most once a second unless it runs on this machine")

    @property
    def user_agent(self) -> str:
        """Who asks: the tool, its version, and a contact where there is one."""
        about = f"incident mapper; {self.contact}" if self.contact else "incident mapper"
        return f"mapper/{__version__} ({about})"

    @property
    def host(self) -> str:
        """Host name of the endpoint."""
        return urlsplit(self.endpoint).hostname or ""


def config_for(service: str, environment: Mapping[str, str] | None = None, file: Path | None = None) -> GeocoderConfig:
    """Put a configuration together: the environment before the file, the file before the defaults.

    Parameters
    ----------
    service : str
        One of `SERVICES`.
    environment : mapping, optional
        In place of the process's own.
    file : Path, optional
        TOML with a table for each service (``[nominatim]``), in place of
        ``geocoders.toml`` in the user's configuration folder.

    Raises
    ------
    GazetteerError
        It is no good; the message never shows the key.
    """
    given = os.environ if environment is None else environment
    values: dict[str, Any] = {"endpoint": _ENDPOINTS.get(service, "")}
    values |= _from_file(file or _usual_file(), service)
    for name in ("endpoint", "key", "countries", "language", "contact"):
        if given.get(PREFIX + name.upper()):
            values[name] = given[PREFIX + name.upper()]
    if service in SERVICES and not values["endpoint"]:
        raise GazetteerError(f"{service} has no public server: give one by {PREFIX}ENDPOINT")
    if isinstance(values.get("countries"), str):
        values["countries"] = [code for code in re.split(r"[\s,;]+", values["countries"]) if code]
    if "countries" in values:
        values["countries"] = tuple(str(code).upper() for code in values["countries"])
    return GeocoderConfig(service=service, **{**values, "endpoint": str(values["endpoint"]).rstrip("/")})


def _usual_file() -> Path:
    import platformdirs

    return platformdirs.user_config_path("mapper") / "geocoders.toml"


def _from_file(path: Path, service: str) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            table = tomllib.load(stream).get(service, {})
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as fault:
        # Only the kind of the fault: its text may quote the line with the key.
        raise GazetteerError(f"{path} cannot be read ({type(fault).__name__})") from None
    kinds: dict[str, tuple[type, ...]] = {"countries": (list, str)}
    kinds |= dict.fromkeys(("endpoint", "key", "language", "contact"), (str,))
    kinds |= dict.fromkeys(("interval_s", "try_s", "lookup_s"), (int, float))
    known = {f.name for f in fields(GeocoderConfig)} - {"service"}
    if not isinstance(table, dict) or not set(table) <= known:
        raise GazetteerError(f"{path}, [{service}]: it may have {', '.join(sorted(known))}, and nothing else")
    wrong = [name for name, value in table.items() if not isinstance(value, kinds[name])]
    if wrong:
        raise GazetteerError(f"{path}, [{service}]: {wrong[0]} is of the wrong type")
    return dict(table)


def _is_own(host: str) -> bool:
    return host in {"localhost", "::1"} or bool(re.fullmatch(r"127(?:\.\d{1,3}){3}", host))
