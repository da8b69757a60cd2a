"""Drawings: words that are translated, fit their place, and files that can do nothing but draw."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from guidepress.ext.drawings import DrawingError, lines, parse, translated, two_lines

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'


def test_the_words_are_in_the_language_of_the_page(tools: Any) -> None:
    page = tools.page("th/path")
    assert page.texts("text") == ["ประตู", "The long roadto the river"]
    assert page.language_of("to the river") == "en"
    [svg] = [attrs for tag, attrs, _text, _lang in page.elements if tag == "svg" and attrs.get("class") == "drawing"]
    assert svg["role"] == "img" and svg["aria-label"] == "ทางเดินจากประตูไปถนน"


def test_its_words_are_messages_of_the_page(tools: Any) -> None:
    template = (tools.folder / "gettext/path.pot").read_text("utf-8")
    for words in ("The door", "The long road to the river", "A path from a door to a road."):
        assert f'msgid "{words}"' in template


def test_print_sets_the_same_words_over_the_drawing(tools: Any) -> None:
    assert "<text" not in (tools.folder / "th/typst/images/path.svg").read_text("utf-8")
    source = (tools.folder / "th/typst/book.typ").read_text("utf-8")
    assert '#drawing("images/path.svg", 200, (("ประตู", none, 45, 30.00, 16.00, false, "#000000", true, ),' in source
    assert '("to the river", "en", 150, ' in source
    assert 'alt: "ทางเดินจากประตูไปถนน"' in source


def sizes(words: str, tmp_path: Path) -> tuple[float, int]:
    """The letters' size and the number of lines that a drawing gives to words with 70 units of room."""
    path = tmp_path / "one.svg"
    path.write_text(f'{HEAD}<text x="5" y="5" font-size="14" data-width="70">a</text></svg>', "utf-8")
    drawn = translated(parse(path), [(words, "")])
    found = re.search(r'font-size="([0-9.]+)"', drawn)
    assert found
    return float(found[1]), max(1, drawn.count("<tspan"))


def test_words_that_fit_keep_their_size(tmp_path: Path) -> None:
    assert sizes("Door", tmp_path) == (14.0, 1)


def test_long_words_take_two_lines_before_they_shrink(tmp_path: Path) -> None:
    assert sizes("Friend or uncle", tmp_path) == (14.0, 2)
    size, lines = sizes("Unaccompanied grandchildren", tmp_path)
    assert lines == 2 and size < 14


def test_scripts_without_spaces_break_where_they_may() -> None:
    assert two_lines("第一次見面的時候") == ["第一次見", "面的時候"]
    assert two_lines("ความ\u200bปลอดภัย") == ["ความ", "ปลอดภัย"]
    assert two_lines("ปลอดภัย") == ["ปลอดภัย"]


def test_translators_cannot_leave_the_words(tmp_path: Path) -> None:
    path = tmp_path / "one.svg"
    path.write_text(f"{HEAD}<text>a</text></svg>", "utf-8")
    assert "<script" not in translated(parse(path), [("<script>alert(1)</script>", "")])


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<image href="https://example.org/a.png"/>', "image"),
        ('<rect onclick="alert(1)"/>', "onclick"),
        ('<text style="font-family:x">a</text>', "style"),
        ("<text>a<tspan>b</tspan></text>", "parts"),
        ("<rect>", "not SVG"),
    ],
)
def test_a_file_that_does_more_than_draw_is_refused(tmp_path: Path, inside: str, why: str) -> None:
    path = tmp_path / "bad.svg"
    path.write_text(f"{HEAD}{inside}</svg>", "utf-8")
    with pytest.raises(DrawingError, match=why):
        parse(path)


def test_an_entity_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bad.svg"
    path.write_text(f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}<text>&a;</text></svg>', "utf-8")
    with pytest.raises(DrawingError, match="DOCTYPE"):
        parse(path)


def test_a_bad_drawing_is_a_problem_of_its_page(problems_of: Any, tmp_path: Path) -> None:
    text = "---\nnumber: 9\n---\n# Visits\n\n:::{figure} bad.svg\n:alt: A thing.\n\nThing.\n:::\n"
    folder = tmp_path / "book/guidebook/services"
    folder.mkdir(parents=True)
    (folder / "bad.svg").write_text(f"{HEAD}<script/></svg>", "utf-8")
    [problem] = problems_of(text)
    assert (problem.file, problem.line, problem.code) == ("guidebook/services/visits.md", 6, "guidepress.drawing")


def test_words_of_one_size_stay_of_one_size(tmp_path: Path) -> None:
    path = tmp_path / "two.svg"
    text = '<text x="5" y="5" font-size="14" data-width="70">{}</text>'
    path.write_text(f"{HEAD}{text.format('a')}{text.format('b')}</svg>", "utf-8")
    placed = lines(parse(path), [("Unaccompanied grandchildren", ""), ("Door", "")])
    assert len({line.size for group in placed for line in group}) == 1
    assert placed[1][0].size < 14
