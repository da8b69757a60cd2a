"""The miniature book `roots/html`, rendered once in all its languages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from guidepress.book import Book
from guidepress.editions.render import Rendered, extract, render
from guidepress.problems import Problem

ROOT = Path(__file__).parents[1] / "roots" / "html"


class Page(HTMLParser):
    """Elements of a page as (tag, attributes, text, language in force)."""

    VOID = {"meta", "link", "input", "img", "br", "hr", "col"}

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str], str]] = []
        self.open: list[tuple[str, dict[str, str], list[str], str]] = []
        self.source = path.read_text("utf-8")
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        inherited = self.open[-1][3] if self.open else ""
        element = (tag, given, [], given.get("lang", inherited))
        self.elements.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in (element[0] for element in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element[2].append(data)

    def texts(self, tag: str, **wanted: str) -> list[str]:
        """The text of each such element; `class_` asks for one of its classes."""
        return [
            " ".join("".join(text).split())
            for name, attrs, text, _lang in self.elements
            if name == tag and all(value in attrs.get(key.rstrip("_"), "").split() for key, value in wanted.items())
        ]

    def language_of(self, words: str) -> str:
        """The language in force where these words stand alone in an element, the innermost one."""
        return [lang for _tag, _attrs, text, lang in self.elements if words in "".join(text)][-1]


@dataclass(frozen=True)
class Site:
    folder: Path
    rendered: dict[str, Rendered]

    def page(self, name: str) -> Page:
        return Page(self.folder / f"{name}.html")


def _status(book: Book) -> list[dict[str, object]]:
    return [
        {"code": lang.code, "tag": lang.tag, "autonym": lang.autonym, "coverage": 0.5, "step": 1}
        for lang in book.languages.values()
    ]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """All editions of the miniature book, rendered one after the other in this process."""
    top = tmp_path_factory.mktemp("html")
    shutil.copytree(ROOT, top / "book")
    book = Book.at(top / "book")
    status = _status(book)
    rendered = {
        lang.code: render(book, lang, status, top / "site" / lang.code, None) for lang in book.languages.values()
    }
    return Site(top / "site", rendered)


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The miniature book of forms, drawings and copies: its pages, its Typst books and its messages."""
    top = tmp_path_factory.mktemp("tools")
    shutil.copytree(ROOT.parent / "tools", top / "book")
    book = Book.at(top / "book")
    rendered = {
        lang.code: render(book, lang, _status(book), top / lang.code, top / lang.code / "typst")
        for lang in book.languages.values()
    }
    extract(book)
    shutil.copytree(book.templates, top / "gettext")
    assert [problem for one in rendered.values() for problem in one.problems] == []
    return Site(top, rendered)


@pytest.fixture
def problems_of(tmp_path: Path) -> Callable[[str], tuple[Problem, ...]]:
    """Render the English book into `site` with this text as its page `visits`; what is wrong with it."""

    def rendered(text: str) -> tuple[Problem, ...]:
        shutil.copytree(ROOT, tmp_path / "book", dirs_exist_ok=True)
        (tmp_path / "book/guidebook/services/visits.md").write_text(text, "utf-8")
        book = Book.at(tmp_path / "book")
        result = render(book, book.source_language, _status(book), tmp_path / "site", None)
        return result.problems

    return rendered
