"""Every edition of a book: a worker per language, proof of each artefact, and `dist/` swapped in whole."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Collection
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from guidepress.book import Book
from guidepress.catalogs import review
from guidepress.catalogs.gate import gate
from guidepress.editions.manifest import Artefact, sha256, tree_digest, write_manifest
from guidepress.editions.mends import apply_mends
from guidepress.editions.pdf import make_pdf
from guidepress.editions.render import render
from guidepress.editions.site import write_index
from guidepress.editions.verify import verify_html, verify_pdf
from guidepress.languages import Language
from guidepress.problems import PipelineError, Problem, in_order

KINDS = ("html", "pdf")


@dataclass(frozen=True)
class Standing:
    """How far one language is: the share of messages that reach a reader, and its lowest review step."""

    coverage: float
    step: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Edition:
    """One language's artefacts, as they lie in `build/editions/<code>/`."""

    code: str
    artefacts: tuple[Artefact, ...]
    problems: tuple[Problem, ...]
    broken: bool
    """An artefact failed its proof: nothing may be published."""
    seconds: float
    words: dict[str, str]
    fresh: bool
    """Made in this run, not kept from an earlier one."""


def standings(book: Book) -> dict[str, Standing]:
    """Gate every catalogue and read every review."""
    found = {}
    for language in book.languages.values():
        steps = review.status(book, language)
        step = min(steps.values(), default=1)
        if language == book.source_language:
            found[language.code] = Standing(1.0, step, ())
            continue
        result = gate(book, language)
        counts = result.coverage.values()
        total = sum(count.total() for count in counts)
        passed = sum(count.passed for count in counts)
        found[language.code] = Standing(passed / total if total else 0.0, step, tuple(result.problems))
    return found


def status_rows(book: Book, found: dict[str, Standing]) -> list[dict[str, Any]]:
    """The rows of the translation status: code, tag, autonym, coverage (0 to 1) and review step."""
    return [
        {
            "code": language.code,
            "tag": language.tag,
            "autonym": language.autonym,
            "coverage": found[language.code].coverage,
            "step": found[language.code].step,
        }
        for language in book.languages.values()
    ]


def build(
    book: Book,
    languages: Collection[Language],
    kinds: Collection[str],
    progress: Callable[[Edition, int, int], None],
) -> list[Edition]:
    """Make the editions that changed, prove them all, and swap `dist/`; PipelineError leaves it as it was."""
    apply_mends()
    standing = standings(book)
    status = status_rows(book, standing)
    shared = _source_digest(book, kinds, status)
    editions: dict[str, Edition] = {}
    # Forked, so that Sphinx and its extensions are imported once for all languages.
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=context) as pool:
        jobs = {
            pool.submit(_edition, book, language, tuple(kinds), status, shared, standing[language.code]): language
            for language in sorted(languages, key=lambda lang: lang.linebreaks != "simple")
        }
        for job in as_completed(jobs):
            edition = job.result()
            edition = replace(edition, problems=(*standing[edition.code].problems, *edition.problems))
            editions[edition.code] = edition
            progress(edition, len(editions), len(jobs))
    ordered = [editions[lang.code] for lang in languages]
    broken = [problem for edition in ordered if edition.broken for problem in edition.problems]
    if broken:
        lines = "\n".join(str(problem) for problem in in_order(broken))
        raise PipelineError(f"{lines}\nan edition failed its proof; dist/ was left as it was")
    publish(book, ordered)
    return ordered


def _source_digest(book: Book, kinds: Collection[str], status: list[dict[str, Any]]) -> str:
    package = Path(__file__).parents[1]
    code = [p for p in package.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    source = [p for p in book.source.rglob("*") if p.is_file()]
    own = [book.root / "conf.py", book.locales / "languages.toml"]
    parts = [
        tree_digest(code, package),
        tree_digest([*source, *own], book.root),
        json.dumps(status),
        repr(sorted(kinds)),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _edition(
    book: Book,
    language: Language,
    kinds: tuple[str, ...],
    status: list[dict[str, Any]],
    shared: str,
    standing: Standing,
) -> Edition:
    """Worker: one language's edition, kept if nothing it is made from changed."""
    folder = book.build / "editions" / language.code
    passed = book.passed / language.code
    sources = list(passed.rglob("*.mo")) if language != book.source_language else []
    reviews = [p for p in [book.locales / language.code / "review.toml"] if p.exists()]
    digest = hashlib.sha256((shared + tree_digest([*sources, *reviews], book.root)).encode()).hexdigest()
    kept = _kept(folder, digest)
    if kept:
        return kept
    started = time.perf_counter()
    shutil.rmtree(folder, ignore_errors=True)
    html, typst = folder / "html", folder / "typst"
    rendered = render(book, language, status, html if "html" in kinds else None, typst if "pdf" in kinds else None)
    problems, proofs = list(rendered.problems), []
    artefacts = []
    common: dict[str, Any] = {
        "language": language.code,
        "coverage": standing.coverage,
        "status": standing.step,
        "revision": shared[:12],
    }
    if "html" in kinds:
        for scrap in ("objects.inv", ".buildinfo"):
            (html / scrap).unlink(missing_ok=True)
        proofs += verify_html(html, language, rendered.pages, f"dist/{language.code}")
        files = [p for p in html.rglob("*") if p.is_file()]
        artefacts.append(
            Artefact(
                kind="html",
                path=f"{language.code}/index.html",
                bytes=sum(p.stat().st_size for p in files),
                sha256=tree_digest(files, html),
                pages=len(rendered.pages),
                **common,
            )
        )
    if "pdf" in kinds:
        out = folder / f"guidebook-{language.code}.pdf"
        stamp = datetime.fromisoformat(rendered.date).replace(tzinfo=UTC)
        problems += make_pdf(typst, out, stamp)
        name = f"dist/pdf/{out.name}"
        pages, found = verify_pdf(out, language, rendered.titles, name)
        proofs += found
        artefacts.append(
            Artefact(
                kind="pdf",
                path=f"pdf/{out.name}",
                bytes=out.stat().st_size,
                sha256=sha256(out),
                pages=pages,
                **common,
            )
        )
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


def _keep(folder: Path, digest: str, edition: Edition) -> None:
    record = {"digest": digest, "edition": asdict(edition)}
    (folder / "edition.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")


def _kept(folder: Path, digest: str) -> Edition | None:
    try:
        record = json.loads((folder / "edition.json").read_text("utf-8"))
        if record["digest"] != digest:
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


def publish(book: Book, editions: Collection[Edition]) -> None:
    """Swap a `dist/` in that holds these editions, their index and manifest."""
    coming, going = book.build / "dist.new", book.build / "dist.old"
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    for edition in editions:
        made = book.build / "editions" / edition.code
        for artefact in edition.artefacts:
            if artefact.kind == "html":
                shutil.copytree(made / "html", coming / edition.code)
            else:
                (coming / "pdf").mkdir(exist_ok=True)
                shutil.copy2(made / Path(artefact.path).name, coming / artefact.path)
    titles = {edition.code: edition.words for edition in editions}
    first = next(iter(titles.values()))
    write_index(
        coming, first["title"], titles, [(book.language(edition.code), list(edition.artefacts)) for edition in editions]
    )
    write_manifest(coming, [artefact for edition in editions for artefact in edition.artefacts])
    shutil.rmtree(going, ignore_errors=True)
    if book.dist.exists():
        book.dist.rename(going)
    coming.rename(book.dist)
    shutil.rmtree(going, ignore_errors=True)
