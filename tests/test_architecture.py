"""Which room may use what, so that the plan and the code cannot drift apart."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "scripts" / "guidepress"
MODULES = sorted(PACKAGE.rglob("*.py"))

OWNERS = {
    "typst": {"editions/pdf.py"},
    "babel": {"catalogs/store.py", "catalogs/interface.py", "catalogs/update.py"},
    "pikepdf": {
        "editions/text_layer.py",
        "editions/text_layer_content.py",
        "editions/text_layer_fonts.py",
        "editions/text_layer_cmap.py",
        "editions/text_layer_pages.py",
    },
    "uharfbuzz": {"editions/text_layer.py", "editions/text_layer_fonts.py"},
    "watchfiles": {"editions/preview.py"},
    "argparse": {"cli.py"},
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("package", OWNERS)
def test_a_third_party_package_has_one_owner(package: str) -> None:
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if any(name.split(".")[0] == package for name in imports(path))
    }
    assert users <= OWNERS[package]


def test_only_render_starts_sphinx() -> None:
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if any(
            isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Sphinx"
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        )
    }
    assert users == {"editions/render.py"}


def test_extensions_never_import_pipeline_stages() -> None:
    for path in (PACKAGE / "ext").rglob("*.py"):
        assert not any(name.startswith("guidepress.editions") for name in imports(path)), path


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        if path.name not in ("cli.py",):
            calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
            assert not any(getattr(call.func, "id", "") == "print" for call in calls), path
