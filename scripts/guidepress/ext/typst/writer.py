"""The whole book's doctree as Typst source: what stands where, never how it looks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels
from sphinx.util import logging

from guidepress.ext.typst.breaks import Breaks
from guidepress.ext.typst.fields import FieldVisitors
from guidepress.ext.typst.markup import boolean, call, string, strings
from guidepress.ext.typst.places import note

if TYPE_CHECKING:
    from guidepress.ext.typst.builder import TypstBuilder

logger = logging.getLogger(__name__)

BOXES = ("example", "composite", "say", "survivors", "dilemma")
LINKED_SCHEMES = ("http", "https", "mailto")
"""Links come out of catalogues too: `javascript:` must not, and `checkbox:` would become a form field."""
LANGUAGE = re.compile(r"language-([a-z]{2,3})(?:-([a-z]{2}))?")
COMMON = 2
"""Sections with a title that more chapters than this share."""
SHORT = 1200
"""Letters of a list that fits on a page with room to spare."""
SILENT = (nodes.title, nodes.target, nodes.comment, nodes.container, addnodes.start_of_file)
NUMERALS = {"arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}


class TypstTranslator(FieldVisitors):
    """Visits the doctree of `TypstBuilder.assemble`; `labels` maps each link target to its label in Typst."""

    builder: TypstBuilder

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        self.root = document["docname"]
        self.breaks = Breaks(builder.edition.get("unbroken", ()))
        self.buffers: list[list[str]] = [[]]
        self.docs: list[str] = []
        self.levels: list[int] = []
        self.level = 0
        self.in_heading = False
        self.labels: dict[str, str] = {}
        self.titles = Counter(section[0].astext() for section in document.findall(nodes.section))
        self.footnotes: dict[str, nodes.footnote] = {}
        self.printed_footnotes: set[str] = set()
        self.sheets: list[str] = []
        self.sheet_titles: dict[str, str] = {}
        self._collect(document, self.root)

    def astext(self) -> str:
        return "".join(self.buffers[0])

    def _collect(self, node: nodes.Element, doc: str) -> None:
        if isinstance(node, nodes.document | addnodes.start_of_file):
            first = next((child for child in node.children if isinstance(child, nodes.section)), None)
            ids = first["ids"] if first is not None else []
            self.labels[f"%{doc}"] = f"%{doc}#{ids[0]}" if ids else f"%{doc}"
        own: list[str] = node.get("ids", [])
        for name in own:
            # All names of a section lead to its heading: an anchor before it could stay on the page before.
            label = own[0] if isinstance(node, nodes.section) else name
            self.labels[f"%{doc}#{name}"] = f"%{doc}#{label}"
            if isinstance(node, nodes.footnote):
                self.footnotes[f"%{doc}#{name}"] = node
        for child in node.children:
            if isinstance(child, nodes.Element):
                self._collect(child, child["docname"] if isinstance(child, addnodes.start_of_file) else doc)

    def add(self, source: str) -> None:
        self.buffers[-1].append(source)

    def render(self, children: Iterable[nodes.Node]) -> str:
        """These nodes as a content block of their own."""
        self.buffers.append([])
        for child in children:
            child.walkabout(self)
        return "[" + "".join(self.buffers.pop()).strip("\n") + "]"

    def content(self, node: nodes.Element) -> str:
        """The node's children as a content block, which says so if it is in another language."""
        body = self.render(node.children)
        body = "[" + note(node, self.builder.confdir) + body[1:]
        for name in node["classes"]:
            if match := LANGUAGE.fullmatch(name):
                lang, region = match.groups()
                return f"[{call('in-language', string(lang), string(region) if region else 'none')}{body}]"
        return body

    def labels_of(self, node: nodes.Element) -> list[str]:
        return [f"%{self.docs[-1]}#{name}" for name in node["ids"]]

    def anchors(self, node: nodes.Element) -> None:
        for label in self.labels_of(node):
            self.add(call("anchor", string(label)))

    # Structure

    def visit_document(self, node: nodes.document) -> None:
        self.docs.append(self.root)

    def depart_document(self, node: nodes.document) -> None:
        self.docs.pop()

    def visit_start_of_file(self, node: addnodes.start_of_file) -> None:
        self.levels.append(self.level)
        # A chapter is a chapter wherever in the start page its toctree stands.
        self.level = 0 if self.docs[-1] == self.root else self.level
        self.docs.append(node["docname"])
        label = self.labels[f"%{node['docname']}"]
        if "#" not in label:
            self.add("\n" + call("anchor", string(label)))

    def depart_start_of_file(self, node: addnodes.start_of_file) -> None:
        self.docs.pop()
        self.level = self.levels.pop()

    def visit_section(self, node: nodes.section) -> None:
        self.level += 1

    def depart_section(self, node: nodes.section) -> None:
        self.level -= 1

    def visit_title(self, node: nodes.title) -> None:
        section, doc = node.parent, self.docs[-1]
        if not isinstance(section, nodes.section):
            self.unknown_visit(node)
            return
        if doc == self.root and self.level == 1 and not _says_something(section):
            raise nodes.SkipNode  # it is on the cover
        numbers: dict[str, tuple[object, ...]] = self.builder.env.toc_secnumbers.get(doc, {})  # type: ignore[assignment]
        keys = [f"#{name}" for name in section["ids"]]
        if isinstance(section.parent, nodes.document | addnodes.start_of_file):
            keys.append("")
        number = next((numbers[key] for key in keys if numbers.get(key)), ())
        self.in_heading = True
        body = self.content(node)
        self.in_heading = False
        self.add("\n" + call(
            "book-heading", str(self.level), strings(self.labels_of(section)[:1]), body,
            number=string(".".join(map(str, number))), draft=strings(self._draft_labels(section)),
            common=boolean(self.titles[node.astext()] > COMMON),
        ) + "\n\n")
        raise nodes.SkipNode

    def _draft_labels(self, section: nodes.section) -> list[str]:
        """Those of the first source page that may print here and has some."""
        inside = [] if self.docs[-1] == self.root else section.findall(addnodes.start_of_file)
        pages = [self.docs[-1], *(node["docname"] for node in inside)]
        return next((labels for page in pages if (labels := self.builder.draft_labels(page))), [])

    def visit_container(self, node: nodes.container) -> None:
        if "part-title" in node["classes"]:
            self.add("\n" + call("part-title", string(node.astext())) + "\n\n")
            raise nodes.SkipNode
        self.anchors(node)

    # Inline

    def visit_Text(self, node: nodes.Text) -> None:
        text = node.astext().replace("\n", " ")
        if text:
            self.add("#" + string(self.breaks.join(text)))

    def _styled(self, node: nodes.Element, name: str) -> None:
        self.anchors(node)
        self.add(f"#{name}{self.content(node)}")
        raise nodes.SkipNode

    def visit_inline(self, node: nodes.Element) -> None:
        self.anchors(node)
        self.add(f"#{self.content(node)}")
        raise nodes.SkipNode

    visit_abbreviation = visit_inline

    def visit_literal(self, node: nodes.literal) -> None:
        self.add(call("raw", string(node.astext())))
        raise nodes.SkipNode

    def visit_reference(self, node: nodes.reference) -> None:
        self.anchors(node)
        body = self.content(node)
        uri = f"%{self.docs[-1]}#{node['refid']}" if "refid" in node else node.get("refuri", "")
        if uri in self.labels:
            is_term = any("std-term" in child["classes"] for child in node.findall(nodes.inline))
            elsewhere = uri.removeprefix("%").partition("#")[0] != self.docs[-1]
            paged = elsewhere and not is_term and not self.in_heading
            self.add(call("xref", string(self.labels[uri]), body, paged=boolean(paged)))
        elif urlsplit(uri).scheme in LINKED_SCHEMES:
            self.add(call("link", string(uri), body))
        else:
            logger.warning(
                "the link to %s leads nowhere in print; its text stays", uri.removeprefix("%"),
                location=node, type="guidepress", subtype="typst-link",
            )
            self.add(f"#{body}")
        raise nodes.SkipNode

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        key = f"%{self.docs[-1]}#{node['refid']}"
        label = f"footnote:{key}"
        if key not in self.footnotes:
            self.unknown_visit(node)
            return
        self.add("#joined")  # so that no line starts with the mark
        if key in self.printed_footnotes:
            self.add(call("footnote", f"label({string(label)})"))
        else:
            self.printed_footnotes.add(key)
            body = self.render(c for c in self.footnotes[key].children if not isinstance(c, nodes.label))
            self.add(f"#[#footnote{body}#label({string(label)})]")
        raise nodes.SkipNode

    # Blocks

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        self.anchors(node)
        self.add(f"#{self.content(node)}\n\n")
        raise nodes.SkipNode

    def visit_line_block(self, node: nodes.line_block) -> None:
        self.anchors(node)
        self.add(call("line-block", *(self.content(line) for line in node.findall(nodes.line))) + "\n\n")
        raise nodes.SkipNode

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        self._list(node, "list")

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        numeral = NUMERALS[node.get("enumtype", "arabic")]
        pattern = string(f"{node.get('prefix', '')}{numeral}{node.get('suffix') or '.'}")
        self._list(node, "enum", start=str(node.get("start", 1)), numbering=f"native-pattern({pattern})")

    def _list(self, node: nodes.Element, name: str, **named: str) -> None:
        self.anchors(node)
        items = [item for item in node.children if isinstance(item, nodes.list_item)]
        tight = boolean(all(len(item.children) <= 1 for item in items))
        written = call(name, *map(self.anchored, items), tight=tight, **named)
        # Typst may leave a list on its page and put its note alone on the next.
        whole = len(node.astext()) < SHORT and next(node.findall(nodes.footnote_reference), None) is not None
        self.add((f"#whole[{written}]" if whole else written) + "\n\n")
        raise nodes.SkipNode

    def anchored(self, node: nodes.Element) -> str:
        anchors = "".join(call("anchor", string(label)) for label in self.labels_of(node))
        return f"[{anchors}#{self.content(node)}]" if anchors else self.content(node)

    def visit_block_quote(self, node: nodes.block_quote) -> None:
        self.anchors(node)
        sources = [child for child in node.children if isinstance(child, nodes.attribution)]
        attribution = self.content(sources[0]) if sources else "none"
        body = self.render(child for child in node.children if child not in sources)
        self.add(call("quote", body, block="true", attribution=attribution) + "\n\n")
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        self.anchors(node)
        self.add(call("raw", string(node.astext()), block="true") + "\n\n")
        raise nodes.SkipNode

    def visit_transition(self, node: nodes.transition) -> None:
        following = node.next_node(siblings=True, descend=False)
        # MyST draws one above its footnotes, which stand at the foot of their pages here.
        if following is not None and not isinstance(following, nodes.footnote):
            self.add(call("transition") + "\n\n")
        raise nodes.SkipNode

    def visit_rubric(self, node: nodes.rubric) -> None:
        self.anchors(node)
        self.add(f"#rubric{self.content(node)}\n\n")
        raise nodes.SkipNode

    def _box(self, node: nodes.Element) -> None:
        titles = [child for child in node.children if isinstance(child, nodes.title)]
        label = admonitionlabels.get(node.tagname)
        title = self.content(titles[0]) if titles else f"[#{string(str(label))}]" if label else "none"
        kind = next((name for name in node["classes"] if name in BOXES), "note")
        body = self.render(child for child in node.children if child not in titles)
        self.add(call("admonition", string(kind), strings(self.labels_of(node)), title, body) + "\n\n")
        raise nodes.SkipNode

    # Nodes without a mark of their own

    def _skip(self, node: nodes.Element) -> None:
        raise nodes.SkipNode

    def visit_raw(self, node: nodes.raw) -> None:
        if not node.astext().lstrip().startswith("<!--"):
            self._warn(node, "raw text for another format is left out of the PDF; write it in Markdown")
        raise nodes.SkipNode

    def unknown_visit(self, node: nodes.Node) -> None:
        self._warn(node, f"the PDF has no form for <{type(node).__name__}>; only its text is printed")

    def _warn(self, node: nodes.Node, message: str) -> None:
        logger.warning("%s", message, location=node, type="guidepress", subtype="typst-node")

    def unknown_departure(self, node: nodes.Node) -> None:
        """Whatever its visit needed to close it has closed."""


def _says_something(block: nodes.Element) -> bool:
    """Whether the start page has words besides its title and the lists of chapters."""
    return any(
        _says_something(child) if isinstance(child, nodes.compound) else not isinstance(child, SILENT)
        for child in block.children
    )


def _visitor(method: Callable[..., None], *arguments: str) -> Callable[[TypstTranslator, Any], None]:
    return lambda self, node: method(self, node, *arguments)


STYLES = {"emphasis": "emph", "strong": "strong", "subscript": "sub", "superscript": "super",
          "title_reference": "emph", "problematic": "strong"}
PASSED_THROUGH = ("target", "compound", "glossary", "legend", "index", "hlist", "hlistcol")
SKIPPED = ("footnote", "comment", "substitution_definition", "meta", "system_message")

for _name, _function in STYLES.items():
    setattr(TypstTranslator, f"visit_{_name}", _visitor(TypstTranslator._styled, _function))
for _name in ("admonition", "topic", "sidebar", "versionmodified", *admonitionlabels):
    setattr(TypstTranslator, f"visit_{_name}", _visitor(TypstTranslator._box))
for _name in PASSED_THROUGH:
    setattr(TypstTranslator, f"visit_{_name}", _visitor(TypstTranslator.anchors))
for _name in SKIPPED:
    setattr(TypstTranslator, f"visit_{_name}", _visitor(TypstTranslator._skip))
