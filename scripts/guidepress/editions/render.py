"""The only place that starts Sphinx: messages out of the source, and one read per language into its editions."""

from __future__ import annotations

import logging as stdlib_logging
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.build_phase import BuildPhase
from sphinx.util.docutils import docutils_namespace, patch_docutils

from guidepress.book import Book
from guidepress.editions.advice import advised
from guidepress.ext.checklist import registry
from guidepress.languages import Language
from guidepress.manuscript import Manuscript, Page
from guidepress.manuscript.style import load_style
from guidepress.problems import PipelineError, Problem


@dataclass(frozen=True)
class Rendered:
    """What one read of the book in one language gave."""

    pages: tuple[str, ...]
    titles: tuple[str, ...]
    """The chapter titles a reader must find in the PDF's outline."""
    checklists: dict[str, str]
    """The page of each checklist by its id."""
    words: dict[str, str]
    """What the page in front of all editions says in this language."""
    date: str
    problems: tuple[Problem, ...]


class _Collector(logging.WarningStreamHandler):
    """Sphinx's warnings as problems; of this class, so that Sphinx does not give it those twice that it holds back."""

    def __init__(self, app: Sphinx, book: Book) -> None:
        super().__init__(logging.SafeEncodingWriter(StringIO()))
        self.setLevel(stdlib_logging.WARNING)
        self.book = book
        self.problems: list[Problem] = []
        self.addFilter(logging.WarningSuppressor(app))
        # Sphinx's own handler, which comes first, has put places into words.

    def emit(self, record: stdlib_logging.LogRecord) -> None:
        file, line = self._place(str(getattr(record, "location", None) or ""))
        kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
        code = ".".join(part for part in (kind, subtype) if part) or "sphinx"
        # Not its own getMessage, which puts place and kind before and after the words.
        message = " ".join(stdlib_logging.LogRecord.getMessage(record).split())
        self.problems.append(Problem(file, line, code, advised(message)))

    def _place(self, location: str) -> tuple[str, int]:
        name, _, line = location.removesuffix(":<translated>").rpartition(":")
        if not name or not line.isdigit():
            name, line = location.rstrip(":"), "0"
        return (self.book.name(Path(name)) if name else "guidebook", int(line))


def _run(
    book: Book, language: Language, builder: str, out: Path, about: dict[str, Any], stack: ExitStack
) -> tuple[Sphinx, _Collector]:
    scratch = book.build / "doctrees" / f"{language.code}-{builder}"
    shutil.rmtree(scratch, ignore_errors=True)
    stack.enter_context(patch_docutils(str(book.root)))
    stack.enter_context(docutils_namespace())
    app = Sphinx(
        srcdir=book.source,
        confdir=book.root,
        outdir=out,
        doctreedir=scratch,
        buildername=builder,
        confoverrides={"language": language.code, "show_warning_types": False, **about},
        status=None,
        warning=StringIO(),
        freshenv=True,
    )
    collector = _Collector(app, book)
    logger = stdlib_logging.getLogger(logging.NAMESPACE)
    logger.addHandler(collector)
    stack.callback(logger.removeHandler, collector)
    stack.callback(shutil.rmtree, scratch, ignore_errors=True)
    return app, collector


def extract(book: Book) -> list[Problem]:
    """Fill `book.templates` with one .pot file a page."""
    try:
        with ExitStack() as stack:
            shutil.rmtree(book.templates, ignore_errors=True)
            app, collector = _run(book, book.source_language, "gettext", book.templates, {}, stack)
            app.build(force_all=True)
            return list(collector.problems)
    except SphinxError as error:
        raise PipelineError(f"the source cannot be read: {error}") from error


def read(book: Book) -> tuple[Manuscript, list[Problem]]:
    """The source text with its references tried, and what Sphinx says of it."""
    try:
        with ExitStack() as stack:
            app, collector = _run(book, book.source_language, "dummy", book.build / "dummy", {}, stack)
            app.build(force_all=True)
            pages = {
                name: Page(name, app.env.get_doctree(name), str(app.env.metadata[name].get("number", "")))
                for name in sorted(app.env.found_docs)
            }
            return Manuscript(pages, load_style(book.source / "style.toml")), list(collector.problems)
    except SphinxError as error:
        raise PipelineError(f"the source cannot be read: {error}") from error


def render(
    book: Book,
    language: Language,
    status: list[dict[str, Any]],
    html: Path | None,
    typst: Path | None,
    revision: str = "",
) -> Rendered:
    """Read the book once in one language and write what is asked for: HTML pages and the Typst book.

    `status` is how far each language is: dicts of code, tag, autonym, coverage (0 to 1) and step. `revision` names
    the state of the source.
    """
    about = {"guidepress_status": status, "guidepress_revision": revision, "guidepress_print": typst is not None}
    try:
        with ExitStack() as stack:
            first, out = ("html", html) if html else ("typst", typst)
            assert out is not None, "nothing asked for"
            app, collector = _run(book, language, first, out, about, stack)
            app.build(force_all=True)
            if html and typst:
                _write_again(app, "typst", typst)
            pages = tuple(sorted(app.env.found_docs))
            titles = tuple(
                app.env.titles[page].astext() for page in pages if "number" in app.env.metadata.get(page, {})
            )
            words = app.config.guidepress_edition["words"]
            checklists = registry(app.env)
            return Rendered(pages, titles, checklists, words, app.config.guidepress_date, tuple(collector.problems))
    except SphinxError as error:
        raise PipelineError(f"{language.code}: the book cannot be rendered: {error}") from error


def _write_again(app: Sphinx, name: str, out: Path) -> None:
    """Write the doctrees that were just read once more with another builder."""
    out.mkdir(parents=True, exist_ok=True)
    app.outdir = out
    app.preload_builder(name)
    builder = app.create_builder(name)
    app.builder = builder
    # Not the event builder-inited: Furo has seen it for its own builder and refuses any other.
    builder.init()
    builder.phase = BuildPhase.RESOLVING
    builder.write(None, app.env.found_docs, "all")
    builder.finish()
