"""Puts shell, style, script and data together into one file that asks nobody for anything.

The order matters: the shell is rendered from constants, its scripts and
styles are hashed for the Content-Security-Policy, and only then the data is
laid beside them, as text that no browser runs.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from typing import Final

from mapper.publish.assets_folder import read_asset
from mapper.publish.packing import Block

_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_TYPES: Final = {"json": "application/json", "gzip": "application/gzip+base64"}
_NOSCRIPT: Final = (
    "<noscript><p>This map is drawn by a script inside this file. It asks no server for anything; "
    "please allow it to run. The incidents are also in incidents.geojson beside it.</p></noscript>"
)


def assemble(blocks: Iterable[Block], *, title: str, language: str, shell: str, tile_host: str = "") -> Iterator[bytes]:
    """Give the bytes of the page, piece by piece.

    Parameters
    ----------
    blocks : iterable of Block
        The data.
    title : str
        Of the document; escaped here.
    language : str
        ``en`` or ``ar``: what a reader without script or with a screen reader meets first.
    shell : str
        What `mapper.publish.shell.page_shell` gave.
    tile_host : str
        Scheme and host that images may come from; empty for none.
    """
    script = read_asset("map-tiles.js" if tile_host else "map.js").decode("utf-8").replace("</script", "<\\/script")
    style = read_asset("map.css").decode("utf-8").replace("</style", "<\\/style")
    head = f"<style>{style}</style>\n<script>{script}</script>"
    before, after = shell.split("</head>", 1)
    body, end = after.split("</body>", 1)
    policy = _policy(before + head + after, tile_host)
    opening = before.replace("<html>", f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">', 1)
    start, rest = opening.split("<head>", 1)
    yield (
        f'{start}<head>\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{html.escape(title)}</title>{rest}{head}\n</head>'
        f"{body}{_NOSCRIPT}\n"
    ).encode()
    for block in blocks:
        yield f'<script type="{_TYPES[block.kind]}" id="mapper-{block.name}">'.encode("ascii")
        yield block.text
        yield b"</script>\n"
    yield f"</body>{end}".encode()


def _policy(page: str, tile_host: str) -> str:
    scripts = " ".join(_hash(text) for text in _SCRIPT.findall(page))
    styles = " ".join(_hash(text) for text in _STYLE.findall(page))
    images = f"; img-src {tile_host}" if tile_host else ""
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}{images}; "
        "base-uri 'none'; form-action 'none'; object-src 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
