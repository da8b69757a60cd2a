"""Form fields in a PDF: each link `checkbox:NAME?LABEL` or `textfield:NAME?LABEL` becomes one, tags included."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from guidepress.problems import PipelineError

BOX, TEXT = "checkbox", "textfield"
LINK_KEYS = ("/A", "/Border", "/BS", "/C", "/Contents", "/Dest", "/H", "/QuadPoints")
PRINTED = 4
"""The annotation flag without which PDF/A forbids a widget."""
MULTILINE = 1 << 12
"""The flag of a text field that takes more than one line."""
ONE_LINE = 24
"""Points: a text field that is higher takes more than one line."""
WRITING = "/Helv 9 Tf 0.1 g"
"""How readers' own words look; every PDF reader has this font and those of other scripts."""
TICK = "q 0.06 0.36 0.4 RG {w:.2f} w 1 J 1 j {a:.2f} {b:.2f} m {c:.2f} {d:.2f} l {e:.2f} {f:.2f} l S Q"


def add_fields(data: bytes) -> bytes:
    """The same PDF with its `checkbox:` and `textfield:` links as empty fields.

    LABEL, URL-quoted, is what a screen reader says. NAME is `list.item`: the items of a list become fields
    below a field of that list, because a dot in the name of a PDF field parts the two.
    """
    try:
        reader = PdfReader(BytesIO(data))
        writer = PdfWriter(clone_from=reader)
    except (PyPdfError, ValueError) as error:
        raise PipelineError(f"the PDF cannot be read back to add its fields: {error}") from error
    writer.pdf_header = reader.pdf_header
    root = writer.root_object
    tree = _parent_tree(root)
    fields = ArrayObject()
    parents: dict[str, IndirectObject] = {}
    names: set[str] = set()
    for page in writer.pages:
        for reference in page.get("/Annots", ArrayObject()).get_object():
            link = reference.get_object()
            address = _address(link)
            scheme, _colon, rest = address.partition(":")
            if scheme not in (BOX, TEXT):
                continue
            if not address.isascii():
                raise PipelineError(f"the label of field {address!r} is not URL-quoted")
            name, _mark, label = rest.partition("?")
            if name in names:
                raise PipelineError(f"field {name} is in the PDF twice; give each checklist and form its own id")
            names.add(name)
            group, _dot, item = name.rpartition(".")
            if group and group not in parents:
                field = _dictionary(T=TextStringObject(group), Kids=ArrayObject())
                parents[group] = writer._add_object(field)
                fields.append(parents[group])
            _become_field(writer, link, item, unquote(label), page.indirect_reference, scheme)
            if group:
                link[NameObject("/Parent")] = parents[group]
                parents[group].get_object()["/Kids"].append(reference)  # type: ignore[index]
            else:
                fields.append(reference)
            if "/StructParent" in link:
                _become_form(tree[int(link["/StructParent"])], unquote(label))
    if not fields:
        return data
    font = _dictionary(
        Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica"),
        Encoding=NameObject("/WinAnsiEncoding"),
    )
    ticks = _dictionary(Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/ZapfDingbats"))
    # Programs that draw the fields anew look for these two by name.
    resources = _dictionary(Font=_dictionary(Helv=font, ZaDb=ticks))
    root[NameObject("/AcroForm")] = writer._add_object(
        _dictionary(Fields=fields, DR=resources, DA=TextStringObject(WRITING))
    )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _address(link: DictionaryObject) -> str:
    address = link.get("/A", DictionaryObject()).get_object().get("/URI", "")
    # pypdf takes letters beyond ASCII for text in an encoding of PDF, which an address has not.
    return getattr(address, "original_bytes", b"").decode("utf-8", "replace") or str(address)


def _become_field(
    writer: PdfWriter, link: DictionaryObject, item: str, label: str, page: IndirectObject | None, scheme: str
) -> None:
    left, bottom, right, top = (float(edge) for edge in link["/Rect"])  # type: ignore[attr-defined]
    width, height = round(right - left, 3), round(top - bottom, 3)
    for key in LINK_KEYS:
        link.pop(key, None)
    off = _appearance(writer, width, height, "")
    link.update(_dictionary(
        Subtype=NameObject("/Widget"), F=NumberObject(PRINTED), P=page,
        T=TextStringObject(item), TU=TextStringObject(label),
    ))
    if scheme == TEXT:
        flags = NumberObject(MULTILINE) if height > ONE_LINE else None
        link.update(_dictionary(
            FT=NameObject("/Tx"), Ff=flags, DA=TextStringObject(WRITING), V=TextStringObject(""),
            AP=_dictionary(N=off),
        ))
        return
    tick = TICK.format(w=width * 0.13, a=width * 0.22, b=height * 0.5, c=width * 0.42, d=height * 0.26,
                       e=width * 0.8, f=height * 0.78)
    on = _appearance(writer, width, height, tick)
    link.update(_dictionary(
        FT=NameObject("/Btn"), V=NameObject("/Off"), AS=NameObject("/Off"),
        AP=_dictionary(N=_dictionary(Yes=on, Off=off)),
    ))


def _become_form(element: Any, label: str) -> None:
    """The structure element of the former link."""
    form = element.get_object()
    form[NameObject("/S")] = NameObject("/Form")
    form[NameObject("/Alt")] = TextStringObject(label)
    form.pop("/A", None)  # layout attributes of the link


def _appearance(writer: PdfWriter, width: float, height: float, drawing: str) -> IndirectObject:
    stream = StreamObject()
    stream.set_data(drawing.encode())
    box = ArrayObject([FloatObject(edge) for edge in (0, 0, width, height)])
    stream.update(_dictionary(
        Type=NameObject("/XObject"), Subtype=NameObject("/Form"), BBox=box, Resources=DictionaryObject()
    ))
    return writer._add_object(stream)


def _dictionary(**entries: Any) -> DictionaryObject:
    given = {key: entry for key, entry in entries.items() if entry is not None}
    return DictionaryObject({NameObject(f"/{key}"): entry for key, entry in given.items()})


def _parent_tree(root: DictionaryObject) -> dict[int, Any]:
    """The structure elements by the number under which pages and annotations know them."""
    try:
        top = root["/StructTreeRoot"]["/ParentTree"]  # type: ignore[index]
    except KeyError:
        raise PipelineError("the PDF has no structure tree; its fields need one to be read aloud") from None
    return dict(_numbers(top))


def _numbers(node: Any) -> Iterator[tuple[int, Any]]:
    node = node.get_object()
    pairs = node.get("/Nums", [])
    for number, element in zip(pairs[0::2], pairs[1::2], strict=True):
        yield int(number), element
    for kid in node.get("/Kids", []):
        yield from _numbers(kid)
