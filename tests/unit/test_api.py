"""The commands as functions do what the commands do."""

from __future__ import annotations

from pathlib import Path

import pytest

import mapper
from mapper import api, cli
from mapper.errors import InputError

TEXT = "On 3 May 2017 an air strike killed at least four people in the village of Tell Probe in Syria.\n"
OWN = (
    "id,title,variants,types,ccodes,parent_id,parent_name,lon,lat,radius_m,"
    "geo_source,geo_id,title_source,added,author,note\n"
    "sy-tell-probe,Tell Probe,,village,SY,,,39.123456,36.1,2000,survey,,survey,,,\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/report.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own/places.csv").write_text(OWN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAPPER_CACHE", str(tmp_path / "cache"))
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_read_gives_claims_that_are_slices_of_the_text() -> None:
    (reading,) = mapper.read("articles", own="own", world=False)
    claims = [claim for account in reading.accounts for claim in account.claims]
    assert claims
    assert all(TEXT[claim.start : claim.end] == claim.quote for claim in claims)


def test_reading_nothing_is_bad_input_as_on_the_command_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match="no article could be read"):
        list(mapper.read(folder / "none", own="own", world=False))
    with pytest.raises(InputError, match="no article could be read"):
        api.extract(folder / "none", own="own", world=False)
    assert "none: cannot be read" in capsys.readouterr().err


def test_build_writes_what_the_command_writes(folder: Path) -> None:
    view = mapper.build("articles", "one", own="own", world=False, title="A title")
    assert "<iframe" in view._repr_html_()
    words = ["build", "articles", "--own-gazetteer", "own", "--no-world", "--title", "A title", "--output", "two"]
    with pytest.raises(SystemExit, match="0"):
        cli.main(words)
    names = sorted(path.name for path in (folder / "two").iterdir() if not path.name.startswith("."))
    assert len(names) == 5
    for name in names:
        assert (folder / "one" / name).read_bytes() == (folder / "two" / name).read_bytes(), name


def test_extract_gives_a_frame_with_a_row_an_incident(folder: Path) -> None:
    frame = api.extract([folder / "articles"], own=folder / "own", world=False)
    assert list(frame["place_name"]) == ["Tell Probe"]
    assert (frame.geometry.iloc[0].x, frame.geometry.iloc[0].y) == (39.123456, 36.1)


def test_one_name_is_one_name(folder: Path) -> None:
    (one,) = mapper.resolve("Tell Probe", own="own", world=False)
    assert one.status == "resolved"
    several = mapper.resolve(["Tell Probe", ("Nowhere Such", "Syria")], own=folder / "own", world=False)
    assert [found.status for found in several] == ["resolved", "not_found"]


def test_a_gazetteer_may_be_named_alone(folder: Path) -> None:
    row = "1\tElsewhere\tElsewhere\t\t36.2\t39.2\tP\tPPL\tSY\t\t\t\t\t\t100\t\t\t\t2020-01-01\n"
    (folder / "SY.txt").write_text(row, encoding="utf-8")
    (found,) = mapper.resolve("Elsewhere", own="own", world=False, gazetteers="SY.txt")
    assert found.longitude == 39.2


def test_map_draws_a_table_that_somebody_else_wrote(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "events.csv").write_text("what,lon,lat\nA strike,39.123456,36.1\nAnother,far,away\n", encoding="utf-8")
    view = mapper.map("events.csv", columns={"title": "what"})
    page = view.save(folder / "map.html").read_text(encoding="utf-8")
    assert "39.123456" in page
    assert "line 3" in capsys.readouterr().err
    with pytest.raises(InputError, match="there is no such file"):
        mapper.map(folder / "none.geojson")
    with pytest.raises(InputError, match="'titel' is no column of ours"):
        mapper.map("events.csv", columns={"titel": "what"})


def test_an_unknown_setting_is_refused_by_name(folder: Path) -> None:
    with pytest.raises(TypeError, match="there is no setting 'wrld'; there are gazetteers, own, world"):
        list(mapper.read(folder / "articles", wrld=False))


def test_the_functions_are_listed() -> None:
    assert {"build", "extract", "map", "read", "resolve", "__version__"} <= set(dir(mapper))
