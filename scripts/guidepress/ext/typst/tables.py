"""The blocks that lay out others: tables, definitions, figures, images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from guidepress.ext.drawings import drawing
from guidepress.ext.typst.markup import array, boolean, call, length, string

if TYPE_CHECKING:
    from guidepress.ext.typst.builder import TypstBuilder

logger = logging.getLogger(__name__)


class TableVisitors(SphinxTranslator):
    """Mixin of the translator, which provides the buffers."""

    builder: TypstBuilder

    def add(self, source: str) -> None:
        raise NotImplementedError

    def render(self, children: list[nodes.Node]) -> str:
        raise NotImplementedError

    def content(self, node: nodes.Element) -> str:
        raise NotImplementedError

    def anchors(self, node: nodes.Element) -> None:
        raise NotImplementedError

    def labels_of(self, node: nodes.Element) -> list[str]:
        raise NotImplementedError

    def anchored(self, node: nodes.Element) -> str:
        raise NotImplementedError

    def visit_table(self, node: nodes.table) -> None:
        self.anchors(node)
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        group = next(node.findall(nodes.tgroup))
        columns = [child for child in group.children if isinstance(child, nodes.colspec)]
        given = "colwidths-given" in node["classes"]
        widths = array(f"{column['colwidth']}fr" if given else "auto" for column in columns)
        stubs = sum(bool(column.get("stub")) for column in columns)
        head = [self._row(row, 0) for part in group.findall(nodes.thead) for row in part.children]
        body = [self._row(row, stubs) for part in group.findall(nodes.tbody) for row in part.children]
        header = [f"table.header({''.join(head)})"] if head else []
        cells = [cell for row in body for cell in [row.removesuffix(", ")] if cell]
        caption = self.content(title) if title is not None else "none"
        self.add(call("book-table", *header, *cells, columns=widths, caption=caption) + "\n\n")
        raise nodes.SkipNode

    def _row(self, row: nodes.Node, stubs: int) -> str:
        cells = []
        for position, entry in enumerate(row.children):
            assert isinstance(entry, nodes.Element)
            spans = {"colspan": entry.get("morecols", 0) + 1, "rowspan": entry.get("morerows", 0) + 1}
            named = "".join(f"{key}: {span}, " for key, span in spans.items() if span > 1)
            name = "stub-cell" if position < stubs else "table.cell"
            cells.append(f"{name}({named}{self.render(entry.children)}), ")
        return "".join(cells)

    def visit_definition_list(self, node: nodes.definition_list) -> None:
        self.anchors(node)
        pairs = []
        for item in node.findall(nodes.definition_list_item):
            parts = [child for child in item.children if isinstance(child, nodes.Element)]
            terms = array(self.anchored(part) for part in parts if not isinstance(part, nodes.definition))
            pairs.append(array((terms, array(map(self.anchored, item.findall(nodes.definition))))))
        self.add(call("definitions", *pairs) + "\n\n")
        raise nodes.SkipNode

    def visit_image(self, node: nodes.image) -> None:
        self.anchors(node)
        name = self.builder.images.get(node["uri"])
        if name is None:  # Sphinx has already said that it cannot be read
            raise nodes.SkipNode
        if not node.get("alt"):
            self._without_alt(node, node["uri"])
        holder = node.parent.parent if isinstance(node.parent, nodes.reference) else node.parent
        inline = isinstance(holder, nodes.TextElement) and len(holder.children) > 1
        width = length(node.get("width", "")) or "auto"
        alt = string(node["alt"]) if node.get("alt") else "none"
        self.add(call("picture", string(f"images/{name}"), alt=alt, inline=boolean(inline), width=width))
        self.add("" if inline else "\n\n")
        raise nodes.SkipNode

    def visit_figure(self, node: nodes.figure) -> None:
        caption = next((self.content(c) for c in node.children if isinstance(c, nodes.caption)), "none")
        self.anchors(node)
        rest = [child for child in node.children if not isinstance(child, nodes.caption)]
        self.add(call("book-figure", caption, self.render(rest)) + "\n\n")
        raise nodes.SkipNode

    def visit_drawing(self, node: drawing) -> None:
        self.anchors(node)
        if not node["alt"]:
            self._without_alt(node, node["uri"])
        name, width, lines = self.builder.draw(node)
        words = array(
            array((
                string(line.text), string(line.language) if line.language else "none", f"{line.x:g}", f"{line.y:.2f}",
                f"{line.size:.2f}", boolean(line.bold), string(line.fill), boolean(line.centred),
            ))
            for line in lines
        )  # fmt: skip
        alt = string(node["alt"]) if node["alt"] else "none"
        self.add(call("drawing", string(f"images/{name}"), f"{width:g}", words, alt=alt) + "\n\n")
        raise nodes.SkipNode

    def _without_alt(self, node: nodes.Element, name: str) -> None:
        logger.warning(
            "the image %s has no words for those who cannot see it; add :alt:", name,
            location=node, type="guidepress", subtype="image-alt",
        )
