"""Who signed off which chapter; a sign-off lapses when the text it was given for changes."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from pathlib import Path

from guidepress.book import Book
from guidepress.catalogs.store import replace_file
from guidepress.languages import Language
from guidepress.problems import PipelineError

MACHINE, PRACTITIONER, FIELD_TESTED = 1, 3, 5
"""Review steps: below PRACTITIONER a page is a draft."""


def pages(book: Book) -> list[str]:
    """Every page of the source, by its name without suffix."""
    return sorted(path.relative_to(book.source).with_suffix("").as_posix() for path in book.source.rglob("*.md"))


def text_digest(book: Book, language: Language, page: str) -> str:
    """Digest of what a reviewer read: the source page and, for a translation, its catalogue."""
    files = [book.source / f"{page}.md"]
    if language != book.source_language:
        files.append(book.catalogs(language) / f"{page}.po")
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def _record(book: Book, language: Language) -> Path:
    return book.locales / language.code / "review.toml"


def _sign_offs(book: Book, language: Language) -> list[dict[str, object]]:
    path = _record(book, language)
    if not path.exists():
        return []
    try:
        return list(tomllib.loads(path.read_text("utf-8")).get("sign-off", []))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PipelineError(f"{book.name(path)}: cannot be read: {error}") from error


def status(book: Book, language: Language) -> dict[str, int]:
    """The review step of each page: its last sign-off that still fits the text, else a machine draft."""
    steps = dict.fromkeys(pages(book), MACHINE)
    for entry in _sign_offs(book, language):
        page, step = str(entry.get("chapter")), entry.get("step")
        fits = page in steps and isinstance(step, int) and MACHINE <= step <= FIELD_TESTED
        if fits and entry.get("source") == text_digest(book, language, page):
            steps[page] = int(str(step))
    return steps


def is_draft(book: Book, language: Language, page: str) -> bool:
    """Whether the page must say that no practitioner has reviewed it."""
    return status(book, language).get(page, MACHINE) < PRACTITIONER


def sign_off(book: Book, language: Language, page: str, step: int, by: str, on: date) -> None:
    """Add one sign-off for the text as it is now."""
    if page not in pages(book):
        raise PipelineError(f"unknown chapter {page!r}; this book has {', '.join(pages(book))}")
    if not MACHINE < step <= FIELD_TESTED:
        raise PipelineError(f"step {step} is not between 2 and {FIELD_TESTED}")
    path = _record(book, language)
    before = path.read_text("utf-8") if path.exists() else "# Reviews, oldest first; added by guidepress sign-off.\n"
    quoted = by.replace("\\", "").replace('"', "'").replace("\n", " ")
    entry = (
        f'\n[[sign-off]]\nchapter = "{page}"\nstep = {step}\nby = "{quoted}"\n'
        f'date = {on.isoformat()}\nsource = "{text_digest(book, language, page)}"\n'
    )
    tomllib.loads(before + entry)
    replace_file(path, (before + entry).encode())
