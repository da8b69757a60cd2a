"""The words themselves: what is not written, what is too long, what needs a date, what needs a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docutils import nodes
from sphinx import addnodes

from guidepress.fonts import without_font
from guidepress.manuscript import Manuscript, Page, check, line, plain, reading
from guidepress.problems import Problem

PHONE = re.compile(r"\+?\d(?:[ ()-]?\d){6,}|(?i:call|dial|helpline|hotline|number)\W{1,3}\d{3,}")
DATED = re.compile(r"(?i:\bas of )(?:[A-Z][a-z]+ )?\d{4}\b")


@lru_cache(maxsize=1024)
def _pattern(phrase: str) -> re.Pattern[str]:
    """A word or phrase alone or in the plural, in any case."""
    parts = r"\s+".join(re.escape(part) for part in phrase.split())
    return re.compile(rf"(?<![\w-]){parts}(?:e?s)?(?![\w-])", re.IGNORECASE)


def _own_words(node: nodes.Element) -> str:
    """The text without titles of works, which stand in italics and are not ours."""
    return plain(node, nodes.emphasis)


@check(chapters_only=False)
def uses_no_banned_word(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """No word of the list in `style.toml`. Bad: “red flag”. Good: “sign of danger”."""
    for node in page.doctree.findall(nodes.TextElement):
        if not isinstance(node, nodes.paragraph | nodes.title | nodes.term) or isinstance(node.parent, nodes.footnote):
            continue
        text = _own_words(node)
        for phrase, better in manuscript.style.instead_of.items():
            if _pattern(phrase).search(text):
                yield page.problem(node, "word", f"“{phrase}” is not used here; write: {better}")


@check(chapters_only=False)
def has_short_sentences(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """A sentence is read aloud in one breath. Bad: thirty words. Good: two sentences."""
    longest = manuscript.style.longest_sentence
    for node in page.prose:
        for sentence in reading.sentences(_own_words(node)):
            count = len(reading.words(sentence))
            if count > longest:
                words = f"has {count} words, more than {longest}: {sentence[:60]}…"
                yield page.problem(node, "sentence-long", words)


@check(chapters_only=False)
def gives_no_phone_number(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """Numbers go stale, and a wrong one can harm. Bad: a helpline's number. Good: a line to write it on."""
    if page.name == manuscript.style.bibliography:
        return  # numbers of reports and laws look alike
    for node in page.doctree.findall(nodes.paragraph):
        if found := PHONE.search(node.astext()):
            yield page.problem(node, "phone-number", f"{found[0]!r} looks like a phone number; leave a line to fill in")


@check(chapters_only=False)
def dates_law(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """A law fact says as of when. Bad: “Thai law gives …”. Good: “As of 2022, Thai law gives …”."""
    style = manuscript.style
    if page.name == style.bibliography:
        return  # each entry has the year of its source
    for node in page.prose:
        text = plain(node)
        is_law = any(_pattern(word).search(text) for word in style.law_words)
        if is_law and any(place in text for place in style.places) and not DATED.search(text):
            yield page.problem(node, "law-date", "names a country and a law or office; say “as of” and the year")


@check(chapters_only=False)
def has_a_font(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """Every character can be printed. Bad: an emoji. Good: words."""
    for node in page.doctree.findall(nodes.TextElement):
        if not isinstance(node, nodes.Inline) and (lacking := without_font(node.astext())):
            words = f"has {' '.join(lacking)}, which no font can print; write it in letters"
            yield page.problem(node, "no-font", words)


def terms(manuscript: Manuscript) -> list[str]:
    """The words of the glossary."""
    page = manuscript.pages.get(manuscript.style.glossary)
    return [term.astext() for term in page.doctree.findall(nodes.term)] if page else []


@check(chapters_only=True)
def links_terms(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """A term of the glossary is linked where a chapter first uses it."""
    linked: dict[str, int] = {}
    for reference in page.doctree.findall(addnodes.pending_xref):
        if reference.get("reftype") == "term":
            linked.setdefault(reference["reftarget"].casefold(), line(reference))
    prose = [(node, _own_words(node)) for node in page.prose]
    for term in terms(manuscript):
        if term in manuscript.style.everyday_terms:
            continue
        first = next((node for node, text in prose if _pattern(term).search(text)), None)
        if first is not None and term.casefold() not in linked:
            yield page.problem(first, "term-link", f"uses “{term}” first here; write {{term}}`{term}`")
