"""One PDF edition two ways: Sphinx's LaTeX builder with latexmk and XeLaTeX against `guidepress build --only pdf`.

Both make the same book on the same machine in one run; only the ratios mean anything elsewhere. Needs xelatex and
latexmk (Debian: texlive-xetex texlive-latex-extra texlive-fonts-recommended latexmk fonts-freefont-otf). XeLaTeX
breaks no lines in Khmer, Lao, Burmese or Thai, so a language with spaces is compared: `pdf_editions.py vi`, or `en`.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pypdf import PdfReader
from tests.whole.readers import given_back, with_poppler

ROOT = Path(__file__).parents[1]
STOCK = '''
def setup(app):
    """The stock builder does not know our nodes: it prints what is in them, and the words of drawings are lost."""
    from docutils import nodes
    from guidepress.ext import checklist, drawings, form

    def walk_on(self, node): pass
    def skip(self, node): raise nodes.SkipNode

    for kind in (checklist.checklist, form.form, form.choice, form.field):
        app.add_node(kind, override=True, latex=(walk_on, walk_on))
    app.add_node(drawings.drawing, override=True, latex=(skip, walk_on))
'''


def timed(command: list[str], folder: Path, allowed: tuple[int, ...] = (0,)) -> tuple[float, float]:
    """CPU and wall seconds of a command and its children."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in allowed:
        sys.exit(f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - start


def describe(name: str, pdf: Path, cpu: float, wall: float, source: str) -> None:
    reader = PdfReader(pdf)
    share, _missing = given_back(source, with_poppler(pdf))
    boxes = sum("." in field for field in reader.get_fields() or {})
    print(
        f"{name:<22}{cpu:>9.1f}{wall:>9.1f}{pdf.stat().st_size / 1e6:>8.2f}{len(reader.pages):>7}{share:>10.4f}"
        f"{boxes:>7}{'yes' if '/StructTreeRoot' in reader.root_object else 'no':>6}"
    )


def main() -> None:
    code = sys.argv[1] if len(sys.argv) > 1 else "vi"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "book"
        for part in ("guidebook", "locales"):
            shutil.copytree(ROOT / part, folder / part)
        shutil.copy(ROOT / "conf.py", folder)
        python = [sys.executable, "-m"]
        timed([*python, "guidepress", "status"], folder)
        ours = timed([*python, "guidepress", "build", code, "--only", "pdf"], folder, (0, 1))
        source = (folder / "build" / "editions" / code / "typst" / "book.typ").read_text("utf-8")
        (folder / "conf.py").write_text((folder / "conf.py").read_text("utf-8") + STOCK, "utf-8")
        out = Path(scratch) / "latex"
        latex = timed(
            [*python, "sphinx", "-q", "-b", "latex", "-D", f"language={code}", "-D", "latex_engine=xelatex",
             "-c", ".", "guidebook", str(out)], folder, (0, 1),
        )  # fmt: skip
        [tex] = [path for path in out.glob("*.tex") if path.name == "thewayon.tex"]
        tex_run = timed(["latexmk", "-xelatex", "-interaction=nonstopmode", "-f", "-silent", tex.name], out, (0, 12))
        print(f"{code:<22}{'CPU s':>9}{'wall s':>9}{'MB':>8}{'pages':>7}{'text':>10}{'boxes':>7}{'tags':>6}")
        stock = (latex[0] + tex_run[0], latex[1] + tex_run[1])
        describe("LaTeX", tex.with_suffix(".pdf"), *stock, source)
        pdf = folder / "dist" / "pdf" / f"guidebook-{code}.pdf"
        describe("guidepress, all sheets", pdf, *ours, source)
        print(f"LaTeX takes {stock[0] / ours[0]:.1f} times the CPU; ours makes every sheet of checklists besides")


if __name__ == "__main__":
    main()
