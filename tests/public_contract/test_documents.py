"""The documents for embedders and testers tell all of the contract, and nothing besides."""

from __future__ import annotations

import re

import pytest

from tests.public_contract.sources import ROOT
from tests.public_contract.text import read_contract

CONTRACT = read_contract()
EMBEDDING, EVENTS, THEMING, TESTING = (
    (ROOT / "docs" / f"{name}.md").read_text("utf-8")
    for name in ("embedding", "events", "theming", "qa")
)
FOR_EMBEDDERS = "".join(
    (ROOT / "docs" / f"{name}.md").read_text("utf-8")
    for name in ("start", "embedding", "events", "theming", "editors", "csp", "troubleshooting")
)
IN_BACKTICKS = re.compile(r"`(?:::part\()?([\w:-]+)\)?`")


def list_rows(document: str, heading: str) -> list[str]:
    """The names in the first column of the table below a heading."""
    _, _, text = f"\n{document}".partition(f"\n{heading}\n")
    assert text, f"no document has “{heading}”"
    section, _, _ = text.partition("\n#")
    cells = re.findall(r"^\|([^|]*)\|", section, re.MULTILINE)
    return [name for cell in cells for name in IN_BACKTICKS.findall(cell)]


TABLES = [
    ("attributes of the script tag", EMBEDDING, "### Attributes of the script tag"),
    ("attributes of the element", EMBEDDING, "### Attributes of the element"),
    ("events, and what their detail holds", EVENTS, "# States and events"),
]


@pytest.mark.parametrize(
    ("document", "heading", "name"),
    [(document, heading, name) for title, document, heading in TABLES for name in CONTRACT[title]],
    ids=[name for title, _, _ in TABLES for name in CONTRACT[title]],
)
def test_every_attribute_and_event_has_one_row(document: str, heading: str, name: str) -> None:
    assert list_rows(document, heading).count(name) == 1


def test_the_states_are_listed_as_they_are() -> None:
    found = re.search(r"`data-state` on the element is one of ([^.]+)\.", EVENTS)
    assert found
    assert sorted(IN_BACKTICKS.findall(found[1])) == CONTRACT["data-state"]


@pytest.mark.parametrize("name", [*CONTRACT["parts"], *CONTRACT["custom properties"]])
def test_every_part_and_custom_property_is_told(name: str) -> None:
    assert name in IN_BACKTICKS.findall(THEMING)


@pytest.mark.parametrize("name", CONTRACT["slots"])
def test_every_slot_is_told(name: str) -> None:
    assert f'slot="{name}"' in EMBEDDING


@pytest.mark.parametrize("code", CONTRACT["error codes"])
def test_every_error_has_its_picture(code: str) -> None:
    """`make screenshots` takes them."""
    assert f"(images/errors/{code}.png)" in (ROOT / "docs" / "errors.md").read_text("utf-8")
    assert (ROOT / "docs" / "images" / "errors" / f"{code}.png").is_file()


@pytest.mark.parametrize("code", CONTRACT["data-code of messages, beside error codes"])
def test_testers_are_told_the_codes_of_messages_that_are_no_errors(code: str) -> None:
    assert f"`{code}`" in TESTING


@pytest.mark.parametrize(
    "pattern",
    [
        r"::part\(([\w-]+)\)",
        r"`(--zoom-meeting-[\w-]+)`",
        r"`(zoom-meeting:[\w-]+)`",
        r"`(data-[\w-]+)`",
    ],
)
def test_what_the_documentation_promises_is_in_the_contract(pattern: str) -> None:
    told = set(re.findall(pattern, FOR_EMBEDDERS))
    assert told
    assert told <= {name for names in CONTRACT.values() for name in names} | {"data-state"}


SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")


def find_named_tests(text: str) -> list[str]:
    return re.findall(r"`((?:tests|e2e|web/tunnel)/[\w/.]+)`", text)


def test_every_promise_names_tests_that_there_are() -> None:
    section = SECURITY.partition("## What is promised")[2].partition("\n## ")[0]
    promises = section.split("\n- ")[1:]
    assert promises
    for promise in promises:
        named = find_named_tests(promise)
        assert named, promise
        assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_sentence_that_users_are_told_names_tests_that_there_are() -> None:
    told = (ROOT / "docs" / "product.md").read_text("utf-8").partition("## Where it says two")[0]
    rows = [line for line in told.splitlines() if line.startswith("| ") and " test |" not in line]
    assert len(rows) > 10
    for row in rows:
        named = find_named_tests(row)
        assert named, row
        assert [name for name in named if not (ROOT / name).exists()] == []
