"""The text of each page of a PDF as five programs read it, and how much of a source they give back."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pypdf
import pypdfium2

PDFJS = Path(__file__).parents[1] / "pdfjs"
INVISIBLE = re.compile("[\\s\u200b\u2060\u00ad]+")
LITERAL = re.compile(r'#"((?:[^"\\]|\\.)*)"')
ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
Pages = list[str]


def with_pypdf(path: Path) -> Pages:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def with_poppler(path: Path) -> Pages:
    """In the order of the file."""
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")


def with_poppler_in_lines(path: Path) -> Pages:
    """As it stands on the page, line by line across columns: what the search of many programs looks through."""
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")


def with_pdfium(path: Path) -> Pages:
    # It puts a sign of its own in place of a hyphen at the end of a line.
    return [
        page.get_textpage().get_text_range().replace("\ufffe", "-").replace("\x02", "-")
        for page in pypdfium2.PdfDocument(path)
    ]


def with_mupdf(path: Path) -> Pages:
    with pymupdf.open(path) as document:
        return [page.get_text("text", sort=False) for page in document]


def with_pdfjs(path: Path) -> Pages:
    done = subprocess.run(["node", PDFJS / "read.mjs", path], capture_output=True, check=True)
    return [str(page) for page in json.loads(done.stdout)]


def line_starts(path: Path) -> list[str]:
    """The first letters of every line, by where letters stand and not by where a program breaks lines."""
    found = []
    for page in pypdfium2.PdfDocument(path):
        text, before = page.get_textpage(), None
        for index in range(text.count_chars()):
            letter = text.get_text_range(index, 1)
            if not letter.strip() or letter in "\x02\ufffe":
                continue
            left, bottom, _right, top = text.get_charbox(index, loose=True)
            middle, height = (bottom + top) / 2, top - bottom
            if before and middle < before[0] - height / 2 and left < before[1]:
                found.append(text.get_text_range(index, 6))
            before = (middle, left)
    return found


READERS: dict[str, Callable[[Path], Pages]] = {
    "pypdf": with_pypdf,
    "poppler": with_poppler,
    "pdfium": with_pdfium,
    "mupdf": with_mupdf,
    "pdf.js": with_pdfjs,
}


SEARCHED = {**READERS, "poppler in lines": with_poppler_in_lines}
"""Those, and one that keeps words whole but not the order of a table."""


def installed(reader: str) -> bool:
    """Whether the program is on this machine; `.ci/run` installs those that are none of Python's packages."""
    if reader.startswith("poppler"):
        return shutil.which("pdftotext") is not None
    if reader == "pdf.js":
        return shutil.which("node") is not None and (PDFJS / "node_modules" / "pdfjs-dist").exists()
    return True


def bare(text: str) -> str:
    """Text without what is not seen: spaces, line ends, word joiners."""
    return INVISIBLE.sub("", text)


def literals(source: str) -> list[str]:
    """Every piece of text that a Typst source prints, bare, in its order."""
    return [piece for piece in (bare(plain(match[1])) for match in LITERAL.finditer(source)) if piece]


def plain(literal: str) -> str:
    """The text that a string literal of Typst stands for, word joiners left out."""
    escapes = {"n": "\n", "r": "\r", "t": "\t"}
    return ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else escapes.get(m[2], m[2]), literal).replace("\u2060", "")


def given_back(source: str, pages: Pages) -> tuple[float, list[str]]:
    """The share of the printed letters that the pages give back, and the pieces of text that are not found whole.

    A piece may go on over the end of a page or around a note: then its two parts are looked for. Pieces of one or
    two letters would be found anywhere and are left out.
    """
    text = bare("".join(pages))
    wanted = [piece for piece in literals(source) if len(piece) > 2]
    lost, missing = 0, []
    for piece in dict.fromkeys(wanted):
        if piece in text:
            continue
        first = _longest_start(piece, text)
        if first and piece[first:] in text:
            continue
        missing.append(piece)
        lost += (len(piece) - first) * wanted.count(piece)
    total = sum(map(len, wanted))
    return 1 - lost / total, missing


def _longest_start(piece: str, text: str) -> int:
    """How many letters of the piece, from its first, stand together in the text."""
    low, high = 0, len(piece)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if piece[:middle] in text else (low, middle - 1)
    return low
