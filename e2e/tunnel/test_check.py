"""The install check's row on a tunnel, in a browser: handshakes, and all that can prevent them."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import trustme
from zoom_meeting_testing.pages import InstallCheck
from zoom_meeting_testing.simulator import ServerThread

from e2e.conftest import TIMEOUT_MS
from e2e.contracts.echo import EchoServer
from e2e.relay.certificates import Authority
from e2e.relay.program import find_free_port
from e2e.tunnel.site import TunnelSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from e2e.relay.nginx import Nginx

HOSTS = ("zoom.us", "api.zoom.us")
EXPIRED = datetime(2020, 1, 1, tzinfo=UTC)

pytestmark = [pytest.mark.tunnel, pytest.mark.core]


@contextmanager
def open_check(browser: Browser, url: str, *, is_known: bool = True) -> Iterator[InstallCheck]:
    context = browser.new_context()
    context.set_default_timeout(4 * TIMEOUT_MS)
    if is_known:
        context.request.get(f"{url}/sign-in")
    yield InstallCheck(context.new_page(), url)
    context.close()


@contextmanager
def serve(nginx: Nginx, folder: Path, tls: ssl.SSLContext | None, roots: Path) -> Iterator[str]:
    """Start a site whose tunnel leads to this server, or without a context to none."""
    with ServerThread(EchoServer(), tls=tls) as server:
        port = server.port if tls else find_free_port()
        with TunnelSite(nginx, folder, dict.fromkeys(("zoom", "api"), port), roots) as site:
            yield site.url


def read_row(check: InstallCheck) -> tuple[str, str]:
    """Run the check; return the row's verdict and its words."""
    verdicts = check.check("/")
    return verdicts["tunnel"], check.find_row("tunnel").inner_text()


def test_handshakes_with_both_hosts_are_made(
    browser: Browser, nginx: Nginx, tmp_path: Path
) -> None:
    authority = Authority(tmp_path / "authority.pem")
    tls = authority.build_context(*HOSTS)
    with serve(nginx, tmp_path, tls, authority.certificate) as url:
        with open_check(browser, url) as check:
            verdict, text = read_row(check)
            files = check.find_row("files").inner_text()
        with open_check(browser, url, is_known=False) as check:
            without_session = read_row(check)
    assert verdict == "fine", text
    assert text.count("TLSv1.3") == 2
    assert "1 root." in text
    assert "tunnel/" not in files  # none is missing, none is another build's
    assert without_session[0] == "wrong"
    assert "tunnel_refused" in without_session[1]


@pytest.mark.parametrize(
    ("issue", "cause"),
    [
        (lambda _: trustme.CA().issue_cert(*HOSTS), "unknown-issuer"),
        (lambda authority: authority.issue_cert("zoom.example"), "wrong-name"),
        (
            lambda authority: authority.issue_cert(
                *HOSTS, not_before=datetime(2019, 1, 1, tzinfo=UTC), not_after=EXPIRED
            ),
            "expired",
        ),
    ],
)
def test_a_certificate_that_is_not_zooms_is_named(
    browser: Browser,
    nginx: Nginx,
    tmp_path: Path,
    issue: Callable[[trustme.CA], trustme.LeafCert],
    cause: str,
) -> None:
    trusted = trustme.CA()
    trusted.cert_pem.write_to_path(str(tmp_path / "roots.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issue(trusted).configure_cert(tls)
    with (
        serve(nginx, tmp_path, tls, tmp_path / "roots.pem") as url,
        open_check(browser, url) as check,
    ):
        verdict, text = read_row(check)
    assert verdict == "wrong"
    assert f"could not prove its identity ({cause})" in text
    assert "certificate_refused" in text


def test_a_target_that_is_down_is_told_from_a_forwarder_that_is(
    browser: Browser, nginx: Nginx, tmp_path: Path
) -> None:
    authority = Authority(tmp_path / "authority.pem")
    with (
        serve(nginx, tmp_path, None, authority.certificate) as url,
        open_check(browser, url) as check,
    ):
        verdict, text = read_row(check)
    assert verdict == "wrong"
    assert "can't reach zoom.us and api.zoom.us" in text
    (tmp_path / "none").mkdir()
    with (
        TunnelSite(nginx, tmp_path / "none", None, authority.certificate) as site,
        open_check(browser, site.url) as check,
    ):
        verdict, text = read_row(check)
    assert verdict == "wrong"
    assert "No forwarder opens a tunnel" in text


def test_files_that_are_missing_are_named(browser: Browser, nginx: Nginx, tmp_path: Path) -> None:
    authority = Authority(tmp_path / "authority.pem")
    tls = authority.build_context(*HOSTS)
    with (
        serve(nginx, tmp_path, tls, authority.certificate) as url,
        open_check(browser, url) as check,
    ):
        check.page.context.route(
            "**/zoom/tunnel/tunnel-*.js", lambda route: route.fulfill(status=404)
        )
        verdict, text = read_row(check)
    assert verdict == "wrong"
    assert "status 404" in text
    assert "make tunnel" in text
