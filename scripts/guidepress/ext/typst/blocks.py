"""The rules for blocks: paragraphs, lists, checklists, boxes, tables, figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from docutils import nodes
from sphinx.util import logging

from guidepress.ext.checklist import role_name
from guidepress.ext.typst.markup import array, call, content, string, text

if TYPE_CHECKING:
    from docutils.nodes import Element

logger = logging.getLogger(__name__)

LENGTH = re.compile(r"\s*([\d.]+)\s*(px|pt|em|cm|mm|in|%|)\s*")
BOXES = ("example", "composite", "say", "survivors", "dilemma")
NUMBERING = {"arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}


class BlockRules:
    """Mixed into the translator, which owns the buffers."""

    if TYPE_CHECKING:
        builder: Any
        in_heading: bool

        def add(self, source: str) -> None: ...
        def anchors(self, node: Element) -> None: ...
        def rendered(self, children: Iterable[nodes.Node]) -> str: ...
        def in_source_language(self, node: Element, body: str) -> str: ...
        def admonition_title(self, node: Element) -> tuple[str, list[nodes.Node]]: ...

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        self.anchors(node)
        self.add(self.in_source_language(node, self.rendered(node.children)) + "\n\n")
        raise nodes.SkipNode

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        self._list("list", node)

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        style = node.get("prefix", "") + NUMBERING[node.get("enumtype", "arabic")] + (node.get("suffix") or ".")
        self._list("numbered", node, start=str(node.get("start", 1)), pattern=string(style))

    def _list(self, function: str, node: Element, **named: str) -> None:
        self.anchors(node)
        items = [content(self.rendered(item.children)) for item in node.children if isinstance(item, nodes.Element)]
        self.add(call(function, *items, **named) + "\n\n")
        raise nodes.SkipNode

    def visit_checklist(self, node: Element) -> None:
        title, items = node.children
        assert isinstance(title, nodes.Element) and isinstance(items, nodes.Element)
        rows = []
        for item in items.children:
            assert isinstance(item, nodes.Element)
            link = f"checkbox:{item['box']}?{quote(item.astext())}"
            rows.append(f"({string(link)}, {content(self.rendered(item.children))})")
        self.anchors(node)
        heading = self.in_source_language(title, self.rendered(title.children))
        roles = string(" · ".join(str(role_name(role)) for role in node["roles"]))
        self.add(call("checklist", array(rows), roles=roles, body=heading) + "\n\n")
        raise nodes.SkipNode

    def visit_definition_list(self, node: nodes.definition_list) -> None:
        self.anchors(node)
        for item in node.children:
            assert isinstance(item, nodes.Element)
            terms = [child for child in item.children if isinstance(child, nodes.term)]
            definitions = [child for child in item.children if isinstance(child, nodes.definition)]
            for term in terms:
                self.anchors(term)
            names = " ".join(self.in_source_language(term, self.rendered(term.children)) for term in terms)
            meanings = self.rendered(child for definition in definitions for child in definition.children)
            self.add(call("definition", content(names), body=meanings) + "\n\n")
        raise nodes.SkipNode

    def _box(self, node: Element) -> None:
        self.anchors(node)
        title, children = self.admonition_title(node)
        kind = next((name for name in node["classes"] if name in BOXES), "note")
        self.add(call("aside", string(kind), content(title), body=self.rendered(children)) + "\n\n")
        raise nodes.SkipNode

    visit_admonition = visit_note = visit_tip = visit_warning = visit_caution = visit_important = _box
    visit_hint = visit_attention = visit_danger = visit_error = visit_seealso = visit_topic = visit_sidebar = _box

    def visit_block_quote(self, node: nodes.block_quote) -> None:
        self.anchors(node)
        self.add(call("quote", block="true", body=self.rendered(node.children)) + "\n\n")
        raise nodes.SkipNode

    def visit_attribution(self, node: nodes.attribution) -> None:
        self.add(call("align", "end", body=self.rendered(node.children)) + "\n\n")
        raise nodes.SkipNode

    def visit_rubric(self, node: nodes.rubric) -> None:
        self.anchors(node)
        self.add(call("rubric", body=self.in_source_language(node, self.rendered(node.children))) + "\n\n")
        raise nodes.SkipNode

    def visit_transition(self, node: nodes.transition) -> None:
        following = node.next_node(siblings=True, descend=False, ascend=False)
        if following is not None and not isinstance(following, nodes.footnote):
            self.add("#transition()\n\n")  # MyST puts one before footnotes, which stand at the foot here
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        self.anchors(node)
        self.add(call("raw", string(node.astext()), block="true") + "\n\n")
        raise nodes.SkipNode

    def visit_line_block(self, node: nodes.line_block) -> None:
        self.anchors(node)
        for child in node.children:
            assert isinstance(child, nodes.Element)
            body = self.rendered([child] if isinstance(child, nodes.line_block) else child.children)
            self.add(body + "#linebreak()")
        self.add("\n\n")
        raise nodes.SkipNode

    def visit_image(self, node: nodes.image) -> None:
        self.anchors(node)
        name = self.builder.images.get(node["uri"])
        if not node.get("alt"):
            logger.warning("image %s has no alt text; add :alt:", node["uri"], location=node,
                           type="guidepress", subtype="image-alt")
        if name is None:
            self.add(text(node.get("alt", "")))
        else:
            match = LENGTH.fullmatch(node.get("width") or "")
            width = None
            if match:
                number, unit = match.groups()
                width = f"{float(number) * 0.75:g}pt" if unit in ("px", "") else f"{number}{unit}"
            self.add(call("picture", string(f"images/{name}"), alt=string(node.get("alt", "")), width=width) + "\n\n")
        raise nodes.SkipNode

    def visit_figure(self, node: nodes.figure) -> None:
        self.anchors(node)
        captions = [child for child in node.children if isinstance(child, nodes.caption)]
        legends = [child for child in node.children if isinstance(child, nodes.legend)]
        rest = [child for child in node.children if child not in captions and child not in legends]
        caption = "".join(self.in_source_language(child, self.rendered(child.children)) for child in captions)
        below = self.rendered(child for legend in legends for child in legend.children)
        body = self.rendered(rest)
        self.add(call("captioned", content(caption), content(below), body=body) + "\n\n")
        raise nodes.SkipNode

    def visit_table(self, node: nodes.table) -> None:
        self.anchors(node)
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        caption = content(self.in_source_language(title, self.rendered(title.children))) if title else "none"
        group = next(iter(node.findall(nodes.tgroup)))
        widths = [str(child["colwidth"]) + "fr" for child in group.children if isinstance(child, nodes.colspec)]
        header, cells = "", []
        for part in group.children:
            if isinstance(part, nodes.thead):
                header = f"table.header({', '.join(self._cells(part, 'head-cell'))}), "
            elif isinstance(part, nodes.tbody):
                cells += self._cells(part, "data-cell")
        self.add(f"#ruled({array(widths)}, {caption}, {header}{', '.join(cells)})\n\n")
        raise nodes.SkipNode

    def _cells(self, part: Element, function: str) -> list[str]:
        cells = []
        for row in part.children:
            assert isinstance(row, nodes.Element)
            for entry in row.children:
                assert isinstance(entry, nodes.Element)
                spans = {"colspan": entry.get("morecols", 0) + 1, "rowspan": entry.get("morerows", 0) + 1}
                named = {key: str(value) for key, value in spans.items() if value > 1}
                body = content(self.rendered(entry.children))
                cells.append(call(function, body, **named).removeprefix("#"))
        return cells

    def visit_raw(self, node: nodes.raw) -> None:
        logger.warning("raw %s is not printed; use MyST instead", node.get("format", ""), location=node,
                       type="guidepress", subtype="typst-raw")
        raise nodes.SkipNode
