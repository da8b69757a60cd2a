"""Text-showing operations of PDF: strings of two-byte character codes and the moves between them."""

from __future__ import annotations

import re
from functools import lru_cache


def _nested(depth: int) -> str:
    inner = _nested(depth - 1) if depth else r"(?!)"
    return rf"\((?:[^\\()]++|\\.|{inner})*\)"


STRING = rf"(?:{_nested(5)}|<[0-9A-Fa-f\s]*>)"
"""One string, in which brackets that pair up need no escape."""
NUMBER = r"[-+]?[\d.]+"
PIECE = re.compile(rf"(?P<string>{STRING})|(?P<number>{NUMBER})".encode(), re.DOTALL)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}


@lru_cache(maxsize=1 << 16)
def pieces_of(operation: bytes) -> list[int | float]:
    """Character codes (int) and moves in 1/1000 em (float); cached, as a book shows the same few again."""
    pieces: list[int | float] = []
    for piece in PIECE.finditer(operation):
        if piece["number"]:
            pieces.append(float(piece["number"]))
        else:
            codes = bytes_of(piece["string"])
            pieces += [high << 8 | low for high, low in zip(codes[::2], codes[1::2], strict=True)]
    return pieces


def bytes_of(string: bytes) -> bytes:
    """What a literal `(…)` or hexadecimal `<…>` string holds."""
    if string[:1] == b"<":
        return bytes.fromhex(string[1:-1].decode())
    return ESCAPE.sub(_unescape, string[1:-1])


def _unescape(escape: re.Match[bytes]) -> bytes:
    code = escape[1]
    return bytes([int(code, 8) & 255]) if code.isdigit() else ESCAPES.get(code, code)
