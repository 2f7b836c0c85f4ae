"""The rows on the way to Zoom: do its two hosts answer, and may this page read them.

Facts: what can be asked without a token gets an error for an answer. A server that lets pages read
its errors need not let them read what succeeds. A relay on the page's own origin asks for that
page's session, which only a browser has; it must not answer anybody else.
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
_OUTVOTING = ("token-url", "revoke-url", "api-url")  # each counts for more than data-relay
_SERVER_ERRORS = 500
_FORBIDDEN = 403
_ASKING = frozenset({302, 303, 307, 401, _FORBIDDEN})  # for a session
_OTHER_ORIGIN = "https://another-page.example"
_AS_THE_PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
_AS_ANOTHER_PAGE = {"Origin": _OTHER_ORIGIN, "Sec-Fetch-Site": "cross-site"}
_IN_A_TERMINAL = "Run python -m pywidget.check URL in a terminal, which sees more."


async def judge_way(page: Page, facts: BrowserFacts | None, *, reach: Reach) -> AsyncIterator[Row]:
    """Two rows; with a relay a third one on it, else one on what cannot be asked.

    A tunnel has one row of its own instead: it asks nobody for leave to read, and Zoom's hosts need
    not be reached from here.
    """
    if page.settings is None:
        finding = "The addresses stand on the script tag, which could not be read."
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
        finding = "Pages may read these errors; whether more, cannot be asked without a token."
        cure = (
            "the relay has to send its headers with every answer"
            if ends.relays
            else "a relay is needed: docs/reaching-zoom.md compares the ways"
        )
        remedy = f"Sign in once. If that fails with cors_blocked, {cure}."
        yield Row(*_SUCCESS, Verdict.UNKNOWN, finding, remedy)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Knows what the answers are judged by."""

    page: Page
    ends: Endpoints
    facts: BrowserFacts | None
    reach: Reach

    def judge(self, row: tuple[str, str], url: str, answer: Answer) -> Row:
        """What one host's answer means."""
        host = find_origin(url)
        is_unheard = self.facts is None or answer.heard is Heard.NOBODY
        if is_unheard and is_nearer(url, self.page.url):
            what = "this machine" if is_loopback(url) else "the local network"
            finding = (
                f"{host} is {what}, and the page is not: browsers let no page reach it from "
                "outside (local network access). It looks like “blocked by CORS”."
            )
            remedy = "A simulator for a public page has to be on a public host, too."
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
                finding = f"The policy that this check is served with does not let it ask {host}."
                remedy = f"Add {host} to connect-src there, too. {_IN_A_TERMINAL}"
                return Row(*row, Verdict.UNKNOWN, finding, remedy)
            case Heard.TOO_SLOW:
                finding = f"{host} does not answer within 30 seconds."
                remedy = "Try again; if it stays so, look for a firewall in between."
                return Row(*row, Verdict.WRONG, finding, remedy)
            case Heard.NOBODY:
                return self._judge_silence(row, host)

    async def judge_relay(self) -> Row:
        """Whom else the relay lets in."""
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
                faults.append("It passes on calls of people who have no session of yours.")
            if not is_same and (is_zooms or allowed in {"*", _OTHER_ORIGIN}):
                faults.append("It lets pages of other origins in.")
        hosts = " and ".join(self.ends.relays)
        if faults:
            remedy = (
                "Let it ask for your page's own session, as docs/relay/nginx.conf does, or answer "
                "your page's origin only, as docs/relay/worker.js does: else anybody may use it."
            )
            return Row(*_RELAY, Verdict.WRONG, " ".join(dict.fromkeys(faults)), remedy)
        if not asked:
            return self._write_unseen()
        finding = f"{hosts} lets nobody in but this page. It sees the tokens."
        return Row(*_RELAY, Verdict.FINE, finding)

    def _write_unseen(self) -> Row:
        if self.facts is None:
            finding = "Whom else it lets in cannot be known: it does not answer."
            return Row(*_RELAY, Verdict.UNKNOWN, finding, "See the rows on Zoom's two hosts.")
        finding = "Whom else it lets in cannot be seen from here."
        return Row(*_RELAY, Verdict.UNKNOWN, finding, _IN_A_TERMINAL)

    def _judge_relayed(self, row: tuple[str, str], host: str, response: Response) -> Row:
        refusal = (parse_json_object(response.body) or {}).get("code") == _FORBIDDEN
        if refusal:
            finding = f"{host} passes calls on, but Zoom refuses them (status {response.status})."
            remedy = "It must not pass on Origin: Zoom may refuse whatever names one."
            return Row(*row, Verdict.WRONG, finding, remedy)
        if _is_zooms(row, response, self.ends):
            return Row(*row, Verdict.FINE, f"{host} passes calls on, and Zoom answers.")
        finding = f"{host} answers, but not as Zoom does (status {response.status})."
        if not self.reach.has_session and response.status in _ASKING:
            remedy = (
                "That is right if it asks for your page's session: open check.html in a browser "
                "in which you are signed in."
            )
            return Row(*row, Verdict.UNKNOWN, finding, remedy)
        remedy = "See that the relay runs and knows these paths; docs/relay/ has recipes."
        if response.status in _ASKING:
            remedy = "Sign in to your application in this browser, and check again."
        elif response.status >= _SERVER_ERRORS:
            remedy = "It cannot reach Zoom: its error log says why."
        remedy = f"The widget calls this relay_failed. {remedy}"
        return Row(*row, Verdict.WRONG, finding, remedy)

    def _judge_unreadable(self, row: tuple[str, str], host: str, answer: Answer) -> Row:
        why = f": {'; '.join(answer.refusals)}" if answer.refusals else ""
        finding = (
            f"{host} answers, but pages of {self.page.origin} may not read it (cors_blocked){why}."
        )
        more = "" if answer.refusals else f" {_IN_A_TERMINAL}"
        if self.ends.is_relayed(host):
            methods = "POST" if row == _TOKEN else ", ".join(_API_METHODS)
            remedy = "The relay has to send these, and to answer preflights (OPTIONS) with them."
            copy = (
                f"Access-Control-Allow-Origin: {self.page.origin}\n"
                f"Access-Control-Allow-Methods: {methods}\n"
                "Access-Control-Allow-Headers: Authorization, Content-Type, Accept\n"
                "Vary: Origin"
            )
            return Row(*row, Verdict.WRONG, finding, remedy + more, copy)
        remedy = "Only who serves it could allow it. docs/reaching-zoom.md compares the ways."
        if is_trusted_host(urlsplit(host).netloc):
            remedy = "Only Zoom could allow it: a relay is needed (docs/reaching-zoom.md)."
        given = [f"data-{name}" for name in _OUTVOTING if f"data-{name}" in (self.page.tag or {})]
        if given:
            remedy += f" With data-relay, take away {', '.join(given)}: they would count for more."
        return Row(*row, Verdict.WRONG, finding, remedy + more, 'data-relay="/zoom-relay/"')

    def _judge_redirect(self, row: tuple[str, str], host: str) -> Row:
        if self.ends.is_relayed(host):
            finding = (
                f"{host} redirects calls instead of passing them on: your session there is over, "
                "or a sign-in stands before the relay."
            )
            remedy = (
                "Sign in to your application in this browser, and check again. If it stays so, let "
                "the relay answer with status 401, not with a redirect, where there is no session."
            )
            return Row(*row, Verdict.WRONG, finding, remedy)
        finding = f"{host} redirects calls to another address, which is not followed."
        remedy = "See that data-token-url and data-api-url are the right addresses."
        return Row(*row, Verdict.WRONG, finding, remedy)

    def _judge_silence(self, row: tuple[str, str], host: str) -> Row:
        if self.facts is not None and not self.facts.is_online:
            finding = "This browser is offline."
            return Row(*row, Verdict.UNKNOWN, finding, "Check again with a connection.")
        finding = f"Nobody answers at {host} from here."
        remedy = (
            "See that the address is right, that its certificate is valid, and that no firewall "
            "and no browser extension is in the way."
        )
        return Row(*row, Verdict.WRONG, finding, remedy)


def _build_probes(ends: Endpoints) -> tuple[Request, Request]:
    """One for each host, of those that come closest to what is sent after a sign-in."""
    return build_token_probes(ends)[-1], build_api_probes(ends)[-1]


def _judge_direct(row: tuple[str, str], host: str, response: Response) -> Row:
    if response.status >= _SERVER_ERRORS:
        finding = f"{host} answers with status {response.status}."
        remedy = "Zoom has a problem: look at https://status.zoom.us, and check again."
        return Row(*row, Verdict.WRONG, finding, remedy)
    return Row(*row, Verdict.FINE, f"{host} answers, and this page may read it.")


def _is_zooms(row: tuple[str, str], response: Response, ends: Endpoints) -> bool:
    """Whether Zoom itself has said this, behind a relay."""
    try:
        if row == _API:
            parse_api_probe(response, ends)
        else:
            parse_token_probe(response, ends)
    except UnreachableError:
        return False
    return True
