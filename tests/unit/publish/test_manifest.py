"""The manifest names all that went in and out, and notices a change to itself."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import builds
import pytest

from mapper import __version__
from mapper.errors import InputError, OutputError
from mapper.publish.manifest import MEMBERS, file_record, read_manifest, write_manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    builds.build(tmp_path / "build", tmp_path / "articles")
    return tmp_path / "build"


def test_it_lists_inputs_articles_outputs_version_and_settings(folder: Path) -> None:
    document = json.loads((folder / "manifest.json").read_bytes())
    assert list(document) == list(MEMBERS)
    assert document["tool"] == {"name": "mapper", "version": __version__}
    assert document["settings"] == {"geocoder": "", "layers": ["own 1"], "merge": True}
    assert [row["file"] for row in document["inputs"]] == ["reports/one.txt", "reports/two.txt"]
    assert [row["id"] for row in document["articles"]] == ["report-1", "report-2"]
    assert [row["file"] for row in document["outputs"]] == list(builds.OUTPUTS)
    for row in document["outputs"]:
        data = (folder / row["file"]).read_bytes()
        assert (row["sha256"], row["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))


def test_it_names_no_path_of_this_machine_and_no_time(folder: Path, tmp_path: Path) -> None:
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert "text" not in json.loads(text)["articles"][0]
    elsewhere = tmp_path / "else" / "where"
    builds.build(elsewhere / "b", elsewhere / "a")
    assert (elsewhere / "b" / "manifest.json").read_text(encoding="utf-8") == text


def test_the_hash_that_is_told_is_that_of_the_file(tmp_path: Path) -> None:
    told = builds.build(tmp_path / "build", tmp_path / "articles")
    assert told == hashlib.sha256((tmp_path / "build" / "manifest.json").read_bytes()).hexdigest()


def test_it_is_read_back(folder: Path) -> None:
    assert read_manifest(folder / "manifest.json")["settings"]["merge"] is True


def test_every_changed_byte_of_it_is_noticed(folder: Path) -> None:
    path = folder / "manifest.json"
    data = path.read_bytes()
    for position in range(0, len(data), 7):
        path.write_bytes(data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :])
        with pytest.raises(InputError):
            read_manifest(path)
    for changed in (data[:-1], data + b"\n", b" " + data, b"", b"{}"):
        path.write_bytes(changed)
        with pytest.raises(InputError):
            read_manifest(path)
    path.write_bytes(data)
    read_manifest(path)


def test_another_format_is_refused_with_both_numbers(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"format": 1', b'"format": 2'))
    with pytest.raises(InputError, match="has format 2; this version reads format 1"):
        read_manifest(path)


def test_an_output_that_is_not_there_cannot_be_sealed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_manifest(tmp_path, inputs=[], articles=[], outputs=["map.html"], settings={})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot write"):
        write_manifest(tmp_path / "file", inputs=[], articles=[], outputs=[], settings={})


def test_a_file_is_recorded_by_its_name_or_by_the_one_given(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_bytes(b"abc")
    record = file_record("gazetteer", tmp_path / "places.csv")
    assert (record.role, record.file, record.bytes) == ("gazetteer", "places.csv", 3)
    assert file_record("gazetteer", tmp_path / "places.csv", "own/places.csv").file == "own/places.csv"
