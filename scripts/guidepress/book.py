"""Where everything of one book lives."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from guidepress.languages import Language, load_languages
from guidepress.problems import PipelineError


@dataclass(frozen=True)
class Book:
    """A book by its top folder: `guidebook/`, `locales/` and `conf.py` below `root`."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> Book:
        """The book in this folder; PipelineError where its parts are missing."""
        book = cls(root.resolve())
        for part in (book.source, book.locales / "languages.toml", book.root / "conf.py"):
            if not part.exists():
                raise PipelineError(f"{part}: missing; run guidepress in the folder that holds the book")
        return book

    @property
    def source(self) -> Path:
        return self.root / "guidebook"

    @property
    def locales(self) -> Path:
        return self.root / "locales"

    @property
    def build(self) -> Path:
        """Scratch, safe to delete."""
        return self.root / "build"

    @property
    def dist(self) -> Path:
        """What is published."""
        return self.root / "dist"

    @property
    def templates(self) -> Path:
        """Extracted .pot files."""
        return self.build / "gettext"

    @property
    def passed(self) -> Path:
        """Catalogues that hold only the messages the gate let through."""
        return self.build / "locale"

    @cached_property
    def languages(self) -> dict[str, Language]:
        return load_languages(self.locales / "languages.toml")

    @cached_property
    def source_language(self) -> Language:
        return next(iter(self.languages.values()))

    @property
    def translations(self) -> list[Language]:
        return [lang for lang in self.languages.values() if lang != self.source_language]

    def language(self, code: str) -> Language:
        """The language with this code; PipelineError names those there are."""
        try:
            return self.languages[code]
        except KeyError:
            near = get_close_matches(code.casefold(), self.languages, n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise PipelineError(
                f"unknown language {code!r}; this book has {', '.join(self.languages)}{hint}"
            ) from None

    def catalogs(self, language: Language) -> Path:
        """The folder of one language's .po files."""
        return self.locales / language.code / "LC_MESSAGES"

    def reviews(self, language: Language) -> Path:
        """Who signed off which chapter."""
        return self.locales / language.code / "review.toml"

    def unbroken(self, language: Language) -> Path:
        """The words of one language that no line of the PDF may break; there may be no such file."""
        return self.locales / language.code / "unbroken.txt"

    def name(self, path: Path) -> str:
        """A file's name as problems print it: relative to the book where it lies inside."""
        try:
            return path.resolve().relative_to(self.root).as_posix()
        except ValueError:
            return path.name
