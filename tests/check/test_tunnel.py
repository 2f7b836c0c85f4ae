"""The row on a tunnel: what each thing that can come of a trial means; and its files."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from hashlib import sha256

import pytest

from pywidget.browser.urllib_http import UrllibTransport
from pywidget.check.row import Row, Verdict
from pywidget.check.terminal_reach import TerminalReach
from pywidget.check.tunnel_row import judge_tunnel
from pywidget.check.tunnel_trial import Fault, Handshake, TunnelTrial
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.tunnel import Tunnel
from tests.check.embedder import Desk

TUNNEL = Tunnel("wss://app.example/zoom-tunnel/{target}", "https://api.zoom.us/v2", "zoom.us")
SUITE = "TLSv1.3 TLS1-3-AES-256-GCM-SHA384"
DONE = TunnelTrial((Handshake("zoom.us", SUITE), Handshake("api.zoom.us", SUITE)), 20, "2026-10-19")


class Trying(TerminalReach):
    """A reach on which a trial ends like this."""

    def __init__(self, trial: TunnelTrial) -> None:
        super().__init__(UrllibTransport())
        self._trial = trial

    async def try_tunnel(self, base: str, tunnel: Tunnel, ends: Endpoints) -> TunnelTrial:  # type: ignore[override]
        del base, tunnel, ends
        return self._trial


def judge(trial: TunnelTrial) -> Row:
    reach = Trying(trial)
    return asyncio.run(judge_tunnel("https://app.example/zoom/", TUNNEL, Endpoints(), reach=reach))


def fail(fault: Fault, detail: str = "", causes: tuple[str, ...] = ()) -> Row:
    failed = [
        replace(each, description="", fault=fault, detail=detail, causes=causes)
        for each in DONE.handshakes
    ]
    return judge(replace(DONE, handshakes=tuple(failed)))


def test_handshakes_with_both_hosts_say_what_was_agreed_on() -> None:
    row = judge(DONE)
    assert row.verdict is Verdict.FINE
    assert row.finding.count(SUITE) == 2
    assert "20 roots of 2026-10-19" in row.finding
    assert "app.example" in row.finding


def test_roots_of_the_page_have_no_date() -> None:
    assert "1 root." in judge(replace(DONE, root_count=1, roots_date="")).finding


@pytest.mark.parametrize(
    ("fault", "verdict", "words"),
    [
        (Fault.NOBODY, Verdict.WRONG, "tunnel_failed"),
        (Fault.NOT_ALLOWED, Verdict.WRONG, "tunnel_refused"),
        (Fault.BUSY, Verdict.WRONG, "limit_conn"),
        (Fault.NO_TARGET, Verdict.WRONG, "firewall"),
        (Fault.TLS, Verdict.WRONG, "tunnel_failed"),
        (Fault.CUT, Verdict.WRONG, "cuts"),
        (Fault.TOO_SLOW, Verdict.WRONG, "again"),
        (Fault.FORBIDDEN, Verdict.UNKNOWN, "connect-src"),
        (Fault.NETWORK, Verdict.UNKNOWN, "connection"),
    ],
)
def test_each_fault_has_a_remedy(fault: Fault, verdict: Verdict, words: str) -> None:
    row = fail(fault, "status 418")
    assert row.verdict is verdict
    assert words in row.remedy
    assert fault in {Fault.FORBIDDEN, Fault.NETWORK, Fault.TOO_SLOW} or "status 418" in row.finding


@pytest.mark.parametrize(
    ("status", "words"),
    [(400, "list of targets"), (404, "data-tunnel"), (500, "/zoom-tunnel/session")],
)
def test_what_the_recipe_answers_says_where_to_look(status: int, words: str) -> None:
    row = fail(Fault.NOBODY, f"status {status}")
    assert words in row.remedy
    assert "tunnel_failed" in row.remedy


def test_an_unknown_issuer_may_be_one_that_the_roots_lack() -> None:
    remedy = fail(Fault.CERTIFICATE, "unknown-issuer", ("unknown-issuer",)).remedy
    assert "trusted roots, of 2026-10-19, lack" in remedy
    assert "roots" not in fail(Fault.CERTIFICATE, "expired", ("expired",)).remedy


def test_a_certificate_that_is_refused_is_said_with_its_cause() -> None:
    row = fail(Fault.CERTIFICATE, "unknown-issuer", ("unknown-issuer",))
    assert row.verdict is Verdict.WRONG
    assert "zoom.us and api.zoom.us could not prove" in row.finding
    assert "unknown-issuer" in row.finding
    assert "Nothing was sent" in row.finding
    assert "certificate_refused" in row.remedy
    assert "date" not in row.remedy
    assert "date and time" in fail(Fault.CERTIFICATE, "expired", ("expired",)).remedy


def test_one_host_alone_that_fails_is_named() -> None:
    first, second = DONE.handshakes
    trial = replace(DONE, handshakes=(first, replace(second, fault=Fault.NO_TARGET)))
    finding = judge(trial).finding
    assert "can't reach api.zoom.us" in finding


def test_files_that_cannot_be_used_are_the_finding() -> None:
    row = judge(TunnelTrial(problem="could not load tunnel-1a2b.js (status 404)."))
    assert row.verdict is Verdict.WRONG
    assert "status 404" in row.finding


TAG = {
    "token-url": "https://zoom.invalid/oauth/token",
    "revoke-url": "https://zoom.invalid/oauth/revoke",
    "api-url": "https://api.zoom.invalid/v2",
    "tunnel": "/zoom-tunnel/{target}",
}


def add_tunnel(desk: Desk) -> None:
    files = {"tunnel-1a2b.js": b"export {}", "assets/tls-3c4d.wasm": b"\0asm" + bytes(5000)}
    listed = {
        name: {"bytes": len(body), "sha256": sha256(body).hexdigest()}
        for name, body in files.items()
    }
    files["manifest.json"] = json.dumps({"version": "1.2.3", "files": listed}).encode()
    desk.embedder.files |= {f"tunnel/{name}": body for name, body in files.items()}


def test_a_terminal_cannot_try_it_and_asks_zoom_nothing(desk: Desk) -> None:
    """Zoom's hosts need not answer here, nor let pages read them: a tunnel knows no CORS."""
    desk.embedder.settings |= TAG
    add_tunnel(desk)
    checked = desk.check()
    assert checked.wrong == set()
    assert not {"token-endpoint", "api", "relay", "success"} & {row.id for row in checked.rows}
    row = checked.find("tunnel")
    assert row.verdict is Verdict.UNKNOWN
    assert "check.html" in row.remedy
    assert "tunnel at 127.0.0.1" in checked.find("settings").finding


def test_its_files_are_looked_at_where_the_page_has_a_tunnel(desk: Desk) -> None:
    desk.embedder.settings |= TAG
    add_tunnel(desk)
    whole = desk.check()
    assert whole.wrong == set()
    assert "9 files" in whole.find("files").finding
    desk.embedder.files["tunnel/tunnel-1a2b.js"] = b"another build's"
    assert "tunnel/tunnel-1a2b.js" in desk.check().find("files").finding
    desk.embedder.headers["tunnel/assets/tls-3c4d.wasm"] = {"cache-control": "no-cache"}
    assert "tunnel/assets/tls-3c4d.wasm" in desk.check().find("caching").finding


def test_its_files_are_missed_only_where_the_page_has_a_tunnel(desk: Desk) -> None:
    assert desk.check().wrong == set()
    desk.embedder.settings |= TAG
    row = desk.check().find("files")
    assert row.verdict is Verdict.WRONG
    assert "tunnel/manifest.json cannot be loaded" in row.finding
    assert "make tunnel" in row.remedy
