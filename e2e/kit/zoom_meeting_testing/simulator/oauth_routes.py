"""Signing in: the consent page, the redirect back, and the token endpoint.

Facts (Zoom's *OAuth 2.0* page, developers.zoom.us/docs/integrations/oauth/): the token endpoint
takes the form of a public client, with no secret, no `Authorization` header, nothing in the query
and no field twice. It answers with JSON, errors as `{"reason", "error"}`.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.simulator.consent import (
    Consent,
    ConsentError,
    parse_authorization,
    parse_installation,
)
from zoom_meeting_testing.simulator.errors import token_error
from zoom_meeting_testing.simulator.messages import (
    Answer,
    find_duplicates,
    json_answer,
    parse_fields,
)
from zoom_meeting_testing.simulator.settings import Revocation, SupersededTokens
from zoom_meeting_testing.simulator.templates import Markup, page_answer
from zoom_meeting_testing.simulator.users import SCOPE_WORDS

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator.grants import TokenPair
    from zoom_meeting_testing.simulator.messages import Call
    from zoom_meeting_testing.simulator.simulator import Simulator

MAXIMUM_CONSENTS: Final = 1000


def show_consent(simulator: Simulator, call: Call) -> Answer:
    """Answer `GET /oauth/authorize` with the consent page (RFC 6749, section 4.1.1)."""
    try:
        consent = parse_authorization(simulator, call.query)
    except ConsentError as error:
        return _show_problem(error)
    return _ask(simulator, consent)


def show_installation(simulator: Simulator, call: Call) -> Answer:
    """Answer `GET /marketplace/add` with the consent page.

    The redirect that follows has a code and no state.
    """
    try:
        consent = parse_installation(simulator, call.query)
    except ConsentError as error:
        return _show_problem(error)
    return _ask(simulator, consent)


def take_decision(simulator: Simulator, call: Call) -> Answer:
    """Answer `POST /oauth/authorize`, which the consent page's form sends, with a redirect."""
    try:
        fields = dict(parse_fields(call.body.decode()))
    except ValueError:
        fields = {}
    consent = simulator.consents.pop(fields.get("ticket", ""), None)
    user = simulator.users.get(fields.get("user", ""))
    decision = fields.get("decision")
    if consent is None or user is None or decision not in ("allow", "deny"):
        return _show_problem(ConsentError("Page expired", "Go back to the app and start again."))
    settings = simulator.settings
    if decision == "deny":
        return _redirect(simulator, consent.build_redirect(error=settings.denied_error))
    granted = tuple(scope for scope in consent.scopes if scope in user.scopes)
    code = simulator.grants.issue_code(
        user.email,
        replace(consent, scopes=granted),
        simulator.clock.now() + timedelta(seconds=settings.code_lifetime),
    )
    return _redirect(simulator, consent.build_redirect(code=code.value))


def exchange(simulator: Simulator, call: Call) -> Answer:
    """Answer `POST /oauth/token` (RFC 6749, sections 4.1.3 and 6). Raises `ZoomError`."""
    form = _read_form(simulator, call)
    match form.get("grant_type"):
        case "authorization_code":
            return _exchange_code(simulator, call, form)
        case "refresh_token":
            return _exchange_refresh_token(simulator, call, form)
        case None:
            raise token_error("invalid_request", "Missing grant type")
        case other:
            raise token_error("unsupported_grant_type", f"Unsupported grant type {other}")


def revoke(simulator: Simulator, call: Call) -> Answer:
    """Answer `POST /oauth/revoke` (RFC 7009, section 2.1). Raises `ZoomError`."""
    form = _read_form(simulator, call)
    if not form.get("token"):
        raise token_error("invalid_request", "Missing token")
    match simulator.settings.revocation:
        case Revocation.REFUSED_400:
            raise token_error("invalid_client", "Invalid client_id or client_secret")
        case Revocation.REFUSED_401:
            raise token_error("invalid_client", "Invalid client_id or client_secret", 401)
        case Revocation.ALLOWED:
            simulator.grants.revoke(form["token"])
            return json_answer(200, {"status": "success"}, {"cache-control": "no-store"})


def _ask(simulator: Simulator, consent: Consent) -> Answer:
    if len(simulator.consents) >= MAXIMUM_CONSENTS:
        simulator.consents.clear()
    ticket = secrets.token_urlsafe(36)
    simulator.consents[ticket] = consent
    settings = simulator.settings
    users = "\n".join(
        f'<option value="{escape(user.email)}"{" selected" * (user.email == settings.sign_in_as)}>'
        f"{escape(user.display_name)} ({escape(user.email)})</option>"
        for user in simulator.users.values()
    )
    scopes = "\n".join(
        f"<li>{escape(SCOPE_WORDS[scope])} <code>{escape(scope)}</code></li>"
        for scope in consent.scopes
    )
    return page_answer(
        200,
        "consent.html",
        {
            "ticket": ticket,
            "users": Markup(users),
            "scopes": Markup(scopes),
            "returns_to": consent.redirect_origin,
        },
        # Chromium applies form-action to the redirect that follows the form, too.
        form_action=f"'self' {consent.redirect_origin}",
        headers={"cross-origin-opener-policy": "same-origin"} if settings.consent_coop else None,
    )


def _show_problem(error: ConsentError) -> Answer:
    return page_answer(400, "problem.html", {"title": error.title, "message": error.message})


def _redirect(simulator: Simulator, location: str) -> Answer:
    headers = {
        "location": location,
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
    }
    return Answer(302, b"", headers, simulator.settings.redirect_delay_seconds)


def _read_form(simulator: Simulator, call: Call) -> dict[str, str]:
    """Read the form of a public client.

    Raises `ZoomError` for what no public client sends.
    """
    if call.query:
        raise token_error("invalid_request", "Parameters belong in the body")
    if call.content_type != "application/x-www-form-urlencoded":
        raise token_error("invalid_request", "Unsupported content type")
    try:
        fields = parse_fields(call.body.decode())
    except ValueError:
        raise token_error("invalid_request", "Malformed body") from None
    duplicates = find_duplicates(fields)
    if duplicates:
        raise token_error("invalid_request", f"Duplicate parameter {duplicates[0]}")
    form = dict(fields)
    secretive = {"client_secret", "client_assertion", "client_assertion_type"} & form.keys()
    if secretive or "authorization" in call.headers:
        raise token_error("invalid_client", "Invalid client_id or client_secret")
    if not form.get("client_id"):
        raise token_error("invalid_request", "Missing client_id")
    if form["client_id"] != simulator.settings.public_client_id:
        raise token_error("invalid_client", "Invalid client_id or client_secret")
    return form


def _require(form: dict[str, str], *names: str) -> list[str]:
    for name in names:
        if not form.get(name):
            raise token_error("invalid_request", f"Missing {name}")
    return [form[name] for name in names]


def _exchange_code(simulator: Simulator, call: Call, form: dict[str, str]) -> Answer:
    value, redirect_uri, verifier = _require(form, "code", "redirect_uri", "code_verifier")
    settings, now = simulator.settings, simulator.clock.now()
    client_id = form["client_id"]
    code = simulator.grants.spend_code(value, client_id, redirect_uri, verifier, now)
    if code is None:
        raise token_error("invalid_grant", f"Invalid authorization code {value}")
    keep_access = settings.superseded_tokens is SupersededTokens.AT_EXPIRY
    simulator.grants.supersede(code.email, client_id, keep_access=keep_access)
    pair = simulator.grants.issue_tokens(code.email, client_id, code.scopes, settings, now)
    return _answer_tokens(simulator, call, pair, with_scope=True)


def _exchange_refresh_token(simulator: Simulator, call: Call, form: dict[str, str]) -> Answer:
    (value,) = _require(form, "refresh_token")
    settings, now = simulator.settings, simulator.clock.now()
    client_id = form["client_id"]
    token = simulator.grants.spend_refresh_token(value, client_id, now)
    if token is None:
        raise token_error("invalid_grant", f"Invalid refresh token {value}")
    pair = simulator.grants.issue_tokens(token.email, client_id, token.scopes, settings, now)
    return _answer_tokens(simulator, call, pair, with_scope=settings.scope_on_refresh)


def _answer_tokens(
    simulator: Simulator, call: Call, pair: TokenPair, *, with_scope: bool
) -> Answer:
    settings = simulator.settings
    body: dict[str, object] = {
        "access_token": pair.access.value,
        "token_type": "bearer",
        "refresh_token": pair.refresh.value,
        "expires_in": settings.token_lifetime,
        "api_url": settings.api_url or call.origin,
    }
    if with_scope:
        body["scope"] = " ".join(pair.access.scopes)
    return json_answer(200, body, {"cache-control": "no-store", "pragma": "no-cache"})
