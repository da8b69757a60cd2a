"""Who signed off which chapter; a sign-off lapses when the text it was given for changes."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from datetime import date
from difflib import get_close_matches
from typing import Any

from guidepress import drafts
from guidepress.book import Book
from guidepress.catalogs.coverage import Counts
from guidepress.catalogs.gate import gate
from guidepress.catalogs.store import read
from guidepress.files import replace_file
from guidepress.languages import Language
from guidepress.problems import PipelineError

MACHINE, EDITED, PRACTITIONER, FIELD_TESTED = 1, 2, 3, 5
"""Review steps: below PRACTITIONER a page is a draft."""
ROLE = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
STEPS = range(MACHINE, FIELD_TESTED + 1)


def pages(book: Book) -> list[str]:
    """Every page of the source, by its name without suffix."""
    files = book.source.rglob("*.md")
    return sorted(path.relative_to(book.source).with_suffix("").as_posix() for path in files)


def text_digest(book: Book, language: Language, page: str) -> str:
    """Digest of what a reviewer read: the source page and, for a translation, its messages."""
    path = book.source / f"{page}.md"
    digest = hashlib.sha256(path.read_bytes() if path.exists() else b"")
    catalog = book.catalogs(language) / f"{page}.po"
    if language != book.source_language and catalog.exists():
        messages, _problems = read(catalog, book.name(catalog))
        shown = [(one.msgid, one.msgstr) for one in messages.found.values() if not one.fuzzy]
        digest.update(json.dumps(shown).encode())
    return digest.hexdigest()


def _sign_offs(book: Book, language: Language) -> list[dict[str, Any]]:
    path = book.reviews(language)
    if not path.exists():
        return []
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("sign-off", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PipelineError(f"{book.name(path)}: cannot be read: {error}") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise PipelineError(f"{book.name(path)}: each entry must start with [[sign-off]]")
    return entries


def status(book: Book, language: Language) -> dict[str, int]:
    """The review step of each page: its last sign-off that still fits the text, else a machine draft.

    A page that gathers the checklists of others is never further than they are.
    """
    steps = dict.fromkeys(pages(book), MACHINE)
    entries = _sign_offs(book, language)
    digests = {
        page: text_digest(book, language, page)
        for page in {str(entry.get("chapter")) for entry in entries} & steps.keys()
    }
    for entry in entries:
        page, step = str(entry.get("chapter")), entry.get("step")
        if page in digests and entry.get("source") == digests[page]:
            steps[page] = step if isinstance(step, int) and step in STEPS else MACHINE
    texts = {page: (book.source / f"{page}.md").read_text("utf-8", "replace") for page in steps}
    gathered = [step for page, step in steps.items() if "{checklist}" in texts[page]]
    for page in steps:
        if "{checklist-list}" in texts[page]:
            steps[page] = min([steps[page], *gathered])
    return steps


def label(step: int, is_source: bool) -> str:
    """What a page at this step must say about its review; nothing once it is tested in the field."""
    if step >= FIELD_TESTED:
        return ""
    if step >= PRACTITIONER:
        return drafts.NOT_TESTED
    return drafts.NOT_REVIEWED if step >= EDITED or is_source else drafts.TRANSLATION


def _lacking(book: Book, language: Language, page: str) -> int:
    counts = gate(book, language).coverage.get(page, Counts(untranslated=1))
    return counts.total() - counts.passed


def sign_off(book: Book, language: Language, page: str, step: int, by: str, on: date) -> None:
    """Add one sign-off for the text as it is now."""
    if page not in pages(book):
        near = [one for one in pages(book) if one.rpartition("/")[2] == page.rpartition("/")[2]]
        near = near or get_close_matches(page, pages(book), n=1)
        raise PipelineError(f"unknown chapter {page!r}; " + (
            f"did you mean {near[0]}?" if near else f"this book has {', '.join(pages(book))}"
        ))  # fmt: skip
    if step not in STEPS:
        raise PipelineError(f"step {step} is not between {MACHINE} and {FIELD_TESTED}")
    if not ROLE.fullmatch(by) or by != by.lower():
        raise PipelineError(f"--by {by!r} is no role; write one in small letters, such as social worker, and no name")
    if step > MACHINE and language != book.source_language and (lacking := _lacking(book, language, page)):
        raise PipelineError(
            f"{lacking} messages of {page} do not reach a reader of this language; run guidepress status "
            f"{language.code} and translate or mend them before the chapter is signed off"
        )
    _sign_offs(book, language)  # a record that cannot be read is not written over
    path = book.reviews(language)
    first = "# Reviews, oldest first; added by guidepress sign-off.\n"
    before = path.read_text("utf-8").rstrip("\n") + "\n" if path.exists() else first
    entry = (
        f'\n[[sign-off]]\nchapter = "{page}"\nstep = {step}\nby = "{by}"\n'
        f'date = {on.isoformat()}\nsource = "{text_digest(book, language, page)}"\n'
    )
    replace_file(path, (before + entry).encode())
