"""Chapter numbers come from the chapter and stand wherever it is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from guidepress.problems import Problem


def test_headings_contents_and_neighbours_show_the_number(site: Any) -> None:
    page = site.page("en/services/home")
    assert page.texts("h1") == ["8. A place to live¶"]
    assert page.texts("h2") == ["8.1. What helps¶", "8.2. Checklist¶"]
    assert "A. Visits" in page.texts("a", class_="next-page")[0]
    links = site.page("en/index").texts("a", class_="reference")
    assert {"8. A place to live", "8.1. What helps", "A. Visits"} <= set(links)


def test_numbers_are_in_the_numerals_of_the_edition(site: Any) -> None:
    assert site.page("km/services/home").texts("h2")[0].startswith("៨.១. ")


def test_a_page_without_a_number_has_none(site: Any) -> None:
    assert site.page("en/index").texts("h1") == ["The Short Book¶"]


def test_headings_below_sections_have_none(problems_of: Callable[[str], tuple[Problem, ...]], tmp_path: Path) -> None:
    assert not problems_of("---\nnumber: 9\n---\n# Visits\n\n## Before\n\n### A day before\n\nAsk.\n")
    written = (tmp_path / "site/services/visits.html").read_text("utf-8")
    assert "<h3>A day before<" in written
    assert '<span class="section-number">9.1. </span>Before' in written


def test_a_number_taken_twice_is_a_problem(problems_of: Callable[[str], tuple[Problem, ...]]) -> None:
    [problem] = problems_of("---\nnumber: 8\n---\n# Visits\n\nAsk.\n")
    assert problem.file == "guidebook/services/visits.md"
    assert problem.code == "guidepress.number-duplicate"
    assert "chapter number 8 is taken by services/home" in problem.message
