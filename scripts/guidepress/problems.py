"""What can be wrong: findings are data, and only what makes going on impossible is an exception."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One finding, printed as `file:line: code: message`; line 0 means the whole file."""

    file: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.code}: {self.message}"

    def as_dict(self) -> dict[str, str | int]:
        """The same finding for a program to read."""
        return asdict(self)


class PipelineError(Exception):
    """Work cannot go on; the message says what is wrong and what to do."""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each finding once, by file and line."""
    return sorted(set(problems))
