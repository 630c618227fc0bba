"""Incidents in, files out: the map, the exports, and the manifest that proves them."""
