"""Text that does not fit where it stands: beyond the margins of its page, or over other text."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guidepress.editions.text_layer_content import Run
from guidepress.editions.text_layer_pages import Cell, Rectangle, ShownPage

SLACK = 0.15
"""How far text may reach over, in em: kerning, and a last letter beside a point that hangs in the margin."""
SAME_LINE = 1.5
"""Baselines that differ by less, in points, are those of one line."""
TOO_NEAR = 0.85
"""Letters of two lines meet where their baselines are nearer, in em of the smaller."""
APART = 0.5
"""How far apart the words of two cells are at least, in em: less, and one has left its cell."""
AROUND = (8, 3, 1, 0)
"""With how many runs before and after it the place of a run is looked for, the surest first."""


@dataclass(frozen=True)
class Overfull:
    """One piece of text that does not fit: on which page, what it says, and what is wrong with it."""

    page: int
    text: str
    fault: str
    contexts: tuple[str, ...]
    """The text with its neighbours, most of them first, to find where it comes from."""


@dataclass(frozen=True)
class _Extent:
    """Where the ink of a run lies on its page, in points."""

    index: int
    baseline: float
    left: float
    right: float
    em: float

    @property
    def slack(self) -> float:
        return SLACK * self.em


def overfull(pages: Iterable[ShownPage], side: float) -> Iterator[Overfull]:
    """What does not fit on these pages, whose side margins are `side` points wide."""
    for number, page in enumerate(pages, 1):
        extents = [extent for index, run in enumerate(page.runs) if (extent := _extent(index, run))]
        for extent in extents:
            beyond = max(side - extent.left, extent.right - (page.width - side))
            if beyond > extent.slack:
                yield _finding(number, page.runs, extent, f"reaches {_mm(beyond)} into the margin")
            if any(_meets(extent, field) for field in page.fields):
                yield _finding(number, page.runs, extent, "runs below a field")
            if not 0 < extent.baseline < page.height:
                yield _finding(number, page.runs, extent, "runs off the page")
        lines = _lines(extents)
        for first, second in _over_others(lines):
            shared = min(first.right, second.right) - second.left
            under = _text(page.runs[second.index])
            yield _finding(number, page.runs, first, f"covers {_mm(shared)} of “{under}” beside it")
        for first, second in _out_of_cells(lines, page):
            beside = _text(page.runs[second.index])
            yield _finding(number, page.runs, first, f"leaves its cell for that of “{beside}”")


def _extent(index: int, run: Run) -> _Extent | None:
    """None for runs that show nothing, or stand on their side."""
    a, b, c, _d, e, f = run.on_page()
    inked = [glyph for glyph in run.glyphs if any(_is_inked(char) for char in glyph.text)]
    if not inked or b or c:
        return None
    em = a * run.size
    left, right = (e + x * em / 1000 for x in (inked[0].x, inked[-1].x + inked[-1].width))
    return _Extent(index, f, left, right, em)


def _is_inked(char: str) -> bool:
    # Chinese punctuation may stand half in the margin, with the half that is empty.
    return unicodedata.category(char)[0] not in "PZC"


def _meets(extent: _Extent, field: Rectangle) -> bool:
    left, lower, right, upper = field
    return (
        min(extent.right, right) - max(extent.left, left) > extent.slack
        and lower < extent.baseline + extent.em / 4 < upper
    )


def _lines(extents: Sequence[_Extent]) -> list[list[_Extent]]:
    """From the foot of the page up, each from left to right."""
    lines: dict[int, list[_Extent]] = defaultdict(list)
    for extent in sorted(extents, key=lambda extent: (extent.left, extent.right)):
        lines[round(extent.baseline / SAME_LINE)].append(extent)
    return [lines[key] for key in sorted(lines)]


def _over_others(lines: Sequence[Sequence[_Extent]]) -> Iterator[tuple[_Extent, _Extent]]:
    """Neighbours on a line, or on two lines too near each other, of which the first reaches into the second."""
    for line in lines:
        yield from _meeting(line)
    for lower, upper in pairwise(lines):
        near = TOO_NEAR * min(extent.em for extent in (*lower, *upper))
        if upper[0].baseline - lower[0].baseline < near:
            both = _meeting(sorted([*lower, *upper], key=lambda extent: (extent.left, extent.right)))
            yield from ((first, second) for first, second in both if (first in lower) != (second in lower))


def _out_of_cells(lines: Sequence[Sequence[_Extent]], page: ShownPage) -> Iterator[tuple[_Extent, _Extent]]:
    """Words of two cells that all but touch, though none covers the other."""
    for line in lines:
        for first, second in pairwise(line):
            gap = second.left - first.right
            if -first.slack <= gap < APART * first.em:
                one, other = page.runs[first.index], page.runs[second.index]
                if one.marked != other.marked and _differ(page.cell_of(one), page.cell_of(other)):
                    yield first, second


def _differ(one: Cell | None, other: Cell | None) -> bool:
    return one is not None and other is not None and one != other


def _meeting(line: Sequence[_Extent]) -> Iterator[tuple[_Extent, _Extent]]:
    widest = line[0]
    for extent in line[1:]:
        if min(widest.right, extent.right) - extent.left > extent.slack:
            yield widest, extent
        widest = max(widest, extent, key=lambda one: one.right)


def _finding(page: int, runs: Sequence[Run], extent: _Extent, fault: str) -> Overfull:
    at = extent.index
    contexts = (" ".join(map(_text, runs[max(0, at - reach) : at + reach + 1])) for reach in AROUND)
    return Overfull(page, _text(runs[at]).strip(), fault, tuple(contexts))


def _text(run: Run) -> str:
    return "".join(glyph.text for glyph in run.glyphs)


def _mm(points: float) -> str:
    return f"{points * 25.4 / 72:.1f} mm"
