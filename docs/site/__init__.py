"""The documents as a small site: `make docs` builds it with Sphinx."""
