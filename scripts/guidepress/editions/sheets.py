"""Checklists to carry: all of a language in one file, each on its own, and each beside the source language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from guidepress.editions.pdf import make_pdf
from guidepress.languages import Language
from guidepress.problems import Problem

ALL, BESIDE, ONE = "checklists", "checklists-beside", "checklist"
"""The kinds of artefact: every sheet in one file, the same in two languages, and one sheet."""


@dataclass(frozen=True)
class Sheets:
    """One PDF of sheets: its kind, its place below the edition's folder, what Typst is told, whose pages it shows."""

    kind: str
    path: Path
    inputs: Mapping[str, str]
    pages: tuple[str, ...]


def planned(language: Language, source: Language, checklists: Mapping[str, str]) -> list[Sheets]:
    """The files of one language; `checklists` gives the page of each checklist by its id."""
    if not checklists:
        return []
    pages = tuple(sorted(set(checklists.values())))
    found = [Sheets(ALL, Path("pdf") / f"checklists-{language.code}.pdf", {}, pages)]
    if language != source:
        path = Path("pdf") / f"checklists-{source.code}-{language.code}.pdf"
        found.append(Sheets(BESIDE, path, {"beside": source.code}, pages))
    for name, page in checklists.items():
        found.append(Sheets(ONE, Path("sheets") / language.code / f"{name}.pdf", {"only": name}, (page,)))
    return found


def make_sheets(folder: Path, out: Path, sheets: Iterable[Sheets], timestamp: datetime) -> list[Problem]:
    """Write each file below `out` from `folder/sheets.typ`."""
    problems = []
    for one in sheets:
        problems += make_pdf(folder, out / one.path, timestamp, "sheets", {"paper": "sheet", **one.inputs})
    return problems
