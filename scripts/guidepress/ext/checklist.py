"""Checklists: a title, a stable id, roles, and numbered items that are messages of their own and boxes in print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
ROLES = ("practitioner", "manager", "policy-maker")


class checklist(nodes.General, nodes.Element):
    """`ids` [id], `roles` keys of `ROLES`, `copied` if it repeats one of another page, `page` of the original.

    Children: a title and one enumerated list whose items carry `box`. Title and items carry `original`, their
    words before translation.
    """


class checklist_list(nodes.General, nodes.Element):
    """Stands where the list of all checklists goes, until references are resolved; `whole` asks for copies."""


def role_name(role: str) -> str:
    """A role in the language of the edition."""
    return {"practitioner": _("Practitioner"), "manager": _("Manager"), "policy-maker": _("Policy maker")}[role]


class ChecklistDirective(SphinxDirective):
    """`{checklist} Title` with `:id:` and, if wished, `:roles:`; its content is one ordered list."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"id": directives.unchanged_required, "roles": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        name = self.options.get("id", "")
        if not ID.fullmatch(name):
            wrong = f"the id {name!r} is not made of" if name else "has no :id:; add one of"
            return self._refuse("checklist-id", f"{wrong} lower-case words joined by hyphens, as in before-a-visit")
        roles = [role.strip() for role in self.options.get("roles", "").split(",") if role.strip()]
        if unknown := [role for role in roles if role not in ROLES]:
            return self._refuse("checklist-role", f"unknown role {unknown[0]!r}; use {', '.join(ROLES)}")
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        items = body.children[0] if len(body.children) == 1 else None
        if not self.content or not body.children:
            return self._refuse("checklist-empty", "this checklist has no item; write 1. and the first one")
        if not isinstance(items, nodes.enumerated_list):
            return self._refuse("checklist-content", "a checklist holds one ordered list (1. 2. 3.) and nothing else")
        if not all([type(child) for child in item.children] == [nodes.paragraph] for item in items.children):
            return self._refuse("checklist-item", "each item is one sentence on one line; take out what is below it")
        taken = registry(self.env).get(name)
        if taken:
            return self._refuse("checklist-duplicate", f"id {name!r} is taken by {taken}; choose another")
        registry(self.env)[name] = self.env.docname
        for number, item in enumerate(items.children, 1):
            assert isinstance(item, nodes.list_item)
            item["box"] = f"{name}.{number}"
            item["original"] = item.astext()
        node = checklist("", ids=[name], roles=roles, copied=False, page=self.env.docname)
        self.set_source_info(node)
        text, _messages = self.state.inline_text(self.arguments[0], self.lineno)
        title = nodes.title(self.arguments[0], "", *text)
        title["original"] = title.astext()
        title.source, title.line = self.get_source_info()
        node += [title, items]
        self.state.document.note_explicit_target(node)
        return [node]

    def _refuse(self, code: str, message: str) -> list[nodes.Node]:
        logger.warning("%s", message, location=self.get_location(), type="guidepress", subtype=code)
        return []


class ChecklistList(SphinxDirective):
    """`{checklist-list}`: every checklist of the book, in reading order; with `:whole:`, each in full below."""

    option_spec = {"whole": directives.flag}

    def run(self) -> list[nodes.Node]:
        return [checklist_list(whole="whole" in self.options)]


def registry(env: BuildEnvironment) -> dict[str, str]:
    """Which page holds the checklist with this id."""
    if not hasattr(env, "guidepress_checklists"):
        env.guidepress_checklists = {}  # type: ignore[attr-defined]  # Sphinx's way to keep data of an extension
    return env.guidepress_checklists  # type: ignore[attr-defined, no-any-return]


def titles(env: BuildEnvironment) -> dict[str, tuple[str, list[str]]]:
    """The title of each checklist in the language of the edition and its classes, known once its page is read."""
    if not hasattr(env, "guidepress_checklist_titles"):
        env.guidepress_checklist_titles = {}  # type: ignore[attr-defined]
    return env.guidepress_checklist_titles  # type: ignore[attr-defined, no-any-return]


def forget_page(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    for name in [name for name, page in registry(env).items() if page == docname]:
        del registry(env)[name]


def remember_titles(app: Sphinx, doctree: nodes.document) -> None:
    for node in doctree.findall(checklist):
        title = node.children[0]
        assert isinstance(title, nodes.title)
        titles(app.env)[node["ids"][0]] = (title.astext(), [*title["classes"]])


def reading_order(env: BuildEnvironment) -> Iterator[str]:
    """Pages as the toctrees lead through them."""
    seen = set()
    waiting = [env.config.root_doc]
    while waiting:
        page = waiting.pop(0)
        if page in seen:
            continue
        seen.add(page)
        yield page
        waiting = [*env.toctree_includes.get(page, []), *waiting]


class FillLists(SphinxPostTransform):
    """The same list for every builder: a reference to each checklist and, if asked for, a copy of it."""

    default_priority = 5  # before references are resolved, those inside the copies too

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(checklist_list)):
            pages = list(reading_order(self.env))
            found = [(pages.index(page), name, page) for name, page in registry(self.env).items() if page in pages]
            found.sort(key=lambda entry: entry[0])
            listing = nodes.bullet_list()
            for _position, name, page in found:
                title, classes = titles(self.env)[name]
                link = make_refnode(self.app.builder, self.env.docname, page, name, nodes.Text(title))
                listing += nodes.list_item("", nodes.paragraph("", "", link, classes=classes))
            copies = [self._copy(name, page) for _position, name, page in found] if node["whole"] else []
            node.replace_self([listing, *copies])

    def _copy(self, name: str, page: str) -> checklist:
        """A checklist without the id, which belongs to the one in its chapter."""
        inside = self.document.findall(checklist)
        here = next((one for one in inside if name in one["ids"]), None)
        original = here or next(
            one for one in self.env.get_doctree(page).findall(checklist) if name in one["ids"]
        )
        copy = original.deepcopy()
        copy["ids"], copy["copied"] = [], True
        return copy


def visit_html(self: HTML5Translator, node: checklist) -> None:
    self.body.append(self.starttag(node, "section", CLASS="checklist"))
    title, items = node.children
    assert isinstance(title, nodes.Element) and isinstance(items, nodes.Element)
    self.body.append(self.starttag(title, "p", "", CLASS="checklist-title"))
    for child in title.children:
        child.walkabout(self)
    self.body.append("</p>\n")
    roles = " · ".join(escape(role_name(role)) for role in node["roles"])
    sheet = _sheet_link(self, node)
    if roles or sheet:
        self.body.append(f'<p class="checklist-roles">{roles}{sheet}</p>\n')
    self.body.append("<ol>\n")
    for item in items.children:
        assert isinstance(item, nodes.Element)
        box = escape(item["box"], quote=True)
        self.body.append(f'<li><label><input type="checkbox" data-box="{box}" autocomplete="off">')
        for paragraph in item.children:
            assert isinstance(paragraph, nodes.Element)
            self.body.append(self.starttag(paragraph, "span", ""))
            for child in paragraph.children:
                child.walkabout(self)
            self.body.append("</span>")
        self.body.append("</label></li>\n")
    self.body.append("</ol></section>\n")
    raise nodes.SkipNode


def _sheet_link(self: HTML5Translator, node: checklist) -> str:
    """Where the sheet to print lies, and for whom it is."""
    edition = self.builder.config.guidepress_edition
    if not edition.get("sheets"):
        return ""
    up = "../" * self.docnames[-1].count("/")
    items = node.children[1]
    assert isinstance(items, nodes.Element)
    name = items.children[0]["box"].rpartition(".")[0]  # type: ignore[index]  # each item carries its box
    words = _("To print (for review)") if edition["draft"].get(node["page"]) else _("To print")
    return f' <a class="sheet" href="{up}{edition["sheets"]}/{name}.pdf">{escape(words)}</a>'


def depart_html(self: HTML5Translator, node: checklist) -> None:
    """Everything is written on the way in."""


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_node(checklist, html=(visit_html, depart_html), gettext=(_walk_on, _walk_on))
    app.add_node(checklist_list)
    app.add_directive("checklist", ChecklistDirective)
    app.add_directive("checklist-list", ChecklistList)
    app.connect("env-purge-doc", forget_page)
    app.connect("doctree-read", remember_titles)
    app.add_post_transform(FillLists)
    return {"parallel_read_safe": False, "parallel_write_safe": True}


def _walk_on(self: Any, node: nodes.Node) -> None:
    """The gettext builder reads messages from the doctree, not from here."""
