"""The pages of a finished PDF as the text runs they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import pikepdf

from guidepress.editions.text_layer_cmap import read_cmap, read_widths
from guidepress.editions.text_layer_content import Run, read


@dataclass
class PlainFont:
    """A font as it stands in the PDF."""

    pdf_font: pikepdf.Object

    @cached_property
    def widths(self) -> dict[int, float]:
        return read_widths(self.pdf_font.DescendantFonts[0])

    @cached_property
    def texts(self) -> dict[int, str]:
        return read_cmap(self.pdf_font.ToUnicode.read_bytes()) if "/ToUnicode" in self.pdf_font else {}


@dataclass(frozen=True)
class ShownPage:
    """One page: its size in points, and its runs in reading order."""

    width: float
    height: float
    runs: list[Run]


def shown_pages(pdf: bytes) -> Iterator[ShownPage]:
    """Each page of a PDF that Typst wrote."""
    with pikepdf.open(BytesIO(pdf)) as document:
        fonts: dict[tuple[int, int], PlainFont] = {}
        for page in document.pages:
            page.contents_coalesce()
            resources = page.obj.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
            named = {
                name[1:]: fonts.setdefault(font.objgen, PlainFont(font))
                for name, font in resources.items()
                if font.get("/Subtype") == "/Type0"
            }
            _left, _bottom, width, height = map(float, page.mediabox)
            yield ShownPage(width, height, read(page.obj.Contents.read_bytes(), named).runs)
