"""Checking a finished build: every byte, every span, every quote.

A build is checked against its manifest, its own rules, and, where the
articles are at hand, the very texts it quotes. The folder may have been moved:
the manifest names files relative to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from mapper import files
from mapper.errors import InputError
from mapper.model import Article
from mapper.publish.evidence import evidence_findings, span_findings
from mapper.publish.geojson import read_features
from mapper.publish.manifest import NAME, read_manifest
from mapper.publish.set_aside import read_set_aside
from mapper.publish.validate import Finding, validate_file

INCIDENTS: Final = "incidents.geojson"
SET_ASIDE: Final = "set_aside.json"
_WRITTEN: Final = (INCIDENTS, "map.html", "pairs.json", SET_ASIDE)
_NAME_LIMIT: Final = 255
"""Bytes of a name on any disk: no file has a longer one."""
_FOLDERS_LOOKED_AT: Final = 1_000


def verify(folder: Path, articles: Iterable[Article] | None = None, roots: Sequence[Path] = ()) -> list[Finding]:
    """Check a finished build.

    Parameters
    ----------
    folder : Path
        With `manifest.json` in it.
    articles : iterable of Article, optional
        The articles, read again. Without them no quote can be compared with
        its text, and a finding that is not `certain` says so.
    roots : sequence of Path
        Folders below which the files that went in are looked for, to compare
        their hashes; a file that is not there is no finding.

    Returns
    -------
    list of Finding
        Empty when everything is as it was written.

    Raises
    ------
    InputError
        There is no manifest in the folder.
    """
    path = folder / NAME
    if not path.is_file():
        message = f"{folder} has no {NAME}: give the folder that `mapper build` wrote."
        raise InputError(message)
    try:
        manifest = read_manifest(path)
    except InputError as fault:
        return [Finding(NAME, str(fault).removeprefix(f"{NAME} ").removeprefix(f"{NAME}: "))]
    found = [*_changed_outputs(folder, manifest), *_changed_inputs(roots, manifest)]
    if articles is None:
        if manifest["articles"]:
            found.append(
                Finding(
                    NAME,
                    "the articles were not found, so that no quote was compared; --articles names their folder",
                    certain=False,
                )
            )
        return [*found, *_content(folder, manifest, None)]
    at_hand = _as_recorded(manifest, articles)
    return [*found, *_articles(manifest, at_hand), *_content(folder, manifest, at_hand)]


def article_root(folder: Path) -> Path | None:
    """Look for the articles of a build beside it, after both may have been moved.

    Parameters
    ----------
    folder : Path
        The build. Looked at are the folder itself, the one above it, what
        lies directly in that, and the working folder.

    Returns
    -------
    Path or None
        The first folder that holds an unchanged article of the manifest at
        its name; None too where there is no sound manifest (`verify` says so).
    """
    try:
        wanted = [row for row in read_manifest(folder / NAME)["inputs"] if row["role"] == "article"]
    except (InputError, OSError):
        return None
    above = folder.resolve().parent
    beside = sorted(path for path in above.iterdir() if path.is_dir())[:_FOLDERS_LOOKED_AT]
    for root in (folder, above, *beside, Path.cwd()):
        if any(_same(_below(root, row["file"]), row) for row in wanted):
            return root
    return None


def _as_recorded(manifest: Mapping[str, Any], articles: Iterable[Article]) -> dict[str, Article]:
    """Find the articles by the ids of the manifest; where names were withheld from ids too, by the hash."""
    by_id, by_hash = {}, {}
    for article in articles:
        by_id[article.id] = article
        by_hash[article.sha256] = article
    if not manifest["settings"].get("withheld"):
        by_hash.clear()
    found = {row["id"]: by_id.get(row["id"]) or by_hash.get(row["sha256"]) for row in manifest["articles"]}
    return {name: article for name, article in found.items() if article is not None}


def _below(root: Path, name: str) -> Path | None:
    """Join a name of the manifest to a folder, unless it leads out of it."""
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or "\0" in name:
        return None
    if any(len(part.encode("utf-8", "surrogatepass")) > _NAME_LIMIT for part in parts):
        return None
    return root.joinpath(*parts)


def _same(path: Path | None, row: Mapping[str, Any]) -> bool:
    return (
        path is not None
        and path.is_file()
        and path.stat().st_size == row["bytes"]
        and files.sha256_of_file(path) == row["sha256"]
    )


def _changed_outputs(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    for row in manifest["outputs"]:
        path = _below(folder, row["file"])
        if path is None or not path.is_file():
            yield Finding(row["file"], "is missing")
        elif not _same(path, row):
            yield Finding(row["file"], "was changed after it was written: its hash is not that of the manifest")
    named = {row["file"] for row in manifest["outputs"]}
    for name in _WRITTEN:
        if name not in named and (folder / name).exists():
            yield Finding(name, "stands there, and the manifest does not name it: nobody can say where it comes from")


def _changed_inputs(roots: Sequence[Path], manifest: Mapping[str, Any]) -> Iterator[Finding]:
    for row in manifest["inputs"]:
        paths = [path for root in roots if (path := _below(root, row["file"])) is not None and path.is_file()]
        if paths and not any(_same(path, row) for path in paths):
            yield Finding(f"{row['role']} {row['file']}", "was changed after it was read: its hash is another")


def _articles(manifest: Mapping[str, Any], at_hand: Mapping[str, Article]) -> Iterator[Finding]:
    for row in manifest["articles"]:
        article = at_hand.get(row["id"])
        if article is None:
            yield Finding(f"article {row['file']}", f"is not there any more, or was changed (id {row['id']})")
        elif article.sha256 != row["sha256"]:
            yield Finding(f"article {row['file']}", "was changed after it was read: its hash is another")


def _content(folder: Path, manifest: Mapping[str, Any], at_hand: Mapping[str, Article] | None) -> Iterator[Finding]:
    withheld = bool(manifest["settings"].get("withheld"))
    written = {row["file"] for row in manifest["outputs"]}
    read = {row["id"]: row["sha256"] for row in manifest["articles"]}
    try:
        if INCIDENTS in written and (folder / INCIDENTS).is_file():
            yield from validate_file(folder / INCIDENTS)
            yield from _incidents(folder / INCIDENTS, read, at_hand or {}, withheld=withheld)
        if SET_ASIDE in written and (folder / SET_ASIDE).is_file():
            rows = read_set_aside(folder / SET_ASIDE)
            yield from _spans_as_long_as_quotes(rows, SET_ASIDE)
            yield from _known_sources(rows, read, SET_ASIDE)
            yield from span_findings(rows, f"{SET_ASIDE}: ", at_hand or {}, withheld=withheld)
    except InputError as fault:
        yield Finding(str(fault), "(not read further)")


def _incidents(
    path: Path, read: Mapping[str, str], at_hand: Mapping[str, Article], *, withheld: bool
) -> Iterator[Finding]:
    for index, feature in enumerate(read_features(path)):
        where = f"{path.name}: features[{index}]"
        yield from evidence_findings(feature, where)
        for source in feature["properties"]["sources"]:
            if read.get(source["id"]) != source["sha256"]:
                reason = f"has {source['id']} with a hash that is not in the manifest"
                yield Finding(f"{where}.properties.sources", reason)
        claims = feature["properties"]["claims"]
        yield from span_findings(claims, f"{where}.properties.claims", at_hand, withheld=withheld)


def _spans_as_long_as_quotes(rows: Sequence[Mapping[str, Any]], name: str) -> Iterator[Finding]:
    for index, row in enumerate(rows):
        if row["end"] - row["start"] != len(row["quote"]):
            yield Finding(f"{name}: [{index}]", "has a quote that is not as long as its span")


def _known_sources(rows: Sequence[Mapping[str, Any]], read: Mapping[str, str], name: str) -> Iterator[Finding]:
    for index, row in enumerate(rows):
        if row["source"] not in read:
            yield Finding(f"{name}: [{index}]", f"cites {row['source']}, which is not in the manifest")
