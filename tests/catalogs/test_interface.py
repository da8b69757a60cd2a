"""Every string a reader meets outside the chapters can be translated."""

from __future__ import annotations

import ast
from pathlib import Path

import guidepress
from guidepress import drafts
from guidepress.catalogs.interface import strings


def test_own_and_theme_and_sphinx_strings_are_in() -> None:
    found = strings()
    for string in (
        drafts.TRANSLATION,
        "Leave this page",
        "Practitioner",
        "Skip to content",
        "On this page",
        "Back to top",
        "Next",
        "Previous",
        "Note",
        "Warning",
        "Table %s",
        "Link to this heading",
        "Please activate JavaScript to enable the search functionality.",
    ):
        assert string in found, string


def test_each_stands_once_in_a_fixed_order() -> None:
    assert strings() == sorted(set(strings()))


def test_no_word_hides_in_an_f_string() -> None:
    """Babel finds no words there before Python 3.12."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in Path(guidepress.__file__).parent.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "_"
    ]
    assert hidden == []
