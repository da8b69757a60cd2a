"""Content streams as text runs: read, and written again with one glyph a cluster."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from guidepress.editions.text_layer_strings import NUMBER, STRING, bytes_of, pieces_of
from guidepress.problems import PipelineError

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
MATRIX = rf"(?:{NUMBER}\s+){{6}}"
TOKEN = re.compile(
    rf"""
    (?P<show> \[ (?: [^\[\]()<>]++ | {STRING} )* \] \s* TJ \b | {STRING} \s* Tj \b )
    | / (?P<font> [^\s/<>\[\]()]+ ) \s+ (?P<size> {NUMBER} ) \s+ Tf \b (?: \s+ (?P<placed> {MATRIX} ) Tm \b )?
    | (?<![^\s]) (?P<save> q \s+ )? (?P<matrix> {MATRIX} ) (?P<to> cm | Tm ) \b
    | (?<! [^\s] ) (?P<operator> q | Q | BT | EMC ) (?= [\s/\[(<] | $ )
    | / Span \s* << \s* /ActualText \s* (?P<actual> < [0-9A-Fa-f]* > | \( (?: [^\\()] | \\. )* \) ) \s* >> \s* BDC \b
    | /MCID \s+ (?P<content> \d+ ) [^<>]* >> \s* BDC \b
    | (?P<marked> \b B[DM]C \b )
    """.encode(),
    re.VERBOSE | re.DOTALL,
)


class Font(Protocol):
    """What a content stream needs to know of a font: widths in 1/1000 em and texts by character code."""

    @property
    def widths(self) -> Mapping[int, float]: ...

    @property
    def texts(self) -> Mapping[int, str]: ...


@dataclass(slots=True, eq=False)
class Shown:
    """One glyph as the page shows it, `x` in 1/1000 em from the start of its run."""

    font: Font
    code: int
    text: str
    run: Run
    x: float
    merged: bool = False
    """Drawn as part of an earlier glyph, so no longer shown itself."""

    @property
    def width(self) -> float:
        return self.font.widths[self.code]

    def offset(self, other: Shown) -> tuple[float, float] | None:
        """Where the other glyph stands, in 1/1000 em from this one; None when it is set in another way."""
        if other.run is self.run:
            return other.x - self.x, 0.0
        (a, b, c, d, e, f), theirs = self.run.on_page(), other.run.on_page()
        if theirs[:4] != (a, b, c, d) or other.run.size != self.run.size:
            return None
        em, determinant = self.run.size / 1000, a * d - b * c
        x, y = (theirs[4] - e) / determinant / em, (theirs[5] - f) / determinant / em
        return d * x - c * y + other.x - self.x, a * y - b * x


@dataclass(frozen=True, slots=True)
class Cluster:
    """The codes of one cluster: the head shows it and stands for its first letter, the tail stands for the rest.

    The tail shows nothing and takes its width, in 1/1000 em, from that of the head, so that readers see no gap.
    """

    head: int
    width: float
    tail: int | None = None
    tail_width: float = 0.0


@dataclass(slots=True, eq=False)
class Run:
    """One text-showing operation, at bytes `start` to `end` of its stream."""

    start: int
    end: int
    size: float
    place: Matrix
    matrix: Matrix
    glyphs: list[Shown] = field(default_factory=list)
    width: float = 0
    continued: bool = False
    """The next run goes on where this one ends; else that place means nothing, and a step back to it would look
    like a space."""
    marked: int | None = None
    """The number of the marked content that it is part of, by which the structure tree knows it."""

    def on_page(self) -> Matrix:
        """Where the run stands on the page."""
        return _product(self.place, self.matrix)

    def following(self) -> Matrix:
        """Where text goes on after this run, before it is moved elsewhere."""
        return _product((1, 0, 0, 1, self.width * self.size / 1000, 0), self.place)

    def write(self, clusters: Mapping[Shown, Cluster]) -> bytes:
        """The operation again, with the codes of the clusters and every glyph where it was."""
        pieces: list[bytes] = []
        pen = 0.0
        for glyph in self.glyphs:
            if glyph.merged:
                continue
            cluster = clusters.get(glyph)
            pieces.append(_move(glyph.x - pen) + b"<%04X>" % (cluster.head if cluster else glyph.code))
            pen = glyph.x + (cluster.width if cluster else glyph.width)
            if cluster and cluster.tail is not None:
                pieces.append(b"<%04X>" % cluster.tail)
                pen += cluster.tail_width
        if self.continued:
            pieces.append(_move(self.width - pen))
        return b"[" + b"".join(pieces).replace(b"><", b"") + b"]TJ"


def _move(distance: float) -> bytes:
    return b"" if abs(distance) < 0.01 else f"{-distance:.3f}".rstrip("0").rstrip(".").encode()


@dataclass(slots=True)
class ActualText:
    """Glyphs that the stream marks with their text: where the mark begins and ends, and the glyphs in it."""

    opening: tuple[int, int]
    glyphs: list[Shown]
    closing: tuple[int, int] = (0, 0)


@dataclass
class Content:
    """The text runs of one content stream."""

    stream: bytes
    runs: list[Run] = field(default_factory=list)
    marks: list[ActualText] = field(default_factory=list)

    def glyphs(self) -> list[Shown]:
        return [glyph for run in self.runs for glyph in run.glyphs]

    def write(self, clusters: Mapping[Shown, Cluster], exact: set[Shown]) -> bytes:
        """The stream with new codes, and without the marks whose glyphs say their text exactly.

        `clusters` are known by the first of the glyphs they were drawn with.
        """
        edits = [
            (run.start, run.end, run.write(clusters))
            for run in self.runs
            if any(glyph.merged or glyph in clusters for glyph in run.glyphs)
        ]
        for mark in self.marks:
            if all(glyph in exact for glyph in mark.glyphs):
                edits += [(*mark.opening, b" "), (*mark.closing, b" ")]
        pieces, done = [], 0
        for start, end, replacement in sorted(edits):
            pieces += [self.stream[done:start], replacement]
            done = end
        return b"".join([*pieces, self.stream[done:]])


def read(stream: bytes, fonts: Mapping[str, Font]) -> Content:
    """The runs set in these fonts (by resource name), each glyph with the text the PDF gives it so far."""
    content = Content(stream)
    matrix, font, size = IDENTITY, None, 0.0
    place: Matrix | None = IDENTITY
    saved: list[tuple[Matrix, Font | None, float]] = []
    open_marks: list[tuple[tuple[ActualText, str] | None, int | None]] = []
    mark: tuple[ActualText, str] | None = None
    marked: int | None = None
    for token in TOKEN.finditer(stream):
        kind = token.lastgroup
        if kind == "show" and font is not None:
            if place is None:
                content.runs[-1].continued = True
                place = content.runs[-1].following()
            run = Run(*token.span(), size, place, matrix, marked=marked)
            _show(run, token["show"], font, mark[1] if mark else None)
            place = None
            content.runs.append(run)
            if mark:
                mark[0].glyphs.extend(run.glyphs)
        elif kind in ("size", "placed"):
            font, size = fonts.get(token["font"].decode("latin-1")), float(token["size"])
            if kind == "placed":
                place = _matrix(token["placed"])
        elif kind == "to":
            if token["save"]:
                saved.append((matrix, font, size))
            if token["to"] == b"cm":
                matrix = _product(_matrix(token["matrix"]), matrix)
            else:
                place = _matrix(token["matrix"])
        elif kind == "actual":
            held = bytes_of(token["actual"])
            # Typst writes ASCII as it is and all else in UTF-16 with its mark.
            text = held.decode("utf-16" if held[:2] == b"\xfe\xff" else "latin-1", "replace")
            actual = ActualText(token.span(), [])
            content.marks.append(actual)
            open_marks.append((mark, marked))
            mark = (actual, text)
        elif kind in ("content", "marked"):
            open_marks.append((mark, marked))
            marked = int(token["content"]) if kind == "content" else marked
        elif kind == "operator":
            match token["operator"]:
                case b"q":
                    saved.append((matrix, font, size))
                case b"Q" if saved:
                    matrix, font, size = saved.pop()
                case b"BT":
                    place = IDENTITY
                case b"EMC" if open_marks:
                    outer, marked = open_marks.pop()
                    if mark and mark is not outer:
                        mark[0].closing = token.span()
                    mark = outer
    if open_marks or saved or len(content.marks) != stream.count(b"/ActualText"):
        raise PipelineError("the text layer cannot be repaired: a page is not written as Typst writes it")
    return content


def _show(run: Run, operation: bytes, font: Font, text: str | None) -> None:
    pen, widths, texts = 0.0, font.widths, font.texts
    for piece in pieces_of(operation):
        if isinstance(piece, float):
            pen -= piece
        else:
            known = text if text is not None else texts.get(piece, "")
            run.glyphs.append(Shown(font, piece, known, run, pen))
            pen += widths[piece]
    run.width = pen


def _matrix(numbers: bytes) -> Matrix:
    a, b, c, d, e, f = map(float, numbers.split())
    return a, b, c, d, e, f


def _product(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
