"""A page gives its main text, a way back to its bytes, and what its head states outright."""

from __future__ import annotations

import html
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import ArticleError
from mapper.reading.articles.alignment import align, source_runs
from mapper.reading.articles.markup import Tag, Text, tokens
from mapper.reading.articles.webpage import declared_encoding, page_metadata, read_page

BODY = """
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Twelve die in Exampleton</h1>
<p>Warplanes bombed the village of Exampleton at dawn on Tuesday, residents &amp; medics said.</p>
<p>At least <b>12&nbsp;people</b> were killed, <a href="/m">the Example Monitor</a> said,
among them caf&eacute; staff.</p>
<p>The coalition said it was &ldquo;looking into&rdquo;
   the report, and that it had struck
   a depot in al<wbr>-Sample&#8217;a that night.</p>
<ul><li>The first point of a list that is long enough to be kept.</li></ul>
<p>The caf\u00e9 and the market were closed on \u0627\u0644\u062b\u0644\u0627\u062b\u0627\u0621, said an owner.</p>
</article><footer>Example News, all rights reserved. <a href="/about">About</a></footer>"""
PAGE = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>A | Example</title></head><body>{BODY}</body></html>'


def read_back(run_bytes: bytes, encoding: str) -> str:
    return " ".join(html.unescape(run_bytes.decode(encoding)).split())


@pytest.mark.parametrize(
    ("encoding", "codec", "mark"),
    [("utf-8", "utf-8", b""), ("utf-8-sig", "utf-8", b"\xef\xbb\xbf"), ("utf-16", "utf-16-le", b"\xff\xfe")],
)
def test_every_stretch_of_the_text_leads_back_to_its_bytes(encoding: str, codec: str, mark: bytes) -> None:
    data = mark + PAGE.encode(codec)
    page = read_page(PAGE, data, encoding)
    assert page.unmapped == 0
    assert len(page.source_map) > 10
    for run in page.source_map:
        text = " ".join(page.text[run.start : run.end].split())
        assert text == read_back(data[run.byte_start : run.byte_end], codec)


def test_the_main_text_is_kept_and_the_page_around_it_is_not() -> None:
    text = read_page(PAGE, PAGE.encode(), "utf-8").text
    assert "At least 12 people were killed, the Example Monitor said, among them caf\u00e9 staff." in text
    assert "Home" not in text
    assert "rights reserved" not in text
    assert "\n\n" in text


def test_a_quote_spans_tags_and_line_ends() -> None:
    page = read_page(PAGE, PAGE.encode(), "utf-8")
    quote = "struck a depot in al-Sample\u2019a"
    start = page.text.index(quote)
    runs = [r for r in page.source_map if r.start < start + len(quote) and start < r.end]
    found = PAGE.encode()[runs[0].byte_start : runs[-1].byte_end]
    assert b"a depot in al<wbr>-Sample&#8217;a" in found


def test_bytes_that_were_damaged_have_no_map() -> None:
    data = PAGE.encode().replace(b"dawn", b"d\xffwn")
    page = read_page(data.decode("utf-8", "replace"), data, "utf-8")
    assert page.source_map == ()
    assert page.unmapped > 100


def test_a_page_without_main_text_is_refused() -> None:
    with pytest.raises(ArticleError, match="no main text"):
        read_page("<html><body></body></html>", b"", "utf-8")


def test_text_that_is_not_on_the_page_stays_unmapped() -> None:
    page = "<p>Known words stand here.</p>"
    runs = align("Known words stand here. Invented words do not.", page, tokens(page))
    assert [(r.start, r.end) for r in runs] == [(0, 23)]


@given(st.lists(st.text(alphabet="ab \n&;<>\u00e9\u0627", max_size=20), max_size=12))
def test_alignment_never_maps_a_character_to_another(parts: list[str]) -> None:
    page = "".join(f"<p>{html.escape(part)}</p>" for part in parts)
    text = "\n".join(" ".join(part.split()) for part in parts)
    data = page.encode()
    for run in source_runs(align(text, page, tokens(page)), page, data, "utf-8"):
        assert read_back(data[run.byte_start : run.byte_end], "utf-8") == " ".join(text[run.start : run.end].split())


@given(st.text(alphabet="<>/!-\"'= ascriptSCRIPT&;p\n", max_size=200))
def test_tokens_lie_in_the_page_in_order(page: str) -> None:
    at = 0
    for token in tokens(page):
        if isinstance(token, Text):
            assert at <= token.start < token.end <= len(page)
            at = token.end


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        '<a b="',
        "<a b='\">",
        "<!--",
        "<script>",
        "</",
        "&",
        "&#",
        "<a b=",
        "<!",
        "<p>",
        "<h1>",
        '=" ',
        "a=b ",
    ],
)
def test_hostile_markup_takes_time_in_proportion(piece: str) -> None:
    begin = time.process_time()
    page = piece * (200_000 // len(piece))
    assert sum(1 for token in tokens(page) if isinstance(token, Tag)) <= len(page)
    align("some words that are not on it, to be looked for in vain", page, tokens(page))
    assert time.process_time() - begin < 2


GRAPH = """<script type="application/ld+json">{"@graph": [
  {"@type": "WebSite", "name": "x"},
  {"@type": ["NewsArticle"], "headline": "Fire &amp; ash", "datePublished": "2017-03-21T23:00:00-05:00",
   "author": [{"name": "Ann Example"}, {"name": "Bo Sample"}], "publisher": {"name": "Example News"},
   "url": "https://example.org/a"}]}</script>"""
META = """<meta content="Fire" property="og:title"><meta name=author content="Ann"><title>Other</title>
<meta name="pubdate" content="20170321"><link rel=canonical href="https://example.org/b">"""
HEADS = {
    GRAPH: {
        "title": "Fire & ash",
        "publisher": "Example News",
        "author": "Ann Example, Bo Sample",
        "url": "https://example.org/a",
        "published": "2017-03-21",
    },
    META: {"title": "Fire", "author": "Ann", "url": "https://example.org/b", "published": "2017-03-21"},
    "<h1>Fire <i>now</i></h1><title>Fire | Example</title>": {"title": "Fire now"},
    '<time itemprop="datePublished" datetime="2017-03">March</time>': {"published": "2017-03"},
    '<meta name="dc.date" content="Tue, 21 Mar 2017 08:00:00 GMT">': {"published": "2017-03-21"},
    '<meta name="date" content="2017/3/1">': {"published": "2017-03-01"},
}


def test_a_page_beyond_any_article_is_refused_before_it_is_taken_apart() -> None:
    for page in ("<i>x" * 60_000, "<p>" + "word " * 400_001):
        begin = time.process_time()
        with pytest.raises(ArticleError, match="the page has more than"):
            read_page(page, page.encode(), "utf-8")
        assert time.process_time() - begin < 2


def test_pictures_inside_a_page_do_not_count() -> None:
    page = PAGE.replace("<nav>", f'<img src="data:image/png;base64,{"A" * 3_000_000}"><nav>')
    assert read_page(page, page.encode(), "utf-8").unmapped == 0


@pytest.mark.parametrize("head", HEADS)
def test_the_head_is_read_where_it_states_a_thing(head: str) -> None:
    assert page_metadata(head, tokens(head)) == HEADS[head]


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="yesterday">',
        '<meta name="date" content="2017-02-30">',
        '<meta name="date" content="04/03/2017">',
        '<script type="application/ld+json">{"@type": "Article", "datePublished": 5, "url": []}</script>',
        '<script type="application/ld+json">{broken</script>',
        f'<script type="application/ld+json">{"[" * 100_000}</script>',
        '<link rel="canonical" href="/relative"><meta property="og:url" content="javascript:0">',
        '<p>Published on 21 March 2017</p><a href="/2017/03/21/story">x</a>',
    ],
)
def test_nothing_is_guessed(head: str) -> None:
    assert page_metadata(head, tokens(head)) == {}


def test_the_encoding_is_the_one_declared() -> None:
    assert declared_encoding(b'<html><head><meta charset="windows-1251">') == "windows-1251"
    assert declared_encoding(b"<html>" + b" " * 9_000 + b'<meta charset="windows-1251">') == ""


@settings(max_examples=20)
@given(st.sampled_from(["1990", "2017", "2099"]))
def test_the_text_does_not_depend_on_the_day(year: str) -> None:
    head = f'<meta property="article:published_time" content="{year}-03-21">'
    assert page_metadata(head, tokens(head)) == {"published": f"{year}-03-21"}


def test_no_date_is_guessed_by_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_guess(*_: object, **__: object) -> None:
        raise AssertionError("a date was guessed")

    monkeypatch.setattr("htmldate.find_date", no_guess)
    monkeypatch.setattr("trafilatura.metadata.find_date", no_guess)
    assert read_page(PAGE, PAGE.encode(), "utf-8").metadata.get("published") is None


def test_a_page_is_read_alike_in_any_zone_locale_and_hash_seed(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from mapper.reading.articles.loading import read_articles;"
        "print(ascii(list(read_articles([Path(sys.argv[1])], print))))"
    )
    seen = set()
    for seed, zone, locale in (("0", "UTC", "C"), ("1", "Pacific/Auckland", "C.UTF-8")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=True, env=env)
        seen.add(done.stdout)
    assert len(seen) == 1
    assert b"Exampleton" in seen.pop()
