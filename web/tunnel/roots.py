"""The choice of the roots that Zoom's hosts can chain to, which writes them to `roots.pem`.

    python -m web.tunnel.roots [--check]

They are taken from PyPI's certifi, which is Mozilla's list, by name and fingerprint. They are few,
so that an authority that Zoom does not use can't vouch for it.

Facts:
- Zoom's DNS names who may issue for zoom.us (CAA, RFC 8659). Two surveys of July 2026 saw
  digicert.com, godaddy.com, letsencrypt.org, pki.goog and sectigo.com; the later one also saw
  amazon.com, but not digicert.com. Zoom's own pages name DigiCert Global Root G2, and its list of
  hosts to allow in a firewall names the revocation hosts of DigiCert, Sectigo, GoDaddy and
  Starfield.
- Mozilla's list no longer has a root that is signed with SHA-1 and that these authorities use for
  new certificates. The module could not read one.
"""

from __future__ import annotations

import argparse
import re
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from ssl import DER_cert_to_PEM_cert, PEM_cert_to_DER_cert
from typing import Final

import certifi

HERE: Final = Path(__file__).resolve().parent
ROOTS: Final = HERE / "roots.pem"
_BLOCK: Final = re.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True)
class Root:
    """A certificate to trust.

    Attributes:
        name: Its subject's common name.
        fingerprint: The SHA-256 of its DER, in hexadecimal.
    """

    name: str
    fingerprint: str


WANTED: Final = {
    "digicert.com": (
        Root(
            "DigiCert Global Root G2",
            "cb3ccbb76031e5e0138f8dd39a23f9de47ffc35e43c1144cea27d46a5ab1cb5f",
        ),
        Root(
            "DigiCert Global Root G3",
            "31ad6648f8104138c738f39ea4320133393e3a18cc02296ef97c2ac9ef6731d0",
        ),
        Root(
            "DigiCert TLS ECC P384 Root G5",
            "018e13f0772532cf809bd1b17281867283fc48c6e13be9c69812854a490c1b05",
        ),
        Root(
            "DigiCert TLS RSA4096 Root G5",
            "371a00dc0533b3721a7eeb40e8419e70799d2b0a0f2c1d80693165f7cec4ad75",
        ),
    ),
    "godaddy.com": (
        Root(
            "Go Daddy Root Certificate Authority - G2",
            "45140b3247eb9cc8c5b4f0d7b53091f73292089e6e5a63e2749dd3aca9198eda",
        ),
        Root(
            "Starfield Root Certificate Authority - G2",
            "2ce1cb0bf9d2f9e102993fbe215152c3b2dd0cabde1c68e5319b839154dbb7f5",
        ),
    ),
    "letsencrypt.org": (
        Root(
            "ISRG Root X1",
            "96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6",
        ),
        Root(
            "ISRG Root X2",
            "69729b8e15a86efc177a57afb7171dfc64add28c2fca8cf1507e34453ccb1470",
        ),
    ),
    "pki.goog": (
        Root(
            "GTS Root R1",
            "d947432abde7b7fa90fc2e6b59101b1280e0e1c7e4e40fa3c6887fff57a7f4cf",
        ),
        Root(
            "GTS Root R3",
            "34d8a73ee208d9bcdb0d956520934b4e40e69482596e8b6f73c8426b010a6f48",
        ),
        Root(
            "GTS Root R4",
            "349dfa4058c5e263123b398ae795573c4e1313c83fe68f93556cd5e8031b3c7d",
        ),
    ),
    "sectigo.com": (
        Root(
            "USERTrust RSA Certification Authority",
            "e793c9b02fd8aa13e21c31228accb08119643b749c898964b1746d46c3d4cbd2",
        ),
        Root(
            "USERTrust ECC Certification Authority",
            "4ff460d54b9c86dabfbcfc5712e0400d2bed3fbc4d4fbdaa86e06adcd2a9ad7a",
        ),
        Root(
            "Sectigo Public Server Authentication Root R46",
            "7bb647a62aeeac88bf257aa522d01ffea395e0ab45c73f93f65654ec38f25a06",
        ),
        Root(
            "Sectigo Public Server Authentication Root E46",
            "c90f26f0fb1b4018b22227519b5ca2b53e2ca5b3be5cf18efe1bef47380c5383",
        ),
    ),
    "amazon.com": (
        Root(
            "Amazon Root CA 1",
            "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",
        ),
        Root(
            "Amazon Root CA 2",
            "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",
        ),
        Root(
            "Amazon Root CA 3",
            "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",
        ),
        Root(
            "Amazon Root CA 4",
            "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092",
        ),
        Root(
            "Starfield Services Root Certificate Authority - G2",
            "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",
        ),
    ),
}
"""The roots, by the name that allows their authority in CAA."""


class RootError(Exception):
    """An error for a wanted root that is not available any more."""


def list_wanted() -> list[Root]:
    """List the roots in the order of the file."""
    return [root for roots in WANTED.values() for root in roots]


def find_problem(root: Root, certificates: dict[str, bytes], now: float) -> str | None:
    """Say why this root should not be trusted; None if it should.

    Args:
        root: The root to judge.
        certificates: Mozilla's, in DER, by fingerprint.
        now: In seconds since 1970.
    """
    der = certificates.get(root.fingerprint)
    if der is None:
        return f"{root.name} is not in Mozilla's list any more"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=der)
    (certificate,) = context.get_ca_certs()
    if not isinstance(certificate, dict):
        raise TypeError(certificate)
    if ("commonName", root.name) not in [pair for part in certificate["subject"] for pair in part]:
        return f"{root.name} has another name"
    begin, end = (
        ssl.cert_time_to_seconds(str(certificate[moment])) for moment in ("notBefore", "notAfter")
    )
    return None if begin <= now <= end else f"{root.name} is out of its time"


def read_bundle(text: str) -> dict[str, bytes]:
    """Read certificates in PEM; return their DER by fingerprint."""
    ders = [PEM_cert_to_DER_cert(block) for block in _BLOCK.findall(text)]
    return {sha256(der).hexdigest(): der for der in ders}


def format_roots(certificates: dict[str, bytes], release: str, now: float) -> str:
    """Format what `roots.pem` has to hold; raises `RootError`."""
    problems = [find_problem(root, certificates, now) for root in list_wanted()]
    if any(problems):
        raise RootError("; ".join(filter(None, problems)))
    return "\n".join(_format_lines(certificates, release))


def _format_lines(certificates: dict[str, bytes], release: str) -> Iterator[str]:
    yield f"# {len(list_wanted())} roots of certifi {release} that Zoom's hosts can chain to."
    yield "# Written by web/tunnel/roots.py, which says why these: don't edit."
    for authority, roots in WANTED.items():
        for root in roots:
            yield f"\n# {root.name} ({authority})"
            yield DER_cert_to_PEM_cert(certificates[root.fingerprint]).rstrip("\n")
    yield ""


def read_release(text: str) -> str:
    """Read from `roots.pem` which release of certifi it comes from; that begins with its date."""
    found = re.search(r"roots of certifi ([\w.]+) ", text)
    if not found:
        raise RootError(f"{ROOTS.name} does not say where it comes from")
    return found[1]


def main() -> str | None:
    """Write or check the file; return what went wrong, for people."""
    parser = argparse.ArgumentParser(description="Write the roots that the tunnel trusts.")
    parser.add_argument("--check", action="store_true", help="only say whether they are the same")
    arguments = parser.parse_args()
    found = version("certifi")
    bundle = read_bundle(Path(certifi.where()).read_text(encoding="utf-8"))
    try:
        text = format_roots(bundle, found, time.time())
    except RootError as error:
        return f"The roots were not written: {error}."
    if not arguments.check:
        ROOTS.write_text(text, encoding="utf-8")
    elif ROOTS.read_text(encoding="utf-8") != text:
        return f"{ROOTS.name} is not what this script writes with certifi {found}."
    return None


if __name__ == "__main__":
    raise SystemExit(main())
