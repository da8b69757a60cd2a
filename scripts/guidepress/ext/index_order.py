"""The index in the order that readers of each language look words up in, where that is not the order of code points."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from pypinyin import Style, lazy_pinyin
from sphinx.application import Sphinx
from sphinx.locale import _

LEADING_VOWEL = re.compile("([เแโใไເແໂໃໄ])([ก-ฮກ-ຮໜໝ])")
"""A vowel written before the consonant it is spoken after, by which the word is looked up."""
TONES = re.compile("[\u0e47-\u0e4e\u0ec8-\u0ecd\u0300\u0301\u0303\u0309\u0323]")
"""Marks that only part words that are otherwise alike, in Thai and Lao and, apart from their letters, Vietnamese."""
VIETNAMESE = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

Key = tuple[str, Sequence[int] | Sequence[str], str]
"""The letter that a word stands under, what orders it, and what parts it from words that are otherwise alike."""
Index = list[tuple[str, list[tuple[str, Any]]]]
"""Letters with their entries, as Sphinx makes it: (name, (targets, subentries, key))."""


def _by_consonant(word: str) -> Key:
    spoken = LEADING_VOWEL.sub(r"\2\1", word)
    plain = TONES.sub("", spoken).casefold()
    return plain[:1].upper(), plain, spoken


def _by_pinyin(word: str) -> Key:
    syllables = [syllable.casefold() for syllable in lazy_pinyin(word, style=Style.TONE3)]
    return syllables[0][:1].upper(), syllables, word


def _by_vietnamese_letter(word: str) -> Key:
    plain = unicodedata.normalize("NFC", TONES.sub("", unicodedata.normalize("NFD", word))).casefold()
    return plain[:1].upper(), [VIETNAMESE.find(char) for char in plain], word


ORDERS: dict[str, Callable[[str], Key]] = {
    "lo": _by_consonant, "th": _by_consonant, "vi": _by_vietnamese_letter, "zh": _by_pinyin,
}  # fmt: skip
"""By language; all others are looked up by code point, which is how Sphinx sorts."""


def in_order(index: Index, language: str) -> Index:
    """Sphinx's index with letters, entries and subentries in the order of this language."""
    order = ORDERS.get(language.partition("_")[0])
    if order is None:
        return index

    def place(entry: tuple[str, Any]) -> tuple[bool, Sequence[int] | Sequence[str], str]:
        letter, wanted, rest = order(entry[0])
        return letter.isalpha(), wanted, rest

    def letter(entry: tuple[str, Any]) -> str:
        first = order(entry[0])[0]
        return first if first.isalpha() else str(_("Symbols"))

    entries = [
        (name, (targets, sorted(subentries, key=place), key))
        for _letter, group in index
        for name, (targets, subentries, key) in group
    ]
    return [(first, list(group)) for first, group in groupby(sorted(entries, key=place), letter)]


def reorder(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """The index page of the HTML edition."""
    if pagename == "genindex":
        context["genindexentries"] = in_order(context["genindexentries"], str(app.config.language))


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("html-page-context", reorder)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
