"""Articles made up for attacks, and ways to damage them: the same for the same seed, on any machine."""

from __future__ import annotations

import codecs
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

ENGLISH: Final = (
    "On Tuesday an air strike on a market in the town of Exampleton killed at least 12 people, among them four "
    "children, and wounded 30, the Example Monitor said.\n\n"
    "The following day shells hit the village of Sampleville, 25 miles (40 km) north of Exampleton. Six people, two of "
    "them women, were killed, residents said. \u201cNothing is left,\u201d said a baker, 45.\n\n"
    "The coalition denied that it had struck the market. More than 400 civilians have been killed there since 2014, "
    "according to the caf\u00e9 owner\u2019s count.\n"
)
ARABIC: Final = "أصابت قذيفة سوق القرية يوم الثلاثاء وقتل ثلاثة من السكان وجرح عشرة.\n\n"
HTML: Final = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Twelve die</title>'
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2017-03-21"}</script></head><body>'
    "<nav><a href='/'>Home</a></nav><article><h1>Twelve die</h1>"
    + "".join(f"<p>{part}</p>" for part in ENGLISH.split("\n\n"))
    + "</article></body></html>"
)
FRONT: Final = "---\ntitle: Twelve die\ndate: 2017-03-21\n---\n"
SOURCES: Final = "file,url,title,published\na.txt,https://example.org/a,Twelve die,2017-03-21\n"


def records() -> str:
    """Return three lines of JSON."""
    texts = (ENGLISH, ARABIC + ENGLISH, "Nothing happened.")
    return "".join(
        json.dumps({"id": f"r{n}", "text": t, "published": "2017-03-21"}) + "\n" for n, t in enumerate(texts)
    )


@dataclass(frozen=True, slots=True)
class Mutant:
    """A damaged file."""

    name: str
    data: bytes


ORIGINALS: Final = (
    ("a.txt", ENGLISH.encode()),
    ("b.txt", codecs.BOM_UTF8 + ENGLISH.replace("\n", "\r\n").encode()),
    ("c.txt", (ENGLISH + ARABIC).encode("utf-16")),
    ("d.txt", ENGLISH.encode("cp1252")),
    ("e.txt", (ARABIC * 5).encode("cp1256")),
    ("f.md", (FRONT + ENGLISH).encode()),
    ("g.html", HTML.encode()),
    ("h.htm", HTML.replace("utf-8", "windows-1252").encode("cp1252")),
    ("i.jsonl", records().encode()),
    ("sources.csv", SOURCES.encode()),
)

_FRAGMENTS: Final = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x1a",
        b"\x1b[31m",
        b"\r",
        b"\n\n\n",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
    ),
    *(
        "\u00b9 ",
        " \u00b2-year-old ",
        "\u0663 people were killed ",
        "\u00bd killed ",
        "\u2167",
        "\u202e",
        "\u2066",
        "\u2069",
        "\u200f",
        "\u2028",
        "\u0085",
        "\ufeff",
        "\u0130",
        "\U000e0041",
        "\ufdfa",
    ),
    *(
        b"{{7*7}}",
        b"{% x %}",
        b"${7*7}",
        b"<script>",
        b"<!--",
        b"-->",
        b"]]>",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"&a;",
    ),
    *(b"&#x110000;", b"&#0;", b'"', b"'", b",", b";", b"\\", b"\\ud800", b"NaN", b"1e999", b"[" * 2_000, b"{" * 2_000),
    *(
        b"9" * 5_000,
        b"%00",
        b"../../etc/passwd",
        b"=1+1",
        b"99999999999999999999 people were killed ",
        b"killed " * 200,
    ),
    *(b"on Tuesday " * 200, b"(((((((((", b"between 9 and ", b"at least at least ", b"-" * 3_000, b"a" * 20_000),
)


def _fragment(chance: random.Random) -> bytes:
    part = chance.choice(_FRAGMENTS)
    return part if isinstance(part, bytes) else part.encode()


def flip(data: bytes, chance: random.Random) -> bytes:
    """Change a few bits."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 40))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def truncate(data: bytes, chance: random.Random) -> bytes:
    """Cut off an end, or a beginning."""
    at = chance.randrange(len(data) + 1)
    return data[:at] if chance.random() < 0.7 else data[at:]


def insert(data: bytes, chance: random.Random) -> bytes:
    """Put something foreign somewhere, once or several times."""
    for _ in range(chance.choice((1, 1, 3))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + _fragment(chance) + data[at:]
    return data


def repeat(data: bytes, chance: random.Random) -> bytes:
    """Say a part again and again."""
    start = chance.randrange(len(data) + 1)
    part = data[start : start + chance.choice((1, 7, 60, 400))]
    return data[:start] + part * chance.choice((2, 10, 100)) + data[start:]


def mix(data: bytes, chance: random.Random) -> bytes:
    """Go on in another encoding."""
    other = chance.choice((ENGLISH, ARABIC)).encode(
        chance.choice(("cp1256", "utf-16-le", "utf-8", "cp1251")), "replace"
    )
    at = chance.randrange(len(data) + 1)
    return data[:at] + other + data[at:]


def shuffle(data: bytes, chance: random.Random) -> bytes:
    """Put the lines in another order, or the bytes of a stretch."""
    if chance.random() < 0.5:
        lines = data.split(b"\n")
        chance.shuffle(lines)
        return b"\n".join(lines)
    start = chance.randrange(len(data) + 1)
    stretch = list(data[start : start + 200])
    chance.shuffle(stretch)
    return data[:start] + bytes(stretch) + data[start + 200 :]


def noise(data: bytes, chance: random.Random) -> bytes:
    """Keep nothing but the length."""
    return chance.randbytes(min(len(data), 2_000))


DAMAGE: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (
    *(flip, flip, truncate, insert, insert, insert, repeat, mix, shuffle, noise),
)


def mutants(count: int, seed: int = 0) -> Iterator[Mutant]:
    """Yield damaged files, of each kind in turn."""
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        name, data = ORIGINALS[number % len(ORIGINALS)]
        for _ in range(chance.choice((1, 1, 2, 3))):
            data = chance.choice(DAMAGE)(data, chance)
        yield Mutant(name, data)


BAD_NAMES: Final = (
    *("../a.txt", "../../../../etc/passwd", "/etc/passwd", "//host/share/a.txt", "a/../../b.txt", "./../x.txt", ".."),
    *(
        "~/a.txt",
        "~root/a.txt",
        "C:\\a.txt",
        "C:a.txt",
        "\\\\host\\a.txt",
        "..\\a.txt",
        "sub\\..\\..\\a.txt",
        "a.txt\x00.png",
    ),
    *(
        "a\nb.txt",
        "a\x1b[31m.txt",
        "a\x7f.txt",
        "a\u0085.txt",
        "file:///etc/passwd",
        "http://example.org/a.txt",
        "",
        " ",
        ".",
    ),
    *(
        "/",
        "\\",
        "a//b.txt",
        "/.",
        "../",
        "sub/..",
        "sub/./a.txt",
        "con/../../a.txt",
        "....//a.txt",
        "%2e%2e/a.txt/../..",
    ),
    *("x" * 1_001, "../" * 400, "{{7*7}}/../a.txt", "${HOME}/../a.txt", "`id`/../a.txt", "a/\x00/b.txt"),
)
"""Names for a `sources.csv` that lead out of the folder or are no names."""

ODD_NAMES: Final = (
    *("{{7*7}}.txt", "{% x %}.txt", "${7*7}.txt", "$(id).txt", "`id`.txt", "a;b.txt", "a&b.txt", "a|b.txt", "a>b.txt"),
    *("-rf.txt", "--help.txt", "=1+1.txt", "@a.txt", "+a.txt", "'a'.txt", '"a".txt', "a,b.txt", "a\tb.txt", "a\nb.txt"),
    *(
        "\u202etxt.exe.txt",
        "\u200fa.txt",
        "\ufeffa.txt",
        "a\u0000"[:1] + ".TXT",
        "CON.txt",
        "nul.txt",
        "a .txt",
        " a.txt",
    ),
    *(
        "a..txt",
        "a.txt.txt",
        "%2e%2e%2fa.txt",
        "<script>.txt",
        "&amp;.txt",
        "\u0623\u0628.txt",
        "\U0001f5fa.txt",
        "e\u0301.txt",
    ),
    *(
        "x" * 240 + ".txt",
        "*.txt",
        "?.txt",
        "[a].txt",
        "~.txt",
        "#a.txt",
        "a\\b.txt",
        "a:b.txt",
        "\x1b[31m.txt",
        "\x7f.txt",
    ),
)
"""Names that a file may have, and that must stay a label."""
