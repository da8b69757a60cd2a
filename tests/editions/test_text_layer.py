"""Copied and searched text is the source text, and the pages look and read as before."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from guidepress.editions.text_layer import repair
from guidepress.problems import PipelineError

FOLDERS = [Path(str(files("justmytype_intl_sea") / "fonts")), Path(str(files("fontpkg_noto_sans") / "files"))]
FONTS = [path for folder in FOLDERS for path in sorted(folder.rglob("*.ttf"))]
FAMILIES = {"km": "Noto Sans Khmer", "lo": "Noto Sans Lao", "my": "Noto Sans Myanmar", "th": "Noto Sans Thai"}
CLUSTERS = {
    "km": "ត្រូវ ខ្ញុំ ស្ត្រី ដោយ ហើយ គ្រួសារ បុគ្គលិក សង្គម ផ្សេង\u2060ៗ ស្ដី ស្តី អ្នក កន្លែង ផ្ទះ ប៉ា ស៊ី រៀបចំ ក៏ ឲ្យ នៅ\u200bផ្ទះ។",
    "lo": "ຜູ້ລອດຊີວິດ ນໍ້າ ນ້ຳ ກຳນົດ ຕ່າງ\u2060ໆ ຫຼາຍ ຫລາຍ ເຫຼືອ ປຶ້ມ ຊື່ ເຂົ້າໃຈ ຄຳ ເພື່ອນ ຢູ່ ໝູ່ ໜ້າ ແກ້ວ",
    "my": "အင်္ဂလိပ် ကျွန်ုပ် ပြဿနာ ဥက္ကဋ္ဌ သတ္တဝါ မြန်မာ လုံခြုံ ကြိုး ဖြစ်ရပ် ညွှန်း ဝင်ဆံ့ရေး ယန္တရား သင်္ဘော ဤ၊ ၎င်း။",
    "th": "น้ำ น้ํา ปี ปู่ ป้า ป๊ำ ผู้ป่วย ฝั่ง ญาติ ญุ ฐานะ ฐุ กำหนด กิ๊ก ปั๊ม ฟื้น ที่ พี่ เปลี่ยน สิทธิ์ ๆ ฯลฯ",
}
CONSONANTS = {
    "km": "កខគងចជញដតថទនបផពភមយរលវសហអ",
    "lo": "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢລວຫອຮ",
    "my": "ကခဂငစဆဇညဋတထဒဓနပဖဗဘမယရလဝသဟအ",
    "th": "กขคงจชซญฎฐดตถทนบปผฝพฟมยรลวศสหอฮ",
}
SYLLABLES = {
    "km": "{0}[្{1}][ាិីុូំះ៉់]|{0}្{1}[េែៃោៅើួឿៀ]|{0}[េោើ]|{0}ុំ|{0}",
    "lo": "{0}[ະາິີຶືຸູ]|{0}[ິີຶືຸູ][່້]|[ເແໂໃໄ]{0}[່້]|{0}ໍ້າ|{0}ຳ|{0}ົວ",
    "my": "{0}[ာိီုူေဲံ့း်]|{0}[ျြွှ][ာိုေ]|{0}္{1}|င်္{0}|{0}ို့|{0}ြွေ|{0}",
    "th": "{0}[ะาิีึืุู]|{0}[ิีึืั][่้๊๋]|[เแโใไ]{0}[่้]|{0}้ำ|{0}ำ|{0}ุ่|{0}",
}


def set_in_type(language: str, paragraphs: list[str], extra: str = "") -> bytes:
    shown = [f'#"{paragraph}"\n\n*#"{paragraph}"*\n\n#text(weight: 500)[#"{paragraph}"]' for paragraph in paragraphs]
    source = "\n".join(
        [
            '#set document(title: "Sample")',
            f'#set text(lang: "{language}", font: ("{FAMILIES[language]}", "Noto Sans"), size: 9.5pt)',
            "#set page(width: 120mm, height: 180mm)",
            "= Sample",
            *(f"{text}\n" for text in shown),
            extra,
        ]
    )
    return bytes(
        typst.compile(
            source.encode(),
            font_paths=[str(folder) for folder in FOLDERS],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=datetime(2025, 1, 1, tzinfo=UTC),
        )
    )


def with_pypdf(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def with_pdfium(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def with_poppler(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


READERS: Mapping[str, Callable[[bytes], str]] = {"pypdf": with_pypdf, "pdfium": with_pdfium, "poppler": with_poppler}


def solid(text: str) -> str:
    return re.sub(r"[\s\u2060\u200b]", "", text)


def expected(paragraphs: list[str]) -> str:
    return "Sample" + "".join(solid(paragraph) * 3 for paragraph in paragraphs)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", CLUSTERS)
def test_copied_text_is_the_source_text(language: str, reader: str) -> None:
    words = CLUSTERS[language]
    pdf, problems = repair(set_in_type(language, [words]), words, FONTS)
    assert problems == []
    copied = READERS[reader](pdf)
    assert solid(copied) == expected([words])
    assert "\u2060" not in copied


@st.composite
def words(draw: st.DrawFn, language: str) -> list[str]:
    def syllable() -> str:
        letters = CONSONANTS[language]
        shape = draw(st.sampled_from(SYLLABLES[language].split("|")))
        shape = re.sub(r"\[([^]]+)\]", lambda choice: draw(st.sampled_from(choice[1].replace("{1}", ""))), shape)
        return shape.format(draw(st.sampled_from(letters)), draw(st.sampled_from(letters)))

    return ["".join(syllable() for _ in range(draw(st.integers(1, 4)))) for _ in range(60)]


@pytest.mark.parametrize("language", CLUSTERS)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_any_word_can_be_copied(language: str, data: st.DataObject) -> None:
    paragraph = " ".join(data.draw(words(language)))
    pdf, problems = repair(set_in_type(language, [paragraph]), paragraph, FONTS)
    assert problems == []
    for read in READERS.values():
        assert solid(read(pdf)) == expected([paragraph])


@pytest.mark.parametrize("language", CLUSTERS)
def test_pages_look_the_same(language: str) -> None:
    before = set_in_type(language, [CLUSTERS[language]])
    after, _ = repair(before, CLUSTERS[language], FONTS)
    # Drawn large and reduced: glyphs are put on whole pixels, which moves the marks by up to half of one.
    images = [
        page.render(scale=1200 / 72, grayscale=True).to_pil().reduce(8)
        for pdf in (before, after)
        for page in pypdfium2.PdfDocument(pdf)
    ]
    assert len(images) == 2
    assert ImageChops.difference(*images).getextrema()[1] < 64


def test_tags_language_links_and_standards_are_kept() -> None:
    before = set_in_type("km", [CLUSTERS["km"]], '#link("https://example.org")[#"ខ្ញុំ"]\n\n#table(columns: 1)[#"ស្ត្រី"]')
    after, _ = repair(before, CLUSTERS["km"], FONTS)
    with pikepdf.open(io.BytesIO(before)) as old, pikepdf.open(io.BytesIO(after)) as new:
        assert new.Root.Lang == old.Root.Lang
        assert new.Root.Metadata.read_bytes() == old.Root.Metadata.read_bytes()
        assert tags(new.Root.StructTreeRoot) == tags(old.Root.StructTreeRoot)
        for there, here in zip(old.pages, new.pages, strict=True):
            marked = [re.findall(rb"/MCID (\d+)", page.obj.Contents.read_bytes()) for page in (there, here)]
            assert marked[0] == marked[1]
            assert len(there.obj.get("/Annots", [])) == len(here.obj.get("/Annots", []))


def tags(element: pikepdf.Object) -> list[str]:
    found = [str(element.get("/S", ""))]
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += tags(kid)
    return found


def test_the_same_input_gives_the_same_bytes() -> None:
    before = set_in_type("lo", [CLUSTERS["lo"]])
    assert repair(before, CLUSTERS["lo"], FONTS) == repair(before, CLUSTERS["lo"], FONTS)


def test_a_font_that_is_not_given_is_a_problem_not_silence() -> None:
    before = set_in_type("th", [CLUSTERS["th"]])
    other = [font for font in FONTS if "Lao" in font.name]
    _, problems = repair(before, CLUSTERS["th"], other)
    assert {problem.code for problem in problems} == {"text-glyph"}
    assert "NotoSansThai" in problems[0].message


def test_a_glyph_that_no_text_explains_is_a_problem() -> None:
    with pikepdf.open(io.BytesIO(set_in_type("th", ["ที่"]))) as document:
        for font in document.objects:
            if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font:
                table = font.ToUnicode.read_bytes().replace(b"<0E170E350E48>", b"<0E010E01>")
                font.ToUnicode = document.make_stream(table)
        broken = io.BytesIO()
        document.save(broken)
    _, problems = repair(broken.getvalue(), "", FONTS)
    assert {problem.code for problem in problems} == {"text-glyph"}
    healed, problems = repair(broken.getvalue(), "ที่", FONTS)
    assert problems == []
    assert solid(with_pypdf(healed)) == "Sample" + "ที่" * 3


def test_a_pdf_that_is_not_read_is_an_error() -> None:
    with pytest.raises(PipelineError, match="cannot be opened"):
        repair(b"no pdf", "", FONTS)
