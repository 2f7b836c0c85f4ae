"""What the tests of the TLS module share; `make tunnel-tests` builds it, and runs them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings

from pywidget.tunnel.mbed_tls import MbedTls, MbedTlsConnection
from web.tunnel.tests.authority import HOST, Issued, make_root
from web.tunnel.tests.wasmtime_module import WasmtimeModule

settings.register_profile("unhurried", deadline=None)  # that a machine is busy is no defect
settings.load_profile("unhurried")

Connect = Callable[..., MbedTlsConnection]


@pytest.fixture
def module() -> WasmtimeModule:
    return WasmtimeModule()


@pytest.fixture
def connect(module: WasmtimeModule) -> Connect:
    """Begins connections that trust one root."""
    makers: dict[str, MbedTls] = {}

    def begin(root: Issued | None = None, host: str = HOST) -> MbedTlsConnection:
        pem = (root or make_root()).pem
        if pem not in makers:
            makers[pem] = MbedTls(module if not makers else WasmtimeModule(), pem)
        return makers[pem].connect(host)

    return begin
