"""A book of one page in a folder of its own, and the means to read what the gate let through."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from pathlib import Path

import pytest

from guidepress.book import Book

REPOSITORY = Path(__file__).parents[2]
TERMS = "n\ten\tkm\tzh\tlo\tmy\tth\tvi\n1\tshelter\tទីជម្រក\t庇护所 (formal) / 收容所\tທີ່ພັກ\tခိုလှုံရာ\tที่พักพิง\tnhà tạm lánh\n"


def make_book(folder: Path) -> Book:
    """A book with the page `part/page`, no catalogue yet."""
    (folder / "guidebook" / "part").mkdir(parents=True)
    (folder / "guidebook" / "part" / "page.md").write_text("# A page\n\nSome words.\n", "utf-8")
    (folder / "locales").mkdir()
    languages = (REPOSITORY / "locales" / "languages.toml").read_text("utf-8")
    (folder / "locales" / "languages.toml").write_text(languages, "utf-8")
    (folder / "locales" / "terms.tsv").write_text(TERMS, "utf-8")
    (folder / "conf.py").write_text("project = 'Test'\n", "utf-8")
    return Book.at(folder)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return make_book(tmp_path / "book")


@pytest.fixture
def put(book: Book) -> Callable[[str, str, str], Path]:
    """Store the text of one catalogue of the book."""

    def put(code: str, domain: str, text: str) -> Path:
        path = book.catalogs(book.language(code)) / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return put


def reaches_reader(book: Book, code: str, msgid: str, domain: str = "part/page") -> str:
    """What a reader of this language meets for a message."""
    return gettext.translation(domain, book.passed, [code], fallback=True).gettext(msgid)
