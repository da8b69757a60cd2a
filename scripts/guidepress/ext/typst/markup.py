"""Typst source text: string literals, calls and content blocks that no text can break out of."""

from __future__ import annotations

from collections.abc import Iterable


def string(text: str) -> str:
    """A Typst string literal that holds exactly this text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "").replace("\t", "\\t")
    return f'"{escaped}"'


def text(words: str) -> str:
    """Running text, as an expression inside a content block."""
    return f"#{string(words)}" if words else ""


def array(items: Iterable[str]) -> str:
    """A Typst array; a single item keeps its comma."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def content(body: str) -> str:
    """A content block."""
    return "[" + body.strip("\n") + "]"


def call(name: str, *positional: str, body: str | None = None, **named: str | None) -> str:
    """A function call in markup; names with `_` become Typst's `-`, None leaves an argument out."""
    arguments = [*positional, *(f"{key.replace('_', '-')}: {value}" for key, value in named.items() if value is not None)]
    return f"#{name}({', '.join(arguments)})" + (content(body) if body is not None else "")


def anchor(name: str) -> str:
    """A place that a link can lead to."""
    return f"#anchor({string(name)})"
