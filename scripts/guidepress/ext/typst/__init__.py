"""The PDF half of the extensions: a builder that writes one Typst book from all pages."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from guidepress.ext.typst.builder import TypstBuilder


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_builder(TypstBuilder)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
