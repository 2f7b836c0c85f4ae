"""What `make release` writes, and what it refuses."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from web.build import read_version
from web.manifest import write_manifest
from web.release import ROOT, SUMS, ReleaseError, find_entry, write_archive
from web.release import release as release_parts

CHANGELOG = """\
# Changelog

## [Unreleased]

- Later.

## [1.2.0] - 2026-11-26

- A camera button.

## [1.1.0] - 2026-10-01

- Before.
"""


def release(project: Path, *, has_tunnel: bool = False) -> Path:
    """Only the archive; test_npm_package.py and test_kit_wheel.py try the other parts."""
    (archive,) = release_parts(project, has_tunnel=has_tunnel, parts=[write_archive])
    return archive


def run_git(project: Path, *arguments: str) -> None:
    """As somebody who has never told git who they are."""
    nobody = {
        f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, **nobody}
    command = ["git", "-C", str(project), *arguments]
    subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603 - no shell


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "dist" / "assets").mkdir(parents=True)
    (tmp_path / "dist" / "embed.js").write_text("export {};\n")
    (tmp_path / "dist" / "assets" / "python-1a2b.zip").write_bytes(b"PK")
    write_manifest(tmp_path / "dist", version="1.2.0", build_id="1a2b3c4d5e")
    (tmp_path / "dist" / "embed.js.br").write_bytes(b"pretend Brotli")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    (tmp_path / ".gitignore").write_text("/dist/\n/release/\n")
    run_git(tmp_path, "init", "-q")
    run_git(tmp_path, "add", ".")
    run_git(tmp_path, "commit", "-q", "-m", "All of it")
    return tmp_path


def test_the_archive_holds_dist_under_the_versions_name(project: Path) -> None:
    archive = release(project)
    assert archive == project / "release" / "pywidget-1.2.0.zip"
    with zipfile.ZipFile(archive) as packed:
        assert packed.namelist() == [
            "pywidget-1.2.0/assets/python-1a2b.zip",
            "pywidget-1.2.0/embed.js",
            "pywidget-1.2.0/embed.js.br",
            "pywidget-1.2.0/manifest.json",
        ]
        assert packed.read("pywidget-1.2.0/embed.js") == b"export {};\n"


def build_tunnel(project: Path) -> None:
    folder = project / "dist" / "tunnel"
    folder.mkdir()
    (folder / "tunnel-1a2b3c4d5e.js").write_text("export {};\n")
    write_manifest(folder, version="1.2.0", build_id="1a2b3c4d5e")


def test_a_tunnel_that_happens_to_be_built_changes_no_byte_of_a_release_without_one(
    project: Path,
) -> None:
    before = release(project).read_bytes()
    build_tunnel(project)
    assert release(project).read_bytes() == before


def test_a_tunnel_that_is_asked_for_is_packed(project: Path) -> None:
    build_tunnel(project)
    with zipfile.ZipFile(release(project, has_tunnel=True)) as packed:
        names = packed.namelist()
    assert "pywidget-1.2.0/tunnel/manifest.json" in names
    assert "pywidget-1.2.0/embed.js" in names


def test_a_tunnel_that_is_asked_for_has_to_be_built(project: Path) -> None:
    with pytest.raises(ReleaseError, match="make build TUNNEL=1"):
        release(project, has_tunnel=True)
    assert not (project / "release").exists()


@pytest.mark.parametrize(("switch", "ending"), [("", "web.release"), ("1", "web.release --tunnel")])
def test_make_asks_for_the_tunnel_only_if_it_is_told_to(switch: str, ending: str) -> None:
    told = subprocess.run(  # noqa: S603 - no shell
        ["make", "--dry-run", "--no-print-directory", "release", f"TUNNEL={switch}"],  # noqa: S607 - the one on the path
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},  # nothing of a `make` that runs this
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.splitlines()[-1].rstrip().endswith(ending)


def test_the_same_files_give_the_same_bytes_whenever_they_were_written(project: Path) -> None:
    first = release(project).read_bytes()
    for path in (project / "dist").rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    assert release(project).read_bytes() == first


def test_the_checksum_is_the_archives_own(project: Path) -> None:
    archive = release(project)
    digest, name = (project / "release" / SUMS).read_text().split()
    assert (digest, name) == (sha256(archive.read_bytes()).hexdigest(), archive.name)


def test_what_was_released_before_is_not_left_beside_it(project: Path) -> None:
    (project / "release").mkdir()
    (project / "release" / "pywidget-1.1.0.zip").write_bytes(b"old")
    release(project)
    assert {path.name for path in (project / "release").iterdir()} == {"pywidget-1.2.0.zip", SUMS}


@pytest.mark.parametrize("change", ["CHANGELOG.md", "a-new-file.txt"])
def test_changes_that_are_in_no_commit_are_refused(project: Path, change: str) -> None:
    with (project / change).open("a") as file:
        file.write("More.\n")
    with pytest.raises(ReleaseError, match=change):
        release(project)
    assert not (project / "release").exists()


def test_a_version_that_the_changelog_does_not_have_is_refused(project: Path) -> None:
    (project / "pyproject.toml").write_text('[project]\nversion = "1.3.0"\n')
    run_git(project, "commit", "-q", "-a", "-m", "A version")
    with pytest.raises(ReleaseError, match=r"nothing about 1\.3\.0"):
        release(project)


def test_without_a_build_there_is_nothing_to_release(project: Path) -> None:
    shutil.rmtree(project / "dist")
    with pytest.raises(ReleaseError, match="make build"):
        release(project)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("embed.js", b"alert();\n", "embed.js was changed"),
        ("embed.js", None, "embed.js is missing"),
        ("assets/another.js", b"alert();\n", "assets/another.js was added"),
        ("another.js.br", b"pretend Brotli", "another.js.br was added"),
        ("tunnel/tunnel-1a2b3c4d5e.js", b"alert();\n", "tunnel-1a2b3c4d5e.js was changed"),
    ],
)
def test_what_was_changed_after_the_build_is_refused(
    project: Path, name: str, content: bytes | None, problem: str
) -> None:
    build_tunnel(project)
    release(project, has_tunnel=True)
    path = project / "dist" / name
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(ReleaseError, match=f"not as it was built: {problem}"):
        release(project, has_tunnel=True)


def test_an_entry_ends_where_the_next_one_begins() -> None:
    assert find_entry(CHANGELOG, "1.2.0") == "- A camera button."
    assert find_entry(CHANGELOG, "1.1.0") == "- Before."
    assert find_entry(CHANGELOG, "1.2") == ""
    assert find_entry(CHANGELOG, "1x2.0") == ""


def test_the_changelog_has_the_version_that_the_project_says_it_is() -> None:
    assert find_entry((ROOT / "CHANGELOG.md").read_text("utf-8"), read_version())
