"""The only room that knows Babel's catalogue classes: reads damaged files, writes without churn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as BabelMessage

from guidepress.files import replace_file
from guidepress.problems import Problem

HEADER = "# {title}\n# Text and translations: CC BY 4.0."
EPOCH = datetime.fromtimestamp(0, UTC)
CONFLICT = re.compile(r"<{7} |={7}$|>{7} ")
WHOLE = re.compile(r'#|$|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*"$')
"""A line of a .po file with its quotation marks closed; Babel reads others in silence and cuts a letter off."""


@dataclass(frozen=True)
class Message:
    """One message of a page; `msgstr` is empty where it is not translated."""

    msgid: str
    msgstr: str = ""
    line: int = 0
    fuzzy: bool = False
    comments: tuple[str, ...] = ()


@dataclass
class Messages:
    """The messages of one catalogue in file order; `obsolete` ones stand at the end of the file."""

    found: dict[str, Message] = field(default_factory=dict)
    obsolete: list[Message] = field(default_factory=list)


class _Noting(Catalog):
    """A catalogue that remembers where a msgid came a second time."""

    def __init__(self) -> None:
        super().__init__()
        self.twice: list[tuple[int, str]] = []

    def __setitem__(self, id: Any, message: Any) -> None:
        if id and self.get(id, message.context) is not None:
            self.twice.append((message.lineno or 0, str(id)))
            return
        super().__setitem__(id, message)


class _Parser(pofile.PoFileParser):
    """Babel's parser, with its complaints collected instead of printed."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(catalog)
        self.complaints: list[tuple[int, str]] = []

    def _invalid_pofile(self, line: str, lineno: int, msg: str) -> None:
        self.complaints.append((lineno + 1, msg))


def read(path: Path, name: str) -> tuple[Messages, list[Problem]]:
    """The messages of a .po or .pot file; what is damaged costs only itself and is a problem under `name`."""
    problems: list[Problem] = []
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        return Messages(), [Problem(name, 0, "po-unreadable", f"cannot be read: {error.strerror}")]
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Messages(), [Problem(name, line, "po-charset", "is not UTF-8; save the file as UTF-8")]
    damaged: dict[int, str] = {}
    for number, line_text in enumerate(text.split("\n"), 1):
        if CONFLICT.match(line_text):
            message = "a merge conflict stands in the file; keep one side of it"
            return Messages(), [Problem(name, number, "po-conflict", message)]
        if not WHOLE.match(line_text.strip()):
            damaged[number] = "is not a whole line of a .po file"
    catalog = _Noting()
    parser = _Parser(catalog)
    try:
        # As text, so that a charset in the header cannot turn the letters into others.
        parser.parse(StringIO(text))
    except Exception as error:  # Babel's parser raises whatever a damaged line happens to trip over
        message = f"is damaged and cannot be read ({type(error).__name__}); restore it or ask for a new copy"
        return Messages(), [Problem(name, 0, "po-damaged", message)]
    messages = Messages()
    for entry in catalog:
        if not entry.id:
            continue
        if not isinstance(entry.id, str) or entry.context:
            message = "has a plural or a msgctxt, which this book does not use; delete the message"
            problems.append(Problem(name, entry.lineno or 0, "po-syntax", message))
        else:
            messages.found[entry.id] = _message(entry)
    messages.obsolete = [_message(entry) for entry in catalog.obsolete.values() if isinstance(entry.id, str)]
    for line, _msgid in catalog.twice:
        message = "this msgid stands twice; keep the better one (the first counts)"
        problems.append(Problem(name, line, "po-duplicate", message))
    damaged = {**dict(parser.complaints), **damaged}
    problems += [
        Problem(name, line, "po-syntax", f"{words}; check the quotation marks")
        for line, words in sorted(damaged.items())
    ]
    _drop_damaged(messages, damaged)
    return messages, problems


def _drop_damaged(messages: Messages, lines: Iterable[int]) -> None:
    """Take out the messages these lines belong to: half a sentence may say the opposite of the whole."""
    starts = {message.line: message.msgid for message in messages.found.values()}
    for start in {max((start for start in starts if start <= line), default=0) for line in lines}:
        messages.found.pop(starts.get(start, ""), None)


def _message(entry: BabelMessage) -> Message:
    msgstr = entry.string if isinstance(entry.string, str) else ""
    return Message(str(entry.id), msgstr, entry.lineno or 0, entry.fuzzy, tuple(entry.user_comments))


def write(path: Path, messages: Messages, language: str, title: str) -> bool:
    """Write a .po file atomically; True if its bytes changed."""
    catalog = Catalog(locale=language, project=title, charset="utf-8", fuzzy=False)
    catalog.header_comment = HEADER.format(title=title)
    for message in messages.found.values():
        flags = ["fuzzy"] if message.fuzzy else []
        catalog.add(message.msgid, message.msgstr, flags=flags, user_comments=message.comments)
    for message in messages.obsolete:
        # Babel writes no flags here; without its flag a guess would come back as a translation.
        if message.fuzzy:
            continue
        entry = BabelMessage(message.msgid, message.msgstr, user_comments=message.comments)
        catalog.obsolete[message.msgid] = entry
    out = BytesIO()
    pofile.write_po(out, catalog, width=0, no_location=True, omit_header=True, sort_output=False)
    head = (
        f"{catalog.header_comment}\n"
        'msgid ""\nmsgstr ""\n'
        f'"Project-Id-Version: {title}\\n"\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return replace_file(path, head.encode() + out.getvalue())


def compile_messages(path: Path, messages: dict[str, str], language: str) -> None:
    """Write the .mo file that Sphinx reads."""
    catalog = Catalog(
        locale=language, charset="utf-8", fuzzy=False, creation_date=EPOCH, revision_date=EPOCH
    )
    for msgid, msgstr in messages.items():
        catalog.add(msgid, msgstr)
    out = BytesIO()
    mofile.write_mo(out, catalog)
    replace_file(path, out.getvalue())
