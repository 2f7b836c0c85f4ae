"""Zoom's OAuth and REST messages without I/O: a `build_…` and a `parse_…` for every call."""
