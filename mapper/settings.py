"""How a run is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run is to be done.

    Parameters
    ----------
    gazetteers : tuple of Path
        Gazetteer files to use besides the project's own, which always comes first.
    own : Path or None
        Folder of the own gazetteer; None: ``gazetteer/`` here, else the one that came with the package.
    world : bool
        Use the default world gazetteer as the last layer.
    geocoder : str
        Name of the fallback geocoder; empty: none is asked.
    offline : bool
        Open no socket, whatever else is said.
    merge : bool
        Join accounts of one event from several articles.
    judgements : Path or None
        Ledger of what a person decided.
    withheld : Path or None
        File of names that reach no output.
    coarse : bool
        Write coordinates no finer than a district.
    jobs : int
        How many processes may read articles; 0: as many as there are cores, where there are many articles.
    """

    gazetteers: tuple[Path, ...] = ()
    own: Path | None = None
    world: bool = True
    geocoder: str = ""
    offline: bool = False
    merge: bool = True
    judgements: Path | None = None
    withheld: Path | None = None
    coarse: bool = False
    jobs: int = 0
