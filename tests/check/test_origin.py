"""A page that is another origin's, and what is no page at all: said before anything is asked."""

from __future__ import annotations

import json

import pytest

from pywidget.check.facts import parse_facts
from pywidget.check.origin_row import judge_origin
from pywidget.check.row import Verdict

FACTS = parse_facts(json.dumps({"origin": "https://app.example"}))


@pytest.mark.parametrize(
    "url", ["https://app.example/book?client=7", "https://APP.example:443/", "https://app.example"]
)
def test_a_page_beside_the_check_can_be_looked_at(url: str) -> None:
    assert judge_origin(url, FACTS) is None


@pytest.mark.parametrize(
    ("url", "copy"),
    [
        ("https://book.example/day", "https://book.example/zoom/check.html?page=/day"),
        ("http://app.example/?s3cret#s3cret", "http://app.example/zoom/check.html?page=/"),
        ("https://app.example:8443/a&b", "https://app.example:8443/zoom/check.html?page=/a%26b"),
        ("https://me:s3cret@b.example/", "https://b.example/zoom/check.html?page=/"),
    ],
)
def test_another_origins_page_is_to_be_checked_there(url: str, copy: str) -> None:
    row = judge_origin(url, FACTS)
    assert row
    assert (row.id, row.verdict, row.copy) == ("page", Verdict.WRONG, copy)
    assert "s3cret" not in repr(row)


@pytest.mark.parametrize("url", ["javascript:s3cret", "https://[", "data:text/html,x", "https://"])
def test_what_is_no_address_of_a_page_is_told_so(url: str) -> None:
    row = judge_origin(url, FACTS)
    assert row
    assert (row.verdict, row.finding) == (
        Verdict.WRONG,
        "This is not the address of a page.",
    )
