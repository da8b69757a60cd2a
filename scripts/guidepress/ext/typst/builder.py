"""Sphinx builder `typst`: one doctree of the whole book, one `book.typ` beside the templates that give it its looks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Set
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.locale import _
from sphinx.util.nodes import inline_all_toctrees

from guidepress.ext.typst.writer import TypstTranslator

TEMPLATES = Path(__file__).parents[2] / "typst"


class part_title(nodes.General, nodes.Element):  # noqa: N801 (docutils names node classes in lower case)
    """The caption of a toctree: a part of the book."""


class TypstBuilder(Builder):
    """Writes `book.typ`, `meta.json`, the images and the templates into its output folder."""

    name = "typst"
    format = "typst"
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]
    allow_parallel = False

    def get_outdated_docs(self) -> Iterator[str] | str:
        return "the whole book"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def write_documents(self, _docnames: Set[str]) -> None:
        out = Path(self.outdir)
        out.mkdir(parents=True, exist_ok=True)
        tree = self.assemble()
        translator = TypstTranslator(tree, self)
        tree.walkabout(translator)
        self.copy_images(out)
        shutil.copytree(TEMPLATES, out, dirs_exist_ok=True)
        (out / "meta.json").write_text(json.dumps(self.meta(), ensure_ascii=False, sort_keys=True), "utf-8")
        head = '#import "guide.typ": *\n'
        (out / "book.typ").write_text(f'{head}#show: book.with(json("meta.json"))\n\n{translator.astext()}', "utf-8")

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """The book is written as one document."""

    def assemble(self) -> nodes.document:
        """The doctrees of all pages in reading order, with parts in place of toctrees and references resolved."""
        root: str = self.config.root_doc
        tree = self.env.get_doctree(root)
        for toctree in list(tree.findall(addnodes.toctree)):
            known = self.env.all_docs
            toctree["entries"] = [entry for entry in toctree["entries"] if entry[1] in known]
            toctree["includefiles"] = [page for page in toctree["includefiles"] if page in known]
            if caption := toctree.get("caption"):
                part = part_title()
                part += nodes.Text(caption)
                toctree.parent.insert(toctree.parent.index(toctree), part)
        whole = inline_all_toctrees(self, {root}, root, tree, lambda words: words, [root])
        whole["docname"] = root
        self.env.resolve_references(whole, root, self)
        self.images: dict[str, str] = {}
        self.post_process_images(whole)
        return whole

    def copy_images(self, out: Path) -> None:
        for source, name in self.images.items():
            (out / "images").mkdir(exist_ok=True)
            shutil.copyfile(Path(self.srcdir) / source, out / "images" / name)

    def meta(self) -> dict[str, object]:
        """What the templates need to know about the edition."""
        edition = self.config.guidepress_edition
        keys = ("title", "subtitle", "lang", "region", "fonts", "text_size", "top_edge", "bottom_edge", "leading",
                "justify", "linebreaks", "digits", "cjk", "stamp", "strings", "autonym")
        meta = {key.replace("_", "-"): edition[key] for key in keys}
        return {**meta, "draft": edition["draft"].get("*", []), "source": self.config.guidepress_source_language,
                "about": _("About this book")}
