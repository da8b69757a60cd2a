"""Checks of one translated message. Each is a registered generator; its docstring is its help."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from guidepress.languages import Language


@dataclass(frozen=True)
class Pair:
    """A message beside its source, both as text and as Markdown tokens."""

    msgid: str
    msgstr: str
    source: Sequence[Token]
    tokens: Sequence[Token]
    language: Language
    terms: dict[str, tuple[str, ...]]
    """The agreed renderings of each source term in this language."""


Checker = Callable[[Pair], Iterator[str]]


@dataclass(frozen=True)
class Check:
    code: str
    refuses: bool
    """Whether a finding keeps the message from readers."""
    run: Checker


CHECKS: list[Check] = []


def check(code: str, *, refuses: bool = True) -> Callable[[Checker], Checker]:
    """Register a check under the code its problems carry."""

    def register(run: Checker) -> Checker:
        CHECKS.append(Check(code, refuses, run))
        return run

    return register
