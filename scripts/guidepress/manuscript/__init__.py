"""The English text as data: what an author must know before six translators read it.

Each check is a registered generator; its docstring is its help. What a book demands of its chapters stands in
`guidebook/style.toml` and not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from docutils import nodes

from guidepress.manuscript.style import Style
from guidepress.problems import Problem


@dataclass(frozen=True)
class Page:
    """One page of the source: its doctree before references are resolved, and the number in its front matter."""

    name: str
    doctree: nodes.document
    number: str

    @property
    def file(self) -> str:
        return f"guidebook/{self.name}.md"

    @property
    def is_chapter(self) -> bool:
        """Chapters have numbers, annexes letters, other pages nothing."""
        return self.number.isdecimal()

    @cached_property
    def prose(self) -> list[nodes.TextElement]:
        """Paragraphs, list items and cells in reading order; no headings, no footnotes."""
        return [
            node
            for node in self.doctree.findall(nodes.TextElement)
            if isinstance(node, nodes.paragraph | nodes.caption) and not _inside(node, nodes.footnote)
        ]

    def problem(self, node: nodes.Node, code: str, message: str) -> Problem:
        return Problem(self.file, line(node), code, message)


@dataclass(frozen=True)
class Manuscript:
    """All pages of a book in its source language, by name."""

    pages: Mapping[str, Page]
    style: Style

    @property
    def chapters(self) -> list[Page]:
        return sorted((page for page in self.pages.values() if page.is_chapter), key=lambda page: int(page.number))


Checker = Callable[[Manuscript, Page], Iterator[Problem]]
CHECKS: list[tuple[Checker, bool]] = []


def check(*, chapters_only: bool) -> Callable[[Checker], Checker]:
    """Register a check of every page, or of the chapters alone."""

    def register(run: Checker) -> Checker:
        CHECKS.append((run, chapters_only))
        return run

    return register


def examine(manuscript: Manuscript) -> Iterator[Problem]:
    """What every check says of every page it is for."""
    from guidepress.manuscript import sources, structure, words  # noqa: F401 (each registers its checks)

    for page in manuscript.pages.values():
        for run, chapters_only in CHECKS:
            if page.is_chapter or not chapters_only:
                yield from run(manuscript, page)


def plain(node: nodes.Node, *without: type[nodes.Node]) -> str:
    """The words of a node in one line, without footnote marks and what stands in nodes of these kinds."""
    left_out: tuple[type, ...] = (nodes.footnote_reference, *without)
    parts = [str(text) for text in node.findall(nodes.Text) if not isinstance(text.parent, left_out)]
    return " ".join("".join(parts).split())


def line(node: nodes.Node) -> int:
    """Where a node stands in its file; 0 if docutils does not know."""
    at: nodes.Node | None = node
    while at is not None:
        if at.line:
            return at.line
        at = at.parent
    return 0


def _inside(node: nodes.Node, *kinds: type[nodes.Node]) -> bool:
    at = node.parent
    while at is not None and not isinstance(at, kinds):
        at = at.parent
    return at is not None
