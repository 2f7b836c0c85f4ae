"""The characters of OAuth's values.

Facts: an authorization code, an access token and a refresh token consist of printable ASCII
characters, at least one (RFC 6749 appendices A.11, A.12 and A.17). Anything else would not fit into
the header or the form that has to carry it.
"""

from __future__ import annotations


def is_oauth_value(text: str) -> bool:
    """Tell whether this may be a code or a token."""
    return text != "" and text.isascii() and text.isprintable()
