"""A damaged catalogue costs at most itself; one that is written again does not change."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidepress.catalogs import store

GOOD = 'msgid "One"\nmsgstr "หนึ่ง"\n\n'

DAMAGED = {
    "not UTF-8": ("po-charset", 5, GOOD.encode() + 'msgid "Two"\nmsgstr "é"\n'.encode("latin-1"), set()),
    "UTF-16": ("po-charset", 1, GOOD.encode("utf-16"), set()),
    "merge conflict": ("po-conflict", 4, (GOOD + '<<<<<<< ours\nmsgid "Two"\n').encode(), set()),
    "picture": ("po-charset", 1, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", set()),
    "open quotation": ("po-syntax", 5, (GOOD + 'msgid "Two"\nmsgstr "Never give').encode(), {"One"}),
    "open msgid": ("po-syntax", 4, (GOOD + 'msgid "Two\nmsgstr "สอง"\n').encode(), {"One"}),
    "two open": ("po-syntax", 5, (GOOD + 'msgid "Two\nmsgstr "สอง\n').encode(), {"One"}),
    "words between": ("po-syntax", 6, (GOOD + 'msgid "Two"\nmsgstr "สอง"\nlost words\n').encode(), {"One"}),
    "twice": ("po-duplicate", 4, (GOOD + 'msgid "One"\nmsgstr "สอง"\n').encode(), {"One"}),
    "plural": ("po-syntax", 4, (GOOD + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "ก"\n').encode(), {"One"}),
    "context": ("po-syntax", 5, (GOOD + 'msgctxt "x"\nmsgid "One"\nmsgstr "ก"\n').encode(), {"One"}),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_a_problem_with_its_place(tmp_path: Path, name: str) -> None:
    code, line, data, left = DAMAGED[name]
    path = tmp_path / "page.po"
    path.write_bytes(data)
    messages, problems = store.read(path, "locales/page.po")
    found = [(problem.file, problem.line, problem.code) for problem in problems]
    assert ("locales/page.po", line, code) in found
    assert set(messages.found) == left
    assert all(messages.found[msgid].msgstr == "หนึ่ง" for msgid in left)


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.po", tmp_path):
        _messages, problems = store.read(path, "page.po")
        assert [problem.code for problem in problems] == ["po-unreadable"]


def test_a_wrong_charset_in_the_header_changes_no_letter(tmp_path: Path) -> None:
    path = tmp_path / "page.po"
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=iso-8859-1\\n"\n\n' + GOOD, "utf-8")
    messages, problems = store.read(path, "page.po")
    assert (messages.found["One"].msgstr, problems) == ("หนึ่ง", [])


PIECES = st.sampled_from(
    [
        'msgid "',
        'msgstr "',
        '"',
        "\n",
        "#, fuzzy\n",
        "#~ ",
        "msgid_plural ",
        "msgstr[0] ",
        "msgctxt ",
        "\\",
        "a",
        "#| ",
        '"Content-Type: text/plain; charset=x\\n"',
        '"Plural-Forms: nplurals=9; plural=n\\n"',
        '"POT-Creation-Date: x\\n"',
    ]
)


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(str.encode)
    | st.lists(PIECES).map(lambda parts: "".join(parts).encode())
)
def test_reading_never_fails(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("damaged") / "page.po"
    path.write_bytes(data)
    store.read(path, "page.po")


LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip)


@given(
    st.dictionaries(LINE, st.tuples(LINE, st.booleans()), max_size=5),
    st.dictionaries(LINE, LINE, max_size=3),
)
def test_what_is_written_is_read_again_and_stays_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[str, tuple[str, bool]], gone: dict[str, str]
) -> None:
    messages = store.Messages(
        {msgid: store.Message(msgid, msgstr, fuzzy=fuzzy) for msgid, (msgstr, fuzzy) in texts.items()},
        [store.Message(msgid, msgstr) for msgid, msgstr in gone.items() if msgid not in texts],
    )
    path = tmp_path_factory.mktemp("written") / "page.po"
    assert store.write(path, messages, "th", "page")
    before = path.read_bytes()
    again, problems = store.read(path, "page.po")
    assert problems == []
    assert {msgid: (one.msgstr, one.fuzzy) for msgid, one in again.found.items()} == texts
    assert [(one.msgid, one.msgstr) for one in again.obsolete] == [(one.msgid, one.msgstr) for one in messages.obsolete]
    assert not store.write(path, again, "th", "page")
    assert path.read_bytes() == before


def test_a_comment_of_a_translator_stays(tmp_path: Path) -> None:
    path = tmp_path / "page.po"
    path.write_text("# ask the\n# nurses\n" + GOOD, "utf-8")
    store.write(path, store.read(path, "page.po")[0], "th", "page")
    assert '# ask the\n# nurses\nmsgid "One"\n' in path.read_text("utf-8")


def test_a_file_holds_no_dates_and_no_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "page.po"
    long = "word " * 60 + "end"
    store.write(path, store.Messages({long: store.Message(long)}), "th", "page")
    text = path.read_text("utf-8")
    assert "Date" not in text and "#:" not in text
    assert f'msgid "{long}"\n' in text
    assert [one.name for one in tmp_path.iterdir()] == ["page.po"]
