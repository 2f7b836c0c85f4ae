"""Python's start in a WebKit that keeps what a user's browser keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.webkit.visits import Visitors

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.hosts import HostPages
    from e2e.webkit.engine import Engine


def test_a_later_visit_starts_from_a_snapshot_in_a_new_browser_too(
    webkit: Engine, hosts: HostPages, tmp_path: Path
) -> None:
    with Visitors(webkit, hosts, tmp_path) as visitors:
        began_with = [visitors.visit().began_with for _ in range(3)]
    assert began_with == ["nothing", "snapshot", "snapshot"]


def test_a_private_window_starts_without_one_each_time(
    webkit: Engine, hosts: HostPages, tmp_path: Path
) -> None:
    """There WebKit keeps nothing longer than a page has it open. The widget works all the same."""
    with Visitors(webkit, hosts, tmp_path) as visitors:
        began_with = [visitors.visit("--private").began_with for _ in range(2)]
    assert began_with == ["nothing", "nothing"]
