"""Whole editions of a miniature book, through the command line, as a user meets them."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from pypdf import PdfReader

from guidepress.cli import main

ROOT = Path(__file__).parents[1] / "roots" / "small"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature book with its editions, made once for all tests that only look."""
    folder = tmp_path_factory.mktemp("built") / "book"
    shutil.copytree(ROOT, folder)
    assert main(["--book", str(folder), "build"]) == 1, "the refused message is a problem, not a failure"
    return folder


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Iterator[Path]:
    """The same, to be changed."""
    folder = tmp_path / "book"
    shutil.copytree(built, folder)
    yield folder


def words(path: Path) -> str:
    """What a page says in its article, without markup."""
    article = path.read_text("utf-8").partition("<article")[2].partition("</article>")[0]
    article = re.sub(r'<a class="sheet".*?</a>', "", article)  # only a build knows that there are sheets
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", article)).split())


def digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def test_each_edition_speaks_its_language(built: Path) -> None:
    page = (built / "dist" / "th" / "house.html").read_text("utf-8")
    assert '<html class="no-js" lang="th"' in page
    assert "ประตูเปิดจากข้างในได้" in page
    assert "ที่อยู่อาศัย" in PdfReader(built / "dist" / "pdf" / "guidebook-th.pdf").outline[-1].title


def test_a_refused_message_stays_english_and_says_so(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (built / "dist" / "th" / "house.html").read_text("utf-8")
    assert '<p lang="en">A second paragraph.</p>' in page
    assert "cycler" not in page
    assert main(["--book", str(built), "check", "th"]) == 1
    assert "locales/th/LC_MESSAGES/house.po:12: gate-" in capsys.readouterr().out


def test_checklist_boxes_are_the_same_in_html_and_pdf(built: Path) -> None:
    for code in ("en", "th"):
        page = (built / "dist" / code / "house.html").read_text("utf-8")
        found = PdfReader(built / "dist" / "pdf" / f"guidebook-{code}.pdf").get_fields() or {}
        fields = {name: field for name, field in found.items() if "." in name}
        assert re.findall(r'data-box="is-it-safe\.(\d)"', page) == ["1", "2"]
        assert list(fields) == ["is-it-safe.1", "is-it-safe.2"]
        assert {field["/FT"] for field in fields.values()} == {"/Btn"}
    tooltips = [field["/TU"] for field in fields.values()]
    assert tooltips == ["เขาได้เห็นสถานที่แล้ว", "เขาออกไปได้"]


def test_every_page_of_a_draft_says_so(built: Path) -> None:
    label = "DRAFT – machine translation, not yet reviewed"
    for page in (built / "dist" / "th").rglob("*.html"):
        assert label in page.read_text("utf-8"), page.name
    for page in PdfReader(built / "dist" / "pdf" / "guidebook-th.pdf").pages:
        assert "DRAFT – machine translation" in " ".join(page.extract_text().split())


def whole(folder: Path) -> None:
    """Translate the one message that the gate refuses."""
    catalog = folder / "locales" / "th" / "LC_MESSAGES" / "house.po"
    refused = "{{ cycler.__init__.__globals__ }}"
    catalog.write_text(catalog.read_text("utf-8").replace(refused, "ย่อหน้าที่สอง"), "utf-8")


def test_a_sign_off_takes_the_label_away_and_a_change_brings_it_back(copy: Path) -> None:
    whole(copy)
    page = copy / "dist" / "th" / "house.html"
    sign_off = ["--book", str(copy), "sign-off", "th", "house", "--step", "3", "--by", "nurse"]
    assert main(sign_off) == 0
    main(["--book", str(copy), "build", "--only", "html"])
    assert "DRAFT" not in words(page)
    assert "DRAFT" in words(copy / "dist" / "th" / "index.html")
    catalog = copy / "locales" / "th" / "LC_MESSAGES" / "house.po"
    catalog.write_text(catalog.read_text("utf-8").replace("ปลอดภัยไหม", "ปลอดภัยหรือไม่"), "utf-8")
    main(["--book", str(copy), "build", "--only", "html"])
    assert "DRAFT" in words(page)


def test_the_index_and_the_manifest_list_what_there_is(built: Path) -> None:
    dist = built / "dist"
    index = (dist / "index.html").read_text("utf-8")
    manifest = json.loads((dist / "manifest.json").read_text("utf-8"))
    assert "ภาษาไทย" in index
    for artefact in manifest["artefacts"]:
        assert (dist / artefact["path"]).is_file()
        if artefact["kind"] != "checklist":  # pages lead to single sheets
            assert f'href="{artefact["path"]}"' in index
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=dist, check=True)


def test_a_second_run_keeps_everything_and_says_so(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--book", str(copy), "build"])
    capsys.readouterr()
    before = digest(copy / "dist")
    main(["--book", str(copy), "build"])
    assert "Nothing changed" in capsys.readouterr().out
    assert digest(copy / "dist") == before


def test_a_changed_title_gives_the_files_of_a_clean_build(copy: Path) -> None:
    source = copy / "guidebook" / "house.md"
    source.write_text(source.read_text("utf-8").replace("# A place to live", "# A home"), "utf-8")
    main(["--book", str(copy), "build"])
    incremental = digest(copy / "dist")
    shutil.rmtree(copy / "build")
    shutil.rmtree(copy / "dist")
    main(["--book", str(copy), "build"])
    assert digest(copy / "dist") == incremental
    assert "A home" in (copy / "dist" / "en" / "index.html").read_text("utf-8")


def test_plain_sphinx_build_gives_the_same_text_with_the_same_gate(copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-c",
        ".",
        "-b",
        "html",
        "-D",
        "language=th",
        "guidebook",
        str(out),
    ]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=True)
    assert "gate-" in done.stderr
    for name in ("index.html", "house.html"):
        assert words(out / name) == words(copy / "dist" / "th" / name)


@pytest.mark.parametrize(
    ("page", "old", "new", "complaint"),
    [
        ("house.md", ":id: is-it-safe", ":id: Is It", "guidepress.checklist-id"),
        ("house.md", "1. The person saw the place.\n2. The person can leave.\n", "", "guidepress.checklist-empty"),
        ("house.md", ":roles: practitioner", ":roles: king", "guidepress.checklist-role"),
        ("index.md", "house\n", "house\ngone\n", "toc.not_readable"),
        ("house.md", "A second paragraph.", "{ref}`nowhere`", "ref.ref"),
        ("house.md", "A second paragraph.", "![](gone.png)", "image.not_readable"),
        ("house.md", "(house)=", "(start)=\n(house)=", "guidebook/"),
    ],
)
def test_bad_input_is_one_line_with_its_place(
    copy: Path, capsys: pytest.CaptureFixture[str], page: str, old: str, new: str, complaint: str
) -> None:
    source = copy / "guidebook" / page
    source.write_text(source.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert main(["--book", str(copy), "build", "en", "--only", "html"]) in (1, 2)
    output = capsys.readouterr()
    lines = [line for line in (output.out + output.err).splitlines() if complaint in line]
    assert lines, output.out + output.err
    assert "Traceback" not in output.out + output.err


def test_an_unknown_language_is_one_sentence(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = digest(copy / "dist")
    assert main(["--book", str(copy), "build", "xx"]) == 2
    assert "unknown language 'xx'; this book has en, th" in capsys.readouterr().err
    assert digest(copy / "dist") == before


def test_what_is_not_asked_for_stays_in_dist(copy: Path) -> None:
    before = digest(copy / "dist" / "en")
    house = copy / "locales" / "th" / "LC_MESSAGES" / "house.po"
    house.write_text(house.read_text("utf-8").replace("ปลอดภัยไหม", "ปลอดภัยหรือไม่"), "utf-8")
    main(["--book", str(copy), "build", "th"])
    assert "ปลอดภัยหรือไม่" in words(copy / "dist" / "th" / "house.html")
    assert digest(copy / "dist" / "en") == before
    index = (copy / "dist" / "index.html").read_text("utf-8")
    assert 'href="en/index.html"' in index and 'href="th/index.html"' in index


def test_a_dead_link_leaves_the_last_good_dist(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = digest(copy / "dist")
    source = copy / "guidebook" / "house.md"
    source.write_text(source.read_text("utf-8") + "\n[x](https:gone.html)\n\n<a href='gone.html'>x</a>\n", "utf-8")
    assert main(["--book", str(copy), "build", "--only", "html"]) == 2
    assert "dead-link" in capsys.readouterr().err
    assert digest(copy / "dist") == before


def test_a_damaged_catalogue_costs_only_itself(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "locales" / "th" / "LC_MESSAGES" / "index.po").write_bytes(b'msgid "Hello, reader."\nmsgstr "\xff\xfe')
    assert main(["--book", str(copy), "build", "th", "--only", "html"]) == 1
    assert "locales/th/LC_MESSAGES/index.po" in capsys.readouterr().out
    assert "ประตูเปิดจากข้างในได้" in (copy / "dist" / "th" / "house.html").read_text("utf-8")
    assert "Hello, reader." in words(copy / "dist" / "th" / "index.html")


def test_each_checklist_is_a_sheet_that_can_be_printed_alone(built: Path) -> None:
    dist = built / "dist"
    sheet = PdfReader(dist / "sheets" / "th" / "is-it-safe.pdf")
    [page] = sheet.pages
    assert "เขาได้เห็นสถานที่แล้ว" in page.extract_text() and "DRAFT" in page.extract_text()
    assert float(page.mediabox.width) == pytest.approx(595.3, abs=0.5)
    everything = PdfReader(dist / "pdf" / "checklists-th.pdf")
    fields = everything.get_fields() or {}
    assert {"is-it-safe.1", "is-it-safe.date", "is-it-safe.initials"} <= fields.keys()
    assert fields["is-it-safe.1"]["/TU"] == "เขาได้เห็นสถานที่แล้ว"
    page_link = 'href="../sheets/th/is-it-safe.pdf">To print (for review)'
    assert page_link in (dist / "th" / "house.html").read_text("utf-8")


def test_a_sheet_in_two_languages_has_the_source_beside(built: Path) -> None:
    text = PdfReader(built / "dist" / "pdf" / "checklists-en-th.pdf").pages[0].extract_text()
    assert "เขาได้เห็นสถานที่แล้ว" in text and "The person saw the place." in text


def test_sheets_are_for_review_until_a_practitioner_signs(copy: Path) -> None:
    card = (copy / "dist" / "index.html").read_text("utf-8").partition('lang="th"')[2].partition("</li>")[0]
    assert "Checklists – for review · PDF" in card and "for use" not in card
    whole(copy)
    assert main(["--book", str(copy), "sign-off", "th", "house", "--step", "3", "--by", "social worker"]) == 0
    main(["--book", str(copy), "build", "th"])
    card = (copy / "dist" / "index.html").read_text("utf-8").partition('lang="th"')[2].partition("</li>")[0]
    assert "Checklists – for use · PDF" in card and "for review" not in card
    text = PdfReader(copy / "dist" / "sheets" / "th" / "is-it-safe.pdf").pages[0].extract_text()
    assert "DRAFT" not in text and "Reviewed by a practitioner" in text and "Review step 3" in text


def test_the_book_comes_in_sizes(copy: Path) -> None:
    main(["--book", str(copy), "build", "th", "--only", "pdf,pdf-a4,pdf-large"])
    pages = {
        end: PdfReader(copy / "dist" / "pdf" / f"guidebook-th{end}.pdf").pages for end in ("", "-a4", "-large")
    }
    widths = {end: round(float(found[0].mediabox.width)) for end, found in pages.items()}
    assert widths == {"": 420, "-a4": 595, "-large": 595}
    assert len(pages["-large"]) >= len(pages["-a4"])
    index = (copy / "dist" / "index.html").read_text("utf-8")
    assert "A4 · PDF" in index and 'href="pdf/guidebook-th-large.pdf"' in index


def test_a_build_that_is_killed_leaves_the_last_one_standing(copy: Path) -> None:
    before = digest(copy / "dist")
    source = copy / "guidebook" / "house.md"
    source.write_text(source.read_text("utf-8").replace("# A place to live", "# A home"), "utf-8")
    command = [sys.executable, "-m", "guidepress", "--book", str(copy), "build"]
    build = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    books = [copy / "build" / "editions" / code / "typst" / "book.typ" for code in ("en", "th")]
    deadline = time.monotonic() + 60
    while not any(book.exists() and "A home" in book.read_text("utf-8", "replace") for book in books):
        assert build.poll() is None and time.monotonic() < deadline, "the build ended before it could be killed"
        time.sleep(0.01)
    os.killpg(build.pid, signal.SIGKILL)
    build.wait()
    assert digest(copy / "dist") == before
    assert main(["--book", str(copy), "build"]) == 1
    assert "A home" in (copy / "dist" / "en" / "house.html").read_text("utf-8")
