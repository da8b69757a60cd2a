"""Doctree to Typst. Every text is a string literal; a node without a rule is reported, its text kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from guidepress.ext.typst.blocks import BlockRules
from guidepress.ext.typst.markup import anchor, call, content, string, text

if TYPE_CHECKING:
    from guidepress.ext.typst.builder import TypstBuilder

logger = logging.getLogger(__name__)


class TypstTranslator(BlockRules, SphinxTranslator):
    """Walks the book once; a stack of buffers collects the Typst source."""

    builder: TypstBuilder

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        self.buffers: list[list[str]] = [[]]
        self.pages: list[str] = []
        self.depth = 0
        self.in_heading = False
        self.places: set[str] = set()
        self.footnotes: dict[str, nodes.footnote] = {}
        self.noted: set[str] = set()
        self._collect(document, document["docname"])

    def _collect(self, node: nodes.Element, page: str) -> None:
        """Every place a link can lead to, and the footnotes, before anything is written."""
        for child in node.children:
            if not isinstance(child, nodes.Element):
                continue
            inside = child["docname"] if isinstance(child, addnodes.start_of_file) else page
            if isinstance(child, addnodes.start_of_file):
                self.places.add(f"%{inside}")
            for name in child.get("ids", []):
                self.places.add(f"%{inside}#{name}")
                if isinstance(child, nodes.footnote):
                    self.footnotes[f"%{inside}#{name}"] = child
            self._collect(child, inside)

    # buffers

    def add(self, source: str) -> None:
        self.buffers[-1].append(source)

    def push(self) -> None:
        self.buffers.append([])

    def pop(self) -> str:
        return "".join(self.buffers.pop())

    def astext(self) -> str:
        return "".join(self.buffers[0])

    def rendered(self, children: Iterable[nodes.Node]) -> str:
        """These nodes as Typst source, without brackets."""
        self.push()
        for child in children:
            child.walkabout(self)
        return self.pop()

    def place(self, name: str) -> str:
        return f"%{self.pages[-1]}#{name}"

    def anchors(self, node: nodes.Element) -> None:
        for name in node.get("ids", []):
            self.add(anchor(self.place(name)))

    def in_source_language(self, node: nodes.Element, body: str) -> str:
        """Text that was not translated is set, hyphenated and read aloud in the source language."""
        source = self.config.guidepress_source_language
        return call("fallback", string(source), body=body) if f"language-{source}" in node["classes"] else body

    # structure

    def visit_document(self, node: nodes.document) -> None:
        self.pages.append(node["docname"])

    def depart_document(self, node: nodes.document) -> None:
        self.pages.pop()

    def visit_start_of_file(self, node: nodes.Element) -> None:
        self.pages.append(node["docname"])
        self.add("\n" + anchor(f"%{node['docname']}"))

    def depart_start_of_file(self, node: nodes.Element) -> None:
        self.pages.pop()

    def visit_section(self, node: nodes.section) -> None:
        self.depth += 1
        self.anchors(node)

    def depart_section(self, node: nodes.section) -> None:
        self.depth -= 1

    def visit_title(self, node: nodes.title) -> None:
        if self.depth == 1 and self.pages[-1] == self.document["docname"]:
            raise nodes.SkipNode  # the book's own title stands on the cover
        section = node.parent
        numbers = self.builder.env.toc_secnumbers.get(self.pages[-1], {})
        whole_page = isinstance(section.parent, addnodes.start_of_file)
        keys = [""] if whole_page else [f"#{name}" for name in section["ids"]]
        number: Sequence[Any] = next((numbers[key] for key in keys if key in numbers), ())
        level = max(1, self.depth - 1 if len(self.pages) == 1 else self.depth)
        self.in_heading = True
        body = self.in_source_language(node, self.rendered(node.children))
        self.in_heading = False
        label = string(".".join(map(str, number))) if number else None
        self.add("\n" + call("chapter-heading", str(level), number=label, body=body) + "\n\n")
        raise nodes.SkipNode

    def visit_part_title(self, node: nodes.Element) -> None:
        self.add("\n" + call("part-title", string(node.astext())) + "\n")
        raise nodes.SkipNode

    # inline

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802 (docutils' name)
        self.add(text(node.astext().replace("\n", " ")))

    def depart_Text(self, node: nodes.Text) -> None:  # noqa: N802
        """Written on the way in."""

    def _marked(self, function: str, node: nodes.Element) -> None:
        self.anchors(node)
        self.add(f"#{function}" + content(self.rendered(node.children)))
        raise nodes.SkipNode

    def visit_emphasis(self, node: nodes.Element) -> None:
        self._marked("emph", node)

    visit_title_reference = visit_literal_emphasis = visit_emphasis

    def visit_strong(self, node: nodes.Element) -> None:
        self._marked("strong", node)

    visit_literal_strong = visit_strong

    def visit_subscript(self, node: nodes.Element) -> None:
        self._marked("sub", node)

    def visit_superscript(self, node: nodes.Element) -> None:
        self._marked("super", node)

    def visit_literal(self, node: nodes.literal) -> None:
        self.add(call("raw", string(node.astext())))
        raise nodes.SkipNode

    def visit_inline(self, node: nodes.Element) -> None:
        self.anchors(node)
        languages = [name.removeprefix("language-") for name in node["classes"] if name.startswith("language-")]
        body = self.rendered(node.children)
        self.add(call("fallback", string(languages[0]), body=body) if languages else body)
        raise nodes.SkipNode

    def visit_reference(self, node: nodes.reference) -> None:
        self.anchors(node)
        body = self.rendered(node.children)
        uri = self.place(node["refid"]) if node.get("refid") else node.get("refuri", "")
        if not uri.startswith("%"):
            self.add(call("link", string(uri), body=body) if uri else body)
        elif uri not in self.places:
            logger.warning("the PDF has no place %s; link to a page of the book", uri, location=node,
                           type="guidepress", subtype="typst-link")
            self.add(body)
        else:
            elsewhere = uri.partition("#")[0] != f"%{self.pages[-1]}" and not self._is_term(node)
            self.add(call("see" if elsewhere and not self.in_heading else "see-here", string(uri), body=body))
        raise nodes.SkipNode

    @staticmethod
    def _is_term(node: nodes.reference) -> bool:
        return "std-term" in node.get("classes", []) or any(
            "std-term" in child["classes"] for child in node.findall(nodes.inline)
        )

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        key = self.place(node["refid"])
        note = self.footnotes.get(key)
        if note is None:
            logger.warning("this footnote has no text", location=node, type="guidepress", subtype="typst-footnote")
        elif key in self.noted:
            self.add(f"#footnote(label({string('note' + key)}))")
        else:
            self.noted.add(key)
            body = self.rendered(child for child in note.children if not isinstance(child, nodes.label))
            self.add(f"#[#footnote{content(body.strip())}#label({string('note' + key)})]")
        raise nodes.SkipNode

    # what has no mark of its own

    def _skip(self, node: nodes.Node) -> None:
        raise nodes.SkipNode

    visit_footnote = visit_comment = visit_substitution_definition = visit_meta = _skip
    visit_toctree = visit_index = visit_system_message = visit_tabular_col_spec = _skip

    def _anchor_only(self, node: nodes.Element) -> None:
        self.anchors(node)

    def _nothing(self, node: nodes.Node) -> None:
        """Written by the parent or on the way in."""

    visit_target = visit_compound = visit_container = visit_glossary = _anchor_only
    depart_target = depart_compound = depart_container = depart_glossary = _nothing

    def unknown_visit(self, node: nodes.Node) -> None:
        logger.warning("the PDF has no rule for <%s>; its text is kept plain", node.tagname, location=node,
                       type="guidepress", subtype="typst-node")

    def unknown_departure(self, node: nodes.Node) -> None:
        """Reported on the way in."""

    def admonition_title(self, node: nodes.Element) -> tuple[str, list[nodes.Node]]:
        """The title of a box as Typst source, and what stands below it."""
        children = list(node.children)
        if children and isinstance(children[0], nodes.title):
            title = children.pop(0)
            assert isinstance(title, nodes.Element)
            return self.in_source_language(title, self.rendered(title.children)), children
        return text(str(admonitionlabels.get(node.tagname, ""))), children
