"""Tables on a phone, where cells stand one below the other: each says again what its column is."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from guidepress.ext.form import form


def repeat_heads(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Put the head of its column, shown on narrow screens only, into each cell but the first of a row."""
    if app.builder.format != "html":
        return
    for group in doctree.findall(nodes.tgroup):
        heads = [row for head in group.findall(nodes.thead) for row in head.findall(nodes.row)]
        if len(heads) != 1 or _is_filled_in(group):
            continue
        labels = [_label(cell) for cell in heads[0].findall(nodes.entry)]
        for row in (row for body in group.findall(nodes.tbody) for row in body.findall(nodes.row)):
            cells = [cell for cell in row.children if isinstance(cell, nodes.entry)]
            if len(cells) == len(labels):
                for cell, label in zip(cells[1:], labels[1:], strict=True):
                    cell.insert(0, nodes.raw("", label, format="html"))


def _label(cell: nodes.entry) -> str:
    languages = [name.removeprefix("language-") for text in cell.findall(nodes.TextElement) for name in text["classes"]
                 if name.startswith("language-")]
    lang = f' lang="{escape(languages[0])}"' if languages else ""
    words = " ".join(cell.astext().split())
    return f'<span class="cell-head"{lang}>{escape(words)}</span>' if words else ""


def _is_filled_in(node: nodes.Element) -> bool:
    """Forms name their fields themselves."""
    at = node.parent
    while at is not None and not isinstance(at, form):
        at = at.parent
    return at is not None


def setup(app: Sphinx) -> dict[str, Any]:
    # After the search index has taken the words of the page.
    app.connect("doctree-resolved", repeat_heads, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
