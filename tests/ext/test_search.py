"""The index holds every word a reader sees, in the words of the edition."""

from __future__ import annotations

import json
from typing import Any


def index(site: Any, code: str) -> dict[str, list[list[str]]]:
    source = (site.folder / code / "_static/search-index.js").read_text("utf-8")
    return dict(json.loads(source.removeprefix("window.guideIndex=").removesuffix(";\n")))


def test_every_page_is_in_the_index(site: Any) -> None:
    assert set(index(site, "th")) == {"index.html", "services/home.html", "services/visits.html"}


def test_sections_hold_translated_text_with_references_resolved(site: Any) -> None:
    first, helps, checklist = index(site, "th")["services/home.html"]
    assert first == ["", "ที่อยู่อาศัย", "คืนนี้คนต้องมีที่นอนที่ปลอดภัย This sentence has no translation."]
    assert helps[0] == "what-helps"
    assert "Places to look at When Price Tonight 12" in helps[2]
    assert "ผู้รับบริการเห็นสถานที่ก่อน" in checklist[2]
    assert "อ่าน ที่อยู่อาศัย ก่อน" in index(site, "th")["index.html"][0][2]


def test_sphinx_writes_no_index_of_its_own(site: Any) -> None:
    assert not (site.folder / "th/searchindex.js").exists()
    assert (site.folder / "th/search.html").exists()


def test_search_boxes_lead_to_the_search_page(site: Any) -> None:
    forms = [attrs for tag, attrs, _text, _lang in site.page("th/services/home").elements if tag == "form"]
    assert [form["action"] for form in forms] == ["../search.html"]


def test_a_copy_of_a_checklist_is_not_found_a_second_time(tools: Any) -> None:
    index = (tools.folder / "en/_static/search-index.js").read_text("utf-8")
    assert index.count("The road is known.") == 1
