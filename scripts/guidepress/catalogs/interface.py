"""Every interface string a reader meets: ours, the theme's, and Sphinx's own that show on pages."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from babel.messages.extract import extract

from guidepress import drafts

PACKAGE = Path(__file__).parents[1]
SPHINX = (
    "Attention", "Caution", "Danger", "Error", "Hint", "Important", "Note", "See also", "Tip", "Warning",
    "Contents", "Table of Contents", "Index", "Search", "Search Page", "Glossary", "Home", "Navigation",
    "Next", "Previous", "next", "previous", "Footnotes", "Fig. %s", "Table %s",
    "Link to this heading", "Link to this image", "Link to this table", "Link to this term",
    "Logo of %s",
)
"""Strings of Sphinx that reach a page of this kind of book."""
FURO = ("base.html", "page.html", "search.html", "sidebar/search.html", "components/view-this-page.html")
KEYWORDS = {"_": None, "gettext": None}


def strings() -> list[str]:
    """Each string once, in alphabetical order."""
    return sorted({drafts.TRANSLATION, drafts.NOT_REVIEWED, drafts.NOT_TESTED, *SPHINX, *_own(), *_theme()})


def _own() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from _extract("python", path)
    for path in sorted((PACKAGE / "theme").rglob("*.html")):
        yield from _extract("jinja2.ext:babel_extract", path)


def _theme() -> Iterator[str]:
    spec = find_spec("furo")
    if spec and spec.origin:
        templates = Path(spec.origin).parent / "theme" / "furo"
        for name in FURO:
            yield from _extract("jinja2.ext:babel_extract", templates / name)


def _extract(method: str, path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        found = extract(method, file, KEYWORDS, options={"trimmed": "false"})
        for _line, message, _comments, _context in found:
            if isinstance(message, str) and message.strip():
                yield message
