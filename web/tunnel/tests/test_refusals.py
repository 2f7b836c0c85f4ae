"""Servers that nothing is sent to, and why."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from pywidget.tunnel.mbed_tls import MbedTls
from pywidget.tunnel.ports import TlsError
from web.tunnel.tests.authority import HOST, Issued, issue, make_key, make_root, sign_with_sha1
from web.tunnel.tests.conftest import Connect
from web.tunnel.tests.odd_peer import OddPeer
from web.tunnel.tests.peer import Peer, make_context, shake_hands
from web.tunnel.tests.wasmtime_module import WasmtimeModule

DAY = timedelta(days=1)
VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]
ROOT = make_root()


def issue_below(between: Issued, **settings: Any) -> Issued:
    return issue(between, **settings)


def make_authority(**settings: Any) -> Issued:
    return issue(ROOT, subject="between", is_authority=True, **settings)


REFUSED = {
    "expired": (issue(ROOT, begins=-9 * DAY, ends=-DAY), {"expired"}),
    "expired an hour ago": (issue(ROOT, ends=timedelta(hours=-1)), {"expired"}),
    "not yet valid": (issue(ROOT, begins=DAY), {"not-yet-valid"}),
    "another host": (issue(ROOT, names=("zoom.example",)), {"wrong-name"}),
    "a host below": (issue(ROOT, names=("api.zoom.us",)), {"wrong-name"}),
    "a host that begins the same": (issue(ROOT, names=("zoom.us.example",)), {"wrong-name"}),
    "a wildcard for what is below": (issue(ROOT, names=("*.zoom.us",)), {"wrong-name"}),
    "a wildcard inside": (issue(ROOT, names=("zo*.us",)), {"wrong-name"}),
    "a wildcard for everything": (issue(ROOT, names=("*",)), {"wrong-name"}),
    "a name in the subject only": (issue(ROOT, names=(), subject=HOST), {"wrong-name"}),
    "a name in the subject, others beside": (
        issue(ROOT, names=("other.example",), subject=HOST),
        {"wrong-name"},
    ),
    "signed by itself": (issue(), {"unknown-issuer"}),
    "signed by an unknown authority": (
        issue(make_root(subject="another root")),
        {"unknown-issuer"},
    ),
    "signed by an authority of the same name": (
        issue(issue(subject="a root P-256", kind="P-384", is_authority=True)),
        {"unknown-issuer"},
    ),
    "signed by a server": (issue(issue(ROOT, subject="no authority")), {"unknown-issuer"}),
    "below an authority that may have none below": (
        issue(issue(make_authority(path_length=0), subject="too deep", is_authority=True)),
        {"unknown-issuer"},
    ),
    "below an expired authority": (
        issue_below(make_authority(begins=-9 * DAY, ends=-DAY)),
        {"expired"},
    ),
    "for clients only": (
        issue(ROOT, purpose=ExtendedKeyUsageOID.CLIENT_AUTH),
        {"wrong-purpose"},
    ),
    "a short RSA key": (issue(ROOT, kind="RSA-1024"), {"weak-key"}),
    "below an authority with a short RSA key": (
        issue_below(make_authority(kind="RSA-1024")),
        {"weak-key"},
    ),
    "two faults": (
        issue(ROOT, names=("zoom.example",), begins=-9 * DAY, ends=-DAY),
        {"expired", "wrong-name"},
    ),
}


def refuse(connect: Connect, context: ssl.SSLContext, **settings: Any) -> TlsError:
    """Demands that the client refuses, and tells the server."""
    client, peer = connect(**settings), Peer(context)
    with pytest.raises(TlsError) as raised:
        shake_hands(client, peer)
    assert not client.is_open
    assert not client.has_ended
    alert = client.take()
    assert alert
    peer.answer(alert)
    assert not peer.is_open
    for use in (lambda: client.write(b"a secret"), client.read, lambda: client.feed(b"x")):
        with pytest.raises(TlsError):
            use()
    assert client.take() == b""
    client.close()
    assert client.take() == b""
    client.free()
    return raised.value


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_certificate_is_refused_with_its_cause(
    name: str, version: ssl.TLSVersion, connect: Connect
) -> None:
    issued, causes = REFUSED[name]
    error = refuse(connect, make_context(issued, maximum_version=version))
    assert set(error.certificate_causes) == causes


@pytest.mark.parametrize("highest", [(3, 3), (3, 4)], ids=["TLS 1.2", "TLS 1.3"])
@pytest.mark.parametrize("kind", ["RSA-2048", "P-256"])
def test_a_certificate_is_nothing_without_its_key(
    kind: str, highest: tuple[int, int], connect: Connect
) -> None:
    """Anybody can show Zoom's, which is public."""
    root = make_root("RSA-2048")
    thief = replace(issue(root, kind=kind), key=make_key.__wrapped__(kind))
    client = connect(root)
    with pytest.raises(TlsError) as raised:
        shake_hands(client, OddPeer(thief, maxVersion=highest))
    assert raised.value.certificate_causes == ("not-its-own",)
    assert not client.is_open
    assert client.take()  # an alert
    with pytest.raises(TlsError):
        client.write(b"a secret")


def test_a_wildcard_stands_for_one_label(connect: Connect) -> None:
    context = make_context(issue(ROOT, names=("*.zoom.us",)))
    error = refuse(connect, context, host="a.b.zoom.us")
    assert error.certificate_causes == ("wrong-name",)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_missing_authority_is_not_guessed(version: ssl.TLSVersion, connect: Connect) -> None:
    issued = issue_below(make_authority())
    whole = Peer(make_context(issued, maximum_version=version))
    client = connect()
    shake_hands(client, whole)
    assert client.is_open
    error = refuse(connect, make_context(issued, without=1, maximum_version=version))
    assert error.certificate_causes == ("unknown-issuer",)


RSA_ROOT = make_root("RSA-2048")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_signature_by_sha_1_is_refused(version: ssl.TLSVersion, connect: Connect) -> None:
    issued = issue(RSA_ROOT, kind="RSA-2048")
    client = connect(RSA_ROOT)
    shake_hands(client, Peer(make_context(issued, maximum_version=version)))
    assert client.is_open
    context = make_context(sign_with_sha1(issued, RSA_ROOT), maximum_version=version)
    client, peer = connect(RSA_ROOT), Peer(context)
    with pytest.raises(TlsError) as raised:
        shake_hands(client, peer)
    assert not client.is_open
    assert raised.value.certificate_causes


def test_time_is_the_hosts_clock(connect: Connect, module: WasmtimeModule) -> None:
    context = make_context(issue(ROOT))
    for now, causes in ((0.0, "not-yet-valid"), (4e9, "expired"), (float("nan"), "not-yet-valid")):
        module.now = now
        assert causes in refuse(connect, context).certificate_causes
    module.now = None
    client = connect()
    shake_hands(client, Peer(context))
    assert client.is_open


@pytest.mark.parametrize(
    "settings",
    [
        {
            "minimum_version": ssl.TLSVersion.TLSv1,
            "maximum_version": ssl.TLSVersion.TLSv1_1,
        },
        {"maximum_version": ssl.TLSVersion.TLSv1_2, "set_ciphers": "ECDHE+AES:!AESGCM:@SECLEVEL=0"},
        {"maximum_version": ssl.TLSVersion.TLSv1_2, "set_ciphers": "kRSA:@SECLEVEL=0"},
        {"maximum_version": ssl.TLSVersion.TLSv1_2, "set_ciphers": "DHE:!ECDHE:@SECLEVEL=0"},
        {"set_ecdh_curve": "secp521r1"},
    ],
    ids=["TLS 1.1", "CBC", "RSA key exchange", "finite fields", "P-521"],
)
def test_what_is_not_offered_does_not_come_about(
    settings: dict[str, Any], connect: Connect
) -> None:
    context = make_context(issue(ROOT, kind="RSA-2048"), **settings)
    client, peer = connect(), Peer(context)
    with pytest.raises(TlsError) as raised:
        shake_hands(client, peer)
    assert not client.is_open
    assert not peer.is_open
    assert raised.value.certificate_causes == ()


@pytest.mark.parametrize("version", [(3, 3), (3, 4)])
def test_another_protocol_than_http_1_1_is_refused(
    version: tuple[int, int], connect: Connect
) -> None:
    issued = issue(RSA_ROOT, kind="RSA-2048")
    client = connect(RSA_ROOT)
    shake_hands(client, OddPeer(issued, protocol=b"http/1.1", maxVersion=version))
    assert client.is_open
    for protocol in (b"h2", b"http/1.0", b"http/1.1\0"):
        client = connect(RSA_ROOT)
        with pytest.raises(TlsError) as raised:
            shake_hands(client, OddPeer(issued, protocol=protocol, maxVersion=version))
        assert not client.is_open
        assert raised.value.certificate_causes == ()


@pytest.mark.parametrize(
    "host",
    [
        *("", "x" * 300, "x" * 254, "x" * 100_000, ".", "zoom us", "-zoom.us", "zoom.us."),
        *("zoom.us/", "[::1]", "züm.us", "zoom.us\0.example"),
    ],
)
def test_what_is_no_host_name_is_refused(host: str, connect: Connect) -> None:
    with pytest.raises(TlsError, match="not a host name"):
        connect(host=host)


def test_the_longest_host_name_will_do(connect: Connect) -> None:
    host = ".".join(["x" * 61] * 4)[:253]
    client = connect(host=host)
    shake_hands(client, Peer(make_context(issue(ROOT, names=(host,)))))
    assert client.is_open


@pytest.mark.parametrize(
    ("pem", "detail"),
    [
        ("", "0 of 0"),
        ("no certificate", "0 of 0"),
        (ROOT.pem[:200], "0 of 1"),
        (ROOT.pem + ROOT.pem[:200], "1 of 2"),
        (ROOT.pem + ROOT.key_pem.decode(), "1 of 2"),
        (ROOT.pem.replace("MII", "M!I", 1), "0 of 1"),
        (ROOT.pem.replace("MII", "MI", 1), "no base64"),
        (ROOT.pem + ROOT.pem.replace("MII", "AAA", 1), "certificate 2: a root"),
        (issue().pem, "certificate 1: a root"),
        (make_root("P-521").pem, "certificate 1: a root"),
        (sign_with_sha1(RSA_ROOT, RSA_ROOT).pem, "certificate 1: a root"),
    ],
    ids=[
        *("empty", "no PEM", "cut off", "the second cut off", "a key beside it", "a stray sign"),
        *("a letter less", "the second no certificate", "no authority", "P-521", "SHA-1"),
    ],
)
def test_roots_that_cannot_be_used_are_an_error(
    pem: str, detail: str, module: WasmtimeModule
) -> None:
    with pytest.raises(TlsError, match=detail):
        MbedTls(module, pem)


def test_a_root_with_bytes_behind_it_is_an_error(module: WasmtimeModule) -> None:
    der = ssl.PEM_cert_to_DER_cert(ROOT.pem)
    with pytest.raises(TlsError, match="a root certificate can't be used"):
        MbedTls(module, ssl.DER_cert_to_PEM_cert(der + b"\0"))
