"""A draft label goes only with a sign-off that still fits the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guidepress.book import Book
from guidepress.catalogs import review
from guidepress.problems import PipelineError

Put = Callable[[str, str, str], Path]
PAGE = "part/page"
DAY = date(2026, 1, 2)
TEXT = 'msgid "Some words."\nmsgstr "คำ"\n'


def test_everything_starts_as_a_draft(book: Book) -> None:
    for language in book.languages.values():
        assert review.status(book, language) == {PAGE: 1}
        assert review.status(book, language)[PAGE] < review.PRACTITIONER


def test_a_sign_off_counts_for_its_language_only(book: Book, put: Put) -> None:
    put("th", PAGE, TEXT)
    review.sign_off(book, book.language("th"), PAGE, 3, "social worker", DAY)
    assert review.status(book, book.language("th")) == {PAGE: 3}
    assert review.status(book, book.language("th"))[PAGE] >= review.PRACTITIONER
    assert review.status(book, book.language("lo"))[PAGE] < review.PRACTITIONER


def test_below_the_practitioner_it_stays_a_draft(book: Book, put: Put) -> None:
    put("th", PAGE, TEXT)
    review.sign_off(book, book.language("th"), PAGE, 2, "bilingual reader", DAY)
    assert review.status(book, book.language("th"))[PAGE] < review.PRACTITIONER


@pytest.mark.parametrize(
    "text",
    [
        'msgid "Some words."\nmsgstr "คำอื่น"\n',
        '#, fuzzy\nmsgid "Some words."\nmsgstr "คำ"\n',
        'msgid "Other words."\nmsgstr "คำ"\n',
        TEXT + '\nmsgid "More."\nmsgstr ""\n',
    ],
)
def test_a_changed_text_is_a_draft_again(book: Book, put: Put, text: str) -> None:
    put("th", PAGE, TEXT)
    review.sign_off(book, book.language("th"), PAGE, 3, "social worker", DAY)
    put("th", PAGE, text)
    assert review.status(book, book.language("th"))[PAGE] < review.PRACTITIONER


def test_comments_and_obsolete_messages_change_nothing(book: Book, put: Put) -> None:
    put("th", PAGE, TEXT)
    review.sign_off(book, book.language("th"), PAGE, 3, "social worker", DAY)
    put("th", PAGE, f'# thank you\n{TEXT}\n#~ msgid "Old"\n#~ msgstr "เก่า"\n')
    assert review.status(book, book.language("th"))[PAGE] >= review.PRACTITIONER


def test_a_changed_source_ends_every_sign_off(book: Book, put: Put) -> None:
    put("th", PAGE, TEXT)
    for code in ("en", "th"):
        review.sign_off(book, book.language(code), PAGE, 4, "social worker", DAY)
    (book.source / f"{PAGE}.md").write_text("# A page\n\nOther words.\n", "utf-8")
    for code in ("en", "th"):
        assert review.status(book, book.language(code)) == {PAGE: 1}


def test_sign_offs_are_added_and_the_last_one_counts(book: Book, put: Put) -> None:
    put("th", PAGE, TEXT)
    thai = book.language("th")
    review.sign_off(book, thai, PAGE, 2, "reader", DAY)
    first = (book.locales / "th" / "review.toml").read_text("utf-8")
    review.sign_off(book, thai, PAGE, 4, "community nurse", DAY)
    assert (book.locales / "th" / "review.toml").read_text("utf-8").startswith(first)
    assert review.status(book, thai) == {PAGE: 4}
    review.sign_off(book, thai, PAGE, 1, "reader", DAY)
    assert review.status(book, thai) == {PAGE: 1}


@pytest.mark.parametrize(
    ("page", "step", "by", "words"),
    [
        ("page", 3, "nurse", r"did you mean part/page\?"),
        ("part/none", 3, "nurse", "this book has part/page|did you mean"),
        (PAGE, 6, "nurse", "step 6"),
        (PAGE, 3, " ", "no role"),
        (PAGE, 3, "Somchai Jaidee", "no role"),
        (PAGE, 3, "nurse@example.org", "no role"),
    ],
)
def test_what_cannot_be_recorded_is_said(book: Book, put: Put, page: str, step: int, by: str, words: str) -> None:
    put("th", PAGE, TEXT)
    with pytest.raises(PipelineError, match=words):
        review.sign_off(book, book.language("th"), page, step, by, DAY)
    assert not (book.locales / "th" / "review.toml").exists()


@pytest.mark.parametrize("text", ["", TEXT + '\nmsgid "More."\nmsgstr ""\n', 'msgid "3 words"\nmsgstr "4 คำ"\n'])
def test_a_page_with_english_left_in_it_cannot_be_signed(book: Book, put: Put, text: str) -> None:
    if text:
        put("th", PAGE, text)
    with pytest.raises(PipelineError, match="1 messages of part/page do not reach a reader"):
        review.sign_off(book, book.language("th"), PAGE, 3, "nurse", DAY)


def test_a_page_that_gathers_checklists_is_no_further_than_they_are(book: Book) -> None:
    english = book.source_language
    (book.source / "all.md").write_text("# All\n\n:::{checklist-list}\n:::\n", "utf-8")
    (book.source / f"{PAGE}.md").write_text("# A page\n\n:::{checklist} One\n:id: one\n\n1. It.\n:::\n", "utf-8")
    review.sign_off(book, english, "all", 4, "nurse", DAY)
    assert review.status(book, english) == {PAGE: 1, "all": 1}
    review.sign_off(book, english, PAGE, 3, "nurse", DAY)
    assert review.status(book, english) == {PAGE: 3, "all": 3}


@pytest.mark.parametrize("text", ["[[sign-off]", "sign-off = 5\n", "sign-off = [1]\n"])
def test_a_damaged_record_is_never_written_over(book: Book, put: Put, text: str) -> None:
    put("th", PAGE, TEXT)
    path = book.locales / "th" / "review.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PipelineError, match=r"review\.toml"):
        review.sign_off(book, book.language("th"), PAGE, 3, "nurse", DAY)
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("step", ['"5"', "99", "-1", "3.5", "[3]"])
def test_a_step_that_does_not_exist_is_a_draft(book: Book, put: Put, step: str) -> None:
    put("th", PAGE, TEXT)
    thai = book.language("th")
    review.sign_off(book, thai, PAGE, 3, "nurse", DAY)
    path = book.locales / "th" / "review.toml"
    path.write_text(path.read_text("utf-8").replace("step = 3", f"step = {step}"), "utf-8")
    assert review.status(book, thai)[PAGE] < review.PRACTITIONER
