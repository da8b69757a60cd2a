"""Readers find a word in the index where their dictionaries have it."""

from __future__ import annotations

from typing import Any

import pytest

from guidepress.ext.index_order import Index, in_order


def index(*names: str) -> Index:
    """As Sphinx makes it: by code point, under the first character."""
    entries: list[tuple[str, Any]] = [(name, ([(None, f"page#{name}")], [], None)) for name in sorted(names)]
    letters = sorted({name[0] for name in names})
    return [(letter, [entry for entry in entries if entry[0][0] == letter]) for letter in letters]


def words(found: Index) -> list[tuple[str, list[str]]]:
    return [(letter, [name for name, _rest in entries]) for letter, entries in found]


@pytest.mark.parametrize(
    ("language", "names", "expected"),
    [
        ("th", ("เด็ก", "งาน", "ดนตรี", "โทษ"), [("ง", ["งาน"]), ("ด", ["ดนตรี", "เด็ก"]), ("ท", ["โทษ"])]),
        ("th", ("ค่าจ้าง", "ค้ามนุษย์", "คาด"), [("ค", ["ค่าจ้าง", "คาด", "ค้ามนุษย์"])]),
        ("lo", ("ເດັກ", "ແມ່ຍິງ", "ດິນ"), [("ດ", ["ດິນ", "ເດັກ"]), ("ມ", ["ແມ່ຍິງ"])]),
        ("zh_CN", ("住房", "LGBT", "安全"), [("A", ["安全"]), ("L", ["LGBT"]), ("Z", ["住房"])]),
        ("vi", ("yêu", "đất", "bằng", "bản", "báo"), [("B", ["bản", "báo", "bằng"]), ("Đ", ["đất"]), ("Y", ["yêu"])]),
        ("km", ("ខ", "ក"), [("ក", ["ក"]), ("ខ", ["ខ"])]),
    ],
)
def test_words_stand_under_the_letter_they_are_looked_up_by(
    language: str, names: tuple[str, ...], expected: list[tuple[str, list[str]]]
) -> None:
    assert words(in_order(index(*names), language)) == expected


def test_what_is_no_letter_comes_first_and_subentries_are_sorted_too() -> None:
    subentries = [("住房", [(None, "b")]), ("安全", [(None, "a")])]
    found = in_order([("C", [("车", ([], subentries, None))]), ("1", [("18 岁", ([], [], None))])], "zh_CN")
    assert words(found) == [("Symbols", ["18 岁"]), ("C", ["车"])]
    (_name, (_targets, sorted_subentries, _key)) = found[1][1][0]
    assert [name for name, _ in sorted_subentries] == ["安全", "住房"]
