"""ToUnicode tables: which text each two-byte character code of a PDF font stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
