"""Sphinx doctrees to a Typst book."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from guidepress.ext.typst.builder import TypstBuilder, part_title


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_node(part_title)
    app.add_builder(TypstBuilder)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
