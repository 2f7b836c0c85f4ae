"""Every search finds what is planted where it searches: else a clean canary would mean nothing."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from e2e.canary.places import Place, may_be
from e2e.canary.plants import PLANTS
from e2e.canary.record import Record
from e2e.canary.search import search
from e2e.canary.secrets import Kind
from e2e.stage import write_element

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from e2e.canary.stand import Stand


@pytest.fixture
def page(stand: Stand, browser: Browser) -> Page:
    context = stand.open_context(browser)
    page = context.new_page()
    page.goto(stand.url + stand.hosts.serve(f'<textarea id="notes"></textarea>{write_element()}'))
    page.locator("#widget[data-state=idle]").wait_for()
    return page


def test_each_secret_is_found_in_each_place_and_allowed_by_the_table_only(
    stand: Stand, page: Page
) -> None:
    planted = {}
    for place, plant in PLANTS.items():
        planted[place] = {kind: secrets.token_urlsafe(24) for kind in Kind}
        plant(stand, page, ",".join(planted[place].values()))
    page.wait_for_timeout(100)  # errors come later
    stand.look(page)
    stand.look_into_caches(page)
    stand.search()

    for place, values in planted.items():
        assert list(values.values()), place
        findings = search(stand.record, values.items())
        assert {kind for kind in Kind if findings.found[kind, place]} == set(Kind), place
        told_of = {stray.partition(" (")[0] for stray in findings.strays}
        strays = [kind for kind in Kind if f"{kind} in {place}" in told_of]
        assert strays == [kind for kind in Kind if not may_be(kind, place)]
        told = "".join(findings.strays)
        assert not [value for value in values.values() if value in told], "the report tells it"


def test_no_place_is_without_a_plant() -> None:
    assert set(PLANTS) == set(Place) - {Place.REPORTS}  # see test_reports.py


def test_clean_record_has_no_findings() -> None:
    assert search(Record(), [(Kind.CODE, "nothing-to-be-found")]).strays == []
