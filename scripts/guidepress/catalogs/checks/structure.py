"""A translation has the same building blocks as its source and brings none of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from guidepress.catalogs.checks import Pair, check

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
ROLE_TARGET = re.compile(r"^(?P<text>.+?)\s*<(?P<target>[^<>]+)>$", re.DOTALL)
MARKS = {"strong_open": "**", "em_open": "*", "code_inline": "`"}


class _NoRenderer:
    """Tokens only: nothing is rendered, so nothing is run or read."""

    __output__ = "none"

    def __init__(self, parser: MarkdownIt) -> None:
        self.rules: dict[str, object] = {}

    def render(self, *_args: object) -> str:
        return ""


_PARSER = create_md_parser(MdParserConfig(enable_extensions={"colon_fence", "deflist"}), _NoRenderer)


def tokens_of(text: str) -> list[Token]:
    """The Markdown tokens of a message, inline ones after the block they stand in."""
    return _PARSER.parse(text, {})


def inline(tokens: Sequence[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]


def target_of(token: Token) -> str:
    """What a role points at: the part in angle brackets, or its text."""
    match = ROLE_TARGET.match(token.content)
    return match["target"].strip() if match else token.content.strip()


def _blocks(tokens: Sequence[Token]) -> list[str]:
    return [token.type for token in tokens if token.level == 0 and token.nesting >= 0 and token.type != "inline"]


@check("gate-block")
def one_block(pair: Pair) -> Iterator[str]:
    """A message is one paragraph. Bad: a list, heading, directive or second paragraph. Good: one paragraph."""
    found = _blocks(pair.tokens)
    if found != _blocks(pair.source) or found != ["paragraph_open"]:
        strange = next((name for name in found if name != "paragraph_open"), "a second paragraph")
        yield f"must be one plain paragraph, but holds {strange.removesuffix('_open').replace('_', ' ')}"


@check("gate-reach")
def nothing_reaches_out(pair: Pair) -> Iterator[str]:
    """No HTML, image, link or substitution the source has not. Bad: `![](x)`, `<b>`, `{{ x }}`. Good: words."""
    for kind, words in (("html_inline", "HTML"), ("html_block", "HTML"), ("image", "an image"),
                        ("myst_target", "a label"), ("myst_line_comment", "a comment")):
        if _count(pair.tokens, kind) > _count(pair.source, kind):
            yield f"brings {words} that the source has not; take it out"
    if Counter(_links(pair.tokens)) != Counter(_links(pair.source)):
        yield "has other links than the source; copy the address exactly as it stands there"
    if "{{" in pair.msgstr or "{%" in pair.msgstr:
        yield "holds a substitution; take the curly brackets out"


@check("gate-role")
def same_roles(pair: Pair) -> Iterator[str]:
    """Roles keep name and target. Bad: {term}`ที่พัก`. Good: {term}`ที่พัก <shelter>`."""
    before, after = (Counter((t.meta["name"], target_of(t)) for t in inline(side) if t.type == "myst_role")
                     for side in (pair.source, pair.tokens))
    for name, target in (before - after):
        yield f"lost {{{name}}} with target {target!r}; write {{{name}}}`your words <{target}>`"
    for name, target in (after - before):
        yield f"has {{{name}}} with target {target!r}, which the source has not"


@check("gate-footnote")
def same_footnotes(pair: Pair) -> Iterator[str]:
    """Footnote marks are kept. Bad: the mark is missing. Good: `[^name]` as in the source."""
    before, after = (Counter(re.findall(r"\[\^([^\]]+)\]", side)) for side in (pair.msgid, pair.msgstr))
    if before != after:
        yield f"must keep the footnote marks {', '.join(f'[^{name}]' for name in before) or '(none)'}"


@check("gate-markup")
def same_marks(pair: Pair) -> Iterator[str]:
    """Bold, emphasis and code are closed and as many as in the source. Bad: `**word`. Good: `**word**`."""
    for kind, mark in MARKS.items():
        before, after = _count(pair.source, kind), _count(pair.tokens, kind)
        if before != after:
            yield f"has {after} pairs of {mark} and the source {before}; a pair may be lost or not closed"
    loose = [t.content for t in inline(pair.tokens) if t.type == "text" and "**" in t.content]
    if loose and not any("**" in t.content for t in inline(pair.source) if t.type == "text"):
        yield "has a ** that is not closed; put it right beside its word"


@check("gate-control")
def no_control_characters(pair: Pair) -> Iterator[str]:
    """No invisible control characters. Bad: U+202E turns the line around. Good: letters."""
    if found := CONTROL.search(pair.msgstr):
        yield f"holds the control character U+{ord(found[0]):04X}; delete it"


def _count(tokens: Sequence[Token], kind: str) -> int:
    return sum(token.type == kind for token in [*tokens, *inline(tokens)])


def _links(tokens: Sequence[Token]) -> list[str]:
    return [str(token.attrs.get("href", "")) for token in inline(tokens) if token.type == "link_open"]
