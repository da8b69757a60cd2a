"""The pages of a finished PDF as the text runs they show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
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


Rectangle = tuple[float, float, float, float]
"""Left, lower, right and upper edge in points."""
Cell = tuple[int, int]
"""The number by which the PDF knows a cell."""


@dataclass(frozen=True)
class ShownPage:
    """One page: its size in points, and its runs in reading order."""

    width: float
    height: float
    runs: list[Run]
    fields: list[Rectangle]
    """Where one can tick or write."""
    cell_of: Callable[[Run], Cell | None]
    """The cell of a table that a run stands in."""


def shown_pages(pdf: bytes) -> Iterator[ShownPage]:
    """Each page of a PDF that Typst wrote."""
    with pikepdf.open(BytesIO(pdf)) as document:
        fonts: dict[tuple[int, int], PlainFont] = {}
        parents = _parents(document)
        for page in document.pages:
            page.contents_coalesce()
            resources = page.obj.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
            named = {
                name[1:]: fonts.setdefault(font.objgen, PlainFont(font))
                for name, font in resources.items()
                if font.get("/Subtype") == "/Type0"
            }
            _left, _bottom, width, height = map(float, page.mediabox)
            runs = read(page.obj.Contents.read_bytes(), named).runs
            elements = parents.get(int(page.obj.get("/StructParents", -1)))
            yield ShownPage(width, height, runs, _fields(page), partial(_cell, elements))


def _fields(page: pikepdf.Page) -> list[Rectangle]:
    widgets = (note for note in page.obj.get("/Annots", pikepdf.Array()) if note.get("/Subtype") == "/Widget")
    return [(*map(float, widget.Rect),) for widget in widgets]  # type: ignore[misc]  # four by the format


def _parents(document: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    """The structure elements of each page's marked contents, by the page's number in the structure tree."""
    tree = document.Root.get("/StructTreeRoot", pikepdf.Dictionary())
    numbers = list(tree.get("/ParentTree", pikepdf.Dictionary()).get("/Nums", pikepdf.Array()))
    return {int(number): found for number, found in zip(numbers[::2], numbers[1::2], strict=True)}


def _cell(elements: pikepdf.Object | None, run: Run) -> Cell | None:
    element = elements[run.marked] if elements is not None and run.marked is not None else None
    while isinstance(element, pikepdf.Dictionary):
        if element.get("/S") in ("/TD", "/TH"):
            return element.objgen
        element = element.get("/P")
    return None
