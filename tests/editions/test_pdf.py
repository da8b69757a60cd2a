"""The printed book: what a reader and a screen reader find in the PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from guidepress.editions.pdf import compile_source, make_pdf
from guidepress.problems import PipelineError

ROOT = Path(__file__).parents[1] / "roots" / "pdf"
WHEN = datetime(2026, 1, 2, tzinfo=UTC)
EDITION: dict[str, Any] = {
    "code": "my",
    "lang": "my",
    "region": None,
    "fonts": ["Noto Sans Myanmar", "Noto Sans"],
    "text_size": "9.5pt",
    "top_edge": "0.95em",
    "bottom_edge": "-0.5em",
    "leading": "0.3em",
    "linebreaks": "simple",
    "digits": "၀၁၂၃၄၅၆၇၈၉",
    "title": "Small book",
    "subtitle": "For tests",
    "autonym": "မြန်မာဘာသာ",
    "draft": {page: ["မူကြမ်း", "DRAFT in English"] for page in ("*", "house", "road", "glossary", "index")},
    "stamp": ["Version 1.0"],
    "strings": {"contents": "Contents", "page": "page"},
}


def write_book(out: Path, edition: dict[str, object], root: Path = ROOT) -> Path:
    with docutils_namespace():
        app = Sphinx(
            root,
            root,
            out / "typst",
            out / "doctrees",
            "typst",
            confoverrides={"guidepress_edition": edition},
            status=None,
            warning=StringIO(),
            freshenv=True,
        )
        app.build(force_all=True)
    return out / "typst"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_book(tmp_path_factory.mktemp("book"), EDITION)


@pytest.fixture(scope="module")
def reader(folder: Path) -> PdfReader:
    out = folder.parent / "book.pdf"
    assert make_pdf(folder, out, WHEN) == []
    return PdfReader(out)


def titles(reader: PdfReader) -> list[str]:
    return [entry.title for entry in reader.outline if not isinstance(entry, list)]


def test_it_says_what_it_is(reader: PdfReader) -> None:
    assert reader.metadata is not None and reader.metadata.title == "Small book"
    assert reader.root_object["/Lang"] == "my"
    assert reader.pdf_header == "%PDF-1.7"
    xmp = reader.root_object["/Metadata"].get_data().decode()
    assert "pdfuaid:part>1<" in xmp and "pdfaid:part>2<" in xmp and "pdfaid:conformance>A<" in xmp


def test_parts_and_chapters_are_in_the_outline(reader: PdfReader) -> None:
    found = titles(reader)
    assert [title for title in found if "part" in title or "Reference" in title] == ["First part", "Reference"]
    assert any("A safe house" in title for title in found) and any("The road" in title for title in found)


def test_every_page_carries_both_draft_labels(reader: PdfReader) -> None:
    assert len(reader.pages) > 8
    for page in reader.pages:
        assert "DRAFT in English" in page.extract_text()


def test_numbers_are_in_the_editions_own_digits(reader: PdfReader) -> None:
    text = "\n".join(page.extract_text() for page in reader.pages)
    road = next(entry for entry in reader.outline if not isinstance(entry, list) and "The road" in entry.title)
    number = str(reader.get_destination_page_number(road) + 1).translate(str.maketrans("0123456789", EDITION["digits"]))
    assert "၁၂.၁" in text and f"(page\u00a0{number})" in text


def test_the_same_book_gives_the_same_bytes(folder: Path) -> None:
    make_pdf(folder, folder.parent / "a.pdf", WHEN)
    make_pdf(folder, folder.parent / "b.pdf", WHEN)
    assert (folder.parent / "a.pdf").read_bytes() == (folder.parent / "b.pdf").read_bytes()


def book(folder: Path, source: str) -> Path:
    (folder / "book.typ").write_text('#set document(title: "T")\n#set text(font: "Noto Sans")\n' + source, "utf-8")
    return folder


def test_warnings_are_problems_with_a_line(tmp_path: Path) -> None:
    _data, problems = compile_source(book(tmp_path, '#text(font: "No such font")[a]\n') / "book.typ", WHEN, {})
    assert [(problem.line, problem.code) for problem in problems] == [(3, "typst")]
    assert "no such font" in problems[0].message


def test_a_letter_without_a_font_stops_the_edition_and_is_named(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"book\.typ:3: the book cannot be set: .*𓀀"):
        compile_source(book(tmp_path, '#"a 𓀀"\n') / "book.typ", WHEN, {})


def test_a_failure_leaves_the_last_good_file(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"last good")
    with pytest.raises(PipelineError):
        make_pdf(book(tmp_path, "#nothing\n"), out, WHEN)
    assert out.read_bytes() == b"last good"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.typ", "out.pdf"]


def test_a_book_that_is_signed_off_has_no_label(tmp_path: Path) -> None:
    make_pdf(write_book(tmp_path, {**EDITION, "draft": {}}), tmp_path / "out.pdf", WHEN)
    assert not any("DRAFT" in page.extract_text() for page in PdfReader(tmp_path / "out.pdf").pages)


def test_a_neutral_cover_does_not_say_what_the_book_is_about(tmp_path: Path, reader: PdfReader) -> None:
    make_pdf(write_book(tmp_path, {**EDITION, "neutral_cover": True}), tmp_path / "out.pdf", WHEN)
    assert "For tests" in reader.pages[0].extract_text()
    assert "For tests" not in PdfReader(tmp_path / "out.pdf").pages[0].extract_text()


def test_a_part_opens_with_its_chapters(reader: PdfReader) -> None:
    opener = next(page.extract_text() for page in reader.pages if page.extract_text().startswith("First part"))
    assert "A safe house" in opener


def test_a_chapter_at_a_later_step_says_so_on_its_own_pages(tmp_path: Path) -> None:
    draft = {page: ["DRAFT"] for page in ("*", "house", "glossary", "index")}
    make_pdf(write_book(tmp_path, {**EDITION, "draft": {**draft, "road": ["REVIEWED"]}}), tmp_path / "out.pdf", WHEN)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "out.pdf").pages]
    road = [text for text in pages if "REVIEWED" in text]
    assert any("The road" in text for text in road) and not any("DRAFT" in text for text in road)
    assert "DRAFT" in pages[0]
