"""`update` brings new messages into the catalogues and touches nothing that did not change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guidepress.book import Book
from guidepress.catalogs import store
from guidepress.catalogs.update import refresh

Put = Callable[[str, str, str], Path]


def extracted(book: Book, *msgids: str) -> None:
    """The template of the page, as Sphinx would write it."""
    path = book.templates / "part" / "page.pot"
    path.parent.mkdir(parents=True, exist_ok=True)
    header = 'msgid ""\nmsgstr ""\n"POT-Creation-Date: 2026-01-01 00:00+0000\\n"\n\n'
    path.write_text(header + "".join(f'msgid "{msgid}"\nmsgstr ""\n\n' for msgid in msgids), "utf-8")


def catalog(book: Book, code: str) -> Path:
    return book.catalogs(book.language(code)) / "part" / "page.po"


def messages(book: Book, code: str) -> store.Messages:
    found, problems = store.read(catalog(book, code), "page.po")
    assert not problems
    return found


def test_each_language_gets_each_page_and_the_interface(book: Book) -> None:
    extracted(book, "One", "Two")
    assert refresh(book) == []
    for language in book.translations:
        assert list(messages(book, language.code).found) == ["One", "Two"]
        assert "Search" in (book.catalogs(language) / "sphinx.po").read_text("utf-8")
    assert not book.catalogs(book.source_language).exists()


def test_a_second_update_changes_no_byte(book: Book, put: Put) -> None:
    extracted(book, "The first sentence of the page.", "Two")
    put("th", "part/page", 'msgid "The first sentence of a page."\nmsgstr "หนึ่ง"\n\nmsgid "Gone"\nmsgstr "ไป"\n')
    refresh(book)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in book.locales.rglob("*.po")}
    assert refresh(book) == []
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in book.locales.rglob("*.po")} == before


def test_a_changed_message_is_fuzzy_and_its_neighbour_stays(book: Book, put: Put) -> None:
    put("th", "part/page", 'msgid "Ask the person before you act."\nmsgstr "ถาม"\n\nmsgid "Two"\nmsgstr "สอง"\n')
    extracted(book, "Ask the person before you act at all.", "Two")
    refresh(book)
    found = messages(book, "th").found
    changed = found["Ask the person before you act at all."]
    assert (changed.msgstr, changed.fuzzy) == ("ถาม", True)
    assert (found["Two"].msgstr, found["Two"].fuzzy) == ("สอง", False)


def test_a_message_that_comes_back_brings_its_translation(book: Book, put: Put) -> None:
    put("th", "part/page", '# kept\nmsgid "One"\nmsgstr "หนึ่ง"\n')
    extracted(book, "Other words")
    refresh(book)
    assert list(messages(book, "th").found) == ["Other words"]
    extracted(book, "Other words", "One")
    refresh(book)
    back = messages(book, "th").found["One"]
    assert (back.msgstr, back.fuzzy, back.comments) == ("หนึ่ง", False, ("kept",))


def test_a_guess_never_comes_back_as_a_translation(book: Book, put: Put) -> None:
    put("th", "part/page", '#, fuzzy\nmsgid "One"\nmsgstr "เดา"\n')
    extracted(book, "Other words")
    refresh(book)
    extracted(book, "One")
    refresh(book)
    back = messages(book, "th").found["One"]
    assert back.fuzzy or not back.msgstr


def test_a_damaged_catalogue_is_reported_and_left_as_it_is(book: Book, put: Put) -> None:
    extracted(book, "One")
    text = 'msgid "One"\nmsgstr "หนึ่ง"\n\nmsgid "Two"\nmsgstr "สอ\n'
    path = put("th", "part/page", text)
    assert [(problem.file, problem.line, problem.code) for problem in refresh(book)] == [
        (book.name(path), 5, "po-syntax")
    ]
    assert path.read_text("utf-8") == text


def test_a_catalogue_without_page_is_reported_and_kept(book: Book, put: Put) -> None:
    extracted(book, "One")
    path = put("th", "part/gone", 'msgid "One"\nmsgstr "หนึ่ง"\n')
    assert [(problem.file, problem.code) for problem in refresh(book)] == [(book.name(path), "catalog-orphan")]
    assert path.exists()
