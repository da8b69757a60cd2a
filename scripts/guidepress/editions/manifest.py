"""The seam between building and publishing: what was made, as `manifest.json` and `SHA256SUMS`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Artefact:
    """One published thing: an HTML edition by its start page, or a PDF."""

    language: str
    kind: str
    path: str
    """Relative to `dist/`."""
    bytes: int
    """Of the file, or of all files of an HTML edition."""
    sha256: str
    pages: int
    coverage: float
    """Share of messages a reader meets in this language, 0 to 1."""
    status: int
    """The lowest review step of any chapter."""
    revision: str
    """The digest of the source it was made from."""


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tree_digest(paths: Iterable[Path], root: Path) -> str:
    """One digest over names and bytes of files below `root`."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def write_manifest(folder: Path, artefacts: Iterable[Artefact]) -> None:
    """Write `manifest.json` and the checksums of everything else in `folder`."""
    data = {"artefacts": [asdict(a) for a in artefacts]}
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "manifest.json").write_text(text + "\n", "utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(sums), "utf-8")
