"""The real book in all its languages, built once and shared by every test that opens what readers get."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from guidepress.book import Book

ROOT = Path(__file__).parents[2]
CODES = list(Book.at(ROOT).languages)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the book with its `build/` and `dist/`; it has no problem in any language."""
    folder = tmp_path_factory.mktemp("whole") / "book"
    for part in ("guidebook", "locales"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "conf.py", folder)
    # A process of its own: workers forked from one in which Typst has run already would wait for its threads.
    done = subprocess.run([sys.executable, "-m", "guidepress", "build"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    return folder


@pytest.fixture(params=CODES)
def code(request: pytest.FixtureRequest) -> str:
    """Each language of the book."""
    return str(request.param)
