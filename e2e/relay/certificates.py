"""Certificates for a simulated Zoom, from an authority that only tests trust."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import trustme

if TYPE_CHECKING:
    from pathlib import Path


class Authority:
    """A certificate authority; `certificate` is the file for those who shall trust it."""

    def __init__(self, certificate: Path) -> None:
        self.certificate = certificate
        root = trustme.CA()
        root.cert_pem.write_to_path(str(certificate))
        self._issuer = root.create_child_ca().create_child_ca()  # as long a chain as Zoom's may be

    def build_context(self, *hosts: str) -> ssl.SSLContext:
        """Return a server's TLS context for these hosts; clients have to name the one they want."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._issuer.issue_cert(*hosts).configure_cert(context)
        context.sni_callback = _refuse_the_nameless
        return context


def _refuse_the_nameless(_socket: object, name: str | None, _context: object) -> int | None:
    return None if name else ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
