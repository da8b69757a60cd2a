"""A book of one chapter, its bibliography and its glossary, read by Sphinx and examined."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from guidepress.book import Book
from guidepress.editions.render import read
from guidepress.manuscript import examine

ROOT = Path(__file__).parents[1] / "roots" / "chapter"
Examine = Callable[[str, str], list[tuple[int, str]]]


@pytest.fixture
def examined(tmp_path: Path) -> Callable[..., list[tuple[str, int, str]]]:
    """What is said of the good chapter after one text in it was put in place of another: file, line and code."""

    def run(old: str = "", new: str = "", page: str = "chapter") -> list[tuple[str, int, str]]:
        shutil.copytree(ROOT, tmp_path / "book")
        path = tmp_path / "book/guidebook" / f"{page}.md"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        manuscript, problems = read(Book.at(tmp_path / "book"))
        assert problems == []
        return [(found.file.removeprefix("guidebook/"), found.line, found.code) for found in examine(manuscript)]

    return run
