"""What all tests share: the browser rule, and miniature books in folders of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOTS = Path(__file__).parent / "roots"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="store the pictures of the specimen as they are now")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a browser its tests are left out and counted; `.ci/run` installs one."""
    if CHROMIUM:
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
        config.stash[LEFT_OUT] = len(left_out)


LEFT_OUT = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if count := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(f"{count} browser tests left out: no Chromium on this machine", yellow=True)


@pytest.fixture
def book_folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of the miniature book `tests/roots/<param>`."""
    folder = tmp_path / "book"
    shutil.copytree(ROOTS / request.param, folder)
    return folder
