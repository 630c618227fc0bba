"""How a run is to be done."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ALLOCATIONS: Final = 10_000


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


def collect_seldom() -> None:
    """Have this Python look for cycles of garbage less often than by itself: in a command, or a helper of one.

    Reading makes thousands of objects that live for a moment, and hardly a cycle:
    looking for one after each 700 of them took a tenth of the time of a run.
    """
    gc.set_threshold(_ALLOCATIONS)


def calculate_in_one_thread() -> None:
    """Have numpy, once it is loaded, and the helpers of this Python start no thread for each core.

    These threads are for linear algebra, of which there is none here: to start
    them took a fifth of the processor's time of a run over one article.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
