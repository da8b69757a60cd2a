"""What an author can do about Sphinx's, MyST's and docutils' own warnings, which only say what is wrong."""

from __future__ import annotations

import re

ADVICE = (
    (r"Too many autonumbered footnote references", "a footnote mark has no note; write it below, [^name]: …"),
    (
        r"Unknown target name: \"(?P<name>[^\"]+)\"",
        "no note [^{name}]: on this page; write one, and (source-{name})= in the bibliography",
    ),
    (r"Unknown directive type", "no such block; AUTHORING.md lists those there are"),
    (r"undefined label", "no such label; write one above the heading, as in (label)="),
    (r"term not in glossary", "no such term; link one of the glossary, or add it there"),
    (r"cross-reference target not found|local id not found", "such links break in translation; write {ref}`label`"),
    (r"image file not readable", "put the file beside the others in guidebook/figures/"),
    (r"document isn't included in any toctree", "add the page to a toctree of the start page"),
)  # fmt: skip
"""By a piece of the warning; the first that fits counts."""


def advised(message: str) -> str:
    """The warning with what to do about it, where that is known."""
    for pattern, advice in ADVICE:
        if match := re.search(pattern, message):
            found = match.groupdict()
            return f"{message}; {advice.replace('{name}', found['name']) if found else advice}"
    return message
