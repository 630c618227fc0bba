"""Bytes become characters once, and a guess is never silent unless no other would do."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import ArticleError
from mapper.reading.articles.decoding import decode

ENGLISH = "A shell struck the caf\u00e9 \u2013 \u201cnothing is left\u201d, said its owner\u2019s son. " * 3
ARABIC = "أصابت قذيفة سوق القرية وقتل ثلاثة من السكان. " * 6
RUSSIAN = "Снаряд попал в рынок в селе, погибли три жителя. " * 6


@given(st.text().filter(lambda t: not set(t) & set(map(chr, range(32)))))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_comes_back_whatever_the_mark(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    if encoding == "utf-8" and text.startswith("\ufeff"):
        text, encoding = text[1:], "utf-8-sig"
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.doubt) == (text, encoding, "")


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (ENGLISH, "cp1252", "windows-1252"),
        (ENGLISH, "cp1252", "ISO-8859-1"),
        (ARABIC, "cp1256", "Windows-1256"),
        (ARABIC, "iso8859_6", "iso-8859-6"),
        (RUSSIAN, "koi8_r", "KOI8-R"),
        ("\u70ae\u5f39\u51fb\u4e2d\u4e86\u6751\u5e84", "gb18030", "gb2312"),
    ],
)
def test_what_is_declared_is_believed(text: str, encoding: str, declared: str) -> None:
    decoded = decode(text.encode(encoding), declared)
    assert (decoded.text, decoded.encoding, decoded.doubt) == (text, encoding, "")


def test_utf_8_is_believed_before_what_is_declared() -> None:
    assert decode(ENGLISH.encode(), "windows-1256").text == ENGLISH


@pytest.mark.parametrize(("text", "encoding"), [(ENGLISH, "cp1252"), (ARABIC, "cp1256"), (RUSSIAN, "cp1251")])
def test_a_guess_is_right_or_reported(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text or decoded.doubt


def test_typographic_quotes_alone_are_no_reason_to_doubt() -> None:
    text = "\u201cNothing is left,\u201d said the owner\u2019s son \u2013 and wept. The road was closed for the day."
    decoded = decode(text.encode("cp1252"))
    assert (decoded.text, decoded.doubt) == (text, "")


def test_a_guess_between_letters_is_reported() -> None:
    decoded = decode(b"The village of Ko\xe7bas\xfd was struck.")
    assert decoded.doubt


def test_a_broken_byte_in_utf_8_is_damage_and_not_another_encoding() -> None:
    data = ENGLISH.encode()
    broken = data[:40].replace(b"\xa9", b"") + data[40:]
    decoded = decode(broken)
    assert decoded.encoding == "utf-8"
    assert "1 stretch of it cannot be read as utf-8" in decoded.doubt
    assert decoded.text.count("\ufffd") == 1


@pytest.mark.parametrize(
    "declared", ["utf-7", "unicode_escape", "rot13", "hex", "no such", "punycode", "x" * 500, "\u00e9"]
)
def test_a_declaration_that_is_no_encoding_of_text_is_not_followed(declared: str) -> None:
    assert decode(b"caf\xe9 +ADw-script+AD4- \\x41", declared).text == "caf\u00e9 +ADw-script+AD4- \\x41"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        b"\x1f\x8b\x08\x00",
        b"%PDF-1.4",
        b"text\x00",
        ENGLISH.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + b"\x00\x00\x00a",
        b"\x01\x02\x03\x04\x05",
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ArticleError):
        decode(data)


def test_half_a_character_at_the_end_of_utf_16_is_reported() -> None:
    decoded = decode("text".encode("utf-16") + b"\x41")
    assert decoded.text == "text\ufffd"
    assert decoded.doubt


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except ArticleError:
        return
    assert "\x00" not in decoded.text
    if not decoded.doubt:
        assert decoded.text == data.decode(decoded.encoding)
