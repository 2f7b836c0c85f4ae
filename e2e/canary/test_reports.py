"""What a failing test leaves behind holds no secret: neither its report nor its files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from zoom_meeting_testing.evidence import FOLDER, keep_evidence

from e2e.canary.places import Place
from e2e.canary.record import Record
from e2e.canary.report import TALLY
from e2e.canary.search import search
from e2e.canary.secrets import Kind, Secrets
from e2e.stage import LINK, write_element, write_line

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from zoom_meeting_testing.browsers import Engine

    from e2e.canary.stand import Stand

ROOT: Final = Path(__file__).resolve().parent.parent.parent
_ADD_PASSCODE: Final = """
(element, passcode) => element.shadowRoot.querySelector("details").append(passcode)
"""
FAILING: Final = """
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.relay.canary import BrowserSecrets
from e2e.stage import EMAIL, write_element

BODY = '<textarea id="notes">Tea</textarea>' + write_element(client_email=EMAIL)


def test_it(context, open_stage, zoom, simulator, expect_errors):
    secrets = BrowserSecrets(context, zoom.origin)
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")
    widget.details_summary.click()
    token = json.loads(stage.storage.read()["pywidget:v1:token"])
    told = " ".join(secrets.heard.values())
    stage.page.evaluate("told => console.log('told', told)", token["access_token"])
    (Path(__file__).parent / "heard.json").write_text(json.dumps(secrets.heard))
    PLANTED
    expect(widget.notice).to_have_count(1, timeout=100)
"""


def fail(folder: Path, engine: Engine, planted: str = "") -> tuple[Secrets, Record]:
    """Run a test that fails at the end of a journey; return its secrets, and what it has left."""
    (folder / "test_example.py").write_text(FAILING.replace("PLANTED", planted))
    (folder / "pytest.ini").write_text("[pytest]\n")
    # Of two plugins, the kit's would come last; of a plugin and a conftest, the conftest does.
    plain = ("-q", "-p", "no:cacheprovider", "-p", "no:zoom_meeting", "-p", "e2e.conftest")
    options = (*plain, "--engine", engine, f"--rootdir={folder}")
    command = [sys.executable, "-m", "pytest", *options, str(folder)]
    ran = subprocess.run(  # noqa: S603 - no shell
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert "1 failed" in ran.stdout
    secrets, record = Secrets(), Record()
    heard = json.loads((folder / "heard.json").read_text())
    for name, value in heard.items():
        secrets.hear(Kind(name.partition(" ")[0]), value)
    record.add(Place.REPORTS, ran.stdout, ran.stderr)
    files = [*(folder / FOLDER).iterdir()]
    assert len(files) >= 2, "no picture, or no text"
    record.add(Place.REPORTS, *(file.read_bytes() for file in files))
    return secrets, record


@pytest.mark.canary
def test_report_and_files_of_a_failing_test_hold_no_secret(tmp_path: Path, engine: Engine) -> None:
    secrets, record = fail(tmp_path, engine)
    assert secrets.kinds >= {Kind.CODE, Kind.VERIFIER, Kind.ACCESS, Kind.REFRESH, Kind.PWD}
    findings = search(record, secrets.list_all())
    TALLY.add("a failing test", findings)
    assert findings.strays == []


@pytest.mark.canary
def test_what_a_test_itself_says_is_found_in_its_report(tmp_path: Path, engine: Engine) -> None:
    secrets, record = fail(tmp_path, engine, planted="raise AssertionError(told)")
    findings = search(record, secrets.list_all())
    assert {Kind(kind) for kind, place in findings.found if place is Place.REPORTS} == {
        Kind(kind) for kind in secrets.kinds
    }


def test_pictures_do_not_depend_on_passcodes(
    stand: Stand, browser: Browser, tmp_path: Path
) -> None:
    context = stand.open_context(browser)
    pages = {}
    for passcode in ("Q2x", "W7z"):
        page = pages[passcode] = context.new_page()
        notes = write_line(LINK.replace("Q2x", passcode))
        body = f'<textarea id="notes" cols="90">{notes}</textarea>{write_element()}'
        page.goto(stand.url + stand.hosts.serve(body))
        page.locator("#widget[data-state=ready] summary").click()
        page.locator("#widget").evaluate(_ADD_PASSCODE, passcode)

    def look(passcode: str) -> bytes:
        keep_evidence(tmp_path, passcode, [pages[passcode]], [])
        return (tmp_path / f"{passcode}-1.png").read_bytes()

    # What differs for a moment is not about the passcode; what shows one differs for ever.
    assert any(look("Q2x") == look("W7z") for _ in range(5))
    context.close()
