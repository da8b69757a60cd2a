"""What the documents tell a newcomer to type exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guidepress.cli import main

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "AUTHORING.md", "TRANSLATING.md")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_exists(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / name).read_text("utf-8")
    named = set(re.findall(r"guidepress ([a-z][a-z-]+)", text))
    assert named, "the document names no command"
    for command in named:
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0, command
    targets = set(re.findall(r"`make ([a-z]+)", text))
    rules = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert targets <= set(rules)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_named_is_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    paths = re.findall(r"`((?:guidebook|locales|scripts|tests|docs)/[\w./-]*)`", text)
    assert all((ROOT / path).exists() for path in [*links, *paths]), [*links, *paths]
