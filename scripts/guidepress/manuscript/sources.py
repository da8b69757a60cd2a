"""Every fact leads to a source, and every source stands in the bibliography."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from guidepress.manuscript import Manuscript, Page, check
from guidepress.problems import Problem

PREFIX = "source-"
"""In the bibliography a source is a paragraph with the label `(source-KEY)=`; a footnote `[^KEY]` cites it."""


def listed(manuscript: Manuscript) -> set[str]:
    """The keys of the bibliography."""
    page = manuscript.pages.get(manuscript.style.bibliography)
    if page is None:
        return set()
    return {name.removeprefix(PREFIX) for name in page.doctree.nametypes if name.startswith(PREFIX)}


@check(chapters_only=False)
def sources_are_listed(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """A footnote names a source of the bibliography. Bad: `[^a]`. Good: `[^iom]` and `(source-iom)=` there."""
    if not manuscript.style.bibliography:
        return
    known = listed(manuscript)
    for footnote in page.doctree.findall(nodes.footnote):
        for key in footnote["names"]:
            if key not in known:
                words = f"[^{key}] is not in the bibliography; add ({PREFIX}{key})= and the source there"
                yield page.problem(footnote, "source-unlisted", words)


@check(chapters_only=True)
def facts_have_sources(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """A chapter cites at least one source, and lists what to read in its last block."""
    if not manuscript.style.bibliography:
        return
    if not any(page.doctree.findall(nodes.footnote)):
        yield Problem(page.file, 0, "source-missing", "has no footnote; a chapter rests on at least one source")
    sections = [node for node in page.doctree.findall(nodes.section) if isinstance(node.parent, nodes.section)]
    last = [node for node in sections if node.children[0].astext() == manuscript.style.blocks[-1]]
    if last and not any(last[-1].findall(nodes.list_item)):
        yield page.problem(last[-1], "source-missing", "this block lists no source")
