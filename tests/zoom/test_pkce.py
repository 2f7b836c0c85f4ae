"""PKCE as RFC 7636 has it."""

from __future__ import annotations

import pytest

from pywidget.domain.secret import Secret
from pywidget.zoom.pkce import METHOD, VERIFIER_BYTES, derive_challenge, encode_base64url


def test_the_challenge_is_that_of_appendix_b() -> None:
    octets = bytes(
        [
            *(116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186),
            *(22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121),
        ]
    )
    verifier = encode_base64url(octets)
    assert verifier == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert derive_challenge(Secret(verifier)) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_only_s256_exists() -> None:
    assert METHOD == "S256"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (bytes([3, 236, 255, 224, 193]), "A-z_4ME"),
        (b"\xfb\xff", "-_8"),
        (b"\0\0\x17", "AAAX"),
    ],
)
def test_base64url_has_no_padding(data: bytes, text: str) -> None:
    assert encode_base64url(data) == text


def test_a_verifier_has_the_length_that_the_rfc_allows() -> None:
    assert len(encode_base64url(bytes(VERIFIER_BYTES))) == 43  # the shortest: 256 bits
