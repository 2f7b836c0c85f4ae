"""The install check in a worker of `check.html`.

The page's script and this module exchange messages. The page asks:

    {"ask": "check", "page": "/appointments", "tag": "", "base": "https://…/zoom/", "facts": "{…}"}
    {"ask": "rehearsal", "result": "{…}"}

and receives `{"tell": …}`: `ready`, then `row` for each row, and `done` with the summary, the
report and the redirect URI for the rehearsal; after a rehearsal `row` and `done` again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from urllib.parse import urljoin

import js
from pyodide.ffi import create_proxy

from pywidget.browser.answer_kind import find_answer_kind, read_forbidden
from pywidget.browser.late_tunnel import TunnelFilesError, load_tunnel
from pywidget.browser.values import make_options
from pywidget.browser.worker_http import WorkerTransport
from pywidget.check.browser_reach import BrowserReach
from pywidget.check.facts import parse_facts
from pywidget.check.origin_row import judge_origin
from pywidget.check.rehearsal import explain_rehearsal
from pywidget.check.report import write_report
from pywidget.check.row import Row
from pywidget.check.run import check_page, find_redirect_uri
from pywidget.check.summary import summarize
from pywidget.check.tag import parse_tag
from pywidget.check.target import Target
from pywidget.check.tunnel_trial import TunnelTrial
from pywidget.domain.json_text import read_json
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request
from pywidget.zoom.tunnel import Tunnel

_TRIAL = "pywidget.browser.tunnel_trial"  # in the tunnel's archive, as text: see late_tunnel.py
_POLICY_SPEAKS = 0.05  # seconds; its events come after the failures that they are about


class WorkerSenses:
    """The `browser_reach.Senses` of a worker."""

    def __init__(self, js_loader: Any) -> None:
        self._js_loader = js_loader
        self._forbidden: list[str] = []
        js.addEventListener("securitypolicyviolation", create_proxy(self._hear))

    async def answers_unseen(self, url: str) -> bool:
        """Tell whether a `no-cors` GET without cookies gets a response, readable or not."""
        kind = await find_answer_kind(url, mode="no-cors")
        if not kind:
            await asyncio.sleep(_POLICY_SPEAKS)
        return bool(kind)

    async def is_redirected(self, request: Request) -> bool:
        """Tell whether this request, sent again, gets a redirect; False if that cannot be seen."""
        body = {} if request.body is None else {"body": request.body.decode()}
        headers = dict(request.headers)
        kind = await find_answer_kind(
            request.url, method=request.method, headers=headers, redirect="manual", **body
        )
        return kind == "opaqueredirect"

    async def try_tunnel(self, base: str, tunnel: Tunnel, ends: Endpoints) -> TunnelTrial:
        """Try a handshake with each of Zoom's hosts, with the files that the widget would use."""
        try:
            _, js_files = await load_tunnel(self._js_loader, base, tunnel.roots_url)
            trial: TunnelTrial = await import_module(_TRIAL).try_tunnel(tunnel, ends, js_files)
        except TunnelFilesError as error:
            return TunnelTrial(problem=str(error))
        return trial

    def was_forbidden(self, url: str) -> bool:
        """Tell whether the policy has named this address, or its origin, so far."""
        return any(url.startswith(address) for address in self._forbidden)

    def _hear(self, js_event: Any) -> None:
        self._forbidden.extend(filter(None, [read_forbidden(js_event)]))


class CheckDesk:
    """A desk that takes the page's messages, one at a time, and keeps the rows for the report."""

    def __init__(self, version: str, js_loader: Any) -> None:
        self._version = version
        self._reach = BrowserReach(WorkerTransport(), WorkerSenses(js_loader))
        self._page_url = ""
        self._redirect_uri: str | None = None
        self._rows: dict[str, Row] = {}

    async def answer(self, message: Mapping[str, str]) -> None:
        """Carry out one message."""
        if message["ask"] == "check":
            await self._check(message)
        else:
            self._show(explain_rehearsal(read_json(message["result"])))
        self._finish()

    async def _check(self, message: Mapping[str, str]) -> None:
        facts = parse_facts(message["facts"])
        tag = message["tag"].strip()
        self._rows, self._redirect_uri = {}, None
        self._page_url = _find_page(message["page"].strip(), facts.origin)
        elsewhere = judge_origin(self._page_url, facts)
        if elsewhere:
            self._show(elsewhere)
            return
        target = Target(self._page_url, (parse_tag(tag) or {}) if tag else None, message["base"])
        async for row in check_page(target, facts=facts, reach=self._reach, now=_tell_time):
            self._show(row)
        self._redirect_uri = await find_redirect_uri(target, reach=self._reach, now=_tell_time)

    def _show(self, row: Row) -> None:
        self._rows[row.id] = row
        _tell("row", row=asdict(row))

    def _finish(self) -> None:
        rows = list(self._rows.values())
        report = write_report(self._page_url, rows, _tell_time(), self._version)
        _tell("done", summary=summarize(rows), report=report, redirectUri=self._redirect_uri or "")


def start(version: str, js_loader: Any) -> None:
    """Start to listen; called once, by the worker's script, when Python is up.

    Args:
        version: The release.
        js_loader: The page's helpers, as far as `load_tunnel` needs them.
    """
    desk = CheckDesk(version, js_loader)
    tasks: set[asyncio.Task[None]] = set()

    def hear(js_event: Any) -> None:
        task = asyncio.ensure_future(desk.answer(js_event.data.to_py()))
        tasks.add(task)
        task.add_done_callback(end)

    def end(task: asyncio.Task[None]) -> None:
        tasks.discard(task)
        if not task.cancelled() and task.exception():
            _tell("failed", problem="stopped", message=type(task.exception()).__name__)
            task.result()  # the console gets the rest

    js.addEventListener("message", create_proxy(hear))
    _tell("ready")


def _find_page(given: str, origin: str) -> str:
    try:
        return urljoin(f"{origin}/", given)
    except ValueError:  # such as https://[
        return given


def _tell_time() -> datetime:
    return datetime.now(UTC)


def _tell(what: str, **more: object) -> None:
    js.postMessage(make_options({"tell": what, **more}))
