from __future__ import annotations

import sys

import pytest

from pywidget.browser.missing_modules import MissingModules, explain_missing_modules


def test_module_of_the_standard_library_that_was_left_out_is_explained() -> None:
    with pytest.raises(ModuleNotFoundError, match="'sqlite3' is not in the widget's runtime") as it:
        MissingModules().find_spec("sqlite3")
    assert it.value.name == "sqlite3"


def test_part_of_a_package_that_was_left_out_is_explained() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"'pywidget\.browser\.urllib_http'"):
        MissingModules().find_spec("pywidget.browser.urllib_http")


def test_what_nobody_has_ever_heard_of_is_left_to_python() -> None:
    assert MissingModules().find_spec("no_such_module") is None


def test_everybody_else_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    explain_missing_modules()
    assert isinstance(sys.meta_path[-1], MissingModules)
    with pytest.raises(ImportError, match="not in the widget's runtime"):
        import json.no_such_part  # type: ignore[import-not-found] # noqa: F401, PLC0415
