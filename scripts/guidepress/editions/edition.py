"""One language's edition: rendered once, made into pages and PDFs, each proved; kept while nothing changes."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from guidepress.book import Book
from guidepress.catalogs import review
from guidepress.editions.manifest import Artefact, sha256, tree_digest
from guidepress.editions.pdf import make_pdf
from guidepress.editions.render import Rendered, render
from guidepress.editions.sheets import make_sheets, planned
from guidepress.editions.verify import verify_html, verify_pdf
from guidepress.languages import Language
from guidepress.problems import Problem, in_order

PRINTS: dict[str, tuple[str, dict[str, str]]] = {
    "pdf": ("", {"paper": "a5"}),
    "pdf-a4": ("-a4", {"paper": "a4"}),
    "pdf-large": ("-large", {"paper": "large"}),
}
"""The sizes of the book: the end of its file name and what the templates are told."""
KINDS = ("html", *PRINTS)


@dataclass(frozen=True)
class Standing:
    """How far one language is: the share of messages that reach a reader, and its lowest review step."""

    coverage: float
    step: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Edition:
    """One language's artefacts, laid out below `folder_of` as they will be in `dist/`."""

    code: str
    artefacts: tuple[Artefact, ...]
    problems: tuple[Problem, ...]
    broken: bool
    """An artefact failed its proof: nothing may be published."""
    seconds: float
    words: dict[str, str]
    fresh: bool
    """Made in this run, not kept from an earlier one."""


def folder_of(book: Book, code: str) -> Path:
    """Where an edition is made; `out/` in it is laid out as `dist/`."""
    return book.build / "editions" / code


def make_edition(
    book: Book,
    language: Language,
    kinds: Collection[str],
    status: list[dict[str, Any]],
    shared: str,
    standing: Standing,
) -> Edition:
    """One language's edition; `shared` is the digest of all that every edition is made from."""
    folder = folder_of(book, language.code)
    passed = book.passed / language.code
    sources = list(passed.rglob("*.mo")) if language != book.source_language else []
    own = [path for path in (book.reviews(language), book.unbroken(language)) if path.exists()]
    digest = hashlib.sha256((shared + tree_digest([*sources, *own], book.root)).encode()).hexdigest()
    kept = _kept(folder, digest)
    if kept:
        return kept
    started = time.perf_counter()
    shutil.rmtree(folder, ignore_errors=True)
    html, typst = folder / "out" / language.code, folder / "typst"
    revision = shared[:12]
    prints = [kind for kind in PRINTS if kind in kinds]
    rendered = render(
        book, language, status, html if "html" in kinds else None, typst if prints else None, revision
    )
    common = {"language": language.code, "coverage": standing.coverage, "revision": revision}
    problems, artefacts = list(rendered.problems), []
    proofs: list[Problem] = []
    if "html" in kinds:
        artefact, proofs = _pages(html, language, rendered, {**common, "status": standing.step})
        artefacts.append(artefact)
    if prints:
        steps = review.status(book, language)
        made, found, more = _prints(folder, book, language, rendered, steps, common, prints)
        artefacts += made
        problems += found
        proofs += more
    edition = Edition(
        language.code,
        tuple(artefacts),
        tuple(in_order([*problems, *proofs])),
        bool(proofs),
        time.perf_counter() - started,
        rendered.words,
        True,
    )
    if not edition.broken:
        _keep(folder, digest, edition)
    return edition


def _pages(
    html: Path, language: Language, rendered: Rendered, common: dict[str, Any]
) -> tuple[Artefact, list[Problem]]:
    """The HTML edition and what is wrong with it."""
    for scrap in ("objects.inv", ".buildinfo"):
        (html / scrap).unlink(missing_ok=True)
    proofs = verify_html(html, language, rendered.pages, f"dist/{language.code}")
    files = [p for p in html.rglob("*") if p.is_file()]
    size = sum(p.stat().st_size for p in files)
    artefact = Artefact(
        kind="html",
        path=f"{language.code}/index.html",
        bytes=size,
        sha256=tree_digest(files, html),
        pages=len(rendered.pages),
        **common,
    )
    return artefact, proofs


def _prints(
    folder: Path,
    book: Book,
    language: Language,
    rendered: Rendered,
    steps: dict[str, int],
    common: dict[str, Any],
    prints: Collection[str],
) -> tuple[list[Artefact], list[Problem], list[Problem]]:
    """The book and its sheets as PDFs, Typst's warnings, and what failed its proof."""
    out, typst = folder / "out", folder / "typst"
    stamp = datetime.fromisoformat(rendered.date).replace(tzinfo=UTC)
    guides = {kind: Path("pdf") / f"guidebook-{language.code}{PRINTS[kind][0]}.pdf" for kind in prints}
    sheets = planned(language, book.source_language, rendered.checklists)
    problems = make_sheets(typst, out, sheets, stamp)
    for kind, path in guides.items():
        problems += make_pdf(typst, out / path, stamp, inputs=PRINTS[kind][1])
    artefacts, proofs = [], []
    wanted: list[tuple[str, Path, Iterable[str], int]] = [
        *((kind, path, rendered.titles, min(steps.values())) for kind, path in guides.items()),
        *((one.kind, one.path, (), min(steps[page] for page in one.pages)) for one in sheets),
    ]
    for kind, path, titles, step in wanted:
        pages, found = verify_pdf(out / path, language, titles, f"dist/{path.as_posix()}")
        proofs += found
        size, checksum = (out / path).stat().st_size, sha256(out / path)
        artefacts.append(Artefact(
            kind=kind, path=path.as_posix(), bytes=size, sha256=checksum, pages=pages, status=step, **common
        ))  # fmt: skip
    return artefacts, problems, proofs


def _keep(folder: Path, digest: str, edition: Edition) -> None:
    record = {"digest": digest, "edition": asdict(edition)}
    (folder / "edition.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")


def last_edition(book: Book, code: str) -> Edition | None:
    """The last good edition of a language, whatever has changed since; None before the first."""
    return _kept(folder_of(book, code), None)


def _kept(folder: Path, digest: str | None) -> Edition | None:
    try:
        record = json.loads((folder / "edition.json").read_text("utf-8"))
        if digest is not None and record["digest"] != digest:
            return None
        data = record["edition"]
        return Edition(
            code=data["code"],
            artefacts=tuple(Artefact(**a) for a in data["artefacts"]),
            problems=tuple(Problem(**p) for p in data["problems"]),
            broken=False,
            seconds=0.0,
            words=data["words"],
            fresh=False,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
