"""Check boxes that can be ticked, are told aloud, and stay where the text puts them."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
import typst
from pypdf import PdfReader, PdfWriter

from guidepress.editions.forms import add_fields
from guidepress.editions.pdf import fonts
from guidepress.problems import PipelineError

BOX = '#link("checkbox:{name}?{label}", box(width: 10pt, height: 10pt))\n\n'


def pdf(*boxes: tuple[str, str], more: str = "") -> bytes:
    source = '#set document(title: "T")\n#set text(font: "Noto Sans")\n= Heading\n' + more
    source += "".join(BOX.format(name=name, label=label) for name, label in boxes)
    compiler = typst.Compiler(source.encode(), font_paths=fonts(), ignore_system_fonts=True)
    data = compiler.compile(format="pdf", pdf_standards=["ua-1", "a-2a"])
    assert isinstance(data, bytes)
    return data


def test_each_box_is_a_field_below_its_list_with_its_words() -> None:
    data = add_fields(pdf(("door.1", "It%20opens%3F"), ("door.2", "%E1%80%80%E1%80%AD%E1%80%AF")))
    fields = PdfReader(BytesIO(data)).get_fields() or {}
    boxes = {name: field for name, field in fields.items() if "." in name}
    assert {name: field["/TU"] for name, field in boxes.items()} == {"door.1": "It opens?", "door.2": "ကို"}
    assert {field["/FT"] for field in boxes.values()} == {"/Btn"}
    assert {field["/V"] for field in boxes.values()} == {"/Off"}


def test_a_ticked_box_is_drawn() -> None:
    def darkest(data: bytes) -> int:
        document = pypdfium2.PdfDocument(data)
        document.init_forms()
        page = document[0]
        box = PdfReader(BytesIO(data)).pages[0]["/Annots"][0]["/Rect"]
        left, bottom, right, top = (float(edge) for edge in box)
        crop = (left, bottom, page.get_width() - right, page.get_height() - top)
        return min(bytes(page.render(scale=4, crop=crop, grayscale=True).buffer))

    data = add_fields(pdf(("door.1", "a")))
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.update_page_form_field_values(writer.pages[0], {"door.1": "/Yes"})
    ticked = BytesIO()
    writer.write(ticked)
    assert darkest(data) > 250
    assert darkest(ticked.getvalue()) < 120


def test_the_structure_tree_knows_a_form_and_not_a_link() -> None:
    data = add_fields(pdf(("door.1", "It%20opens"), more='#link("https://example.org")[site]\n\n'))
    reader = PdfReader(BytesIO(data))
    kinds = [
        reader.get_object(number).get("/S")
        for number in range(1, reader.trailer["/Size"])
        if isinstance(reader.get_object(number), dict)
    ]
    assert kinds.count("/Form") == 1
    assert kinds.count("/Link") == 1
    assert reader.pages[0]["/Tabs"] == "/S"


def test_a_pdf_without_boxes_is_left_alone() -> None:
    data = pdf()
    assert add_fields(data) is data


def test_a_name_used_twice_cannot_go_on() -> None:
    with pytest.raises(PipelineError, match=r"door\.1 is in the PDF twice"):
        add_fields(pdf(("door.1", "a"), ("door.1", "b")))


def test_what_is_no_pdf_is_said_in_words() -> None:
    with pytest.raises(PipelineError, match="cannot be read back"):
        add_fields(b"not a pdf")


TEXT = '#link("textfield:plan.{item}?{label}", box(width: 60pt, height: {height}pt))\n\n'


def test_lines_to_write_on_keep_what_a_reader_wrote() -> None:
    more = TEXT.format(item=1, label="Code", height=14) + TEXT.format(item=2, label="What%20I%20need", height=60)
    data = add_fields(pdf(("plan.3", "Yes"), more=more))
    fields = PdfReader(BytesIO(data)).get_fields() or {}
    assert {name: field["/TU"] for name, field in fields.items() if "." in name} == {
        "plan.1": "Code", "plan.2": "What I need", "plan.3": "Yes"
    }  # fmt: skip
    one, many = fields["plan.1"], fields["plan.2"]
    assert (one["/FT"], one.get("/Ff", 0), many["/Ff"]) == ("/Tx", 0, 1 << 12)
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.update_page_form_field_values(writer.pages[0], {"plan.1": "A7", "plan.2": "A bed"}, auto_regenerate=False)
    written = BytesIO()
    writer.write(written)
    again = PdfReader(written).get_fields() or {}
    assert (again["plan.1"]["/V"], again["plan.2"]["/V"]) == ("A7", "A bed")
    assert "A7" in drawn(written.getvalue()) and "A7" not in drawn(data)


def drawn(data: bytes) -> str:
    """What PDFium shows of a page with its fields, as text of the flattened page."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    page = document[0]
    page.flatten()
    return str(document[0].get_textpage().get_text_bounded())
