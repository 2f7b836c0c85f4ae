from __future__ import annotations

import ssl
from dataclasses import dataclass

import pytest
import trustme


@dataclass(frozen=True)
class Authority:
    """Issues Zoom's certificates; `trusting` is a client's context that believes in it."""

    root: trustme.CA

    @property
    def trusting(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        self.root.configure_trust(context)
        return context

    def certify(self, *hosts: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.root.issue_cert(*hosts).configure_cert(context)
        return context


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority(trustme.CA())
