"""Forms: a reader can fill in every line, box and empty cell, and is told what each is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guidepress.problems import Problem


def labels(page: Any) -> list[str]:
    """What each field that takes words is called, seen or spoken."""
    fields = [attrs.get("aria-label", "") for tag, attrs, _text, _lang in page.elements if tag == "textarea"]
    seen = iter(page.texts("label", class_="field"))
    return [next(seen) or spoken for spoken in fields]


def test_lines_choices_and_empty_cells_can_be_filled_in(tools: Any) -> None:
    page = tools.page("en/path")
    assert labels(page) == ["Code", "What I need", "By when – Sleep", "Goal – 2", "By when – 2"]
    assert page.texts("label", class_="choice") == ["a call", "a visit"]
    assert [attrs["rows"] for tag, attrs, _text, _lang in page.elements if tag == "textarea"][:2] == ["1", "3"]


def test_labels_are_translated_those_for_the_ear_too(tools: Any) -> None:
    page = tools.page("th/path")
    assert labels(page) == ["รหัส", "What I need", "ภายในเมื่อไร – นอน", "เป้าหมาย – 2", "ภายในเมื่อไร – 2"]
    assert page.texts("p", class_="form-title") == ["แผนของฉัน"]
    assert page.texts("legend") == ["ฉันตกลงเรื่อง"]
    assert page.language_of("What I need") == "en"


def test_the_book_says_what_becomes_a_field(tools: Any) -> None:
    source = (tools.folder / "th/typst/book.typ").read_text("utf-8")
    assert '"textfield:my-plan.1?%E0%B8%A3%E0%B8%AB%E0%B8%B1%E0%B8%AA"' in source
    assert '"checkbox:my-plan.3?' in source
    assert source.count("textfield:") == 5 and source.count("checkbox:my-plan") == 2


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("::::{form} Plan\n\n:::{field} A\n:::\n::::", "guidepress.form-id"),
        ("::::{form} Plan\n:id: plan\n\nText.\n::::", "guidepress.form-empty"),
        (
            "::::{form} Plan\n:id: plan\n\n:::{field} A\n:lines: 99\n:::\n\n:::{field} B\n:::\n::::",
            "guidepress.form-lines",
        ),
        (
            "::::{form} Plan\n:id: plan\n\n:::{field} A\n:::\n\n:::{choice} B\n1. One\n:::\n::::",
            "guidepress.form-choice",
        ),
    ],
)
def test_mistakes_are_problems(problems_of: Callable[[str], tuple[Problem, ...]], form: str, expected: str) -> None:
    [problem] = problems_of(f"---\nnumber: 9\n---\n# Visits\n\n{form}\n")
    assert (problem.file, problem.code) == ("guidebook/services/visits.md", expected)
    assert problem.line >= 6
