"""Chapter numbers from front matter (`number: 8`), so that a chapter keeps its number in every edition."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

logger = logging.getLogger(__name__)

Number = tuple[str, ...]
DEPTH = 2
"""Chapters and their sections are numbered; what is below is not."""


def number_chapters(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Fill Sphinx's section numbers, which headings, sidebars, lists and next links read."""
    taken: dict[str, str] = {}
    digits = app.config.guidepress_edition.get("digits", "0123456789")
    native = str.maketrans("0123456789", digits)
    for page in sorted(env.found_docs):
        chapter = str(env.metadata.get(page, {}).get("number", "")).strip()
        if not chapter:
            continue
        if chapter in taken:
            logger.warning(
                "chapter number %s is taken by %s; choose another", chapter, taken[chapter],
                location=page, type="guidepress", subtype="number-duplicate",
            )
        taken[chapter] = page
        number = (chapter.translate(native),)
        env.titles[page]["secnumber"] = number
        if page in env.longtitles:
            env.longtitles[page]["secnumber"] = number
        numbers: dict[str, Number | None] = {}
        for top in env.tocs[page].children:
            _number_entry(top, number, numbers, native)
        env.toc_secnumbers[page] = numbers  # type: ignore[assignment]  # Sphinx types them as integers
    return []


def _number_entry(
    item: nodes.Node, number: Number | None, numbers: dict[str, Number | None], native: dict[int, int]
) -> None:
    """One entry of a page's contents and all below it; a heading without a number must say so, or Sphinx
    gives it the number of its page."""
    link = next(iter(item.findall(nodes.reference)), None)
    if link is None:
        return
    numbers[link["anchorname"]] = number
    if number:
        link["secnumber"] = number
    for entries in item.children:
        if isinstance(entries, nodes.bullet_list):
            for position, entry in enumerate(entries.children, 1):
                below = (*number, str(position).translate(native)) if number and len(number) < DEPTH else None
                _number_entry(entry, below, numbers, native)


def setup(app: Sphinx) -> dict[str, Any]:
    # After Sphinx has numbered sections itself, which happens on the same event.
    app.connect("env-get-updated", number_chapters, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
