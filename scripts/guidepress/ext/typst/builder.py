"""Writes `book.typ`, `sheets.typ`, `meta.json`, images and templates: all that Typst needs to print one edition."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Set
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.errors import ConfigError
from sphinx.locale import _
from sphinx.util.nodes import inline_all_toctrees

from guidepress.ext import drawings
from guidepress.ext.index_order import in_order
from guidepress.ext.typst.markup import array, call, string, strings
from guidepress.ext.typst.writer import TypstTranslator

START = '#import "template/{0}.typ": *\n#show: {0}.with(json("meta.json"))\n'
TEMPLATES = Path(__file__).parents[2] / "typst"
MEASURES = {"text_size": ("9.5pt", "pt"), "top_edge": ("0.8em", "em"), "bottom_edge": ("-0.2em", "em"),
            "leading": ("0.5em", "em")}


class TypstBuilder(Builder):
    """One Typst book of all pages in reading order; appearance is left to the templates."""

    name = "typst"
    format = "typst"
    epilog = "The Typst book is in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]
    allow_parallel = True

    def get_outdated_docs(self) -> str:
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def write_documents(self, docnames: Set[str]) -> None:
        tree = self.assemble()
        writer = TypstTranslator(tree, self)
        tree.walkabout(writer)
        index = self.index(writer)
        out = Path(self.outdir)
        shutil.copytree(TEMPLATES, out / "template", dirs_exist_ok=True)
        meta = {**self.meta(), "sheet_titles": writer.sheet_titles}
        (out / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1), "utf-8")
        (out / "book.typ").write_text(START.format("book") + writer.astext() + index, "utf-8")
        (out / "sheets.typ").write_text(START.format("sheets") + "".join(writer.sheets), "utf-8")
        for source, name in self.images.items():
            (out / "images").mkdir(exist_ok=True)
            shutil.copyfile(Path(self.srcdir) / source, out / "images" / name)

    def assemble(self) -> nodes.document:
        """The whole book as one doctree, with the captions of its toctrees as part titles."""
        root = self.config.root_doc
        tree = self.env.get_doctree(root)
        for toctree in list(tree.findall(addnodes.toctree)):
            toctree["includefiles"] = [page for page in toctree["includefiles"] if page in self.env.found_docs]
            if toctree.get("caption") and toctree["includefiles"]:
                part = nodes.container("", nodes.Text(toctree["caption"]), classes=["part-title"])
                toctree.parent.insert(toctree.parent.index(toctree), part)
        tree = inline_all_toctrees(self, set(), root, tree, str, [root])
        tree["docname"] = root
        self.env.resolve_references(tree, root, self)
        self.images = {}
        self.post_process_images(tree)
        return tree

    def draw(self, node: drawings.drawing) -> tuple[str, float, list[drawings.Line]]:
        """Write a drawing without its words: its name among the images, its width, and its lines of words."""
        source = Path(self.srcdir) / node["uri"]
        folder = Path(self.outdir) / "images"
        folder.mkdir(parents=True, exist_ok=True)
        root = drawings.parse(source)
        placed = [line for lines in drawings.lines(root, drawings.words_of(node)) for line in lines]
        (folder / source.name).write_text(drawings.without_words(root), "utf-8")
        return str(source.name), float(root.attrib["viewBox"].split()[2]), placed

    @property
    def edition(self) -> dict[str, Any]:
        """What the caller says about this edition; may be empty."""
        edition: dict[str, Any] = getattr(self.config, "guidepress_edition", {})
        return edition

    def draft_labels(self, docname: str = "*") -> list[str]:
        """The labels of a page, own language first, or of the whole edition; empty once all is signed off."""
        return list(self.edition.get("draft", {}).get(docname, []))

    def sheet_stamp(self, docname: str = "*") -> list[str]:
        """The lines that say on a sheet of this page which edition it is from."""
        return list(self.edition.get("sheet_stamp", {}).get(docname, []))

    def meta(self) -> dict[str, Any]:
        """What the template reads: names, labels and measures, the latter as numbers of `pt` or `em`."""
        edition = self.edition
        base, _sep, region = str(self.config.language or "en").partition("_")
        return {
            "title": edition.get("title") or self.config.project,
            "subtitle": edition.get("subtitle", ""),
            "author": edition.get("author") or self.config.author,
            "autonym": edition.get("autonym", ""),
            "lang": edition.get("lang", base),
            "region": edition.get("region", region.lower() or None),
            "fonts": list(edition.get("fonts", ["Noto Sans"])),
            **{key: _measure(key, edition.get(key, usual), unit) for key, (usual, unit) in MEASURES.items()},
            "justify": bool(edition.get("justify", False)),
            "linebreaks": edition.get("linebreaks", "optimized"),
            "digits": edition.get("digits", "0123456789"),
            "cjk": bool(edition.get("cjk", False)),
            "draft": self.draft_labels(),
            "stamp": list(edition.get("stamp", [f"{self.config.project} {self.config.release}".strip()])),
            "neutral_cover": bool(edition.get("neutral_cover", False)),
            "sheet_stamp": self.sheet_stamp(),
            "strings": {
                "contents": _("Contents"), "page": _("page"), "checklists": _("Checklists"),
                **edition.get("strings", {}),
            },
        }

    def index(self, writer: TypstTranslator) -> str:
        """The index, if authors made entries; the glossary terms, which Sphinx adds, are none."""
        groups = []
        for letter, entries in in_order(IndexEntries(self.env).create_index(self), str(self.config.language)):
            rows = []
            for name, (links, subentries, _key) in entries:
                below = [(subname, self._targets(writer, sublinks)) for subname, sublinks in subentries]
                below = [(subname, targets) for subname, targets in below if targets]
                if below or self._targets(writer, links):
                    rows += [("0", name, self._targets(writer, links)), *(("1", *entry) for entry in below)]
            if rows:
                lines = (array((depth, string(name), strings(targets))) for depth, name, targets in rows)
                groups.append(array((string(letter), array(lines))))
        return call("book-index", string(_("Index")), array(groups)) + "\n" if groups else ""

    @staticmethod
    def _targets(writer: TypstTranslator, links: list[Any]) -> list[str]:
        return [writer.labels[uri] for _main, uri in links if uri in writer.labels and "#term-" not in uri]


def _measure(key: str, value: str, unit: str) -> float:
    match = re.fullmatch(rf"(-?[0-9.]+){unit}", str(value))
    try:
        return float(match[1] if match else "")
    except ValueError:
        raise ConfigError(f"{key} is {value!r}; write a number and {unit}, as in 1.5{unit}") from None
