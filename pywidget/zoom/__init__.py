"""Zoom's protocols without I/O: every call is a `build_…` and a `parse_…`."""
