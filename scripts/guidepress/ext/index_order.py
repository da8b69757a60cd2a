"""The index in the order that readers of each language look words up in, where that is not the order of code points."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import groupby
from typing import Any

from pypinyin import Style, lazy_pinyin
from sphinx.application import Sphinx
from sphinx.locale import _

LEADING_VOWEL = re.compile("([เแโใไເແໂໃໄ])([ก-ฮກ-ຮໜໝ])")
"""A vowel written before the consonant it is spoken after, by which the word is looked up."""
TONES = re.compile("[\u0e47-\u0e4e\u0ec8-\u0ecd]")
"""Marks that only part words that are otherwise alike."""

Key = tuple[str, ...]
Index = list[tuple[str, list[tuple[str, Any]]]]
"""Letters with their entries, as Sphinx makes it: (name, (targets, subentries, key))."""


def _by_consonant(word: str) -> Key:
    spoken = LEADING_VOWEL.sub(r"\2\1", word)
    return TONES.sub("", spoken).casefold(), spoken


def _by_pinyin(word: str) -> Key:
    return (*(syllable.casefold() for syllable in lazy_pinyin(word, style=Style.TONE3)), word)


ORDERS: dict[str, Callable[[str], Key]] = {"lo": _by_consonant, "th": _by_consonant, "zh": _by_pinyin}
"""By language; all others are looked up by code point, which is how Sphinx sorts."""


def in_order(index: Index, language: str) -> Index:
    """Sphinx's index with letters, entries and subentries in the order of this language."""
    order = ORDERS.get(language.partition("_")[0])
    if order is None:
        return index
    entries = [
        (name, (targets, sorted(subentries, key=lambda pair: order(pair[0])), key))
        for _letter, group in index
        for name, (targets, subentries, key) in group
    ]
    entries.sort(key=lambda entry: (_letter(order(entry[0])) != _("Symbols"), order(entry[0])))
    return [(letter, list(group)) for letter, group in groupby(entries, lambda entry: _letter(order(entry[0])))]


def _letter(key: Key) -> str:
    first = unicodedata.normalize("NFD", key[0][:1]).upper()[:1]
    return first if first.isalpha() else _("Symbols")


def reorder(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """The index page of the HTML edition."""
    if pagename == "genindex":
        context["genindexentries"] = in_order(context["genindexentries"], str(app.config.language))


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("html-page-context", reorder)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
