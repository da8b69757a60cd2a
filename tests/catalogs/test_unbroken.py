"""The list of words that no line may break: read whole, its mistakes said by line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guidepress.book import Book
from guidepress.catalogs.gate import gate
from guidepress.catalogs.unbroken import unbroken_words


def test_a_list_has_one_word_a_line(tmp_path: Path) -> None:
    path = tmp_path / "unbroken.txt"
    assert unbroken_words(path, "unbroken.txt") == ([], [])
    path.write_text("# names\nកម្ពុជា  # Cambodia\n\nវៀតណាម\n", "utf-8")
    assert unbroken_words(path, "unbroken.txt") == (["កម្ពុជា", "វៀតណាម"], [])
    path.write_text("one\ntwo words\nthree\n", "utf-8")
    words, [problem] = unbroken_words(path, "unbroken.txt")
    assert words == ["one", "three"] and str(problem).startswith("unbroken.txt:2: unbroken: “two words” has a space")
    path.write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in str(unbroken_words(path, "unbroken.txt")[1][0])


def test_the_gate_says_what_is_wrong_with_the_list(book: Book, put: Callable[[str, str, str], Path]) -> None:
    put("th", "part/page", "")
    thai = book.language("th")
    book.unbroken(thai).write_text("สอง คำ\n", "utf-8")
    assert [(problem.code, problem.line) for problem in gate(book, thai).problems] == [("unbroken", 1)]
    book.unbroken(thai).write_text("สองคำ\n", "utf-8")
    assert gate(book, thai).problems == ()
