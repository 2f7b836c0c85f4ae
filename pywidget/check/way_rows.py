"""The rows about the way to Zoom: whether its two hosts respond, and this page may read that.

Facts: without a token, a request gets an error as its response. A server that lets pages read its
errors need not let them read successful responses. A relay on the page's own origin asks for that
page's session, which only a browser has; it must not respond to anyone else.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from pywidget.check.addresses import find_origin, is_loopback, is_nearer
from pywidget.check.facts import BrowserFacts
from pywidget.check.page import Page
from pywidget.check.reach import Answer, Heard, Reach
from pywidget.check.row import Row, Verdict
from pywidget.check.tunnel_row import judge_tunnel
from pywidget.domain.errors import UnreachableError
from pywidget.domain.join_link import is_trusted_host
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response, parse_json_object
from pywidget.zoom.probe import (
    build_api_probes,
    build_token_probes,
    parse_api_probe,
    parse_token_probe,
)

_TOKEN = ("token-endpoint", "Zoom's token endpoint")
_API = ("api", "Zoom's API")
_RELAY = ("relay", "Relay")
_SUCCESS = ("success", "Answers that succeed")
_API_METHODS = ("GET", "POST", "PATCH", "DELETE")
_OUTVOTING = ("token-url", "revoke-url", "api-url")  # each takes precedence over data-relay
_FORBIDDEN = 403
_ASKING = frozenset({302, 303, 307, 401, _FORBIDDEN})  # for a session
_OTHER_ORIGIN = "https://another-page.example"
_AS_THE_PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
_AS_ANOTHER_PAGE = {"Origin": _OTHER_ORIGIN, "Sec-Fetch-Site": "cross-site"}
_IN_A_TERMINAL = "Run python -m pywidget.check URL in a terminal, which sees more."


async def judge_way(page: Page, facts: BrowserFacts | None, *, reach: Reach) -> AsyncIterator[Row]:
    """Yield two rows; then one about a relay, if there is one, and one about what cannot be asked.

    A tunnel has a single row instead: it needs nobody's permission to read, and Zoom's hosts need
    not be reached from here.
    """
    if page.settings is None:
        finding = "The addresses are on the script tag, which could not be read."
        for row in (_TOKEN, _API):
            yield Row(*row, Verdict.UNKNOWN, finding, "See the row “Script tag”.")
        return
    if page.settings.tunnel is not None:
        tunnel, ends = page.settings.tunnel, page.settings.endpoints
        yield await judge_tunnel(page.base, tunnel, ends, reach=reach)
        return
    ends = page.settings.endpoints
    judge = _Judge(page, ends, facts, reach)
    token_probe, api_probe = _build_probes(ends)
    token = judge.judge(_TOKEN, ends.token_url, await reach.ask(token_probe, origin=page.origin))
    yield token
    answer = await reach.ask(api_probe, origin=page.origin, methods=_API_METHODS)
    api = judge.judge(_API, ends.api_url, answer)
    yield api
    if ends.relays:
        yield await judge.judge_relay()
    is_open = {token.verdict, api.verdict} == {Verdict.FINE}
    if is_open and any(find_origin(url) != page.origin for url in (ends.token_url, ends.api_url)):
        finding = "Pages may read these errors. Without a token, nothing else can be tried."
        cure = (
            "the relay must send its headers with every response"
            if ends.relays
            else "you need a tunnel or a relay: docs/reaching-zoom.md compares them"
        )
        remedy = f"Sign in once. If that fails with cors_blocked, {cure}."
        yield Row(*_SUCCESS, Verdict.UNKNOWN, finding, remedy)


@dataclass(frozen=True, slots=True)
class _Judge:
    """The knowledge that responses are judged by."""

    page: Page
    ends: Endpoints
    facts: BrowserFacts | None
    reach: Reach

    def judge(self, row: tuple[str, str], url: str, answer: Answer) -> Row:
        """Judge what one host's response means."""
        host = find_origin(url)
        is_unheard = self.facts is None or answer.heard is Heard.NOBODY
        if is_unheard and is_nearer(url, self.page.url):
            what = "this machine" if is_loopback(url) else "the local network"
            finding = (
                f"{host} is {what}, but the page is not: browsers do not let pages from outside "
                "reach it (local network access). It looks like “blocked by CORS”."
            )
            remedy = "A simulator for a public page must be on a public host, too."
            return Row(*row, Verdict.WRONG, finding, remedy)
        match answer.heard:
            case Heard.READABLE:
                response = answer.response or Response(0)
                if self.ends.is_relayed(url):
                    return self._judge_relayed(row, host, response)
                return _judge_direct(row, host, response)
            case Heard.UNREADABLE:
                return self._judge_unreadable(row, host, answer)
            case Heard.REDIRECTED:
                return self._judge_redirect(row, host)
            case Heard.FORBIDDEN:
                finding = f"This check's own content security policy does not allow {host}."
                remedy = f"Add {host} to connect-src in that policy, too. {_IN_A_TERMINAL}"
                return Row(*row, Verdict.UNKNOWN, finding, remedy)
            case Heard.TOO_SLOW:
                finding = f"{host} did not respond within 30 seconds."
                remedy = "Try again. If that does not help, look for a firewall in between."
                return Row(*row, Verdict.WRONG, finding, remedy)
            case Heard.NOBODY:
                return self._judge_silence(row, host)

    async def judge_relay(self) -> Row:
        """Judge who else could use the relay."""
        probes = zip((_TOKEN, _API), _build_probes(self.ends), strict=True)
        faults, asked = [], 0
        for row, probe in probes:
            if not self.ends.is_relayed(probe.url):
                continue
            is_same = find_origin(probe.url) == self.page.origin
            asked += 1
            headers = _AS_THE_PAGE if is_same else _AS_ANOTHER_PAGE
            response = await self.reach.ask_as_stranger(probe, headers)
            if response is None:
                return self._write_unseen()
            allowed = response.headers.get("access-control-allow-origin")
            is_zooms = _is_zooms(row, response, self.ends)
            if is_same and is_zooms:
                faults.append("It passes on calls from people who have no session with you.")
            if not is_same and (is_zooms or allowed in {"*", _OTHER_ORIGIN}):
                faults.append("It accepts calls from pages of other origins.")
        hosts = " and ".join(self.ends.relays)
        if faults:
            remedy = (
                "Make it check your page's own session, as docs/relay/nginx.conf does, or respond "
                "to your page's origin only, as docs/relay/worker.js does. Otherwise anyone can "
                "use it."
            )
            return Row(*_RELAY, Verdict.WRONG, " ".join(dict.fromkeys(faults)), remedy)
        if not asked:
            return self._write_unseen()
        finding = f"{hosts} lets in only this page. It sees the tokens."
        return Row(*_RELAY, Verdict.FINE, finding)

    def _write_unseen(self) -> Row:
        if self.facts is None:
            finding = "It does not respond, so the check cannot tell who else it lets in."
            return Row(*_RELAY, Verdict.UNKNOWN, finding, "See the rows on Zoom's two hosts.")
        finding = "From here, the check cannot tell who else it lets in."
        return Row(*_RELAY, Verdict.UNKNOWN, finding, _IN_A_TERMINAL)

    def _judge_relayed(self, row: tuple[str, str], host: str, response: Response) -> Row:
        refusal = (parse_json_object(response.body) or {}).get("code") == _FORBIDDEN
        if refusal:
            finding = f"{host} passes calls on, but Zoom refuses them (status {response.status})."
            remedy = "It must not pass on the Origin header: Zoom may refuse requests with one."
            return Row(*row, Verdict.WRONG, finding, remedy)
        if _is_zooms(row, response, self.ends):
            return Row(*row, Verdict.FINE, f"{host} passes calls on, and Zoom responds.")
        finding = f"{host} responds, but not as Zoom does (status {response.status})."
        if not self.reach.has_session and response.status in _ASKING:
            remedy = (
                "That is right if it checks your page's session: open check.html in a browser in "
                "which you are signed in."
            )
            return Row(*row, Verdict.UNKNOWN, finding, remedy)
        remedy = "Make sure that the relay runs and knows these paths. docs/relay/ has recipes."
        if response.status in _ASKING:
            remedy = "Sign in to your application in this browser, and check again."
        elif response.is_server_error:
            remedy = "It cannot reach Zoom: its error log says why."
        remedy = f"The widget reports this as relay_failed. {remedy}"
        return Row(*row, Verdict.WRONG, finding, remedy)

    def _judge_unreadable(self, row: tuple[str, str], host: str, answer: Answer) -> Row:
        why = f": {'; '.join(answer.refusals)}" if answer.refusals else ""
        finding = (
            f"{host} responds, but pages of {self.page.origin} may not read the response "
            f"(cors_blocked){why}."
        )
        more = "" if answer.refusals else f" {_IN_A_TERMINAL}"
        if self.ends.is_relayed(host):
            methods = "POST" if row == _TOKEN else ", ".join(_API_METHODS)
            remedy = "The relay must send these headers, also in response to preflights (OPTIONS)."
            copy = (
                f"Access-Control-Allow-Origin: {self.page.origin}\n"
                f"Access-Control-Allow-Methods: {methods}\n"
                "Access-Control-Allow-Headers: Authorization, Content-Type, Accept\n"
                "Vary: Origin"
            )
            return Row(*row, Verdict.WRONG, finding, remedy + more, copy)
        remedy = "Only that host can allow it. docs/reaching-zoom.md compares the ways to Zoom."
        if is_trusted_host(urlsplit(host).netloc):
            remedy = "Only Zoom can allow it: you need a tunnel or a relay (docs/reaching-zoom.md)."
        given = [f"data-{name}" for name in _OUTVOTING if f"data-{name}" in (self.page.tag or {})]
        if given:
            remedy += f" With data-relay, remove {', '.join(given)}, which would take precedence."
        return Row(*row, Verdict.WRONG, finding, remedy + more, 'data-relay="/zoom-relay/"')

    def _judge_redirect(self, row: tuple[str, str], host: str) -> Row:
        if self.ends.is_relayed(host):
            finding = (
                f"{host} redirects calls instead of passing them on: your session there has ended, "
                "or there is a sign-in page in front of the relay."
            )
            remedy = (
                "Sign in to your application in this browser, and check again. If that does not "
                "help, make the relay respond with status 401, not with a redirect, if there is no "
                "session."
            )
            return Row(*row, Verdict.WRONG, finding, remedy)
        finding = f"{host} redirects calls to another address, which is not followed."
        remedy = "Make sure that data-token-url and data-api-url are the right addresses."
        return Row(*row, Verdict.WRONG, finding, remedy)

    def _judge_silence(self, row: tuple[str, str], host: str) -> Row:
        if self.facts is not None and not self.facts.is_online:
            finding = "This browser is offline."
            return Row(*row, Verdict.UNKNOWN, finding, "Check again when there is a connection.")
        finding = f"Nothing responds at {host} from here."
        remedy = (
            "Make sure that the address is right, that its certificate is valid, and that no "
            "firewall or browser extension is in the way."
        )
        return Row(*row, Verdict.WRONG, finding, remedy)


def _build_probes(ends: Endpoints) -> tuple[Request, Request]:
    """Build one probe for each host: the one closest to what is sent after a sign-in."""
    return build_token_probes(ends)[-1], build_api_probes(ends)[-1]


def _judge_direct(row: tuple[str, str], host: str, response: Response) -> Row:
    if response.is_server_error:
        finding = f"{host} responds with status {response.status}."
        remedy = "Zoom has a problem: look at https://status.zoom.us, and check again later."
        return Row(*row, Verdict.WRONG, finding, remedy)
    return Row(*row, Verdict.FINE, f"{host} responds, and this page may read the response.")


def _is_zooms(row: tuple[str, str], response: Response, ends: Endpoints) -> bool:
    """Tell whether Zoom itself has said this, behind a relay."""
    try:
        if row == _API:
            parse_api_probe(response, ends)
        else:
            parse_token_probe(response, ends)
    except UnreachableError:
        return False
    return True
