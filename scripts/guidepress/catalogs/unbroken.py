"""The words of a language that no line of the PDF may break."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from guidepress.problems import Problem


def unbroken_words(path: Path, name: str) -> tuple[list[str], list[Problem]]:
    """The words of a list, one a line, `#` before remarks, and what is wrong with it; none where there is no file."""
    if not path.exists():
        return [], []
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        return [], [Problem(name, 0, "unbroken", f"cannot be read: {error}")]
    words, problems = [], []
    for number, line in enumerate(lines, 1):
        word = unicodedata.normalize("NFC", line.partition("#")[0].strip())
        if len(word.split()) > 1:
            problems.append(Problem(name, number, "unbroken", f"“{word}” has a space in it; write one word a line"))
        elif word:
            words.append(word)
    return words, problems
