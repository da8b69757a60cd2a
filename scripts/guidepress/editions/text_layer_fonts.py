"""Which instance of which font a PDF embeds, how that instance shapes text, and glyphs made of glyphs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

import uharfbuzz as hb
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

WEIGHTS = (400, 700, 300, 500, 600, 800, 200, 900, 100)
"""The weights Typst may have chosen, the likely ones first."""
TOLERANCE = 1
"""Font units by which an embedded outline may differ from the instance's, as embedding rounds coordinates."""
OFFSETS_ARE_XY = 0x0002

Glyphs = tuple[int, ...]
Part = tuple[int, int, int]
"""A glyph of the embedded font and where it stands: glyph, x, y in font units."""


@dataclass(frozen=True)
class Outline:
    """What a glyph looks like: its advance, its drawing operators and their coordinates."""

    advance: int
    operators: str
    points: tuple[float, ...]

    def distance(self, other: Outline) -> float:
        """The largest difference of two outlines with the same operators, in font units."""
        differences = [abs(a - b) for a, b in zip(self.points, other.points, strict=True)]
        return max([abs(self.advance - other.advance), *differences])


def outlines(font: hb.Font) -> list[Outline]:
    """The outline of every glyph, by glyph number."""
    drawn = []
    for glyph in range(font.face.glyph_count):
        pen = RecordingPen()
        font.draw_glyph_with_pen(glyph, pen)
        points = tuple(value for _, arguments in pen.value for point in arguments for value in point)
        operators = " ".join(operator for operator, _ in pen.value)
        drawn.append(Outline(font.get_glyph_h_advance(glyph), operators, points))
    return drawn


class Instance:
    """One weight of a font file; glyphs that look the same count as one glyph, the first of them."""

    def __init__(self, font: hb.Font) -> None:
        self._font = font
        self._first: dict[Outline, int] = {}
        self._alike: dict[str, list[tuple[Outline, int]]] = defaultdict(list)
        self._glyphs = []
        for glyph, outline in enumerate(outlines(font)):
            first = self._first.setdefault(outline, glyph)
            self._glyphs.append(first)
            if first == glyph:
                self._alike[outline.operators].append((outline, glyph))

    def find(self, outline: Outline) -> int | None:
        """The glyph with this outline, if there is one."""
        if outline in self._first:
            return self._first[outline]
        near = [(outline.distance(other), glyph) for other, glyph in self._alike[outline.operators]]
        distance, glyph = min(near, default=(TOLERANCE + 1, 0))
        return glyph if distance <= TOLERANCE else None

    def shape(self, text: str) -> Glyphs:
        """The glyphs of one cluster of text."""
        return tuple(self._glyphs[info.codepoint] for info in self._shape(text).glyph_infos)

    def advance(self, text: str) -> float:
        """How far the pen moves over one cluster, in 1/1000 em."""
        moves = sum(position.x_advance for position in self._shape(text).glyph_positions)
        return float(moves * 1000 / self._font.face.upem)

    def clusters(self, text: str) -> Iterable[tuple[Glyphs, str]]:
        """The clusters of a run of text, shaped together: glyphs and the text they stand for."""
        infos = self._shape(text).glyph_infos
        starts = sorted({info.cluster for info in infos})
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            glyphs = tuple(self._glyphs[info.codepoint] for info in infos if info.cluster == start)
            yield glyphs, text[start:end]

    def _shape(self, text: str) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = "und"
        # Typst leaves no glyph for word joiners and zero width spaces either.
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        hb.shape(self._font, buffer)
        return buffer


@dataclass
class FontFile:
    """A font file, variable or not, and the instances of it looked at so far."""

    path: Path
    _instances: dict[int, Instance] = field(default_factory=dict)

    @cached_property
    def name(self) -> str:
        """The PostScript name, under which Typst embeds every weight."""
        with TTFont(self.path, lazy=True) as font:
            return font["name"].getDebugName(6) or ""

    @cached_property
    def _face(self) -> hb.Face:
        return hb.Face(hb.Blob.from_file_path(str(self.path)))

    @property
    def weights(self) -> Sequence[int]:
        return WEIGHTS if any(axis.tag == "wght" for axis in self._face.axis_infos) else WEIGHTS[:1]

    def instance(self, weight: int) -> Instance:
        if weight not in self._instances:
            font = hb.Font(self._face)
            font.set_variations({"wght": weight})
            self._instances[weight] = Instance(font)
        return self._instances[weight]


@cache
def font_file(path: Path) -> FontFile:
    """The same object for the same path, so that many small PDFs look at each font once."""
    return FontFile(path)


def identify(
    embedded: bytes, name: str, files: Iterable[FontFile]
) -> tuple[Instance, list[int | None]] | None:
    """The instance embedded, and its glyph for each embedded glyph; None when no file has that name."""
    wanted = outlines(hb.Font(hb.Face(embedded)))
    best: tuple[Instance, list[int | None]] | None = None
    missing = len(wanted) + 1
    for file in files:
        if file.name != name:
            continue
        for weight in file.weights:
            instance = file.instance(weight)
            glyphs = [instance.find(outline) for outline in wanted]
            if glyphs.count(None) < missing:
                best, missing = (instance, glyphs), glyphs.count(None)
            if not missing:
                return best
    return best


def subset_name(base_font: str) -> str:
    """The font's own name, without the tag of six letters that marks a subset."""
    return re.sub(r"^/?(?:[A-Z]{6}\+)?", "", base_font)


def compose(embedded: bytes, composites: Sequence[tuple[Sequence[Part], float]]) -> bytes:
    """The same font with one more glyph for each composite, numbered on from the last; widths in 1/1000 em.

    A composite of no parts is an empty glyph.
    """
    font = TTFont(BytesIO(embedded), recalcTimestamp=False)
    order = list(font.getGlyphOrder())
    table, metrics = font["glyf"], font["hmtx"].metrics
    names = [f"cluster{number}" for number in range(len(composites))]
    for name, (parts, _width) in zip(names, composites, strict=True):
        glyph = Glyph()
        table.glyphs[name] = glyph
        if not parts:
            continue
        glyph.numberOfContours = -1
        glyph.components = [_component(order[number], x, y) for number, x, y in parts]
    font.setGlyphOrder([*order, *names])
    table.glyphOrder = font.getGlyphOrder()
    table._reverseGlyphOrder = {}
    em = font["head"].unitsPerEm
    for name, (_parts, width) in zip(names, composites, strict=True):
        glyph = table[name]
        if glyph.isComposite():
            glyph.recalcBounds(table)
        metrics[name] = (round(width * em / 1000), getattr(glyph, "xMin", 0))
    target = BytesIO()
    font.save(target, reorderTables=None)
    return target.getvalue()


def _component(name: str, x: int, y: int) -> GlyphComponent:
    component = GlyphComponent()
    component.glyphName, component.x, component.y, component.flags = name, x, y, OFFSETS_ARE_XY
    return component
