from __future__ import annotations

from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["simulator", "pages"])
def test_the_old_names_give_the_same(name: str) -> None:
    pytest.importorskip("playwright")
    old, new = import_module(f"e2e.{name}"), import_module(f"zoom_meeting_testing.{name}")
    assert [each for each in new.__all__ if getattr(old, each) is not getattr(new, each)] == []
