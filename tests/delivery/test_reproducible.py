"""How two builds are compared; `make reproducible` makes them."""

from __future__ import annotations

from pathlib import Path

from web.reproducible import PLACES, compare, digest


def make(folder: Path, **files: bytes) -> Path:
    (folder / "assets").mkdir(parents=True)
    for name, content in {"one": b"1", "two": b"2", **files}.items():
        (folder / "assets" / name).write_bytes(content)
    return folder


def test_folders_with_the_same_files_are_the_same(tmp_path: Path) -> None:
    a, b = make(tmp_path / "a"), make(tmp_path / "b")
    assert list(compare(a, b)) == []
    assert digest(a) == digest(b)


def test_a_file_that_only_one_has_and_one_that_differs_are_named(tmp_path: Path) -> None:
    a, b = make(tmp_path / "a", two=b"3"), make(tmp_path / "b", three=b"3")
    assert list(compare(a, b)) == ["assets/three", "assets/two"]
    assert digest(a) != digest(b)


def test_the_places_have_nothing_in_common_that_a_build_could_tell() -> None:
    one, other = PLACES
    assert len(one.folder) != len(other.folder)
    assert one.date != other.date
    assert one.mask != other.mask
    for name, value in one.environment.items():
        assert other.environment[name] != value
