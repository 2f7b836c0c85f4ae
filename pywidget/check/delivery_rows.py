"""The rows about how the files are sent; docs/serving.md says what they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from pywidget.check.delivery import LISTING, TUNNEL, Delivery, Listed, Sent
from pywidget.check.media_types import SCRIPT_TYPES, find_media_type
from pywidget.check.row import Row, Verdict

_TYPES: Mapping[str, frozenset[str]] = {
    ".js": SCRIPT_TYPES,
    ".mjs": SCRIPT_TYPES,
    ".css": frozenset({"text/css"}),
    ".html": frozenset({"text/html"}),
    ".wasm": frozenset({"application/wasm"}),
}
# All of them: in nginx such a block replaces the one around it.
_RIGHT_TYPES = (
    "text/html         html;",
    "text/css          css;",
    "text/javascript   js mjs;",
    "application/json  json;",
    "application/wasm  wasm;",
    "application/zip   zip;",
    "text/plain        txt;",
)
_SHRINKING = frozenset({".js", ".mjs", ".css", ".wasm", ".zip", ".json"})
_WORTH_IT = 2_000  # bytes; less fits into one packet or two as it is
_CODINGS = frozenset({"br", "gzip", "zstd"})
_WEEK, _DAY = 7 * 86_400, 86_400
_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d+)")
_ASSETS = "assets"
_KEEP = "Cache-Control: public, max-age=31536000, immutable"
_RENEW = "Cache-Control: public, max-age=300, stale-while-revalidate=86400"
_CALLBACK = "callback.html"  # has a row of its own
_MOST_NAMES = 3
_MEGABYTE = 1_000_000


def judge_delivery(delivery: Delivery) -> Iterator[Row]:
    """Yield four rows: which files are there, their types, their compression and their caching."""
    yield _judge_files(delivery)
    if delivery.listed is None or delivery.sent is None:
        for row_id, title in (
            ("file-types", "File types"),
            ("compression", "Compression"),
            ("caching", "Caching"),
        ):
            finding = "The files could not be listed."
            yield Row(row_id, title, Verdict.UNKNOWN, finding, "See the row “Files”.")
        return
    there = {name: sent for name, sent in delivery.sent.items() if sent.is_there}
    yield _judge_types(there)
    yield _judge_compression(there, delivery.listed)
    yield _judge_caching(there)


def _judge_files(delivery: Delivery) -> Row:
    row_id, title = "files", "Files"
    if delivery.listed is None or delivery.sent is None:
        verdict = Verdict.WRONG if delivery.base else Verdict.UNKNOWN
        remedy = (
            f"Upload all of dist/, including {LISTING}, to the folder that src names."
            if delivery.base
            else "See the row “Script tag”."
        )
        if f"{TUNNEL}{LISTING}" in delivery.problem:
            remedy = "Upload tunnel/, too: make tunnel builds it, and data-tunnel needs it."
        return Row(row_id, title, verdict, delivery.problem, remedy)
    missing = [name for name, sent in delivery.sent.items() if not sent.is_there]
    other = [
        name
        for name, sent in delivery.sent.items()
        if sent.is_there and sent.sha256 != delivery.listed[name].sha256
    ]
    release = f"release {delivery.version}"
    if missing:
        finding = f"Missing at {delivery.base} ({release}): {name_some(missing)}."
        remedy = "Upload all of dist/: assets/ first, then the rest."
        return Row(row_id, title, Verdict.WRONG, finding, remedy)
    if other:
        finding = f"Different from the build ({release}): {name_some(other)}."
        remedy = (
            "Upload all of dist/ again: assets/ first, then the rest. If they still differ, "
            "something on the way rewrites them: turn that off for this folder."
        )
        return Row(row_id, title, Verdict.WRONG, finding, remedy)
    finding = f"All {len(delivery.listed)} files of {release} are at {delivery.base}."
    return Row(row_id, title, Verdict.FINE, finding)


def _judge_types(there: Mapping[str, Sent]) -> Row:
    row_id, title = "file-types", "File types"
    wrong: dict[str, list[str]] = {}
    for name, sent in there.items():
        right = _TYPES.get(_find_ending(name))
        given = find_media_type(sent.headers)
        if right and given not in right:
            wrong.setdefault(_find_ending(name), []).append(f"{name} ({given or 'no type'})")
    if not wrong:
        finding = "Scripts, WebAssembly, pages and style sheets have the right types."
        return Row(row_id, title, Verdict.FINE, finding)
    names = name_some([name for names in wrong.values() for name in names])
    finding = f"Sent with the wrong type: {names}."
    remedy = (
        "Send these file extensions with their types. A browser runs a script only if it is sent "
        "as one, and compiles WebAssembly as it arrives only if it is sent as application/wasm."
    )
    copy = "\n".join(["types {", *(f"  {line}" for line in _RIGHT_TYPES), "}"])
    return Row(row_id, title, Verdict.WRONG, finding, remedy, copy)


def _judge_compression(there: Mapping[str, Sent], listed: Mapping[str, Listed]) -> Row:
    row_id, title = "compression", "Compression"
    worth = [
        name
        for name in there
        if _find_ending(name) in _SHRINKING and listed[name].size >= _WORTH_IT
    ]
    codings = {name: there[name].headers.get("content-encoding", "").lower() for name in worth}
    plain = [name for name in worth if codings[name] not in _CODINGS]
    if plain:
        size = sum(listed[name].size for name in plain) / _MEGABYTE
        finding = f"Sent uncompressed ({size:.1f} MB): {name_some(plain)}."
        remedy = (
            "Send the .br or .gz file beside each of them, or let the server compress. In nginx, "
            "brotli_static needs the module libnginx-mod-http-brotli-static."
        )
        copy = "brotli_static on;\ngzip_static on;\nadd_header Vary Accept-Encoding;"
        return Row(row_id, title, Verdict.WRONG, finding, remedy, copy)
    used = sorted(set(codings.values()))
    finding = f"Files are sent compressed ({', '.join(used)})." if used else "No file is worth it."
    if used == ["gzip"]:
        remedy = "Brotli would be a quarter smaller: send the .br beside each file."
        return Row(row_id, title, Verdict.FINE, finding, remedy)
    return Row(row_id, title, Verdict.FINE, finding)


def _judge_caching(there: Mapping[str, Sent]) -> Row:
    row_id, title = "caching", "Caching"
    forgotten, kept = [], []
    for name, sent in there.items():
        header = sent.headers.get("cache-control", "").lower()
        if _ASSETS in PurePosixPath(name).parts:
            if _find_age(header) < _WEEK:
                forgotten.append(name)
        elif name != _CALLBACK and (not header or _find_age(header) > _DAY):
            kept.append(name)
    if not forgotten and not kept:
        finding = "Browsers cache assets/, and check for a newer embed.js."
        return Row(row_id, title, Verdict.FINE, finding)
    findings, lines = [], []
    if forgotten:
        findings.append(f"Not cached for long enough: {name_some(forgotten)}.")
        lines += ["# assets/", _KEEP]
    if kept:
        findings.append(f"Cached too long, or for an unknown time: {name_some(kept)}.")
        lines += [f"# {', '.join(kept[:_MOST_NAMES])}", _RENEW]
    remedy = (
        "File names in assets/ change with their content, so browsers may cache these files "
        "indefinitely. All others must be renewed often, or a new release does not arrive."
    )
    return Row(row_id, title, Verdict.WRONG, " ".join(findings), remedy, "\n".join(lines))


def _find_age(header: str) -> int:
    """Return for how many seconds a browser may use it without asking."""
    if "no-store" in header or "no-cache" in header:
        return 0
    found = _MAX_AGE.search(header)
    return int(found[1]) if found else 0


def _find_ending(name: str) -> str:
    return PurePosixPath(name).suffix


def name_some(names: Iterable[str]) -> str:
    """Name a few, and say how many more there are."""
    names = list(names)
    shown = names[:_MOST_NAMES]
    more = len(names) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
