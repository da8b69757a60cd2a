"""Every edition of a book: a worker per language, proof of each artefact, and `dist/` swapped in whole."""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Collection
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from guidepress.book import Book
from guidepress.catalogs import review
from guidepress.catalogs.gate import gate
from guidepress.editions.edition import Edition, Standing, folder_of, last_edition, make_edition
from guidepress.editions.manifest import tree_digest, write_manifest
from guidepress.editions.mends import apply_mends
from guidepress.editions.site import write_index
from guidepress.languages import Language
from guidepress.problems import PipelineError, in_order

IMPORTED_ONCE = ("furo", "myst_parser.sphinx_ext.main", "guidepress.ext.typst.builder", "sphinx.builders.html")


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
    for module in IMPORTED_ONCE:
        import_module(module)
    # Forked, so that Sphinx and its extensions are imported once for all languages; a process for each, because
    # what one language leaves behind slows the next; as many at work at a time as there are cores.
    context = multiprocessing.get_context("fork")
    cores = context.BoundedSemaphore(os.cpu_count() or 1)
    with ProcessPoolExecutor(len(languages), context, initializer=_start_worker, initargs=(cores,)) as pool:
        jobs = [
            pool.submit(_when_a_core_is_free, book, language, tuple(kinds), status, shared, standing[language.code])
            for language in sorted(languages, key=lambda lang: lang.linebreaks != "simple")
        ]
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
    # What was made before and not asked for now stays in dist/.
    everything = (editions.get(code) or last_edition(book, code) for code in book.languages)
    publish(book, [one for one in everything if one])
    return ordered


_worker: dict[str, AbstractContextManager[Any]] = {}
"""What a worker was started with."""


def _start_worker(cores: AbstractContextManager[Any]) -> None:
    """A book is millions of small objects that live until it is written; looking for garbage in between is waste."""
    gc.disable()
    _worker["cores"] = cores


def _when_a_core_is_free(*arguments: Any) -> Edition:
    with _worker["cores"]:
        return make_edition(*arguments)


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


def publish(book: Book, editions: Collection[Edition]) -> None:
    """Swap a `dist/` in that holds these editions, their index and manifest."""
    coming, going = book.build / "dist.new", book.build / "dist.old"
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    for edition in editions:
        shutil.copytree(folder_of(book, edition.code) / "out", coming, dirs_exist_ok=True)
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
