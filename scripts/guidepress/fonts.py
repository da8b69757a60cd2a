"""The font packages: the files a PDF is set in, and which letters they have."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path

from fontTools.ttLib import TTFont

from guidepress.problems import PipelineError

PACKAGES = ("fontpkg_noto_sans", "justmytype_intl_sea", "justmytype_intl_cjk")
UNSEEN = ("Z", "C")
"""Kinds of characters that need no letter of a font: spaces, and marks that only steer."""
VARIATION_SELECTORS = range(0xFE00, 0xFE10)


def font_folders() -> list[Path]:
    """Where the font packages keep their files."""
    folders = []
    for package in PACKAGES:
        try:
            folders.append(Path(str(resources.files(package))))
        except ModuleNotFoundError as error:
            raise PipelineError(f"the font package {package} is not installed; run make again") from error
    return folders


def font_files() -> list[Path]:
    """Every font file that the book may be set in."""
    return sorted(path for folder in font_folders() for path in folder.rglob("*.ttf"))


@cache
def _letters() -> frozenset[int]:
    found: set[int] = set()
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def without_font(text: str) -> list[str]:
    """The characters of a text that no font can show, each once."""
    return [char for char in dict.fromkeys(text) if not _shown(char)]


def _shown(char: str) -> bool:
    number = ord(char)
    return number in _letters() or unicodedata.category(char)[0] in UNSEEN or number in VARIATION_SELECTORS
