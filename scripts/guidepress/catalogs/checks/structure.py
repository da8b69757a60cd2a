"""A translation has the same building blocks as its source and brings none of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from markdown_it import MarkdownIt
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from guidepress.catalogs.checks import Pair, check

CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffd"
    "\ue000-\uf8ff\U000e0000-\U000e0fff]"
)
"""Control, bidi and private characters. Zero-width space and joiners stay: Khmer and Burmese need them."""
ROLE_TARGET = re.compile(r"^(?P<text>.+?)\s*(?<!\\)<(?P<target>[^<>]+)>$", re.DOTALL)
LOOSE = re.compile(r"\*+|`+|\]\(|\]\[|:::+|\[\^|\{[\w:-]+\}(?=`)|\b_+|_+\b")
"""Signs of markup; where they stand in plain text, a reader would see them."""
MARKS = {"strong_open": "**", "em_open": "*", "code_inline": "`", "hardbreak": "line break"}


class _NoRenderer:
    """Tokens only: nothing is rendered, so nothing is run or read."""

    __output__: ClassVar[str] = "none"

    def __init__(self, parser: MarkdownIt) -> None:
        self.rules: dict[str, object] = {}

    def render(self, tokens: Sequence[Token], options: Any, env: Any) -> Any:
        return ""


_PARSER = create_md_parser(MdParserConfig(enable_extensions={"colon_fence", "deflist"}), _NoRenderer)


def tokens_of(text: str) -> list[Token]:
    """The Markdown tokens of a message, inline ones below the block they stand in."""
    env: dict[str, Mapping[str, object]] = {}
    tokens = _PARSER.parse(text, env)
    # A link definition leaves no token and would hide what stands in it.
    return [*tokens, *(Token("link_definition", "", 0) for _name in env.get("references", {}))]


def inline(tokens: Sequence[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]


def role(token: Token) -> tuple[str, str]:
    """What a role shows and what it points at: `text <target>`, or one word for both."""
    match = ROLE_TARGET.match(token.content)
    if match:
        return match["text"].strip(), match["target"].strip()
    return token.content.strip(), token.content.strip()


def shown(tokens: Sequence[Token]) -> str:
    """The text a reader sees, without targets and addresses."""
    parts = []
    for token in inline(tokens):
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "myst_role":
            parts.append(role(token)[0])
        elif token.type in ("text", "code_inline", "image"):
            parts.append(token.content)
    return "".join(parts)


def blocks(tokens: Sequence[Token]) -> list[str]:
    """The outermost blocks of a message; one paragraph is `["paragraph_open"]`."""
    outermost = (token for token in tokens if token.level == 0 and token.nesting >= 0)
    return [token.type for token in outermost if token.type != "inline"]


@check("gate-block")
def one_block(pair: Pair) -> Iterator[str]:
    """A message is one paragraph. Bad: a list, heading, directive, second paragraph. Good: one paragraph."""
    found = blocks(pair.tokens)
    if found != ["paragraph_open"]:
        strange = next((name for name in found if name != "paragraph_open"), "a second paragraph")
        words = strange.removesuffix("_open").replace("_", " ") if found else "no text"
        yield f"must be one plain paragraph, but holds {words}"


@check("gate-reach")
def nothing_reaches_out(pair: Pair) -> Iterator[str]:
    """No HTML, image, link or substitution of its own. Bad: `![](x)`, `<b>`, `{{ x }}`. Good: words."""
    for kinds, words in ((("html_inline", "html_block"), "HTML"), (("image",), "images"),
                         (("link_open",), "links")):
        if _reach(pair.tokens, kinds) != _reach(pair.source, kinds):
            yield f"has {words} that the source has not, or lacks some that it has; copy them as they stand there"
    for sign in ("{{", "{%"):
        if pair.msgstr.count(sign) > pair.msgid.count(sign):
            yield "holds a substitution; take the curly brackets out"


@check("gate-role")
def same_roles(pair: Pair) -> Iterator[str]:
    """Roles keep name and target. Bad: {term}`ที่พัก`. Good: {term}`ที่พัก <shelter>`."""
    before, after = (
        Counter((token.meta["name"], role(token)[1]) for token in _roles(side))
        for side in (pair.source, pair.tokens)
    )
    for name, target in before - after:
        yield f"lost {{{name}}} with target {target!r}; write {{{name}}}`your words <{target}>`"
    for name, target in after - before:
        yield f"has {{{name}}} with target {target!r}, which the source has not"
    # Sphinx takes the link away from a role whose text starts with an exclamation mark.
    if sum(token.content.startswith("!") for token in _roles(pair.tokens)) > pair.msgid.count("`!"):
        yield "has a role that starts with !, which takes its link away; delete the !"
    if any(not role(token)[0].strip("\u200b\u2060") or token.content.lstrip().startswith("<")
           for token in _roles(pair.tokens)):
        yield "has a role without words; write your words before the <"


@check("gate-footnote")
def same_footnotes(pair: Pair) -> Iterator[str]:
    """Footnote marks are kept. Bad: the mark is missing. Good: `[^name]` as in the source."""
    before, after = (
        Counter(str(token.meta["label"]) for token in inline(side) if token.type == "footnote_ref")
        for side in (pair.source, pair.tokens)
    )
    if before != after:
        yield f"must keep the footnote marks {', '.join(f'[^{name}]' for name in before) or '(none)'}"


@check("gate-markup")
def same_marks(pair: Pair) -> Iterator[str]:
    """Bold, emphasis and code are closed, none is lost. Bad: `**word`. Good: `**word**`."""
    for kind, mark in MARKS.items():
        before, after = (
            sum(token.type == kind for token in inline(side)) for side in (pair.source, pair.tokens)
        )
        # A title of a book may stand in both languages, each in italics.
        if before > after or (before < after and kind != "em_open"):
            yield f"has {after} of {mark} and the source {before}; it may be lost or not closed"
    loose = Counter(LOOSE.findall(_plain(pair.tokens))) - Counter(LOOSE.findall(_plain(pair.source)))
    for sign in loose:
        yield f"shows the sign {sign} to readers; close it, and put it right beside its word"


@check("gate-control")
def no_control_characters(pair: Pair) -> Iterator[str]:
    """No invisible control characters. Bad: U+202E turns the line around. Good: letters."""
    # Beside the raw text, what readers get: an entity such as &#x202e; becomes its character there.
    if found := CONTROL.search(pair.msgstr) or CONTROL.search(shown(pair.tokens)):
        yield f"holds the character U+{ord(found[0]):04X}, which readers cannot see; delete it"


def _roles(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in inline(tokens) if token.type == "myst_role"]


def _plain(tokens: Sequence[Token]) -> str:
    return "\n".join(token.content for token in inline(tokens) if token.type == "text")


def _reach(tokens: Sequence[Token], kinds: tuple[str, ...]) -> Counter[str]:
    return Counter(
        str(token.attrs.get("href") or token.attrs.get("src") or token.content)
        for token in [*tokens, *inline(tokens)]
        if token.type in kinds
    )
