"""`dist/tunnel/`, as the build writes it."""

from __future__ import annotations

import json
import zipfile
from base64 import b64encode
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from e2e.delivery import DIST
from web.build_tunnel import BASES, fill, find_assets
from web.manifest import read_manifest
from web.tunnel.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.tunnel


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "tunnel"
    fill(folder)
    return folder


def read_all(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_two_builds_are_the_same_to_the_byte(built: Path, tmp_path: Path) -> None:
    fill(tmp_path / "again")
    assert read_all(tmp_path / "again") == read_all(built)


def test_script_is_named_for_the_build_that_it_fits(built: Path) -> None:
    build = read_manifest(DIST)["build"]
    (runtime,) = (DIST / "assets").glob("runtime-*.js")
    assert (built / f"tunnel-{build}.js").exists()
    assert build in runtime.read_text(encoding="utf-8")


def test_each_script_knows_what_it_loads_by_its_digest(built: Path) -> None:
    """The widget's own was built before, and without a compiler."""

    def knows(script: Path, path: Path) -> bool:
        digest = b64encode(sha256(path.read_bytes()).digest()).decode()
        return f"sha256-{digest}" in script.read_text(encoding="utf-8")

    (script,) = built.glob("tunnel-*.js")
    assert all(knows(script, path) for path in (built / "assets").iterdir())
    for name in ("runtime-*.js", "check-worker-*.js"):
        (own,) = (DIST / "assets").glob(name)
        assert knows(own, script), name


def test_archive_repeats_nothing_that_page_and_check_have(built: Path) -> None:
    (archive,) = built.glob("assets/tunnel-*.zip")
    own = set(zipfile.ZipFile(archive).namelist())
    assert {"h11/__init__.pyc", "pywidget/tunnel/transport.pyc"} <= own
    widget, check = (
        {
            name
            for path in find_assets(DIST / "assets", *names)
            for name in zipfile.ZipFile(path).namelist()
        }
        for names in BASES
    )
    assert own & widget & check == set()


def test_everything_is_listed_and_every_name_but_the_scripts_changes_with_its_content(
    built: Path,
) -> None:
    files = read_all(built)
    listing = json.loads(files.pop("manifest.json"))
    assert set(listing["files"]) == set(files)
    for name, content in files.items():
        assert listing["files"][name]["sha256"] == sha256(content).hexdigest()
        assert name.startswith(("assets/", "tunnel-")) or name == "licenses.txt"


def test_terms_of_what_is_in_it_come_with_it(built: Path) -> None:
    terms = (built / "licenses.txt").read_text(encoding="utf-8")
    for words in (
        "Apache License\n                           Version 2.0, January 2004",
        "END OF TERMS AND CONDITIONS",
        "Copyright The Mbed TLS Contributors",
        "Nathaniel J. Smith",
        "Mozilla Public License 2.0",
        f"\nh11 {version('h11')} (",
        f"\nMbed TLS {read_source().version} (",
        f" {version('ziglang')} (assets/tls-",
    ):
        assert words in terms
