"""The row on a tunnel: the page speaks TLS to Zoom itself, so only a page can try it."""

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
        "See that websockify runs, and that your server passes WebSockets on to it: "
        f"{_RECIPE} The widget calls this tunnel_failed."
    ),
    Fault.NOT_ALLOWED: (
        "Sign in to your application in this browser, and check again. If it stays so, your server "
        f"does not take this page for its own: {_RECIPE} The widget calls this tunnel_refused."
    ),
    Fault.NO_TARGET: (
        "See that websockify's list of targets names Zoom's two hosts, and that no firewall keeps "
        "your server from reaching them."
    ),
    Fault.TLS: "See that the target is Zoom's own host. The widget calls this tunnel_failed.",
    Fault.FORBIDDEN: "Add its address to connect-src there, too.",
    Fault.CUT: "See that the target is Zoom's own host, and that nothing on the way cuts it.",
    Fault.NETWORK: "Check again with a connection.",
    Fault.TOO_SLOW: "Try again; if it stays so, look for a firewall behind your server.",
}
_UNKNOWN = frozenset({Fault.FORBIDDEN, Fault.NETWORK})


async def judge_tunnel(base: str, tunnel: Tunnel, ends: Endpoints, *, reach: Reach) -> Row:
    """Whether it leads to both of Zoom's hosts, and they prove to be these."""
    trial = await reach.try_tunnel(base, tunnel, ends)
    if trial is None:
        finding = (
            f"Calls go to Zoom through {tunnel.host}, encrypted; whether they get there is open."
        )
        remedy = "Open check.html in a browser: only a page can speak through the tunnel."
        return Row(*_TUNNEL, Verdict.UNKNOWN, finding, remedy)
    if trial.problem:
        remedy = "The widget calls this tunnel_failed, and says the same in the browser's console."
        return Row(*_TUNNEL, Verdict.WRONG, f"It can't be tried: {trial.problem}", remedy)
    failed = [each for each in trial.handshakes if each.fault]
    if failed:
        return _judge_fault(failed, tunnel)
    return Row(*_TUNNEL, Verdict.FINE, _describe(trial, tunnel))


def _describe(trial: TunnelTrial, tunnel: Tunnel) -> str:
    hosts = " and ".join(f"{each.host} ({each.description})" for each in trial.handshakes)
    dated = f" of {trial.roots_date}" if trial.roots_date else ""
    roots = f"{trial.root_count} root{'' if trial.root_count == 1 else 's'}"
    return (
        f"Through {tunnel.host}, {hosts} have proved to be themselves to this page; what is in "
        f"between sees neither tokens nor answers. It trusts {roots}{dated}."
    )


def _judge_fault(failed: list[Handshake], tunnel: Tunnel) -> Row:
    """On the first one, and on the other host if it is no better off."""
    first = failed[0]
    fault = first.fault or Fault.TLS
    hosts = " and ".join(each.host for each in failed if each.fault is fault)
    detail = f" ({first.detail})" if first.detail else ""
    findings: Mapping[Fault, str] = {
        Fault.NOBODY: f"Nobody opens a tunnel at {tunnel.host}{detail}.",
        Fault.NOT_ALLOWED: f"{tunnel.host} does not let this page through{detail}.",
        Fault.NO_TARGET: f"{tunnel.host} lets this page through, and can't reach {hosts}{detail}.",
        Fault.CERTIFICATE: (
            f"What answers in the place of {hosts} could not prove to be that{detail}. Nothing was "
            "sent to it."
        ),
        Fault.TLS: f"No TLS could be agreed on with {hosts}{detail}.",
        Fault.FORBIDDEN: (
            f"The policy that this check is served with does not let it open {tunnel.host}."
        ),
        Fault.CUT: f"The connection to {hosts} breaks off in the handshake{detail}.",
        Fault.NETWORK: "This browser is offline.",
        Fault.TOO_SLOW: f"There is no tunnel to {hosts} within 10 seconds.",
    }
    verdict = Verdict.UNKNOWN if fault in _UNKNOWN else Verdict.WRONG
    remedy = _REMEDIES.get(fault) or _explain_certificate(first)
    return Row(*_TUNNEL, verdict, findings[fault], remedy)


def _explain_certificate(handshake: Handshake) -> str:
    clock = "this machine's date and time are wrong, " if _OF_TIME & set(handshake.causes) else ""
    return (
        f"Either {clock}the target is another host, or somebody is in between who reads along, "
        "such as a firewall that opens TLS. The widget calls this certificate_refused."
    )
