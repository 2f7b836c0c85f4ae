"""Proof Key for Code Exchange, RFC 7636: binds the authorization code to whoever asked for it.

Facts: the verifier is 43 to 128 unreserved characters (section 4.1); base64url of 32 random bytes
gives 43. The challenge is base64url(SHA-256(verifier)) without padding (section 4.2). The
`plain` method proves nothing to an eavesdropper, and there is no code for it here.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from pywidget.domain.secret import Secret

VERIFIER_BYTES = 32
METHOD = "S256"


def encode_base64url(data: bytes) -> str:
    """Base64url without padding, RFC 7636 appendix A."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def derive_challenge(verifier: Secret) -> str:
    """The code challenge for a verifier, RFC 7636 section 4.2."""
    return encode_base64url(sha256(verifier.reveal().encode("ascii")).digest())
