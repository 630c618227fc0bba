"""Where a person works."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import FIRST, HEADER, PLACES, SECOND, Desk, Done

from mapper import cli
from mapper.model import Place
from mapper.places.gazetteer import world


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Desk:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/first.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "articles/second.txt").write_text(SECOND, encoding="utf-8")
    (tmp_path / "gazetteer").mkdir()
    (tmp_path / "gazetteer/places.csv").write_text(HEADER + PLACES, encoding="utf-8")
    (tmp_path / "gazetteer/sources.csv").write_text(
        "id,title,publisher,url,licence,retrieved,note\nsurvey,A survey,,,CC0-1.0,,\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAPPER_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("MAPPER_GAZETTEER", raising=False)
    # To compile the whole world takes a quarter of a minute, and its places play no part here.
    capital = Place(id="w:1", name="Faraway", longitude=1.0, latitude=2.0, kind="city", country="GA")
    monkeypatch.setattr(world, "world_digest", lambda: "0" * 64)
    monkeypatch.setattr(world, "world_places", lambda: iter([capital]))

    def run(*words: object) -> Done:
        with pytest.raises(SystemExit) as end:
            cli.main([str(word) for word in words])
        said = capfd.readouterr()
        assert "Traceback" not in said.err
        return Done(int(str(end.value.code)), said.out, said.err)

    return Desk(tmp_path, run)
