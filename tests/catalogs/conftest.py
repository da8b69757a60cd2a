"""A book of one page in a folder of its own, and the means to read what the gate let through."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from pathlib import Path

import pytest

from guidepress.book import Book

REPOSITORY = Path(__file__).parents[2]
TERMS = "en\tth\tvi\tzh\nshelter\tที่พักพิง\tnhà tạm lánh\t庇护所 (formal) / 收容所\n"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book with the page `part/page`, no catalogue yet."""
    folder = tmp_path / "book"
    (folder / "guidebook" / "part").mkdir(parents=True)
    (folder / "guidebook" / "part" / "page.md").write_text("# A page\n\nSome words.\n", "utf-8")
    (folder / "locales").mkdir()
    languages = (REPOSITORY / "locales" / "languages.toml").read_text("utf-8")
    (folder / "locales" / "languages.toml").write_text(languages, "utf-8")
    (folder / "locales" / "terms.tsv").write_text(TERMS, "utf-8")
    (folder / "conf.py").write_text("project = 'Test'\n", "utf-8")
    return Book.at(folder)


@pytest.fixture
def put(book: Book) -> Callable[[str, str, str], Path]:
    """Store the text of one catalogue of the book."""

    def put(code: str, domain: str, text: str) -> Path:
        path = book.catalogs(book.language(code)) / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return put


@pytest.fixture
def reader_meets(book: Book) -> Callable[[str, str, str], str]:
    """What a reader of one language meets for a message of a catalogue."""

    def reader_meets(code: str, domain: str, msgid: str) -> str:
        return gettext.translation(domain, book.passed, [code], fallback=True).gettext(msgid)

    return reader_meets
