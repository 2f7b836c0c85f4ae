"""The row about a tunnel: the page speaks TLS to Zoom itself, so only a page can try it."""

from __future__ import annotations

from collections.abc import Mapping

from pywidget.check.reach import Reach
from pywidget.check.row import Row, Verdict
from pywidget.check.tunnel_trial import Fault, Handshake, TunnelTrial
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.tunnel import Tunnel

_TUNNEL = ("tunnel", "Tunnel")
_OF_TIME = frozenset({"expired", "not-yet-valid"})
_RECIPE = "docs/tunnel/nginx.conf is a recipe."
_REMEDIES: Mapping[Fault, str] = {
    Fault.NOBODY: (
        "Make sure that websockify is running, and that your server passes WebSockets on to it: "
        f"{_RECIPE} The widget reports this as tunnel_failed."
    ),
    Fault.NOT_ALLOWED: (
        "Sign in to your application in this browser, and check again. If that does not help, your "
        "server does not recognize this page as its own: "
        f"{_RECIPE} The widget reports this as tunnel_refused."
    ),
    Fault.BUSY: (
        "Check again in a moment. If that does not help, raise limit_conn and limit_req: "
        "docs/tunnel/limits.conf and nginx.conf have them."
    ),
    Fault.NO_TARGET: (
        "Make sure that websockify's list of targets names Zoom's two hosts, and that no firewall "
        "keeps your server from reaching them."
    ),
    Fault.TLS: "Make sure that the target is Zoom's host. The widget reports tunnel_failed.",
    Fault.FORBIDDEN: "Add its address to connect-src in that policy, too.",
    Fault.CUT: (
        "Make sure that the target is Zoom's own host, and that nothing on the way cuts the "
        "connection."
    ),
    Fault.NETWORK: "Check again when there is a connection.",
    Fault.TOO_SLOW: "Try again. If that does not help, look for a firewall behind your server.",
}
# Responses of the nginx recipe to a request that does not open a WebSocket.
_BY_STATUS: Mapping[str, str] = {
    "status 400": (
        "Your server would let this page in, but nothing behind it opens a WebSocket: make sure "
        "that websockify is running, and that its list of targets has both names."
    ),
    "status 404": f"Your server has nothing at the address in data-tunnel. {_RECIPE}",
    "status 500": (
        "Your server could not ask your application whether you are signed in: check the address "
        "behind /zoom-tunnel/session."
    ),
}
_UNKNOWN = frozenset({Fault.FORBIDDEN, Fault.NETWORK})


async def judge_tunnel(base: str, tunnel: Tunnel, ends: Endpoints, *, reach: Reach) -> Row:
    """Judge whether it leads to both of Zoom's hosts, and whether they prove who they are."""
    trial = await reach.try_tunnel(base, tunnel, ends)
    if trial is None:
        finding = (
            f"Calls go to Zoom through {tunnel.host}, encrypted. Whether they arrive is unknown."
        )
        remedy = "Open check.html in a browser: only a page can use the tunnel."
        return Row(*_TUNNEL, Verdict.UNKNOWN, finding, remedy)
    if trial.problem:
        remedy = "The widget reports this as tunnel_failed, and says the same in the console."
        return Row(*_TUNNEL, Verdict.WRONG, f"It can't be tried: {trial.problem}", remedy)
    failed = [each for each in trial.handshakes if each.fault]
    if failed:
        return _judge_fault(trial, failed, tunnel)
    return Row(*_TUNNEL, Verdict.FINE, _describe(trial, tunnel))


def _describe(trial: TunnelTrial, tunnel: Tunnel) -> str:
    hosts = " and ".join(f"{each.host} ({each.description})" for each in trial.handshakes)
    dated = f" of {trial.roots_date}" if trial.roots_date else ""
    roots = f"{trial.root_count} root{'' if trial.root_count == 1 else 's'}"
    return (
        f"Through {tunnel.host}, {hosts} have proved to this page who they are. Nothing in between "
        f"sees tokens or responses. The page trusts {roots}{dated}."
    )


def _judge_fault(trial: TunnelTrial, failed: list[Handshake], tunnel: Tunnel) -> Row:
    """Judge the first failure, and the other host with it if that failed in the same way."""
    first = failed[0]
    fault = first.fault or Fault.TLS
    hosts = " and ".join(each.host for each in failed if each.fault is fault)
    detail = f" ({first.detail})" if first.detail else ""
    findings: Mapping[Fault, str] = {
        Fault.NOBODY: f"No forwarder opens a tunnel at {tunnel.host}{detail}.",
        Fault.NOT_ALLOWED: f"{tunnel.host} does not let this page through{detail}.",
        Fault.BUSY: f"{tunnel.host} accepts no more connections at the moment{detail}.",
        Fault.NO_TARGET: f"{tunnel.host} lets this page through, but can't reach {hosts}{detail}.",
        Fault.CERTIFICATE: (
            f"The server that responds as {hosts} could not prove its identity{detail}. Nothing "
            "was sent to it."
        ),
        Fault.TLS: f"The TLS handshake with {hosts} failed{detail}.",
        Fault.FORBIDDEN: (
            f"This check's own content security policy does not allow {tunnel.host}."
        ),
        Fault.CUT: f"The connection to {hosts} breaks off during the handshake{detail}.",
        Fault.NETWORK: "This browser is offline.",
        Fault.TOO_SLOW: f"No tunnel to {hosts} opened within 10 seconds.",
    }
    verdict = Verdict.UNKNOWN if fault in _UNKNOWN else Verdict.WRONG
    remedy = _REMEDIES.get(fault) or _explain_certificate(first, trial)
    if fault is Fault.NOBODY and first.detail in _BY_STATUS:
        remedy = f"{_BY_STATUS[first.detail]} The widget calls this tunnel_failed."
    return Row(*_TUNNEL, verdict, findings[fault], remedy)


def _explain_certificate(handshake: Handshake, trial: TunnelTrial) -> str:
    other = "this machine's date and time are wrong, " if _OF_TIME & set(handshake.causes) else ""
    if "unknown-issuer" in handshake.causes:
        dated = f", of {trial.roots_date}," if trial.roots_date else ""
        other += f"the trusted roots{dated} lack the one that Zoom uses now, "
    return (
        f"Either {other}the target is another host, or something in between reads the traffic, "
        "such as a firewall that opens TLS. The widget reports this as certificate_refused."
    )
