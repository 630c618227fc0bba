"""Fetching dumps from GeoNames: a country's file, and the names of divisions that go with it."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from mapper import downloads, files
from mapper.errors import GazetteerError, LookupFailedError, NetworkError
from mapper.net import Fetched

BASE: Final = "https://download.geonames.org/export/dump"
"""GeoNames data is licensed CC BY 4.0."""
LICENCE: Final = "GeoNames, CC BY 4.0"
COUNTRY_LIMIT: Final = 200_000_000
"""Largest packed country file, bytes: the United States' has 70 million."""
WORLD_LIMIT: Final = 1_000_000_000
UNPACKED_LIMIT: Final = 4_000_000_000
_TABLE_LIMIT: Final = 20_000_000
_TIMEOUT_S: Final = 3_600.0
_BLOCK: Final = 1 << 20
_TABLES: Final = ("admin1CodesASCII.txt", "admin2Codes.txt")

Told = Callable[[str, int, "int | None"], None]
"""Is told a file's name, the bytes so far, and how many there will be (None: unknown)."""


def download_geonames(
    country: str,
    folder: Path,
    *,
    base: str = BASE,
    sha256: str = "",
    allow_private: bool = False,
    progress: Told | None = None,
) -> Path:
    """Fetch the dump of a country, ready for `importers.geonames`.

    A download that broke off goes on where it stopped, when it is asked for again.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-2, or ``all`` for the whole world.
    folder : Path
        Where to: it gets ``SY.txt``, the tables of divisions, and ``SY.json``, which
        says from where, when, and with which SHA-256 they came.
    base : str
        Address of a mirror.
    sha256 : str
        What the packed file must hash to; empty: anything. Its own checksums are checked in any case.
    allow_private : bool
        Also fetch from this machine and its network.
    progress : callable, optional
        Is told how far each file has come.

    Returns
    -------
    Path
        The dump.

    Raises
    ------
    GazetteerError
        No such country code, or what came is no such dump.
    NetworkError
        It could not be fetched; the message says what to do without a network.
    OutputError
        It could not be written.
    """
    code = country.strip().upper()
    if code != "ALL" and not re.fullmatch("[A-Z]{2}", code):
        raise GazetteerError(f"{country[:20]!r} is no country code of two letters, such as SY; or say all")
    name = "allCountries" if code == "ALL" else code
    limit = WORLD_LIMIT if code == "ALL" else COUNTRY_LIMIT
    packed = folder / f"{name}.zip"

    def get(file: str, largest: int, digest: str = "") -> Fetched:
        def told(so_far: int, total: int | None) -> None:
            if progress is not None:
                progress(file, so_far, total)

        return downloads.download(
            f"{base}/{file}",
            folder / file,
            allow_private=allow_private,
            max_bytes=largest,
            timeout=_TIMEOUT_S,
            sha256=digest,
            progress=told,
        )

    try:
        got = [get(table, _TABLE_LIMIT) for table in _TABLES]
        got.append(get(packed.name, limit, sha256))
    except LookupFailedError as fault:
        message = f"{fault} Or fetch {base}/{packed.name} elsewhere, unpack it, and give its {name}.txt as a gazetteer."
        raise NetworkError(message) from fault
    dump = folder / f"{name}.txt"
    _unpack(packed, dump)
    files.remove(packed)
    record = {
        "licence": LICENCE,
        "files": [{"url": f.final_url, "when": f.when, "sha256": f.sha256, "bytes": f.size} for f in got],
        "dump_sha256": files.sha256_of_file(dump),
    }
    files.write_bytes(folder / f"{name}.json", (json.dumps(record, indent=1) + "\n").encode())
    return dump


def _unpack(packed: Path, dump: Path) -> None:
    """Take the dump out of its archive; zipfile checks it against the archive's checksum."""
    try:
        with zipfile.ZipFile(packed) as archive:
            member = archive.getinfo(dump.name)
            if member.file_size > UNPACKED_LIMIT:
                raise GazetteerError(f"{packed.name} would unpack to {member.file_size:,} bytes: not unpacked")
            left = UNPACKED_LIMIT
            with archive.open(member) as source, files.replacing(dump) as target:
                while block := source.read(min(_BLOCK, left + 1)):
                    left -= len(block)
                    if left < 0:
                        raise GazetteerError(f"{packed.name} unpacks to more than it says: not kept")
                    target.write(block)
    except KeyError as fault:
        raise GazetteerError(f"{packed.name} has no {dump.name} in it") from fault
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fault:
        files.remove(packed)
        raise GazetteerError(f"{packed.name} came damaged and was removed; fetch it again ({fault})") from fault
