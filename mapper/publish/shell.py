"""The page's shell, made by folium from constants alone.

folium and branca treat every text they are given as a template and put it
into script. So they are given none: no title, no name, no quote, no address
comes through here. `PageMap` is the one place where folium is extended, and
its template is the seam: a container, one call of ``L.map``, one call of
``IncidentPage.open``. What the page shows travels beside it as inert data
(see `mapper.publish.page`).
"""

from __future__ import annotations

from typing import Any

_TEMPLATE = """
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


def render_shell() -> str:
    """Render the empty page: the same text every time, with no address in it."""
    import folium
    from folium.template import Template

    class PageMap(folium.Map):
        """A folium map with no remote asset, a constant name, and the page's own opening call."""

        _template = Template(_TEMPLATE)
        default_js = []  # noqa: RUF012 - folium reads them so
        default_css = []  # noqa: RUF012

        def get_name(self) -> str:
            """Name the map; folium would draw a random one, and no two builds would match."""
            return "incident_map"

    options: dict[str, Any] = {
        "min_zoom": 2,
        "max_zoom": 16,
        "world_copy_jump": True,
        "zoom_snap": 1,
        "attribution_control": False,
        "fade_animation": False,
    }
    page = PageMap(location=(20.0, 20.0), zoom_start=3, tiles=None, zoom_control=False, **options)
    text: str = page.get_root().render()
    return text
