"""Scanning: every name is found where it stands, whatever stands around it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import GazetteerIndexError
from mapper.model import Place
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.gazetteer.memory import MemoryIndex
from mapper.places.index.scan_table import open_table, table_of, write_table

NAMES = (
    *("Al Hishah", "São Paulo", "Deir ez-Zor", "Saint-Denis", "New York City", "York", "Kafr Nabl", "Ras al-Ayn"),
    *("حلب", "Київ", "As Sukhnah", "Isle of Man", "6 October City", "Ra's Lanuf"),
)
OWN = MemoryIndex([Place(id=f"x:{n}", name=name, longitude=1, latitude=2, kind="town") for n, name in enumerate(NAMES)])
GAZETTEER = Gazetteer(OWN, {}, {})


def found(text: str) -> list[str]:
    hits = GAZETTEER.scan(text)
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)
    return [hit.text for hit in hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("near al-Hishah village", ["al-Hishah"]),
        ("near the el-Hisheh crossing", ["el-Hisheh"]),
        ("In SÃO\u00a0PAULO, and Sao Paulo's suburbs", ["SÃO\u00a0PAULO", "Sao Paulo"]),
        ("from Deir ez\u2011Zor to Saint Denis", ["Deir ez\u2011Zor", "Saint Denis"]),
        ("New York City is in New York", ["New York City", "York"]),
        ("Kafr, Nabl", []),
        ("Kafr\nNabl and Kafr\n\nNabl", ["Kafr\nNabl"]),
        ("في مدينة حلب اليوم", ["حلب"]),
        ("Обстріл: Київ.", ["Київ"]),
        ("Sa\u0303o Paulo", ["Sa\u0303o Paulo"]),
        ("as-Sukhnah, al-Sukhnah, Sukhnah", ["as-Sukhnah", "al-Sukhnah", "Sukhnah"]),
        ("the Isle of Man ferry", ["Isle of Man"]),
        ("6 October City", ["6 October City"]),
        ("Ra's al-Ayn and Ras Lanuf, Ra\u2019s Lanuf", ["Ra's al-Ayn", "Ras Lanuf", "Ra\u2019s Lanuf"]),
        ("york and new york", []),
        ("\U0001f600York\U0001f600", ["York"]),
        ("\u200fحلب\u200f", ["حلب"]),
        ("Yo\x00rk", ["Yo\x00rk"]),
    ],
)
def test_names_are_found_where_they_stand(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_hit_says_how_it_was_found_and_what_it_may_mean() -> None:
    (spelled,) = GAZETTEER.scan("Al-Hishah")
    assert spelled.how == "spelling"
    assert [p.name for p in spelled.places()] == ["Al Hishah"]
    (heard,) = GAZETTEER.scan("al-Heisha")
    assert heard.how == "sound"
    assert heard.matches()[0].how == "sound"
    assert GAZETTEER.scan("al-Heisha", by_sound=False) == []


@given(st.lists(st.sampled_from((*NAMES, "and", "al-", "'s", ", ", "\n", "\u0301", "ß", "\ud800", "the"))))
def test_one_text_or_many_give_the_same_spans(parts: list[str]) -> None:
    texts = [" ".join(parts), "".join(parts), ""]
    together = list(GAZETTEER.scan_many(texts))
    assert together == [[(h.start, h.end) for h in GAZETTEER.scan(text, by_sound=False)] for text in texts]


@given(st.text())
def test_scanning_never_fails_and_hits_do_not_overlap(text: str) -> None:
    hits = GAZETTEER.scan(text)
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))


def test_a_table_is_the_same_on_the_disk(tmp_path: Path) -> None:
    import numpy as np

    names = [f"Place number {n}" for n in range(5000)]
    write_table(names, tmp_path / "a.scan")
    table, again = table_of(names), open_table(tmp_path / "a.scan")
    assert np.array_equal(table.rows, again.rows)
    assert np.array_equal(table.rest, again.rest)
    data = (tmp_path / "a.scan").read_bytes()
    for broken in (b"", data[:10], data[:-1], b"x" + data[1:]):
        (tmp_path / "b.scan").write_bytes(broken)
        with pytest.raises(GazetteerIndexError, match=r"b\.scan"):
            open_table(tmp_path / "b.scan")
