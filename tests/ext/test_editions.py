"""What each page says about itself: language, label, way out, other editions, and that it calls nobody."""

from __future__ import annotations

import re
from typing import Any

import pytest

PAGES = ("index", "services/home", "services/visits", "search")
FOREIGN = re.compile(r"""<(?:script|img|iframe|link|form)[^>]+(?:src|href|action)=["'](?:https?:)?//""")
TAGS = {"en": "en", "th": "th", "km": "km", "zh_CN": "zh-CN"}


@pytest.mark.parametrize("code", TAGS)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_its_language_label_and_exit(site: Any, code: str, name: str) -> None:
    page = site.page(f"{code}/{name}")
    assert page.elements[0][1]["lang"] == TAGS[code]
    assert page.source.count("DRAFT – ") == 1
    [exit_link] = [attrs for tag, attrs, _text, _lang in page.elements if attrs.get("class") == "quick-exit"]
    assert exit_link["href"].startswith("https://weather.example/")
    assert "noreferrer" in exit_link["rel"]
    assert '<meta name="referrer" content="no-referrer">' in page.source


def test_the_label_stands_in_both_languages(site: Any) -> None:
    page = site.page("th/services/home")
    assert page.language_of("ร่าง – แปลด้วยเครื่อง") == "th"
    assert page.language_of("DRAFT – machine translation") == "en"


@pytest.mark.parametrize(
    "words",
    [
        "This sentence has no translation.",
        "Places to look at",
        "Price",
        "Words you can use",
        "Where did you sleep?",
        "This item has no translation.",
        "A note about beds.",
    ],
)
def test_text_left_in_english_says_so(site: Any, words: str) -> None:
    assert site.page("th/services/home").language_of(words) == "en"


def test_a_page_without_a_catalogue_is_english_throughout(site: Any) -> None:
    page = site.page("th/services/visits")
    assert page.language_of("Visits are agreed with the person.") == "en"
    assert page.language_of("The time suits the person.") == "en"


def test_translated_text_and_bare_numbers_do_not(site: Any) -> None:
    page = site.page("th/services/home")
    assert page.language_of("คืนนี้คนต้องมีที่นอน") == "th"
    assert [lang for tag, _attrs, text, lang in page.elements if tag == "p" and text == ["12"]] == ["th"]


def test_a_list_of_checklists_says_which_titles_are_english(site: Any) -> None:
    assert site.page("th/index").language_of("Before a visit") == "en"
    assert site.page("th/index").language_of("ที่นี่อิสระหรือไม่") == "th"


def test_source_edition_marks_nothing(site: Any) -> None:
    article = site.page("en/services/home").source.partition('<section id="home">')[2]
    assert "lang=" not in article.partition("</article>")[0]


def test_a_language_does_not_show_words_of_the_one_rendered_before(site: Any) -> None:
    article = site.page("km/services/home").source.partition("<article")[2].partition("</article>")[0]
    assert not re.search("[\u0e00-\u0e7f]", article)


def test_page_titles_are_number_title_and_short_name(site: Any) -> None:
    assert site.page("en/services/home").texts("title")[0] == "8. A place to live – The Short Book"
    assert site.page("th/index").texts("title")[0] == "หนังสือเล่มสั้น"


def test_switcher_leads_to_the_same_page_and_to_the_pdf(site: Any) -> None:
    page = site.page("th/services/home")
    links = {attrs["hreflang"]: attrs for tag, attrs, _text, _lang in page.elements if "hreflang" in attrs}
    assert {tag: attrs["href"] for tag, attrs in links.items()} == {
        "en": "../../en/services/home.html",
        "th": "../../th/services/home.html",
        "km": "../../km/services/home.html",
        "zh-CN": "../../zh_CN/services/home.html",
    }
    assert links["th"]["aria-current"] == "true"
    assert any(attrs.get("href") == "../../pdf/guidebook-th.pdf" for _tag, attrs, _text, _lang in page.elements)


def test_no_page_asks_another_host_for_anything(site: Any) -> None:
    for path in site.folder.rglob("*.html"):
        source = path.read_text("utf-8")
        assert "Content-Security-Policy" in source
        assert not FOREIGN.search(source), path


def test_status_table_names_every_language(site: Any) -> None:
    page = site.page("th/index")
    cells = page.texts("td")
    assert [cell.removeprefix(head) for cell, head in zip(cells, ("", "Translated", "Review step"), strict=False)] == [
        "English", "50 %", "1",
    ]  # fmt: skip
    assert "简体中文" in cells
    assert [lang for tag, _attrs, text, lang in page.elements if tag == "span" and text == ["简体中文"]] == ["zh-cn"]


def test_fonts_come_with_scripts_that_need_them(site: Any) -> None:
    fonts = sorted(path.name for path in (site.folder / "th/_static/fonts").iterdir())
    assert fonts == ["th-400.woff2", "th-700.woff2"]
    assert "U+E00-E7F" in (site.folder / "th/_static/fonts.css").read_text("utf-8")
    assert not (site.folder / "zh_CN/_static/fonts.css").exists()
