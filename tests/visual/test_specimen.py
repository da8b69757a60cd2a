"""How a page looks in each language, beside a picture that a person has looked at.

`make references` renews the pictures; look at each before it is committed.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from guidepress.book import Book
from guidepress.editions.pdf import make_pdf
from guidepress.editions.render import render

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
REFERENCES = Path(__file__).parent / "references"
CODES = list(Book.at(ROOT).languages)
DOTS = 96
DIFFERENT = 96
"""Of 255: what an eye sees as another shade. Edges of letters may differ by less on another processor."""
ALLOWED = 0.002
"""The share of dots that may be different."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The specimen in the languages of the real book, set by the same table."""
    folder = tmp_path_factory.mktemp("specimen") / "book"
    shutil.copytree(TESTS / "roots" / "specimen", folder)
    shutil.copy(ROOT / "locales" / "languages.toml", folder / "locales")
    return Book.at(folder)


def picture(pdf: Path) -> Image.Image:
    """The pages after contents, list of checklists and part title, side by side, in grey."""
    pages = list(pypdfium2.PdfDocument(pdf))[5:]
    drawn = [page.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L") for page in pages]
    whole = Image.new("L", (sum(page.width for page in drawn), max(page.height for page in drawn)), 255)
    left = 0
    for page in drawn:
        whole.paste(page, (left, 0))
        left += page.width
    return whole


@pytest.mark.parametrize("code", CODES)
def test_the_specimen_looks_as_a_person_approved(
    book: Book, code: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    rendered = render(book, book.language(code), [], None, tmp_path / "typst")
    assert rendered.problems == ()
    assert make_pdf(tmp_path / "typst", tmp_path / "specimen.pdf", datetime(2026, 1, 1, tzinfo=UTC)) == []
    seen = picture(tmp_path / "specimen.pdf")
    reference = REFERENCES / f"{code}.png"
    if request.config.getoption("--renew"):
        REFERENCES.mkdir(exist_ok=True)
        seen.quantize(16).save(reference, optimize=True)
        return
    approved = Image.open(reference).convert("L")
    assert seen.size == approved.size, "another number of pages, or another paper"
    changed = ImageChops.difference(seen, approved).point([0] * DIFFERENT + [255] * (256 - DIFFERENT))
    share = ImageStat.Stat(changed).mean[0] / 255
    if share > ALLOWED:
        seen.save(tmp_path / f"{code}.png")
    assert share <= ALLOWED, f"{share:.2%} of the dots differ; see {tmp_path / code}.png"
