"""Typst itself reads the literals back: nothing an author or translator writes becomes markup."""

from __future__ import annotations

import json

import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from guidepress.ext.typst.markup import array, length, string, strings


def read_back(source: str) -> object:
    compiler = typst.Compiler(f"#metadata({source})<it>".encode())
    return json.loads(compiler.query("<it>", field="value", one=True))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=60))
@settings(max_examples=25, deadline=None)
def test_every_text_comes_back_as_it_was(texts: list[str]) -> None:
    assert read_back(strings(texts)) == texts


def test_text_that_looks_like_code_stays_text() -> None:
    texts = ['"; #read("/etc/passwd"); "', "\\u{41}", '\\"', "#[]$*_<a>@b//c", "a\r\n\tb\0c\u2028d", "ကို ម៉ែ"]
    assert read_back(strings(texts)) == texts


def test_half_a_surrogate_pair_becomes_the_replacement_character() -> None:
    assert read_back(string("a\ud83db")) == "a\ufffdb"


def test_an_array_of_one_is_an_array() -> None:
    assert read_back(array(["1"])) == [1]


def test_lengths() -> None:
    assert [length(text) for text in ("40px", "50%", "2cm", "12", "wide", "1pt; x")] == [
        "30pt",
        "50%",
        "2cm",
        "9pt",
        None,
        None,
    ]
