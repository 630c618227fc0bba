"""Every number of the five articles that a careful coder leaves out is set aside, with a fitting reason.

Read where the coded articles lie beside the project. The key is theirs, the
kinds that fit are ours: a headline's period total is a period total.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mapper.console import Console
from mapper.reading.articles.loading import read_articles
from mapper.settings import Settings
from mapper.toolchain import open_toolchain

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = SHARED / "eval" / "seeds_gold.json"
FITTING = {
    "strike count": {"strike-count"},
    "munition count": {"munition-count"},
    "cumulative": {"cumulative"},
    "background, no number": {"history", "period", "other"},
    "historical background": {"history"},
    "background": {"history", "period"},
    "period + area total": {"period", "area"},
    "article sub-total": {"subtotal", "area"},
    "period total": {"period"},
    "period total (headline)": {"period"},
    "period total (dek)": {"period"},
    "period total (body)": {"period"},
    "force size": {"force-size"},
    "exposed population": {"exposed"},
    "population": {"population"},
    "age": {"age"},
    "distance": {"distance"},
    "ratio": {"ratio"},
    "boilerplate": {"boilerplate", "money"},
    "event without casualties": {"other"},
}
AT_LEAST = 42


@pytest.mark.skipif(not GOLD.is_file(), reason="the coded articles do not lie beside the project")
def test_what_a_coder_leaves_out_is_set_aside_with_a_fitting_reason() -> None:
    console = Console(quiet=True)
    tools = open_toolchain(Settings(offline=True), console)
    asides = {
        Path(a.file).name: tools.reader.read(a, tools.finder.find(a.text)).set_aside
        for a in read_articles([SHARED / "seeds"], console.report)
    }
    covered, missed = 0, []
    for coded in json.loads(GOLD.read_text(encoding="utf-8")):
        for gold in coded["set_aside"]:
            here = [s for s in asides[coded["file"]] if s.start < gold["end"] and gold["start"] < s.end]
            if any(s.kind in FITTING[gold["kind"]] and s.reason for s in here):
                covered += 1
            else:
                missed.append((coded["file"], gold["start"], gold["kind"], [s.kind for s in here]))
    assert covered >= AT_LEAST, missed
