"""Links: what passes for a join link or a start link, alone and in prose."""

from __future__ import annotations

import json
from dataclasses import replace

from ada_url import URL

from pywidget.domain.join_link import LinkKind, find_join_links, parse_join_link
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Response
from pywidget.zoom.meetings import parse_start_link
from tests.fuzz.oracles import assert_leads_to_zoom, assert_shows_no_secret, refusal
from tests.fuzz.target import Target

_OWN = frozenset({"127.0.0.1:8001", "sim.example"})
_ROOMS = {LinkKind.JOIN: "86012345678", LinkKind.REGISTRANT: "86012345678", LinkKind.PERSONAL: "x"}
_SIMULATED = Endpoints(api_url="https://sim.example/v2")


def check(text: str) -> None:
    """Read one text as a join link, as prose, and as a start link."""
    for trusted in (frozenset[str](), _OWN):
        link = parse_join_link(text, trusted)
        if link is not None:
            assert_leads_to_zoom(link.url, also=trusted)
            assert_shows_no_secret(replace(link, host="zoom.us", room=_ROOMS[link.kind]))
            assert parse_join_link(link.url, trusted) == link
            whole = URL(text.encode(errors="replace").decode())
            assert whole.host == URL(link.url).host, "a browser reads another host"
            assert whole.pathname.rstrip("/") == URL(link.url).pathname
        for start, end, inside in find_join_links(text, trusted):
            assert 0 <= start < end <= len(text)
            assert_leads_to_zoom(inside.url, also=trusted)
            assert parse_join_link(inside.url, trusted) == inside
    answer = Response(200, {}, json.dumps({"start_url": text}).encode())
    for endpoints in (Endpoints(), _SIMULATED):
        with refusal():
            start_url = parse_start_link(answer, endpoints)
            assert_shows_no_secret(start_url)
            assert_leads_to_zoom(start_url.reveal(), also=endpoints.trusted_hosts)


TARGET = Target(
    "links",
    check,
    seeds=(
        "https://us02web.zoom.us/j/86012345678?pwd=s3cr3t",
        "https://us02web.zoom.us/w/86012345678?tk=s3cr3t.a-b&pwd=s3cr3t",
        "https://zoom.us/my/salon.dana/?pwd=s3cr3t#success",
        "https://us02web.zoom.us/s/86012345678?zak=s3cr3t",
        "https://salon.zoomgov.com:443/j/860123456?pwd%3Ds3cr3t&amp;tk=a",
        "https://127.0.0.1:8001/j/86012345678?pwd=s3cr3t",
        "https://sim.example/s/86012345678?zak=s3cr3t",
        r"https://evil.example\.zoom.us/s/86012345678?zak=s3cr3t",
        r"https://evil.example\@us02web.zoom.us/s/86012345678?zak=s3cr3t",
        "https://dana:s3cr3t@us02web.zoom.us/j/86012345678",
        "https://[::1]/s/1?zak=s3cr3t",
        "https://us02web.zoom.us%2f.evil.example/j/86012345678",
        "https://a.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom.us%2Fj%2F860123456&a=b",
        "https://www.google.com/url?q=https://zoom.us/j/86012345678?pwd%3Ds3cr3t&sa=D",
        "https://urldefense.com/v3/__https:/us02web.zoom.us/j/86012345678?pwd=s3cr3t__;!!A!b$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__zoom.us_j_860123456-3Fpwd-3DQ2x&d=D",
    ),
    pieces=(
        *("https://", "HTTPS://", "http://", "https:/", "//", "javascript:", "zoommtg://"),
        *("zoom.us", ".zoom.us", "zoom.com", "zoomgov.com", "zoom.com.cn", "evil.example", "xn--"),
        *("\\", "/", "@", ":", ":443", ":8001", "[::1]", "127.0.0.1", "%2f", "%40", "%00", "%5c"),
        *("?", "#", "&", "&amp;", ";", "..", "/../", "\t", "\n", "\u3002", "\uff0e", "\xad", "<b>"),
        *("/j/", "/s/", "/w/", "/my/", "86012345678", "zak=", "pwd=", "tk=", "\u2024", "\ud800"),
        *("https://www.google.com/url?q=", "https://a.safelinks.protection.outlook.com/?url="),
    ),
)
