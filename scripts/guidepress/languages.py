"""The languages of a book: one table each in `languages.toml`, one frozen value each in code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from guidepress.problems import PipelineError

DIGITS = {"latin": "0123456789", "khmer": "០១២៣៤៥៦៧៨៩", "myanmar": "၀၁၂၃၄၅၆၇၈၉"}


@dataclass(frozen=True)
class Language:
    """One language of the book; every spelling of its tag is derived from `code`."""

    code: str
    """The gettext and Sphinx spelling, as in `zh_CN`."""
    autonym: str
    """The language's name in itself."""
    english: str
    fonts: tuple[str, ...]
    """Font families for the PDF, best first."""
    text_size: str
    top_edge: str
    bottom_edge: str
    leading: str
    justify: bool
    linebreaks: str
    """Typst's algorithm: `optimized` or `simple`."""
    digits: str
    """Which numerals page and chapter numbers are set in: a key of `DIGITS`."""
    exit_site: str
    """Where the quick exit leads."""
    cjk: bool = False

    @property
    def tag(self) -> str:
        """The BCP 47 spelling, as in `zh-CN`."""
        return self.code.replace("_", "-")

    @property
    def base(self) -> str:
        """The language without its region, as in `zh`."""
        return self.code.partition("_")[0]

    @property
    def region(self) -> str | None:
        return self.code.partition("_")[2] or None

    def number(self, text: str) -> str:
        """The same text with its digits in this language's numerals."""
        return text.translate(str.maketrans(DIGITS["latin"], DIGITS[self.digits]))


def load_languages(path: Path) -> dict[str, Language]:
    """Read `languages.toml`: languages by code, the source language first."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PipelineError(f"{path}: cannot be read: {error}") from error
    names = {f.name for f in fields(Language)}
    languages = {}
    for code, table in tables.items():
        if not isinstance(table, dict):
            raise PipelineError(f"{path}: [{code}] is not a table")
        given = {key.replace("-", "_"): value for key, value in table.items()}
        if unknown := given.keys() - names:
            raise PipelineError(f"{path}: [{code}] has unknown keys: {', '.join(sorted(unknown))}")
        try:
            language = Language(code=code, **{**given, "fonts": tuple(given["fonts"])})
        except (KeyError, TypeError) as error:
            raise PipelineError(f"{path}: [{code}] lacks a key: {error}") from error
        if language.digits not in DIGITS:
            raise PipelineError(f"{path}: [{code}] digits must be one of {', '.join(DIGITS)}")
        languages[code] = language
    if not languages:
        raise PipelineError(f"{path}: no language; add a table for the source language first")
    return languages
