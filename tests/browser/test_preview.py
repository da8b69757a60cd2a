"""An author or a translator saves a change and sees it in the browser."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright
from tests.conftest import CHROMIUM

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1] / "roots" / "small"


@pytest.fixture
def preview(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, str]]:
    """A book with `guidepress preview` running on it, and the address it prints."""
    shutil.copytree(ROOT, tmp_path / "book")
    command = [sys.executable, "-m", "guidepress", "preview", request.param, "--port", "0"]
    process = subprocess.Popen(command, cwd=tmp_path / "book", stdout=subprocess.PIPE, text=True)
    assert process.stdout
    address = next(line.split()[0] for line in process.stdout if line.startswith("http://"))
    yield tmp_path / "book", address
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 2


@pytest.mark.parametrize("preview", ["en"], indirect=True)
def test_a_saved_change_of_the_source_shows(preview: tuple[Path, str]) -> None:
    book, address = preview
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]).new_page()
        page.goto(f"{address}house.html")
        expect(page.locator("article")).to_contain_text("3 people have a key")
        source = book / "guidebook" / "house.md"
        source.write_text(source.read_text("utf-8").replace("3 people have", "4 people have"), "utf-8")
        expect(page.locator("article")).to_contain_text("4 people have a key", timeout=20_000)


@pytest.mark.parametrize("preview", ["th"], indirect=True)
def test_a_saved_change_of_a_catalogue_shows(preview: tuple[Path, str]) -> None:
    book, address = preview
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]).new_page()
        page.goto(f"{address}house.html")
        expect(page.locator("article")).to_contain_text("เขาออกไปได้")
        catalog = book / "locales" / "th" / "LC_MESSAGES" / "house.po"
        catalog.write_text(catalog.read_text("utf-8").replace("เขาออกไปได้", "เขาออกไปได้ทุกเมื่อ"), "utf-8")
        expect(page.locator("article")).to_contain_text("เขาออกไปได้ทุกเมื่อ", timeout=20_000)
