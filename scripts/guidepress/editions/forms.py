"""Squares drawn by Typst become AcroForm check boxes; the structure tree stays and calls them forms."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import unquote

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

SCHEME = "checkbox:"
PRINTED = 4
"""Annotation flag of PDF 32000-1, table 165: shown on paper as well."""


def add_check_boxes(pdf: bytes) -> bytes:
    """Turn each link `checkbox:NAME?LABEL` into a check box of that name, with the label as its tooltip."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    root = writer.root_object
    elements = _elements_by_parent(root)
    fields = ArrayObject()
    for page in writer.pages:
        found = False
        for reference in page.get("/Annots", ArrayObject()):
            annotation = reference.get_object()
            target = str(annotation.get("/A", DictionaryObject()).get_object().get("/URI", ""))
            if not target.startswith(SCHEME):
                continue
            name, _, label = target.removeprefix(SCHEME).partition("?")
            _make_widget(writer, annotation, name, unquote(label), page.indirect_reference)
            element = elements.get(int(annotation.get("/StructParent", -1)))
            if element is not None:
                element[NameObject("/S")] = NameObject("/Form")
                element[NameObject("/Alt")] = TextStringObject(unquote(label))
                element.pop("/A", None)
            fields.append(reference)
            found = True
        if found:
            page[NameObject("/Tabs")] = NameObject("/S")
    if fields:
        form = DictionaryObject({NameObject("/Fields"): fields, NameObject("/DR"): DictionaryObject()})
        root[NameObject("/AcroForm")] = writer._add_object(form)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _make_widget(writer: PdfWriter, annotation: DictionaryObject, name: str, label: str, page: Any) -> None:
    x0, y0, x1, y1 = (float(value) for value in annotation["/Rect"])  # type: ignore[attr-defined]
    width, height = round(x1 - x0, 3), round(y1 - y0, 3)
    for key in ("/A", "/Border", "/BS", "/Dest", "/H", "/QuadPoints"):
        annotation.pop(key, None)
    tick = (
        f"q 1.4 w 1 J {width * 0.2:.2f} {height * 0.5:.2f} m {width * 0.42:.2f} {height * 0.22:.2f} l "
        f"{width * 0.82:.2f} {height * 0.82:.2f} l S Q"
    )
    looks = DictionaryObject({
        NameObject("/Yes"): _appearance(writer, width, height, tick),
        NameObject("/Off"): _appearance(writer, width, height, ""),
    })
    annotation.update({
        NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/FT"): NameObject("/Btn"),
        NameObject("/T"): TextStringObject(name.replace(".", "-")),
        NameObject("/TU"): TextStringObject(label),
        NameObject("/Contents"): TextStringObject(label),
        NameObject("/F"): NumberObject(PRINTED),
        NameObject("/V"): NameObject("/Off"),
        NameObject("/AS"): NameObject("/Off"),
        NameObject("/MK"): DictionaryObject({NameObject("/CA"): TextStringObject("4")}),
        NameObject("/P"): page,
        NameObject("/AP"): DictionaryObject({NameObject("/N"): looks}),
    })


def _appearance(writer: PdfWriter, width: float, height: float, operators: str) -> Any:
    stream = StreamObject()
    stream.set_data(operators.encode())
    stream.update({
        NameObject("/Type"): NameObject("/XObject"),
        NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): ArrayObject([FloatObject(0), FloatObject(0), FloatObject(width), FloatObject(height)]),
        NameObject("/Resources"): DictionaryObject(),
    })
    return writer._add_object(stream)


def _elements_by_parent(root: DictionaryObject) -> dict[int, Any]:
    """The structure element of each annotation, from the parent tree (a number tree)."""
    found: dict[int, Any] = {}

    def walk(node: Any) -> None:
        node = node.get_object()
        pairs = node.get("/Nums", [])
        for key, value in zip(pairs[0::2], pairs[1::2], strict=True):
            target = value.get_object()
            if isinstance(target, DictionaryObject):
                found[int(key)] = target
        for kid in node.get("/Kids", []):
            walk(kid)

    if "/StructTreeRoot" in root:
        walk(root["/StructTreeRoot"].get_object()["/ParentTree"])  # type: ignore[index]
    return found
