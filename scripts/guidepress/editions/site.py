"""The page in front of all editions: every language in its own name, with its links and its draft status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from string import Template

from guidepress.catalogs.review import PRACTITIONER
from guidepress.editions.manifest import Artefact
from guidepress.editions.sheets import ALL, BESIDE
from guidepress.languages import Language

SIZES = {"pdf": "", "pdf-a4": "A4 · ", "pdf-large": "A+ · "}
"""What stands before a book of another size than the usual one; A+ is large print."""
PAGE = Path(__file__).parents[1] / "theme" / "site" / "index.html"


def megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def write_index(
    folder: Path,
    title: str,
    words: Mapping[str, Mapping[str, str]],
    editions: Iterable[tuple[Language, list[Artefact]]],
) -> None:
    """Write `index.html`; `words` gives each language's own words for the links and the draft label."""
    listed = list(editions)
    cards = [_card(language, artefacts, words[language.code]) for language, artefacts in listed]
    faces = [face for language, _artefacts in listed for face in _faces(folder, language)]
    page = Template(PAGE.read_text("utf-8")).substitute(
        title=escape(title), cards="\n".join(cards), faces="\n".join(faces)
    )
    (folder / "index.html").write_text(page, "utf-8")


def _faces(folder: Path, language: Language) -> list[str]:
    """The fonts of an edition that has its own, so that its name shows on any phone."""
    files = ((weight, f"{language.code}/_static/fonts/{language.code}-{weight}.woff2") for weight in (400, 700))
    return [
        f'@font-face {{ font-family: "{language.code}"; font-weight: {weight}; src: url({file}) format("woff2"); }}'
        f'\n:lang({language.tag}) {{ font-family: "{language.code}", "Noto Sans", system-ui, sans-serif; }}'
        for weight, file in files
        if (folder / file).exists()
    ]


def _label(artefact: Artefact, words: Mapping[str, str]) -> str:
    """What a file of checklists is called, and whether it may be used or only reviewed."""
    if artefact.kind in SIZES:
        return SIZES[artefact.kind]
    name = words["checklists"] + (f" + {words['beside']}" if artefact.kind == BESIDE else "")
    use = words["for_use"] if artefact.status >= PRACTITIONER else words["for_review"]
    return f"{name} – {use} · "


def _card(language: Language, artefacts: list[Artefact], words: Mapping[str, str]) -> str:
    lines = [f'<li class="card" lang="{language.tag}">', f"<h2>{escape(language.autonym)}</h2>"]
    if language.autonym != language.english:
        lines.append(f'<p class="english" lang="en">{escape(language.english)}</p>')
    for artefact in artefacts:
        if artefact.kind == "html":
            lines.append(f'<a class="read" href="{artefact.path}">{escape(words["read"])}</a>')
        elif artefact.kind in (*SIZES, ALL, BESIDE):
            size = f"PDF · {artefact.pages} {words['pages']} · {megabytes(artefact.bytes)}"
            label = _label(artefact, words) + language.number(size)
            lines.append(f'<a href="{artefact.path}">{escape(label)}</a>')
    lowest = artefacts[0]
    if words["draft"]:
        lines.append(f'<p class="draft">{escape(words["draft"])}</p>')
    percent = language.number(f"{int(lowest.coverage * 100)} %")
    step = language.number(str(lowest.status))
    lines.append(f'<p class="status">{escape(words["coverage"])}: {percent} · {escape(words["step"])}: {step}</p>')
    lines.append("</li>")
    return "\n".join(lines)
