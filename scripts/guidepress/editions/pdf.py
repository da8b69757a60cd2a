"""The only place that calls Typst: a written book becomes a tagged, archivable PDF with check boxes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from guidepress.editions.forms import add_fields
from guidepress.editions.overfull import overfull
from guidepress.editions.text_layer import repair
from guidepress.editions.text_layer_pages import shown_pages
from guidepress.ext.typst.places import Places
from guidepress.files import replace_file
from guidepress.fonts import font_files, font_folders
from guidepress.problems import PipelineError, Problem

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
PLACE = re.compile(r"┌─ ([^\s:]+):(\d+):(\d+)")


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
        data, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS, timestamp=timestamp)
    except typst.TypstError as error:
        advice = "".join(f"; {hint}" for hint in error.hints)
        file, line = _place(error.diagnostic, source)
        raise PipelineError(f"{file}:{line}: the book cannot be set: {error.message}{advice}") from error
    assert isinstance(data, bytes), "a PDF is one file"
    return data, [Problem(*_place(warning.diagnostic, source), "typst", _words(warning)) for warning in warnings]


def make_pdf(
    folder: Path, out: Path, timestamp: datetime, name: str = "book", inputs: Mapping[str, str] | None = None
) -> list[Problem]:
    """Write `folder/<name>.typ` to `out`, with fields and an exact text layer; a failure leaves `out` as it was.

    What does not fit on its page is a problem in the line of the manuscript it comes from.
    """
    inputs = {"paper": "a5", **(inputs or {})}
    source = folder / f"{name}.typ"
    data, problems = compile_source(source, timestamp, inputs)
    text = source.read_text("utf-8")
    data, unmatched = repair(add_fields(data), text + (folder / "meta.json").read_text("utf-8"), font_files())
    problems += unmatched
    problems += _overfull(data, _side(folder, inputs["paper"]), out.name, Places(text))
    replace_file(out, data)
    return problems


def _side(folder: Path, paper: str) -> float:
    """The side margins of the pages, in points."""
    papers = json.loads((folder / "template" / "papers.json").read_text("utf-8"))
    return float(papers[paper]["side"]) / 25.4 * 72


def _overfull(data: bytes, side: float, name: str, places: Places) -> Iterator[Problem]:
    for found in overfull(shown_pages(data), side):
        place = next((place for context in found.contexts if (place := places.of(context))), (name, 0))
        words = f"“{found.text}” {found.fault} on page {found.page} of {name}; make it shorter or its column wider"
        yield Problem(*place, "overfull", words)


def _place(diagnostic: str, source: Path) -> tuple[str, int]:
    """Where in the manuscript a warning comes from, else where in the Typst file."""
    match = PLACE.search(diagnostic)
    if not match:
        return source.name, 0
    file, line, column = match[1], int(match[2]), int(match[3])
    # The templates have files of the same name.
    place = Places(source.read_text("utf-8")).at(line, column) if Path(file).resolve() == source.resolve() else None
    return place or (file, line)


def _words(warning: typst.TypstWarning) -> str:
    return "; ".join([warning.message, *warning.hints])
