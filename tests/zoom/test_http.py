"""HTTP messages as values."""

from __future__ import annotations

import pytest

from pywidget.zoom.http import Request, Response, build_form_request, parse_json_object


def test_a_form_is_encoded_once() -> None:
    request = build_form_request("https://zoom.us/oauth/token", {"a b": "ü&=", "c": ""})
    assert request.body == b"a+b=%C3%BC%26%3D&c="


def test_a_form_can_hold_what_has_no_encoding() -> None:
    assert build_form_request("https://zoom.us/oauth/token", {"a": "x\ud800"}).body == b"a=x%3F"


def test_nothing_is_repeated_unless_it_says_so() -> None:
    assert not Request("POST", "https://zoom.us").may_repeat
    assert not build_form_request("https://zoom.us", {}).may_repeat


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"{}", {}),
        (b' {"a": [1]} ', {"a": [1]}),
        ('{"a": "\u00fc"}'.encode(), {"a": "\u00fc"}),
        ('{"a": "\u00fc"}'.encode("utf-8-sig"), {"a": "\u00fc"}),
        ('{"a": "\u00fc"}'.encode("utf-16"), None),
        (b'{"a": NaN}', None),
        (b'{"a": -Infinity}', None),
        (b"", None),
        (b"[]", None),
        (b"null", None),
        (b"1", None),
        (b"<html>", None),
        (b"\xff", None),
        (b"{" * 300_000, None),
        (b"[" * 300_000, None),
        (b'{"a": ' + b"1" * 10_000 + b"}", None),
    ],
)
def test_only_a_json_object_is_one(body: bytes, value: object) -> None:
    assert parse_json_object(body) == value


def test_messages_do_not_show_what_they_carry() -> None:
    shown = f"{Request('GET', 'https://zoom.us', {'a': 's3cr3t'}, b's3cr3t')!r}"
    shown += f"{Response(200, {'a': 's3cr3t'}, b's3cr3t')!r}"
    assert "s3cr3t" not in shown
