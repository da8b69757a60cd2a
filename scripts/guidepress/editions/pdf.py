"""The only room that calls Typst: a Typst book into a PDF whose boxes tick."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import typst

from guidepress.editions import forms
from guidepress.problems import PipelineError, Problem

FONT_PACKAGES = ("fontpkg_noto_sans", "justmytype_intl_sea", "justmytype_intl_cjk")
STANDARDS = ["ua-1", "a-2a"]


def font_folders() -> list[str]:
    """Where the font packages keep their files; PipelineError names one that is missing."""
    folders = []
    for package in FONT_PACKAGES:
        spec = find_spec(package)
        if spec is None or not spec.origin:
            raise PipelineError(f"the font package {package} is not installed; run make again")
        folders.append(str(Path(spec.origin).parent))
    return folders


def compile_book(folder: Path, timestamp: datetime) -> tuple[bytes, list[Problem]]:
    """`book.typ` in this folder as PDF bytes; Typst's warnings are problems, its errors a PipelineError."""
    try:
        compiler = typst.Compiler(
            root=str(folder), font_paths=font_folders(), ignore_system_fonts=True,
        )
        made, warnings = compiler.compile_with_warnings(
            str(folder / "book.typ"), format="pdf", pdf_standards=STANDARDS, timestamp=int(timestamp.timestamp()),
        )
    except typst.TypstError as error:
        raise PipelineError(f"{folder.parent.name}: Typst cannot set the book: {error.message}") from error
    problems = [Problem("book.typ", 0, "typst", " ".join(warning.message.split())) for warning in warnings]
    return made, problems


def make_pdf(folder: Path, out: Path, timestamp: datetime) -> list[Problem]:
    """Set the book, turn its squares into check boxes, and write it in one step."""
    made, problems = compile_book(folder, timestamp)
    data = forms.add_check_boxes(made)
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=out.parent, suffix=".pdf")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).chmod(0o644)
    Path(name).replace(out)
    return problems
