"""From a Typst file back to the manuscript: the writer notes where each block comes from, problems look it up."""

from __future__ import annotations

import re
from bisect import bisect
from functools import cached_property
from pathlib import Path

from docutils import nodes

NOTE = re.compile(r"/\*@(.+?):(\d+)\*/")
LITERAL = re.compile(r'#"((?:[^"\\]|\\.)*)"')
INVISIBLE = re.compile("[\\s\u200b\u2060]+")

Place = tuple[str, int]
"""A file of the book, and a line in it."""


def note(node: nodes.Element, root: Path) -> str:
    """A comment that says which line of the manuscript a block of text comes from; empty where nobody knows."""
    if isinstance(node, nodes.Inline) or not isinstance(node, nodes.TextElement):
        return ""
    holder: nodes.Element | None = node
    while holder is not None and not (holder.source and holder.line):
        holder = holder.parent
    if holder is None:
        return ""
    path = Path(str(holder.source))
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return f"/*@{name.replace('*/', '')}:{holder.line}*/"


class Places:
    """What the notes in a Typst file say."""

    def __init__(self, typst: str) -> None:
        self._typst = typst
        notes = list(NOTE.finditer(typst))
        self._starts = [match.start() for match in notes]
        self._places = [(match[1], int(match[2])) for match in notes]

    def at(self, line: int, column: int) -> Place | None:
        """Where a line and column (from 1, from 0) of the Typst file come from."""
        lines = self._typst.splitlines(keepends=True)
        return self._before(sum(map(len, lines[: line - 1])) + column)

    def of(self, text: str) -> Place | None:
        """Where the first piece of the book that reads like this comes from, spaces aside."""
        words, starts, offsets = self._words
        wanted = INVISIBLE.sub("", text)
        found = words.find(wanted) if wanted else -1
        return None if found < 0 else self._before(offsets[bisect(starts, found) - 1])

    def _before(self, offset: int) -> Place | None:
        index = bisect(self._starts, offset)
        return self._places[index - 1] if index else None

    @cached_property
    def _words(self) -> tuple[str, list[int], list[int]]:
        """All text without spaces; where each literal starts in it, and where it stands in the file."""
        pieces, starts, offsets, length = [], [], [], 0
        for literal in LITERAL.finditer(self._typst):
            piece = INVISIBLE.sub("", re.sub(r"\\(.)", r"\1", literal[1]))
            pieces.append(piece)
            starts.append(length)
            offsets.append(literal.start())
            length += len(piece)
        return "".join(pieces), starts, offsets
