"""Search over the whole text of an edition, made for scripts without spaces and for pages opened from a folder.

Sphinx's own index splits text into words, which Chinese, Thai, Lao, Khmer and Burmese do not mark, and needs a server.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import _

INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
INDEX = "_static/search-index.js"
Section = tuple[str, str, str]
"""Anchor, heading and text of one section; the first section of a page has its title and no anchor."""


def replace_search(app: Sphinx) -> None:
    """Keep Sphinx from writing its own index and search page."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False
        _seen(app).clear()


def remember_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Read a page while its references have their words and before it is written."""
    if isinstance(app.builder, StandaloneHTMLBuilder) and docname in app.env.found_docs:
        _seen(app)[docname] = list(sections(doctree))


def _seen(app: Sphinx) -> dict[str, list[Section]]:
    if not hasattr(app, "guidepress_search_pages"):
        app.guidepress_search_pages = {}  # type: ignore[attr-defined]  # of this run only, so not in the environment
    return app.guidepress_search_pages  # type: ignore[attr-defined, no-any-return]


def sections(doctree: nodes.document) -> Iterator[Section]:
    """The text of a page in pieces that a result can lead to."""
    for section in doctree.findall(nodes.section):
        title = next((child for child in section.children if isinstance(child, nodes.title)), None)
        heading = _plain(title) if title is not None else ""
        text = " ".join(words for words in map(_plain, _texts(section)) if words)
        anchor = section["ids"][0] if isinstance(section.parent, nodes.section) and section["ids"] else ""
        yield anchor, heading, text


def _texts(element: nodes.Element) -> Iterator[nodes.TextElement]:
    """Paragraphs, terms, captions and the like of a section, without its heading and its subsections."""
    for child in element.children:
        if isinstance(child, nodes.TextElement):
            is_heading = isinstance(child, nodes.title) and isinstance(element, nodes.section)
            if not is_heading and not isinstance(child, nodes.Invisible | nodes.label | nodes.raw):
                yield child
        elif isinstance(child, nodes.Element) and child.get("copied"):
            continue  # found where it stands first
        elif isinstance(child, nodes.Element) and not isinstance(child, nodes.section | nodes.Invisible):
            yield from _texts(child)


def _plain(element: nodes.Element) -> str:
    """The words a reader sees, in one line; numbers of footnotes would stick to the word before them."""
    words = "".join(
        str(text) for text in element.findall(nodes.Text) if not isinstance(text.parent, nodes.footnote_reference)
    )
    return unicodedata.normalize("NFC", " ".join(INVISIBLE.sub("", words).split()))


def write_search(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Write the index, which is a script because pages opened from a folder may not read data, and ask for the page."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        return []
    seen = _seen(app)
    for page in app.env.found_docs - seen.keys():  # not written in this run, or by another process
        seen[page] = list(sections(app.env.get_and_resolve_doctree(page, builder)))
    index = [[builder.get_target_uri(page), seen[page]] for page in sorted(app.env.found_docs) if seen[page]]
    target = Path(app.outdir) / INDEX
    coming = target.with_suffix(".new")
    coming.write_text(f"window.guideIndex={json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n", "utf-8")
    coming.replace(target)
    return [("search", {"title": _("Search")}, "search.html")]


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("builder-inited", replace_search)
    app.connect("doctree-resolved", remember_page)
    app.connect("html-collect-pages", write_search)
    app.add_js_file("search.js", loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
