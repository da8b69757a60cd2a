"""Warnings of the tools below say what an author can do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guidepress.cli import main

ROOT = Path(__file__).parents[1] / "roots" / "chapter"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("She waits.[^nobody]", "no note [^nobody]: on this page; write one, and (source-nobody)= in the bibliography"),
        ("See {ref}`nowhere`.", "no such label; write one above the heading"),
        ("See {term}`nothing`.", "no such term; link one of the glossary"),
        ("See [there](chapter.md#nowhere).", "such links break in translation; write {ref}`label`"),
        (":::{checklst} A list\n:::", "no such block; AUTHORING.md lists those there are"),
    ],
)
def test_a_warning_comes_with_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, advice: str
) -> None:
    shutil.copytree(ROOT, tmp_path / "book")
    chapter = tmp_path / "book" / "guidebook" / "chapter.md"
    chapter.write_text(chapter.read_text("utf-8").replace("He asks first.", f"He asks first.\n\n{text}\n"), "utf-8")
    assert main(["--book", str(tmp_path / "book"), "check", "en"]) == 1
    assert advice in capsys.readouterr().out
