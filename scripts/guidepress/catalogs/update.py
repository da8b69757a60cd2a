"""Brings every catalogue up to date with the source; what did not change is not touched."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from guidepress.book import Book
from guidepress.catalogs import interface, store
from guidepress.catalogs.gate import INTERFACE, orphan
from guidepress.languages import Language
from guidepress.problems import Problem

SIMILAR = 0.75
"""From this likeness on, an old translation is kept as fuzzy for a message that changed."""


def refresh(book: Book) -> list[Problem]:
    """Merge the extracted templates into the catalogues of every translation."""
    templates = {}
    for path in sorted(book.templates.rglob("*.pot")):
        domain = path.relative_to(book.templates).with_suffix("").as_posix()
        if domain != INTERFACE:
            messages, _damaged = store.read(path, path.name)
            templates[domain] = list(messages.found)
    templates[INTERFACE] = interface.strings()
    problems = []
    for language in book.translations:
        for domain, msgids in templates.items():
            problems += _merge(book, language, domain, msgids)
        for path in sorted(book.catalogs(language).rglob("*.po")):
            domain = path.relative_to(book.catalogs(language)).with_suffix("").as_posix()
            if domain not in templates:
                problems.append(orphan(book.name(path), domain))
    return problems


def _merge(book: Book, language: Language, domain: str, msgids: list[str]) -> list[Problem]:
    path: Path = book.catalogs(language) / f"{domain}.po"
    old, problems = store.read(path, book.name(path)) if path.exists() else (store.Messages(), [])
    if problems:
        # A file that could not be read whole is never written over.
        return problems
    kept = set(msgids)
    gone = {
        message.msgid: message
        for message in [*old.obsolete, *old.found.values()]
        if message.msgid not in kept and message.msgstr
    }
    returned = {message.msgid: message for message in old.obsolete}
    new = store.Messages()
    for msgid in msgids:
        known = old.found.get(msgid) or returned.get(msgid)
        if known is None and (near := get_close_matches(msgid, gone, n=1, cutoff=SIMILAR)):
            known = store.Message(msgid, gone[near[0]].msgstr, fuzzy=True)
        new.found[msgid] = known or store.Message(msgid)
    new.obsolete = list(gone.values())
    store.write(path, new, language.code, domain)
    return problems
