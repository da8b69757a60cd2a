"""Where a line may not end, seen in lines that Typst makes as short as it can."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from guidepress.editions.pdf import compile_source
from guidepress.editions.text_layer import repair
from guidepress.editions.text_layer_pages import shown_pages
from guidepress.ext.typst.breaks import Breaks, clusters
from guidepress.ext.typst.markup import string
from guidepress.fonts import font_files

WORDS = {
    "th": ("Noto Sans Thai", "กัมพูชา", "ในประเทศกัมพูชามี"),
    "lo": ("Noto Sans Lao", "ກຳປູເຈຍ", "ໃນປະເທດກຳປູເຈຍມີ"),
    "km": ("Noto Sans Khmer", "សូចនាករ", "នេះជាសូចនាករសំខាន់"),
    "my": ("Noto Sans Myanmar", "ကမ္ဘောဒီးယား", "ကျွန်တော်ကမ္ဘောဒီးယားသွား"),
}


def lines(folder: Path, font: str, lang: str, text: str) -> list[str]:
    source = (
        '#set document(title: "T")\n#set page(width: 2pt, height: 800pt, margin: 0pt)\n'
        f'#set text(font: "{font}", size: 8pt, lang: "{lang}")\n#{string(text)}\n'
    )
    (folder / "book.typ").write_text(source, "utf-8")
    data, problems = compile_source(folder / "book.typ", datetime(2026, 1, 2, tzinfo=UTC), {})
    data, unmatched = repair(data, text, font_files())
    assert problems == unmatched == []
    found: dict[float, str] = {}
    for run in next(shown_pages(data)).runs:
        at = round(run.on_page()[5])
        found[at] = found.get(at, "") + "".join(glyph.text for glyph in run.glyphs)
    return list(found.values())


@pytest.mark.parametrize("code", WORDS)
def test_a_word_of_the_list_stays_on_one_line(tmp_path: Path, code: str) -> None:
    font, word, text = WORDS[code]
    parted = lines(tmp_path, font, code, text)
    assert len(parted) > 1 and not any(word in line for line in parted), "this word needs no list"
    whole = lines(tmp_path, font, code, Breaks([word]).join(text))
    assert "".join(whole) == text
    assert any(word in line for line in whole)


def test_a_letter_stays_with_all_that_is_drawn_with_it() -> None:
    assert clusters("កម្ពុជា") == ["ក", "ម្ពុ", "ជា"]
    assert clusters("ကမ္ဘောဒီးယား") == ["က", "မ္ဘော", "ဒီး", "ယား"]
    assert clusters("เวียดนาม") == ["เวี", "ย", "ด", "นา", "ม"]
    assert clusters("ทำงาน") == ["ทำ", "งา", "น"]


def test_words_of_the_list_may_overlap_and_hold_each_other() -> None:
    breaks = Breaks(["กขค", "ขคง", "กข"])
    assert breaks.join("กขคง กข") == "ก\u2060ข\u2060ค\u2060ง ก\u2060ข"
    assert breaks.join("คง") == "คง"
    assert Breaks([]).join("กข") == "กข"


def test_a_sign_of_repetition_stays_with_its_word() -> None:
    plain = Breaks()
    assert plain.join("ផ្សេងៗ") == "ផ្សេង\u2060ៗ"
    assert plain.join("อื่น ๆ และ") == "อื่น\u00a0ๆ และ"
    assert plain.join("ต่างๆ ຕ່າງໆ") == "ต่าง\u2060ๆ ຕ່າງ\u2060ໆ"
