"""What a book demands of its own text: `guidebook/style.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from guidepress.problems import PipelineError


@dataclass(frozen=True)
class Style:
    """The tables of `style.toml`; empty values demand nothing."""

    instead_of: dict[str, str]
    """Words that are not used, each with what to write instead."""
    blocks: tuple[str, ...] = ()
    """The sections of every chapter, in order."""
    checklist_items: tuple[int, int] = (1, 99)
    """How few and how many items the chief checklist of a chapter has."""
    highest_grade: float = 99.0
    """Flesch-Kincaid grade of a chapter."""
    longest_sentence: int = 999
    """Words."""
    composite_title: str = ""
    survivors_title: str = ""
    survivors_first_line: str = ""
    content_notes: tuple[str, ...] = ()
    """Pages that say first that they speak of violence."""
    bibliography: str = ""
    """The page that lists every source."""
    glossary: str = ""
    everyday_terms: tuple[str, ...] = ()
    """Terms whose words have an everyday meaning too, so that not each use is a term."""
    law_words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Text that has one of `law_words` and one of `places` is a law fact and needs its date."""


def load_style(path: Path) -> Style:
    """Read `style.toml`; a book without one demands nothing."""
    if not path.exists():
        return Style({})
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PipelineError(f"{path}: cannot be read: {error}") from error
    given: dict[str, Any] = {key.replace("-", "_"): value for key, value in tables.get("chapter", {}).items()}
    if unknown := given.keys() - {field.name for field in fields(Style)}:
        raise PipelineError(f"{path}: [chapter] has unknown keys: {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}
    return Style(dict(tables.get("instead-of", {})), **values)
