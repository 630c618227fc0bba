"""Bytes to characters, once, and never by a silent guess.

A byte order mark decides; else UTF-8 if the bytes are UTF-8; else what the file
declares; else a guess, which is only taken without a word where every other
plausible guess gives the same text.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from mapper.errors import ArticleError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # Before UTF-16: its mark begins with the same two bytes.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What may be declared or guessed: encodings of text that news is stored in. Python knows
# others (escapes, punycode, UTF-7) that turn harmless bytes into something else.
_ENCODINGS: Final = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_9", "iso8859_15"),
    *("koi8_r", "koi8_u", "mac_roman", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
)
_ALIASES: Final = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}

_GUESSABLE: Final = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "gb18030")
_SAMPLE: Final = 200_000
_CLOSE_CHAOS: Final = 0.05
_CLOSE_COHERENCE: Final = 0.2
_MOSTLY: Final = 4
_STRAY_CONTROLS: Final = 3
_CONTROLS: Final = "".join(chr(c) for c in range(32) if chr(c) not in "\t\n\v\f\r\x1a\x1b")

_SIGNATURES: Final = (
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"PK\x07\x08", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "sound or video"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a database"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that was used, and what is doubtful about it ("" if nothing)."""

    text: str
    encoding: str
    doubt: str = ""


def refuse_foreign(data: bytes) -> None:
    """Refuse bytes that are no text, by their content and whatever their name.

    Raises
    ------
    ArticleError
        They are an archive, an office document, a picture, …
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            message = f"it is {what}, not text; extract the text and give that."
            raise ArticleError(message)


def decode(data: bytes, declared: str = "") -> Decoded:
    r"""Decode the bytes of an article.

    Parameters
    ----------
    data : bytes
        The whole file.
    declared : str
        Encoding that the file or its server states; empty if none does.

    Returns
    -------
    Decoded
        The text without its byte order mark. No character is changed: line
        ends stay as they are.

    Raises
    ------
    ArticleError
        The bytes are no text, or their encoding cannot be told.

    Examples
    --------
    >>> decode("caf\u00e9".encode("utf-8-sig"))
    Decoded(text='café', encoding='utf-8-sig', doubt='')
    >>> decode(b"caf\xe9", declared="iso-8859-1").encoding
    'cp1252'
    """
    refuse_foreign(data)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_marked(data, encoding))
    if b"\x00" in data:
        message = "it holds NUL bytes: not text, or UTF-16 without its mark; save it as UTF-8."
        raise ArticleError(message)
    try:
        return _checked(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        return _checked(_not_utf8(data, declared))


def _marked(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, _damage(text, encoding))


def _not_utf8(data: bytes, declared: str) -> Decoded:
    known = _known(declared)
    if known:
        try:
            return Decoded(data.decode(known), known)
        except UnicodeDecodeError:
            # A wrong declaration is as common as none; the guess below will say what it did.
            known = ""
    # Where most of what is not ASCII is sound UTF-8, the rest is damage, not another encoding.
    repaired = data.decode("utf-8", "replace")
    broken = repaired.count("\ufffd")
    sound = sum(1 for c in repaired if c > "\x7f") - broken
    if sound >= _MOSTLY * broken:
        return Decoded(repaired, "utf-8", _damage(repaired, "utf-8"))
    return _guessed(data)


def _guessed(data: bytes) -> Decoded:
    import charset_normalizer

    sample = data[:_SAMPLE] if any(byte > 0x7F for byte in data[:_SAMPLE]) else _around_first(data)
    found = list(charset_normalizer.from_bytes(sample, cp_isolation=list(_GUESSABLE), explain=False))
    if not found:
        message = "its encoding cannot be told; save it as UTF-8."
        raise ArticleError(message)
    best = found[0]
    names = [best.encoding, *best.could_be_from_charset]
    encoding = next((name for name in _GUESSABLE if name in names), best.encoding)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, f"guessed as {encoding}; {_damage(text, encoding)}")
    rivals = [
        other.encoding
        for other in found[1:]
        if other.chaos <= best.chaos + _CLOSE_CHAOS
        and other.coherence >= best.coherence - _CLOSE_COHERENCE
        and str(other) != str(best)
    ]
    if rivals or best.chaos > _CLOSE_CHAOS:
        beside = f" ({', '.join(rivals)} would fit too)" if rivals else ""
        return Decoded(
            text, encoding, f"not UTF-8; guessed as {encoding}{beside}: check its letters, or save it as UTF-8"
        )
    return Decoded(text, encoding)


def _around_first(data: bytes) -> bytes:
    first = next((i for i, byte in enumerate(data) if byte > 0x7F), 0)
    return data[max(0, first - _SAMPLE // 2) : first + _SAMPLE // 2]


def _known(declared: str) -> str:
    """Python's name of a declared encoding, if it is one that text is stored in."""
    label = declared.strip().lower()
    if not label.isascii() or len(label) > 40:
        return ""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = _ALIASES.get(name, name).replace("-", "_")
    return name if name in _ENCODINGS else ""


def _damage(text: str, encoding: str) -> str:
    count = text.count("\ufffd")
    return f"{count:,} stretch{'es' if count != 1 else ''} of it cannot be read as {encoding} and stand as \ufffd"


def _checked(decoded: Decoded) -> Decoded:
    controls = sum(decoded.text.count(c) for c in _CONTROLS)
    if controls > max(_STRAY_CONTROLS, len(decoded.text) // 100):
        message = "it is full of control characters: not text."
        raise ArticleError(message)
    if "\x00" in decoded.text:
        message = "it holds NUL characters: not text."
        raise ArticleError(message)
    return decoded
