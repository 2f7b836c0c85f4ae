"""The widget's files on the server: which should be there, and what is sent.

Facts: `make build` lists all of `dist/` in `manifest.json`, except the `.br` and `.gz` forms:

    {"version": "0.1.0", "files": {"embed.js": {"bytes": 12345, "sha256": "…"}, …}}

`make tunnel` does the same in `tunnel/`, which only some pages need. This reveals an incomplete
upload, files of two builds, and files that a server changes on their way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import urljoin

from pywidget.check.reach import Reach
from pywidget.domain.errors import UnreachableError
from pywidget.domain.json_text import read_json
from pywidget.zoom.http import Response

LISTING = "manifest.json"
TUNNEL = "tunnel/"


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of the build."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One file as the server sends it; status 0 says that nothing came.

    `headers` are those of the smallest form, for a client that reads Brotli and gzip.
    """

    status: int
    headers: Mapping[str, str]
    size: int = 0
    sha256: str = ""

    @property
    def is_there(self) -> bool:
        """Whether the server sent a file at all."""
        return self.status == 200  # noqa: PLR2004 - HTTP's


@dataclass(frozen=True, slots=True)
class Delivery:
    """All files of the widget: those that were built, and those that were sent.

    Attributes:
        base: Their folder's address; empty if it is unknown.
        problem: Why there is nothing to judge, as a sentence; else empty.
        version: The release that was built.
        listed: What should be there.
        sent: What was sent, for the same names.
    """

    base: str
    problem: str = ""
    version: str = ""
    listed: Mapping[str, Listed] | None = None
    sent: Mapping[str, Sent] | None = None


async def load_delivery(base: str, *, reach: Reach, has_tunnel: bool = False) -> Delivery:
    """Fetch the list, and that of the tunnel if the page has one, then every file in them."""
    if not base:
        return Delivery(base, "Without the script tag it cannot be known where they are.")
    delivery = await _load_folder(base, reach)
    if delivery.listed is None or not has_tunnel:
        return delivery
    tunnel = await _load_folder(base, reach, TUNNEL)
    if tunnel.listed is None:
        return tunnel
    return replace(
        delivery,
        listed={**delivery.listed, **tunnel.listed},
        sent={**(delivery.sent or {}), **(tunnel.sent or {})},
    )


async def _load_folder(base: str, reach: Reach, folder: str = "") -> Delivery:
    listing = f"{folder}{LISTING}"
    try:
        response = await reach.fetch(urljoin(base, listing))
    except UnreachableError:
        return Delivery(base, f"Nothing can be read at {base}.")
    if response.status != 200:  # noqa: PLR2004 - HTTP's
        return Delivery(base, f"{base}{listing} cannot be loaded (status {response.status}).")
    try:
        version, named = parse_listing(response.body)
    except ValueError:
        return Delivery(base, f"{base}{listing} is not what the build wrote: it cannot be read.")
    listed = {f"{folder}{name}": file for name, file in named.items()}
    sent = {name: await _load(urljoin(base, name), reach) for name in listed}
    return Delivery(base, "", version, listed, sent)


def parse_listing(body: bytes) -> tuple[str, Mapping[str, Listed]]:
    """Parse the release, and its files.

    Raises:
        ValueError: It is not a list of files, or a name leads out of the folder.
    """
    try:
        listing = read_json(body)
        files = {
            str(name): Listed(int(file["bytes"]), str(file["sha256"]))
            for name, file in listing["files"].items()
        }
        version = str(listing["version"])
        "".join([version, *files]).encode()  # JSON may hold halves of characters
    except (TypeError, KeyError, AttributeError, OverflowError) as error:
        raise ValueError("not a list of files") from error
    inside = "https://x/a/"
    if not all(urljoin(inside, name).startswith(inside) for name in files):
        raise ValueError("a name leads out of the folder")
    return version, files


async def _load(url: str, reach: Reach) -> Sent:
    try:
        response = await reach.fetch(url)
        headers = await reach.find_headers(url, response)
    except UnreachableError:
        return Sent(0, {})
    return measure(response, headers)


def measure(response: Response, headers: Mapping[str, str]) -> Sent:
    """Describe a file as it was sent, without its content."""
    digest = sha256(response.body).hexdigest()
    return Sent(response.status, headers, len(response.body), digest)
