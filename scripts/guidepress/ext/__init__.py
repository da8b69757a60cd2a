"""Sphinx extensions of the book; `guidepress.ext` in `conf.py` brings them all."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from sphinx.application import Sphinx

PARTS = tuple(
    part
    for part in ("editions", "book", "checklist", "numbering", "search", "fonts", "typst")
    if find_spec(f"guidepress.ext.{part}")
)


def setup(app: Sphinx) -> dict[str, Any]:
    for part in PARTS:
        app.setup_extension(f"guidepress.ext.{part}")
    return {"parallel_read_safe": False, "parallel_write_safe": True}
