"""How hard a text is to read: counts that can be checked by hand."""

from __future__ import annotations

import pytest

from guidepress.manuscript import reading


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("a", 1), ("made", 1), ("asked", 1), ("wanted", 2), ("places", 2), ("table", 2), ("person", 2),
        ("survivor’s", 3), ("case", 1), ("worker", 2), ("identification", 6), ("the", 1),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert reading.syllables(word) == count


def test_the_grade_follows_the_published_formula() -> None:
    found = reading.ease(["The man sat. He was well."])
    assert (found.words, found.sentences, found.syllables) == (6, 2, 6)
    assert found.grade == pytest.approx(0.39 * 3 + 11.8 * 1 - 15.59)


def test_hard_text_has_a_higher_grade_than_plain_text() -> None:
    plain = reading.ease(["You ask. You wait. Then you write it down."])
    hard = reading.ease(["Practitioners systematically operationalise multidisciplinary rehabilitation methodologies."])
    assert plain.grade < 3 and hard.grade > 20


def test_a_list_item_without_a_full_stop_is_a_sentence_of_its_own() -> None:
    assert reading.ease(["One bed", "Two keys"]).sentences == 2
    assert reading.sentences("Ask first: “May I sit?” Then sit.") == ["Ask first:", "“May I sit?", "Then sit."]


def test_no_text_has_no_grade() -> None:
    assert reading.ease([]).grade == 0.0
