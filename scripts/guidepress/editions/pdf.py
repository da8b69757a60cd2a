"""The only place that calls Typst: a written book becomes a tagged, archivable PDF with check boxes."""

from __future__ import annotations

import os
import re
import tempfile
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path

import typst

from guidepress.editions.forms import add_check_boxes
from guidepress.problems import PipelineError, Problem

FONT_PACKAGES = ("fontpkg_noto_sans", "justmytype_intl_sea", "justmytype_intl_cjk")
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
PLACE = re.compile(r"┌─ ([^\s:]+):(\d+)")


@cache
def fonts() -> typst.Fonts:
    """The fonts of the font packages and no others, so that every machine prints the same book."""
    folders = []
    for package in FONT_PACKAGES:
        try:
            folders.append(str(resources.files(package)))
        except ModuleNotFoundError as error:
            raise PipelineError(f"the font package {package} is not installed; run make again") from error
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def compile_book(folder: Path, timestamp: datetime) -> tuple[bytes, list[Problem]]:
    """The PDF of `folder/book.typ`, the same bytes for the same input and time, and Typst's warnings."""
    try:
        compiler = typst.Compiler(
            folder / "book.typ", root=folder, font_paths=fonts(), ignore_system_fonts=True
        )
        data, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=STANDARDS, timestamp=timestamp
        )
    except typst.TypstError as error:
        advice = "".join(f"; {hint}" for hint in error.hints)
        file, line = _place(error.diagnostic)
        raise PipelineError(f"{file}:{line}: the book cannot be set: {error.message}{advice}") from error
    assert isinstance(data, bytes), "a PDF is one file"
    return data, [Problem(*_place(warning.diagnostic), "typst", _words(warning)) for warning in warnings]


def make_pdf(folder: Path, out: Path, timestamp: datetime) -> list[Problem]:
    """Write the book in `folder` to `out`, with check boxes to fill in; a failure leaves `out` as it was."""
    data, problems = compile_book(folder, timestamp)
    data = add_check_boxes(data)
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(scratch).chmod(0o644)
        Path(scratch).replace(out)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise
    return problems


def _place(diagnostic: str) -> tuple[str, int]:
    match = PLACE.search(diagnostic)
    return (match[1], int(match[2])) if match else ("book.typ", 0)


def _words(warning: typst.TypstWarning) -> str:
    return "; ".join([warning.message, *warning.hints])
