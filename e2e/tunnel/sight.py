"""What a forwarder sees of a tunnel, for people to watch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from e2e.tunnel.records import Record, read_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from e2e.tunnel.passage import Connection
    from e2e.tunnel.tunnel import Tunnel

_LATEST: Final = 40
_SHOWN_BYTES: Final = 32


def describe_sight(tunnel: Tunnel, secrets: Mapping[str, str] | None) -> dict[str, object]:
    """Return counts, the latest records and the result of a search, in JSON's types.

    Args:
        tunnel: The forwarder, and the record of its bytes.
        secrets: The secrets to search for, by name; `None` if they are not known.
    """
    found = tunnel.search(secrets or {})
    seen: list[tuple[float, dict[str, object]]] = []
    connections = [
        (word, each) for word, passage in tunnel.behind.items() for each in passage.connections
    ]
    for word, each in connections:
        seen += _list_records(word, each)
    seen.sort(key=lambda entry: entry[0])
    return {
        "connections": len(connections),
        "bytes": sum(len(each.sent) + len(each.received) for _word, each in connections),
        "secrets": None if secrets is None else found.secrets,
        "leaks": found.leaks,
        "records": [shown for _at, shown in reversed(seen[-_LATEST:])],
    }


def _list_records(word: str, connection: Connection) -> list[tuple[float, dict[str, object]]]:
    times: list[tuple[float, dict[str, object]]] = []
    for is_sent, stream in ((True, connection.sent), (False, connection.received)):
        ends: list[tuple[int, float]] = []
        for piece in connection.pieces:
            if piece.is_sent is is_sent:
                ends.append(((ends[-1][0] if ends else 0) + len(piece.data), piece.at))
        for record in read_records(stream):
            began = next(at for end, at in ends if end > record.at)
            times.append((began, {"target": word, "isSent": is_sent, **_show(record)}))
    return times


def _show(record: Record) -> dict[str, object]:
    excerpt = record.data[:_SHOWN_BYTES]
    return {
        "kind": record.kind.name.lower().replace("_", " "),
        "size": record.size,
        "hex": excerpt.hex(" "),
        "text": "".join(chr(each) if 0x20 <= each < 0x7F else "·" for each in excerpt),
        "names": record.names,
    }
