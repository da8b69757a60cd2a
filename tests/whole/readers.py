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
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
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


READERS: dict[str, Callable[[Path], Pages]] = {
    "pypdf": with_pypdf,
    "poppler": with_poppler,
    "pdfium": with_pdfium,
    "mupdf": with_mupdf,
    "pdf.js": with_pdfjs,
}


def installed(reader: str) -> bool:
    """Whether the program is on this machine; `.ci/run` installs those that are none of Python's packages."""
    if reader == "poppler":
        return shutil.which("pdftotext") is not None
    if reader == "pdf.js":
        return shutil.which("node") is not None and (PDFJS / "node_modules" / "pdfjs-dist").exists()
    return True


def bare(text: str) -> str:
    """Text without what is not seen: spaces, line ends, word joiners."""
    return INVISIBLE.sub("", text)


def literals(source: str) -> list[str]:
    """Every piece of text that a Typst source prints, bare, in its order."""
    return [piece for piece in (bare(_plain(match[1])) for match in LITERAL.finditer(source)) if piece]


def _plain(literal: str) -> str:
    escapes = {"n": "\n", "r": "\r", "t": "\t"}
    return ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else escapes.get(m[2], m[2]), literal)


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
