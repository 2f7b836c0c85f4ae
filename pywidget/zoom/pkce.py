"""Proof Key for Code Exchange, RFC 7636: binds the authorization code to its requester.

Facts: the verifier is 43 to 128 unreserved characters (section 4.1); base64url of 32 random bytes
gives 43. The challenge is base64url(SHA-256(verifier)) without padding (section 4.2). The `plain`
method does not protect against an eavesdropper, so there is no code for it here.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from pywidget.domain.secret import Secret

VERIFIER_BYTES = 32
METHOD = "S256"


def encode_base64url(data: bytes) -> str:
    """Encode as base64url without padding, RFC 7636 appendix A."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def derive_challenge(verifier: Secret) -> str:
    """Derive the code challenge for a verifier, RFC 7636 section 4.2."""
    return encode_base64url(sha256(verifier.reveal().encode("ascii")).digest())
