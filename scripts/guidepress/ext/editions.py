"""What each page of an edition says about itself: language, draft label, status, the other editions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import extract_messages

THEME = Path(__file__).parents[1] / "theme"
UNBOUND: dict[str, Any] = {"draft": {}, "languages": [], "pdf": "", "exit_site": ""}
"""What pages have where no caller fills `guidepress_edition`: no label, no other editions, no exit."""


class MarkFallback(SphinxTransform):
    """Text that stayed in the source language says so: docutils turns the class into a lang attribute."""

    default_priority = 30  # right after Sphinx's Locale has marked what it translated

    def apply(self, **kwargs: Any) -> None:
        source = self.config.guidepress_source_language
        if self.config.language == source:
            return
        # Without a catalogue for the page, Locale marks nothing at all: then every message is a fallback.
        for node, _message in list(extract_messages(self.document)):
            is_text = isinstance(node, nodes.TextElement) and not isinstance(node, nodes.literal_block)
            if is_text and not node.get("translated") and any(char.isalpha() for char in node.astext()):
                node["classes"].append(f"language-{source}")


class TranslationStatus(SphinxDirective):
    """`{translation-status}`: how far each language is."""

    def run(self) -> list[nodes.Node]:
        rows = self.config.guidepress_edition.get("status", [])
        head = (_("Language"), _("Translated"), _("Review step"))
        digits = str.maketrans("0123456789", self.config.guidepress_edition.get("digits", "0123456789"))
        table = nodes.table(classes=["translation-status"])
        group = nodes.tgroup(cols=3)
        group += [nodes.colspec(colwidth=width) for width in (40, 30, 30)]
        group += nodes.thead("", _row([nodes.Text(str(cell)) for cell in head]))
        body = nodes.tbody()
        for row in rows:
            name = nodes.inline("", row["autonym"], classes=[f"language-{row['tag'].lower()}"])
            coverage = f"{int(row['coverage'] * 100)} %".translate(digits)
            body += _row([name, nodes.Text(coverage), nodes.Text(str(row["step"]).translate(digits))])
        group += body
        table += group
        return [table] if rows else []


def _row(cells: list[nodes.Node]) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        row += nodes.entry("", nodes.paragraph("", "", cell))
    return row


def page_context(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Give the templates the edition, the page's draft labels and where the other editions lie."""
    edition = {**UNBOUND, "tag": app.config.language, "title": app.config.project, **app.config.guidepress_edition}
    up = "../" * pagename.count("/")
    draft = edition["draft"]
    labels = draft.get(pagename, draft.get("*", []) if pagename not in app.env.found_docs else [])
    context.update(
        language=edition["tag"],
        edition=edition,
        docstitle=edition["title"],
        draft_labels=list(dict.fromkeys(labels)),  # one label where the language has no words of its own yet
        edition_pdf=up + edition["pdf"],
        other_editions=[
            {**other, "url": f"{up}../{other['code']}/{pagename}.html"} for other in edition["languages"]
        ],
        source_tag=app.config.guidepress_source_language,
    )


def use_theme(app: Sphinx) -> None:
    # New lists: the default one belongs to Sphinx and to every application of this process.
    app.config.templates_path = [*app.config.templates_path, str(THEME / "templates")]
    app.config.html_static_path = [*app.config.html_static_path, str(THEME / "static")]
    app.config.html_theme_options = {
        "light_css_variables": {
            "color-brand-primary": "#0f5c66", "color-brand-content": "#0f5c66", "color-brand-visited": "#4b4570",
            "color-sidebar-background": "#f6f1e6", "font-stack": '"Guide", "Noto Sans", system-ui, sans-serif',
        },
        "dark_css_variables": {
            "color-brand-primary": "#8fd0d6", "color-brand-content": "#8fd0d6", "color-brand-visited": "#c3bdf0",
        },
        **app.config.html_theme_options,
    }
    app.config.html_sidebars = {
        "**": ["sidebar/scroll-start.html", "sidebar/brand.html", "guide/languages.html",
               "sidebar/search.html", "sidebar/navigation.html", "sidebar/scroll-end.html"]
    }


def on_config(app: Sphinx, _config: Any) -> None:
    use_theme(app)


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("guidepress_edition", {}, "env", types=(dict,))
    app.add_config_value("guidepress_source_language", "en", "env", types=(str,))
    app.add_transform(MarkFallback)
    app.add_directive("translation-status", TranslationStatus)
    app.connect("html-page-context", page_context)
    app.connect("config-inited", on_config)
    app.add_css_file("guide.css")
    app.add_js_file("checklist.js", loading_method="defer")
    app.add_js_file("exit.js", loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
