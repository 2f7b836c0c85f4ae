"""Holds what is sent to a simulated Zoom, and what it answers, against zoom.openapi.json."""
