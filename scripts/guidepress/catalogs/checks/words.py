"""A translation keeps numbers and terms, and is written in its own script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from guidepress.catalogs.checks import Pair, check
from guidepress.catalogs.checks.structure import inline, role, shown
from guidepress.fonts import without_font

SCRIPTS = {"km": "KHMER", "lo": "LAO", "my": "MYANMAR", "th": "THAI", "zh": "CJK"}
STRANGE = {*SCRIPTS.values(), "CYRILLIC", "GREEK", "ARABIC", "HANGUL", "HIRAGANA", "KATAKANA"}
SENTENCE = 4
"""More words than this are a sentence, not a name that may stay as it is."""
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH = "|".join(MONTHS)
DATED_MONTH = re.compile(rf"(?<=\d )(?:{MONTH})\b|\b(?:{MONTH})(?= \d)")
GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def numbers(text: str) -> Counter[str]:
    """Every number of a text in ASCII digits; 1,500 and the 1.500 of Vietnamese are the same."""
    ascii_text = "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() else ch for ch in text)
    return Counter(
        re.sub("[.,]", "", found) if GROUPED.fullmatch(found) else found.replace(",", ".")
        for found in DIGITS.findall(ascii_text)
    )


@check("gate-number")
def same_numbers(pair: Pair) -> Iterator[str]:
    """Each number is kept, in any script's digits; a month may be one. Bad: 18 becomes 16. Good: 18 or ១៨."""
    source = shown(pair.source)
    before, after = numbers(source), numbers(shown(pair.tokens))
    months = Counter(str(MONTHS.index(name) + 1) for name in DATED_MONTH.findall(source))
    lost, new = before - after, after - before - months
    if lost or new:
        parts = [f"lost {', '.join(lost)}" if lost else "", f"added {', '.join(new)}" if new else ""]
        yield f"{' and '.join(part for part in parts if part)}; keep every number of the source"


@check("gate-font")
def has_a_font(pair: Pair) -> Iterator[str]:
    """Every character can be printed. Bad: an emoji. Good: letters, digits and marks of the language."""
    if lacking := without_font(shown(pair.tokens)):
        yield f"has {' '.join(lacking)}, which no font can print; write it in letters"


@check("script-foreign", refuses=False)
def own_script(pair: Pair) -> Iterator[str]:
    """The text stands in its own script. Bad: Thai letters in Lao, or English left over. Good: its own."""
    names = Counter(unicodedata.name(ch, "").split(" ")[0] for ch in shown(pair.tokens) if ch.isalpha())
    own = SCRIPTS.get(pair.language.base)
    if len(pair.msgid.split()) > SENTENCE and (not names[own] if own else pair.msgstr == pair.msgid):
        yield f"has no {pair.language.english} letter; it may be untranslated"
    known = {unicodedata.name(ch, "").split(" ")[0] for ch in pair.msgid}
    for strange in sorted((STRANGE & names.keys()) - {own} - known):
        yield f"has {strange.title()} letters; replace them"


@check("not-nfc", refuses=False)
def normal_form(pair: Pair) -> Iterator[str]:
    """Text is in Unicode's composed form (NFC). Bad: e + combining accent. Good: é."""
    if not unicodedata.is_normalized("NFC", pair.msgstr):
        yield "is not in Unicode NFC; save it with a program that normalises"


@check("term-missing", refuses=False)
def agreed_terms(pair: Pair) -> Iterator[str]:
    """A glossary link uses the agreed term. Bad: {term}`another word <shelter>`. Good: as in terms.tsv."""
    used = [role(token)[1] for token in inline(pair.source)
            if token.type == "myst_role" and token.meta["name"] == "term"]
    text = shown(pair.tokens).casefold()
    for term in dict.fromkeys([*used, pair.msgid]):
        wanted = pair.terms.get(term.casefold(), ())
        if wanted and not any(word.casefold() in text for word in wanted):
            yield f"{term!r} is agreed as {' or '.join(wanted)}"
