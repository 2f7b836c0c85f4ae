"""The canary's search: every form of a secret, and what the report says of it."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import quote

import pytest

from e2e.canary.forms import decompress
from e2e.canary.places import ALLOWED, Place, may_be
from e2e.canary.record import Record
from e2e.canary.report import Tally
from e2e.canary.search import search
from e2e.canary.secrets import Kind, Secrets
from pywidget.connection.attempt_store import PREFIX as ATTEMPT_PREFIX
from pywidget.connection.token_store import KEY as TOKEN_KEY

SECRET = "q7X-Wm_2pLk9vT4sZb8RcN1yH6gJ0dFuE3aQiO5x"
PASSCODE = "7@_k-*"
FORMS: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "cut off at the end": lambda text: text[:20].encode(),
    "cut off at the beginning": lambda text: text[-20:].encode(),
    "reversed": lambda text: text[::-1].encode(),
    "every character percent-encoded": lambda text: "".join(
        f"%{ord(c):02X}" for c in text
    ).encode(),
    "in a query in a query": lambda text: quote(quote(f"a=b&c={text}")).encode(),
    "every character escaped as in JSON": lambda text: "".join(
        f"\\u{ord(c):04x}" for c in text
    ).encode(),
    "every character as an entity": lambda text: "".join(f"&#{ord(c)};" for c in text).encode(),
    "JSON in JSON": lambda text: json.dumps(json.dumps({"token": text})).encode(),
    "UTF-16": lambda text: text.encode("utf-16-le"),
    "UTF-16, big-endian": lambda text: text.encode("utf-16-be"),
    "UTF-32": lambda text: text.encode("utf-32-le"),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "hexadecimal, in capitals": lambda text: text.encode().hex().upper().encode(),
    "Base64": lambda text: base64.b64encode(text.encode() + b"\xfe"),
    "Base64 after one byte": lambda text: base64.b64encode(b"\xff" + text.encode() + b"\xfe"),
    "Base64url after two": lambda text: base64.urlsafe_b64encode(b"\xff\xfe" + text.encode()),
}


def find(content: bytes, secret: str = SECRET, kind: Kind = Kind.ACCESS) -> list[str]:
    record = Record()
    record.add(Place.CONSOLE, b"before " + content + b" after")
    return search(record, [(kind, secret)]).strays


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_form_is_found(form: Callable[[str], bytes]) -> None:
    assert find(form(SECRET)) == ["access_token in the console (1 times)"]


@pytest.mark.parametrize("form", ["plain", "UTF-16", "UTF-32", "every character percent-encoded"])
def test_a_short_passcode_is_found(form: str) -> None:
    assert find(FORMS[form](PASSCODE), PASSCODE, Kind.PASSCODE)


def test_a_digest_gives_nothing_away() -> None:
    digest = sha256(SECRET.encode())
    assert find(digest.hexdigest().encode() + digest.digest()) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-32-le"])
def test_memory_is_searched_in_each_width(encoding: str) -> None:
    record = Record()
    record.add_memory(Place.CACHES, [b"\1" * 999 + SECRET.encode(encoding) + b"\1" * 999])
    assert search(record, [(Kind.REFRESH, SECRET)]).found[Kind.REFRESH, Place.CACHES] == 1
    assert not search(record, [(Kind.REFRESH, SECRET[::-1])]).found


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, bytes])
def test_what_is_packed_is_unpacked(pack: Callable[[bytes], bytes]) -> None:
    assert decompress(pack(SECRET.encode())) == SECRET.encode()


def test_what_the_table_allows_is_counted_and_no_stray() -> None:
    record = Record()
    record.add(Place.AUTHORIZATION, f"Bearer {SECRET}")
    findings = search(record, [(Kind.ACCESS, SECRET)])
    assert findings.strays == []
    assert findings.found[Kind.ACCESS, Place.AUTHORIZATION] == 1
    assert f"{Kind.ACCESS} in {Place.AUTHORIZATION}" not in findings.unused
    assert f"{Kind.CODE} in {Place.TOKEN_BODY}" in findings.unused


def test_the_table_names_no_secret_twice_for_a_place() -> None:
    rows = [(row.place, kind) for row in ALLOWED for kind in row.kinds]
    assert len(rows) == len(set(rows))
    assert not any(may_be(kind, Place.DOM) for kind in Kind)


def test_the_report_names_the_kind_and_the_place_and_never_the_secret() -> None:
    record = Record()
    record.add(Place.CONSOLE, SECRET)
    record.add(Place.AUTHORIZATION, SECRET)
    tally = Tally()
    assert [*tally.write()] == []
    tally.add("a run", search(record, [(Kind.ACCESS, SECRET)]))
    told = "\n".join(tally.write())
    assert SECRET not in told
    assert "| the console | 1 | 0 | 0 | 0 | **1** |" in told
    assert f"| {Place.AUTHORIZATION} | 1 | 0 | 0 | 0 | (1) |" in told
    assert told.endswith("1 kinds stray.")


def test_secrets_are_heard_wherever_they_pass() -> None:
    secrets = Secrets()
    secrets.hear_form("grant_type=authorization_code&code=the-code&code_verifier=the-verifier")
    secrets.hear_token("the-access-token")
    secrets.hear_address("https://zoom.us/oauth/authorize?state=the-state&client_id=public")
    secrets.hear_address("/callback.html?code=another-code&state=the-state")
    secrets.hear_stored(ATTEMPT_PREFIX + "state-in-a-key", '{"verifier": "kept-verifier"}')
    stored = {
        "access_token": "stored-access",
        "refresh_token": "stored-refresh",
        "family": "kin-ship",
    }
    secrets.hear_stored(TOKEN_KEY, json.dumps(stored))
    secrets.hear_stored("pywidget:v1:ended", "2026-03-02T15:00:00+00:00")
    secrets.hear_answer(
        {
            "start_url": "https://zoom.us/s/1?zak=the-start-key",
            "join_url": "https://zoom.us/w/1?tk=the-client-key&pwd=encrypted",
            "password": PASSCODE,
            "encrypted_password": "encrypted",
            "access_token": "short",
        }
    )
    assert sorted(secrets.list_all()) == sorted(
        [
            (Kind.CODE, "the-code"),
            (Kind.CODE, "another-code"),
            (Kind.VERIFIER, "the-verifier"),
            (Kind.VERIFIER, "kept-verifier"),
            (Kind.STATE, "the-state"),
            (Kind.STATE, "state-in-a-key"),
            (Kind.ACCESS, "the-access-token"),
            (Kind.ACCESS, "stored-access"),
            (Kind.REFRESH, "stored-refresh"),
            (Kind.FAMILY, "kin-ship"),
            (Kind.ZAK, "the-start-key"),
            (Kind.TK, "the-client-key"),
            (Kind.PWD, "encrypted"),
            (Kind.PASSCODE, PASSCODE),
        ]
    )
