"""Proofs that must fail on a broken artefact and pass on a sound one."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidepress.editions.verify import verify_html, verify_pdf
from guidepress.languages import Language, load_languages

REAL = Path(__file__).parents[2] / "locales" / "languages.toml"


@pytest.fixture
def thai() -> Language:
    return load_languages(REAL)["th"]


def page(folder: Path, name: str, body: str, lang: str = "th") -> None:
    (folder / name).write_text(f'<!doctype html><html lang="{lang}"><body>{body}</body></html>', "utf-8")


def test_a_sound_edition_has_no_problem(tmp_path: Path, thai: Language) -> None:
    page(tmp_path, "index.html", '<a href="two.html#here">x</a> <a href="https://example.org">y</a>')
    page(tmp_path, "two.html", '<h1 id="here">x</h1><a href="#here">y</a><a href="../my/two.html">z</a>')
    assert verify_html(tmp_path, thai, ["index", "two"], "dist/th") == []


@pytest.mark.parametrize(
    ("body", "lang", "code"),
    [
        ("", "en", "html-lang"),
        ('<a href="gone.html">x</a>', "th", "dead-link"),
        ('<a href="#gone">x</a>', "th", "dead-link"),
        ('<img src="gone.png">', "th", "dead-link"),
        ('<img src="https://example.org/a.png">', "th", "foreign-request"),
        ('<script src="//example.org/a.js"></script>', "th", "foreign-request"),
        ('<p style="background:url(https://example.org/a.png)">', "th", "foreign-request"),
    ],
)
def test_what_would_fail_a_reader_is_found(tmp_path: Path, thai: Language, body: str, lang: str, code: str) -> None:
    page(tmp_path, "index.html", body, lang)
    assert [problem.code for problem in verify_html(tmp_path, thai, ["index"], "dist/th")] == [code]


def test_a_page_that_was_not_written_is_found(tmp_path: Path, thai: Language) -> None:
    page(tmp_path, "index.html", "")
    assert [p.code for p in verify_html(tmp_path, thai, ["index", "two"], "dist/th")] == ["page-missing"]


def test_a_stylesheet_that_calls_another_host_is_found(tmp_path: Path, thai: Language) -> None:
    page(tmp_path, "index.html", "")
    (tmp_path / "a.css").write_text("@import 'https://example.org/x.css';", "utf-8")
    assert [p.code for p in verify_html(tmp_path, thai, ["index"], "dist/th")] == ["foreign-request"]


def test_a_truncated_pdf_is_one_problem(tmp_path: Path, thai: Language) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n%")
    pages, problems = verify_pdf(tmp_path / "a.pdf", thai, [], "dist/pdf/a.pdf")
    assert pages == 0
    assert [problem.code for problem in problems] == ["pdf-broken"]
