"""What a reader ticks or fills in: checklists and forms."""

from __future__ import annotations

from urllib.parse import quote

from docutils import nodes
from sphinx.locale import _

from guidepress.ext.checklist import checklist, role_name
from guidepress.ext.form import choice, field, form, spoken
from guidepress.ext.typst.markup import array, call, string, strings
from guidepress.ext.typst.tables import TableVisitors


class FieldVisitors(TableVisitors):
    """Mixin of the translator; each box and line is a link `checkbox:` or `textfield:` that becomes a form field.

    `sheets` gathers each checklist once more, to be printed on a page of its own, and `sheet_titles` its title by id.
    """

    sheets: list[str]
    sheet_titles: dict[str, str]

    def visit_checklist(self, node: checklist) -> None:
        title, items = node[0], node[1]
        assert isinstance(title, nodes.Element) and isinstance(items, nodes.Element)
        rows, beside = [], []
        for item in items.children:
            assert isinstance(item, nodes.Element)
            # A copy is for paper: the box that ticks is the one in the chapter.
            link = "none" if node["copied"] else _link("checkbox", item["box"], _spoken(item))
            body = self.render(item.children)
            rows.append(array((link, body)))
            beside.append(array((link, body, string(item["original"]))))
        roles = strings(role_name(role) for role in node["roles"])
        if not node["copied"]:
            name, page = node["ids"][0], node["page"]
            to_fill = array(
                array((string(word), _link("textfield", f"{name}.{field}", word)))
                for field, word in (("date", str(_("Date"))), ("initials", str(_("Initials"))))
            )
            self.sheets.append(call(
                "sheet", string(name), self.content(title), string(title["original"]), roles,
                strings(self.builder.draft_labels(page)), strings(self.builder.sheet_stamp(page)), to_fill, *beside,
            ) + "\n")
            self.sheet_titles[name] = title.astext()
        name = "checklist-copy" if node["copied"] else "checklist"
        self.add(call(name, strings(self.labels_of(node)), self.content(title), roles, *rows) + "\n\n")
        raise nodes.SkipNode

    def visit_form(self, node: form) -> None:
        title = node.children[0]
        assert isinstance(title, nodes.title)
        body = self.render(node.children[1:])
        self.add(call("form", strings(self.labels_of(node)), self.content(title), body) + "\n\n")
        raise nodes.SkipNode

    def visit_choice(self, node: choice) -> None:
        label = node.children[0]
        assert isinstance(label, nodes.paragraph)
        rows = []
        for one in node.children[1:]:
            assert isinstance(one, field)
            rows.append(array((_link("checkbox", one["name"], spoken(one)), self.render(one.children))))
        self.add(call("choice", self.content(label), *rows) + "\n\n")
        raise nodes.SkipNode

    def visit_field(self, node: nodes.Element) -> None:
        assert isinstance(node, field), "no field list reaches a page"
        label = self.content(node) if node.children else "none"
        link = _link("textfield", node["name"], spoken(node))
        self.add(call("field", label, link, lines=str(node["lines"])) + "\n\n")
        raise nodes.SkipNode


def _link(scheme: str, name: str, label: str) -> str:
    return string(f"{scheme}:{name}?{quote(label, safe='')}")


def _spoken(item: nodes.Element) -> str:
    """What a screen reader says for a box: the item without its footnote marks."""
    texts = [text.astext() for text in item.findall(nodes.Text)
             if not isinstance(text.parent, nodes.footnote_reference)]
    return " ".join("".join(texts).split())
