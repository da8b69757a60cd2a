"""Copying, searching and reading aloud give back the text of the book, whichever program opens it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.whole.readers import LITERAL, READERS, SEARCHED, given_back, installed, plain

LETTERS = {"km": "\u1780-\u17ff", "lo": "\u0e80-\u0eff", "my": "\u1000-\u109f", "th": "\u0e00-\u0e7f"}


def source(built: Path, code: str) -> str:
    return (built / "build" / "editions" / code / "typst" / "book.typ").read_text("utf-8")


def pages(built: Path, code: str, reader: str) -> list[str]:
    if not installed(reader):
        pytest.fail(f"{reader} is not installed; .ci/run installs it")
    return SEARCHED[reader](built / "dist" / "pdf" / f"guidebook-{code}.pdf")


@pytest.mark.parametrize("reader", READERS)
def test_every_word_of_the_book_comes_back(built: Path, code: str, reader: str) -> None:
    share, missing = given_back(source(built, code), pages(built, code, reader))
    assert share >= 0.999, missing[:5]


@pytest.mark.parametrize("reader", SEARCHED)
@pytest.mark.parametrize("script", LETTERS)
def test_a_word_is_found_in_one_piece(built: Path, script: str, reader: str) -> None:
    """Where lines break, these scripts have no space; one anywhere else would hide the word from a search."""
    found = re.findall(f"[{LETTERS[script]}]+", " ".join(plain(m[1]) for m in LITERAL.finditer(source(built, script))))
    words = {word for word in found if 4 <= len(word) <= 14}
    text = "".join(pages(built, script, reader)).replace("\r", "").replace("\n", "").replace("\u200b", "")
    split = [word for word in words if word not in text]
    assert len(words) > 500
    assert len(split) <= 0.03 * len(words), split[:5]
