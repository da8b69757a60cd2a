"""Each check of the source text: silent on the good chapter, and on the right line where one thing is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from guidepress.cli import main
from guidepress.manuscript.style import Style, load_style
from guidepress.problems import PipelineError

Examined = Callable[..., list[tuple[str, int, str]]]
LIST = "1. The door opens.\n2. The key is hers.\n"


def test_the_good_chapter_is_clean(examined: Examined) -> None:
    assert examined() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("## Checklist", "## The list", 0, "chapter-block"),
        (LIST, "1. The door opens.\n", 0, "chapter-checklist"),
        (LIST, LIST + "3. It is light.\n4. It is warm.\n", 32, "chapter-checklist"),
        ("No person is quoted.\n", "People speak.\n", 18, "chapter-survivors"),
        ("People want a key.", "“I want a key.”", 18, "chapter-survivors"),
        (":class: content-note", ":class: note", 0, "chapter-content-note"),
        (":::{admonition} Composite\n", ":::{admonition} A man\n", 26, "composite-label"),
        ("He asks first.", "He asks about the red keys and the blue keys and the old rooms too.", 29, "sentence-long"),
        ("He asks first.", "They rescue him.", 29, "word"),
        ("He asks first.", "They made a safe\nspace for him.", 29, "word"),
        ("He asks first.", "He asks 🙂 first.", 29, "no-font"),
        (":class: composite", ":class: compsite", 26, "box-class"),
        ("He asks first.", "He asks <b>first</b>.", 29, "raw-html"),
        ("He asks first.", "He asks ![](door.svg) first.", 29, "image-alt"),
        ("He asks first.", "Call 1234 now.", 29, "phone-number"),
        ("He asks first.", "Ring +66 2 123 45 67 now.", 29, "phone-number"),
        ("As of 2020, a law", "A law", 39, "law-date"),
        ("{term}`shelter`", "shelter", 14, "term-link"),
        ("- An office, *A study*, 2020.\n", "None.\n", 41, "source-missing"),
    ],
)
def test_one_mistake_is_said_with_its_line(examined: Examined, old: str, new: str, line: int, code: str) -> None:
    found = examined(old, new)
    assert ("chapter.md", line, code) in found
    assert {kind for _file, _line, kind in found} <= {code, "reading-grade"}


def test_long_words_raise_the_grade(examined: Examined) -> None:
    hard = "Practitioners operationalise multidisciplinary accountability methodologies collaboratively."
    assert examined("He asks first.", " ".join([hard] * 5)) == [("chapter.md", 0, "reading-grade")]


def test_blocks_in_another_order_are_said(examined: Examined) -> None:
    short = "## In short\n\n- A {term}`shelter` is one choice.\n\n"
    found = examined(f"{short}## Checklist\n", "## Checklist\n\n## In short\n")
    assert found == [("chapter.md", 0, "chapter-block")]


def test_a_footnote_names_a_source_of_the_bibliography(examined: Examined) -> None:
    assert examined("(source-study)=\n", "", page="sources") == [("chapter.md", 45, "source-unlisted")]


def test_a_chapter_rests_on_a_source(examined: Examined) -> None:
    end = "The *Safe Space Handbook* says so too.\n\n## Sources\n\n- An office, *A study*, 2020.\n"
    found = examined(f"[^study] {end}\n[^study]: An office, *A study*, 2020.", f" {end}")
    assert found == [("chapter.md", 0, "source-missing")]


def test_the_command_prints_the_grade_of_each_chapter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(Path(__file__).parents[1] / "roots" / "chapter", tmp_path / "book")
    assert main(["--book", str(tmp_path / "book"), "check", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[:-1]] == [["chapter", "words"], ["1", "chapter"], ["all", "chapters"]]
    assert lines[-1] == "No problem found."


def test_a_book_without_a_style_demands_nothing(tmp_path: Path) -> None:
    assert load_style(tmp_path / "style.toml") == Style({})


@pytest.mark.parametrize("text", ["[chapter]\nbloks = []\n", "[chapter\n"])
def test_a_damaged_style_cannot_go_on(tmp_path: Path, text: str) -> None:
    (tmp_path / "style.toml").write_text(text, "utf-8")
    with pytest.raises(PipelineError, match=r"style\.toml"):
        load_style(tmp_path / "style.toml")
