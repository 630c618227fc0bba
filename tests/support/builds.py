"""A finished build made without reading: for tests of the manifest and of `verify`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import samples

from mapper import files
from mapper.model import Article
from mapper.publish.geojson import feature, write_features
from mapper.publish.manifest import file_record, write_manifest
from mapper.publish.set_aside import write_set_aside

OUTPUTS: Final = ("incidents.geojson", "map.html", "set_aside.json")
SECOND: Final = replace(samples.ARTICLE, id="report-2", file="reports/two.txt", title="Nothing in it")
ARTICLES: Final = (samples.ARTICLE, SECOND)


def build(folder: Path, articles: Path) -> str:
    """Write two articles into one folder and their build into another; return the manifest's hash."""
    for article in ARTICLES:
        path = articles / article.file
        files.write_bytes(path, samples.TEXT.encode())
    write_features([feature(samples.incident(), {samples.ARTICLE.id: samples.ARTICLE})], folder / "incidents.geojson")
    write_set_aside([samples.set_aside()], [samples.ARTICLE.id], folder / "set_aside.json")
    files.write_bytes(folder / "map.html", b"<!doctype html><title>map</title>")
    return write_manifest(
        folder,
        inputs=[file_record("article", articles / article.file, article.file) for article in ARTICLES],
        articles=ARTICLES,
        outputs=OUTPUTS,
        settings={"merge": True, "geocoder": "", "layers": ["own 1"]},
    )


def read_again(articles: Path) -> list[Article]:
    """Read the articles of `build` as a reader would: bytes, hash, text."""
    again = []
    for article in ARTICLES:
        path = articles / article.file
        if path.is_file():
            data = path.read_bytes()
            text = data.decode(errors="replace")
            again.append(replace(article, sha256=files.sha256_of(data), text=text))
    return again
