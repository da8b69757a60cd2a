"""Sphinx extensions of the book; `guidepress.ext` in `conf.py` brings them all."""

from __future__ import annotations

from typing import Any

from sphinx import locale
from sphinx.application import Sphinx

PARTS = (
    "editions", "book", "checklist", "form", "drawings", "numbering", "search", "index_order", "tables", "fonts",
    "typst",
)  # fmt: skip


def forget_pages() -> None:
    """Sphinx keeps the catalogues of a process and would fill gaps from the language rendered before."""
    for namespace, catalog in list(locale.translators):
        if namespace == "general" and catalog != "sphinx":
            del locale.translators[namespace, catalog]


def setup(app: Sphinx) -> dict[str, Any]:
    forget_pages()
    for part in PARTS:
        app.setup_extension(f"guidepress.ext.{part}")
    return {"parallel_read_safe": False, "parallel_write_safe": True}
