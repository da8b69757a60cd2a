"""Content streams as text runs: read, and written again with one glyph a cluster."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from guidepress.problems import PipelineError

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def _nested(depth: int) -> str:
    inner = _nested(depth - 1) if depth else r"(?!)"
    return rf"\((?:[^\\()]+|\\.|{inner})*\)"


STRING = rf"(?:{_nested(5)}|<[0-9A-Fa-f\s]*>)"
NUMBER = r"[-+]?[\d.]+"
TOKEN = re.compile(
    rf"""
    (?P<show> \[ (?: [^\[\]()<>]+ | {STRING} )* \] \s* TJ \b | {STRING} \s* Tj \b )
    | / (?P<font> [^\s/<>\[\]()]+ ) \s+ (?P<size> {NUMBER} ) \s+ Tf \b
    | (?<![^\s]) (?P<matrix> (?: {NUMBER} \s+ ){{6}} ) (?P<to> cm | Tm ) \b
    | (?<! [^\s] ) (?P<operator> q | Q | BT | EMC ) (?= [\s/\[(<] | $ )
    | / Span \s* << \s* /ActualText \s* < (?P<actual> [0-9A-Fa-f]* ) > \s* >> \s* BDC \b
    | (?P<marked> \b B[DM]C \b )
    """.encode(),
    re.VERBOSE | re.DOTALL,
)
PIECE = re.compile(rf"(?P<string>{STRING})|(?P<number>{NUMBER})".encode(), re.DOTALL)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}


class Font(Protocol):
    """What a content stream needs to know of a font."""

    @property
    def widths(self) -> Mapping[int, float]: ...

    @property
    def texts(self) -> Mapping[int, str]: ...


