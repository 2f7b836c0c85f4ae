"""What may be pasted into a ticket: the rows, and no secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from time import process_time

import pytest

from pywidget.check.addresses import find_folder, find_origin, is_nearer, is_secure, shorten
from pywidget.check.facts import parse_facts
from pywidget.check.rehearsal import explain_rehearsal
from pywidget.check.report import hide_secrets, write_report
from pywidget.check.row import Row, Verdict
from pywidget.check.summary import summarize
from pywidget.check.terminal_text import write_row
from tests.check.embedder import Desk

NOW = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
ROWS = [
    Row("page", "Page", Verdict.FINE, "It is there."),
    Row("policy", "Policy", Verdict.WRONG, "It is not.", "Change it.", "a: b\nc: d"),
    Row("relay", "Relay", Verdict.UNKNOWN, "Who knows?", "Try."),
]


def test_a_report_has_every_row_and_what_is_wrong_first() -> None:
    text = write_report("https://app.example/book", ROWS, NOW, "1.2.3")
    assert text == (
        "Zoom meetings: check of https://app.example/book\n"
        "2026-03-05 18:30 UTC, release 1.2.3: 1 fine, 1 WRONG, 1 cannot be known\n"
        "\n[WRONG] Policy (policy)\n  It is not.\n  Change it.\n    a: b\n    c: d\n"
        "\n[cannot be known] Relay (relay)\n  Who knows?\n  Try.\n"
        "\n[fine] Page (page)\n  It is there.\n"
    )


@pytest.mark.parametrize(
    ("rows", "summary"),
    [
        (ROWS, "1 thing is wrong, 1 fine, 1 cannot be known from here"),
        (ROWS * 2, "2 things are wrong, 2 fine, 2 cannot be known from here"),
        (ROWS[:1], "Nothing is wrong, 1 fine"),
    ],
)
def test_a_summary_says_what_is_wrong_first(rows: list[Row], summary: str) -> None:
    assert summarize(rows) == summary


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a.example/?session=s3cret", "https://a.example/?…"),
        ("see (https://a.example/b?x=s3cret;y=s3cret,s3cret).", "see (https://a.example/b?…)."),
        ("script-src 'nonce-s3cret' x; img-src y", "script-src 'nonce-…' x; img-src y"),
        ("report-uri https://a.example/?key=s3cret; img-src y",
         "report-uri https://a.example/?…; img-src y"),
        ('<a href="/b?s3cret">', '<a href="/b?…">'),
        ("Is it? Yes.", "Is it? Yes."),
        ("https://a.example/b;jsessionid=s3cret/c.", "https://a.example/b;…/c."),
        ("https://a.example/b;PHPSESSID=s3cret and", "https://a.example/b;… and"),
        ("text/html;charset=utf-8", "text/html;charset=utf-8"),
    ],
)  # fmt: skip
def test_secrets_are_cut(text: str, shown: str) -> None:
    assert hide_secrets(text) == shown


@pytest.mark.parametrize(
    "text",
    ["x?a" + ")" * 100_000 + "x", "x?a " * 50_000, ";" + "sess" * 50_000, "'nonce-" * 30_000],
)
def test_no_text_takes_long(text: str) -> None:
    begun = process_time()
    hide_secrets(text)
    assert process_time() - begun < 1


def test_what_is_to_be_copied_has_no_secret_in_a_terminal_or_a_report() -> None:
    policy = "img-src data:; report-uri https://r.example/?sentry_key=s3cret"
    row = Row("policy", "Policy", Verdict.WRONG, "It is not.", "Change it.", policy)
    for text in (write_row(row), write_report("https://app.example/", [row], NOW, "1.2.3")):
        assert "s3cret" not in text
        assert "report-uri https://r.example/?…" in text
        assert "(… replaces what may be secret: keep what you have there.)" in text
    assert "may be secret" not in write_row(replace(row, copy="img-src data:"))


def test_no_secret_of_the_page_gets_into_rows_or_report(desk: Desk) -> None:
    """Wherever a page may have one: addresses, nonce, cookies, the tag's own address."""
    embedder = desk.embedder
    embedder.page_headers |= {
        "set-cookie": "session=s3cret",
        "location": "/book?s3cret",
        "content-security-policy": (
            "script-src 'nonce-s3cret' 'strict-dynamic'; report-uri https://r.example/?k=s3cret"
        ),
    }
    embedder.tag |= {"nonce": "s3cret", "src": "/zoom/embed.js?s3cret", "type": ""}
    embedder.settings["redirect-uri"] = f"{desk.server.url}/zoom/callback.html?s3cret"
    url = f"{desk.url}?token=s3cret#s3cret"
    rows = desk.check(url).rows
    assert {row.id for row in rows if row.verdict is Verdict.WRONG} >= {"policy", "tag"}
    assert "s3cret" not in "".join(f"{row.finding}{row.remedy}" for row in rows)
    assert "s3cret" not in write_report(url, rows, NOW, "1.2.3")


def test_a_terminal_has_80_columns_and_colours_only_if_wanted() -> None:
    row = Row("api", "API", Verdict.WRONG, "word " * 60, "word " * 60, "copy " * 30)
    lines = write_row(row).splitlines()
    assert all(len(line) <= 80 for line in lines[:-1])
    assert lines[-1].strip() == row.copy.strip()  # as it is, to be copied
    assert "\033" not in write_row(row)
    assert "\033[1;31mWRONG" in write_row(row, in_color=True)


# Addresses


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://App.example:443/x", "https://app.example"),
        ("http://127.0.0.1:8000/?a#b", "http://127.0.0.1:8000"),
        ("http://[::1]:80/", "http://[::1]"),
        ("https://user:pass@app.example/", "https://app.example"),
        ("https://app.example:99999/", ""),
        ("/path", ""),
        ("mailto:x", ""),
    ],
)
def test_an_origin_is_written_as_browsers_do(url: str, origin: str) -> None:
    assert find_origin(url) == origin


def test_an_address_is_shown_without_what_may_be_secret() -> None:
    assert shorten("https://u:s3cret@a.example/b@c?s3cret#s3cret") == "https://a.example/b@c"
    assert shorten("/zoom/embed.js?v=3") == "/zoom/embed.js"
    assert shorten("https://a.example/b;jsessionid=s3cret/c;v=s3cret") == "https://a.example/b/c"


def test_a_folder_is_asked_for_as_it_is() -> None:
    assert find_folder("https://a.example/b;v=1/embed.js?x") == "https://a.example/b;v=1/"


@pytest.mark.parametrize(
    ("url", "page", "nearer"),
    [
        ("http://127.0.0.1:8001/", "https://app.example/", True),
        ("http://localhost:8001/", "http://192.168.0.2/", True),
        ("http://10.0.0.1/", "https://app.example/", True),
        ("http://[::1]/", "http://[::1]:8000/", False),
        ("https://zoom.us/", "http://127.0.0.1/", False),
        ("https://zoom.us/", "https://app.example/", False),
    ],
)
def test_browsers_guard_what_is_nearer(url: str, page: str, *, nearer: bool) -> None:
    assert is_nearer(url, page) is nearer


def test_a_page_is_secure_by_https_or_on_this_machine() -> None:
    assert is_secure("https://app.example/")
    assert is_secure("http://127.0.0.1:8000/")
    assert not is_secure("http://192.168.0.2/")
    assert not is_secure("http://localhost.example/")


# What the page's script sends


def test_facts_are_read() -> None:
    facts = parse_facts(
        '{"is_secure": true, "storage": {"locks": true, "localStorage": false}, "missing": ["x"],'
        ' "is_online": 1, "now": 5}'
    )
    assert facts.is_secure
    assert facts.storage == {"locks"}
    assert facts.missing == ("x",)
    assert not facts.is_online
    assert not facts.broadcast_channel


@pytest.mark.parametrize("text", ["", "[]", '{"storage": []}', '{"missing": {}}'])
def test_other_facts_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever json says
        parse_facts(text)


GOOD = {"opened": True, "channel": True, "opener": True, "closed": True, "seconds": 0.44}


@pytest.mark.parametrize(
    ("changes", "verdict", "words"),
    [
        ({}, Verdict.FINE, "BroadcastChannel and the opener in 0.4 s"),
        ({"opener": False}, Verdict.FINE, "by BroadcastChannel in"),
        ({"channel": False}, Verdict.FINE, "by the opener in"),
        ({"opened": False}, Verdict.WRONG, "did not open"),
        ({"channel": False, "opener": False}, Verdict.WRONG, "did not come back"),
        ({"closed": False}, Verdict.WRONG, "did not close"),
    ],
)
def test_a_rehearsal_is_explained(changes: dict[str, object], verdict: Verdict, words: str) -> None:
    row = explain_rehearsal(GOOD | changes)
    assert (row.id, row.verdict) == ("rehearsal", verdict)
    assert words in row.finding
    assert bool(row.remedy) is (verdict is Verdict.WRONG)
