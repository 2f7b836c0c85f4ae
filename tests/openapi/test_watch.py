"""The plugin fails the test that caused it, and no other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFTEST = """
import pytest
from zoom_meeting_testing.openapi import watch
from zoom_meeting_testing.simulator import SimulatorServer
from tests.simulator.client import Client

def pytest_configure(config):
    watch.register(config)

@pytest.fixture(scope="session")
def client():
    with SimulatorServer() as server:
        yield Client(server)
"""
TESTS = """
import pytest

def test_right(client):
    assert client.create(client.token_of())

def test_accepted(client):
    assert client.create(client.token_of(), colour="red")

def test_refused(client):
    assert client.call("t", "POST", "/users/me/meetings", {"colour": "red"}).status == 401

@pytest.mark.undescribed("to see")
def test_marked(client):
    assert client.create(client.token_of(), colour="red")

@pytest.mark.undescribed("to see")
def test_marked_for_nothing(client):
    assert client.create(client.token_of())

class TestRefusals:
    @pytest.fixture
    def may_send_what_zoom_refuses(self):
        return True

    def test_on_purpose(self, client):
        assert client.call("t", "POST", "/users/me/meetings", {"colour": "red"}).status == 401
"""


def test_each_test_answers_for_its_own_exchanges(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_example.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    plain = ("-q", "-p", "no:cacheprovider", "-n", "1", f"--rootdir={tmp_path}")
    ran = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-m", "pytest", *plain, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    out = ran.stdout + ran.stderr
    failed = {
        line.split("::")[-1].split(" ")[0] for line in out.splitlines() if "ERROR " in line[:6]
    }
    assert failed == {"test_accepted", "test_refused", "test_marked_for_nothing"}, out
    assert "6 passed, 3 errors" in out
    assert "request create: body: Additional properties are not allowed ('colour'" in out
    # Also from another process
    assert "Zoom's description: 2 requests that fit, 4 that do not fit, 6 answers that fit" in out
    assert "; 1 operations" in out
