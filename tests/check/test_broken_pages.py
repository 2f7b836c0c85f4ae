"""Each thing is broken once, over real HTTP, and the check names it and nothing else."""

from __future__ import annotations

import gzip
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha384

import pytest

from pywidget.check.facts import BrowserFacts
from pywidget.check.row import Verdict
from pywidget.check.summary import summarize
from pywidget.check.tag import parse_tag
from tests.check.embedder import SCRIPT, Desk

HIDDEN = {"browser", "success"}
"""What a terminal cannot know, on any page that goes straight to Zoom."""

STRICT = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self' {zoom}; base-uri 'none'; form-action 'none'"
)
RIGHT = f"sha384-{b64encode(sha384(SCRIPT).digest()).decode()}"
RENEW = "public, max-age=300, stale-while-revalidate=86400"

Break = Callable[[Desk], None]


def test_all_is_fine(desk: Desk) -> None:
    checked = desk.check()
    assert checked.wrong == set()
    assert checked.unknown == HIDDEN
    ids = [row.id for row in checked.rows]
    assert len(ids) == len(set(ids))
    assert ids[:3] == ["page", "secure-context", "tag"]
    assert "release 1.2.3" in checked.find("files").finding


def test_all_is_fine_under_the_strict_policy(desk: Desk) -> None:
    policy = STRICT.format(zoom=desk.simulator.url)
    desk.embedder.page_headers["content-security-policy"] = policy
    assert desk.check().wrong == set()


def change_file(name: str, **headers: str | None) -> Break:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return lambda desk: desk.embedder.headers.update({name: named})


def change_page(**headers: str) -> Break:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return lambda desk: desk.embedder.page_headers.update(named)


def change_tag(**attributes: str) -> Break:
    named = {key.replace("_", "-"): value for key, value in attributes.items()}
    return lambda desk: desk.embedder.tag.update(named)


def change_setting(name: str, value: str) -> Break:
    return lambda desk: desk.embedder.settings.update({name: value})


def change_zoom(**settings: object) -> Break:
    def change(desk: Desk) -> None:
        desk.simulator.simulator.change_settings(settings)

    return change


def change_policy(old: str, new: str) -> Break:
    def change(desk: Desk) -> None:
        policy = STRICT.format(zoom=desk.simulator.url)
        assert old in policy
        desk.embedder.page_headers["content-security-policy"] = policy.replace(old, new)

    return change


def set_embedder(**values: object) -> Break:
    def change(desk: Desk) -> None:
        for name, value in values.items():
            assert hasattr(desk.embedder, name)
            setattr(desk.embedder, name, value)

    return change


def set_clock(*, minutes: int) -> Break:
    return lambda desk: setattr(desk, "skew", timedelta(minutes=minutes))


def lose_file(name: str) -> Break:
    def lose(desk: Desk) -> None:
        del desk.embedder.files[name]

    return lose


def rewrite_file(name: str) -> Break:
    def rewrite(desk: Desk) -> None:
        desk.embedder.files[name] += b"\n"

    return rewrite


CASES: list[tuple[str, Break, str, str]] = [
    ("page is an error", set_embedder(page_status=500), "page", "status 500"),
    ("page is no HTML", change_page(content_type="text/plain"), "page", "text/plain"),
    ("classic script", change_tag(type=""), "tag", 'type="module"'),
    ("no source", change_tag(src=""), "tag", "no src"),
    ("client id missing", change_setting("client-id", ""), "settings", "data-client-id"),
    ("placeholder", change_setting("client-id", "PUBLIC_CLIENT_ID"), "settings", "placeholder"),
    ("http relay", change_setting("relay", "http://app.example/"), "settings", "data-relay"),
    ("another origin's callback", change_setting("redirect-uri", "https://b.example/callback.html"),
     "settings", "data-redirect-uri"),
    ("misspelt setting", change_tag(data_redirect_url="x"), "settings", "data-redirect-uri"),
    ("no data-", change_tag(topic="Zoom"), "settings", "data-topic"),
    ("no starts", set_embedder(element='<zoom-meeting appointment="1" notes="#n">'),
     "element", "starts"),
    ("no WebAssembly", change_policy(" 'wasm-unsafe-eval'", ""), "policy", "'wasm-unsafe-eval'"),
    ("no scripts", change_policy("script-src 'self'", "script-src https://cdn.example"),
     "policy", "may not run"),
    ("no icons", change_policy(" data:", ""), "policy", "icons"),
    ("no own requests", change_policy("connect-src 'self'", "connect-src"), "policy", "own files"),
    ("opener cut", change_page(cross_origin_opener_policy="same-origin"), "opener-policy",
     "same-origin-allow-popups"),
    ("CORS off, token", change_zoom(cors_token=False), "token-endpoint",
     "Access-Control-Allow-Origin is missing"),
    ("CORS off, API", change_zoom(cors_api=False), "api", "preflights get status 403"),
    ("clock behind", set_clock(minutes=-6), "clock", "min behind the server's"),
    ("clock ahead", set_clock(minutes=185), "clock", "3 h ahead of the server's"),
    ("half upload", lose_file("assets/core-1a2b.mjs"), "files", "assets/core-1a2b.mjs"),
    ("mixed upload", rewrite_file("embed.js"), "files", "embed.js"),
    ("module's type", change_file("assets/core-1a2b.mjs", content_type="text/plain"),
     "file-types", "js mjs;"),
    ("WebAssembly's type", change_file("assets/python-3c4d.wasm", content_type=None),
     "file-types", "application/wasm"),
    ("not compressed", set_embedder(compresses=False), "compression", "gzip_static on;"),
    ("one not compressed", change_file("assets/library-5e6f.zip", content_encoding="identity"),
     "compression", "assets/library-5e6f.zip"),
    ("assets forgotten", change_file("assets/library-5e6f.zip", cache_control=RENEW), "caching",
     "immutable"),
    ("loader kept", change_file("embed.js", cache_control="max-age=31536000"), "caching",
     "embed.js"),
    ("loader kept for who knows how long", change_file("embed.js", cache_control=None), "caching",
     "max-age=300"),
    ("callback is kept", change_file("callback.html", cache_control="max-age=60"),
     "callback-headers", "Cache-Control: no-store"),
    ("callback is told", change_file("callback.html", referrer_policy="unsafe-url"),
     "callback-headers", "Referrer-Policy: no-referrer"),
    ("another release's hash", change_tag(integrity=f"sha384-{'A' * 64}"), "tag",
     f'integrity="{RIGHT}"'),
    ("callback is a download", change_file("callback.html", content_disposition="attachment"),
     "callback", "Content-Disposition"),
    ("callback in a sandbox", change_file("callback.html", content_security_policy="sandbox"),
     "callback", "without allow-scripts and allow-same-origin"),
    ("callback of no origin",
     change_file("callback.html", content_security_policy="sandbox allow-scripts"),
     "callback", "without allow-same-origin"),
    ("callback needs a nonce",
     change_file("callback.html", content_security_policy="script-src 'self' 'strict-dynamic'"),
     "callback", "script-src 'self'"),
    ("callback may not run",
     change_file("callback.html", content_security_policy="default-src 'none'"), "callback",
     "script-src 'self'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("break_it", "row_id", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_is_broken_is_named_and_nothing_else(
    desk: Desk, break_it: Break, row_id: str, words: str
) -> None:
    break_it(desk)
    checked = desk.check()
    assert checked.wrong == {row_id}
    row = checked.find(row_id)
    assert words in f"{row.finding}\n{row.remedy}\n{row.copy}"
    assert row.remedy


def test_a_policy_without_zoom_is_given_back_corrected(desk: Desk) -> None:
    policy = STRICT.format(zoom="https://zoom.us")
    desk.embedder.page_headers["content-security-policy"] = policy
    row = desk.check().find("policy")
    assert row.verdict is Verdict.WRONG
    assert desk.simulator.url.removeprefix("http://") in row.finding
    mended = row.copy.removeprefix("Content-Security-Policy: ")
    assert mended == policy.replace(
        "'self' https://zoom.us;", f"'self' https://zoom.us {desk.simulator.url};"
    )
    desk.embedder.page_headers["content-security-policy"] = mended
    assert desk.check().wrong == set()


def test_two_policies_must_both_allow_it(desk: Desk) -> None:
    """A header of a proxy in front, the page's own header, and a `<meta>`."""
    zoom = desk.simulator.url
    desk.embedder.page_headers["content-security-policy"] = f"connect-src 'self' {zoom}"
    desk.embedder.second_policy = "img-src *"
    desk.embedder.head = (
        '<meta http-equiv="content-security-policy" content="connect-src \'self\'">'
    )
    row = desk.check().find("policy")
    assert row.verdict is Verdict.WRONG
    assert row.copy.splitlines() == [
        "Content-Security-Policy: img-src * data:",
        f'<meta http-equiv="Content-Security-Policy" content="connect-src \'self\' {zoom}">',
    ]


def test_without_a_worker_it_is_only_slower(desk: Desk) -> None:
    desk.embedder.page_headers["content-security-policy"] = "worker-src 'none'"
    row = desk.check().find("policy")
    assert row.verdict is Verdict.FINE
    assert "slowly" in row.finding
    assert "worker-src" in row.remedy


def test_a_sandbox_without_downloads_only_saves_no_file(desk: Desk) -> None:
    flags = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
    desk.embedder.page_headers["content-security-policy"] = f"sandbox {flags}"
    row = desk.check().find("policy")
    assert row.verdict is Verdict.FINE
    assert "calendar files" in row.finding
    assert "Add allow-downloads to sandbox." in row.remedy
    desk.embedder.page_headers["content-security-policy"] = "sandbox allow-scripts"
    row = desk.check().find("policy")
    assert row.verdict is Verdict.WRONG
    assert "allow-downloads" in row.copy


def test_trusted_types_stop_this_release(desk: Desk) -> None:
    policy = STRICT.format(zoom=desk.simulator.url)
    desk.embedder.page_headers["content-security-policy"] = (
        f"{policy}; require-trusted-types-for 'script'"
    )
    row = desk.check().find("policy")
    assert row.verdict is Verdict.WRONG
    assert "require-trusted-types-for" in row.finding
    assert row.copy == f"Content-Security-Policy: {policy}"


def test_a_page_that_asks_for_a_session_is_not_judged_from_outside(desk: Desk) -> None:
    desk.embedder.page_status = 401
    row = desk.check().find("page")
    assert row.verdict is Verdict.UNKNOWN
    assert "check.html" in row.remedy


def test_a_page_that_sends_one_on_to_sign_in_is_not_judged_from_outside(desk: Desk) -> None:
    desk.embedder.page_status = 302
    desk.embedder.page_headers["location"] = "https://sso.example/?back=secret"
    row = desk.check().find("page")
    assert row.verdict is Verdict.UNKNOWN
    assert "https://sso.example" in row.finding
    assert "secret" not in row.finding


def test_a_redirect_of_the_same_origin_is_followed(desk: Desk) -> None:
    row = desk.check(f"{desk.server.url}/book/").find("page")
    assert row.verdict is Verdict.FINE
    assert f"at {desk.url}" in row.finding


def test_a_page_that_sends_on_to_another_is_not_taken_for_it(desk: Desk) -> None:
    """Whoever is not signed in sees the sign-in page: that is not to be judged."""
    desk.embedder.page_status = 302
    desk.embedder.page_headers["location"] = "/zoom/callback.html"
    checked = desk.check()
    row = checked.find("page")
    assert row.verdict is Verdict.UNKNOWN
    assert "redirects to" in row.finding
    assert "/zoom/callback.html" in row.finding
    assert "signed in" in row.remedy
    assert summarize(checked.rows).startswith("The page could not be checked")


def test_an_error_of_the_servers_own_is_in_its_log(desk: Desk) -> None:
    desk.embedder.page_status = 500
    assert "log" in desk.check().find("page").remedy


def test_a_secret_in_the_tag_is_called_one(desk: Desk) -> None:
    desk.embedder.settings["client-secret"] = "s3cret"
    checked = desk.check()
    assert checked.wrong == {"settings"}
    assert "data-client-secret” shows a secret to everyone" in checked.find("settings").finding


def test_a_tag_that_is_no_module_is_given_back_mended_and_whole(desk: Desk) -> None:
    desk.embedder.tag["type"] = ""
    tag = parse_tag(desk.check().find("tag").copy)
    assert tag is not None
    given = parse_tag(desk.embedder.write_page().decode())
    assert given is not None
    assert tag == {"type": "module", **given}


def test_types_are_offered_as_a_whole_since_such_a_block_replaces_all_others(desk: Desk) -> None:
    desk.embedder.headers["callback.css"] = {"content-type": "text/plain"}
    copy = desk.check().find("file-types").copy
    types = {line.split()[0] for line in copy.splitlines() if line.endswith(";")}
    assert {"text/html", "text/css", "text/javascript", "application/wasm"} <= types


def test_nobody_there(desk: Desk) -> None:
    checked = desk.check("http://127.0.0.1:9/book")
    assert checked.wrong == {"page"}
    assert {"tag", "settings", "policy", "files", "callback", "api"} <= checked.unknown


def test_a_page_whose_script_makes_the_tag_is_checked_by_what_is_given(desk: Desk) -> None:
    markup = desk.embedder.write_page().decode()
    desk.embedder.page = b"<!doctype html><div id=app></div>"
    without = desk.check()
    assert without.wrong == set()
    assert {"tag", "settings", "element", "files"} <= without.unknown
    checked = desk.check(tag=parse_tag(markup))
    assert checked.wrong == set()
    assert checked.unknown == {"element", *HIDDEN}


def test_all_that_is_wrong_with_the_settings_is_said_at_once(desk: Desk) -> None:
    desk.embedder.settings |= {"relay": "ftp://x/", "remember": "always", "client-id": ""}
    finding = desk.check().find("settings").finding
    for name in ("data-client-id", "data-relay", "data-remember"):
        assert name in finding


def test_other_products_scripts_are_not_taken_for_ours(desk: Desk) -> None:
    desk.embedder.head = (
        '<script src="https://video.example/embed.js" data-turbo-track="reload"></script>'
    )
    assert desk.check().wrong == set()


def test_two_tags_that_differ(desk: Desk) -> None:
    desk.embedder.head = '<script type="module" src="/zoom/embed.js" data-client-id="a"></script>'
    assert "tag" in desk.check().wrong


def test_files_of_another_origin(desk: Desk, zoom: object) -> None:
    del zoom
    desk.embedder.tag["src"] = "http://127.0.0.1:9/zoom/embed.js"
    checked = desk.check()
    assert "tag" in checked.wrong
    assert "127.0.0.1:9" in checked.find("tag").finding


def test_another_page_in_the_callbacks_place(desk: Desk) -> None:
    desk.embedder.settings["redirect-uri"] = f"{desk.server.url}/book"
    checked = desk.check()
    assert "another page" in checked.find("callback").finding
    assert checked.wrong == {"callback", "callback-headers"}


def test_no_callback(desk: Desk) -> None:
    desk.embedder.settings["redirect-uri"] = f"{desk.server.url}/nothing.html"
    checked = desk.check()
    assert checked.wrong == {"callback"}
    assert "status 404" in checked.find("callback").finding


def test_a_callback_without_its_script(desk: Desk) -> None:
    """A copy of the page alone, in a folder that the Allow List has."""
    files = desk.embedder.files
    files["back/callback.html"] = files["callback.html"]
    desk.embedder.headers["back/callback.html"] = {
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
    }
    desk.embedder.settings["redirect-uri"] = f"{desk.server.url}/zoom/back/callback.html"
    checked = desk.check()
    assert checked.wrong == {"callback"}
    assert "/zoom/back/callback.js (status 404)" in checked.find("callback").finding
    files["back/callback.js"] = files["callback.js"]
    assert desk.check().wrong == set()
    files["back/callback.js"] += b"// of another release"
    assert desk.check().wrong == {"callback"}


def test_a_callback_whose_script_is_sent_as_text(desk: Desk) -> None:
    desk.embedder.headers["callback.js"] = {"content-type": "text/plain"}
    checked = desk.check()
    assert checked.wrong == {"file-types", "callback"}
    assert "text/plain" in checked.find("callback").finding


@pytest.mark.parametrize(("media_type", "said"), [("text/plain", "text/plain"), (None, "no type")])
def test_a_callback_that_no_browser_shows_as_a_page(
    desk: Desk, media_type: str | None, said: str
) -> None:
    headers = {"content-type": media_type, "x-content-type-options": "nosniff"}
    desk.embedder.headers["callback.html"] = headers
    checked = desk.check()
    assert checked.wrong == {"file-types", "callback"}
    assert said in checked.find("callback").finding


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": None},
        {"content-disposition": "inline"},
        {"content-security-policy": "sandbox allow-scripts allow-same-origin; script-src 'self'"},
    ],
)
def test_a_callback_that_works_is_fine(desk: Desk, headers: dict[str, str | None]) -> None:
    desk.embedder.headers["callback.html"] = headers
    assert "callback" not in desk.check().wrong


@pytest.mark.parametrize(
    "media_type", ["application/x-javascript", "text/ecmascript", "Text/JavaScript1.5; charset=x"]
)
def test_any_of_javascripts_types_will_do(desk: Desk, media_type: str) -> None:
    for name in ("embed.js", "callback.js", "assets/core-1a2b.mjs"):
        desk.embedder.headers[name] = {"content-type": media_type}
    assert desk.check().wrong == set()


@pytest.mark.parametrize("integrity", [RIGHT, f"sha256-old {RIGHT}", "md5-unknown", " "])
def test_an_integrity_that_fits_is_fine(desk: Desk, integrity: str) -> None:
    desk.embedder.tag["integrity"] = integrity
    assert desk.check().wrong == set()


def test_a_client_id_of_another_product_is_not_taken_for_ours(desk: Desk) -> None:
    desk.embedder.head = (
        '<script src="https://pay.example/sdk/js" data-client-id="theirs"></script>'
    )
    assert desk.check().wrong == set()


def test_an_embed_js_of_another_product_here_is_not_ours(desk: Desk) -> None:
    desk.embedder.head = '<script src="/video/embed.js" data-channel="5"></script>'
    assert desk.check().wrong == set()


def test_a_callback_that_something_rewrites(desk: Desk) -> None:
    desk.embedder.files["callback.html"] += b"<!-- injected -->"
    assert desk.check().wrong == {"files", "callback"}


def test_the_clock_of_a_kept_answer_counts_from_its_age(desk: Desk) -> None:
    desk.skew = timedelta(minutes=10)
    assert desk.check().wrong == {"clock"}
    desk.embedder.page_headers["age"] = "600"
    assert desk.check().wrong == set()


def test_plain_http_is_no_secure_context(desk: Desk) -> None:
    """Nobody is there: what counts is the address."""
    checked = desk.check("http://app.invalid/book")
    assert "secure-context" in checked.wrong


def test_what_a_server_compresses_without_being_asked_is_read_all_the_same(desk: Desk) -> None:
    name = "assets/library-5e6f.zip"
    desk.embedder.files[name] = gzip.compress(desk.embedder.files[name], mtime=0)
    desk.embedder.headers[name] = {"content-encoding": "gzip"}
    desk.embedder.compresses = False
    assert "files" not in desk.check().wrong


@pytest.fixture
def good_browser(desk: Desk) -> BrowserFacts:
    return BrowserFacts(
        is_secure=True,
        origin=desk.server.url,
        is_online=True,
        missing=(),
        storage=frozenset({"sessionStorage", "localStorage", "cacheStorage", "indexedDB", "locks"}),
        broadcast_channel=True,
        web_assembly=True,
        cookie_enabled=True,
    )


def test_in_a_good_browser_all_is_fine(desk: Desk, good_browser: BrowserFacts) -> None:
    checked = desk.check(facts=good_browser)
    assert checked.wrong == set()
    assert checked.unknown == {"success"}


@pytest.mark.parametrize(
    ("changes", "row_id", "words"),
    [
        ({"is_secure": False}, "secure-context", "frame"),
        ({"missing": ("Object.hasOwn",)}, "browser", "Object.hasOwn"),
        ({"storage": frozenset({"locks"})}, "storage", "sessionStorage"),
        ({"storage": frozenset({"sessionStorage"})}, "storage", "Web Locks"),
        ({"storage": frozenset(), "cookie_enabled": False}, "storage", "Cookies are blocked"),
        ({"broadcast_channel": False}, "broadcast", "No message"),
        ({"web_assembly": False}, "web-assembly", "'wasm-unsafe-eval'"),
    ],
)
def test_what_a_browser_lacks_is_named(
    desk: Desk,
    good_browser: BrowserFacts,
    changes: dict[str, object],
    row_id: str,
    words: str,
) -> None:
    checked = desk.check(facts=replace(good_browser, **changes))  # type: ignore[arg-type]
    assert checked.wrong == {row_id}
    row = checked.find(row_id)
    assert words in f"{row.finding} {row.remedy}"


def test_what_only_makes_it_slower_is_said(desk: Desk, good_browser: BrowserFacts) -> None:
    facts = replace(good_browser, storage=frozenset({"sessionStorage", "locks"}))
    row = desk.check(facts=facts).find("storage")
    assert row.verdict is Verdict.FINE
    assert "Cache Storage" in row.finding
