"""Binds a Sphinx run to the book it runs in: the gate before the catalogues, and the edition's own data."""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Any

import sphinx
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import _
from sphinx.util import logging

from guidepress.book import Book
from guidepress.catalogs import review
from guidepress.catalogs.gate import gate
from guidepress.catalogs.unbroken import unbroken_words
from guidepress.languages import DIGITS, Language
from guidepress.problems import PipelineError

logger = logging.getLogger(__name__)


def bind(app: Sphinx, config: Config) -> None:
    """Let only gated catalogues in, and fill `guidepress_edition` for the language of this run."""
    try:
        book = Book.at(Path(app.confdir))
        language = book.language(config.language)
    except PipelineError as error:
        raise sphinx.errors.ConfigError(str(error)) from error
    if language != book.source_language:
        for problem in gate(book, language).problems:
            where = f"{book.root / problem.file}:{problem.line}"
            logger.warning("%s", problem.message, location=where, type="gate", subtype=problem.code)
    config.locale_dirs = [str(book.passed)]
    # Sphinx has read its own catalogue before the gate could pass ours, which comes first.
    locale.translators.pop(("general", "sphinx"), None)
    builtin = Path(sphinx.package_dir) / "locale"
    app.translator, _has = locale.init([str(book.passed), None, str(builtin)], config.language)
    config.html_search_language = None
    config.guidepress_edition = edition(book, language, config)


def edition(book: Book, language: Language, config: Config) -> dict[str, Any]:
    """What pages and PDF say about themselves: names, draft labels, stamp, the other editions."""
    text = _translated_start(book, language)
    title, subtitle = text(config.project), text(config.guidepress_subtitle)
    return {
        "code": language.code,
        "tag": language.tag,
        "autonym": language.autonym,
        "lang": language.base,
        "region": language.region.lower() if language.region else None,
        "fonts": list(language.fonts),
        "text_size": language.text_size,
        "top_edge": language.top_edge,
        "bottom_edge": language.bottom_edge,
        "leading": language.leading,
        "justify": language.justify,
        "linebreaks": language.linebreaks,
        "unbroken": unbroken_words(book.unbroken(language), "")[0],
        "digits": DIGITS[language.digits],
        "cjk": language.cjk,
        "exit_site": language.exit_site,
        "title": title,
        "subtitle": subtitle,
        "author": "",
        "draft": draft_labels(book, language),
        "stamp": stamp(language, config),
        "neutral_cover": config.guidepress_neutral_cover,
        "sheet_stamp": {
            page: sheet_stamp(language, config, step) for page, step in _steps(book, language).items()
        },
        "sheets": f"../sheets/{language.code}" if config.guidepress_print else "",
        "strings": {
            "contents": _("Contents"), "page": _("page"), "checklist": _("Checklist"),
            "checklists": _("Checklists"), "date": _("Date"),
            "initials": _("Initials"), "beside": book.source_language.tag,
        },
        "words": {
            "title": title,
            "read": _("Read"),
            "pages": _("pages"),
            "draft": next(iter(draft_labels(book, language).get("*", [])), ""),
            "coverage": _("Translated"),
            "step": _("Review step"),
            "checklists": _("Checklists"),
            "beside": book.source_language.autonym,
            "for_review": _("for review"),
            "for_use": _("for use"),
        },
        "languages": [
            {"code": other.code, "tag": other.tag, "autonym": other.autonym} for other in book.languages.values()
        ],
        "status": config.guidepress_status,
        "pdf": f"../pdf/guidebook-{language.code}.pdf",
        "date": config.guidepress_date,
    }


def _translated_start(book: Book, language: Language) -> Any:
    """Book title and subtitle are messages of the start page."""
    catalog = gettext.translation("index", book.passed, [language.code], fallback=True)
    return catalog.gettext


def draft_labels(book: Book, language: Language) -> dict[str, list[str]]:
    """The labels of each page, own language first; `*` is the label of the page with the lowest step.

    A page that needs no label is missing.
    """
    is_source = language == book.source_language
    found = {}
    for page, step in _steps(book, language).items():
        if words := review.label(step, is_source):
            found[page] = [_(words)] if is_source else [_(words), words]
    return found


def stamp(language: Language, config: Config) -> list[str]:
    """The imprint: edition, version, date, revision, how far translation and review are, licence, newer editions."""
    percent, step = _progress(language, config)
    # Not inside f-strings, where Babel finds no words.
    version, revision, translated, reviewed = _("Version"), _("Source revision"), _("Translated"), _("Review step")
    return [
        language.autonym if language.autonym == language.english else f"{language.autonym} – {language.english}",
        f"{version} {language.number(config.release)} – {language.number(config.guidepress_date)}",
        f"{revision}: {config.guidepress_revision or '–'}",
        f"{translated}: {percent} · {reviewed}: {step}",
        _("Text: Creative Commons Attribution 4.0 International (CC BY 4.0)"),
        _("Look for a newer edition in the place where you found this one."),
    ]


def sheet_stamp(language: Language, config: Config, step: int) -> list[str]:
    """The imprint in two lines, for the foot of a sheet from a page at this review step."""
    percent, _lowest = _progress(language, config)
    reviewed = _("Review step")
    parts = [
        language.tag, config.release, config.guidepress_date, config.guidepress_revision or "–", percent,
        f"{reviewed} {language.number(str(step))}", "CC BY 4.0",
    ]
    return [" · ".join(parts), _("Look for a newer edition in the place where you found this one.")]


def _steps(book: Book, language: Language) -> dict[str, int]:
    """The review step of each page, and the lowest of them under `*`."""
    steps = review.status(book, language)
    return {"*": min(steps.values(), default=review.MACHINE), **steps}


def _progress(language: Language, config: Config) -> tuple[str, str]:
    """Coverage in percent and the review step, in the language's own numerals."""
    row = next((row for row in config.guidepress_status if row["code"] == language.code), None)
    if row is None:
        return "–", "–"
    return language.number(f"{int(row['coverage'] * 100)} %"), language.number(str(row["step"]))


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("guidepress_subtitle", "", "env", types=(str,))
    app.add_config_value("guidepress_date", "", "env", types=(str,))
    app.add_config_value("guidepress_status", [], "env", types=(list,))
    app.add_config_value("guidepress_revision", "", "env", types=(str,))
    app.add_config_value("guidepress_neutral_cover", False, "env", types=(bool,))
    app.add_config_value("guidepress_print", False, "env", types=(bool,))
    app.connect("config-inited", bind, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
