"""Anyone can check afterwards: every byte, every span, every quote."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import builds
import pytest
import samples

from mapper.errors import InputError
from mapper.model import Article
from mapper.publish.evidence import evidence_findings
from mapper.publish.geojson import Feature, write_features
from mapper.publish.manifest import _sealed, file_record, read_manifest, write_manifest
from mapper.publish.verify import article_root, verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    builds.build(tmp_path / "build", tmp_path / "articles")
    return tmp_path / "build"


def _verify(folder: Path, articles: Path) -> list[str]:
    return [str(finding) for finding in verify(folder, builds.read_again(articles), [articles])]


def _reseal(folder: Path, change: Callable[[Feature], object]) -> None:
    """Change the incidents as someone would who writes the manifest anew."""
    feature = samples.sample()
    change(feature)
    write_features([feature], folder / "incidents.geojson")
    _sealed_with(folder, builds.ARTICLES, withheld=False)


def _sealed_with(folder: Path, articles: Sequence[Article], *, withheld: bool) -> None:
    write_manifest(
        folder,
        inputs=[file_record("article", folder.parent / "articles" / a.file, a.file) for a in builds.ARTICLES],
        articles=articles,
        outputs=builds.OUTPUTS,
        settings={"withheld": withheld},
    )


def test_a_build_as_it_was_written_has_no_finding(folder: Path, tmp_path: Path) -> None:
    assert _verify(folder, tmp_path / "articles") == []


def test_both_folders_may_be_moved(folder: Path, tmp_path: Path) -> None:
    moved = tmp_path / "evidence" / "2024"
    moved.parent.mkdir()
    shutil.move(folder, moved)
    shutil.move(tmp_path / "articles", tmp_path / "evidence" / "texts")
    root = article_root(moved)
    assert root == tmp_path / "evidence" / "texts"
    assert _verify(moved, root) == []


def test_articles_that_are_not_found_are_told_not_passed_over(folder: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "articles")
    assert article_root(folder) is None
    (finding,) = verify(folder)
    assert "no quote was compared" in finding.reason
    assert not finding.certain


@pytest.mark.parametrize("name", builds.OUTPUTS)
def test_a_changed_or_missing_output_is_found(folder: Path, tmp_path: Path, name: str) -> None:
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[:-1] + b"x")
    assert any(line.startswith(f"{name} was changed") for line in _verify(folder, tmp_path / "articles"))
    (folder / name).unlink()
    assert f"{name} is missing" in _verify(folder, tmp_path / "articles")


def test_a_changed_article_is_found_and_its_quotes_with_it(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "articles" / samples.ARTICLE.file
    path.write_text(samples.TEXT.replace("three", "seven"), encoding="utf-8")
    found = _verify(folder, tmp_path / "articles")
    assert any(line.startswith("article reports/one.txt was changed after it was read") for line in found)
    assert any("quotes 'At least three people'" in line and "has 'At least seven people" in line for line in found)


def test_a_missing_article_is_found(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "articles" / builds.SECOND.file).unlink()
    (found,) = _verify(folder, tmp_path / "articles")
    assert found.startswith("article reports/two.txt is not there any more")


def test_a_changed_manifest_is_found(folder: Path, tmp_path: Path) -> None:
    path = folder / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b"true", b"false"))
    assert _verify(folder, tmp_path / "articles") == [
        "manifest.json was changed after it was written: its seal does not fit."
    ]
    assert article_root(folder) is None


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no manifest\.json"):
        verify(tmp_path)


def test_a_manifest_cannot_make_verify_look_outside(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    _reseal(folder, lambda _: None)
    content = read_manifest(folder / "manifest.json")
    for name in ("../secret", str(tmp_path / "secret"), "x" * 5_000):
        forged: dict[str, Any] = json.loads(json.dumps(content))
        forged["outputs"][0]["file"] = name
        (folder / "manifest.json").write_bytes(_sealed(forged))
        assert f"{name} is missing" in _verify(folder, tmp_path / "articles")


def test_a_file_that_the_manifest_does_not_name_is_found(folder: Path, tmp_path: Path) -> None:
    content = read_manifest(folder / "manifest.json")
    forged: dict[str, Any] = json.loads(json.dumps(content))
    forged["outputs"] = []
    (folder / "manifest.json").write_bytes(_sealed(forged))
    found = _verify(folder, tmp_path / "articles")
    assert [line.split(" ")[0] for line in found] == ["incidents.geojson", "map.html", "set_aside.json"]
    assert all("the manifest does not name it" in line for line in found)


def test_a_forger_who_seals_anew_is_found_by_the_quotes(folder: Path, tmp_path: Path) -> None:
    def forge(feature: Feature) -> None:
        feature["properties"]["claims"][0] |= {"quote": "At least seven people"}

    _reseal(folder, forge)
    (found,) = _verify(folder, tmp_path / "articles")
    assert "quotes 'At least seven people'" in found


@pytest.mark.parametrize(("withheld", "findings"), [(True, 0), (False, 1)])
def test_a_block_stands_for_a_letter_only_where_names_were_withheld(
    folder: Path, tmp_path: Path, withheld: bool, findings: int
) -> None:
    feature = samples.sample()
    feature["properties"]["claims"][3] |= {"quote": "the village of Tell \u2588\u2588\u2588\u2588\u2588\u2588\u2588"}
    write_features([feature], folder / "incidents.geojson")
    _sealed_with(folder, builds.ARTICLES, withheld=withheld)
    assert len(_verify(folder, tmp_path / "articles")) == findings


@pytest.mark.parametrize(("withheld", "findings"), [(True, 0), (False, 2)])
def test_an_article_whose_id_was_withheld_is_found_by_its_hash(folder: Path, withheld: bool, findings: int) -> None:
    _sealed_with(folder, builds.ARTICLES, withheld=withheld)
    again = [replace(article, id=f"name-{number}") for number, article in enumerate(builds.ARTICLES)]
    assert len(verify(folder, again)) == findings


LAW: dict[str, tuple[Callable[[Feature], object], str]] = {
    "a count without a claim": (
        lambda f: f["properties"].update(injured_min=5),
        "injured_min has a value, and no toll claim states one of injured",
    ),
    "children without a claim": (
        lambda f: f["properties"].update(
            children_killed_max=1,
            claims=[c for c in f["properties"]["claims"] if c["detail"].get("of") is not None],
        ),
        "children_killed_min has a value, and no toll claim states one of children",
    ),
    "a place without a claim": (
        lambda f: f["properties"].update(claims=[c for c in f["properties"]["claims"] if c["kind"] != "place"]),
        "place_as_written has a value, and no place claim states one",
    ),
    "a date without a claim": (
        lambda f: f["properties"].update(claims=[c for c in f["properties"]["claims"] if c["kind"] != "date"]),
        "date_start has a value, and no date claim states one",
    ),
    "an actor without a claim": (
        lambda f: f["properties"].update(claims=[c for c in f["properties"]["claims"] if c["kind"] != "actor"]),
        "actors has a value, and no actor claim states one",
    ),
    "a claim of an unlisted source": (
        lambda f: f["properties"]["claims"][0].update(source="other"),
        "claims[0] cites other, which is not among the sources",
    ),
    "a quote that is no span": (
        lambda f: f["properties"]["claims"][0].update(end=3),
        "claims[0] has a quote that is not as long as its span",
    ),
    "a source that nothing cites": (
        lambda f: f["properties"]["sources"].append({**f["properties"]["sources"][0], "id": "idle"}),
        "sources lists idle, which no claim cites",
    ),
    "a source listed twice": (
        lambda f: f["properties"]["sources"].append(f["properties"]["sources"][0]),
        "sources lists report-1 twice",
    ),
}


@pytest.mark.parametrize("name", LAW)
def test_the_law_of_three_links(name: str) -> None:
    break_it, words = LAW[name]
    feature = samples.sample()
    assert list(evidence_findings(feature, "f")) == []
    break_it(feature)
    assert any(words in str(finding) for finding in evidence_findings(feature, "f"))


def test_what_a_person_edited_needs_no_claim() -> None:
    feature = samples.sample(status="edited", injured_min=5)
    assert list(evidence_findings(feature, "f")) == []


def test_a_source_with_another_hash_than_the_manifest_is_found(folder: Path, tmp_path: Path) -> None:
    _reseal(folder, lambda f: f["properties"]["sources"][0].update(sha256="0" * 64))
    assert any("with a hash that is not in the manifest" in line for line in _verify(folder, tmp_path / "articles"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[]", ""),
        (b"{", "set_aside.json is not strict JSON"),
        (b'[{"source":"x"}]', "set_aside.json: [0].kind is missing"),
    ],
)
def test_what_was_set_aside_is_checked_too(folder: Path, tmp_path: Path, content: bytes, words: str) -> None:
    (folder / "set_aside.json").write_bytes(content)
    found = _verify(folder, tmp_path / "articles")
    assert any(line.startswith("set_aside.json was changed") for line in found)
    assert any(words in line for line in found)
