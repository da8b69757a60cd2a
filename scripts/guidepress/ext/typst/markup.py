"""Typst source from values: every piece of text is a string literal, so none of it is ever markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*(px|pt|em|cm|mm|in|%|)")


def string(text: str) -> str:
    """A Typst string literal of the same characters; lone surrogates, which no file holds, become U+FFFD."""
    return '"' + SPECIAL.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return ESCAPES.get(char) or f"\\u{{{ord(char):x}}}"


def array(items: Iterable[str]) -> str:
    """A Typst array of expressions; one item stays an array."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def strings(texts: Iterable[str]) -> str:
    """A Typst array of string literals."""
    return array(string(text) for text in texts)


def boolean(value: bool) -> str:
    return "true" if value else "false"


def call(name: str, *arguments: str, **named: str) -> str:
    """A function call in markup, as in `#name(a, b, key: c)`; the arguments are Typst expressions."""
    keys = (f"{key.replace('_', '-')}: {value}" for key, value in named.items())
    return f"#{name}({', '.join([*arguments, *keys])})"


def length(text: str) -> str | None:
    """A docutils length as a Typst one, in points where it gave pixels; None where it is neither."""
    match = LENGTH.fullmatch(text.strip())
    if not match:
        return None
    number, unit = match.groups()
    return f"{float(number) * 0.75:g}pt" if unit in ("px", "") else f"{float(number):g}{unit}"
