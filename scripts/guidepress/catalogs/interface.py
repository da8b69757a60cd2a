"""Every interface string a reader meets: ours, the theme's, and Sphinx's own that show on pages."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from babel.messages.extract import extract

from guidepress import drafts

PACKAGE = Path(__file__).parents[1]
SPHINX = (
    "Contents", "Table of Contents", "Index", "Search", "Next", "Previous", "Glossary", "Note", "Warning",
    "Link to this heading", "Link to this term", "Link to this table", "Link to this image", "Permalink to this headline",
    "Fig. %s", "Table %s", "Home", "Navigation", "see %s", "see also %s", "Symbols", "Footnotes",
    "Toggle navigation of", "%B %d, %Y",
)
"""Strings of Sphinx that reach a page of this kind of book."""
FURO = ("sidebar/search.html", "page.html", "base.html", "components/view-this-page.html")


def strings() -> list[str]:
    """Each string once, in alphabetical order."""
    return sorted({drafts.TRANSLATION, drafts.SOURCE, *SPHINX, *_own(), *_theme()})


def _own() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from _extract("python", path)
    for path in sorted((PACKAGE / "theme").rglob("*.html")):
        yield from _extract("jinja2.ext:babel_extract", path)


def _theme() -> Iterator[str]:
    spec = find_spec("furo")
    if spec and spec.origin:
        for name in FURO:
            yield from _extract("jinja2.ext:babel_extract", Path(spec.origin).parent / "theme" / "furo" / name)


def _extract(method: str, path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        options = {"trimmed": "false"}
        for _line, message, _comments, _context in extract(method, file, {"_": None, "gettext": None}, options=options):
            if isinstance(message, str) and message.strip():
                yield message
