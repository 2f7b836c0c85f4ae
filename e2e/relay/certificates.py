"""Certificates for a simulated Zoom, from an authority that nobody but a test trusts."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import trustme

if TYPE_CHECKING:
    from pathlib import Path


class Authority:
    """Issues certificates; `certificate` is the file that those who trust it are given."""

    def __init__(self, certificate: Path) -> None:
        self.certificate = certificate
        self._authority = trustme.CA()
        self._authority.cert_pem.write_to_path(str(certificate))

    def build_context(self, *hosts: str) -> ssl.SSLContext:
        """Build what a server needs to be these hosts."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(*hosts).configure_cert(context)
        return context
