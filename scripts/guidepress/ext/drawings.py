"""Drawings: the words of an SVG figure are messages of its page, and each edition draws them in its language.

In HTML the drawing stands in the page itself, so that its words use the page's fonts and can be found and copied.
In print the words are set over the drawing, by the same rules as all other text.
"""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

SVG = "http://www.w3.org/2000/svg"
ELEMENTS = {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "title", "desc"}
ATTRIBUTES = {
    "viewBox", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "points",
    "transform", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "opacity", "font-size", "font-weight", "text-anchor", "data-width",
}
"""What a drawing may be made of: nothing that runs, loads or refers."""
ADVANCES = {"LATIN": 0.58, "THAI": 0.62, "LAO": 0.64, "KHMER": 0.8, "MYANMAR": 0.95, "CJK": 1.0}
"""Mean width of a letter by script in em, marks above and below not counted; generous, so that words fit."""


CAPITALS = 0.7
"""Height of capital letters in em."""


class drawing(nodes.General, nodes.Element):
    """`uri` of the SVG file from the source folder, `alt`; children: one paragraph for each of its words."""


class drawing_words(nodes.General, nodes.Element):
    """The words of the image before it, as paragraphs, until the image becomes a `drawing`."""


class DrawingError(ValueError):
    """The file is no drawing that may be published."""


class ReadDrawings(SphinxTransform):
    """Put the words of each SVG image beside it, where translation finds them."""

    default_priority = 5  # before Sphinx's Locale translates messages

    def apply(self, **kwargs: Any) -> None:
        for image in list(self.document.findall(nodes.image)):
            if not image["uri"].endswith(".svg"):
                continue
            _relative, absolute = self.env.relfn2path(image["uri"], self.env.docname)
            try:
                words = texts(parse(Path(absolute)))
            except OSError:
                continue  # Sphinx reports a missing image itself
            except DrawingError as error:
                logger.warning("%s: %s", image["uri"], error, location=image, type="guidepress", subtype="drawing")
                continue
            holder = drawing_words()
            for word in words:
                paragraph = nodes.paragraph(word, word)
                paragraph.source, paragraph.line = image.source or self.document["source"], image.line
                holder += paragraph
            image.parent.insert(image.parent.index(image) + 1, holder)


def parse(path: Path) -> ET.Element:
    """The drawing in a file; DrawingError says what it may not hold."""
    source = path.read_bytes()
    if b"<!" in source.replace(b"<!--", b""):
        raise DrawingError("has a DOCTYPE or an entity; save it as plain SVG")
    try:
        root = ET.fromstring(source)
    except ET.ParseError as error:
        raise DrawingError(f"is not SVG: {error}") from error
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{SVG}}}")
        if name not in ELEMENTS:
            raise DrawingError(f"holds <{name}>; use only {', '.join(sorted(ELEMENTS))}")
        if strange := set(element.attrib) - ATTRIBUTES:
            raise DrawingError(f"<{name}> has {sorted(strange)[0]}; use only {', '.join(sorted(ATTRIBUTES))}")
        if name == "text" and len(element):
            raise DrawingError("has <text> with parts; write one <text> for each line of words")
    if "viewBox" not in root.attrib:
        raise DrawingError("has no viewBox, which gives its size")
    return root


def texts(root: ET.Element) -> list[str]:
    """The words of a drawing, in its order."""
    return [" ".join((element.text or "").split()) for element in root.iter(f"{{{SVG}}}text")]


@dataclass(frozen=True)
class Line:
    """One line of words in a drawing; lengths in units of its viewBox, `y` at half the height of the capitals."""

    text: str
    language: str
    """Empty for the edition's own."""
    x: float
    y: float
    size: float
    bold: bool
    fill: str
    centred: bool


def lines(root: ET.Element, words: list[tuple[str, str]]) -> list[list[Line]]:
    """The lines of each text of a drawing, in other words: pairs of words and language, "" for the edition's own.

    Words that would leave their `data-width` take two lines, and shrink where that is not enough; then all words of
    the same size shrink with them.
    """
    pairs = list(zip(root.iter(f"{{{SVG}}}text"), words, strict=True))
    smallest: dict[float, float] = {}
    for element, (text, _language) in pairs:
        wanted, room = _size(element), float(element.get("data-width", 0))
        fitting = room / max(map(width, _parts(element, text))) if room and text else wanted
        smallest[wanted] = min(smallest.get(wanted, wanted), fitting)
    return [list(_lines(element, text, language, smallest[_size(element)])) for element, (text, language) in pairs]


def _size(element: ET.Element) -> float:
    return float(element.get("font-size", 16))


def _parts(element: ET.Element, text: str) -> list[str]:
    room = float(element.get("data-width", 0))
    return two_lines(text) if room and width(text) * _size(element) > room else [text]


def _lines(element: ET.Element, text: str, language: str, size: float) -> Iterator[Line]:
    parts = _parts(element, text)
    pitch = size * (1.2 if text.isascii() else 1.45)
    first = float(element.get("y", 0)) - pitch * (len(parts) - 1) / 2
    for number, part in enumerate(parts):
        yield Line(
            part, language, float(element.get("x", 0)), first + number * pitch, size,
            element.get("font-weight") == "700", element.get("fill", "#000000"), element.get("text-anchor") == "middle",
        )


def translated(root: ET.Element, words: list[tuple[str, str]]) -> str:
    """The drawing as SVG with other words in their place."""
    for element, placed in zip(list(root.iter(f"{{{SVG}}}text")), lines(root, words), strict=True):
        element.text = None
        for name in ("x", "y", "data-width"):
            element.attrib.pop(name, None)
        for line in placed:
            if line.language:
                element.set("lang", line.language)
            element.set("font-size", f"{line.size:.2f}")
            baseline = line.y + CAPITALS / 2 * line.size
            part = ET.SubElement(element, f"{{{SVG}}}tspan", x=f"{line.x:g}", y=f"{baseline:.2f}")
            part.text = line.text
    ET.register_namespace("", SVG)
    return ET.tostring(root, "unicode")


def without_words(root: ET.Element) -> str:
    """The drawing as SVG without its words, which print sets itself."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}text":
                parent.remove(child)
    ET.register_namespace("", SVG)
    return ET.tostring(root, "unicode")


def two_lines(text: str) -> list[str]:
    """The text broken nearest to its middle: at a space or zero-width space, or between two Han characters."""
    breaks = [place for place, char in enumerate(text) if char in " \u200b"]
    breaks += [place for place in range(1, len(text)) if _is_han(text[place - 1]) and _is_han(text[place])]
    if not breaks:
        return [text]
    place = min(breaks, key=lambda at: abs(width(text[:at]) - width(text[at:])))
    return [text[:place].strip(" \u200b"), text[place:].strip(" \u200b")]


def _is_han(char: str) -> bool:
    return unicodedata.name(char, "").startswith("CJK")


def width(text: str) -> float:
    """About how wide this text is, in em."""
    letters = [char for char in text if unicodedata.category(char) not in ("Mn", "Me", "Cf")]
    return sum(ADVANCES.get(unicodedata.name(char, "").split(" ")[0], ADVANCES["LATIN"]) for char in letters)


def draw(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Join each image and its words to one drawing, once the words are translated."""
    if app.builder.name == "gettext":  # which takes the alternative text from the image
        return
    for holder in list(doctree.findall(drawing_words)):
        image = holder.parent[holder.parent.index(holder) - 1]
        assert isinstance(image, nodes.image)
        node = drawing("", *holder.children, uri=image["uri"], alt=image.get("alt", ""), ids=image["ids"])
        node.source, node.line = image.source, image.line
        holder.parent.remove(holder)
        image.replace_self(node)


def words_of(node: drawing) -> list[tuple[str, str]]:
    """What `lines` takes: the words of a drawing and, where they fell back, their language."""
    found = []
    for paragraph in node.children:
        assert isinstance(paragraph, nodes.paragraph)
        fallback = [name.removeprefix("language-") for name in paragraph["classes"] if name.startswith("language-")]
        found.append((paragraph.astext(), fallback[0] if fallback else ""))
    return found


def visit_html(self: HTML5Translator, node: drawing) -> None:
    root = parse(Path(self.builder.srcdir) / node["uri"])
    root.set("role", "img")
    root.set("aria-label", node["alt"])
    root.set("class", "drawing")
    self.body.append(translated(root, words_of(node)))
    raise nodes.SkipNode


def depart_html(self: HTML5Translator, node: drawing) -> None:
    """Everything is written on the way in."""


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_node(drawing, html=(visit_html, depart_html))
    app.add_node(drawing_words)
    app.add_transform(ReadDrawings)
    # Before search reads the page, and before the image would be copied.
    app.connect("doctree-resolved", draw, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
