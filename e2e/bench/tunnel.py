"""Measures the tunnel beside the nginx relay, in one run, and memory over many requests.

    python -m e2e.bench.tunnel --visits 5 --requests 1000

Both send the same calls to the same simulated Zoom, over TLS on this machine. This needs nginx and
`make tunnel`.
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright
from zoom_meeting_testing.service import HOST, ServiceGroup
from zoom_meeting_testing.simulator import ServerThread, Simulator

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
from e2e.tunnel.nginx_tunnel import LIMITS, NginxTunnel
from e2e.tunnel.nginx_tunnel import PATH as TUNNEL_PATH
from e2e.tunnel.passage import Passage
from e2e.tunnel.python_page import ROOTS, PythonPage, create_pages
from e2e.tunnel.tls_zoom import TlsZoom
from e2e.tunnel.websockify import Websockify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import ExitStack

    from playwright.sync_api import BrowserContext, Page, Playwright

    from e2e.relay.nginx_server import NginxServer

_PROBE: Final = Path(__file__).with_name("probe.js")
_PATIENCE_MS: Final = 60_000
_ANSWER: Final = "/users/me"  # without a token, so the answer is an error of a few hundred bytes
_LATER: Final = 20
_ANEW: Final = 10
_STEPS: Final = 5
_CALLS: Final = ("first", "later", "new connection")
_TO_SERVER: Final = 0.01
_TO_ZOOM: Final = 0.02
"""Seconds, one way."""
_UNCOUNTED: Final = 20
"""Requests before the first reading, after which nothing more is loaded."""


class TwoWays(ServiceGroup):
    """The same page at two addresses, `urls["tunnel"]` and `urls["relay"]`, before one Zoom.

    With `is_far` some hundred kilometers are between page and server, and more between it and Zoom.
    """

    def __init__(self, folder: Path, *, is_far: bool = False) -> None:
        super().__init__()
        self.urls: dict[str, str] = {}
        self._folder = folder
        self._is_far = is_far

    def start_parts(self, running: ExitStack) -> None:
        """Start Zoom, the forwarder, and for each way a host's application and nginx.

        Raises `OSError` if there is no nginx.
        """
        nginx = find_nginx()
        if nginx is None:
            raise FileNotFoundError(HOW_TO_GET_IT)
        authority = Authority(self._folder / "authority.pem")
        zoom = running.enter_context(TlsZoom(Simulator(), authority))
        zoom_port = self._move_away(running, zoom.port, _TO_ZOOM)
        ports = {"zoom": zoom_port, "api": zoom_port}
        forwarder = running.enter_context(Websockify(self._folder, ports))
        tags = {
            "tunnel": {"data-tunnel": TUNNEL_PATH, "data-tunnel-roots": ROOTS},
            "relay": {"data-relay": RELAY_PATH},
        }
        for way, tag in tags.items():
            host = HostApplication(create_pages(authority.certificate, tag))
            application = running.enter_context(ServerThread(host.app))
            folder = self._folder / way
            folder.mkdir()
            server: NginxServer
            if way == "tunnel":
                server = NginxTunnel(
                    nginx,
                    folder,
                    application_url=application.url,
                    forwarder_port=forwarder.port,
                    limits=fit(LIMITS.read_text(encoding="utf-8"), {"rate=10r/s": "rate=9999r/s"}),
                )
            else:
                server = NginxRelay(
                    nginx,
                    folder,
                    application_url=application.url,
                    zoom_port=zoom_port,
                    authorities=authority.certificate,
                )
            port = self._move_away(running, running.enter_context(server).port, _TO_SERVER)
            self.urls[way] = f"http://{HOST}:{port}"

    def _move_away(self, running: ExitStack, port: int, seconds: float) -> int:
        """Return a port that leads to this one over a distance, if there shall be one."""
        if not self._is_far:
            return port
        return running.enter_context(Passage(HOST, port, delay=seconds)).port


def measure(
    playwright: Playwright,
    urls: Mapping[str, str],
    visits: int,
    visit: Callable[[BrowserContext, str], Mapping[str, float]],
) -> dict[str, dict[str, list[float]]]:
    """Visit the pages in turn, each time with a new browser; return the samples of each way."""
    samples: dict[str, dict[str, list[float]]] = {way: {} for way in urls}
    for _ in range(visits):
        for way, url in urls.items():
            with _open_profile(playwright, url) as context:
                for name, value in visit(context, url).items():
                    samples[way].setdefault(name, []).append(value)
    return samples


def visit_near(context: BrowserContext, url: str) -> dict[str, float]:
    """Call at once, with empty caches and with full ones, and then with time to spare."""
    cold, warm = _hurry(context, url), _hurry(context, url)
    return {
        **{f"{name}, cold": value for name, value in cold.items()},
        **{f"{name}, warm": value for name, value in warm.items()},
        **_visit(context, url),
    }


def visit_far(context: BrowserContext, url: str) -> dict[str, float]:
    """Call with time to spare; return the figures that a distance changes."""
    figures = _visit(context, url)
    return {f"{name}, far": figures[name] for name in _CALLS}


@contextmanager
def _open_profile(playwright: Playwright, url: str) -> Iterator[BrowserContext]:
    """Start a browser with empty caches, whose user has signed in to the host."""
    with tempfile.TemporaryDirectory() as folder:
        context = launch_profile(playwright, Path(folder))
        context.set_default_timeout(_PATIENCE_MS)
        context.add_init_script(path=_PROBE)
        context.request.get(f"{url}/sign-in")
        yield context
        context.close()


def _hurry(context: BrowserContext, url: str) -> dict[str, float]:
    """Call as soon as Python has started, with all files still to load."""
    page = context.new_page()
    tab = Tab(page, context.new_cdp_session(page))
    python = PythonPage(page, url)
    start = page.evaluate("performance.now()")
    (first,) = python.call("ask_often", _ANSWER, 1)
    longest = _find_longest_task(page, tab, start)
    page.close()
    return {"first, from navigation": start + first, "longest task": longest}


def _visit(context: BrowserContext, url: str) -> dict[str, float]:
    """Call when the page has been open for a moment."""
    page = context.new_page()
    tab = Tab(page, context.new_cdp_session(page))
    python = PythonPage(page, url)
    start = page.evaluate("performance.now()")
    python.call("wait_as_people_do")
    (first,) = python.call("ask_often", _ANSWER, 1)
    later = python.call("ask_often", _ANSWER, _LATER)
    anew = python.call("ask_anew", _ANSWER, _ANEW)
    longest = _find_longest_task(page, tab, start)
    page.close()
    return {
        "first": first,
        "later": median(later),
        "new connection": median(anew),
        "longest task": longest,
    }


def _find_longest_task(page: Page, tab: Tab, start: float) -> float:
    page.wait_for_timeout(500)
    tasks = [duration for begin, duration in tab.read().tasks if begin >= start]
    tab.settle()
    return max(tasks, default=0.0)


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
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        near, far = Path(name) / "near", Path(name) / "far"
        near.mkdir()
        far.mkdir()
        with TwoWays(near) as ways, TwoWays(far, is_far=True) as far_ways:
            samples = measure(playwright, ways.urls, options.visits, visit_near)
            far_samples = measure(playwright, far_ways.urls, options.visits, visit_far)
            for way, found in far_samples.items():
                samples[way] |= found
            memory = measure_memory(playwright, ways.urls["tunnel"], options.requests)
    write_report(options.out, samples, memory, describe_machine("Chromium"))


if __name__ == "__main__":
    main()
