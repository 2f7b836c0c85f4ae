from __future__ import annotations

from html import escape
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from tests.simulator.client import AUTHORIZATION, FRONT_DESK, MAYA, REDIRECT_URI, TEMP

if TYPE_CHECKING:
    from tests.simulator.client import Client


def test_consent_page_says_who_asks_for_what(client: Client) -> None:
    page = client.open_consent()
    assert page.status == 200
    assert "Zoom simulator" in page.text
    assert "SimpleSpa Zoom Connector" in page.text
    assert "meeting:write:meeting" in page.text
    assert f'<option value="{MAYA}" selected>' in page.text
    assert "Signed in as" in page.text


def test_consent_page_has_a_strict_policy(client: Client) -> None:
    page = client.open_consent()
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "form-action 'self' http://127.0.0.1:8123" in policy
    assert "<script" not in page.text
    assert " style=" not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"


def test_sign_in_as_preselects(client: Client) -> None:
    client.simulator.sign_in_as(FRONT_DESK)
    assert f'<option value="{FRONT_DESK}" selected>' in client.open_consent().text


def test_allowing_comes_back_with_code_and_state(client: Client) -> None:
    reply = client.decide(client.open_consent(state="ä & b"))
    assert reply.landing.keys() == {"code", "state"}
    assert reply.landing["state"] == "ä & b"
    assert reply.headers["location"].startswith(f"{REDIRECT_URI}?")


def test_denying_comes_back_with_error_and_state(client: Client) -> None:
    reply = client.decide(client.open_consent(), "deny")
    assert reply.landing == {"error": "access_denied", "state": "the-state"}


def test_the_word_for_denial_is_a_setting(client: Client) -> None:
    client.simulator.change_settings({"denied_error": "user_denied"})
    assert client.decide(client.open_consent(), "deny").landing["error"] == "user_denied"


def test_consent_is_asked_for_every_time(client: Client) -> None:
    client.sign_in()
    assert client.open_consent().status == 200


def test_a_consent_page_answers_once(client: Client) -> None:
    page = client.open_consent()
    assert client.decide(page).status == 302
    assert client.decide(page).status == 400


@pytest.mark.parametrize(("user", "decision"), [("x@example.com", "allow"), (MAYA, "maybe")])
def test_a_made_up_decision_is_refused(client: Client, user: str, decision: str) -> None:
    assert client.decide(client.open_consent(), decision, user).status == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "somebody-else"},
        {"client_id": None},
        {"response_type": "token"},
        {"response_type": None},
        {"redirect_uri": None},
        {"redirect_uri": "http://127.0.0.1:8123/zoom/other.html"},
        {"redirect_uri": "http://127.0.0.1:8123/zoom/callback.html/"},
        {"redirect_uri": "http://127.0.0.1:8123/zoom/callback.html?x=1"},
        {"redirect_uri": "http://127.0.0.1:99999/zoom/callback.html"},
        {"redirect_uri": "http://127.0.0.1:/zoom/callback.html"},
        {"redirect_uri": "http://127.0.0.1.evil.example/zoom/callback.html"},
        {"redirect_uri": "http://user@127.0.0.1:8123/zoom/callback.html"},
        {"redirect_uri": "http://localhost:8123/zoom/callback.html"},
        {"redirect_uri": "https://127.0.0.1:8123/zoom/callback.html"},
        {"code_challenge_method": None},
        {"code_challenge_method": "plain"},
        {"code_challenge": None},
        {"code_challenge": "short"},
        {"code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"},
        {"scope": "meeting:write:meeting user:write:everything"},
    ],
)
def test_mistakes_stay_on_zooms_own_page(client: Client, changes: dict[str, str | None]) -> None:
    page = client.open_consent(**changes)
    assert page.status == 400
    assert "location" not in page.headers
    assert "Zoom simulator" in page.text


def test_a_parameter_sent_twice_is_refused(client: Client) -> None:
    query = urlencode([*AUTHORIZATION.items(), ("state", "another")])
    assert client.send("GET", f"/oauth/authorize?{query}").status == 400


def test_what_a_mistake_echoes_is_escaped(client: Client) -> None:
    attack = "https://x.example/<script>alert(1)</script>"
    page = client.open_consent(redirect_uri=attack)
    assert attack not in page.text
    assert escape(attack) in page.text


def test_registered_redirect_uris_match_exactly(client: Client) -> None:
    client.simulator.change_settings(
        {"redirect_uris": ["https://app.example/cb?x=1"], "development_redirects": False}
    )
    reply = client.decide(client.open_consent(redirect_uri="https://app.example/cb?x=1"))
    assert reply.headers["location"].startswith("https://app.example/cb?x=1&code=")
    assert client.open_consent(redirect_uri="https://app.example/cb").status == 400
    assert client.open_consent().status == 400


def test_an_unpublished_app_never_comes_back(client: Client) -> None:
    client.simulator.change_settings({"app_published": False})
    page = client.open_consent()
    assert page.status == 400
    assert "administrator" in page.text


def test_coop_is_a_setting(client: Client) -> None:
    assert "cross-origin-opener-policy" not in client.open_consent().headers
    client.simulator.change_settings({"consent_coop": True})
    assert client.open_consent().headers["cross-origin-opener-policy"] == "same-origin"


def test_the_way_back_can_be_slow(client: Client) -> None:
    client.simulator.change_settings({"redirect_delay_seconds": 0.05})
    page = client.open_consent()
    started = monotonic()
    assert client.decide(page).landing["code"]
    assert monotonic() - started >= 0.05


def test_marketplace_install_lands_with_a_code_and_no_state(client: Client) -> None:
    page = client.send("GET", f"/marketplace/add?{urlencode({'redirect_uri': REDIRECT_URI})}")
    landing = client.decide(page).landing
    assert landing.keys() == {"code"}
    reply = client.exchange(landing["code"])
    assert (reply.status, reply.json["error"]) == (400, "invalid_grant")


def test_marketplace_install_goes_to_the_demo(client: Client) -> None:
    client.simulator.change_settings({"demo_url": "http://127.0.0.1:8123/"})
    reply = client.decide(client.send("GET", "/marketplace/add"))
    assert reply.headers["location"].startswith(f"{REDIRECT_URI}?code=")


def test_granted_scopes_are_those_of_the_user(client: Client) -> None:
    assert client.sign_in(TEMP)["scope"] == "meeting:write:meeting"


def test_narrower_scopes_can_be_asked_for(client: Client) -> None:
    code = client.get_code(scope="user:read:user meeting:write:meeting")
    assert client.exchange(code).json["scope"] == "meeting:write:meeting user:read:user"


def test_the_redirect_goes_nowhere_else(client: Client) -> None:
    reply = client.decide(client.open_consent())
    assert urlsplit(reply.headers["location"]).netloc == "127.0.0.1:8123"
