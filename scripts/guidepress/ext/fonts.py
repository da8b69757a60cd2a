"""Web fonts: the whole script of one language in two weights, made from the font packages and kept between builds."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from sphinx.application import Sphinx
from sphinx.config import Config

WEIGHTS = (400, 700)
JOINERS = ((0x200B, 0x200D), (0x25CC, 0x25CC))
"""Invisible marks between words, and the circle that carries a mark which stands alone."""


@dataclass(frozen=True)
class Script:
    """Where the font of a script lies in its package, and which characters it is used for."""

    folder: str
    ranges: tuple[tuple[int, int], ...]

    def css_range(self) -> str:
        return ",".join(f"U+{first:X}-{last:X}" for first, last in (*self.ranges, *JOINERS))

    def characters(self) -> set[int]:
        return {char for first, last in (*self.ranges, *JOINERS) for char in range(first, last + 1)}


SCRIPTS = {
    "km": Script("notosanskhmer", ((0x1780, 0x17FF), (0x19E0, 0x19FF))),
    "lo": Script("notosanslao", ((0x0E80, 0x0EFF),)),
    "my": Script("notosansmyanmar", ((0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F))),
    "th": Script("notosansthai", ((0x0E00, 0x0E7F),)),
}
"""Scripts that old phones show badly or not at all; all other languages use the fonts of the device."""


def write_web_fonts(outdir: Path, language_code: str) -> Path | None:
    """Folder below `outdir` with `fonts.css` and its woff2 files; None where the device's fonts serve.

    `outdir` is a cache: the folder's name says what it was made from, and it is made once.
    """
    script = SCRIPTS.get(language_code)
    if script is None:
        return None
    recipe = f"{version('justmytype-intl-sea')} {version('fonttools')} {script} {WEIGHTS}"
    made = outdir / f"{language_code}-{hashlib.sha256(recipe.encode()).hexdigest()[:12]}"
    if made.exists():
        return made
    outdir.mkdir(parents=True, exist_ok=True)
    coming = Path(tempfile.mkdtemp(prefix=f".{language_code}-", dir=outdir))
    try:
        (coming / "fonts").mkdir()
        rules = []
        for weight in WEIGHTS:
            name = f"fonts/{language_code}-{weight}.woff2"
            _write_instance(script, weight, coming / name)
            rules.append(
                f'@font-face{{font-family:"Guide";font-weight:{weight};font-display:swap;'
                f'src:url({name}) format("woff2");unicode-range:{script.css_range()}}}'
            )
        (coming / "fonts.css").write_text("\n".join(rules) + "\n", "utf-8")
        try:
            coming.rename(made)
        except OSError:
            if not made.exists():  # else another build of the same language was quicker
                raise
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    return made


def _write_instance(script: Script, weight: int, target: Path) -> None:
    """One static weight with all characters, shapes and features of the script."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # tells each table it touches
    folder = files("justmytype_intl_sea") / "fonts" / "ofl" / script.folder
    source = next(entry for entry in folder.iterdir() if entry.name.endswith(".ttf"))
    with as_file(source) as path, TTFont(path, recalcTimestamp=False) as variable:
        font = instantiateVariableFont(variable, {"wght": weight, "wdth": 100}, inplace=True)
        subsetter = Subsetter(Options(layout_features=["*"], flavor="woff2"))
        subsetter.populate(unicodes=script.characters())
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(target)


def add_fonts(app: Sphinx, config: Config) -> None:
    """Ship the fonts of this edition's script with its pages."""
    made = write_web_fonts(Path(app.confdir) / config.guidepress_font_cache, config.language)
    if made:
        config.html_static_path = [*config.html_static_path, str(made)]
        app.add_css_file("fonts.css", priority=400)


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("guidepress_font_cache", "build/webfonts", "html", types=(str,))
    app.connect("config-inited", add_fonts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
