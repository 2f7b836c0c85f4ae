"""Says how a request or a response differs from the description."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from zoom_meeting_testing.simulator.masking import mask_text
from zoom_meeting_testing.simulator.messages import find_duplicates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zoom_meeting_testing.openapi.description import Described, Description, Parameter
    from zoom_meeting_testing.openapi.rule import Rule
    from zoom_meeting_testing.simulator.messages import Answer, Call

FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"


def judge_call(operation: Described, call: Call) -> list[str]:
    """Return what is wrong with a request; without any value of it."""
    match = operation.pattern.fullmatch(call.path)
    in_path = list(match.groupdict().items()) if match else []
    problems = _judge_fields(operation.parameters, in_path, "path")
    try:
        fields = _parse_form(call.query)
    except ValueError:
        problems.append("the query is malformed")
    else:
        problems += _judge_fields(operation.parameters, fields, "query")
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    if operation.needs_token and not (scheme == "Bearer" and token):
        problems.append("there is no bearer token")
    if not operation.needs_token and "authorization" in call.headers:
        problems.append("there is an Authorization header")
    return problems + _judge_call_body(operation, call)


def judge_answer(known: Description, operation: Described | None, answer: Answer) -> list[str]:
    """Return what is wrong with a response; to a request that is not described, only an error fits.

    No value of it is in what is returned.
    """
    kind = _find_kind(answer.headers.get("content-type", ""))
    if operation is None:
        return _judge_value(known.error, kind, answer.body)
    described = operation.answers.get(answer.status)
    if described is None:
        return [f"status {answer.status} is not described"]
    problems = []
    for header in described.headers:
        text = answer.headers.get(header.name)
        if text is not None:
            problems += [f"{header.name}: {each}" for each in header.rule.find_text_problems(text)]
        elif header.required:
            problems.append(f"{header.name} is missing")
    if not described.content:
        if answer.body or kind:
            problems.append(f"there is a body of type {kind}")
    elif kind not in described.content:
        problems.append(f"content type {kind!r} is not described")
    else:
        rule = described.content[kind]
        problems += _judge_value(rule, kind, answer.body) if rule else []
    return problems


def _judge_call_body(operation: Described, call: Call) -> list[str]:
    if call.too_large:
        return ["the body is too long"]
    if not operation.body:
        return ["there is a body"] if call.body else []
    if call.content_type not in operation.body:
        return [f"content type {mask_text(call.content_type)!r} is not described"]
    rule = operation.body[call.content_type]
    return _judge_value(rule, call.content_type, call.body) if rule else []


def _judge_value(rule: Rule, kind: str, body: bytes) -> list[str]:
    try:
        if kind == FORM:
            fields = _parse_form(body.decode())
            repeated = [f"body: {mask_text(name)} is repeated" for name in find_duplicates(fields)]
            value: object = dict(fields)
        elif kind == _JSON:
            value, repeated = json.loads(body), []
        else:
            return [f"content type {mask_text(kind)!r} is not described"]
    except (ValueError, RecursionError):
        return ["the body is malformed"]
    return repeated + [f"body: {problem}" for problem in rule.find_problems(value)]


def _judge_fields(
    parameters: Iterable[Parameter], fields: list[tuple[str, str]], place: str
) -> list[str]:
    known = {each.name: each for each in parameters if each.place == place}
    problems = [f"{place}: {mask_text(name)} is repeated" for name in find_duplicates(fields)]
    for name, text in fields:
        if name not in known:
            problems.append(f"{place}: {mask_text(name)} is not described")
        else:
            found = known[name].rule.find_text_problems(text)
            problems += [f"{place}: {name}: {problem}" for problem in found]
    given = {name for name, _text in fields}
    return problems + [
        f"{place}: {name} is missing"
        for name, each in known.items()
        if each.required and name not in given
    ]


def _find_kind(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _parse_form(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True, errors="strict")
