"""What a reader with a screen reader, a pen or an archive relies on, in every PDF of the real book."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from tests.whole.readers import line_starts

from guidepress.book import Book
from guidepress.catalogs.interface import strings
from guidepress.catalogs.store import read

LIMIT = 2_000_000 / 90
"""Bytes a page."""


@pytest.fixture
def reader(built: Path, code: str) -> PdfReader:
    return PdfReader(built / "dist" / "pdf" / f"guidebook-{code}.pdf")


def elements(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the structure tree, in reading order."""
    waiting: list[Any] = [reader.root_object["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, ArrayObject):
            waiting += reversed(node)
        elif isinstance(node, DictionaryObject) and "/S" in node:
            yield node
            if "/K" in node:
                waiting.append(node["/K"])


def annotations(reader: PdfReader) -> Iterator[DictionaryObject]:
    for page in reader.pages:
        for annotation in page.get("/Annots", ArrayObject()).get_object():
            yield annotation.get_object()


def interface(built: Path, code: str) -> dict[str, str]:
    """The interface strings of a language; the source's own are themselves."""
    book = Book.at(built)
    if code == book.source_language.code:
        return {text: text for text in strings()}
    messages, _problems = read(book.catalogs(book.language(code)) / "sphinx.po", code)
    return {message.msgid: message.msgstr for message in messages.found.values()}


def test_it_claims_what_it_is(reader: PdfReader, code: str) -> None:
    root = reader.root_object
    xmp = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part>1<" in xmp and "pdfaid:part>2<" in xmp and "pdfaid:conformance>A<" in xmp
    assert root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert str(root["/Lang"]).lower().startswith(code.partition("_")[0])
    assert reader.metadata is not None and reader.metadata.title
    assert not str(reader.metadata.author or "").strip() or "contributors" in str(reader.metadata.author)


def test_every_field_is_a_form_in_the_tree_with_words(reader: PdfReader) -> None:
    forms = [element for element in elements(reader) if element["/S"] == "/Form"]
    widgets = [note for note in annotations(reader) if note["/Subtype"] == "/Widget"]
    assert len(widgets) > 400 and len(forms) == len(widgets)
    assert all(str(widget.get("/TU", "")).strip() for widget in widgets)
    assert all("/StructParent" in widget for widget in widgets)
    assert {page.get("/Tabs") for page in reader.pages if "/Annots" in page} == {"/S"}


def test_boxes_have_the_same_names_in_every_language(built: Path, reader: PdfReader) -> None:
    english = PdfReader(built / "dist" / "pdf" / "guidebook-en.pdf").get_fields() or {}
    assert set(reader.get_fields() or {}) == set(english)


def test_figures_have_words_and_tables_have_heads(reader: PdfReader) -> None:
    kinds = Counter(str(element["/S"]) for element in elements(reader))
    assert kinds["/Figure"] >= 7 and kinds["/Table"] > 20 and kinds["/H1"] >= 25
    assert all(element.get("/Alt") for element in elements(reader) if element["/S"] == "/Figure")
    for table in (element for element in elements(reader) if element["/S"] == "/Table"):
        assert any(cell["/S"] == "/TH" for row in _below(table) for cell in _below(row)), "a table without heads"


def test_headings_go_down_one_step_at_a_time(reader: PdfReader) -> None:
    levels = [int(kind[2:]) for element in elements(reader) if (kind := str(element["/S"]))[:2] == "/H" and kind[2:]]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))


def test_it_is_small_enough_to_send(built: Path, code: str, reader: PdfReader) -> None:
    size = (built / "dist" / "pdf" / f"guidebook-{code}.pdf").stat().st_size
    assert size <= LIMIT * len(reader.pages)


def test_contents_lead_to_chapters_and_checklists_and_bookmarks_to_every_section(built: Path) -> None:
    reader = PdfReader(built / "dist" / "pdf" / "guidebook-en.pdf")
    front = " ".join(" ".join(page.extract_text() for page in reader.pages[2:6]).split())
    titles = [str(entry.title) for entry in flat(reader.outline)]
    assert sum("What goes wrong" in title for title in titles) == 17 and "What goes wrong" not in front
    assert "A place to live" in front and "Safety plan" in front
    listed = re.search(r"Is this place right and free\?[ .]*(\d+)", front)
    assert listed
    assert "Is this place right and free?" in reader.pages[int(listed[1]) - 1].extract_text()


def flat(outline: list[Any]) -> Iterator[Any]:
    for entry in outline:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry


def test_every_sheet_has_its_boxes_and_lines_and_a_name_of_its_own(built: Path, code: str) -> None:
    words = interface(built, code)
    names = set()
    for path in sorted((built / "dist" / "sheets" / code).glob("*.pdf")):
        sheet = PdfReader(path)
        fields = sheet.get_fields() or {}
        assert {f"{path.stem}.1", f"{path.stem}.date", f"{path.stem}.initials"} <= fields.keys(), path.name
        assert fields[f"{path.stem}.date"]["/TU"] == words["Date"]
        assert fields[f"{path.stem}.initials"]["/TU"] == words["Initials"]
        assert not [note for note in annotations(sheet) if note["/Subtype"] == "/Link"], "a line that is no field"
        assert sheet.metadata is not None
        names.add(sheet.metadata.title)
    assert len(names) > 30
    together = PdfReader(built / "dist" / "pdf" / f"checklists-{code}.pdf").get_fields() or {}
    assert len([name for name in together if name.endswith((".date", ".initials"))]) == 2 * len(names)


def test_every_checklist_is_one_sheet(built: Path, code: str) -> None:
    single = sorted((built / "dist" / "sheets" / code).glob("*.pdf"))
    beside = [built / "dist" / "pdf" / f"checklists-en-{code}.pdf"] if code != "en" else []
    assert len(single) > 30 and {len(PdfReader(path).pages) for path in single} == {1}
    for path in (built / "dist" / "pdf" / f"checklists-{code}.pdf", *beside):
        assert len(PdfReader(path).pages) == len(single), path.name


def test_no_line_starts_with_a_sign_that_may_not(built: Path, code: str) -> None:
    forbidden = {"km": "ៗ។", "lo": "ໆ", "th": "ๆ", "my": "။၊", "zh_CN": "，。、；：？！）》”’】"}.get(code)
    if forbidden:
        starts = line_starts(built / "dist" / "pdf" / f"guidebook-{code}.pdf")
        assert len(starts) > 3000
        assert [start for start in starts if start[0] in forbidden] == []


@pytest.mark.parametrize("name", ["guidebook-{}", "checklists-{}"])
def test_a_checker_of_pdf_ua_finds_nothing(built: Path, code: str, name: str) -> None:
    """It looks at a part of the rules; what it does not look at stands in the tests above."""
    pdf = built / "dist" / "pdf" / f"{name.format(code)}.pdf"
    done = subprocess.run([sys.executable, "-m", "pdfua", "check", pdf], capture_output=True, text=True, check=False)
    assert "errors=0 warnings=0" in done.stdout, done.stdout + done.stderr


def _below(element: DictionaryObject) -> list[DictionaryObject]:
    """The elements right below one, groups of rows opened."""
    kids = element.get("/K", ArrayObject()).get_object()
    kids = kids if isinstance(kids, ArrayObject) else [kids]
    found = []
    for kid in (kid.get_object() for kid in kids if hasattr(kid, "get_object")):
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            found += _below(kid) if kid["/S"] in ("/THead", "/TBody", "/TFoot") else [kid]
    return found
