"""The option `--base-url` as pytest-base-url has it: only for those who lack that one."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option, and the setting of the same name."""
    parser.addini("base_url", help="the address that relative addresses of pages start from")
    parser.addoption("--base-url", metavar="URL", default="", help="the same, for one run")


@pytest.fixture(scope="session")
def base_url(pytestconfig: pytest.Config) -> str:
    """The address that relative addresses of pages start from; empty if none is set."""
    return str(pytestconfig.getoption("base_url") or pytestconfig.getini("base_url"))
