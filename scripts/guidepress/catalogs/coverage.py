"""How much of a page a reader meets in their language, in counts that never overlap."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """Messages of one page by what became of them; each message is in exactly one count."""

    passed: int = 0
    fuzzy: int = 0
    refused: int = 0
    untranslated: int = 0

    def total(self) -> int:
        return self.passed + self.fuzzy + self.refused + self.untranslated

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passed + other.passed, self.fuzzy + other.fuzzy,
            self.refused + other.refused, self.untranslated + other.untranslated,
        )
