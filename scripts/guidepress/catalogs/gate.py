"""Catalogues come from outside: only messages that keep their source's structure reach a reader."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.metadata import version
from io import StringIO
from pathlib import Path

from guidepress.book import Book
from guidepress.catalogs import store
from guidepress.catalogs.checks import CHECKS, Pair, structure
from guidepress.catalogs.checks import words as _words  # noqa: F401 (registers its checks)
from guidepress.catalogs.coverage import Counts
from guidepress.catalogs.unbroken import unbroken_words
from guidepress.fonts import without_font
from guidepress.languages import Language
from guidepress.problems import Problem, in_order

INTERFACE = "sphinx"
"""The catalogue of the words on buttons and labels, which are plain text."""
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-zA-Z%]")
TAG = re.compile(r"<[^<>]*>|&#?\w+;")
STRAIGHT = re.compile("[<>&\"'`\\\\%]|{[{%]")
"""What could break out of an attribute: templates put interface strings there as they are."""
DECISIVE = (
    "babel", "markdown-it-py", "mdit-py-plugins", "myst-parser",
    "fontpkg-noto-sans", "justmytype-intl-sea", "justmytype-intl-cjk",
)  # fmt: skip
"""The packages on whose version it depends what passes."""
Terms = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Finding:
    """What one check says of one message."""

    code: str
    words: str
    refuses: bool


@dataclass(frozen=True)
class GateResult:
    """What one language's catalogues gave: what is wrong with them, and the counts of each page."""

    problems: tuple[Problem, ...]
    coverage: dict[str, Counts]


def gate(book: Book, language: Language) -> GateResult:
    """Compile what passes into `book.passed/<code>/`, swapped in whole; quick where nothing changed."""
    catalogs = sorted(book.catalogs(language).rglob("*.po"))
    digest = _digest(book, [*catalogs, book.unbroken(language)])
    target = book.passed / language.code
    if kept := _kept(target, digest):
        return kept
    terms = agreed_terms(book, language)
    _list, problems = unbroken_words(book.unbroken(language), book.name(book.unbroken(language)))
    coverage: dict[str, Counts] = {}
    book.passed.mkdir(parents=True, exist_ok=True)
    # Names of its own, so that two runs at the same time do not take each other's files away.
    coming = Path(tempfile.mkdtemp(prefix=f".{language.code}-", dir=book.passed))
    for path in catalogs:
        domain = path.relative_to(book.catalogs(language)).with_suffix("").as_posix()
        name = book.name(path)
        is_page = (book.source / f"{domain}.md").exists()
        if domain != INTERFACE and not is_page:
            problems.append(orphan(name, domain))
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
    _swap(coming, target)
    return result


def _swap(coming: Path, target: Path) -> None:
    """Put a folder in the place of another; where a second run was quicker, the last one stays."""
    coming.chmod(0o755)
    gone = coming.with_name(f"{coming.name}.old")
    for _attempt in range(3):
        with suppress(FileNotFoundError):
            target.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
        try:
            coming.rename(target)
            return
        except OSError:  # another run put its folder there in between
            continue
    shutil.rmtree(coming, ignore_errors=True)


def orphan(name: str, domain: str) -> Problem:
    """A catalogue whose page is gone."""
    message = f"guidebook/{domain}.md no longer exists; delete this catalogue or move it"
    return Problem(name, 0, "catalog-orphan", message)


def _sift(
    messages: store.Messages, language: Language, name: str, terms: Terms, interface: bool
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
            findings = _interface_findings(message) if interface else _findings(message, language, terms)
            refuses = False
            for finding in findings:
                problems.append(Problem(name, message.line, finding.code, finding.words))
                refuses = refuses or finding.refuses
            if refuses:
                refused += 1
            else:
                passed[message.msgid] = message.msgstr
    return passed, Counts(len(passed), fuzzy, refused, untranslated), problems


def _findings(message: store.Message, language: Language, terms: Terms) -> Iterator[Finding]:
    source, tokens = structure.tokens_of(message.msgid), structure.tokens_of(message.msgstr)
    pair = Pair(message.msgid, message.msgstr, source, tokens, language, terms)
    for check in CHECKS:
        for words in check.run(pair):
            yield Finding(check.code, words, check.refuses)


def _interface_findings(message: store.Message) -> Iterator[Finding]:
    msgid, msgstr = message.msgid, message.msgstr
    if _placeholders(msgid) != _placeholders(msgstr):
        yield Finding("gate-placeholder", "must keep the placeholders of the source, such as %s", True)
    if Counter(TAG.findall(msgid)) != Counter(TAG.findall(msgstr)):
        yield Finding("gate-reach", "has other HTML than the source; copy it as it stands there", True)
    before, after = (
        Counter(STRAIGHT.findall(PLACEHOLDER.sub("", TAG.sub("", side)))) for side in (msgid, msgstr)
    )
    if extra := after - before:
        words = f"holds the sign {' '.join(extra)}, which the source has not; write it otherwise"
        yield Finding("gate-reach", words, True)
    if found := structure.CONTROL.search(msgstr):
        yield Finding("gate-control", f"holds the character U+{ord(found[0]):04X}; delete it", True)
    if lacking := without_font(msgstr):
        yield Finding("gate-font", f"has {' '.join(lacking)}, which no font can print; write it in letters", True)


def _placeholders(text: str) -> tuple[list[str], list[str]]:
    """Those with a name in any order, those without in theirs, for Python fills them in turn."""
    found = PLACEHOLDER.findall(text)
    return sorted(one for one in found if "(" in one), [one for one in found if "(" not in one]


@lru_cache(maxsize=32)
def _terms_table(path: Path, _changed: int) -> tuple[dict[str, str], ...]:
    text = path.read_text("utf-8-sig", errors="replace")
    return tuple(csv.DictReader(StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def agreed_terms(book: Book, language: Language) -> Terms:
    """The renderings of each term of `locales/terms.tsv` in this language, by the term in lower case."""
    path = book.locales / "terms.tsv"
    if not path.is_file():
        return {}
    found = {}
    for row in _terms_table(path, path.stat().st_mtime_ns):
        variants = _variants(row.get(language.code) or row.get(language.base) or "")
        for term in _variants((row.get(book.source_language.base) or "").replace("(re)", "re")):
            if variants:
                found[term.casefold()] = variants
    return found


def _variants(cell: str) -> tuple[str, ...]:
    """The words of one cell: `;` and `/` stand between them, remarks in brackets."""
    parts = re.split(r"[;/]", re.sub(r"\([^)]*\)", " ", cell))
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def _digest(book: Book, catalogs: list[Path]) -> str:
    digest = hashlib.sha256()
    pages = sorted(path.as_posix() for path in book.source.rglob("*.md"))
    digest.update("\n".join([*pages, *(version(package) for package in DECISIVE)]).encode())
    own = sorted(Path(__file__).parent.rglob("*.py"))
    for path in [*own, book.locales / "terms.tsv", book.locales / "languages.toml", *catalogs]:
        digest.update(path.as_posix().encode() + b"\0")
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            digest.update(type(error).__name__.encode())
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
