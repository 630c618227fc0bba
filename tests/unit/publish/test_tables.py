"""A table says what the GeoJSON says, and a spreadsheet runs none of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from mapper import cells
from mapper.errors import InputError
from mapper.publish import tables
from mapper.publish.geojson import Feature, feature_faults

FORMULAS = [
    *("=1+1", "=HYPERLINK(1)", "+1", "-1+2", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\0=1", " =1", "\u00a0=1", "\ufeff=1"),
    *("\u200b=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "=1;2", '="x"', "=1|'x'!A0", "-", "=", "@", "+", "'=1"),
    *("'", "''", "'-1", "\v=1", "\f=1", "  +1", "\u200e=1"),
]


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@given(words=st.lists(samples.texts, max_size=4))
def test_joined_words_come_apart_again(words: list[str]) -> None:
    assert tables.split(tables.join(words)) == words


def test_joined_words_read_well() -> None:
    assert tables.join(["air force", "the militia"]) == "air force; the militia"


@given(text=samples.texts | st.sampled_from(FORMULAS))
def test_the_guard_is_safe_and_comes_off(text: str) -> None:
    kept = cells.guarded(text)
    assert cells.unguarded(kept) == text
    assert not kept.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0"))
    assert kept in {text, f"'{text}"}


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_in_a_table_begins_like_a_formula(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    tables.write_csv([samples.sample(title=text, actors=[text], place_name=text)], path)
    row = _rows(path)[0]
    for name in ("title", "place_name"):
        assert row[name] == f"'{text}"
    for name, cell in row.items():
        if name not in {"longitude", "latitude", "score", "uncertainty_m"}:
            assert cell[:1] not in set("=+-@\t\r\n\0"), name
    assert next(iter(tables.read_csv(path)))["properties"]["title"] == text


def test_plain_text_gets_no_apostrophe() -> None:
    for text in ("12 people", "al-Example", "a = b", "1", "x@example.org", '"quoted"', "\u0642\u0631\u064a\u0629"):
        assert cells.guarded(text) == text


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    made = samples.sample(killed_min=None, killed_max=0)
    made["geometry"]["coordinates"] = [-70.5, -33.25]
    path = tmp_path / "a.csv"
    tables.write_csv([made], path)
    row = _rows(path)[0]
    assert (row["longitude"], row["latitude"]) == ("-70.5", "-33.25")
    assert (row["killed_min"], row["killed_max"], row["needs_review"]) == ("", "0", "false")
    assert list(row) == list(tables.COLUMNS)


def test_the_byte_order_mark_is_there_when_asked_for(tmp_path: Path) -> None:
    plain, marked = tmp_path / "plain.csv", tmp_path / "marked.csv"
    tables.write_csv([samples.sample()], plain)
    tables.write_csv([samples.sample()], marked, bom=True)
    assert marked.read_bytes() == b"\xef\xbb\xbf" + plain.read_bytes()
    assert list(tables.read_csv(marked)) == list(tables.read_csv(plain))


@given(features=st.lists(samples.features(), max_size=3))
def test_a_table_read_back_is_what_was_written(
    features: list[Feature], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    assert tables.write_csv(features, path) == len(features)
    assert list(tables.read_csv(path)) == features


def test_a_table_of_someone_else_needs_only_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,title,longitude,latitude,killed_min,colour\n7,Somewhere,40.5,34.25,,red\n", encoding="utf-8")
    made = next(iter(tables.read_csv(path)))
    assert made["geometry"] == {"type": "Point", "coordinates": [40.5, 34.25]}
    assert made["properties"]["title"] == "Somewhere"
    assert made["properties"]["killed_min"] is None
    assert feature_faults(made) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"longitude\nforty\n", "mine.csv, row 2: longitude holds 'forty', which is not a number"),
        (b"killed_min,longitude\nmany,\n", "killed_min holds 'many', which is not a number"),
        (b"title\n\xff\xfe\n", "not a CSV file in UTF-8"),
        (b"claims\n[NaN]\n", "claims is not strict JSON"),
    ],
)
def test_a_cell_that_does_not_fit_is_told_with_its_row(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words.replace("[", r"\[")):
        list(tables.read_csv(path))


def test_claims_and_sources_are_tables_of_their_own() -> None:
    twice = [samples.sample(), samples.sample()]
    claims = list(tables.claim_rows(twice))
    assert len(claims) == 2 * len(samples.CLAIMS)
    assert set(claims[0]) == set(tables.CLAIM_COLUMNS)
    assert (claims[0]["incident"], claims[0]["value"], claims[0]["op"]) == ("incident-1", "3", ">=")
    assert [row["id"] for row in tables.source_rows(twice)] == [samples.ARTICLE.id]
