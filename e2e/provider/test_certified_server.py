"""Signing in at an OAuth server that is not ours, with the product's own code and real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from e2e.provider.certified_server import CLIENT_ID, CertifiedServer
from pywidget.browser.urllib_http import UrllibTransport
from pywidget.connection.departure import Departure
from pywidget.domain.errors import (
    Code,
    NotDoneError,
    SessionEndedError,
    SignInRefusedError,
    UnexpectedAnswerError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.secret import Secret
from pywidget.settings import Settings
from pywidget.zoom.authorization import (
    AuthorizationCode,
    SignInAttempt,
    build_authorization_url,
    parse_authorization_response,
)
from pywidget.zoom.endpoints import Endpoints, parse_endpoints
from pywidget.zoom.http import Request
from pywidget.zoom.token import (
    Token,
    build_refresh_request,
    build_revoke_request,
    build_token_request,
    parse_refreshed_token,
    parse_token_response,
)
from tests.doubles.clock import NOW, run, settle
from tests.doubles.storage import TabStorage
from tests.http.desk import ImpatientClock
from tests.world import World

pytestmark = pytest.mark.provider

REDIRECT_URI: Final = "http://127.0.0.1:8123/zoom/callback.html"
VERIFIER: Final = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
OTHER_VERIFIER: Final = "another-verifier-of-the-right-length-0123456789"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CertifiedServer]:
    folder = tmp_path_factory.mktemp("provider")
    with CertifiedServer(folder, redirect_uri=REDIRECT_URI) as server:
        yield server


@dataclass
class Visitor:
    """The widget's messages, one by one."""

    server: CertifiedServer

    def __post_init__(self) -> None:
        self.endpoints = self.server.endpoints
        self.attempt = SignInAttempt("st-1", Secret(VERIFIER), CLIENT_ID, REDIRECT_URI, "812", NOW)

    def ask(self, **changes: str | None) -> str:
        """The query that comes back, after changes to the request; `None` takes a parameter out."""
        address, _, query = build_authorization_url(self.endpoints, self.attempt).partition("?")
        asked = {**dict(parse_qsl(query)), **changes}
        present = {name: value for name, value in asked.items() if value is not None}
        return self.server.visit(f"{address}?{urlencode(present)}")

    def read(self, query: str, endpoints: Endpoints | None = None) -> AuthorizationCode:
        return parse_authorization_response(
            query, self.attempt, endpoints=endpoints or self.endpoints, now=NOW
        )

    def exchange(self, code: AuthorizationCode) -> Token:
        return parse_token_response(self.send(build_token_request(self.endpoints, code)), now=NOW)

    def sign_in(self) -> Token:
        return self.exchange(self.read(self.ask()))

    def renew(self, token: Token) -> Token:
        assert token.refresh is not None
        request = build_refresh_request(self.endpoints, CLIENT_ID, token.refresh)
        return parse_refreshed_token(self.send(request), token, now=NOW)

    def send(self, request: Request) -> Any:
        return run(UrllibTransport().send(request))


@pytest.fixture
def visitor(server: CertifiedServer) -> Visitor:
    return Visitor(server)


def is_alive(visitor: Visitor, secret: Secret | None) -> bool:
    assert secret is not None
    return visitor.server.is_alive(secret.reveal())


def refuse(code: AuthorizationCode, visitor: Visitor) -> ZoomRefusedError:
    with pytest.raises(ZoomRefusedError) as caught:
        visitor.exchange(code)
    said = f"{caught.value!r} {caught.value} {vars(caught.value)}"
    assert code.code.reveal() not in said
    assert code.attempt.verifier.reveal() not in said
    return caught.value


# The authorization response


def test_a_sign_in_gives_a_token_that_the_server_knows(visitor: Visitor) -> None:
    token = visitor.sign_in()
    assert is_alive(visitor, token.access)
    assert is_alive(visitor, token.refresh)
    assert token.expires_at == NOW + timedelta(hours=1)


def test_the_answer_names_an_issuer_with_a_path_and_it_is_compared_whole(visitor: Visitor) -> None:
    query = visitor.ask()
    assert dict(parse_qsl(query[1:]))["iss"] == visitor.server.issuer
    assert urlsplit(visitor.server.issuer).path == "/some/path"
    visitor.read(query)
    by_origin = {**visitor.server.attributes, "issuer": ""}  # what the widget assumes without one
    with_slash = {**by_origin, "issuer": f"{visitor.server.issuer}/"}
    for attributes in (by_origin, with_slash):
        with pytest.raises(UnexpectedAnswerError, match="another issuer"):
            visitor.read(query, parse_endpoints(attributes))


def test_an_answer_to_another_attempt_is_refused(visitor: Visitor) -> None:
    with pytest.raises(UnexpectedAnswerError) as caught:
        visitor.read(visitor.ask(state="st-2"))
    assert caught.value.code is Code.STATE_MISMATCH


def test_a_denied_consent_is_no_failure(visitor: Visitor) -> None:
    with pytest.raises(NotDoneError) as caught:
        visitor.read(visitor.ask(login_hint="deny"))
    assert caught.value.code is Code.ACCESS_DENIED


@pytest.mark.parametrize("missing", ["code_challenge", "code_challenge_method"])
def test_the_server_insists_on_what_our_request_has(visitor: Visitor, missing: str) -> None:
    """Without the method the challenge would be a plain one, which the server does not take."""
    with pytest.raises(SignInRefusedError) as caught:
        visitor.read(visitor.ask(**{missing: None}))
    assert caught.value.evidence["error"] == "invalid_request"


# The code


def test_a_wrong_verifier_gets_nothing(visitor: Visitor) -> None:
    code = visitor.read(visitor.ask())
    attempt = replace(code.attempt, verifier=Secret(OTHER_VERIFIER))
    assert refuse(replace(code, attempt=attempt), visitor).code is Code.INVALID_GRANT


def test_another_redirect_uri_gets_nothing(visitor: Visitor) -> None:
    code = visitor.read(visitor.ask())
    attempt = replace(code.attempt, redirect_uri=f"{REDIRECT_URI}?x")
    assert refuse(replace(code, attempt=attempt), visitor).code is Code.INVALID_GRANT


def test_an_unknown_client_gets_nothing(visitor: Visitor) -> None:
    code = visitor.read(visitor.ask())
    attempt = replace(code.attempt, client_id="nobody")
    assert refuse(replace(code, attempt=attempt), visitor).code is Code.INVALID_CLIENT


def test_a_code_works_once_and_its_second_use_ends_the_first(visitor: Visitor) -> None:
    code = visitor.read(visitor.ask())
    token = visitor.exchange(code)
    assert refuse(code, visitor).code is Code.INVALID_GRANT
    assert not is_alive(visitor, token.access)
    assert not is_alive(visitor, token.refresh)


# The token


def test_a_refresh_token_is_used_up_by_its_use(visitor: Visitor) -> None:
    first = visitor.sign_in()
    second = visitor.renew(first)
    assert second.refresh != first.refresh
    assert second.access != first.access
    assert second.family == first.family
    assert is_alive(visitor, second.access)


def test_the_reuse_of_a_rotated_refresh_token_ends_the_whole_family(visitor: Visitor) -> None:
    first = visitor.sign_in()
    second = visitor.renew(first)
    with pytest.raises(ZoomRefusedError) as caught:
        visitor.renew(first)
    assert caught.value.code is Code.INVALID_GRANT
    assert not is_alive(visitor, second.refresh)
    with pytest.raises(ZoomRefusedError):
        visitor.renew(second)


def test_a_revoked_token_is_dead(visitor: Visitor) -> None:
    token = visitor.sign_in()
    request = build_revoke_request(visitor.endpoints, CLIENT_ID, token.access)
    assert visitor.send(request).status == 200
    assert not is_alive(visitor, token.access)


# The whole of it: the widget's own sign-in, session and storage


def open_tab(server: CertifiedServer) -> World:
    settings = Settings(CLIENT_ID, REDIRECT_URI, server.endpoints)
    return World(
        UrllibTransport(),  # type: ignore[arg-type] # the page needs no more of it than `send`
        clock=ImpatientClock(),
        storage=TabStorage(),
        settings=settings,
    )


def leave() -> Departure:
    raise AssertionError("the popup opens")


async def sign_in(tab: World, server: CertifiedServer) -> None:
    progress = tab.sign_in.begin("812", leave)
    await settle()
    popup = tab.windows.last
    popup.send(server.visit(popup.url))
    await progress.finished


def test_the_widget_signs_in_renews_and_disconnects(server: CertifiedServer) -> None:
    async def live() -> None:
        tab = open_tab(server)
        await sign_in(tab, server)
        assert [key for key in tab.storage.items if "sign-in" in key] == []
        first = tab.tokens.load()
        assert first is not None
        assert server.is_alive(first.access.reveal())
        tab.clock.jump(3600)
        renewed = await tab.session.get_access()
        assert renewed != first.access
        assert server.is_alive(renewed.reveal())
        await tab.session.end()
        assert tab.tokens.load() is None
        assert not server.is_alive(renewed.reveal())

    run(live())


def test_a_tab_whose_refresh_token_was_used_elsewhere_is_signed_out(
    server: CertifiedServer,
) -> None:
    async def live() -> None:
        tab = open_tab(server)
        await sign_in(tab, server)
        token = tab.tokens.load()
        assert token is not None
        assert token.refresh is not None
        thief = build_refresh_request(server.endpoints, CLIENT_ID, token.refresh)
        assert (await UrllibTransport().send(thief)).status == 200
        tab.clock.jump(3600)
        with pytest.raises(SessionEndedError):
            await tab.session.get_access()
        assert tab.tokens.load() is None

    run(live())


def test_a_refused_sign_in_leaves_nothing_behind(server: CertifiedServer) -> None:
    async def live() -> None:
        tab = open_tab(server)
        progress = tab.sign_in.begin("812", leave)
        await settle()
        popup = tab.windows.last
        query = server.visit(popup.url)
        key = next(key for key in tab.storage.items if "sign-in" in key)
        tab.storage.items[key] = tab.storage.items[key].replace('"verifier": "', '"verifier": "x')
        popup.send(query)
        with pytest.raises(WidgetError) as caught:
            await progress.finished
        assert caught.value.code is Code.INVALID_GRANT
        assert not {key for key in tab.storage.items if "token" in key or "sign-in" in key}

    run(live())
