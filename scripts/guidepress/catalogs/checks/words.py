"""A translation keeps numbers and terms, and is written in its own script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from guidepress.catalogs.checks import Pair, check

SCRIPTS = {"km": "KHMER", "lo": "LAO", "my": "MYANMAR", "th": "THAI", "zh": "CJK"}
NEIGHBOURS = {"lo": "THAI", "th": "LAO"}
MARKUP = re.compile(r"\{[\w:-]+\}`(?:[^`<]*<([^>`]*)>|([^`]*))`|\[\^[^\]]+\]|\]\([^)]*\)|<[^>]*>")
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def numbers(text: str) -> Counter[str]:
    """Every number in running text, in ASCII digits."""
    plain = MARKUP.sub(" ", unicodedata.normalize("NFC", text))
    ascii_text = "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() else ch for ch in plain)
    return Counter(found.replace(",", "") for found in DIGITS.findall(ascii_text))


@check("gate-number")
def same_numbers(pair: Pair) -> Iterator[str]:
    """Each number is kept, in any script's digits. Bad: 18 becomes 16. Good: 18 or ១៨."""
    before, after = numbers(pair.msgid), numbers(pair.msgstr)
    if before != after:
        lost, new = before - after, after - before
        parts = [f"lost {', '.join(lost)}" if lost else "", f"added {', '.join(new)}" if new else ""]
        yield f"{' and '.join(part for part in parts if part)}; keep every number of the source"


@check("script-foreign", refuses=False)
def own_script(pair: Pair) -> Iterator[str]:
    """The text stands in its own script. Bad: Thai letters in Lao, or English left over. Good: its own letters."""
    letters = [ch for ch in pair.msgstr if ch.isalpha()]
    names = Counter(unicodedata.name(ch, "").split(" ")[0] for ch in letters)
    own = SCRIPTS.get(pair.language.base)
    if own and len(pair.msgid.split()) > 4 and not names[own]:
        yield f"has no {own.title()} letter; it may be untranslated"
    if (neighbour := NEIGHBOURS.get(pair.language.base)) and names[neighbour]:
        yield f"has {neighbour.title()} letters; replace them"


@check("not-nfc", refuses=False)
def normal_form(pair: Pair) -> Iterator[str]:
    """Text is in Unicode's composed form (NFC). Bad: e + combining accent. Good: é."""
    if not unicodedata.is_normalized("NFC", pair.msgstr):
        yield "is not in Unicode NFC; save it with a program that normalises"


@check("term-missing", refuses=False)
def agreed_terms(pair: Pair) -> Iterator[str]:
    """A glossary link uses the agreed term. Bad: {term}`another word <shelter>`. Good: the word of terms.tsv."""
    for target in re.findall(r"\{term\}`(?:[^`<]*<([^>`]*)>|[^`]*)`", pair.msgid):
        wanted = pair.terms.get(target)
        if target and wanted and not any(word.casefold() in pair.msgstr.casefold() for word in wanted):
            yield f"{target!r} is agreed as {' or '.join(wanted)}"
