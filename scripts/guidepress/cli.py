"""The commands; the only place that prints and picks exit codes: 0 clean, 1 problems found, 2 cannot go on."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from guidepress.book import Book
from guidepress.catalogs.coverage import Counts
from guidepress.languages import Language
from guidepress.problems import PipelineError, Problem, in_order

if TYPE_CHECKING:
    from guidepress.manuscript import Manuscript

CLEAN, PROBLEMS, CANNOT = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    options = _parser().parse_args(argv)
    try:
        command: Callable[[Book, argparse.Namespace], int] = options.command
        return command(Book.at(Path(options.book)), options)
    except PipelineError as error:
        print(f"guidepress: {error}", file=sys.stderr)
        return CANNOT
    except KeyboardInterrupt:
        print("guidepress: stopped; dist/ is as it was", file=sys.stderr)
        return CANNOT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guidepress", description="Publish one guidebook in many languages.")
    parser.add_argument("--book", default=".", metavar="FOLDER", help="the folder that holds conf.py (default: here)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Callable[[Book, argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=words, description=words)
        sub.set_defaults(command=command)
        return sub

    add("update", update, "bring every catalogue up to date with the English source")
    sub = add("check", check, "report mistakes in the source and the catalogues")
    sub.add_argument("languages", nargs="*", metavar="LANG")
    sub.add_argument("--json", action="store_true", help="one JSON object a line")
    sub = add("status", status, "show how far each language is, or each page of one language")
    sub.add_argument("language", nargs="?", metavar="LANG")
    sub.add_argument("--json", action="store_true")
    sub = add("build", build, "make every edition into dist/")
    sub.add_argument("languages", nargs="*", metavar="LANG")
    sub.add_argument("--only", default="html,pdf", help="kinds to make, with commas: html, pdf (A5), pdf-a4, pdf-large")
    sub = add("preview", preview, "show one language in the browser and reload it on each saved change")
    sub.add_argument("language", metavar="LANG")
    sub.add_argument("--port", type=int, default=8000)
    sub = add("sign-off", sign_off, "record that a chapter was reviewed")
    sub.add_argument("language", metavar="LANG")
    sub.add_argument("chapter", help="for example services/place-to-live")
    sub.add_argument("--step", type=int, required=True, choices=range(1, 6), help="1 takes a review back")
    sub.add_argument("--by", required=True, help="the role of the reviewer, not a name")
    return parser


def update(book: Book, _options: argparse.Namespace) -> int:
    from guidepress.catalogs.update import refresh
    from guidepress.editions.render import extract

    return _report([*extract(book), *refresh(book)], clean="The catalogues are up to date.")


def check(book: Book, options: argparse.Namespace) -> int:
    from guidepress.catalogs.gate import gate
    from guidepress.editions.render import read
    from guidepress.manuscript import examine

    languages = _languages(book, options.languages)
    problems: list[Problem] = []
    if book.source_language in languages:
        manuscript, problems = read(book)
        problems += examine(manuscript)
        if not options.json:
            _reading_table(manuscript)
    for language in languages:
        if language != book.source_language:
            problems += gate(book, language).problems
    return _report(problems, as_json=options.json, clean="No problem found.")


def _reading_table(manuscript: Manuscript) -> None:
    from guidepress.manuscript import plain
    from guidepress.manuscript.reading import ease

    print(f"{'chapter':<46}{'words':>7}{'grade':>7}")
    counts = {page: ease(map(plain, page.prose)) for page in manuscript.chapters}
    for page, count in counts.items():
        print(f"{page.number + ' ' + page.name:<46}{count.words:>7}{count.grade:>7.1f}")
    print(f"{'all chapters':<46}{sum(count.words for count in counts.values()):>7}")


def status(book: Book, options: argparse.Namespace) -> int:
    from guidepress.editions.build import standings

    found = standings(book)
    if options.json:
        print(json.dumps({code: {"coverage": s.coverage, "step": s.step} for code, s in found.items()}))
        return CLEAN
    if options.language:
        _page_table(book, book.language(options.language))
        return CLEAN
    print(f"{'language':<22}{'translated':>11}{'review step':>13}{'problems':>10}")
    for language in book.languages.values():
        one = found[language.code]
        print(f"{language.english:<22}{one.coverage:>10.1%} {one.step:>12}{len(one.problems):>10}")
    return CLEAN


def _page_table(book: Book, language: Language) -> None:
    """What is left to do on each page, and its review step."""
    from guidepress.catalogs import review
    from guidepress.catalogs.gate import gate

    counts = gate(book, language).coverage if language != book.source_language else {}
    print(f"{'page':<38}{'messages':>9}{'missing':>9}{'fuzzy':>7}{'refused':>9}{'step':>6}")
    for page, step in review.status(book, language).items():
        one = counts.get(page, Counts())
        print(f"{page:<38}{one.total():>9}{one.untranslated:>9}{one.fuzzy:>7}{one.refused:>9}{step:>6}")


def build(book: Book, options: argparse.Namespace) -> int:
    from guidepress.editions import build as stage
    from guidepress.editions.edition import KINDS, Edition

    kinds = tuple(kind.strip() for kind in options.only.split(","))
    if unknown := set(kinds) - set(KINDS):
        raise PipelineError(f"--only does not know {', '.join(sorted(unknown))}; it knows {', '.join(KINDS)}")

    def progress(edition: Edition, done: int, of: int) -> None:
        bar = "█" * round(20 * done / of)
        if sys.stderr.isatty():
            print(f"\r{bar:<20} {done}/{of} {edition.code:<6}", end="\n" if done == of else "", file=sys.stderr)
        else:
            print(f"{done}/{of} {edition.code} {'made' if edition.fresh else 'unchanged'}", file=sys.stderr)

    editions = stage.build(book, _languages(book, options.languages), kinds, progress)
    problems = in_order(problem for edition in editions for problem in edition.problems)
    for problem in problems:
        print(problem)
    print(f"{'language':<22}{'translated':>11}{'pages':>7}{'HTML MB':>9}{'PDF MB':>8}{'seconds':>9}{'problems':>10}")
    for edition in editions:
        sizes = {a.kind: a for a in edition.artefacts}
        html, pdf = sizes.get("html"), sizes.get("pdf")
        print(
            f"{book.language(edition.code).english:<22}{edition.artefacts[0].coverage:>10.1%} "
            f"{pdf.pages if pdf else '–':>6}{f'{html.bytes / 1e6:.2f}' if html else '–':>9}"
            f"{f'{pdf.bytes / 1e6:.2f}' if pdf else '–':>8}{edition.seconds:>9.1f}{len(edition.problems):>10}"
        )
    if not any(edition.fresh for edition in editions):
        print("Nothing changed; all editions were kept.")
    if missing := {"html", "pdf"} - set(kinds):
        print(f"dist/ holds no {' and no '.join(sorted(missing))} of these languages now; make brings them back.")
    print("Open dist/index.html")
    return PROBLEMS if problems else CLEAN


def preview(book: Book, options: argparse.Namespace) -> int:
    from guidepress.editions.preview import serve

    serve(book, book.language(options.language), options.port, lambda line: print(line, flush=True))
    return CLEAN


def sign_off(book: Book, options: argparse.Namespace) -> int:
    from guidepress.catalogs import review

    language = book.language(options.language)
    review.sign_off(book, language, options.chapter, options.step, options.by, date.today())
    print(f"{language.code}: {options.chapter} is at review step {options.step}")
    return CLEAN


def _languages(book: Book, codes: Sequence[str]) -> list[Language]:
    return [book.language(code) for code in codes] if codes else list(book.languages.values())


def _report(problems: Iterable[Problem], *, clean: str, as_json: bool = False) -> int:
    found = in_order(problems)
    if not found and not as_json:
        print(clean)
    for problem in found:
        print(json.dumps(problem.as_dict(), ensure_ascii=False) if as_json else problem)
    return PROBLEMS if found else CLEAN
