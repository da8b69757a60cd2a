"""CPU seconds of all HTML editions: `sphinx-build` once per language against one `guidepress build`.

Both read the same book in the same run; only the ratio means anything on another machine.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

from guidepress.book import Book

ROOT = Path(__file__).parents[1]


def cpu(command: list[str], folder: Path) -> float:
    """CPU seconds of a command and its children; exit code 1 only says that there are problems."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def words(page: Path) -> str:
    """What a page says in its article."""
    article = page.read_text("utf-8").partition("<article")[2].partition("</article>")[0]
    article = re.sub(r'<a class="sheet".*?</a>', "", article)  # only a build knows that there are sheets
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", article)).split())


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "book"
        for part in ("guidebook", "locales"):
            shutil.copytree(ROOT / part, folder / part)
        shutil.copy(ROOT / "conf.py", folder)
        languages = Book.at(folder).languages
        python = [sys.executable, "-m"]
        # Once to compile the catalogues, so that both sides find them ready.
        cpu([*python, "guidepress", "status"], folder)
        stock = 0.0
        for code in languages:
            out = f"{scratch}/stock/{code}"
            stock += cpu(
                [*python, "sphinx", "-q", "-E", "-b", "html", "-c", ".", "-D", f"language={code}", "guidebook", out],
                folder,
            )
        ours = cpu([*python, "guidepress", "build", "--only", "html"], folder)
        again = cpu([*python, "guidepress", "build", "--only", "html"], folder)
        pages = sorted(path.relative_to(folder / "dist") for path in (folder / "dist").glob("*/**/*.html"))
        different = [
            str(page)
            for page in pages
            if (Path(scratch) / "stock" / page).exists()
            and "translation-status" not in (folder / "dist" / page).read_text("utf-8")
            and words(Path(scratch) / "stock" / page) != words(folder / "dist" / page)
        ]
        print(f"sphinx-build, {len(languages)} languages   {stock:6.1f} CPU s")
        print(f"guidepress build --only html {ours:6.1f} CPU s   {stock / ours:.1f} times less")
        print(f"the same again, unchanged    {again:6.1f} CPU s   {stock / again:.1f} times less")
        print(f"pages with other text: {len(different)} of {len(pages)} {' '.join(different)}")


if __name__ == "__main__":
    main()
