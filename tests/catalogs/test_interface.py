"""Every string a reader meets outside the chapters can be translated."""

from __future__ import annotations

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
