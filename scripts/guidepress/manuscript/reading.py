"""How hard a text is to read: sentences, syllables and the Flesch-Kincaid grade."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

SENTENCE_END = re.compile(r"(?<=[.?!:;])[”’\")]*\s+")
WORD = re.compile(r"[A-Za-zÀ-ž]+(?:[’'-][A-Za-zÀ-ž]+)*")
SILENT_ENDING = re.compile(r"(?:[^laeiouyscgxzh]es|[^aeiouytd]ed|[^laeiouy]e)$")
VOWELS = re.compile(r"[aeiouyà-ž]+")


@dataclass(frozen=True)
class Ease:
    """Counts of a text, and the school year of the United States that can read it."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """Flesch-Kincaid grade level (Kincaid and others, 1975); 0 for no text."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; what stands after a colon or semicolon is one of its own."""
    return [part for part in SENTENCE_END.split(" ".join(text.split())) if WORD.search(part)]


def words(text: str) -> list[str]:
    return WORD.findall(text)


def syllables(word: str) -> int:
    """Groups of vowels without silent endings: right for about nine English words in ten."""
    letters = word.lower()
    if len(letters) > 3 and len(VOWELS.findall(letters)) > 1:
        letters = SILENT_ENDING.sub("", letters)
    return max(1, len(VOWELS.findall(letters)))


def ease(paragraphs: Iterable[str]) -> Ease:
    """Count paragraphs, list items and cells; each is at least one sentence."""
    found = [words(sentence) for text in paragraphs for sentence in sentences(text)]
    all_words = [word for sentence in found for word in sentence]
    return Ease(len(all_words), len(found), sum(map(syllables, all_words)))
