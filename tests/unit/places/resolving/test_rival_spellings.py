"""The truth that weights are fitted to: what is asked for must be hidden, and nothing else may tell the answer."""

from __future__ import annotations

import csv
import runpy
from pathlib import Path

RIVALS = runpy.run_path(str(Path(__file__).resolve().parents[4] / "benchmarks" / "rival_spellings.py"))
FIRST, SECOND = ("Upper", "Tall"), ("Dabrun", "Masrif", "Khulaym", "Zanbur", "Rashmil", "Tawgan", "Qasmur", "Hilfad")


def dump(folder: Path) -> Path:
    """Write a small country: settlements apart from each other, with two spellings each, and their divisions."""
    names = [f"{second} {first}" for second in SECOND for first in FIRST]
    lines = []
    for number, name in enumerate(names):
        other = name.replace("a", "e").replace("u", "o")
        place = [str(number + 1), name, name, other, f"{15 + number / 2}", "44.5", "P", "PPL", "YE", "", "01"]
        lines.append("\t".join([*place, *[""] * 3, "0", "", "", "", "2020-01-01"]))
    path = folder / "YE.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "admin1CodesASCII.txt").write_text("YE.01\tExampla\tExampla\t1\n", encoding="utf-8")
    return path


def written(folder: Path, source: Path, seed: int) -> tuple[list[dict[str, str]], dict[str, list[str]]]:
    """Return the questions, and the names that are left at each latitude."""
    RIVALS["write"](folder, [source], 16, seed)
    with (folder / "places.csv").open(encoding="utf-8", newline="") as lines:
        asked = list(csv.DictReader(lines))
    rows = [line.split("\t") for line in (folder / "YE.txt").read_text(encoding="utf-8").splitlines()]
    return asked, {row[4]: [row[1], *row[3].split(",")] for row in rows}


def test_a_hidden_place_has_no_row_and_another_keeps_a_name(tmp_path: Path) -> None:
    asked, left = written(tmp_path / "out", dump(tmp_path), 3)
    assert {row["absent"] for row in asked} == {"", "yes"}
    for row in asked:
        assert (row["latitude"] in left) == (row["absent"] == "")


def test_some_are_asked_for_by_a_spelling_that_is_left_and_some_are_not(tmp_path: Path) -> None:
    asked, left = written(tmp_path / "out", dump(tmp_path), 5)
    present = [row["name"] in left[row["latitude"]] for row in asked if not row["absent"]]
    assert 0 < sum(present) < len(present)


def test_a_namesake_loses_a_hidden_spelling_too(tmp_path: Path) -> None:
    source = dump(tmp_path)
    rows = source.read_text(encoding="utf-8").splitlines()
    # The same names, a degree and more to the east.
    twins = [f"10{row}".replace("\t44.5\t", "\t46.5\t") for row in rows]
    source.write_text("\n".join([*rows, *twins]) + "\n", encoding="utf-8")
    asked, _ = written(tmp_path / "out", source, 3)
    lines = (tmp_path / "out" / "YE.txt").read_text(encoding="utf-8").splitlines()
    names = {(cells[4], cells[5]): {cells[1], *cells[3].split(",")} for cells in (line.split("\t") for line in lines)}
    spelled = {cell for line in rows for cell in line.split("\t")[1:4]}
    hidden = [
        row
        for row in asked
        if row["name"] in spelled and row["name"] not in names.get((row["latitude"], row["longitude"]), {row["name"]})
    ]
    assert hidden
    assert not any(row["name"] in some for row in hidden for some in names.values())


def test_the_same_seed_makes_the_same_questions(tmp_path: Path) -> None:
    source = dump(tmp_path)
    first, again, other = (
        written(tmp_path / name, source, seed) for name, seed in (("one", 5), ("two", 5), ("three", 6))
    )
    assert first == again
    assert first != other
