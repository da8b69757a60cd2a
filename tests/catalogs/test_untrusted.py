"""Whatever stands in a catalogue, the gate gives an answer, and what passes is one harmless paragraph."""

from __future__ import annotations

import gettext
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidepress.book import Book
from guidepress.catalogs import store
from guidepress.catalogs.checks.structure import blocks, inline, tokens_of
from guidepress.catalogs.gate import gate

MSGIDS = (
    "Ask the person first.",
    "Everyone under 18 is a **child**.[^a]",
    "A {term}`shelter` is *one* answer, see [here](https://example.org).",
)
PIECES = st.sampled_from(
    [
        "คำ",
        " ",
        "\n",
        "\n\n",
        "    ",
        "**",
        "*",
        "_",
        "`",
        "```",
        "{term}`",
        "{raw}",
        "{ref}`",
        "<shelter>",
        "shelter",
        "[^a]",
        "[^a]: ",
        "[",
        "](",
        ")",
        "https://example.org",
        "![",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<",
        ">",
        "&#x202e;",
        "&lt;",
        "{{",
        "}}",
        "{%",
        "1. ",
        "18",
        "๑๘",
        "- ",
        "# ",
        "> ",
        "---",
        "===",
        ":::",
        "{note}",
        "\n: ",
        "% ",
        "+++",
        "(a)=",
        "|",
        "\\",
        "\t",
        "\r",
        "\u202e",
        "\u200b",
        "$$",
        "~~",
        "]:",
        "http://[::1",
        "%zz",
        "\x00",
        "\ufeff",
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(MSGIDS), TEXTS)
def test_what_passes_is_one_paragraph_with_the_links_of_its_source(book: Book, msgid: str, msgstr: str) -> None:
    thai = book.language("th")
    path = book.catalogs(thai) / "part" / "page.po"
    store.write(path, store.Messages({msgid: store.Message(msgid, msgstr)}), "th", "part/page")
    result = gate(book, thai)
    assert sum(count.total() for count in result.coverage.values()) <= 1
    shown = gettext.translation("part/page", book.passed, ["th"]).gettext(msgid)
    tokens = tokens_of(shown)
    assert blocks(tokens) == ["paragraph_open"]
    reaching = {"link_open", "image", "html_inline", "myst_role", "footnote_ref"}
    kinds = [Counter(one.type for one in inline(side) if one.type in reaching) for side in (tokens, tokens_of(msgid))]
    assert kinds[0] == kinds[1]


SLOW = ("[" * 3000, "*" * 3000, "`" * 3000, "> " * 1500, "{a}`" * 1000, "[a](" * 1000, "<" * 3000)


@pytest.mark.parametrize("text", SLOW, ids=lambda text: text[:4])
def test_a_message_made_to_be_slow_is_answered(book: Book, text: str) -> None:
    thai = book.language("th")
    path = book.catalogs(thai) / "part" / "page.po"
    store.write(path, store.Messages({"Words": store.Message("Words", text)}), "th", "part/page")
    assert gate(book, thai).coverage["part/page"].total() == 1
