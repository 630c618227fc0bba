"""A withheld name is found in any script, case and dress, and every offset stays."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import InputError, LimitError, Problem
from mapper.model import Article
from mapper.reading.articles.withheld import BLOCK, NAMES_LIMIT, Withheld, read_withheld

# Invented names, two for each script.
NAMES = {
    "latin": ("Zo\u00eb \u00d8stergaard-Nowak", "Mehmet I\u015f\u0131k"),
    "arabic": ("سمير الخيالي", "أمل"),
    "cyrillic": ("Фёдор Примеров", "Ганна Зразкова"),
    "greek": ("Νίκος Παραδειγματίδης", "Άννα"),
    "hebrew": ("דוד דוגמא", "נועה"),
    "chinese": ("李范例", "王样本"),
}
ALL = [(script, name) for script, names in NAMES.items() for name in names]
LIST = Withheld(name for _, name in ALL)


def dressed(name: str) -> list[str]:
    """Write a name in every way it may stand in a text."""
    words = name.split()
    decomposed = unicodedata.normalize("NFD", name)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return [
        name,
        name.upper(),
        name.lower(),
        decomposed,
        bare,
        bare.upper(),
        "\u200b".join(name),
        "\u202e" + name + "\u202c",
        "\u00a0".join(words),
        "  \n".join(words),
        "-".join(words).lower(),
        "_".join(words),
        "+".join(words),
        quote(name),
        quote(decomposed).lower(),
        "\u0640".join(name) if "\u0600" <= name[0] < "\u0700" else name,
    ]


@pytest.mark.parametrize(("script", "name"), ALL)
def test_a_name_is_found_in_every_dress(script: str, name: str) -> None:
    for form in dressed(name):
        for around in (
            "{}",
            "x: {}.",
            "({})",
            "https://example.org/2017/{}/1",
            "\u201c{}\u201d",
            "and {}\u2019s house",
        ):
            text = around.format(form)
            redacted = LIST.redact(text)
            assert len(redacted) == len(text), script
            assert BLOCK in redacted, (script, ascii(text))
            assert not Withheld([name]).spans(redacted)
            left, right = around.split("{}")
            assert redacted.startswith(left)
            assert redacted.endswith(right)


@pytest.mark.parametrize("prefix", ["و", "ب", "ل", "وال", "ف"])
def test_what_is_written_onto_an_arabic_name_does_not_hide_it(prefix: str) -> None:
    assert LIST.redact(f"قال {prefix}أمل أمس") == f"قال {prefix}{BLOCK * 3} أمس"


def test_the_endings_of_a_language_do_not_hide_a_name() -> None:
    assert Withheld(["Примеров"]).redact("дом Примеровых") == f"дом {BLOCK * 8}ых"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Sara", "Saraqib and Caesarea"),
        ("Omar", "Somarian"),
        ("Ali", "Alice, Khalid and Mali"),
        ("أمل", "التأملات"),
        ("Ann", "annex"),
    ],
)
def test_a_short_name_inside_a_word_is_none(name: str, text: str) -> None:
    assert Withheld([name]).redact(text) == text


def test_overlapping_names_are_both_gone() -> None:
    names = Withheld(["Ann Example", "Example Bo", "Ann"])
    assert names.redact("Ann Example Bo, Ann") == f"{BLOCK * 3} {BLOCK * 7} {BLOCK * 2}, {BLOCK * 3}"


def test_an_article_loses_its_names_everywhere() -> None:
    article = Article(
        id="ann-example-0123",
        file="Ann Example.txt",
        sha256="abcdef0123456789",
        text="Ann Example saw it.",
        title="What Ann Example saw",
        publisher="Ann Example's blog",
        author="ANN EXAMPLE",
        url="https://example.org/ann%2Dexample",
        archived_url="https://ann-example.example/x",
        origin="https://example.org/other",
    )
    held = Withheld(["Ann Example"]).redact_article(article)
    assert held.text == f"{BLOCK * 3} {BLOCK * 7} saw it."
    assert (held.url, held.archived_url, held.origin) == ("", "", "https://example.org/other")
    assert held.id == "xxx-xxxxxxx-0123-abcdef"
    assert "example" not in repr(held).lower().replace("example.org", "")


def test_a_host_in_its_own_script_is_read() -> None:
    host = "примеров.example".encode("idna").decode()
    assert Withheld(["Примеров"]).holds(f"https://{host}/a")
    assert not Withheld(["Примеров"]).holds("https://xn--\u00e9/[")


def test_a_report_names_nobody() -> None:
    said: list[Problem] = []
    Withheld(["Ann Example"]).reporting(said.append)(Problem("ann_example.txt", "Ann Example: no date"))
    assert str(said[0]) == f"{BLOCK * 3}_{BLOCK * 7}.txt: {BLOCK * 3} {BLOCK * 7}: no date"


@given(st.text(max_size=80), st.text(max_size=20))
def test_offsets_stay_and_nothing_else_changes(before: str, after: str) -> None:
    text = f"{before} Ann Example {after}"
    redacted = Withheld(["Ann Example"]).redact(text)
    assert len(redacted) == len(text)
    assert "Ann Example" not in redacted
    spans = Withheld(["Ann Example"]).spans(text)
    hidden = {place for span in spans for place in range(span.start, span.end)}
    assert all(a == b for place, (a, b) in enumerate(zip(text, redacted, strict=True)) if place not in hidden)


def test_no_name_no_change() -> None:
    assert Withheld([]).redact("Ann Example") == "Ann Example"
    assert len(Withheld([])) == 0


def test_a_list_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("\ufeff# families\r\nAnn Example\r\n\r\n  Bo Sample \nann EXAMPLE\n", encoding="utf-8")
    names = read_withheld(path)
    assert len(names) == 2
    assert names.redact("Bo Sample") == f"{BLOCK * 2} {BLOCK * 6}"


@pytest.mark.parametrize("data", [b"Ko\xe7bas\xfd\n", b"PK\x03\x04", b"Ann Example\nX\n", b"\x00"])
def test_a_list_that_cannot_be_read_surely_stops_the_run_and_names_nobody(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "names.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_withheld(path)
    assert "Ann" not in str(caught.value)


def test_a_missing_or_endless_list_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_withheld(tmp_path / "none.txt")
    path = tmp_path / "names.txt"
    path.write_text("ab\n" * (NAMES_LIMIT + 1), encoding="utf-8")
    with pytest.raises(LimitError):
        read_withheld(path)
