"""Sphinx extensions of the book; `guidepress.ext` in `conf.py` brings them all."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

PARTS = ("editions", "book", "checklist", "numbering", "search", "fonts", "typst")


def setup(app: Sphinx) -> dict[str, Any]:
    for part in PARTS:
        app.setup_extension(f"guidepress.ext.{part}")
    return {"parallel_read_safe": False, "parallel_write_safe": True}
