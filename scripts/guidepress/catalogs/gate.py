"""Catalogues come from outside: only messages that keep the structure of their source reach a reader."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from guidepress.book import Book
from guidepress.catalogs import store
from guidepress.catalogs.checks import CHECKS, Pair, structure
from guidepress.catalogs.checks import words as _words  # noqa: F401 (registers its checks)
from guidepress.catalogs.coverage import Counts
from guidepress.languages import Language
from guidepress.problems import Problem, in_order

INTERFACE = "sphinx"
"""The catalogue of the words on buttons and labels, which are plain text."""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]")
MARKED = re.compile(r"<[a-zA-Z!/]|&#|javascript:", re.I)


@dataclass(frozen=True)
class GateResult:
    """What one language's catalogues gave: what is wrong with them, and the counts of each page."""

    problems: tuple[Problem, ...]
    coverage: dict[str, Counts]


def gate(book: Book, language: Language) -> GateResult:
    """Compile what passes into `book.passed/<code>/`, swapped in whole; done at once where nothing changed."""
    catalogs = sorted(book.catalogs(language).rglob("*.po"))
    digest = _digest(book, catalogs)
    target = book.passed / language.code
    kept = _kept(target, digest)
    if kept:
        return kept
    terms = agreed_terms(book, language)
    problems: list[Problem] = []
    coverage: dict[str, Counts] = {}
    coming = book.passed / f".{language.code}.new"
    shutil.rmtree(coming, ignore_errors=True)
    for path in catalogs:
        domain = path.relative_to(book.catalogs(language)).with_suffix("").as_posix()
        name = book.name(path)
        is_page = (book.source / f"{domain}.md").exists()
        if domain != INTERFACE and not is_page:
            message = f"guidebook/{domain}.md no longer exists; delete this catalogue or move it"
            problems.append(Problem(name, 0, "catalog-orphan", message))
            continue
        messages, found = store.read(path, name)
        problems += found
        passed, counts, refused = _sift(messages, language, name, terms, domain == INTERFACE)
        problems += refused
        if is_page:
            coverage[domain] = counts
        store.compile_messages(coming / "LC_MESSAGES" / f"{domain}.mo", passed, language.code)
    result = GateResult(tuple(in_order(problems)), coverage)
    _keep(coming, digest, result)
    shutil.rmtree(target, ignore_errors=True)
    coming.rename(target)
    return result


def _sift(
    messages: store.Messages, language: Language, name: str, terms: dict[str, tuple[str, ...]], interface: bool
) -> tuple[dict[str, str], Counts, list[Problem]]:
    passed: dict[str, str] = {}
    problems: list[Problem] = []
    fuzzy = refused = untranslated = 0
    for message in messages.found.values():
        if not message.msgstr.strip():
            untranslated += 1
        elif message.fuzzy:
            fuzzy += 1
        else:
            findings = list(_interface_findings(message) if interface else _findings(message, language, terms))
            problems += [Problem(name, message.line, code, words) for code, words, _refuses in findings]
            if any(refuses for _code, _words, refuses in findings):
                refused += 1
            else:
                passed[message.msgid] = message.msgstr
    return passed, Counts(len(passed), fuzzy, refused, untranslated), problems


def _findings(
    message: store.Message, language: Language, terms: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, str, bool]]:
    pair = Pair(
        message.msgid, message.msgstr, structure.tokens_of(message.msgid), structure.tokens_of(message.msgstr),
        language, terms,
    )
    for check in CHECKS:
        for words_ in check.run(pair):
            yield check.code, words_, check.refuses


def _interface_findings(message: store.Message) -> Iterator[tuple[str, str, bool]]:
    if sorted(PLACEHOLDER.findall(message.msgid)) != sorted(PLACEHOLDER.findall(message.msgstr)):
        yield "gate-placeholder", "must keep the placeholders of the source, such as %s", True
    if len(MARKED.findall(message.msgstr)) > len(MARKED.findall(message.msgid)):
        yield "gate-reach", "brings HTML that the source has not; take it out", True


@lru_cache(maxsize=32)
def _terms_table(path: Path, _changed: int) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t"))


def agreed_terms(book: Book, language: Language) -> dict[str, tuple[str, ...]]:
    """The renderings of each term of `locales/terms.tsv` in this language."""
    path = book.locales / "terms.tsv"
    if not path.exists():
        return {}
    found = {}
    for row in _terms_table(path, path.stat().st_mtime_ns):
        plain = re.sub(r"\([^)]*\)", " ", row.get(language.base) or "")
        variants = tuple(part.strip() for part in re.split(r"[;/]", plain) if part.strip())
        english = row["en"].replace("(re)", "re")
        for term in re.split(r"[;/]", re.sub(r"\([^)]*\)", " ", english)):
            if term.strip() and variants:
                found[term.strip()] = variants
    return found


def _digest(book: Book, catalogs: list[Path]) -> str:
    digest = hashlib.sha256()
    own = Path(__file__).parent
    pages = sorted(path.as_posix() for path in book.source.rglob("*.md"))
    digest.update("\n".join(pages).encode())
    for path in [*sorted(own.rglob("*.py")), book.locales / "terms.tsv", *catalogs]:
        if path.exists():
            digest.update(path.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _keep(folder: Path, digest: str, result: GateResult) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    record = {
        "digest": digest,
        "problems": [problem.as_dict() for problem in result.problems],
        "coverage": {page: asdict(counts) for page, counts in result.coverage.items()},
    }
    (folder / "gate.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")


def _kept(folder: Path, digest: str) -> GateResult | None:
    try:
        record = json.loads((folder / "gate.json").read_text("utf-8"))
        if record["digest"] != digest:
            return None
        problems = tuple(Problem(**problem) for problem in record["problems"])
        return GateResult(problems, {page: Counts(**counts) for page, counts in record["coverage"].items()})
    except (OSError, ValueError, KeyError, TypeError):
        return None
