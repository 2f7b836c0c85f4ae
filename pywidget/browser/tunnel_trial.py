"""The install check's trial of a tunnel, with the files that the widget would use."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import js

from pywidget.browser.tunnel_parts import make_tls
from pywidget.browser.web_socket import WebSocketForwarder
from pywidget.check.tunnel_trial import Fault, Handshake, TunnelTrial
from pywidget.domain.errors import UnreachableError
from pywidget.tunnel.connection import Connection
from pywidget.tunnel.ports import Refusal, TlsError, TlsMaker, WireError
from pywidget.tunnel.transport import OPENING
from pywidget.zoom.addresses import find_name
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.tunnel import Tunnel

# The first line of the file, by web/tunnel/roots.py; certifi's version is a date.
_DATED = re.compile(r"#.*certifi (\d{4})\.(\d{1,2})\.(\d{1,2})")
_FAULTS = {
    Refusal.NOBODY: Fault.NOBODY,
    Refusal.NOT_ALLOWED: Fault.NOT_ALLOWED,
    Refusal.BUSY: Fault.BUSY,
    Refusal.NO_TARGET: Fault.NO_TARGET,
    None: Fault.CUT,
}


async def try_tunnel(tunnel: Tunnel, ends: Endpoints, js_files: Any) -> TunnelTrial:
    """Make a handshake with both hosts, and send nothing.

    Raises:
        TunnelFilesError: The roots can't be used.
    """
    tls = make_tls(js_files)
    urls = (ends.token_url, ends.api_url)
    handshakes = [await _shake_hands(tunnel, url, tls) for url in urls]
    dated = _DATED.match(js_files.roots.to_bytes()[:200].decode("ascii"))
    date = "-".join(part.zfill(2) for part in dated.groups()) if dated else ""
    return TunnelTrial(tuple(handshakes), tls.root_count, date)


async def _shake_hands(tunnel: Tunnel, url: str, tls: TlsMaker) -> Handshake:
    host = find_name(url)
    address = tunnel.find_address(url)
    try:
        async with asyncio.timeout(OPENING):
            connection = await Connection.open(WebSocketForwarder(), address, tls, host)
    except TimeoutError:
        return Handshake(host, fault=Fault.TOO_SLOW)
    except UnreachableError as error:
        match error.__cause__:
            case WireError(refusal=refusal, detail=detail):
                fault = _FAULTS[refusal] if js.navigator.onLine else Fault.NETWORK
                return Handshake(host, fault=fault, detail=detail)
            case TlsError(certificate_causes=(_, *_) as causes):
                detail = ", ".join(causes)
                return Handshake(host, fault=Fault.CERTIFICATE, detail=detail, causes=causes)
            case TlsError(detail=detail):
                return Handshake(host, fault=Fault.TLS, detail=detail)
            case _:
                return Handshake(host, fault=Fault.FORBIDDEN)
    description = connection.description
    connection.close()
    return Handshake(host, description)
