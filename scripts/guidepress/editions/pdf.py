"""The only place that calls Typst: a written book becomes a tagged, archivable PDF with check boxes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path

import typst

from guidepress.editions.forms import add_fields
from guidepress.editions.text_layer import repair
from guidepress.files import replace_file
from guidepress.problems import PipelineError, Problem

FONT_PACKAGES = ("fontpkg_noto_sans", "justmytype_intl_sea", "justmytype_intl_cjk")
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
PLACE = re.compile(r"┌─ ([^\s:]+):(\d+)")


def font_folders() -> list[Path]:
    """Where the font packages keep their files."""
    folders = []
    for package in FONT_PACKAGES:
        try:
            folders.append(Path(str(resources.files(package))))
        except ModuleNotFoundError as error:
            raise PipelineError(f"the font package {package} is not installed; run make again") from error
    return folders


def font_files() -> list[Path]:
    """Every font file that Typst may choose from."""
    return sorted(path for folder in font_folders() for path in folder.rglob("*.ttf"))


@cache
def fonts() -> typst.Fonts:
    """The fonts of the font packages and no others, so that every machine prints the same book."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders())


def compile_source(source: Path, timestamp: datetime, inputs: Mapping[str, str]) -> tuple[bytes, list[Problem]]:
    """The PDF of a Typst file, the same bytes for the same input and time, and Typst's warnings.

    `inputs` is what the templates may ask for: the paper, or which sheet.
    """
    try:
        compiler = typst.Compiler(
            source, root=source.parent, font_paths=fonts(), ignore_system_fonts=True, sys_inputs=dict(inputs)
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


def make_pdf(
    folder: Path, out: Path, timestamp: datetime, name: str = "book", inputs: Mapping[str, str] | None = None
) -> list[Problem]:
    """Write `folder/<name>.typ` to `out`, with fields and an exact text layer; a failure leaves `out` as it was."""
    data, problems = compile_source(folder / f"{name}.typ", timestamp, inputs or {})
    words = "".join((folder / part).read_text("utf-8") for part in (f"{name}.typ", "meta.json"))
    data, unmatched = repair(add_fields(data), words, font_files())
    problems += unmatched
    replace_file(out, data)
    return problems


def _place(diagnostic: str) -> tuple[str, int]:
    match = PLACE.search(diagnostic)
    return (match[1], int(match[2])) if match else ("book.typ", 0)


def _words(warning: typst.TypstWarning) -> str:
    return "; ".join([warning.message, *warning.hints])
