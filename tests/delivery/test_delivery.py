"""How `dist/` is served, over real HTTP."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from zoom_meeting_testing.simulator import ServerThread

from e2e.delivery import WidgetFiles

SCRIPT = b"export const answer = 42;"
ZIPPED = gzip.compress(SCRIPT, mtime=0)  # the same name for the test each time
FILES = {
    "embed.js": SCRIPT,
    "embed.js.br": b"pretend Brotli",
    "embed.js.gz": ZIPPED,
    "callback.html": b"<!doctype html>",
    "assets/core-1a2b.mjs": SCRIPT,
    "assets/core-1a2b.mjs.gz": ZIPPED,
    "assets/python-3c4d.wasm": b"\0asm",
    "tunnel/assets/tls-5e6f.wasm": b"\0asm",
    "tunnel/tunnel-7a8b.js": SCRIPT,
    "assets/library-5e6f.zip": b"PK",
    "assets/lock-7a8b.json": b"{}",
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Client:
    url: str

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(self.url + path, method=method, headers=named)  # noqa: S310 - our own server
        try:
            with urlopen(request, timeout=10) as response:  # noqa: S310
                return Answer(response.status, response.headers, response.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Client]:
    app = Starlette(
        routes=[
            Mount("/zoom", WidgetFiles(folder)),
            Mount("/kept", WidgetFiles(folder, loader_max_age=300)),
        ]
    )
    with ServerThread(app) as server:
        yield Client(server.url)


@pytest.mark.parametrize(
    ("accepted", "coding", "body"),
    [
        ("gzip, deflate, br, zstd", "br", FILES["embed.js.br"]),
        ("BR", "br", FILES["embed.js.br"]),
        ("br;q=0.5, gzip;q=1.0", "br", FILES["embed.js.br"]),
        ("br;q=0, gzip", "gzip", ZIPPED),
        ("br; q=0.000, gzip; q=0.001", "gzip", ZIPPED),
        ("gzip", "gzip", ZIPPED),
        ("identity", None, SCRIPT),
        ("", None, SCRIPT),
    ],
)
def test_a_client_gets_the_smallest_form_that_it_reads(
    client: Client, accepted: str, coding: str | None, body: bytes
) -> None:
    answer = client.ask("/zoom/embed.js", Accept_Encoding=accepted)
    assert answer.status == 200
    assert answer.headers["content-encoding"] == coding
    assert answer.body == body
    assert answer.headers["content-length"] == str(len(body))
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


def test_a_form_that_is_not_there_is_not_missed(client: Client) -> None:
    zipped = client.ask("/zoom/assets/core-1a2b.mjs", Accept_Encoding="br, gzip")
    plain = client.ask("/zoom/assets/lock-7a8b.json", Accept_Encoding="br, gzip")
    assert (zipped.headers["content-encoding"], zipped.body) == ("gzip", ZIPPED)
    assert (plain.headers["content-encoding"], plain.body) == (None, b"{}")


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("assets/core-1a2b.mjs", "text/javascript; charset=utf-8"),
        ("assets/python-3c4d.wasm", "application/wasm"),
        ("assets/library-5e6f.zip", "application/zip"),
        ("assets/lock-7a8b.json", "application/json"),
        ("callback.html", "text/html; charset=utf-8"),
    ],
)
def test_types_do_not_depend_on_the_machine(client: Client, path: str, media_type: str) -> None:
    assert client.ask(f"/zoom/{path}").headers["content-type"] == media_type


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/zoom/assets/core-1a2b.mjs", "public, max-age=31536000, immutable"),
        ("/kept/assets/core-1a2b.mjs", "public, max-age=31536000, immutable"),
        ("/zoom/tunnel/assets/tls-5e6f.wasm", "public, max-age=31536000, immutable"),
        ("/zoom/tunnel/tunnel-7a8b.js", "no-cache"),
        ("/zoom/callback.html", "no-store"),
        ("/kept/callback.html", "no-store"),
        ("/zoom/embed.js", "no-cache"),
        ("/kept/embed.js", "public, max-age=300, stale-while-revalidate=86400"),
    ],
)
def test_a_name_says_how_long_it_is_kept(client: Client, path: str, caching: str) -> None:
    assert client.ask(path).headers["cache-control"] == caching


def test_who_has_the_file_is_told_so(client: Client) -> None:
    first = client.ask("/zoom/embed.js", Accept_Encoding="br")
    etag = first.headers["etag"]
    again = client.ask("/zoom/embed.js", Accept_Encoding="br", If_None_Match=etag)
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == etag
    assert again.headers["cache-control"] == "no-cache"
    assert again.headers["vary"] == "Accept-Encoding"
    assert again.headers["content-encoding"] is None


def test_another_form_is_not_taken_for_the_same(client: Client) -> None:
    etag = client.ask("/zoom/embed.js", Accept_Encoding="br").headers["etag"]
    answer = client.ask("/zoom/embed.js", Accept_Encoding="gzip", If_None_Match=etag)
    assert (answer.status, answer.body) == (200, ZIPPED)


def test_a_head_has_the_headers_only(client: Client) -> None:
    answer = client.ask("/zoom/embed.js", method="HEAD", Accept_Encoding="gzip")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-length"] == str(len(ZIPPED))


@pytest.mark.parametrize("path", ["/zoom/nothing.js", "/zoom/assets", "/zoom/", "/zoom/../x"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.ask(path, Accept_Encoding="br, gzip").status == 404


def test_nothing_is_written(client: Client) -> None:
    assert client.ask("/zoom/embed.js", method="POST").status == 405
