"""Reads the public contract out of the sources: the names that pages and tests rely on."""
