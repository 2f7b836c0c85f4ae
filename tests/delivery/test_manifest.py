"""What `manifest.json` says of a folder, and what it notices."""

from __future__ import annotations

from pathlib import Path

import pytest

from pywidget.check.delivery import parse_listing
from pywidget.check.integrity import find_right_integrity
from web.manifest import MANIFEST, compute_integrity, find_problems, read_manifest, write_manifest

# echo -n abc | openssl dgst -sha256; echo -n abc | openssl dgst -sha384 -binary | base64
ABC_256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
ABC_384 = "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Named so that an order by paths would be another one than an order by names."""
    for name in ("embed.js", "a/b.js", "a-b.js", "Z.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"abc")
    write_manifest(tmp_path, version="1.2.3", build_id="0123456789")
    return tmp_path


def test_it_names_the_build_and_each_file_with_its_hash(built: Path) -> None:
    manifest = read_manifest(built)
    file = {"bytes": 3, "sha256": ABC_256}
    assert manifest["version"] == "1.2.3"
    assert manifest["build"] == "0123456789"
    assert list(manifest["files"]) == ["Z.js", "a-b.js", "a/b.js", "embed.js"]
    assert all(each == file for each in manifest["files"].values())


def test_a_tag_can_take_its_integrity_from_it(built: Path) -> None:
    integrity = read_manifest(built)["integrity"]
    assert integrity == {"embed.js": ABC_384}
    assert compute_integrity(b"abc") == ABC_384
    assert find_right_integrity(ABC_384, b"abc") is None


def test_the_install_check_reads_it(built: Path) -> None:
    version, files = parse_listing((built / MANIFEST).read_bytes())
    assert version == "1.2.3"
    assert {file.sha256 for file in files.values()} == {ABC_256}


def test_a_folder_as_it_was_built_has_no_problem_nor_have_its_compressed_forms(built: Path) -> None:
    for name in ("embed.js.br", "a/b.js.gz", f"{MANIFEST}.br"):
        (built / name).write_bytes(b"smaller")
    (built / "tunnel").mkdir()
    (built / "tunnel" / "tunnel-0123456789.js").write_bytes(b"has a list of its own")
    assert list(find_problems(built)) == []


def test_whatever_else_is_in_it_is_noticed(built: Path) -> None:
    (built / "a" / "b.js").write_bytes(b"abd")
    (built / "Z.js").unlink()
    (built / "b.js").write_bytes(b"abc")
    (built / "embed.js.zst").write_bytes(b"smaller")
    assert list(find_problems(built)) == [
        "Z.js is missing",
        "a/b.js was changed",
        "b.js was added",
        "embed.js.zst was added",
    ]
