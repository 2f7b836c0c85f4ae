"""Finding the widget's tag among what pages hold, and saying what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from pywidget.check.page_html import parse_html
from pywidget.check.tag import KNOWN, find_tag, parse_tag, read_settings
from pywidget.settings import parse_settings

PAGE = "https://app.example/book"
ORIGIN = "https://app.example"
BASE = f"{ORIGIN}/zoom/"
OURS = '<script type=module src="/zoom/embed.js" data-client-id="a"></script>'


class Recorder(Mapping[str, str]):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        if name == "client-id":
            return "a"
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def test_the_known_names_are_those_that_are_read() -> None:
    recorder = Recorder()
    parse_settings(recorder, base=BASE, page_origin=ORIGIN)
    assert recorder.asked == set(KNOWN)


@pytest.mark.parametrize(
    "markup",
    [
        OURS,
        f'<script src="https://video.example/embed.js"></script>{OURS}',
        '<SCRIPT SRC="/zoom/embed.js?v=3" TYPE="module">',
        '<script src="https://cdn.example/embed.js" data-relay="/r/"></script>',
        '<script src="/zoom/renamed.js" data-client-id="a"></script>',
    ],
)
def test_our_tag_is_found(markup: str) -> None:
    tag = find_tag(parse_html(markup).scripts, page_url=PAGE)
    assert tag is not None
    assert "video" not in tag["src"]


@pytest.mark.parametrize(
    "other",
    [
        '<script src="https://pay.example/sdk/js" data-client-id="theirs"></script>',
        '<script src="/chat.js" data-client-id="theirs"></script>',
        '<script src="/video/embed.js"></script>',
    ],
)
@pytest.mark.parametrize("ours", [OURS, '<script src="/zoom/embed.js" data-relay="/r/"></script>'])
def test_another_products_tag_does_not_come_before_ours(other: str, ours: str) -> None:
    tag = find_tag(parse_html(f"{other}{ours}").scripts, page_url=PAGE)
    assert tag is not None
    assert tag["src"] == "/zoom/embed.js"


def test_an_embed_js_of_the_pages_origin_comes_before_another_ones() -> None:
    other = '<script src="https://video.example/embed.js" data-client-id="theirs"></script>'
    tag = find_tag(parse_html(f"{other}{OURS}").scripts, page_url=PAGE)
    assert tag is not None
    assert tag["src"] == "/zoom/embed.js"


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<script>let a = '<script src=/zoom/embed.js>'</script>",
        f"<!-- {OURS} -->",
        f"<template>{OURS}</template>",
        '<script src="https://video.example/embed.js"></script>',
        '<script src="/embed.js.map"></script>',
    ],
)
def test_what_is_none_of_ours_is_not_taken_for_it(markup: str) -> None:
    assert find_tag(parse_html(markup).scripts, page_url=PAGE) is None


def test_a_pasted_tag_is_read_with_its_entities() -> None:
    tag = parse_tag('text <script type="module" data-topic="A &amp; B" data-topic="C"\nsrc=x>')
    assert tag == {"type": "module", "data-topic": "A & B", "src": "x"}
    assert parse_tag("data-client-id=5") is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("data-clientid", "data-client-id"),
        ("data-client_id", "data-client-id"),
        ("data-redirect-url", "data-redirect-uri"),
        ("data-register-client", "data-register-clients"),
        ("data-apiurl", "data-api-url"),
        ("relay", "data-relay"),
    ],
)
def test_a_misspelt_setting_is_told_with_the_right_name(name: str, meant: str) -> None:
    _, problems = read_settings({"data-client-id": "a", name: "x"}, base=BASE, page_origin=ORIGIN)
    assert len(problems) == 1
    assert f"“{meant}”" in problems[0]


@pytest.mark.parametrize("name", ["data-turbo-track", "data-cfasync", "async", "nonce", "data-v-1"])
def test_attributes_of_the_host_are_its_own(name: str) -> None:
    settings, problems = read_settings(
        {"data-client-id": "a", name: ""}, base=BASE, page_origin=ORIGIN
    )
    assert problems == ()
    assert settings is not None
    assert settings.redirect_uri == f"{BASE}callback.html"


def test_what_is_right_counts_beside_what_is_wrong() -> None:
    tag = {"data-client-id": "", "data-relay": "/relay/", "data-issuer": "x", "data-remember": "?"}
    settings, problems = read_settings(tag, base=BASE, page_origin=ORIGIN)
    assert settings is not None
    assert settings.endpoints.api_url == f"{ORIGIN}/relay/v2"
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("tag", "base"),
    [({"data-redirect-uri": "https://b.example/callback.html"}, BASE), ({}, "")],
)
def test_an_unknown_redirect_uri_is_empty(tag: dict[str, str], base: str) -> None:
    settings, _ = read_settings({"data-client-id": "a"} | tag, base=base, page_origin=ORIGIN)
    assert settings is not None
    assert settings.redirect_uri == ""


def test_a_policy_in_a_meta_counts_in_the_head_only() -> None:
    meta = '<meta http-equiv="Content-Security-Policy" content="default-src {}">'
    html = parse_html(
        f"<!doctype html><head>{meta.format('a')}</head><body>{meta.format('b')}</body>"
    )
    assert html.policies == ("default-src a",)


def test_a_base_moves_relative_addresses() -> None:
    assert parse_html('<base target=_top><base href="/a/"><base href="/b/">').base == "/a/"
