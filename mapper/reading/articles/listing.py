"""Which files are articles: the files and folders that were given, in one order.

Folders are read to their bottom, by name and never through a link to another
folder. Hidden files, `sources.csv` itself and finished builds are passed over.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from mapper.errors import Problem, Report
from mapper.reading.articles.evidence import EVIDENCE_END
from mapper.reading.articles.metadata import Metadata
from mapper.reading.articles.sources import SOURCES_NAME, SourceList, read_sources

Form = Literal["text", "page", "records"]

FORMS: Final[dict[str, Form]] = {
    ".txt": "text",
    ".md": "text",
    ".html": "page",
    ".htm": "page",
    ".jsonl": "records",
}
"""How a file is read, by the end of its name."""

DEPTH_LIMIT: Final = 32
_BUILD: Final = frozenset({"manifest.json", "incidents.geojson"})
_OURS: Final = frozenset({SOURCES_NAME, f"{SOURCES_NAME}.lock"})
_KINDS: Final = ", ".join(FORMS)
_DOCUMENTS: Final = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file to be read, what it is called, and what `sources.csv` says of it."""

    path: Path
    label: str
    form: Form
    metadata: Metadata | None


_Lists = tuple[tuple[SourceList, str], ...]
"""Lists that may speak of a file, the nearest first, each with what it would call the file."""


@dataclass(slots=True)
class _Listing:
    report: Report
    # Hashes, since there may be very many; of the name too, since one file may bear two names.
    seen: set[int] = field(default_factory=set)
    lists: dict[Path, SourceList] = field(default_factory=dict)
    met: int = 0
    passed_over: list[str] = field(default_factory=list)

    def given(self, path: Path) -> Iterator[Listed]:
        """List what one argument names."""
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as fault:
            self.report(Problem(label_of(str(path)), f"cannot be read: {_why(fault)}"))
            return
        if stat.S_ISDIR(mode):
            before = self.met
            yield from self._folder(path, "", ())
            if self.met == before:
                self.report(Problem(label_of(str(path)), f"holds no article to be read ({_KINDS})."))
        elif path.name == SOURCES_NAME:
            # It comes along where a shell lists a folder; it is read beside each article.
            self.passed_over.append(label_of(str(path)))
        else:
            beside = self._sources(path.parent, SOURCES_NAME) if (path.parent / SOURCES_NAME).is_file() else None
            yield from self._file(path, path.name, ((beside, path.name),) if beside else ())

    def _sources(self, folder: Path, where: str) -> SourceList:
        key = folder.absolute()
        if key not in self.lists:
            self.lists[key] = read_sources(folder / SOURCES_NAME, self.report, where=where)
        return self.lists[key]

    def _folder(self, folder: Path, prefix: str, above: _Lists) -> Iterator[Listed]:
        """List a folder; `prefix` is its name below the one given, `above` the lists of the folders around it."""
        called = label_of(prefix or str(folder))
        try:
            names = sorted(path.name for path in folder.iterdir())
        except OSError as fault:
            self.report(Problem(called, f"cannot be read: {_why(fault)}"))
            return
        if _BUILD.issubset(names):
            self.report(Problem(called, "passed over: it is a finished build, not articles."))
            return
        if prefix.count("/") > DEPTH_LIMIT:
            self.report(Problem(called, f"passed over: more than {DEPTH_LIMIT} folders deep."))
            return
        here = self._sources(folder, label_of(prefix + SOURCES_NAME)) if SOURCES_NAME in names else None
        around = ((here, ""), *above) if here else above
        ours = [n for n in names if not n.startswith(".") and n not in _OURS and not n.endswith(EVIDENCE_END)]
        yield from self._entries(folder, ours, prefix, around)
        if here:
            for missing in here.without_file():
                self.report(Problem(here.where, f"{label_of(missing)} is listed, but there is no such file."))

    def _entries(self, folder: Path, names: Sequence[str], prefix: str, around: _Lists) -> Iterator[Listed]:
        foreign: list[str] = []
        for name in names:
            path = folder / name
            inside = tuple((sources, f"{way}{name}") for sources, way in around)
            if path.is_symlink() and path.is_dir():
                self.report(Problem(label_of(prefix + name), "passed over: a link to a folder."))
            elif path.is_dir():
                yield from self._folder(path, f"{prefix}{name}/", tuple((s, f"{way}/") for s, way in inside))
            elif path.suffix.lower() in FORMS:
                yield from self._file(path, prefix + name, inside)
            else:
                foreign.append(name)
                for sources, way in inside:
                    sources.row(way)
        if foreign:
            self.report(Problem(label_of(prefix + foreign[0]), _not_read(foreign)))

    def _file(self, path: Path, name: str, lists: _Lists) -> Iterator[Listed]:
        rows = [row for sources, way in lists if (row := sources.row(way))]
        label = label_of(name)
        form = FORMS.get(path.suffix.lower())
        if form is None:
            self.report(Problem(label, _not_read([label])))
            return
        self.met += 1
        try:
            found = path.stat()
        except OSError as fault:
            self.report(Problem(label, f"cannot be read: {_why(fault)}"))
            return
        if not stat.S_ISREG(found.st_mode):
            self.report(Problem(label, "not read: it is no ordinary file."))
        elif (key := hash((found.st_dev, found.st_ino, path.name))) not in self.seen:
            self.seen.add(key)
            yield Listed(path, label, form, rows[0] if rows else None)


def list_articles(paths: Sequence[Path], report: Report) -> Iterator[Listed]:
    """List the files that are articles, each once.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders, in the order they are to be read.
    report : Report
        Is given each file that is missing, unreadable or of another kind, and
        each row of a `sources.csv` in a folder that has no file.

    Yields
    ------
    Listed
        In the order of `paths`, and by name inside a folder.
    """
    listing = _Listing(report)
    for path in paths:
        yield from listing.given(path)
    if not listing.met:
        for label in listing.passed_over:
            report(
                Problem(label, "is the list of sources, not an article: give the folder, or the articles beside it.")
            )


def label_of(name: str) -> str:
    r"""Return a file's name as text that can be printed and written anywhere.

    Examples
    --------
    >>> label_of("caf\udce9\n.txt")
    'caf\ufffd\ufffd.txt'
    """
    return "".join("\ufffd" if c < " " or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" else c for c in name)


def _not_read(foreign: Sequence[str]) -> str:
    """Say why files are passed over, and what to do about documents among them."""
    documents = any(name.lower().endswith(_DOCUMENTS) for name in foreign)
    hint = "; save PDF and office documents as text, and give that" if documents else ""
    if len(foreign) == 1:
        return f"not read: its name does not end in {_KINDS}{hint}."
    return f"not read, nor {len(foreign) - 1:,} more beside it: their names do not end in {_KINDS}{hint}."


def _why(fault: OSError | ValueError) -> str:
    return (fault.strerror or str(fault)) if isinstance(fault, OSError) else str(fault)
