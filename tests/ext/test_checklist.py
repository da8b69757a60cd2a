"""Checklists: what a reader ticks is the same box in every language, and mistakes are said in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guidepress.ext.typst.places import NOTE
from guidepress.problems import Problem

HEAD = "---\nnumber: 9\n---\n# Visits\n\n"
LIST = ":::{{checklist}} Before a visit\n{options}\n\n{content}\n:::\n"


def boxes(page: Any) -> list[str]:
    return [attrs["data-box"] for tag, attrs, _text, _lang in page.elements if tag == "input" and "data-box" in attrs]


def test_boxes_survive_translation(site: Any) -> None:
    thai, english = site.page("th/services/home"), site.page("en/services/home")
    assert boxes(thai) == boxes(english) == ["place-free.1", "place-free.2", "place-free.3"]
    assert thai.texts("label")[-3:-1] == ["ผู้รับบริการเห็นสถานที่ก่อน", "ผู้รับบริการมีกุญแจ"]


def test_title_and_roles_are_translated(site: Any) -> None:
    page = site.page("th/services/home")
    assert page.texts("p", class_="checklist-title") == ["ที่นี่อิสระหรือไม่"]
    assert page.texts("p", class_="checklist-roles") == ["ผู้ปฏิบัติงาน · Policy maker"]


def test_markup_in_an_item_is_kept(site: Any) -> None:
    assert "สถานที่" in site.page("th/services/home").texts("em")


def test_the_list_of_checklists_follows_the_toctree(site: Any) -> None:
    links = [
        (attrs["href"], "".join(text))
        for tag, attrs, text, _lang in site.page("th/index").elements
        if tag == "a" and attrs.get("href", "").endswith(("#place-free", "#before-visit"))
    ]
    assert links == [
        ("services/home.html#place-free", "ที่นี่อิสระหรือไม่"),
        ("services/visits.html#before-visit", "Before a visit"),
    ]


def test_a_copy_has_the_same_boxes_and_no_anchor_of_its_own(tools: Any) -> None:
    page = tools.page("th/all")
    assert page.texts("p", class_="checklist-title") == ["ก่อนเดิน"]
    assert boxes(page) == ["before-walk.1", "before-walk.2"]
    assert not [attrs for _tag, attrs, _text, _lang in page.elements if attrs.get("id") == "before-walk"]
    assert ("a", "door") in [(tag, "".join(text)) for tag, _attrs, text, _lang in page.elements]


def test_a_copy_in_print_has_boxes_for_the_pen_alone(tools: Any) -> None:
    source = (tools.folder / "th/typst/book.typ").read_text("utf-8")
    assert source.count("checkbox:before-walk.1") == 1
    assert '#checklist-copy((), [#"ก่อนเดิน"], (), (none, [' in NOTE.sub("", source)


@pytest.mark.parametrize(
    ("options", "content", "expected"),
    [
        (":roles: manager", "1. One.", "guidepress.checklist-id"),
        (":id: Before_Visit", "1. One.", "guidepress.checklist-id"),
        (":id: before\n:roles: boss", "1. One.", "guidepress.checklist-role"),
        (":id: before", "", "guidepress.checklist-empty"),
        (":id: before", "- One.", "guidepress.checklist-content"),
        (":id: before", "1. One.\n\nAnd more.", "guidepress.checklist-content"),
        (":id: before", "1. One.\n\n   - Deeper.", "guidepress.checklist-item"),
        (":id: place-free", "1. One.", "guidepress.checklist-duplicate"),
    ],
)
def test_mistakes_are_problems_with_a_place(
    problems_of: Callable[[str], tuple[Problem, ...]], options: str, content: str, expected: str
) -> None:
    found = problems_of(HEAD + LIST.format(options=options, content=content))
    assert {(problem.file, problem.line, problem.code) for problem in found} == {
        ("guidebook/services/visits.md", 6, expected)
    }
