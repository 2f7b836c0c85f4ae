"""Measures the tunnel beside the nginx relay, in one run, and memory over many requests.

    python -m e2e.bench.tunnel --visits 5 --requests 1000

Both lead to the same simulated Zoom over TLS on this machine, and ask it for the same thing. Needs
nginx, and `make tunnel`.
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from e2e.bench.lab import Tab
from e2e.bench.machine import describe_machine
from e2e.bench.tunnel_report import write_report
from e2e.browser import launch_profile
from e2e.relay.certificates import Authority
from e2e.relay.host import HostApplication
from e2e.relay.nginx import HOW_TO_GET_IT, find_nginx
from e2e.relay.nginx_relay import PATH as RELAY_PATH
from e2e.relay.nginx_relay import NginxRelay
from e2e.relay.nginx_server import fit
from e2e.simulator import ServerThread, Simulator
from e2e.tunnel.nginx_tunnel import LIMITS, NginxTunnel
from e2e.tunnel.nginx_tunnel import PATH as TUNNEL_PATH
from e2e.tunnel.python_page import ROOTS, PythonPage, create_pages
from e2e.tunnel.tls_zoom import TlsZoom
from e2e.tunnel.websockify import Websockify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import BrowserContext, Playwright

    from e2e.relay.nginx_server import NginxServer

_PROBE: Final = Path(__file__).with_name("probe.js")
_PATIENCE_MS: Final = 60_000
_ANSWER: Final = "/users/me"  # without a token: an error of some hundred bytes
_LATER: Final = 20
_ANEW: Final = 10
_STEPS: Final = 5
_UNCOUNTED: Final = 20
"""Requests before the first reading: what is loaded is loaded."""


class Ways:
    """A page at each of two addresses: `tunnel` and `relay`."""

    def __init__(self, running: ExitStack, folder: Path) -> None:
        nginx = find_nginx()
        if nginx is None:
            raise FileNotFoundError(HOW_TO_GET_IT)
        authority = Authority(folder / "authority.pem")
        zoom = running.enter_context(TlsZoom(Simulator(), authority))
        ports = {"zoom": zoom.port, "api": zoom.port}
        forwarder = running.enter_context(Websockify(folder, ports))
        tags = {
            "tunnel": {"data-tunnel": TUNNEL_PATH, "data-tunnel-roots": ROOTS},
            "relay": {"data-relay": RELAY_PATH},
        }
        self.urls: dict[str, str] = {}
        for name, tag in tags.items():
            host = HostApplication(create_pages(authority.certificate, tag))
            application = running.enter_context(ServerThread(host.app))
            (folder / name).mkdir()
            server: NginxServer
            if name == "tunnel":
                server = NginxTunnel(
                    nginx,
                    folder / name,
                    application_url=application.url,
                    forwarder_port=forwarder.port,
                    limits=fit(LIMITS.read_text(encoding="utf-8"), {"rate=10r/s": "rate=9999r/s"}),
                )
            else:
                server = NginxRelay(
                    nginx,
                    folder / name,
                    application_url=application.url,
                    zoom_port=zoom.port,
                    authorities=authority.certificate,
                )
            self.urls[name] = running.enter_context(server).url


def measure_visits(
    playwright: Playwright, urls: Mapping[str, str], visits: int
) -> dict[str, dict[str, list[float]]]:
    """Visit the pages in turn, each time with a browser that was never here, and then once more."""
    samples: dict[str, dict[str, list[float]]] = {way: {} for way in urls}
    for _ in range(visits):
        for way, url in urls.items():
            with _open_profile(playwright, url) as context:
                for heat in ("cold", "warm"):
                    for name, value in _visit(context, url).items():
                        samples[way].setdefault(f"{name}, {heat}", []).append(value)
    return samples


@contextmanager
def _open_profile(playwright: Playwright, url: str) -> Iterator[BrowserContext]:
    """A browser of its own, of somebody whom the host knows."""
    with tempfile.TemporaryDirectory() as folder:
        context = launch_profile(playwright, Path(folder))
        context.set_default_timeout(_PATIENCE_MS)
        context.add_init_script(path=_PROBE)
        context.request.get(f"{url}/sign-in")
        yield context
        context.close()


def _visit(context: BrowserContext, url: str) -> dict[str, float]:
    page = context.new_page()
    tab = Tab(page, context.new_cdp_session(page))
    python = PythonPage(page, url)
    start = page.evaluate("performance.now()")
    (first,) = python.call("ask_often", _ANSWER, 1)
    later = python.call("ask_often", _ANSWER, _LATER)
    anew = python.call("ask_anew", _ANSWER, _ANEW)
    page.wait_for_timeout(500)
    tasks = [duration for begin, duration in tab.read().tasks if begin >= start]
    tab.settle()
    page.close()
    return {
        "first": first,
        "first, from navigation": start + first,
        "later": median(later),
        "new connection": median(anew),
        "longest task": max(tasks, default=0.0),
    }


def measure_memory(playwright: Playwright, url: str, requests: int) -> list[dict[str, float]]:
    """Send many requests, half of them on connections of their own; read memory in between."""
    readings = []
    with _open_profile(playwright, url) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        tab = Tab(page, session)
        python = PythonPage(page, url)
        for step in range(_STEPS + 1):
            count = requests // _STEPS if step else _UNCOUNTED
            python.call("ask_anew", _ANSWER, count // 2)
            python.call("ask_often", _ANSWER, count - count // 2)
            python.call("rest")
            heap = tab.measure_heap()
            metrics = session.send("Performance.getMetrics")["metrics"]
            named = {each["name"]: float(each["value"]) for each in metrics}
            readings.append(
                {
                    "requests": step * requests / _STEPS,
                    "JavaScript heap": heap,
                    "WebAssembly memory": tab.read().wasm,
                    "event listeners": named["JSEventListeners"],
                }
            )
    return readings


def main() -> None:
    """Measure, and write the report."""
    parser = argparse.ArgumentParser(description="Measure the tunnel beside the relay.")
    parser.add_argument("--visits", type=int, default=5, help="how often each page is visited")
    parser.add_argument("--requests", type=int, default=1000, help="over which memory is read")
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks"))
    options = parser.parse_args()
    with ExitStack() as running, sync_playwright() as playwright:
        folder = running.enter_context(tempfile.TemporaryDirectory())
        ways = Ways(running, Path(folder))
        samples = measure_visits(playwright, ways.urls, options.visits)
        memory = measure_memory(playwright, ways.urls["tunnel"], options.requests)
    write_report(options.out, samples, memory, describe_machine("Chromium"))


if __name__ == "__main__":
    main()
