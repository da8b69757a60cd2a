"""Forms to fill in, on paper and on screen: lines to write on, boxes to tick, and tables whose empty cells are fields.

Nothing that a reader writes is stored by a page: a filled form can put a person in danger.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from guidepress.ext.checklist import ID

logger = logging.getLogger(__name__)

MOST_LINES = 20


class form(nodes.General, nodes.Element):
    """`ids` [id]; children: a title, then what the form is made of."""


class field(nodes.General, nodes.Element):
    """`name`, `lines` (0 for a box to tick, else lines of text), `place` in words; children: its label, if it has one.

    `place` tells a screen reader where a field without a label stands: the heads of its column and row; `head` is
    that of its column.
    """


class choice(nodes.General, nodes.Element):
    """Children: a title and one field to tick for each choice."""


class FormDirective(SphinxDirective):
    """`{form} Title` with `:id:`; its content is text, `{field}`, `{choice}` and tables."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"id": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        name = self.options.get("id", "")
        if not ID.fullmatch(name):
            wrong = f"the id {name!r} is not made of" if name else "has no :id:; add one of"
            return _refuse(self, "form-id", f"{wrong} lower-case words joined by hyphens, as in my-plan")
        anchor = f"form-{name}"  # the heading above it often has the same words
        if anchor in self.state.document.ids:
            return _refuse(self, "form-duplicate", f"id {name!r} is taken; choose another")
        node = form("", _title(self, self.arguments[0]), ids=[anchor])
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        for table in node.findall(nodes.table):
            _open_cells(table)
        fields = list(node.findall(field))
        if not fields:
            return _refuse(self, "form-empty", "this form has nothing to fill in; add a {field} or an empty table cell")
        for number, one in enumerate(fields, 1):
            one["name"] = f"{name}.{number}"
        self.state.document.note_explicit_target(node)
        return [node]


class FieldDirective(SphinxDirective):
    """`{field} Label`: a line to write on, or as many as `:lines:` says."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"lines": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        lines = self.options.get("lines", 1)
        if lines > MOST_LINES:
            return _refuse(self, "form-lines", f"a field has at most {MOST_LINES} lines")
        node = field("", _label(self, self.arguments[0]), lines=lines, place="")
        self.set_source_info(node)
        return [node]


class ChoiceDirective(SphinxDirective):
    """`{choice} Label` with a bullet list: a box to tick for each of its items."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        items = body.children[0] if len(body.children) == 1 else None
        if not isinstance(items, nodes.bullet_list) or any(len(item.children) != 1 for item in items.children):
            return _refuse(self, "form-choice", "a choice holds one bullet list, each item one line, and nothing else")
        node = choice("", _label(self, self.arguments[0]))
        self.set_source_info(node)
        for item in items.children:
            node += field("", *item.children, lines=0, place="")
        return [node]


def _title(directive: SphinxDirective, words: str) -> nodes.title:
    text, _messages = directive.state.inline_text(words, directive.lineno)
    title = nodes.title(words, "", *text)
    title.source, title.line = directive.get_source_info()
    return title


def _label(directive: SphinxDirective, words: str) -> nodes.paragraph:
    text, _messages = directive.state.inline_text(words, directive.lineno)
    label = nodes.paragraph(words, "", *text)
    label.source, label.line = directive.get_source_info()
    return label


def _refuse(directive: SphinxDirective, code: str, message: str) -> list[nodes.Node]:
    logger.warning("%s", message, location=directive.get_location(), type="guidepress", subtype=code)
    return []


def _open_cells(table: nodes.table) -> None:
    """Every empty cell of a table becomes a field."""
    for body in table.findall(nodes.tbody):
        for row in body.children:
            for cell in row.children:
                assert isinstance(cell, nodes.entry)
                if not cell.astext().strip():
                    cell.children = []
                    cell += field("", lines=2, place="")


def say_places(_app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Name each field of a table by the heads of its column and row, in the language of the edition."""
    for table in (table for node in doctree.findall(form) for table in node.findall(nodes.table)):
        heads = [cell.astext() for part in table.findall(nodes.thead) for cell in part.findall(nodes.entry)]
        for body in table.findall(nodes.tbody):
            for number, row in enumerate(body.children, 1):
                cells = list(row.children)
                side = cells[0].astext().strip() or str(number)
                for position, cell in enumerate(cells):
                    for one in cell.findall(field):
                        head = heads[position] if position < len(heads) else str(position + 1)
                        one["head"], one["place"] = head, f"{head} – {side}"


def spoken(node: field) -> str:
    """What a screen reader says for a field."""
    return " ".join(node.astext().split()) or str(node["place"])


def visit_form(self: HTML5Translator, node: form) -> None:
    self.body.append(self.starttag(node, "section", CLASS="form"))
    title = node.children[0]
    assert isinstance(title, nodes.title)
    self.body.append(self.starttag(title, "p", "", CLASS="form-title"))
    for child in title.children:
        child.walkabout(self)
    self.body.append("</p>\n")
    for child in node.children[1:]:
        child.walkabout(self)
    self.body.append("</section>\n")
    raise nodes.SkipNode


def visit_choice(self: HTML5Translator, node: choice) -> None:
    self.body.append(self.starttag(node, "fieldset"))
    label = node.children[0]
    assert isinstance(label, nodes.paragraph)
    self.body.append(self.starttag(label, "legend", ""))
    for child in label.children:
        child.walkabout(self)
    self.body.append("</legend>\n")
    for child in node.children[1:]:
        child.walkabout(self)
    self.body.append("</fieldset>\n")
    raise nodes.SkipNode


def visit_field(self: HTML5Translator, node: field) -> None:
    lines = node["lines"]
    # On a phone the head of a column does not stand above its cells.
    head = f' data-head="{escape(node["head"], quote=True)}"' if node.get("head") else ""
    self.body.append(f'<label class="field"{head}>' if lines else '<label class="choice">')
    if not lines:
        self.body.append('<input type="checkbox" autocomplete="off">')
    for label in node.children:
        assert isinstance(label, nodes.Element)
        self.body.append(self.starttag(label, "span", ""))
        for child in label.children:
            child.walkabout(self)
        self.body.append("</span>")
    if lines:
        name = f' aria-label="{escape(node["place"], quote=True)}"' if not node.children else ""
        self.body.append(f'<textarea rows="{lines}" autocomplete="off"{name}></textarea>')
    self.body.append("</label>\n")
    raise nodes.SkipNode


def _nothing(self: Any, node: nodes.Node) -> None:
    """Everything is written on the way in."""


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_node(form, html=(visit_form, _nothing))
    app.add_node(choice, html=(visit_choice, _nothing))
    app.add_node(field, html=(visit_field, _nothing))
    app.add_directive("form", FormDirective)
    app.add_directive("field", FieldDirective)
    app.add_directive("choice", ChoiceDirective)
    app.connect("doctree-resolved", say_places)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
