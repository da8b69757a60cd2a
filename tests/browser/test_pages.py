"""Pages in a real browser, opened from a folder and from a server: ticks, search, the way out, phones, no calls."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from guidepress.book import Book
from guidepress.editions.render import render

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1] / "roots" / "html"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Requests are not of interest."""


@pytest.fixture(scope="module", params=["folder", "server"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the editions lie, without a slash at the end."""
    top = tmp_path_factory.mktemp("browser")
    shutil.copytree(ROOT, top / "book")
    book = Book.at(top / "book")
    for code in ("en", "th"):
        render(book, book.language(code), [], top / "site" / code, None)
    if request.param == "folder":
        yield (top / "site").as_uri()
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(top / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A phone; a message on its console, or a call to another host than the exit site, fails the test."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    said: list[str] = []
    called: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: called.append(request.url))
    page.route(
        "https://weather.example/**",
        lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"),
    )
    yield page
    assert not said
    assert not [url for url in called if not url.startswith((address, "https://weather.example/", "data:"))]
    context.close()


def found(page: Page) -> list[str]:
    return page.locator("#search-results li a").all_inner_texts()


@pytest.mark.parametrize("name", ["en/index", "en/services/home", "th/services/home", "th/search"])
def test_a_phone_needs_no_sideways_scroll(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{name}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_table_on_a_phone_says_what_each_cell_is(page: Page, address: str) -> None:
    page.goto(f"{address}/en/services/visits.html")
    row, head = page.locator("tbody tr").first, page.locator("thead")

    def shown() -> str:
        return " ".join(row.inner_text().split())

    assert shown() == "First week Who comes A friend What to ask Is it a good day?"
    assert not head.is_visible()
    page.set_viewport_size({"width": 1000, "height": 740})
    assert shown() == "First week A friend Is it a good day?"
    assert " ".join(head.inner_text().split()) == "When Who comes What to ask"


def test_styles_scripts_and_fonts_are_let_in(page: Page, address: str) -> None:
    page.goto(f"{address}/th/services/home.html")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px Guide', 'ที่อยู่')")
    assert page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').length") >= 1
    assert page.evaluate("getComputedStyle(document.querySelector('.quick-exit')).position") == "fixed"


def test_the_policy_stops_third_parties(browser: Browser, address: str) -> None:
    page = browser.new_page()
    called: list[str] = []
    page.route("https://tracker.example/**", lambda route: called.append(route.request.url) or route.abort())
    page.goto(f"{address}/en/index.html")
    blocked = page.evaluate(
        """() => new Promise(done => {
            const blocked = [];
            addEventListener("securitypolicyviolation", event => {
                blocked.push(event.effectiveDirective);
                if (blocked.length === 3) done(blocked.sort());
            });
            new Image().src = "https://tracker.example/pixel.gif";
            const script = document.createElement("script");
            script.src = "https://tracker.example/count.js";
            document.head.append(script);
            fetch("https://tracker.example/send").catch(() => {});
        })"""
    )
    assert blocked == ["connect-src", "img-src", "script-src-elem"]
    assert called == []
    page.close()


def test_ticks_are_kept_shared_between_languages_and_cleared(page: Page, address: str) -> None:
    page.goto(f"{address}/en/services/home.html")
    page.get_by_label("The person has the key.").check()
    page.goto(f"{address}/th/services/home.html")
    box = page.locator("[data-box='place-free.2']")
    assert box.is_checked()
    assert not page.locator("[data-box='place-free.1']").is_checked()
    page.locator(".clear-ticks").click()
    assert not box.is_checked()
    page.reload()
    assert not box.is_checked()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(
    ("code", "query", "page_title"),
    [
        ("th", "นอนที่ปลอดภัย", "8. ที่อยู่อาศัย"),
        ("th", "กุญแจ", "Checklist"),
        ("en", "SAFE bed", "A place to live"),
        ("en", "bun cha", "What helps"),
        ("en", "duong", "What helps"),
        ("en", "time suits", "Visits"),
    ],
)
def test_search_finds_pieces_of_text(page: Page, address: str, code: str, query: str, page_title: str) -> None:
    page.goto(f"{address}/{code}/search.html#q={quote(query)}")
    results = found(page)
    assert len(results) == 1
    assert page_title.removeprefix("8. ") in results[0]
    assert page.locator("#search-results mark").count() >= 1


def test_search_says_when_nothing_is_found(page: Page, address: str) -> None:
    page.goto(f"{address}/en/search.html#q=zebra")
    assert found(page) == []
    assert "Nothing found" in page.locator("#search-results").inner_text()


def test_a_query_is_never_markup(page: Page, address: str) -> None:
    page.goto(f"{address}/en/search.html#q={quote('<img src=x onerror=alert(1)> bed')}")
    assert page.locator("#search-results img").count() == 0


def test_the_search_box_of_a_page_leads_to_marked_words(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1300, "height": 800})
    page.goto(f"{address}/en/services/visits.html")
    page.locator(".sidebar-search").fill("key")
    page.locator(".sidebar-search").press("Enter")
    page.locator("#search-results a").click()
    page.wait_for_selector("article mark")
    assert page.url.endswith("services/home.html#checklist")
    assert page.locator("article mark").all_inner_texts() == ["key"]
    page.close()


def test_search_again_from_the_search_page(page: Page, address: str) -> None:
    page.goto(f"{address}/en/search.html")
    page.locator(".book-search input").fill("suits")
    page.locator(".book-search input").press("Enter")
    page.wait_for_selector("#search-results a")
    assert page.url.endswith("/en/search.html#q=suits")


def test_the_exit_replaces_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}/en/index.html")
    before = page.evaluate("history.length")
    page.locator(".quick-exit").click()
    page.wait_for_url("https://weather.example/")
    assert page.evaluate("history.length") == before
    assert page.evaluate("document.referrer") == ""


def test_shift_three_times_leaves(page: Page, address: str) -> None:
    page.goto(f"{address}/th/index.html")
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://weather.example/th")


def test_the_exit_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route("https://weather.example/**", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto(f"{address}/en/index.html")
    page.locator(".quick-exit").click()
    page.wait_for_url("https://weather.example/")
    context.close()


def test_the_exit_stays_in_reach(page: Page, address: str) -> None:
    page.goto(f"{address}/en/services/home.html")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    place = page.locator(".quick-exit").bounding_box()
    assert place is not None
    assert 0 <= place["y"] < 60
    assert place["height"] >= 40


def test_paper_shows_the_label_and_boxes_but_no_buttons(page: Page, address: str) -> None:
    page.goto(f"{address}/th/services/home.html")
    page.emulate_media(media="print")
    assert page.locator(".draft-label").is_visible()
    assert page.locator("[data-box='place-free.1']").is_visible()
    assert not page.locator(".quick-exit").is_visible()
    assert not page.locator(".clear-ticks").is_visible()
