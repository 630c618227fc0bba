"""A source text, and a stretch of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text, in characters, end-exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse an empty or backward span."""
        if not 0 <= self.start < self.end:
            message = f"not a span: {self.start}..{self.end}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class SourceRun:
    """Where a stretch of an article's text lies in the file it was taken from.

    Characters ``text[start:end]`` were read from bytes
    ``byte_start..byte_end`` of the file whose hash the article carries.
    """

    start: int
    end: int
    byte_start: int
    byte_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One source text, as it was received.

    Parameters
    ----------
    id : str
        The record's own id in a ``.jsonl``, else derived from file name and hash.
    file : str
        Name below the folder that was given; a label, never opened again.
    sha256 : str
        Hash of the bytes as read (of the record's line, in a ``.jsonl``).
    text : str
        Decoded once; every offset refers to it.
    encoding : str
        The encoding used.
    published : str
        EDTF date or interval; empty when unknown. A relative date counts from
        it and from nothing else.
    origin : str
        Address of the first publication, for a republished text.
    source_map : tuple of SourceRun
        For text taken out of HTML; empty where the text is the file.
    """

    id: str
    file: str
    sha256: str
    text: str
    encoding: str = "utf-8"
    title: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    archived_url: str = ""
    published: str = ""
    origin: str = ""
    source_map: tuple[SourceRun, ...] = ()
