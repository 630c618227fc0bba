"""`manifest.json`: the hash of all that went into a build, and of all that came out.

It carries no clock and no path of a machine: the same inputs, version and
settings give the same manifest. Its last member is the hash of the manifest
itself with that member empty, so that an accident in it is noticed too.
Whoever wants proof against a person who rewrites everything keeps the hash of
`manifest.json`, which a build prints, in another place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from mapper import __version__, files
from mapper.errors import InputError
from mapper.model import Article
from mapper.publish import contract
from mapper.publish.strict_json import parse_strictly

NAME: Final = "manifest.json"
FORMAT: Final = 1
MANIFEST_LIMIT: Final = 400_000_000
"""Largest manifest that is read, bytes: about two million articles."""

_SEAL: Final = "seal"

FILE_MEMBERS: Final[Mapping[str, contract.Kind]] = {
    "role": contract.FILLED,
    "file": contract.FILLED,
    "sha256": contract.SHA256,
    "bytes": contract.OFFSET,
}
ARTICLE_MEMBERS: Final[Mapping[str, contract.Kind]] = {
    "id": contract.FILLED,
    "file": contract.TEXT,
    "sha256": contract.SHA256,
    "encoding": contract.TEXT,
}
MEMBERS: Final[Mapping[str, contract.Kind]] = {
    "format": contract.OFFSET,
    "tool": contract.DETAIL,
    "settings": contract.Kind("object", lambda value: isinstance(value, dict)),
    "inputs": contract.ROWS,
    "articles": contract.ROWS,
    "outputs": contract.ROWS,
    _SEAL: contract.SHA256,
}
"""Members of the manifest, in order."""

Setting = str | int | float | bool | None | list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """A file that went into a build, or came out of it.

    Parameters
    ----------
    role : str
        ``article``, ``sources``, ``gazetteer``, ``index``, ``judgements``,
        ``withheld``, ``output``, …
    file : str
        A relative name, with ``/`` between its parts.
    sha256 : str
    bytes : int
        Size.
    """

    role: str
    file: str
    sha256: str
    bytes: int


def file_record(role: str, path: Path, name: str = "") -> FileRecord:
    """Hash a file for the manifest.

    Parameters
    ----------
    role : str
        See `FileRecord`.
    path : Path
        The file.
    name : str
        How the manifest names it: relative; the last part of `path` when empty.

    Raises
    ------
    OSError
        It cannot be read.
    """
    return FileRecord(role=role, file=name or path.name, sha256=files.sha256_of_file(path), bytes=path.stat().st_size)


def write_manifest(
    folder: Path,
    *,
    inputs: Iterable[FileRecord],
    articles: Iterable[Article],
    outputs: Sequence[str],
    settings: Mapping[str, Setting],
) -> str:
    """Write the manifest of a build, after all its other files.

    Parameters
    ----------
    folder : Path
        Where the outputs lie and the manifest goes.
    inputs : iterable of FileRecord
        Every file that was read: articles, lists of sources, gazetteers,
        compiled indexes, judgements. Sorted here by role and name.
    articles : iterable of Article
        Every article that was read, in reading order; its text is not kept.
    outputs : sequence of str
        Names of the files written into `folder`.
    settings : mapping
        What was asked for. No path of this machine, no key, no time.

    Returns
    -------
    str
        The SHA-256 of `manifest.json` itself.

    Raises
    ------
    OutputError
        It could not be written; what was there before is intact.
    """
    records = sorted(inputs, key=lambda record: (record.role, record.file, record.sha256))
    data = _sealed(
        {
            "format": FORMAT,
            "tool": {"name": "mapper", "version": __version__},
            "settings": {name: settings[name] for name in sorted(settings)},
            "inputs": [asdict(record) for record in records],
            "articles": [{name: getattr(article, name) for name in ARTICLE_MEMBERS} for article in articles],
            "outputs": [asdict(file_record("output", folder / name, name)) for name in sorted(outputs)],
        }
    )
    files.write_bytes(folder / NAME, data)
    return files.sha256_of(data)


def _sealed(content: Mapping[str, Any]) -> bytes:
    """Write the manifest with the hash of itself."""
    open_ = {**content, _SEAL: ""}
    return _pretty({**open_, _SEAL: files.sha256_of(_pretty(open_))})


def _pretty(content: Mapping[str, Any]) -> bytes:
    import orjson

    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_manifest(path: Path) -> dict[str, Any]:
    """Read a manifest, and refuse one that is not as it was written.

    Raises
    ------
    InputError
        It is not a manifest of this tool, or any byte of it has changed.
    LimitError
        It is larger than `MANIFEST_LIMIT`.
    OSError
        It cannot be read.
    """
    data = files.read_bytes(path, limit=MANIFEST_LIMIT)
    document = parse_strictly(data, path.name)
    found = contract.faults(document, MEMBERS)
    for name, members in (("inputs", FILE_MEMBERS), ("articles", ARTICLE_MEMBERS), ("outputs", FILE_MEMBERS)):
        if not found:
            found = [f for i, row in enumerate(document[name]) for f in contract.faults(row, members, f"{name}[{i}]")]
    if found:
        message = f"{path.name}: {found[0][0] or 'the file'} {found[0][1]}."
        raise InputError(message)
    if document["format"] != FORMAT:
        message = f"{path.name} has format {document['format']}; this version reads format {FORMAT}."
        raise InputError(message)
    content = {name: value for name, value in document.items() if name != _SEAL}
    if _sealed(content) != data:
        message = f"{path.name} was changed after it was written: its seal does not fit."
        raise InputError(message)
    return content
