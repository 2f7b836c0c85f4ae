"""Finds what the widget tells the page: the names of events, and of what their details hold.

Facts: the state machine says what to tell with `Emit(name)`, or with `EmitMeeting(name, …)`, whose
details are the dictionary that has a `startsAt`. The details of an error are the dictionary that
has a `message`, those of a question to the host page the one that has a `channel`. Names are
members of `EventName`. The function that calls the element's `emit` adds what all events have. The
loader fires one event, too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.public_contract.sources import ContractError, find_in_files, find_members, walk

_EMIT, _EMIT_MEETING, _NAMES = "Emit", "EmitMeeting", "EventName"
_OF_MEETINGS, _OF_ERRORS, _ERROR = "startsAt", "message", "error"
_OF_SENDING, _SEND = "channel", "send"


def list_events() -> list[str]:
    """Write a line for each event: its name, and its details in order of the alphabet."""
    details: dict[str, set[str]] = {}
    own, of_meetings = _find_own_keys(), _find_keys_beside(_OF_MEETINGS)
    for function in (node for node in walk() if isinstance(node, ast.FunctionDef)):
        for call in _find_calls(function):
            keys = of_meetings if _get_name(call.func) == _EMIT_MEETING else set[str]()
            for name in _resolve(call.args[0], function):
                details.setdefault(name, set(own)).update(keys)
    details[_ERROR] = own | _find_keys_beside(_OF_ERRORS)
    details[_SEND] = _find_keys_beside(_OF_SENDING)
    for name in find_in_files(r"new CustomEvent\(\s*\"zoom-meeting:([\w-]+)\"", "web/*.js"):
        details.setdefault(name, set(own))
    return [f"zoom-meeting:{name}  {' '.join(sorted(keys))}" for name, keys in details.items()]


def _get_name(node: ast.expr) -> str:
    """Return the last part of a name: `Emit` for `do.Emit`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _find_calls(function: ast.FunctionDef) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and _get_name(node.func) in {_EMIT, _EMIT_MEETING}:
            yield node


def _find_keys_beside(key: str) -> set[str]:
    found = [keys for node in walk() if key in (keys := _get_keys(node))]
    if len(found) != 1:
        raise ContractError(f"{len(found)} dictionaries have a {key}")
    return found[0]


def _find_own_keys() -> set[str]:
    """Find what every event has: the dictionaries beside the one call of the element's `emit`."""
    callers = [
        node
        for node in walk()
        if isinstance(node, ast.FunctionDef) and any(map(_calls_element, ast.walk(node)))
    ]
    keys = {key for caller in callers for node in ast.walk(caller) for key in _get_keys(node)}
    if not keys:
        raise ContractError("nothing calls the element's emit")
    return keys


def _calls_element(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("host.emit")


def _get_keys(node: ast.AST) -> set[str]:
    if not isinstance(node, ast.Dict):
        return set()
    return {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}


def _resolve(node: ast.expr, function: ast.FunctionDef) -> set[str]:
    """Return every event that an argument may be: it is a name, or was chosen from some nearby."""
    match node:
        case ast.Attribute(value=enum, attr=member) if _get_name(enum) == _NAMES:
            return {find_members(_NAMES)[member]}
        case ast.IfExp():
            return _resolve(node.body, function) | _resolve(node.orelse, function)
        case ast.Name(id=name):
            values = [
                each.value
                for each in ast.walk(function)
                if isinstance(each, ast.Assign) and name in map(_get_name, each.targets)
            ]
            found = {text for value in values for text in _resolve(value, function)}
            if found:
                return found
    raise ContractError(f"which event is {ast.unparse(node)} in {function.name}?")
