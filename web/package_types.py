"""The types of the npm package that follow from the public contract: `types/names.d.ts`.

Facts: what has the same shape in every release is written by hand, in `web/package/types/`. What
the contract lists is written here: attributes, settings, events, states and error codes. A getter
and a setter may have different types (TypeScript 5.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from web.contract_names import Contract, NameMissingError

_HEAD: Final = (
    "/** The names of the public contract. Written by the release from docs/contract.txt. */\n"
)
_TEXT: Final = "string"
_SWITCHES: Final = frozenset({"disabled", "read-only"})
_VALUES: Final = {
    "duration": "number | `${number}`",
    "status": '"booked" | "cancelled" | "no-show" | "done"',
}
"""Attributes that are more than any text, or another thing."""

_REQUIRED: Final = frozenset({"appointment", "starts"})
_SETTINGS: Final = {
    "register-clients": '"auto" | "never"',
    "remember": '"browser" | "session"',
    "send": '"device" | "host"',
    "share-sign-in": '"tabs" | "none"',
}
_DETAILS: Final = {
    "channel": 'channel: "email" | "text" | "copy"',
    "code": "code: ErrorCode",
    "message": "message: string",
    "to": "to: string",
    "subject": "subject: string",
    "text": "text: string",
    "joinUrl": "joinUrl: string",
    "meetingId": "meetingId?: string",
    "topic": "topic?: string",
    "startsAt": "startsAt?: string",
    "line": "line?: string",
}
"""What a `detail` holds; what the widget may not know is optional."""

_ERROR, _SEND = "zoom-meeting:error", "zoom-meeting:send"


def write_types(contract: Contract) -> str:
    """Write the whole file.

    Raises:
        NameMissingError: An event has a detail that nobody has given a type, or a document lacks a
            description.
    """
    return "\n".join(
        (
            _HEAD,
            _write_union("State", contract.list("data-state"), "What `data-state` says."),
            _write_union("ErrorCode", contract.list("error codes"), "See docs/errors.md."),
            _write_attributes(contract),
            _write_properties(contract),
            _write_settings(contract),
            _write_events(contract),
        )
    )


def to_camel_case(name: str) -> str:
    """Turn `time-zone` into `timeZone`."""
    first, *rest = name.split("-")
    return first + "".join(map(str.capitalize, rest))


def _write_union(name: str, values: Iterable[str], comment: str) -> str:
    members = "".join(f'\n  | "{value}"' for value in values)
    return f"/** {comment} */\nexport type {name} ={members};\n"


def _write_block(head: str, lines: Iterable[str]) -> str:
    return "".join((f"{head} {{\n", *(f"  {line}\n" for line in lines), "}\n"))


def _write_attributes(contract: Contract) -> str:
    def write() -> Iterator[str]:
        for name in contract.list("attributes of the element"):
            kind = "boolean" if name in _SWITCHES else _VALUES.get(name, _TEXT)
            mark = "" if name in _REQUIRED else "?"
            also = "" if name in _REQUIRED else " | undefined"
            yield f"/** {contract.describe(name)} */"
            yield f'"{name}"{mark}: {kind}{also};'

    comment = "/** The element's attributes, as templates write them. */\n"
    return comment + _write_block("export interface Attributes", write())


def _write_properties(contract: Contract) -> str:
    def write() -> Iterator[str]:
        for name in contract.list("attributes of the element"):
            yield f"/** {contract.describe(name)} */"
            if name in _SWITCHES:
                yield f"{to_camel_case(name)}: boolean;"
                continue
            yield f"get {to_camel_case(name)}(): string | null;"
            kind = _VALUES.get(name, _TEXT)
            yield f"set {to_camel_case(name)}(value: {kind} | null | undefined);"

    comment = "/** The properties that mirror the attributes; null takes an attribute away. */\n"
    return comment + _write_block("export interface Properties", write())


def _write_settings(contract: Contract) -> str:
    def write() -> Iterator[str]:
        for attribute in contract.list("attributes of the script tag"):
            name = attribute.removeprefix("data-")
            mark, also = ("", "") if name == "client-id" else ("?", " | undefined")
            yield f"/** {contract.describe(attribute)} */"
            yield f"{to_camel_case(name)}{mark}: {_SETTINGS.get(name, _TEXT)}{also};"

    comment = "/** What the script's tag says as `data-` attributes. */\n"
    return comment + _write_block("export interface Settings", write())


def _write_events(contract: Contract) -> str:
    events = contract.list_events()
    parts = []
    for event, keys in events.items():
        lines = [f"readonly {_find_detail(event, key)};" for key in keys]
        parts.append(_write_block(f"export interface {_name_detail(event)}", lines))

    def write() -> Iterator[str]:
        for event in events:
            kind = "SendEvent" if event == _SEND else f"CustomEvent<{_name_detail(event)}>"
            yield f"/** {contract.describe(event)}. */"
            yield f'"{event}": {kind};'

    parts.append(_SEND_EVENT)
    return "\n".join((*parts, _write_block("export interface ZoomMeetingEventMap", write())))


_SEND_EVENT: Final = """\
/** A question to the page: it may send the message itself. */
export interface SendEvent extends CustomEvent<SendDetail> {
  /** The page sends; the widget says what comes of it. Counts once, while the event is heard. */
  respondWith(answer: unknown): void;
}
"""


def _find_detail(event: str, key: str) -> str:
    if key == "appointment":
        return "appointment?: string" if event == _ERROR else "appointment: string"
    if event == _SEND and key == "line":
        return "line: string"
    try:
        return _DETAILS[key]
    except KeyError:
        raise NameMissingError(f"{event} has {key}, which has no type in {__name__}.") from None


def _name_detail(event: str) -> str:
    name = to_camel_case(event.partition(":")[2])
    return f"{name[0].upper()}{name[1:]}Detail"
