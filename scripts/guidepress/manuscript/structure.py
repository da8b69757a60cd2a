"""Every chapter has the same blocks, a checklist, its boxes and a text that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from docutils import nodes

from guidepress.ext.checklist import checklist
from guidepress.ext.drawings import drawing
from guidepress.manuscript import Manuscript, Page, check, plain, reading
from guidepress.problems import Problem

BOXES = ("example", "composite", "say", "survivors", "dilemma", "content-note", "note")


def headings(page: Page, level: int) -> list[nodes.title]:
    """The titles of sections so deep below the page's own."""
    found = []
    for title in page.doctree.findall(nodes.title):
        at, depth = title.parent, 0
        while isinstance(at, nodes.section):
            at, depth = at.parent, depth + 1
        if depth == level + 1:
            found.append(title)
    return found


def boxes(page: Page, title: str) -> list[nodes.admonition]:
    return [box for box in page.doctree.findall(nodes.admonition) if _title_of(box) == title]


def _title_of(node: nodes.Element) -> str:
    return next((child.astext() for child in node.children if isinstance(child, nodes.title)), "")


@check(chapters_only=True)
def same_blocks(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """A chapter has the blocks of `style.toml`, in their order, and no other section beside them."""
    wanted, found = list(manuscript.style.blocks), headings(page, 1)
    names = [title.astext() for title in found]
    if not wanted or names == wanted:
        return
    for name in wanted:
        if name not in names:
            yield Problem(page.file, 0, "chapter-block", f"has no section “{name}”; add it")
    for title in found:
        if title.astext() not in wanted:
            yield page.problem(title, "chapter-block", f"“{title.astext()}” is no block of a chapter; make it ### ")
    if sorted(names) == sorted(wanted):
        yield Problem(page.file, 0, "chapter-block", f"has its blocks in another order than {' · '.join(wanted)}")


@check(chapters_only=True)
def has_a_checklist(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """A chapter has a checklist that is neither short nor long."""
    fewest, most = manuscript.style.checklist_items
    lists = list(page.doctree.findall(checklist))
    counts = [len(one.children[1].children) for one in lists]
    if not any(fewest <= count <= most for count in counts):
        words = f"has no checklist with {fewest} to {most} items, but with {', '.join(map(str, counts)) or 'none'}"
        yield Problem(page.file, 0, "chapter-checklist", words)
    for one, count in zip(lists, counts, strict=True):
        if count > most:
            yield page.problem(one, "chapter-checklist", f"has {count} items; more than {most} are not read")


@check(chapters_only=True)
def has_its_boxes(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """A chapter has one survivors' box with its first line; a composite says that it is one."""
    style = manuscript.style
    found = boxes(page, style.survivors_title)
    if style.survivors_title and len(found) != 1:
        yield Problem(page.file, 0, "chapter-survivors", f"has {len(found)} boxes “{style.survivors_title}”; keep one")
    for box in found:
        first = next(map(plain, box.findall(nodes.paragraph)), "")
        if first != style.survivors_first_line:
            yield page.problem(box, "chapter-survivors", f"must begin: {style.survivors_first_line}")
        if any(sign in box.astext() for sign in "“”\""):
            yield page.problem(box, "chapter-survivors", "has quotation marks; this box paraphrases and never quotes")
    if page.name in style.content_notes:
        notes = [box for box in page.doctree.findall(nodes.admonition) if "content-note" in box["classes"]]
        if not notes:
            yield Problem(page.file, 0, "chapter-content-note", "speaks of violence; add a box of class content-note")


@check(chapters_only=False)
def labels_composites(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """A box of class composite has the agreed title. Bad: “Example”. Good: that it is not a real person."""
    wanted = manuscript.style.composite_title
    for box in page.doctree.findall(nodes.admonition):
        if wanted and "composite" in box["classes"] and _title_of(box) != wanted:
            yield page.problem(box, "composite-label", f"must have the title “{wanted}”")


@check(chapters_only=True)
def can_be_read(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """A chapter is plain enough. Bad: long words in long sentences. Good: short ones."""
    grade = reading.ease(map(plain, page.prose)).grade
    if grade > manuscript.style.highest_grade:
        limit = manuscript.style.highest_grade
        yield Problem(page.file, 0, "reading-grade", f"needs grade {grade:.1f}; {limit:g} is the highest, so shorten")


@check(chapters_only=False)
def has_words_for_pictures(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """A picture has words for those who cannot see it. Bad: `{figure} x.svg`. Good: with `:alt:`."""
    for node in page.doctree.findall(lambda node: isinstance(node, nodes.image | drawing)):
        assert isinstance(node, nodes.Element)
        if not node.get("alt"):
            yield page.problem(node, "image-alt", f"{node['uri']} has no words for those who cannot see it; add :alt:")


@check(chapters_only=False)
def has_known_boxes(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """A box is of a kind that has a look. Bad: `:class: dilema`. Good: `:class: dilemma`."""
    for box in page.doctree.findall(nodes.admonition):
        for name in box["classes"]:
            if name not in BOXES and not name.startswith("admonition-"):
                near = get_close_matches(name, BOXES, n=1)
                words = f"; did you mean {near[0]}?" if near else f"; it is one of {', '.join(BOXES)}"
                yield page.problem(box, "box-class", f"no box looks like :class: {name}{words}")


@check(chapters_only=False)
def has_no_raw_html(manuscript: Manuscript, page: Page) -> Iterator[Problem]:
    """HTML is lost in print and unsafe in a page. Bad: `<b>now</b>`. Good: `**now**`."""
    for node in page.doctree.findall(nodes.raw):
        if not node.astext().lstrip().startswith("<!--"):
            yield page.problem(node, "raw-html", f"{node.astext().strip()[:40]!r} is HTML; write it in Markdown")
