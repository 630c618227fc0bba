"""Articles are read as they are, and what is wrong with one is one line while the rest goes on."""

from __future__ import annotations

import codecs
import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.errors import Problem
from mapper.model import Article
from mapper.reading.articles.loading import Received, derived_id, read_articles

TEXT = "A shell struck a bakery in Exampleton.\n\nTwelve people were killed, residents said."


def read(*paths: Path, limit: int = 20_000_000) -> tuple[list[Article], list[str]]:
    problems: list[Problem] = []
    articles = list(read_articles(paths, problems.append, limit=limit))
    return articles, [str(p) for p in problems]


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def lines(*records: Mapping[str, object] | str | bytes) -> bytes:
    raw = [r if isinstance(r, bytes) else (r if isinstance(r, str) else json.dumps(r)).encode() for r in records]
    return b"\n".join(raw) + b"\n"


# -- files


def test_a_file_is_hashed_as_it_is_and_its_text_not_changed(tmp_path: Path) -> None:
    raw = "One\u00a0two \u201cthree\u201d \u2014\r\nfour\r\n".encode()
    write(tmp_path, {"Night raid.txt": raw})
    (article,), problems = read(tmp_path)
    assert (article.text, article.sha256, article.encoding) == (raw.decode(), sha256(raw).hexdigest(), "utf-8")
    assert article.id == f"night-raid-{article.sha256[:10]}"
    assert article.file == "Night raid.txt"
    assert not problems


def test_a_folder_is_read_by_name_to_its_bottom_without_what_is_hidden(tmp_path: Path) -> None:
    names = ["b.txt", "a.md", "sub/c.txt", "sub/deeper/d.txt", ".hidden.txt", ".git/e.txt", "z.HTM", "sources.csv"]
    write(tmp_path, dict.fromkeys(names, TEXT))
    (tmp_path / "z.HTM").write_text(f"<html><body><article><p>{TEXT * 3}</p></article></body></html>", encoding="utf-8")
    (tmp_path / "sources.csv").write_text("file,title\n", encoding="utf-8")
    articles, problems = read(tmp_path)
    assert [a.file for a in articles] == ["a.md", "b.txt", "sub/c.txt", "sub/deeper/d.txt", "z.HTM"]
    assert not problems


def test_what_was_given_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT})
    articles, problems = read(tmp_path, tmp_path / "a.txt", tmp_path)
    assert len(articles) == 1
    assert not problems


def test_one_file_under_two_names_is_two_articles(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT})
    (tmp_path / "b.txt").hardlink_to(tmp_path / "a.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "a.txt")
    articles, problems = read(tmp_path)
    assert [a.file for a in articles] == ["a.txt", "b.txt", "c.txt"]
    assert not problems


def test_a_folder_without_articles_says_so(tmp_path: Path) -> None:
    articles, problems = read(tmp_path)
    assert not articles
    assert len(problems) == 1
    assert "holds no article" in problems[0]


def test_the_same_bytes_under_the_same_name_have_ids_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.txt": TEXT, "two/a.txt": TEXT})
    articles, _ = read(tmp_path / "one", tmp_path / "two")
    assert len({a.id for a in articles}) == 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "it is empty"),
        ("blank.txt", b" \n\t\n", "holds no text"),
        ("zip.txt", b"PK\x03\x04rest", "zip archive"),
        ("gzip.txt", b"\x1f\x8b\x08rest", "gzip archive"),
        ("lines.jsonl", b"\x1f\x8b\x08rest", "gzip archive"),
        ("report.txt", b"%PDF-1.7 rest", "PDF document"),
        ("page.html", b"%PDF-1.7 rest", "PDF document"),
        ("nul.txt", b"text\x00text", "NUL"),
        ("controls.txt", b"\x01\x02\x03\x04\x05text", "control characters"),
        ("feed.txt", b'<?xml version="1.0"?><rss></rss>', "it is XML"),
        ("bomb.html", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><html>&b;</html>', "it is XML"),
        ("bomb2.html", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><html>&b;</html>', "it is XML"),
        ("saved.txt", b"<!DOCTYPE html><html><p>Text</html>", "name it .html"),
        ("bare.html", b"<html><body></body></html>", "no main text"),
        ("none.jsonl", b"\n\n", "holds no record"),
        ("photo.jpg", b"\xff\xd8\xff", "does not end in"),
        ("big.txt", b"x" * 1_001, "the limit is 1,000"),
    ],
)
def test_a_file_that_is_no_article_is_one_line(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    write(tmp_path, {name: content, "zz.txt": TEXT})
    articles, problems = read(tmp_path, limit=1_000)
    assert [a.file for a in articles] == ["zz.txt"]
    assert len(problems) == 1
    assert message in problems[0]
    assert problems[0].startswith(f"{name}: ")


def test_what_is_missing_or_no_file_is_one_line_each(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT})
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "round").symlink_to(tmp_path)
    articles, problems = read(tmp_path / "missing", tmp_path, tmp_path / "bad\0name")
    assert [a.file for a in articles] == ["a.txt"]
    heads = [p.split(": ")[0] for p in problems]
    assert [h.rsplit("/", 1)[-1] for h in heads] == [
        "missing",
        "broken.txt",
        "loop.txt",
        "pipe.txt",
        "round",
        "bad\ufffdname",
    ]


def test_a_finished_build_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT, "out/manifest.json": "{}", "out/incidents.geojson": "{}", "out/map.html": "<html>"})
    articles, problems = read(tmp_path)
    assert len(articles) == 1
    assert len(problems) == 1
    assert "finished build" in problems[0]


def test_what_collect_keeps_beside_a_page_is_no_article(tmp_path: Path) -> None:
    record = json.dumps({"sha256": sha256(TEXT.encode()).hexdigest()})
    write(tmp_path, {"a.txt": TEXT, "a.received.json": record})
    assert read(tmp_path)[1] == []


# -- sources.csv


def test_sources_csv_says_where_a_file_came_from(tmp_path: Path) -> None:
    row = "a.txt,https://example.org/a,https://archive.example/a,A title,Example News,Ann,2017-03-23/2017-03-31,"
    columns = "file,url,archived_url,title,publisher,author,published,origin"
    write(tmp_path, {"a.txt": TEXT, "b.txt": TEXT + "!", "sources.csv": f"\ufeff{columns}\r\n{row}\r\n"})
    (a, b), problems = read(tmp_path)
    assert (a.url, a.archived_url) == ("https://example.org/a", "https://archive.example/a")
    assert (a.title, a.publisher, a.author, a.published) == ("A title", "Example News", "Ann", "2017-03-23/2017-03-31")
    assert (b.title, b.published) == ("", "")
    assert not problems
    assert read(tmp_path / "a.txt")[0][0] == a


def test_a_list_above_speaks_of_files_below(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "sub/a.txt": TEXT,
            "sub/b.txt": TEXT,
            "sources.csv": "file;title\nsub/a.txt;far\nsub\\b.txt;far",
            "sub/sources.csv": "file,title\na.txt,near",
        },
    )
    articles, problems = read(tmp_path)
    assert [a.title for a in articles] == ["near", "far"]
    assert not problems


def test_an_accent_may_be_written_in_two_ways(tmp_path: Path) -> None:
    write(tmp_path, {"cafe\u0301.txt": TEXT, "sources.csv": "file,title\ncaf\u00e9.txt,found"})
    (article,), problems = read(tmp_path)
    assert article.title == "found"
    assert not problems


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("file,title\nb.txt,x", "sources.csv: b.txt is listed, but there is no such file."),
        ("file,title\n../a.txt,x", "line 2: its file is no name below"),
        ("file,title\n/etc/passwd,x", "line 2: its file is no name below"),
        ("file,title\n,x", "line 2: names no file"),
        ("file,title\na.txt,x\na.txt,y", "line 3: a.txt has a row already"),
        ("file,title\na.txt,x,y", "line 2: not used: more cells"),
        ("title,url\nx,y", "has no column 'file'"),
        ("", "it has no column 'file'"),
        ("file,publishd\na.txt,2017", "column 'publishd' is not read; should it be 'published'?"),
        ('file,title\na.txt,"x', "the rows from there on are not used"),
        ("file,published\na.txt,15 Marsh 2017", '"15 Marsh 2017" is no date'),
        ("file,published\na.txt,2017-02-30", '"2017-02-30" is no date'),
        ("file,published\na.txt,03/02/2018", "can be read day first or month first; write the year first"),
        ("file,published\na.txt,2017-03-02/2017-03-01", "is no date, or not written as 2018-02-03"),
        ("file,url\na.txt,javascript:alert(1)", "url is no http or https address"),
        ("file,url\na.txt,//example.org/a", "url is no http or https address"),
        ("file,origin\na.txt,http://[bad/", "origin is no http or https address"),
        ("file,title\na.txt," + "x" * 2_001, "title has more than 2,000 characters"),
        ("file,title\na.txt,x\u0007y", "title holds control characters"),
        ("PK\x03\x04", "zip archive"),
    ],
)
def test_a_faulty_list_is_one_line_and_the_article_is_still_read(tmp_path: Path, table: str, message: str) -> None:
    write(tmp_path, {"a.txt": TEXT, "sources.csv": table})
    (article,), problems = read(tmp_path)
    assert article.published == ""
    assert article.url == ""
    assert len(problems) == 1
    assert message in problems[0]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2017-03-15", "2017-03-15"),
        ("2017-03-15T08:00:00Z", "2017-03-15T08:00:00Z"),
        ("15 March 2017", "2017-03-15"),
        ('"Mar 15, 2017"', "2017-03-15"),
        ("2017/3/15", "2017-03-15"),
        ("20170315", "2017-03-15"),
        ("15.03.2017", "2017-03-15"),
        ("03/03/2017", "2017-03-03"),
        ("March 2017", "2017-03"),
    ],
)
def test_a_day_as_spreadsheets_write_it_is_read(tmp_path: Path, written: str, published: str) -> None:
    write(tmp_path, {"a.txt": TEXT, "sources.csv": f"file,published\na.txt,{written}"})
    (article,), problems = read(tmp_path)
    assert article.published == published
    assert not problems


# -- front matter


def test_front_matter_is_read_and_stays_part_of_the_text(tmp_path: Path) -> None:
    text = f"---\r\ntitle: 'Night: raid'\r\ndate: 2017-03-23 # day\r\nurl: https://example.org/a\r\n---\r\n{TEXT}"
    write(tmp_path, {"a.md": text, "sources.csv": "file,title\na.md,From the list"})
    (article,), problems = read(tmp_path)
    assert article.text == text
    assert (article.title, article.published, article.url) == ("From the list", "2017-03-23", "https://example.org/a")
    assert not problems


@pytest.mark.parametrize(
    "text", ["---\n\nA rule above.", "---\nAn open block", "---\nWords: and\nmore words\n---\n", "--- a"]
)
def test_a_rule_is_no_front_matter(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"a.md": text})
    (article,), problems = read(tmp_path)
    assert article.title == ""
    assert not problems


# -- pages


def test_a_page_takes_what_the_list_leaves_open_from_its_head(tmp_path: Path) -> None:
    head = '<title>Head</title><meta property="article:published_time" content="2017-03-23T10:00:00Z">'
    page = f"<html><head>{head}</head><body><article><p>{TEXT * 3}</p></article></body></html>"
    write(tmp_path, {"a.html": page, "sources.csv": "file,title\na.html,List"})
    (article,), problems = read(tmp_path)
    assert (article.title, article.published) == ("List", "2017-03-23")
    assert article.source_map
    assert not problems


# -- lines of JSON


def test_each_line_is_an_article(tmp_path: Path) -> None:
    first = {
        "id": "A-1",
        "text": TEXT,
        "title": "T",
        "publisher": "P",
        "url": "https://example.org",
        "published": "2017",
    }
    raw = lines(first, {"id": 7, "text": "b"}, {"text": "c"}, {"text": "c"}, {"id": None, "text": "d", "title": None})
    write(tmp_path, {"many.jsonl": codecs.BOM_UTF8 + raw.replace(b"\n", b"\r\n", 1)})
    articles, problems = read(tmp_path)
    assert [a.text for a in articles] == [TEXT, "b", "c", "c", "d"]
    assert [a.id for a in articles[:2]] == ["A-1", "7"]
    assert len({a.id for a in articles}) == 5
    assert articles[0].sha256 == sha256(json.dumps(first).encode()).hexdigest()
    assert (articles[0].title, articles[0].published, articles[0].file) == ("T", "2017", "many.jsonl")
    assert not problems


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "a"', "is not JSON"),
        ("[1]", "is no JSON object"),
        ('{"id": "x"}', "has no text"),
        ('{"text": "  "}', "has no text"),
        ('{"text": 5}', "has no text"),
        ('{"text": "a", "n": NaN}', "NaN is not JSON"),
        ('{"text": "a", "n": -Infinity}', "-Infinity is not JSON"),
        ('{"text": "a", "n": 1e999}', "beyond what a computer holds"),
        ('{"text": "a", "n": ' + "9" * 5_000 + "}", "5,000 digits"),
        ('{"text": "a", "n": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
        ('{"text": "a", "text": "b"}', "two values for 'text'"),
        (r'{"text": "a\ud800"}', "lone surrogate"),
        (r'{"text": "a\u0000"}', "NUL"),
        (b'{"text": "\xff"}', "is not UTF-8"),
        ('{"text": "a", "id": ["x"]}', "neither text nor a whole number"),
        ('{"text": "a", "id": true}', "neither text nor a whole number"),
        ('{"text": "a", "id": "' + "x" * 201 + '"}', "at most 200 characters"),
        (r'{"text": "a", "id": "x\ny"}', "at most 200 characters"),
        ('{"text": "a", "id": "first"}', 'has the id "first" of an earlier article'),
        ('{"text": "' + "x" * 300_000 + '"}', "longer than 250,000 bytes"),
    ],
)
def test_a_broken_line_is_one_line_and_the_next_is_read(tmp_path: Path, line: str | bytes, message: str) -> None:
    write(tmp_path, {"a.jsonl": lines({"id": "first", "text": "a"}, line, {"id": "last", "text": "b"})})
    articles, problems = read(tmp_path, limit=250_000)
    assert [a.id for a in articles] == ["first", "last"]
    assert len(problems) == 1
    assert problems[0].startswith("a.jsonl, line 2: not read: ")
    assert message in problems[0]


def test_a_field_of_a_record_is_left_empty_when_it_will_not_do(tmp_path: Path) -> None:
    record = {
        "id": "a",
        "text": "b",
        "published": "soon",
        "url": "ftp://example.org",
        "title": ["x"],
        "author": "\ud800",
    }
    write(tmp_path, {"a.jsonl": lines(record)})
    (article,), problems = read(tmp_path)
    assert (article.published, article.url, article.title, article.author) == ("", "", "", "")
    assert len(problems) == 4


def test_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": lines({"text": "a"}, "{", {"text": "b"})})
    problems: list[Problem] = []
    articles = read_articles([tmp_path], problems.append)
    assert next(articles).text == "a"
    assert not problems
    assert next(articles).text == "b"
    assert len(problems) == 1


# -- properties


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(min_size=1, max_size=200).filter(lambda t: t.strip() and not set(t) & set(map(chr, range(32)))))
def test_any_text_comes_back_as_it_is(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines({"text": text}))
    (tmp_path / "a.txt").write_bytes(text.encode())
    articles, problems = read(tmp_path)
    from_lines = [a.text for a in articles if a.file == "a.jsonl"]
    from_file = [a.text for a in articles if a.file == "a.txt"]
    assert from_lines == [text]
    assert from_file == [text.removeprefix("\ufeff")] or (problems and text.lstrip().startswith("<"))


@given(st.text(max_size=60))
def test_a_derived_id_is_plain(label: str) -> None:
    name = derived_id(label.replace("\0", ""), "0123456789abcdef")
    assert name.isascii()
    assert name.replace("-", "").isalnum()
    assert len(name) <= 51


def test_every_file_is_told_of_with_the_hash_of_what_was_read(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.txt": TEXT,
        "b.jsonl": codecs.BOM_UTF8 + lines({"id": "one", "text": TEXT}, "", {"text": "x" * 1_100}, {"text": TEXT}),
        "c.txt": "",
        "d.txt": "Rain. " * 100,
        "e.jsonl": "",
    }
    write(tmp_path, {**files, "f.jsonl": b"%PDF-1.7 of something else", "g.txt": "x" * 1_001})
    received: list[Received] = []
    articles = list(read_articles([tmp_path], lambda _: None, limit=1_000, received=received.append))
    assert [article.file for article in articles] == ["a.txt", "b.jsonl", "b.jsonl", "d.txt"]
    contents = [content.encode() if isinstance(content, str) else content for content in files.values()]
    assert [(one.label, one.sha256, one.bytes) for one in received] == [
        (name, sha256(content).hexdigest(), len(content)) for name, content in zip(files, contents, strict=True)
    ]


def test_a_file_that_changes_after_it_was_read_keeps_the_hash_of_what_was_read(tmp_path: Path) -> None:
    path = write(tmp_path, {"a.txt": TEXT}) / "a.txt"
    received: list[Received] = []
    for article in read_articles([path], lambda _: None, received=received.append):
        path.write_text("Nothing happened.", encoding="utf-8")
        assert article.text == TEXT
    assert received[0].sha256 == sha256(TEXT.encode()).hexdigest()
