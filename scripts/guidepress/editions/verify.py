"""Opens each artefact before it is listed, and proves what a reader relies on."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache
from html.parser import HTMLParser
from os.path import normpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from guidepress.languages import Language
from guidepress.problems import Problem

REQUESTING = {
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("video", "src"),
    ("audio", "src"),
    ("object", "data"),
    ("embed", "src"),
    ("form", "action"),
}
NOT_FETCHED = {"canonical", "alternate", "next", "prev", "search", "index", "author", "license"}
STYLE_URL = re.compile(r"""(?:url\(\s*|@import\s+)["']?\s*((?:https?:)?//[^"')\s]+)""", re.I)


class _Page(HTMLParser):
    """Language, anchors, links and requests of one page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lang = ""
        self.ids: set[str] = set()
        self.links: list[tuple[int, str]] = []
        self.requests: list[tuple[int, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if tag == "html":
            self.lang = given.get("lang", "")
        if "id" in given:
            self.ids.add(given["id"])
        for name, value in given.items():
            if name in ("href", "src"):
                self.links.append((line, value))
            if (tag, name) in REQUESTING and not (tag == "link" and given.get("rel") in NOT_FETCHED):
                self.requests.append((line, value))
        self.requests += [(line, url) for url in STYLE_URL.findall(given.get("style", ""))]


def verify_html(folder: Path, language: Language, pages: Collection[str], name: str) -> list[Problem]:
    """Right language, no page missing, no dead internal link, no request to another host."""
    folder = folder.resolve()
    parsed = {path: _Page(path.read_text("utf-8")) for path in sorted(folder.rglob("*.html"))}
    problems = [
        Problem(f"{name}/{page}.html", 0, "page-missing", "this page of the book was not written")
        for page in pages
        if folder / f"{page}.html" not in parsed
    ]
    exists = cache(Path.exists)
    for path, page in parsed.items():
        file = f"{name}/{path.relative_to(folder).as_posix()}"
        if page.lang != language.tag:
            problems.append(Problem(file, 1, "html-lang", f"lang is {page.lang!r}, not {language.tag!r}"))
        problems += [
            Problem(file, line, "foreign-request", f"the page would call {url}")
            for line, url in page.requests
            if urlsplit(url).netloc
        ]
        problems += [
            Problem(file, line, "dead-link", f"{target} leads nowhere")
            for line, target in page.links
            if _is_dead(target, path, parsed, folder, exists)
        ]
    for style in folder.rglob("*.css"):
        problems += [
            Problem(f"{name}/{style.relative_to(folder).as_posix()}", 0, "foreign-request", f"would call {url}")
            for url in STYLE_URL.findall(style.read_text("utf-8", "replace"))
        ]
    return problems


def _is_dead(
    link: str, page: Path, parsed: dict[Path, _Page], folder: Path, exists: Callable[[Path], bool]
) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return False
    if not parts.path:
        return bool(parts.fragment) and unquote(parts.fragment) not in parsed[page].ids
    # Not Path.resolve, which asks the disk about each part of each of thousands of links.
    target = Path(normpath(page.parent / unquote(parts.path)))
    if not target.is_relative_to(folder):
        # Other editions are proved on their own.
        return False
    if not target.suffix:
        target = target / "index.html"
    if target.suffix == ".html" and parts.fragment and not parts.fragment.startswith("q="):
        known = parsed.get(target)
        return known is None or unquote(parts.fragment) not in known.ids
    return not exists(target)


def verify_pdf(path: Path, language: Language, titles: Iterable[str], name: str) -> tuple[int, list[Problem]]:
    """Opens, and has language, title, outline with these chapter titles, embedded fonts; gives its pages too."""
    try:
        reader = PdfReader(path)
        pages = len(reader.pages)
    except (PyPdfError, OSError, ValueError) as error:
        return 0, [Problem(name, 0, "pdf-broken", f"cannot be opened: {error}")]
    problems = []
    root = reader.root_object
    lang = str(root.get("/Lang", ""))
    if not lang.lower().startswith(language.base):
        problems.append(Problem(name, 0, "pdf-lang", f"/Lang is {lang!r}"))
    if not (reader.metadata and reader.metadata.title):
        problems.append(Problem(name, 0, "pdf-title", "has no title"))
    if "/StructTreeRoot" not in root:
        problems.append(Problem(name, 0, "pdf-tags", "is not tagged"))
    outline = {" ".join(entry.split()) for entry in _outline(reader.outline)}
    for title in titles:
        if not any(_plain(title) in _plain(entry) for entry in outline):
            problems.append(Problem(name, 0, "pdf-outline", f"chapter {title!r} is not in the outline"))
    for font in _fonts(reader):
        if not _embedded(font):
            problems.append(Problem(name, 0, "pdf-font", f"{font.get('/BaseFont')} is not embedded"))
    return pages, problems


def _plain(text: str) -> str:
    return "".join(ch for ch in text if not ch.isspace() and ch not in "\u200b\u2060")


def _outline(entries: Iterable[object]) -> Iterable[str]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry)
        else:
            yield str(getattr(entry, "title", ""))


def _fonts(reader: PdfReader) -> list[DictionaryObject]:
    fonts: dict[str, DictionaryObject] = {}
    for page in reader.pages:
        resources = page.get("/Resources", {}).get_object()
        for font in resources.get("/Font", {}).get_object().values():
            font = font.get_object()
            fonts[str(font.get("/BaseFont"))] = font
    return list(fonts.values())


def _embedded(font: DictionaryObject) -> bool:
    descendants = font.get("/DescendantFonts")
    owner = descendants.get_object()[0].get_object() if descendants is not None else font
    if font.get("/Subtype") == "/Type3":
        return True
    descriptor = owner.get("/FontDescriptor", {}).get_object()
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
