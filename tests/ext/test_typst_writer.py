"""What the miniature book becomes in Typst's source: where things stand, numbers, links, and what is said aloud."""

from __future__ import annotations

import json
import re
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from guidepress.ext.typst.places import NOTE

ROOT = Path(__file__).parents[1] / "roots" / "pdf"
DRAFT = {page: ["DRAFT"] for page in ("*", "house", "road", "glossary", "index")}


def write(folder: Path, edition: dict[str, Any], *, before: str = "typst", source: Path = ROOT) -> tuple[str, str]:
    """The book's Typst source and Sphinx's warnings; `before` writes another format first, as the pipeline does."""
    warnings = StringIO()
    with docutils_namespace():
        app = Sphinx(
            source,
            source,
            folder / "out",
            folder / "doctrees",
            before,
            confoverrides={"guidepress_edition": edition},
            status=None,
            warning=warnings,
            freshenv=True,
        )
        app.build(force_all=True)
        if before != "typst":
            app.preload_builder("typst")
            app.builder = app.create_builder("typst")
            app._init_builder()
            app.builder.write(None, app.env.found_docs, "all")
    # Where a block comes from is tested with the problems that say so.
    return NOTE.sub("", (folder / "out" / "book.typ").read_text("utf-8")), warnings.getvalue()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    text, warnings = write(tmp_path_factory.mktemp("book"), {"draft": DRAFT})
    assert warnings == ""
    return text


def test_chapters_and_sections_are_numbered_headings(source: str) -> None:
    heading = '#book-heading(1, ("%house#house", ), [#"A safe house"], number: "12", draft: ("DRAFT", ), common: false)'
    assert heading in source
    assert '[#"In short"], number: "12.1"' in source
    assert '[#"Glossary"], number: ""' in source


def test_captions_of_toctrees_are_parts(source: str) -> None:
    first, house, second = (source.index(text) for text in ('part-title("First part")', "A safe house", '"Reference"'))
    assert first < house < second


def test_the_start_page_without_words_is_only_the_cover(source: str) -> None:
    assert "Small book" not in source


def test_links_to_other_chapters_carry_a_page_and_terms_do_not(source: str) -> None:
    assert '#xref("%road#road", [#[#"The road"]], paged: true)' in source
    assert re.search(r'#xref\("%glossary#term-shelter", .*?, paged: false\)', source)
    assert re.search(r'#xref\("%house#own-words", [^\n]*?, paged: false\)', source)
    assert '#link("https://example.org/a?b=1", [#"A page elsewhere"])' in source


def test_checklist_rows_name_their_boxes(source: str) -> None:
    assert '#checklist(("%house#right-place", ), [#"Is this place right?"], ("Practitioner", "Manager", )' in source
    assert "checkbox:right-place.1?The%20person%20saw%20the%20place%2C%20and%20agreed." in source
    assert "checkbox:right-place.2?The%20door%20opens%20from%20%22inside%22%20%E2%80%93%20100%25" in source


def test_boxes_keep_their_kind(source: str) -> None:
    for kind in ("example", "composite", "say", "survivors", "dilemma", "note"):
        assert f'#admonition("{kind}", ' in source


def test_table_has_a_header_and_widths(source: str) -> None:
    assert '#book-table(table.header(table.cell([#[#"Night"]' in source
    assert 'columns: (30fr, 70fr, ), caption: [#"Three nights"])' in source


def test_footnotes_stand_where_they_are_called(source: str) -> None:
    assert "#[#footnote[" in source
    assert source.count('"An office, "') == 1


def test_a_second_builder_on_the_same_environment_writes_the_same_book(tmp_path: Path, source: str) -> None:
    again, warnings = write(tmp_path, {"draft": DRAFT}, before="html")
    assert warnings == ""
    assert again == source


def test_pages_that_are_signed_off_carry_no_label(tmp_path: Path) -> None:
    text, _warnings = write(tmp_path, {"draft": {"*": ["DRAFT"], "road": ["DRAFT"]}})
    assert re.search(r'\[#"A safe house"\], number: "12", draft: \(\),', text)
    assert re.search(r'\[#"The road"\], number: "13", draft: \("DRAFT", \),', text)


def test_defaults_come_from_the_configuration(tmp_path: Path) -> None:
    write(tmp_path, {})
    meta = json.loads((tmp_path / "out" / "meta.json").read_text("utf-8"))
    assert (meta["title"], meta["author"], meta["lang"], meta["draft"]) == ("Small book", "Its authors", "en", [])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A copy of the book with a chapter to fill."""
    folder = tmp_path / "book"
    shutil.copytree(ROOT, folder)
    return folder / "road.md"


def test_what_has_no_form_is_said_and_its_text_printed(tmp_path: Path, page: Path) -> None:
    page.write_text("# Road\n\n```{math}\na < b\n```\n", "utf-8")
    text, warnings = write(tmp_path, {}, source=page.parent)
    assert "[guidepress.typst-node]" in warnings and "road.md:3" in warnings
    assert '#"a < b"' in text


def test_unsafe_links_keep_only_their_text(tmp_path: Path, page: Path) -> None:
    page.write_text("# Road\n\n[tick](checkbox:x.1?y) [run](javascript:alert)\n", "utf-8")
    text, _warnings = write(tmp_path, {}, source=page.parent)
    assert 'link("checkbox' not in text and 'link("javascript' not in text
    assert "tick" in text and "run" in text


def test_raw_typst_never_reaches_the_book(tmp_path: Path, page: Path) -> None:
    page.write_text('# Road\n\n```{raw} typst\n#read("/x")\n```\n', "utf-8")
    text, warnings = write(tmp_path, {}, source=page.parent)
    assert "#read" not in text
    assert "left out of the PDF" in warnings


def test_text_left_in_the_source_language_says_so(tmp_path: Path, page: Path) -> None:
    (page.parent / "conf.py").write_text(
        (page.parent / "conf.py").read_text("utf-8") + "    app.connect('doctree-read', mark)\n\n\n"
        "def mark(app, doctree):\n"
        "    for node in doctree.findall(lambda n: n.tagname in ('title', 'paragraph')):\n"
        "        node['classes'].append('language-en')\n",
        "utf-8",
    )
    text, _warnings = write(tmp_path, {}, source=page.parent)
    assert '[#in-language("en", none)[#"The road"]]' in text


def test_the_index_names_the_head_of_each_entry_and_no_term(tools: Any) -> None:
    source = (tools.folder / "th/typst/book.typ").read_text("utf-8")
    index = source[source.index("#book-index(") :]
    assert '(0, "ทาง", ()' in index
    assert '(1, "หลง", ("%path#walking", ), )' in index
    assert "door" not in index
