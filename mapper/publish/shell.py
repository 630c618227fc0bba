"""The page's shell, made by folium from constants alone.

folium and branca treat every text they are given as a template and put it
into script. So they are given none: no title, no name, no quote, no address
comes through here. `PageMap` is the one place where folium is extended, and
its template is the seam: a container, one call of ``L.map``, one call of
``IncidentPage.open``. What the page shows travels beside it as inert data
(see `mapper.publish.page`).

Without tiles the shell is the same for every map. So it is rendered once, when
the assets are built (``python -m mapper.publish.shell FILE``), and drawing a
map need not load folium, which takes longer than drawing a thousand incidents.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from mapper import files
from mapper.publish.assets_folder import ASSETS

_RENDERED: Final = ASSETS / "shell.html"

_TEMPLATE: Final = """
{% macro header(this, kwargs) %}
<meta name="viewport" content="width=device-width, initial-scale=1" />
{% endmacro %}
{% macro html(this, kwargs) %}
<div class="folium-map" id="{{ this.get_name() }}"></div>
{% endmacro %}
{% macro script(this, kwargs) %}
var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {
    center: {{ this.location|tojson }},
    crs: L.CRS.{{ this.crs }},
    ...{{ this.options|tojavascript }}
});
IncidentPage.open({{ this.get_name() }});
{% endmacro %}
"""


@contextlib.contextmanager
def _folium() -> Iterator[ModuleType]:
    """Give folium without pandas, which it loads for nothing but data frames: half of its start.

    Whoever imports folium after us gets all of it, as if this had not been.
    """
    if "pandas" in sys.modules or "folium" in sys.modules:
        yield importlib.import_module("folium")
        return
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        yield importlib.import_module("folium")
    finally:
        del sys.modules["pandas"]
        for name in [name for name in sys.modules if name.partition(".")[0] in {"folium", "branca"}]:
            del sys.modules[name]


def page_shell(tiles: str | None = None) -> str:
    """Give the empty page: without tiles as it was rendered with the assets, where it was."""
    if tiles is None and _RENDERED.is_file():
        return _RENDERED.read_text(encoding="utf-8")
    return render_shell(tiles)


def render_shell(tiles: str | None = None) -> str:
    """Render the empty page: the same text every time.

    Parameters
    ----------
    tiles : str, optional
        Checked address of a tile server; without one there is no address in the page.
    """
    with _folium() as folium:
        return _render(folium, tiles)


def _render(folium: ModuleType, tiles: str | None) -> str:
    from folium.template import Template

    class PageMap(folium.Map):  # type: ignore[misc, name-defined]
        """A folium map with no remote asset, a constant name, and the page's own opening call."""

        _template = Template(_TEMPLATE)
        default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium reads them so
        default_css: list[tuple[str, str]] = []  # noqa: RUF012

        def get_name(self) -> str:
            """Name the map; folium would draw a random one, and no two builds would match."""
            return "incident_map"

    class PageTiles(folium.TileLayer):  # type: ignore[misc, name-defined]
        """A folium tile layer with a constant name."""

        def get_name(self) -> str:
            """Name the layer."""
            return "incident_tiles"

    options: dict[str, Any] = {
        "min_zoom": 2,
        "max_zoom": 16,
        "world_copy_jump": True,
        "zoom_snap": 1,
        "attribution_control": False,
        "fade_animation": False,
    }
    page = PageMap(location=(20.0, 20.0), zoom_start=3, tiles=None, zoom_control=False, **options)
    if tiles is not None:
        # The attribution is shown by the page, from its data.
        PageTiles(tiles, attr=" ", name="tiles", min_zoom=2, max_zoom=16, detect_retina=False).add_to(page)
    text: str = page.get_root().render()
    return text


if __name__ == "__main__":
    files.write_bytes(Path(sys.argv[1]), render_shell().encode())
