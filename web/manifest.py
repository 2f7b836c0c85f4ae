"""The list of a built folder's files, `manifest.json`, and what depends on it.

    python -m web.manifest    # `make build` says it at its end

Whoever has the folder can tell from it whether it is whole, and as it was built: `make release`
does so before it packs, the install check for the files on a server. The forms that are sent
compressed are not in it: they depend on the compressor's version, and say what is in it.

Facts: a tag's `integrity` is the name of a hash, a hyphen and the hash in Base64 (Subresource
Integrity, section 3.1); SHA-384 is what its examples use.
"""

from __future__ import annotations

import json
import re
import sys
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256, sha384
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
MANIFEST: Final = "manifest.json"
TUNNEL: Final = "tunnel"  # a folder in the folder, with a list of its own
TAGGED: Final = "embed.js"  # the one script that a page's tag names
_COMPRESSED: Final = re.compile(r"\.(br|gz)$")


def write_manifest(folder: Path, *, version: str, build_id: str) -> None:
    """List the files in this folder; it must not have any but those that were just built."""
    files = {
        name: {
            "bytes": (folder / name).stat().st_size,
            "sha256": sha256((folder / name).read_bytes()).hexdigest(),
        }
        for name in list_names(folder)
    }
    manifest: dict[str, Any] = {"version": version, "build": build_id}
    if TAGGED in files:
        manifest["integrity"] = {TAGGED: compute_integrity((folder / TAGGED).read_bytes())}
    manifest["files"] = files
    (folder / MANIFEST).write_text(f"{json.dumps(manifest, indent=1)}\n", encoding="utf-8")


def list_names(folder: Path) -> list[str]:
    """List all files in a folder, in the same order on every system."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read what was built in this folder; raise `OSError` if there is no list."""
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return manifest


def compute_integrity(body: bytes) -> str:
    """Compute what the attribute `integrity` has to say for this file."""
    return f"sha384-{b64encode(sha384(body).digest()).decode()}"


def find_problems(folder: Path) -> Iterator[str]:
    """Find what is not as it was built, as sentences without a full stop."""
    listed = read_manifest(folder)["files"]
    for name, file in listed.items():
        path = folder / name
        if not path.is_file():
            yield f"{name} is missing"
        elif sha256(path.read_bytes()).hexdigest() != file["sha256"]:
            yield f"{name} was changed"
    known = {*listed, MANIFEST}
    for name in list_names(folder):
        plain = _COMPRESSED.sub("", name)
        if plain not in known and not name.startswith(f"{TUNNEL}/"):
            yield f"{name} was added"


def main() -> None:
    """Say what `dist/` is, and what a tag can vouch for."""
    folder = ROOT / "dist"
    problems = list(find_problems(folder))
    if problems:
        sys.exit(
            f"dist/ is not as it was built: {'; '.join(problems)}. make clean, then build again."
        )
    manifest = read_manifest(folder)
    size = sum(file["bytes"] for file in manifest["files"].values()) / 1e6
    what = f"dist/ is version {manifest['version']}, build {manifest['build']}"
    print(f"{what}: {len(manifest['files'])} files, {size:.1f} MB; {MANIFEST} lists them.")  # noqa: T201 - for people
    print(f'A tag for this {TAGGED} only: integrity="{manifest["integrity"][TAGGED]}"')  # noqa: T201 - for people


if __name__ == "__main__":
    main()
