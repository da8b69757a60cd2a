"""Text that does not fit is a problem in the line of the manuscript it comes from, never silence."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guidepress.editions.overfull import Overfull, overfull
from guidepress.editions.pdf import compile_source, make_pdf
from guidepress.editions.text_layer_pages import shown_pages
from guidepress.problems import PipelineError, Problem

from .test_pdf import EDITION, ROOT, write_book

WHEN = datetime(2026, 1, 2, tzinfo=UTC)
SIDE = 40.0
WORD = "Internationaldevelopmentprogrammes"
PAGE = f"""#set document(title: "T")
#set page(width: 300pt, height: 200pt, margin: {SIDE}pt)
#set text(font: ("Noto Sans", "Noto Sans Khmer"), size: 10pt)
"""


def found(folder: Path, source: str) -> list[Overfull]:
    (folder / "book.typ").write_text(PAGE + source, "utf-8")
    data, problems = compile_source(folder / "book.typ", WHEN, {})
    assert problems == []
    return list(overfull(shown_pages(data), SIDE))


@pytest.mark.parametrize(
    "source",
    [
        "Plain words, in several lines, that end where the margin begins. " * 5,
        "#set par(justify: true)\nPlain words, in “several” lines, that end where the margin begins. " * 5,
        f"#table(columns: (1fr, 2fr), [short], [{WORD[:20]}])",
        "Word#footnote[With a note.] and #super[small], #strong[bold] and ខ្មែរ #underline[ក្មេង] together",
        "#rotate(90deg)[On its side]",
    ],
    ids=["ragged", "justified", "table", "inline", "turned"],
)
def test_what_fits_is_no_problem(tmp_path: Path, source: str) -> None:
    assert found(tmp_path, source) == []


def test_a_word_wider_than_its_page_is_found(tmp_path: Path) -> None:
    (one,) = found(tmp_path, f"#pagebreak()\n{WORD}{WORD}")
    assert one.page == 2 and one.text.startswith(WORD) and "into the margin" in one.fault


def test_a_word_wider_than_its_column_is_found_and_what_it_covers(tmp_path: Path) -> None:
    (one,) = found(tmp_path, f"#table(columns: (1fr, 1fr, 1fr), [{WORD}], [second], [])")
    assert one.text == WORD and "covers" in one.fault and "“second”" in one.fault


def test_a_block_higher_than_its_page_is_found(tmp_path: Path) -> None:
    lines = "#block(breakable: false)[" + "line \\\n" * 20 + "]"
    assert any("off the page" in one.fault for one in found(tmp_path, lines))


def changed(folder: Path, old: str, new: str) -> Path:
    """The miniature book with other words in one place, written for Typst."""
    root = folder / "root"
    shutil.copytree(ROOT, root)
    chapter = root / "house.md"
    assert old in chapter.read_text("utf-8")
    chapter.write_text(chapter.read_text("utf-8").replace(old, new), "utf-8")
    return write_book(folder, EDITION, root)


def line_of(words: str) -> int:
    return next(n for n, line in enumerate((ROOT / "house.md").read_text("utf-8").splitlines(), 1) if words in line)


def test_a_problem_names_the_line_of_the_manuscript(tmp_path: Path) -> None:
    (problem,) = make_pdf(changed(tmp_path, "* - Two", f"* - {WORD}{WORD}"), tmp_path / "out.pdf", WHEN)
    assert isinstance(problem, Problem)
    assert (problem.file, problem.code) == ("house.md", "overfull")
    # In a list-table MyST counts one line less.
    assert problem.line in (line_of("* - Two") - 1, line_of("* - Two"))
    assert WORD in problem.message and "out.pdf" in problem.message and "“In a house”" in problem.message


def test_a_letter_that_no_font_has_is_named_with_its_line(tmp_path: Path) -> None:
    folder = changed(tmp_path, "A quiet room.", "A quiet 𓀀 room.")
    with pytest.raises(PipelineError, match=rf"^house\.md:{line_of('A quiet room.')}: .*𓀀"):
        make_pdf(folder, tmp_path / "out.pdf", WHEN)
