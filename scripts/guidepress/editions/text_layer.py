"""The text layer of a PDF: what is copied, searched and read aloud is the source text, in every script.

Typst gives all glyphs of a cluster the text of the whole cluster, and sets a raised mark in a run of its
own, so that Khmer, Lao, Burmese and Thai come out doubled and out of order. Here each cluster becomes one
glyph, made of those it was drawn with, whose character code stands for the cluster's text: nothing is left
to the reader's guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pikepdf

from guidepress.editions.text_layer_cmap import read_cmap, read_widths, write_cmap
from guidepress.editions.text_layer_content import Cluster, Content, Shown, read
from guidepress.editions.text_layer_fonts import (
    FontFile,
    Glyphs,
    Instance,
    Part,
    compose,
    font_file,
    identify,
    subset_name,
)
from guidepress.problems import PipelineError, Problem

COMPLEX = re.compile(
    "[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff\u0e00-\u0eff\u1000-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff"
    "\u1780-\u17ff\u19e0-\u19ff]+"
)
"""Letters that a font may draw with several glyphs: those of Khmer, Lao, Burmese and Thai, and Latin with marks."""
WORD_JOINER = "\u2060"
FILE = "text layer"
LONGEST = 12
"""Glyphs in the longest cluster looked for among the words of the book."""
MARKS = 3
"""Marks on one Latin letter."""
NOT_FOUND = -1
TAIL = 101.0
"""The width of the empty glyph that carries the rest of a cluster, in 1/1000 em. Narrower than 100, poppler takes the
next glyph for the same one printed twice; wider than 102, pdf.js, to which a mark has no width, sees a space."""


@dataclass
class EmbeddedFont:
    """A font of the PDF, the instance it was cut from, and the character codes added to it."""

    pdf_font: pikepdf.Dictionary
    program: bytes
    instance: Instance
    glyphs: list[int | None]
    words: list[str]
    codes: dict[tuple[tuple[Part, ...], str, float], int] = field(default_factory=dict)
    """By the glyphs shown, the text and the width in 1/1000 em."""
    _shaped: dict[str, Glyphs] = field(default_factory=dict)
    _advances: dict[str, float] = field(default_factory=dict)

    @property
    def _descendant(self) -> pikepdf.Object:
        return self.pdf_font.DescendantFonts[0]

    @cached_property
    def texts(self) -> dict[int, str]:
        """The text of each character code, as the PDF has it."""
        return read_cmap(self.pdf_font.ToUnicode.read_bytes())

    @cached_property
    def widths(self) -> dict[int, float]:
        """The width of each character code in 1/1000 em."""
        return read_widths(self._descendant)

    @cached_property
    def _learned(self) -> dict[Glyphs, str]:
        return {glyphs: text for word in self.words for glyphs, text in self.instance.clusters(word)}

    @cached_property
    def _marked(self) -> set[int]:
        """Glyphs that stand alone as a plain letter, and with marks of their own as another."""
        return {glyphs[0] for glyphs in self._learned if len(glyphs) > 1}

    def _expected(self, text: str) -> Glyphs:
        if text not in self._shaped:
            self._shaped[text] = self.instance.shape(text.replace(WORD_JOINER, "").rstrip("\u200b"))
        return self._shaped[text]

    def cluster(self, shown: Sequence[Shown], at: int) -> tuple[int, str] | None:
        """How many glyphs from there on make one cluster, and its text; None when that is not known."""
        text = shown[at].text
        if not COMPLEX.search(text) and self.glyphs[shown[at].code] in self._marked:
            for length in range(MARKS + 1, 1, -1):
                if (found := self._found(shown, at, length)) in self._learned and len(found) == length:
                    return length, self._learned[found]
        expected = self._expected(text)
        found = self._found(shown, at, len(expected))
        if expected and found == expected:
            return len(expected), text
        if not COMPLEX.search(text):
            return 1, text
        for length in range(LONGEST, 0, -1):
            found = self._found(shown, at, length)
            if len(found) == length and found in self._learned:
                return length, self._learned[found]
        return None

    def _found(self, shown: Sequence[Shown], at: int, length: int) -> Glyphs:
        glyphs = [self.glyphs[glyph.code] for glyph in shown[at : at + length] if glyph.font is self]
        return tuple(NOT_FOUND if glyph is None else glyph for glyph in glyphs)

    def codes_of(self, parts: tuple[Part, ...], text: str) -> Cluster:
        """The character codes that show these glyphs and stand for this text.

        One code for all would be wider than any letter of it, or to pdf.js a mark without any width, and readers
        would put spaces into the word.
        """
        head, tail = text[:1], text[1:]
        single = parts[0][0]
        width = self.widths[single] if len(parts) == 1 else self._advance(text)
        if tail:
            room = min(TAIL, width / 2)
            return Cluster(self._code(parts, head, width - room), width - room, self._code((), tail, room), room)
        first = single if len(parts) == 1 and self.texts.get(single) == head else self._code(parts, head, width)
        return Cluster(first, width)

    def _code(self, parts: tuple[Part, ...], text: str, width: float) -> int:
        return self.codes.setdefault((parts, text, width), len(self.glyphs) + len(self.codes))

    def _advance(self, text: str) -> float:
        """A mark has a width of its own in the font and takes none in a cluster."""
        if text not in self._advances:
            self._advances[text] = self.instance.advance(text)
        return self._advances[text]

    def _is_whole(self, parts: tuple[Part, ...], width: float) -> bool:
        """A glyph that the font has already."""
        return len(parts) == 1 and width == self.widths[parts[0][0]]

    def save(self, pdf: pikepdf.Pdf) -> None:
        """Write the new glyphs, widths and texts into the PDF."""
        if len(self.glyphs) + len(self.codes) > 0xFFFF:
            raise PipelineError("the text layer cannot be repaired: more clusters than one font can number")
        composites = list(dict.fromkeys(
            (parts, width) for parts, _, width in self.codes if not self._is_whole(parts, width)
        ))
        glyph_of = {made: len(self.glyphs) + index for index, made in enumerate(composites)}
        descendant, descriptor = self._descendant, self._descendant.FontDescriptor
        program = compose(self.program, composites) if composites else self.program
        descriptor.FontFile2 = pdf.make_stream(program, Length1=len(program))
        added = (
            parts[0][0] if self._is_whole(parts, width) else glyph_of[parts, width] for parts, _, width in self.codes
        )
        glyphs = [*range(len(self.glyphs)), *added]
        descendant.CIDToGIDMap = pdf.make_stream(b"".join(glyph.to_bytes(2, "big") for glyph in glyphs))
        if "/CIDSet" in descriptor:
            del descriptor["/CIDSet"]
        widths = pikepdf.Array([round(width, 3) for _, _, width in self.codes])
        descendant.W = pikepdf.Array([*descendant.get("/W", pikepdf.Array()), len(self.glyphs), widths])
        texts = self.texts | {code: text for (_, text, _), code in self.codes.items()}
        clean = {code: text.replace(WORD_JOINER, "") for code, text in texts.items()}
        self.pdf_font.ToUnicode = pdf.make_stream(write_cmap(clean))


def repair(pdf: bytes, text: str, fonts: Sequence[Path]) -> tuple[bytes, list[Problem]]:
    """The same pages, tags and fields with a text layer that gives back the source text, and what was amiss.

    `text` holds the words of the book, `fonts` the files Typst set it in. A glyph whose text is not certain
    keeps what Typst gave it and is a `text-glyph` problem. The same input gives the same bytes.
    """
    try:
        opened = pikepdf.open(BytesIO(pdf))
    except pikepdf.PdfError as error:
        raise PipelineError(f"the text layer cannot be repaired: the PDF cannot be opened: {error}") from error
    with opened as document:
        problems: list[Problem] = []
        embedded = _embedded(document, [font_file(path) for path in fonts], text, problems)
        unknown: Counter[str] = Counter()
        for holder, stream in _streams(document):
            resources = holder.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
            named = {
                name[1:]: embedded[font.objgen] for name, font in resources.items() if font.objgen in embedded
            }
            if named:
                content = read(stream.read_bytes(), named)
                stream.write(_rewrite(content, unknown))
        for font in embedded.values():
            font.save(document)
        problems += [
            Problem(FILE, 0, "text-glyph", f"{near!r} ({count} times): its glyphs match no text; copying may go wrong")
            for near, count in sorted(unknown.items())
        ]
        _without_word_joiners(document)
        target = BytesIO()
        document.save(
            target,
            deterministic_id=True,
            fix_metadata_version=False,
            recompress_flate=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return target.getvalue(), problems


def _embedded(
    document: pikepdf.Pdf, files: list[FontFile], text: str, problems: list[Problem]
) -> dict[tuple[int, int], EmbeddedFont]:
    # Letters on both sides of a word joiner shape each other.
    words = sorted(set(COMPLEX.findall(text.replace(WORD_JOINER, ""))))
    embedded = {}
    for font in document.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Subtype") != "/Type0" or "/ToUnicode" not in font:
            continue
        if not COMPLEX.search("".join(read_cmap(font.ToUnicode.read_bytes()).values())):
            continue
        name = subset_name(str(font.BaseFont))
        program = font.DescendantFonts[0].FontDescriptor.get("/FontFile2")
        data = program.read_bytes() if program is not None else None
        found = identify(data, name, files) if data else None
        if data is None or found is None:
            problem = f"no TrueType font file for {name}; give its path"
            problems.append(Problem(FILE, 0, "text-glyph", problem))
            continue
        embedded[font.objgen] = EmbeddedFont(font, data, *found, words)
    return embedded


def _streams(document: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    for page in document.pages:
        page.contents_coalesce()
        yield page.obj, page.obj.Contents
    for item in document.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
            yield item, item


def _rewrite(content: Content, unknown: Counter[str]) -> bytes:
    shown = content.glyphs()
    clusters: dict[Shown, Cluster] = {}
    exact: set[Shown] = set()
    at = 0
    while at < len(shown):
        first = shown[at]
        font = first.font
        assert isinstance(font, EmbeddedFont)
        cluster = font.cluster(shown, at)
        members = shown[at : at + cluster[0]] if cluster else [first]
        at += len(members)
        known = cluster is not None and cluster[1] == first.font.texts.get(first.code)
        if len(members) == 1 and cluster and known and (len(cluster[1]) == 1 or not COMPLEX.search(cluster[1])):
            exact.add(first)
            continue
        offsets = [first.offset(glyph) for glyph in members]
        if cluster is None or None in offsets:
            unknown[first.text] += 1
            continue
        parts = tuple(
            (glyph.code, round(offset[0]), round(offset[1]))
            for glyph, offset in zip(members, offsets, strict=True)
            if offset
        )
        text = cluster[1].replace(WORD_JOINER, "")
        made = font.codes_of(parts, text)
        if made != Cluster(first.code, first.width):
            clusters[first] = made
        for glyph in members[1:]:
            glyph.merged = True
        exact.update(members)
    return content.write(clusters, exact)


def _without_word_joiners(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary):
            for key, value in item.items():
                if isinstance(value, pikepdf.String) and WORD_JOINER in str(value):
                    item[key] = pikepdf.String(str(value).replace(WORD_JOINER, ""))
