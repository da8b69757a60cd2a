"""Where a line may not end: before a sign of repetition, and inside the words of a language's own list."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate

WORD_JOINER = "\u2060"
REPEATS = re.compile(r"(?<=\S)(?=[ៗໆๆ])")
SPACED_REPEATS = re.compile("(?<=\\S) (?=[ៗໆๆ])")
LEADS = "\u17d2\u1039เแโใไເແໂໃໄ"
"""Signs that bind the letter after them: those that stack it below, and vowels written before it."""
TRAILS = "ะาำະາຳ"
"""Vowels written after their letter; half of am stands on it."""


class Breaks:
    """What running text may not be parted at, for a language with these words."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._inside = {word: _boundaries(word) for word in words}
        by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._inside, key=lambda word: (-len(word), word)):
            by_letter[word[0]].append(re.escape(word[1:]))
        # By first letter, as most places in a text begin no word of the list; looking ahead, as words may overlap.
        choices = (f"{re.escape(letter)}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
        self._words = re.compile(f"(?=({'|'.join(choices)}))") if by_letter else None

    def join(self, text: str) -> str:
        """The text with a word joiner where a line may not end."""
        if self._words:
            joints = sorted({
                match.start() + at for match in self._words.finditer(text) for at in self._inside[match[1]]
            })
            starts = [0, *joints]
            text = WORD_JOINER.join(text[start:end] for start, end in zip(starts, [*joints, None], strict=True))
        return REPEATS.sub(WORD_JOINER, SPACED_REPEATS.sub("\u00a0", text))


def _boundaries(word: str) -> list[int]:
    return list(accumulate(map(len, clusters(word))))[:-1]


def clusters(word: str) -> list[str]:
    """The letters of a word, each with the marks and signs that are drawn with it."""
    found: list[str] = []
    for char in word:
        if found and (unicodedata.category(char)[0] == "M" or char in TRAILS or found[-1][-1] in LEADS):
            found[-1] += char
        else:
            found.append(char)
    return found
