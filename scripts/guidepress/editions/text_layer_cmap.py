"""What a PDF font says of its two-byte character codes: which text each stands for, and how wide it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

import pikepdf

MAPPING = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
ROWS = 100
"""The most rows the format allows in one block."""


def read_cmap(table: bytes) -> dict[int, str]:
    """The texts by character code."""
    rows = MAPPING.findall(re.sub(r"begincodespacerange.*?endcodespacerange", "", table.decode("latin-1"), flags=re.S))
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be", "replace") for code, text in rows}


def write_cmap(texts: Mapping[int, str]) -> bytes:
    """A table with these texts; a code without text gets no row, as the format knows no empty text."""
    rows = [f"<{code:04X}> <{text.encode('utf-16-be').hex()}>\n" for code, text in sorted(texts.items()) if text]
    blocks = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
    body = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
    return CMAP.format(body).encode("ascii")


def read_widths(descendant: pikepdf.Object) -> dict[int, float]:
    """The widths by character code in 1/1000 em; codes without one of their own have the usual one."""
    usual = float(descendant.get("/DW", 1000))
    widths: dict[int, float] = defaultdict(lambda: usual)
    entries = list(descendant.get("/W", pikepdf.Array()))
    while entries:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, pikepdf.Array):
            widths |= {first + index: float(width) for index, width in enumerate(second)}
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), float(entries.pop(0)))
    return widths
