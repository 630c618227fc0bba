"""A desk to try the commands at: two articles, a gazetteer, and what a command said."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HEADER = (
    "id,title,variants,types,ccodes,parent_id,parent_name,lon,lat,radius_m,"
    "geo_source,geo_id,title_source,added,author,note\n"
)
PLACES = (
    "sy-tell-probe,Tell Probe,,village,SY,,,39.123456,36.1,2000,survey,,survey,,,\n"
    "sy-tell-trial,Tell Trial,,village,SY,,,39.6,36.4,2000,survey,,survey,,,\n"
)
FIRST = "On 3 May 2017 an air strike killed at least four people in the village of Tell Probe in Syria.\n"
SECOND = "On 9 June 2017 shelling killed two people in the village of Tell Trial in Syria.\n"


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Desk:
    """A folder with two articles and a gazetteer, and a way to run commands there."""

    folder: Path
    run: Callable[..., Done]

    def features(self, name: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads((self.folder / name).read_text(encoding="utf-8"))["features"]
        return found


def in_a_process(*words: str, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mapper.cli", *words]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]
