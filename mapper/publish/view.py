"""A map that shows itself in a notebook."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from mapper.publish.features import Feature
from mapper.publish.webmap import render_map, write_map

_HEIGHT: Final = 640


class MapView:
    """The incident map as an object: shown by a notebook, or saved to a file.

    The notebook gets it in a frame of its own that may run scripts and save
    files, and nothing else: no access to the notebook, none to the network.

    Parameters
    ----------
    collection : mapping, path or sequence of features
        As `mapper.publish.webmap.write_map` takes it.
    height : int
        Of the frame, pixels.
    **options
        As `write_map` takes them.

    Examples
    --------
    >>> view = MapView({"type": "FeatureCollection", "features": []}, title="Nothing yet")
    >>> view._repr_html_()[:7]
    '<iframe'
    """

    def __init__(
        self,
        collection: Mapping[str, Any] | Path | Sequence[Feature],
        *,
        height: int = _HEIGHT,
        **options: Any,  # noqa: ANN401 - those of write_map
    ) -> None:
        self._collection = collection
        self._height = height
        self._options = options

    def _repr_html_(self) -> str:
        page = b"".join(render_map(self._collection, **self._options)).decode("utf-8")
        return (
            f'<iframe title="Incident map" sandbox="allow-scripts allow-downloads allow-popups" '
            f'style="width:100%;height:{self._height:d}px;border:1px solid #d8d4cb" '
            f'srcdoc="{html.escape(page, quote=True)}"></iframe>'
        )

    def save(self, output: Path) -> Path:
        """Write the map to a file; return its path."""
        write_map(self._collection, output, **self._options)
        return output
