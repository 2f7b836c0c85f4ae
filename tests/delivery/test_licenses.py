"""How `licenses.txt` is written; `e2e/test_build.py` reads the one of a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.licenses import LICENSES, Work, find_package, list_native, write_licenses


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("a/b/c.js", "a"),
        ("@a/b/c/d.js", "@a/b"),
        ("a/node_modules/b/c.js", "a/node_modules/b"),
        ("a/node_modules/@b/c/d.js", "a/node_modules/@b/c"),
    ],
)
def test_a_file_belongs_to_the_innermost_package(path: str, folder: str) -> None:
    assert find_package(path) == folder


def test_another_release_of_pyodide_needs_another_list() -> None:
    with pytest.raises(ValueError, match="native"):
        list(list_native({"version": "314.0.8", "python": "3.14.2"}))


def test_every_work_is_listed_and_the_same_terms_stand_once(tmp_path: Path) -> None:
    works = [
        Work("a", "1.0", "assets/a", "MIT", "https://a.example", "Terms of MIT."),
        Work("b", "2.0", "assets/b", "MIT", "", "Terms of MIT."),
        Work("b", "2.0", "assets/b", "MIT", "", "Terms of MIT."),
        Work("c", "", "assets/c", "in the public domain", "", ""),
    ]
    write_licenses(tmp_path, "A head.\n", works)
    assert (tmp_path / LICENSES).read_text("utf-8") == (
        "A head.\n\n\n"
        "a 1.0 (assets/a): MIT. https://a.example\n"
        "b 2.0 (assets/b): MIT.\n"
        "c (assets/c): in the public domain.\n\n\n"
        "a 1.0, b 2.0\n============\n\nTerms of MIT.\n"
    )
