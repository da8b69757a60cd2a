"""Only messages that keep the structure of their source reach a reader; the rest is reported by line."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from guidepress.book import Book
from guidepress.catalogs import store
from guidepress.catalogs.checks import CHECKS
from guidepress.catalogs.coverage import Counts
from guidepress.catalogs.gate import gate

HERE = Path(__file__).parent
REPORTED_ONLY = {check.code for check in CHECKS if not check.refuses}
Put = Callable[[str, str, str], Path]
Meets = Callable[[str, str, str], str]


def fixtures(kind: str) -> list[Path]:
    return sorted((HERE / kind).glob("*.po"))


def domain_of(path: Path) -> str:
    return "sphinx" if path.stem.endswith("-interface") else "part/page"


def messages_of(path: Path) -> list[store.Message]:
    messages, problems = store.read(path, path.name)
    assert not problems
    return [message for message in messages.found.values() if message.msgstr]


def expected(message: store.Message) -> str:
    [code] = [line.removeprefix("expect: ") for line in message.comments if line.startswith("expect: ")]
    return code


@pytest.mark.parametrize("path", fixtures("pass"), ids=lambda path: path.stem)
def test_what_keeps_its_structure_reaches_the_reader(book: Book, put: Put, reader_meets: Meets, path: Path) -> None:
    code, domain = path.stem.partition("-")[0], domain_of(path)
    put(code, domain, path.read_text("utf-8"))
    assert gate(book, book.language(code)).problems == ()
    for message in messages_of(path):
        assert reader_meets(code, domain, message.msgid) == message.msgstr


@pytest.mark.parametrize("path", fixtures("fail"), ids=lambda path: path.stem)
def test_each_mistake_is_reported_under_its_code(book: Book, put: Put, reader_meets: Meets, path: Path) -> None:
    code, domain = path.stem.partition("-")[0], domain_of(path)
    stored = put(code, domain, path.read_text("utf-8"))
    problems = gate(book, book.language(code)).problems
    assert {problem.file for problem in problems} == {book.name(stored)}
    for message in messages_of(path):
        codes = {problem.code for problem in problems if problem.line == message.line}
        assert expected(message) in codes, message.msgid
        refused = not codes <= REPORTED_ONLY
        assert reader_meets(code, domain, message.msgid) == (message.msgid if refused else message.msgstr)


def test_every_check_has_a_fixture_and_an_example() -> None:
    shown = {expected(message) for path in fixtures("fail") for message in messages_of(path)}
    assert {check.code for check in CHECKS} <= shown
    for check in CHECKS:
        help_ = check.run.__doc__ or ""
        assert "Bad: " in help_ and "Good: " in help_, check.code


def test_each_message_is_counted_once(book: Book, put: Put, reader_meets: Meets) -> None:
    put(
        "th",
        "part/page",
        'msgid "One"\nmsgstr "หนึ่ง"\n\n#, fuzzy\nmsgid "Two"\nmsgstr "สอง"\n\n'
        'msgid "Three"\nmsgstr "- สาม"\n\nmsgid "Four"\nmsgstr ""\n\nmsgid "Five"\nmsgstr "ห้า"\n',
    )
    result = gate(book, book.language("th"))
    assert result.coverage == {"part/page": Counts(passed=2, fuzzy=1, refused=1, untranslated=1)}
    assert result.coverage["part/page"].total() == 5
    assert [problem.code for problem in result.problems] == ["gate-block"]
    assert reader_meets("th", "part/page", "Two") == "Two"


def test_a_second_run_says_the_same_and_writes_nothing(book: Book, put: Put) -> None:
    put("th", "part/page", 'msgid "One"\nmsgstr "หนึ่ง"\n\nmsgid "Two"\nmsgstr "- สอง"\n')
    thai = book.language("th")
    first = gate(book, thai)
    stamps = {path: path.stat().st_mtime_ns for path in book.passed.rglob("*")}
    assert gate(book, thai) == first
    assert {path: path.stat().st_mtime_ns for path in book.passed.rglob("*")} == stamps


def test_a_change_is_seen_and_nothing_old_stays(book: Book, put: Put, reader_meets: Meets) -> None:
    thai = book.language("th")
    path = put("th", "part/page", 'msgid "One"\nmsgstr "หนึ่ง"\n')
    gate(book, thai)
    put("th", "part/page", 'msgid "One"\nmsgstr "# หนึ่ง"\n')
    assert [problem.code for problem in gate(book, thai).problems] == ["gate-block"]
    path.unlink()
    assert gate(book, thai).coverage == {}
    assert list(book.passed.rglob("*.mo")) == []


def test_a_lost_stamp_only_costs_time(book: Book, put: Put) -> None:
    put("th", "part/page", 'msgid "One"\nmsgstr "# หนึ่ง"\n')
    first = gate(book, book.language("th"))
    for kept in book.passed.rglob("*.json"):
        kept.write_text("{", "utf-8")
    assert gate(book, book.language("th")) == first


def test_only_compiled_messages_lie_where_sphinx_looks(book: Book, put: Put) -> None:
    put("th", "part/page", 'msgid "One"\nmsgstr "หนึ่ง"\n')
    put("th", "sphinx", 'msgid "Search"\nmsgstr "ค้นหา"\n')
    gate(book, book.language("th"))
    folder = book.passed / "th" / "LC_MESSAGES"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {"part/page.mo", "sphinx.mo"}
    assert {path.name for path in book.passed.iterdir()} == {"th"}


def test_compiled_messages_are_the_same_bytes_each_time(book: Book, put: Put) -> None:
    put("th", "part/page", 'msgid "One"\nmsgstr "หนึ่ง"\n')
    compiled = book.passed / "th" / "LC_MESSAGES" / "part" / "page.mo"
    gate(book, book.language("th"))
    first = compiled.read_bytes()
    shutil.rmtree(book.passed)
    gate(book, book.language("th"))
    assert compiled.read_bytes() == first


def test_a_catalogue_without_page_is_reported_and_not_counted(book: Book, put: Put) -> None:
    path = put("th", "part/gone", 'msgid "One"\nmsgstr "หนึ่ง"\n')
    result = gate(book, book.language("th"))
    found = [(problem.file, problem.code) for problem in result.problems]
    assert found == [(book.name(path), "catalog-orphan")]
    assert result.coverage == {}


def test_damaged_terms_do_not_stop_the_gate(book: Book, put: Put) -> None:
    put("th", "part/page", 'msgid "A {term}`shelter`"\nmsgstr "{term}`คำ <shelter>`"\n')
    for damaged in (b"", b"\xff\xfe\x00", b"en\nshelter\textra\tcells\n", b'"\ten\tth\n"\t(\t)\n'):
        (book.locales / "terms.tsv").write_bytes(damaged)
        assert gate(book, book.language("th")).coverage["part/page"].passed == 1


def test_many_runs_at_the_same_time_give_what_one_gives(book: Book, put: Put, reader_meets: Meets) -> None:
    put("th", "part/page", 'msgid ""\nmsgstr ""\n\nmsgid "Some words."\nmsgstr "คำบางคำ"\n')
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(max_workers=4, mp_context=context) as pool:
        results = list(pool.map(gate, [book] * 8, [book.language("th")] * 8))
    assert all(result == results[0] for result in results)
    assert reader_meets("th", "part/page", "Some words.") == "คำบางคำ"
    assert [path.name for path in book.passed.iterdir()] == ["th"]
