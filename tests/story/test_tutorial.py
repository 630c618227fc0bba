"""The tutorial runs as it stands."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_tutorial_is_true(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    names = runpy.run_path(os.fspath(ROOT / "docs/tutorial.py"))
    printed = capsys.readouterr().out
    assert "accounts," in printed
    assert (names["output"] / "map.html").is_file()
    assert "<iframe" in names["view"]._repr_html_()
    assert {"date_edtf", "killed_min"} <= set(names["incidents"].columns)
